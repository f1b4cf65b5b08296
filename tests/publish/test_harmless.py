"""Text of strangers: what is shown as it is, and what as a visible sign."""

from __future__ import annotations

import pytest

from onrecord.publish.harmless import harmless

PLAIN = [
    "",
    "Mara Lindqvist",
    "“We expect”, she said – in Tibir’s “capital”\u200e",
    "two\nlines\tand a tab",
    "\U0001f600 Ωμέγα",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("around", ["%s", "plain %s text", "“curly” %s", "two\nlines %s", "\U0001f600%s"])
def test_no_sign_that_does_harm_gets_through_whatever_stands_beside_it(around: str) -> None:
    controls = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF]
    turning, unseen = (
        [*range(0x202A, 0x202F), *range(0x2066, 0x206A)],
        [*range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)],
    )
    for code in (*controls, *turning, *unseen):
        shown = harmless(around % chr(code))
        assert chr(code) not in shown and len(shown) == len(around % chr(code)), hex(code)

"""Hostile input: whatever comes, an answer, in bounded time."""

from __future__ import annotations

import time

import pytest

from onrecord.check import LONGEST, Finding, Original
from tests.check.briefing import found, original, transcript


def held(words: str) -> Original:
    text = f"MS. LINDQVIST:  Good morning.\n\nQ  Why?\n\nMS. LINDQVIST:  {words}\n\nQ  And then?\n\nMS. LINDQVIST:  No."
    return original(transcript(text))


def quickly(quote: str, record: Original | None = None) -> Finding:
    begun = time.process_time()
    finding = found(quote, held=[record]) if record else found(quote)
    assert time.process_time() - begun < 10
    return finding


def test_a_paragraph_of_a_million_letters() -> None:
    record = held("x" * 900_000)
    assert max(len(p.text) for p in record.passages) <= 1600
    assert quickly("x" * LONGEST, record).verdict == "not found"


@pytest.mark.parametrize(
    "quote", ["[W]e " * 800, "(a) " * 1000, "… " * 1000, "[" * 4000, "(" * 4000, "'" * 4000, "a" * 4000, "* " * 2000]
)
def test_marks_without_end(quote: str) -> None:
    assert quickly(quote).verdict in ("not found", "spliced", "altered")


def test_the_longest_quote_of_the_commonest_words() -> None:
    record = held("a b c d e f g " * 800)
    assert quickly("a b c d e f g " * (LONGEST // 14), record).verdict == "verbatim"
    assert quickly("g f e d c b a " * (LONGEST // 14), record).verdict not in ("verbatim", "marked", "trimmed")


def test_words_alike_without_end() -> None:
    record = held("alpha bravo charlie delta echo " * 3000)
    assert quickly("golf alphaa bravoo charlyy deltaa echo hotel " * 80, record).verdict == "reworded"


def test_brackets_without_end() -> None:
    assert quickly("z " * 1000, held("(a) " * 8000)).verdict == "not found"


def test_a_hundred_thousand_words() -> None:
    assert quickly("The president will not sign the grain treaty. " * 12_500).note


def test_characters_that_are_not_seen() -> None:
    for quote in (
        "The\x00 president\x07 will\x1b not\tsign\r\nthe\u00a0grain treaty",
        "The \u202epresident\u202c will \u200fnot\u200e sign the grain trea\u00adty\ufeff",
        "The\u2003president\u2009will not\u202fsign the\u200b grain treaty",
    ):
        finding = quickly(quote)
        assert finding.verdict == "verbatim" and all(edit.weight == "none" for edit in finding.edits)


def test_letters_that_look_alike_are_others() -> None:
    assert quickly("The рresident will not sign the grain treaty").verdict == "altered"  # a Cyrillic letter

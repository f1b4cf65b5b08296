"""Snippets: a stretch of the text with the words that were asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish.snippets import Bit, snippet


def test_words_are_found_whatever_their_case_and_accents() -> None:
    assert snippet("The Café of SELM", "selm cafe") == [
        Bit("The "), Bit("Café", True), Bit(" of "), Bit("SELM", True),
    ]  # fmt: skip
    assert snippet("Selmar", "selm") == [Bit("Selmar")]
    assert snippet("Selm", '"* OR (') == [Bit("Selm")]


def test_a_long_text_is_cut_around_what_was_found() -> None:
    bits = snippet("word " * 300 + "harbour " + "word " * 300, "harbour")
    assert bits[0] == Bit("… ") and bits[-1] == Bit(" …") and Bit("harbour", True) in bits
    assert len("".join(bit.text for bit in bits)) < 340


@given(st.text("ab é\n"), st.text("ab é"), st.integers(1, 60))
def test_what_is_shown_stands_in_the_text(text: str, asked: str, room: int) -> None:
    shown = "".join(bit.text for bit in snippet(text, asked, room)).removeprefix("… ").removesuffix(" …")
    assert shown in text
    if len(text) <= room:
        assert shown == text

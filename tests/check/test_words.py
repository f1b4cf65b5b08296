"""The words of a text: what parts them, what does not, and that each has its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.check.words import keys_of, not_said, plain, words_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("We don’t, we DON'T.", ["we", "don't", "we", "don't"]),
        ("well-known – or well known", ["well", "known", "or", "well", "known"]),
        ("$1,250.50 on the 20th, 12%", ["$1250.50", "on", "the", "20th", "12", "%"]),
        ("the U.S. and the U.N.", ["the", "us", "and", "the", "un"]),
        ("“Yes”, ‘no’.", ["yes", "no"]),
        ("the fishermen’s’ boats", ["the", "fishermen's", "boats"]),
        ("Straße", ["strasse"]),
        ("trea\u00adty, \u202bשלום\u202c", ["treaty", "שלום"]),
        ("", []),
        ("… [...] “” --", []),
    ],
)
def test_what_words_are(text: str, keys: list[str]) -> None:
    assert keys_of(text) == keys
    assert [word.key for word in words_of(text)] == keys


def test_a_word_shows_its_letters_and_its_place() -> None:
    [_, word] = words_of("Ah: Cafe\u0301’s", base=100)
    assert (word.start, word.end, word.shown, word.key) == (104, 111, "Café's", "café's")
    assert [word.shown for word in words_of("one two three", 4, 7)] == ["two"]


def test_what_nobody_said() -> None:
    text = "Well (laughter) then [inaudible] (a (nested) one)"
    assert [text[slice(*span)] for span in not_said(text)] == ["(laughter)", "[inaudible]", "(nested)"]
    assert not list(not_said(f"({'long ' * 30})")), "a long remark was said"


@given(st.text(max_size=60))
def test_places_are_in_order_and_in_the_text(text: str) -> None:
    words = words_of(text)
    ends = [at for word in words for at in (word.start, word.end)]
    assert ends == sorted(ends) and all(0 <= at <= len(text) for at in ends)
    assert all(word.start < word.end and word.key for word in words)


@given(st.text(alphabet="aeé ’'-.1,%ñ\u00ad\u200b", max_size=40))
def test_keys_are_those_of_the_words(text: str) -> None:
    assert keys_of(text) == [word.key for word in words_of(text)]
    assert keys_of(unicodedata.normalize("NFD", text)) == keys_of(text)


def test_every_key_stands_in_the_plain_text() -> None:
    text = "The U.S. paid $1,250,000.50 in 1,5 years — don’t ask the U.N., Mr. Tavi.And 3.5% of it"
    assert all(key in plain(text) for key in keys_of(text))
    assert {"us", "$1250000.50", "un", "3.5"} <= set(keys_of(text))

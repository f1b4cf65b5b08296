"""The words of a text as two texts are compared by: what is typography is not in them.

Promise: every word has its place in the text; two words are one where nothing but typography tells them apart (the form
of apostrophes, the way a letter with an accent is coded). The odd case that forced the shape: a hyphen parts words, so
that "well-known" and "well known" are the same two words, and a word broken at the end of a line is two that `laying`
puts together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'"})
_MARKS = "\u0300-\u036f"
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that are not seen, such as a soft hyphen or a mark of direction; inside a word they part nothing."""
_SEEN = re.compile(f"[{_UNSEEN}]+")

_WORD = re.compile(
    rf"(?:[^\W\d_][{_MARKS}]*\.){{2,}}"  # U.S.
    rf"|(?:(?<![^\s(])[-−])?[$£€¥]?\d+(?:[.,]\d+)*[\w{_MARKS}]*"  # $1,250.50, 20th
    rf"|[^\W_][\w{_MARKS}]*(?:'[^\W_][\w{_MARKS}]*)*"  # don't
    r"|%"
)
_WORD_WITH_UNSEEN = re.compile(_WORD.pattern.replace(f"[\\w{_MARKS}]*", f"(?:[\\w{_MARKS}]|[{_UNSEEN}]+(?=\\w))*"))
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_POINTS = re.compile(rf"(?<=[^\W\d_])\.|{_THOUSANDS.pattern}")
_NOT_SAID = re.compile(r"\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]")


class Word(NamedTuple):
    """One word of a text."""

    start: int
    end: int
    """Code points of the text."""
    shown: str
    """As it stands there, but for typography."""
    key: str
    """The same without the case of its letters: what it is compared by."""


def words_of(text: str, start: int = 0, end: int | None = None, base: int = 0) -> list[Word]:
    """Return the words of ``text`` from ``start`` to ``end`` in order.

    ``base``: where ``text`` begins in the text in which the places count.
    """
    first = max(0, start - 1)  # a number's sign is looked at with the character before it, and no more of a long text
    base += first
    plain = text[first:end].translate(_APOSTROPHES)
    word = _WORD_WITH_UNSEEN if _SEEN.search(plain) else _WORD
    found = word.finditer(plain, start - first)
    if plain.isascii():
        return [
            Word(match.start() + base, match.end() + base, shown, _key(shown.lower()))
            for match in found
            for shown in (match.group(),)
        ]
    return [
        Word(match.start() + base, match.end() + base, shown, _key(shown.casefold()))
        for match in found
        for shown in (unicodedata.normalize("NFC", _SEEN.sub("", match.group())),)
    ]


def keys_of(text: str) -> list[str]:
    """Return what the words of a text are compared by, in order: `words_of` without their places, in half its time."""
    plain = text.translate(_APOSTROPHES)
    if plain.isascii():
        return list(map(_key, _WORD.findall(plain.lower())))
    if _SEEN.search(plain):
        return [word.key for word in words_of(plain)]
    return list(map(_key, _WORD.findall(unicodedata.normalize("NFC", plain).casefold())))


def _key(word: str) -> str:
    """A word without the points of "U.S." and the commas of "14,000", which one outlet writes and another does not."""
    if "." in word or "," in word:
        return word.replace(".", "") if word[0].isalpha() else _THOUSANDS.sub("", word)
    return word


def plain(text: str) -> str:
    """Return a text in which the key of each of its words stands as it is: `keys_of` finds them there."""
    folded = _POINTS.sub("", text.translate(_APOSTROPHES))
    if folded.isascii():
        return folded.lower()
    return unicodedata.normalize("NFC", _SEEN.sub("", folded)).casefold()


def not_said(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a transcript's text that nobody said: what stands in brackets ("(Laughter.)", "[inaudible]").

    Somebody may have said them after all, so they are words like others that may be left out.
    """
    for match in _NOT_SAID.finditer(text):
        yield match.span()

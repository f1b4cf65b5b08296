"""A quote as it is printed: its words, and what it marks of its own changes.

Promise: every item has its place in the quote; what stands in square brackets is the editor's and is never taken for
the speaker's, what stands in round ones is words like others that the record must bear out. The odd case that forced
the shape: brackets inside a word, "[W]e" and "announce[d]", where half of the word is the speaker's.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from onrecord.check.words import words_of
from onrecord.nouns import Span
from onrecord.statements import marks_in

_ELISION = re.compile(r"(?<=\w)(?:…|\.{3,4})(?=\w)|(?<!\S)\*(?:\s?\*){2}(?!\S)")
"""Elisions that are none in running text: dots between two words with no blank, where a voice may trail off, and the
asterisks of lawyers, which part sections."""
_LETTER_INSIDE = re.compile(r"\[([^\W\d_]{1,12})\](?=\w)|(?<=[^\W_])\[([^\W\d_]{1,12})\]")

ItemKind = Literal["word", "elision", "insertion"]


class Printed(NamedTuple):
    """One item of a quote: a word, a marked elision or a marked insertion."""

    kind: ItemKind
    start: int
    end: int
    """Code points of the quote."""
    shown: str = ""
    key: str = ""
    """Of a word, as `words.Word` has it."""
    free: bool = False
    """Whether the case of a word's first letter may be the printer's: the first of the quote or of a piece of it."""
    glossed: bool = False
    """Whether a word stands in round brackets."""
    begins: str = ""
    ends: str = ""
    """Of a word with brackets in it: what of it is the speaker's, its beginning or its end."""


def printed(quote: str, pieces: tuple[Span, ...] = ()) -> list[Printed]:
    """Return the items of a quote in order.

    ``pieces``: the parts of ``quote`` that are somebody's words where a cue stands between them; else all of it.
    """
    items: list[Printed] = []
    for start, end in pieces or ((0, len(quote)),):
        items += _piece(quote, start, end)
    return items


def _piece(quote: str, start: int, end: int) -> list[Printed]:
    halves = {match.start(): match for match in _LETTER_INSIDE.finditer(quote, start, end)}
    items: list[Printed] = []
    at = start
    marks = [(mark.span, mark.kind) for mark in marks_in(quote, start, end) if mark.kind != "gloss"]
    marks += [(match.span(), "elision") for match in _ELISION.finditer(quote, start, end)]
    for (low, high), kind in sorted(marks):
        if low in halves or low < at:
            continue
        items += _words(quote, at, low, halves)
        if kind == "elision":
            items.append(Printed("elision", low, high))
        else:
            items.append(Printed("insertion", low, high, quote[low + 1 : high - 1]))
        at = high
    items += _words(quote, at, end, halves)
    first = next((number for number, item in enumerate(items) if item.kind == "word"), 0)
    return [
        item._replace(free=True)
        if item.kind == "word" and (number == first or items[number - 1].kind == "elision")
        else item
        for number, item in enumerate(items)
    ]


def _words(quote: str, start: int, end: int, halves: dict[int, re.Match[str]]) -> list[Printed]:
    found = []
    rounds = [match.span() for match in re.finditer(r"\([^()]*\)", quote[start:end])]
    cuts = sorted(at for at in halves if start <= at < end)
    words = words_of(quote, start, end)
    for word in words:
        glossed = bool(rounds) and any(low <= word.start - start < high for low, high in rounds)
        found.append(Printed("word", *word, False, glossed))
    for at in cuts:
        found = _joined(found, halves[at])
    return found


def _joined(items: list[Printed], half: re.Match[str]) -> list[Printed]:
    """The words around a bracket inside a word put together to one."""
    low, high = half.span()
    parts = [item for item in items if item.end >= low and item.start <= high]
    if not parts:
        return items
    outside = [item for item in parts if not low <= item.start < high]
    first = items.index(parts[0])
    shown = "".join(item.shown for item in parts)
    start, end = min(low, parts[0].start), max(high, parts[-1].end)
    word = Printed("word", start, end, shown, shown.casefold())
    if half[1] is not None:
        word = word._replace(ends="".join(item.key for item in outside))
    else:
        word = word._replace(begins="".join(item.key for item in outside))
    return [*items[:first], word, *items[first + len(parts) :]]

"""From words of a text back to the bytes of the original file in which they stand.

Promise: bytes that are given hold the words, and it is told of which words they are the bytes: of these alone, or of
more where only the run is known. The odd case that forced the shape: a run keeps its ends, and a character reference or
folded white space in it takes more bytes than what it gives; so a run is known to the byte where its text, encoded
again, has as many bytes as the run.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from onrecord.nouns import Document, Run, Span

LONGER = "\ufffd\u20d2"
"""Characters that may stand for fewer bytes than they are encoded in: what could not be decoded, and the second one of
``&nGt;`` and ``&nLt;``; a run that holds one is not known to the byte."""


class Held(NamedTuple):
    """Some bytes of the original file, and of which words they are the bytes."""

    bytes: Span
    text: Span


class WayBack:
    """The way back to the bytes of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._encoding = document.encoding
        self._runs = sorted(run for block in document.blocks for run in block.source)

    def of(self, span: Span) -> Held | None:
        """Return the bytes that hold some words, tags between them included; None where they are not known."""
        start, end = span
        begin, stop = self._run_at(start), self._run_at(end - 1)
        if start >= end or begin is None or stop is None:
            return None
        first, low = self._edge(begin, start, (begin[2], begin[0]))
        last, high = self._edge(stop, end, (stop[3], stop[1]))
        return Held((first, last), (low, high)) if first < last else None

    def _run_at(self, at: int) -> Run | None:
        found = bisect_right(self._runs, at, key=lambda run: run[0]) - 1
        return self._runs[found] if found >= 0 and at < self._runs[found][1] else None

    def _edge(self, run: Run, at: int, otherwise: Span) -> Span:
        """The byte and the code point at which words begin or end; otherwise those of an end of their run."""
        low, high, first, last = run
        if self._taken(low, high) != last - first:
            return otherwise
        return first + (self._taken(low, at) or 0), at

    def _taken(self, low: int, high: int) -> int | None:
        """How many bytes some words are encoded in; None where that does not tell how many they were."""
        text = self._text[low:high]
        try:
            return None if any(each in text for each in LONGER) else len(text.encode(self._encoding))
        except (UnicodeEncodeError, LookupError):
            return None

"""From words of a text back to the bytes of the original file in which they stand.

Promise: bytes that are given hold the words, and it is told of which words they are the bytes: of these alone, or of
more where only the run is known. The odd case that forced the shape: a run keeps its ends, and a character reference or
folded white space in it takes more bytes than what it gives; so a run is known to the byte where its text, encoded
again, has as many bytes as the run. That is measured once a run and kept by stretches of it, since a run of 5 MB may
hold ten thousand facts.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from onrecord.nouns import Document, Run, Span

LONGER = "\ufffd\u20d2"
"""Characters that may stand for fewer bytes than they are encoded in: what could not be decoded, and the second one of
``&nGt;`` and ``&nLt;``; a run that holds one is not known to the byte."""

STRETCH = 1_000
"""Code points of a run between the places to which its bytes are counted."""


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
        self._measured: dict[Run, list[int] | None] = {}

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
        if run not in self._measured:
            self._measured[run] = self._measure(run)
        steps, low = self._measured[run], run[0]
        if steps is None:
            return otherwise
        passed = min((at - low) // STRETCH, len(steps) - 1)
        return run[2] + steps[passed] + (self._taken(low + passed * STRETCH, at) or 0), at

    def _measure(self, run: Run) -> list[int] | None:
        """How many bytes of a run come before each stretch of it; None where it is not known to the byte."""
        low, high, first, last = run
        if self._taken(low, high) != last - first:
            return None
        taken = (self._taken(at, min(at + STRETCH, high)) or 0 for at in range(low, high, STRETCH))
        steps = list(accumulate(taken, initial=0))
        return steps if steps[-1] == last - first else [0]  # some encodings begin every text with bytes of their own

    def _taken(self, low: int, high: int) -> int | None:
        """How many bytes some words are encoded in; None where that does not tell how many they were."""
        text = self._text[low:high]
        try:
            return None if any(each in text for each in LONGER) else len(text.encode(self._encoding))
        except (UnicodeEncodeError, LookupError):
            return None

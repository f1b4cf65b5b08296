"""The way back: which bytes of what came in are a passage of the text.

Promise: the bytes that are named hold the passage; where a character of the text can't be counted back to its bytes (a
character reference, folded white space), they are those of the whole run, which is told. The odd case that forced the
shape: a briefing has thousands of facts and a page thousands of runs, so the runs are put in order once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from onrecord.nouns import Document, Run, Span


class Bytes(NamedTuple):
    """A stretch of the original, half open."""

    start: int
    stop: int
    exact: bool
    """Whether it is the passage and nothing around it."""


class Origin:
    """The original of a document, by its runs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._runs: list[Run] = sorted(run for block in document.blocks for run in block.source)
        self._starts = [run[0] for run in self._runs]

    def of(self, span: Span) -> Bytes | None:
        """Return the bytes of a passage, the first to the last of them; None where the document has no runs at all.

        What has no run of its own, words that were mended, lies between those of its neighbours.
        """
        if not self._runs:
            return None
        start, stop = span
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, stop) - 1
        low = self._at(self._runs[first], start) if first >= 0 else None
        high = self._at(self._runs[last], stop) if last >= 0 else None
        before = self._runs[max(first, 0)]
        after = self._runs[min(last + 1, len(self._runs) - 1)]
        return Bytes(
            before[2 if before[1] > start else 3] if low is None else low,
            (self._runs[last][3] if last >= 0 and self._runs[last][1] >= stop else max(after[2], before[3]))
            if high is None
            else high,
            low is not None and high is not None,
        )

    def _at(self, run: Run, place: int) -> int | None:
        """Where a place of the text lies in a run's bytes; None where it is not in it, or can't be counted."""
        begin, end, low, high = run
        if place in (begin, end):
            return low if place == begin else high
        text = self._document.text
        if not begin < place < end or self._length(text[begin:end]) != high - low:
            return None
        return low + self._length(text[begin:place])

    def _length(self, text: str) -> int:
        """How many bytes a text is in the document's encoding, without a byte order mark; -1: it can't be."""
        encoding = self._document.encoding
        try:
            return len(text.encode(encoding)) - len("".encode(encoding))
        except (UnicodeEncodeError, LookupError):
            return -1

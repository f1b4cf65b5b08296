"""The words of one document's passages, laid out for a quote to be held against.

Promise: each word knows its place in the document. Passages that do not follow one another stay apart: between them
lies more than a quote may leave out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.check.passages import Passage
from onrecord.check.words import Word, not_said, words_of

_LINE_END = re.compile(r"[-\u00ad\u2010][ \t]*\r?\n")

BETWEEN = 1000
"""Words that are taken to lie between two passages that are not neighbours."""


class Record:
    """The words of some passages of one document, in text order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.words: list[Word] = []
        """Each with its place in the document."""
        self.of: list[int] = []
        """Which of the passages each word is in."""
        places: list[int] = []
        self.said: list[bool] = []
        """False for words in brackets, such as "(Laughter.)"."""
        at = 0
        for number, passage in enumerate(passages):
            if number and passage.number != passages[number - 1].number + 1:
                at += BETWEEN
            words = words_of(passage.text, base=passage.start)
            unsaid = bytearray(len(passage.text))
            for low, high in not_said(passage.text):
                unsaid[low:high] = b"\1" * (high - low)
            self.said += [not unsaid[word.start - passage.start] for word in words]
            self.words += words
            self.of += [number] * len(words)
            places += range(at, at + len(words))
            at += len(words)
        self.places: NDArray[np.int64] = np.array(places, dtype=np.int64)
        """Where each word stands, counted in words."""

    def turn(self, word: int) -> int:
        """Return the turn that a word is of."""
        return self.passages[self.of[word]].turn

    def speaker(self, word: int) -> str | None:
        """Return the label of who said a word."""
        return self.passages[self.of[word]].speaker

    def gap(self, one: int, other: int) -> int | None:
        """Return how many words lie between two in one turn, less than none where the other is not behind.

        None: they are in different turns, or what lies between is not here.
        """
        between = int(self.places[other] - self.places[one]) - 1
        return between if self.turn(one) == self.turn(other) and abs(between) < BETWEEN else None

    def between(self, word: int) -> tuple[int, int, str]:
        """Return what stands between a word and the next: its place in the document, and the text."""
        start, end = self.words[word].end, self.words[word + 1].start
        passage = self.passages[self.of[word]]
        return start, end, passage.text[start - passage.start : end - passage.start]

    def broken(self, low: int, high: int) -> bool:
        """Whether a word that the end of a line broke stands between word ``low`` and word ``high``."""
        return any(_LINE_END.search(self.between(word)[2]) for word in range(low, high - 1))

    def text(self, low: int, high: int) -> str:
        """Return the text from word ``low`` up to before word ``high``, white space folded."""
        if low >= high:
            return ""
        parts = []
        for number in range(self.of[low], self.of[high - 1] + 1):
            passage = self.passages[number]
            start = max(self.words[low].start, passage.start) - passage.start
            end = min(self.words[high - 1].end, passage.end) - passage.start
            parts.append(passage.text[start:end])
        return " ".join(" ".join(parts).split())

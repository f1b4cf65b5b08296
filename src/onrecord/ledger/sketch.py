"""What a text is compared by when copies are looked for: runs of words as numbers, and a few of them to be found by.

Promise: two texts that have a run of `SURE` words in common have an anchor in common; how much is shared is measured
against the shorter text, so that a copy cut from the end is no less a copy. The odd case that forced the shape: the
usual bands of MinHash liken whole texts and miss a third of a wire story under a new lede, so anchors are chosen place
by place (winnowing, after Schleimer, Wilkerson and Aiken 2003) and stay where they are when a text is cut.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RUN = 5
"""Words of a shingle."""

WINDOW = 16
"""Shingles next to each other of which the least is an anchor."""

SURE = WINDOW + RUN - 1
"""Words that two texts must have in common, one after the other, to have an anchor in common for sure."""

SHARE = 0.5
"""Of the shorter text's shingles, what the longer has too where one is a copy of the other."""

ENOUGH = 30
"""Shingles in common that are enough; shorter texts have so little room for difference that more must agree."""

SHORT_SHARE = 0.8
"""What must agree where fewer than `ENOUGH` are in common: a second item in the words of the first is no copy."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HALF, _MORE = np.uint64(32), np.uint64(29)

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")

Shingles = NDArray[np.uint32]


class Likeness(NamedTuple):
    """How much two texts have in common: shingles, and what share of the shorter text's they are."""

    common: int
    share: float

    @property
    def copied(self) -> bool:
        """Whether one text is a copy of the other."""
        return self.share >= (SHARE if self.common >= ENOUGH else SHORT_SHARE)


def shingles_of(text: str) -> Shingles:
    """Return the runs of `RUN` words of a text, in order, as numbers; one for a text of fewer words, none of none."""
    return runs_of(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of a text; capital letters, accents and signs between words make no difference."""
    text = text.lower()
    return _WORD.findall(text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def runs_of(words: list[str], run: int = RUN) -> Shingles:
    """Return each run of so many words, in order, as a number: a polynomial of the words' checksums, mixed."""
    each = np.array([*map(zlib.crc32, " ".join(words).encode().split())], np.uint64)
    count = max(min(1, len(each)), len(each) - run + 1)
    found = np.zeros(count, np.uint64)
    for at in range(min(run, len(each))):
        found = found * _FACTOR + each[at : at + count]
    found = (found ^ (found >> _HALF)) * _MIX
    return ((found ^ (found >> _MORE)) >> _HALF).astype(np.uint32)


def anchors_of(shingles: Shingles) -> list[int]:
    """Return the least shingle of each `WINDOW` of them, each once."""
    if len(shingles) <= WINDOW:
        return [int(shingles.min())] if len(shingles) else []
    windows = np.lib.stride_tricks.sliding_window_view(shingles, WINDOW)
    return [int(each) for each in np.unique(windows.min(axis=1))]


def compared(one: Shingles, other: Shingles) -> Likeness:
    """Return how much two texts have in common; nothing where one of them has no words."""
    return alike(frozenset(one.tolist()), other)


def alike(mine: Set[int], other: Shingles) -> Likeness:
    """Return the same of a text whose shingles are at hand, each once: it is compared with one text after the other."""
    theirs = frozenset(other.tolist())
    shorter, common = min(len(mine), len(theirs)), len(mine & theirs)
    return Likeness(common, common / shorter if shorter else 0.0)

"""The passages in which two texts with much in common differ: what the second adds, leaves out and says otherwise.

Promise: spans count code points of either text, and what lies outside them is the same words in both. The odd case that
forced the shape: compared word by word every "the" finds a partner somewhere, so runs of words are compared, of which
nearly all stand in a text once.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

import msgspec

from onrecord.ledger.sketch import RUN, runs_of, words_of
from onrecord.nouns import Span

Kind = Literal["added", "cut", "changed"]

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")


class Difference(msgspec.Struct, frozen=True):
    """One passage: its words and its span in the first text and in the second; empty ones where it is not there."""

    kind: Kind
    was: str
    now: str
    was_span: Span
    now_span: Span


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """Return the passages in which a text differs from another one before it, in the order of both."""
    first, second = _placed(one), _placed(other)
    found = []
    for (_, _, a, b), (c, d, _, _) in pairwise(_common(first, second)):
        if a == c and b == d:
            continue
        was, now = _span(one, first, a, c), _span(other, second, b, d)
        kind: Kind = "added" if a == c else "cut" if b == d else "changed"
        found.append(Difference(kind, one[slice(*was)], other[slice(*now)], was, now))
    return tuple(found)


Word = tuple[str, int, int]
"""A word as it is compared, and where it stands."""


def _placed(text: str) -> list[Word]:
    return [("".join(words_of(word.group())), *word.span()) for word in _WORD.finditer(text)]


def _common(first: list[Word], second: list[Word]) -> list[tuple[int, int, int, int]]:
    """The words that are the same: where they begin in each text and where they end; with the ends of both texts."""
    found = [(0, 0, 0, 0)]
    for a, b, size in SequenceMatcher(None, _runs(first), _runs(second), autojunk=False).get_matching_blocks():
        if not size:
            continue
        late = max(0, found[-1][2] - a, found[-1][3] - b)
        length = min(size + RUN - 1, len(first) - a, len(second) - b)
        if length > late:
            found.append((a + late, b + late, a + length, b + length))
    return [*found, (len(first), len(second), len(first), len(second))]


def _runs(words: list[Word]) -> list[int]:
    return [int(each) for each in runs_of([word for word, _, _ in words])]


def _span(text: str, words: list[Word], first: int, last: int) -> Span:
    """The span of some words with the signs that stand to them; an empty one before a word where they are none."""
    before = words[first - 1][2] if first else 0
    if first == last:
        return before, before
    after = words[last][1] if last < len(words) else len(text)
    start, end = words[first][1], words[last - 1][2]
    while start > before and not text[start - 1].isspace():
        start -= 1
    while end < after and not text[end].isspace():
        end += 1
    return start, end

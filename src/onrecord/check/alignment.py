"""The words of a quote laid against the words of a record.

Promise: the alignment of the highest score (dynamic programming with affine gaps, after Gotoh 1982), with every item of
the quote in it and both ends of the record free. Two steps are of our own: an elision that the quote marks may pass
over any number of words, an insertion over a few; and a quote may jump anywhere in the record for a price, so that what
was put together from two places is seen as that, and not as one place with a great change.

The odd case that forced the numbers: words left out must stay together, or a "the" in their middle would part them; so
beginning a gap costs more than a chance word gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SAME, NEAR, OTHER = 2.0, 0.5, -1.0
"""What two words gain: the same, alike (an inflection, a contraction), others."""
ADDED = 1.1
"""What each word costs that the record has not."""
GLOSSED = 0.3
"""The same in round brackets, where it is likely the reporter's."""
LEFT, LEFT_ON = 2.2, 0.12
"""What it costs to begin and to go on with words that the quote has not."""
JUMP = 6.5
"""What it costs to go on anywhere else: more than 25 words left out in a row."""
ELIDED = 0.3
"""What a marked elision costs where it passes over words: nothing is passed over without need."""
REPLACED, REPLACED_ON = 8, 0.05
"""Words of the record that a marked insertion may stand for, and what each of them costs."""

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


class Said(NamedTuple):
    """A word of the quote: what it gains with each of the record's words, and what it costs where it is put in."""

    gains: Floats
    added: float = ADDED


class Elided(NamedTuple):
    """A marked elision."""


class Inserted(NamedTuple):
    """A marked insertion."""


Item = Said | Elided | Inserted


class Step(NamedTuple):
    """What of the record one item of the quote is laid against: words ``low`` up to ``high``, none where equal."""

    low: int
    high: int


class Alignment(NamedTuple):
    """How a quote lies against a record."""

    score: float
    same: int
    """How many words of the quote are laid against the same word."""
    steps: list[Step]
    """One for each item of the quote. Between two of them the record may move on, or to anywhere."""


def align(items: Sequence[Item], places: Numbers) -> Alignment:
    """Return the best alignment of ``items`` with a record of words.

    ``places``: where each word of the record stands, counted in words; what is not shown between two of them (the rest
    of a long answer) counts too.
    """
    columns = np.arange(len(places) + 1)
    far = np.append(places, places[-1] + 1 if len(places) else 0) * LEFT_ON
    best = now = np.zeros(len(columns))  # best[j]: all items so far, and the record up to before word j
    back: list[tuple[Numbers, Numbers, Numbers]] = []
    for item in items:
        now, low, entered = _take(item, best, columns)
        lifted = now + far
        reach = np.maximum.accumulate(lifted)
        origin = np.maximum.accumulate(np.where(lifted >= reach, columns, 0))
        left_out = _before(-np.inf, reach[:-1]) - far - LEFT
        moved = left_out > now
        best = np.where(moved, left_out, now)
        back.append((low, entered, np.where(moved, _before(0, origin[:-1]), columns)))
    if not back:
        return Alignment(0.0, 0, [])
    high = int(now.argmax())
    steps = []
    for number in range(len(back) - 1, -1, -1):
        low, entered, _ = back[number]
        steps.append(Step(int(low[high]), high))
        if number:
            high = int(back[number - 1][2][entered[high]])
    steps.reverse()
    same = sum(
        isinstance(item, Said) and high > low and bool(item.gains[low] >= SAME)
        for item, (low, high) in zip(items, steps, strict=True)
    )
    return Alignment(float(now.max()), same, steps)


def _before(first: float, others: NDArray[Any]) -> NDArray[Any]:
    """One number and others behind it: what `numpy.append` does, in a fifth of its time."""
    joined = np.empty(len(others) + 1, others.dtype)
    joined[0], joined[1:] = first, others
    return joined


def _take(item: Item, best: Floats, columns: Numbers) -> tuple[Floats, Numbers, Numbers]:
    """The scores when one more item is taken; per end of the record used: where the item begins, whence it was come."""
    match item:
        case Said(gains, cost):
            top = int(best.argmax())
            jumped = best[top] - JUMP
            straight = best[:-1] >= jumped
            said = _before(-np.inf, np.where(straight, best[:-1], jumped) + gains)
            came = _before(0, np.where(straight, columns[:-1], top))
            added = best - cost
            is_said = said >= added
            return (
                np.where(is_said, said, added),
                np.where(is_said, columns - 1, columns),
                np.where(is_said, came, columns),
            )
        case Elided():
            reach = np.maximum.accumulate(best)
            origin = np.maximum.accumulate(np.where(best >= reach, columns, 0))
            stays = best >= reach - ELIDED
            came = np.where(stays, columns, origin)
            return np.where(stays, best, reach - ELIDED), came, came
        case Inserted():
            now, came = best.copy(), columns.copy()
            for count in range(1, min(REPLACED, len(best) - 1) + 1):
                moved = best[:-count] - REPLACED_ON * count
                better = moved > now[count:]
                now[count:] = np.where(better, moved, now[count:])
                came[count:] = np.where(better, columns[:-count], came[count:])
            return now, came, came

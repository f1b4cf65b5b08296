"""From the model's numbers to planned events: the words that name one, its kind and status, its parties, date, venue.

Promise: events share no piece; the parts of an event are runs of pieces outside its own words. The odd case that forced
the shape: an event may have many parties and has one date and one venue, so parties are a path through in and out and
the other two are each the best run.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.tagger.links import (
    Floats,
    Learnt,
    Projected,
    Shape,
    link_logits,
    path,
    ranges,
    runs,
    stacked,
)

KINDS = (
    "meeting", "visit", "talks", "conference", "election", "vote", "hearing", "protest", "sport", "ceremony",
    "exercise", "launch", "signing", "measure", "report", "other",
)  # fmt: skip
"""The kinds of events in the order of the model's numbers."""

STATUSES = ("mooted", "planned", "scheduled", "postponed", "cancelled")
"""The states of what has not taken place, in the order of the model's numbers."""

PARTS = Shape(9, 24)
"""In a participant, begins one, ends one; the same of the date and of the venue."""

LEAST = 0.1
"""A run of pieces is handed on as an event when its likeliest piece is this likely: who reads on, decides."""

EDGE, SWITCH = 1.0, 1.5
"""The weight of the model's own word on where a part begins and ends, and what it costs a party to begin or to end."""

Run = tuple[int, int]
"""Pieces as first and last-plus-one."""


class Planned(NamedTuple):
    """One planned event in a window."""

    pieces: Run
    score: float
    """The highest probability of one of its pieces to begin an event's name: a rest of a longer name has a low one."""
    kind: str
    status: str
    status_score: float
    """How likely the status is, the others being the four that the event does not have."""
    participants: tuple[Run, ...]
    date: Run | None
    venue: Run | None


class Foreseen(NamedTuple):
    """The words of one window that name planned events, and how likely each piece is linked to each event."""

    named: list[tuple[int, int, float]]
    """First and last piece, and how likely the likeliest of them begins a name."""
    kinds: Floats
    """``[T, 16]``"""
    states: Floats
    """``[T, 5]``"""
    logits: Floats
    """``[K, channels, T]``: the links in log odds."""
    blocked: NDArray[np.bool_]
    """``[K, T]``: pieces that can be in nothing: those of the event itself and those that are none of the text's."""


def foresee(numbers: Floats, learnt: Learnt, projected: Projected, real: NDArray[np.bool_]) -> Foreseen | None:
    """Return the words of a window that name planned events and their links; None where no words do.

    ``numbers`` are ``[T, 3 + 16 + 5]``: logits of none, begin, inside; of the kind; of the status. ``real`` is ``[T]``,
    False at pieces that are none of the text's.
    """
    weights = _shares(numbers[:, :3])
    chance = np.where(real, 1 - weights[:, 0], 0.0)
    found = []
    for low, high in ranges(chance >= LEAST):
        cuts = [low, *(i for i in range(low + 1, high) if weights[i, 1] > weights[i, 2]), high]
        for start, end in pairwise(cuts):
            peak = start + int(chance[start:end].argmax())
            near = np.flatnonzero(chance[start:end] >= chance[peak] / 2)
            first, end = start + int(near[0]), start + int(near[-1]) + 1
            found.append((first, end - 1, float(weights[first:end, 1].max())))
    if not found:
        return None
    heads = np.array([(first, last) for first, last, _ in found], dtype=np.int64)
    at = np.arange(len(real))
    return Foreseen(
        named=found,
        kinds=numbers[:, 3 : 3 + len(KINDS)],
        states=numbers[:, 3 + len(KINDS) :],
        logits=link_logits(learnt, projected, heads, PARTS),
        blocked=~real | (at >= heads[:, :1]) & (at <= heads[:, 1:]),
    )


def decode(windows: Sequence[Foreseen | None]) -> list[list[Planned]]:
    """Return the planned events of windows, for each window in text order."""
    told = [each for each in windows if each is not None]
    if not told:
        return [[] for _ in windows]
    logits, blocked = stacked([(each.logits, each.blocked) for each in told])
    party = np.where(blocked, np.float32(-30), logits[:, 0])
    parties = path(party, logits[:, 1], logits[:, 2], EDGE, SWITCH) & ~blocked
    dates, dated = runs(logits[:, 3], logits[:, 4], logits[:, 5], blocked, EDGE)
    venues, placed = runs(logits[:, 6], logits[:, 7], logits[:, 8], blocked, EDGE)
    rows = count()
    events: list[list[Planned]] = []
    for each in windows:
        events.append([])
        if each is None:
            continue
        for first, last, score in each.named:
            k = next(rows)
            inside = slice(first, last + 1)
            state = _shares(each.states[inside].mean(0, keepdims=True))[0]
            best = int(state.argmax())
            events[-1].append(
                Planned(
                    pieces=(first, last + 1),
                    score=score,
                    kind=KINDS[int(each.kinds[inside].mean(0).argmax())],
                    status=STATUSES[best],
                    status_score=float(state[best]),
                    participants=tuple(ranges(parties[k])),
                    date=(int(dates[k, 0]), int(dates[k, 1]) + 1) if dated[k] > 0 else None,
                    venue=(int(venues[k, 0]), int(venues[k, 1]) + 1) if placed[k] > 0 else None,
                )
            )
    return events


def _shares(logits: Floats) -> Floats:
    """Probabilities of logits, row by row."""
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Floats = weights / weights.sum(-1, keepdims=True)
    return shares

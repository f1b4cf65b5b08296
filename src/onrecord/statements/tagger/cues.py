"""From the model's numbers to cues, sources, contents and chains: what is linked to which cue, and where it ends.

Promise: the contents of two cues share no piece; a source is one run of pieces. The odd case that forced the shape: two
cues of one sentence compete for its words, so what speaks for one content speaks against all others of the window.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.tagger.links import (
    Floats,
    Ints,
    Learnt,
    Projected,
    Shape,
    chance_of,
    link_logits,
    path,
    ranges,
    runs,
    stacked,
)

CUES = Shape(9, 48)
"""In the source, begins it, ends it; the same of the content, and of those by way of whom the words came."""

BEGINS, NEAR = 10.0, 0.5
"""A piece begins another cue when that is so many times likelier than that it goes on with one; a piece of a cue is at
least this share as likely as the cue's best one."""

REACH = 12
"""So many pieces on each side of a cue are told of with it: who reads on may move its bounds."""

SOURCE_REACH = 64
"""So many pieces on each side of a cue are told of as they may be of its source."""


class Decoding(NamedTuple):
    """The few numbers of the decoding; chosen on articles kept out of the training."""

    cue: float = 0.25
    """A run of pieces is a cue when its likeliest piece is this likely."""
    switch: float = 1.5
    """What it costs a content to begin or to end."""
    edge: float = 2.0
    """The weight of the model's own word on where a content begins and ends."""
    source: float = -3.0
    """A source is given from this score on."""
    source_edge: float = 0.7
    """The weight of the model's own word on where a source begins and ends."""
    via: float = 3.0
    """What is added to the log odds of a piece to be in a link: the model has seen few chains and is shy of them."""
    via_least: float = 0.35
    """A run of pieces is a link when the mean of its probabilities, nothing added, is this high."""


DECODING = Decoding()
"""The numbers that the shipped weights are read with."""


class Found(NamedTuple):
    """One attribution in a window; pieces as ``(first, last + 1)``."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    via: tuple[tuple[int, int], ...]
    """The links of the chain in text order."""
    cue_score: float
    """The highest probability of its pieces to be of a cue."""
    source_score: float
    """How much better the source is than none, in log odds."""
    content_score: float
    """The mean probability of the content's pieces to be linked to the cue."""
    near: tuple[tuple[int, float, float], ...]
    """The pieces of the cue and around it: the log odds to be of a cue, and to begin one rather than go on with one."""
    near_source: tuple[tuple[int, float, float, float, float, float], ...]
    """The pieces around the cue: the log odds to be of its source, to begin it, to end it; to be of whatever cue's
    source, and to begin one rather than go on with one."""


class Linked(NamedTuple):
    """The cues of one window and how likely each piece is linked to each of them."""

    cues: Ints
    """``[K, 2]``: first and last piece."""
    scores: Floats
    """``[K]``: the highest probability of a piece to be of the cue."""
    logits: Floats
    """``[K, channels, T]``: the links in log odds; the content's against all other cues of the window."""
    blocked: NDArray[np.bool_]
    """``[K, T]``: pieces that can be in nothing: those of the cue itself and those that are none of the text's."""
    odds: Floats
    """``[T, 4]``: the log odds of each piece to be of a cue, and to begin one rather than go on with one; the same of a
    source of whatever cue."""
    real: NDArray[np.bool_]
    """``[T]``, False at pieces that are none of the text's."""


def link(tags: Floats, learnt: Learnt, projected: Projected, real: NDArray[np.bool_], how: Decoding) -> Linked:
    """Return the cues of a window and their links.

    ``tags`` are ``[T, 9]``: logits of none, begin, inside for cue, source and content; ``real`` is ``[T]``, False at
    pieces that are none of the text's.
    """
    cues, scores = _cues(tags, real, how)
    logits = link_logits(learnt, projected, cues, CUES)
    at = np.arange(len(real))
    blocked = ~real | (at >= cues[:, :1]) & (at <= cues[:, 1:])
    weights = np.exp(np.clip(logits[:, 3], -30, 30))
    logits[:, 3] -= np.log1p(np.maximum(weights.sum(0) - weights, 0))
    of_cue = np.logaddexp(tags[:, 1], tags[:, 2]) - tags[:, 0]
    of_source = np.logaddexp(tags[:, 4], tags[:, 5]) - tags[:, 3]
    odds = np.stack([of_cue, tags[:, 1] - tags[:, 2], of_source, tags[:, 4] - tags[:, 5]], axis=1)
    return Linked(cues, scores, logits, blocked, odds, real)


def decode(linked: list[Linked], how: Decoding) -> list[list[Found]]:
    """Return the attributions of windows, for each window in the order of its cues."""
    found: list[list[Found]] = [[] for _ in linked]
    rows = [row for row, each in enumerate(linked) for _ in each.cues]
    if not rows:
        return found
    logits, blocked = stacked([(each.logits, each.blocked) for each in linked])
    cues = np.concatenate([each.cues for each in linked])
    scores = np.concatenate([each.scores for each in linked])
    sources, source_scores = runs(logits[:, 0], logits[:, 1], logits[:, 2], blocked, how.source_edge)
    content = np.where(blocked, np.float32(-30), logits[:, 3])
    inside = path(content, logits[:, 4], logits[:, 5], how.edge, how.switch) & ~blocked
    chance = chance_of(content)
    passed: Floats = np.where(blocked | inside, np.float32(-30), logits[:, 6])
    through = path(passed + how.via, logits[:, 7], logits[:, 8], how.edge, how.switch)
    by_way = chance_of(passed)
    for k, row in enumerate(rows):
        pieces = ranges(inside[k])
        if pieces:
            low, high = sources[k]
            found[row].append(
                Found(
                    cue=(int(cues[k, 0]), int(cues[k, 1]) + 1),
                    source=(int(low), int(high) + 1) if source_scores[k] > how.source else None,
                    content=tuple(pieces),
                    via=tuple(run for run in ranges(through[k]) if by_way[k, slice(*run)].mean() >= how.via_least),
                    cue_score=float(scores[k]),
                    source_score=float(source_scores[k]),
                    content_score=float(chance[k][inside[k]].mean()),
                    near=_near(linked[row], int(cues[k, 0]), int(cues[k, 1])),
                    near_source=_near_source(linked[row], logits[k, :3], int(cues[k, 0]), int(cues[k, 1])),
                )
            )
    return found


def _near(linked: Linked, first: int, last: int) -> tuple[tuple[int, float, float], ...]:
    """What is said of the pieces ``first`` to ``last`` and of those around them that are of the text."""
    low = max(0, first - REACH)
    rows = linked.odds[low : last + 1 + REACH, :2].tolist()
    return tuple((at, *row) for at, row in enumerate(rows, low) if linked.real[at])


def _near_source(
    linked: Linked, logits: Floats, first: int, last: int
) -> tuple[tuple[int, float, float, float, float, float], ...]:
    """What is said of the text's pieces around the cue from ``first`` to ``last`` as its source, the cue's left out."""
    low, high = max(0, first - SOURCE_REACH), min(len(linked.real), last + 1 + SOURCE_REACH)
    rows = np.concatenate([logits[:, low:high].T, linked.odds[low:high, 2:]], axis=1).tolist()
    return tuple((at, *row) for at, row in enumerate(rows, low) if linked.real[at] and not first <= at <= last)


def _cues(tags: Floats, real: NDArray[np.bool_], how: Decoding) -> tuple[Ints, Floats]:
    """The runs of pieces that are cues, ``[K, 2]``, and the highest probability in each, ``[K]``.

    A run is cut before a piece that begins a cue, and ends where its pieces fall far below its best one.
    """
    weights = np.exp(tags[:, :3] - tags[:, :3].max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    chance = np.where(real, 1 - weights[:, 0], 0.0)
    begins = weights[:, 1] > BEGINS * weights[:, 2]
    cues, scores = [], []
    for low, high in ranges(chance > how.cue * NEAR):
        cuts = [low, *(i for i in range(low + 1, high) if begins[i]), high]
        for start, end in pairwise(cuts):
            peak = chance[start:end].max()
            if peak >= how.cue:
                near = np.flatnonzero(chance[start:end] >= NEAR * peak)
                cues.append((start + near[0], start + near[-1]))
                scores.append(peak)
    return np.array(cues, dtype=np.int64).reshape(-1, 2), np.array(scores, dtype=np.float32)

"""From the model's numbers to cues, sources, contents and chains: what is linked to which cue, and where it ends.

Promise: the contents of two cues share no piece; a source is one run of pieces; everything is computed for all cues of
a batch at once. The odd case that forced the shape: a content may be broken up by its cue and its speaker, so it is no
run with two ends but a path through two states, out of and in the content, found by Viterbi's algorithm.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CHANNELS = 9
"""In the source, begins it, ends it; the same of the content, and of those by way of whom the words came."""

WIDTH = 48
"""Numbers in the key of a channel."""

BEGINS, NEAR = 10.0, 0.5
"""A piece begins another cue when that is so many times likelier than that it goes on with one; a piece of a cue is at
least this share as likely as the cue's best one."""

_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])
BUCKETS = 2 * len(_EDGES) + 1
"""Signed distances from the cue: inside it, and so many steps on each side."""


def buckets(cues: Ints, length: int) -> Ints:
    """Return ``[K, length]``: the bucket of the distance of each piece from each cue ``[K, 2]`` (first, last piece)."""
    at = np.arange(length)
    before = np.maximum(cues[:, :1] - at, 0)
    after = np.maximum(at - cues[:, 1:], 0)
    side = np.searchsorted(_EDGES, np.maximum(before, after), side="right")
    return np.where(before > 0, side, np.where(after > 0, len(_EDGES) + side, 0)).astype(np.int64)


class Decoding(NamedTuple):
    """The few numbers of the decoding; chosen on articles kept out of the training (`training.statements.tune`)."""

    cue: float = 0.3
    """A run of pieces is a cue when its likeliest piece is this likely."""
    switch: float = 1.5
    """What it costs a content to begin or to end."""
    edge: float = 1.5
    """The weight of the model's own word on where a content begins and ends."""
    source: float = -2.0
    """A source is given from this score on."""
    source_edge: float = 0.7
    """The weight of the model's own word on where a source begins and ends."""
    via: float = 2.0
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


class Outputs(NamedTuple):
    """What the model gives for one window of ``T`` pieces."""

    tags: Floats
    """``[T, 9]``: logits of none, begin, inside for cue, source and content."""
    keys: Floats
    """``[T, CHANNELS * WIDTH]``"""
    bias: Floats
    """``[T, CHANNELS]``"""
    first: Floats
    """``[T, CHANNELS * WIDTH]``: what a piece asks for as the first of a cue."""
    last: Floats
    """The same as the last of a cue."""


class Linked(NamedTuple):
    """The cues of one window and how likely each piece is linked to each of them."""

    cues: Ints
    """``[K, 2]``: first and last piece."""
    scores: Floats
    """``[K]``: the highest probability of a piece to be of the cue."""
    logits: Floats
    """``[K, CHANNELS, T]``: the links in log odds; the content's against all other cues of the window."""
    blocked: NDArray[np.bool_]
    """``[K, T]``: pieces that can be in nothing: those of the cue itself and those that are none of the text's."""


def link(outputs: Outputs, distance: Floats, real: NDArray[np.bool_], how: Decoding) -> Linked:
    """Return the cues of a window and their links.

    ``distance`` is ``[BUCKETS, CHANNELS]``; ``real`` is ``[T]``, False at pieces that are none of the text's.
    """
    cues, scores = _cues(outputs.tags, real, how)
    logits = _link_logits(outputs, distance, cues)
    at = np.arange(len(real))
    blocked = ~real | (at >= cues[:, :1]) & (at <= cues[:, 1:])
    weights = np.exp(np.clip(logits[:, 3], -30, 30))
    logits[:, 3] -= np.log1p(np.maximum(weights.sum(0) - weights, 0))
    return Linked(cues, scores, logits, blocked)


def decode(linked: list[Linked], how: Decoding) -> list[list[Found]]:
    """Return the attributions of windows, for each window in the order of its cues."""
    found: list[list[Found]] = [[] for _ in linked]
    rows = [row for row, each in enumerate(linked) for _ in each.cues]
    if not rows:
        return found
    length = max(each.blocked.shape[1] for each in linked)
    logits = np.full((len(rows), CHANNELS, length), -30, dtype=np.float32)
    blocked = np.ones((len(rows), length), dtype=bool)
    k = 0
    for each in linked:
        count, size = each.blocked.shape
        logits[k : k + count, :, :size] = each.logits
        blocked[k : k + count, :size] = each.blocked
        k += count
    cues = np.concatenate([each.cues for each in linked])
    scores = np.concatenate([each.scores for each in linked])
    sources, source_scores = _runs(logits[:, 0], logits[:, 1], logits[:, 2], blocked, how)
    content = np.where(blocked, np.float32(-30), logits[:, 3])
    inside = _path(content, logits[:, 4], logits[:, 5], how) & ~blocked
    chance = _chance(content)
    passed: Floats = np.where(blocked | inside, np.float32(-30), logits[:, 6])
    through = _path(passed + how.via, logits[:, 7], logits[:, 8], how)
    by_way = _chance(passed)
    for k, row in enumerate(rows):
        pieces = _ranges(inside[k])
        if pieces:
            low, high = sources[k]
            found[row].append(
                Found(
                    cue=(int(cues[k, 0]), int(cues[k, 1]) + 1),
                    source=(int(low), int(high) + 1) if source_scores[k] > how.source else None,
                    content=tuple(pieces),
                    via=tuple(run for run in _ranges(through[k]) if by_way[k, slice(*run)].mean() >= how.via_least),
                    cue_score=float(scores[k]),
                    source_score=float(source_scores[k]),
                    content_score=float(chance[k][inside[k]].mean()),
                )
            )
    return found


def _chance(logits: Floats) -> Floats:
    chance: Floats = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32, copy=False)
    return chance


def _cues(tags: Floats, real: NDArray[np.bool_], how: Decoding) -> tuple[Ints, Floats]:
    """The runs of pieces that are cues, ``[K, 2]``, and the highest probability in each, ``[K]``.

    A run is cut before a piece that begins a cue, and ends where its pieces fall far below its best one.
    """
    weights = np.exp(tags[:, :3] - tags[:, :3].max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    chance = np.where(real, 1 - weights[:, 0], 0.0)
    begins = weights[:, 1] > BEGINS * weights[:, 2]
    cues, scores = [], []
    for low, high in _ranges(chance > how.cue * NEAR):
        cuts = [low, *(i for i in range(low + 1, high) if begins[i]), high]
        for start, end in pairwise(cuts):
            peak = chance[start:end].max()
            if peak >= how.cue:
                near = np.flatnonzero(chance[start:end] >= NEAR * peak)
                cues.append((start + near[0], start + near[-1]))
                scores.append(peak)
    return np.array(cues, dtype=np.int64).reshape(-1, 2), np.array(scores, dtype=np.float32)


def _link_logits(outputs: Outputs, distance: Floats, cues: Ints) -> Floats:
    length = len(outputs.keys)
    query = (outputs.first[cues[:, 0]] + outputs.last[cues[:, 1]]).reshape(-1, CHANNELS, WIDTH)
    keys = outputs.keys.reshape(length, CHANNELS, WIDTH)
    logits = np.matmul(query.transpose(1, 0, 2), keys.transpose(1, 2, 0)).transpose(1, 0, 2) * np.float32(WIDTH**-0.5)
    result: Floats = logits + outputs.bias.T + distance[buckets(cues, length)].transpose(0, 2, 1)
    return result


def _path(inside: Floats, begins: Floats, ends: Floats, how: Decoding) -> NDArray[np.bool_]:
    """The best path of each row through out and in (Viterbi): ``[K, T]``, True where it is in."""
    count, length = inside.shape
    enter = np.clip(how.edge * begins, -4, 4) - how.switch
    leave = np.clip(how.edge * ends, -4, 4) - how.switch
    emission = np.clip(inside, -8, 8)
    out = np.zeros(count, dtype=np.float32)
    within = np.full(count, -1e9, dtype=np.float32)
    entered = np.zeros((length, count), dtype=bool)
    left = np.zeros((length, count), dtype=bool)
    for t in range(length):
        opening = out + enter[:, t]
        closing = within + leave[:, t - 1] if t else within
        entered[t] = opening > within
        left[t] = closing > out
        out, within = np.maximum(out, closing), np.maximum(within, opening) + emission[:, t]
    state = within + leave[:, -1] > out
    result = np.zeros((length, count), dtype=bool)
    for t in range(length - 1, -1, -1):
        result[t] = state
        state = np.where(state, ~entered[t], left[t])
    return result.T


def _runs(
    inside: Floats, begins: Floats, ends: Floats, blocked: NDArray[np.bool_], how: Decoding
) -> tuple[Ints, Floats]:
    """The best run of each row, first and last piece ``[K, 2]``, and its score ``[K]``."""
    emission = np.where(blocked, -30.0, np.clip(inside, -8, 8))
    begins = how.source_edge * np.clip(begins, -4, 4)
    ends = how.source_edge * np.clip(ends, -4, 4)
    total = np.cumsum(emission, axis=1)
    opened = begins - total + emission
    best = np.maximum.accumulate(opened, axis=1)
    score = total + best + ends
    last = score.argmax(axis=1)
    every = np.arange(len(last))
    first = (opened == best[every, last][:, None]).argmax(axis=1)
    return np.stack([first, last], axis=1), score[every, last]


def _ranges(line: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of True, as first and last-plus-one."""
    edges = np.flatnonzero(np.diff(line.astype(np.int8), prepend=0, append=0))
    return [(int(low), int(high)) for low, high in zip(edges[::2], edges[1::2], strict=True)]

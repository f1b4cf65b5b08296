"""Links from heads, the cues or events of a window, to its pieces; runs of pieces and paths through them.

Promise: everything is computed for all heads of a batch at once. The odd case that forced the shape: a content may be
broken up by its cue and its speaker, so it is no run with two ends but a path through two states, out of and in the
content, found by Viterbi's algorithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Shape(NamedTuple):
    """How many kinds of links there are, and the numbers in the key of one."""

    channels: int
    width: int


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


class Learnt(NamedTuple):
    """What the model has learnt of one kind of heads: how their pieces are turned into what they ask for."""

    first: Floats
    """``[H, channels * width]``, for the vector of a head's first piece."""
    last: Floats
    """The same for its last piece."""
    asked: Floats
    """``[channels * width]``, added to both."""
    distance: Floats
    """``[BUCKETS, channels]``: the terms of distance."""


class Projected(NamedTuple):
    """What the model gives for the links of one window of ``T`` pieces."""

    vectors: Floats
    """``[T, H]``"""
    keys: Floats
    """``[T, channels * width]``"""
    bias: Floats
    """``[T, channels]``"""


def chance_of(logits: Floats) -> Floats:
    """Return probabilities of log odds."""
    chance: Floats = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32, copy=False)
    return chance


def link_logits(learnt: Learnt, projected: Projected, heads: Ints, shape: Shape) -> Floats:
    """Return ``[K, channels, T]``: the log odds that a piece is linked to a head ``[K, 2]`` (first, last piece)."""
    vectors, length = projected.vectors, len(projected.vectors)
    query = vectors[heads[:, 0]] @ learnt.first + vectors[heads[:, 1]] @ learnt.last + learnt.asked
    keys = projected.keys.reshape(length, *shape)
    scale = np.float32(shape.width**-0.5)
    logits = np.matmul(query.reshape(-1, *shape).transpose(1, 0, 2), keys.transpose(1, 2, 0)).transpose(1, 0, 2) * scale
    result: Floats = logits + projected.bias.T + learnt.distance[buckets(heads, length)].transpose(0, 2, 1)
    return result


def stacked(windows: Sequence[tuple[Floats, NDArray[np.bool_]]]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the links of windows one below the other, ``[K, channels, T]``, and what is blocked, ``[K, T]``.

    Behind the end of a shorter window all is blocked and far from likely, so that no path and no run goes there.
    """
    length = max(blocked.shape[1] for _, blocked in windows)
    count = sum(len(blocked) for _, blocked in windows)
    together = np.full((count, windows[0][0].shape[1], length), -30, dtype=np.float32)
    barred = np.ones((count, length), dtype=bool)
    k = 0
    for logits, blocked in windows:
        rows, size = blocked.shape
        together[k : k + rows, :, :size] = logits
        barred[k : k + rows, :size] = blocked
        k += rows
    return together, barred


def path(inside: Floats, begins: Floats, ends: Floats, edge: float, switch: float) -> NDArray[np.bool_]:
    """Return the best path of each row through out and in (Viterbi): ``[K, T]``, True where it is in.

    ``edge`` weighs the model's own word on where a run begins and ends, ``switch`` is what beginning or ending costs.
    """
    count, length = inside.shape
    enter = np.clip(edge * begins, -4, 4) - switch
    leave = np.clip(edge * ends, -4, 4) - switch
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


def runs(
    inside: Floats, begins: Floats, ends: Floats, blocked: NDArray[np.bool_], edge: float
) -> tuple[Ints, Floats]:  # fmt: skip
    """Return the best run of each row, first and last piece ``[K, 2]``, and its score ``[K]``."""
    emission = np.where(blocked, -30.0, np.clip(inside, -8, 8))
    begins = edge * np.clip(begins, -4, 4)
    ends = edge * np.clip(ends, -4, 4)
    total = np.cumsum(emission, axis=1)
    opened = begins - total + emission
    best = np.maximum.accumulate(opened, axis=1)
    score = total + best + ends
    last = score.argmax(axis=1)
    every = np.arange(len(last))
    first = (opened == best[every, last][:, None]).argmax(axis=1)
    return np.stack([first, last], axis=1), score[every, last]


def ranges(line: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of True, as first and last-plus-one."""
    if not line.any():
        return []
    turns: list[int] = (np.flatnonzero(line[1:] != line[:-1]) + 1).tolist()
    if line[0]:
        turns.insert(0, 0)
    if line[-1]:
        turns.append(len(line))
    return list(zip(turns[::2], turns[1::2], strict=True))

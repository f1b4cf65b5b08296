"""The word vectors of a spaCy model, worked out without what only training needs.

Promise: the numbers are those of spaCy's own layers for the same texts together, bit by bit where the processor sums
a matrix product in one order whatever its size, else but for the rounding. The odd case that forced the shape: spaCy
works out every token's own vector anew, though of two thousand tokens of news half are words that came before among
them; finds of three numbers not only the greatest but also which it was; and goes through all numbers seven times to
bring them to one scale. That took a seventh of the time of a reading (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Layer(NamedTuple):
    """A layer that takes the greatest of three numbers and brings the row that they make to one scale."""

    weights: Floats
    """``[inputs, 3 * width]``: the first of the three of every number, then the second, then the third."""
    bias: Floats
    """``[3 * width]``, in the same order."""
    scale: Floats
    shift: Floats

    def of(self, rows: Floats) -> Floats:
        """Return ``[N, width]`` for ``[N, inputs]``."""
        found = np.dot(rows, self.weights)
        found += self.bias
        width = len(self.scale)
        best: Floats = np.maximum(found[:, :width], found[:, width : 2 * width])
        np.maximum(best, found[:, 2 * width :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = (best * best).sum(axis=1, keepdims=True) / width + 1e-08
        best *= spread**-0.5
        best *= self.scale
        best += self.shift
        return best


class Vectors:
    """What spaCy's `Tok2Vec` of hashed features and a convolution knows, and the vectors that it gives texts."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.layers
        layers = list(embed.walk())
        self._ops = model.ops
        self._columns = next(each.attrs["columns"] for each in layers if each.name == "extract_features")
        self._tables = [
            (each.attrs["seed"], each.get_param("E")) for each in layers if each.name == "hashembed"
        ]  # one a column, in the order of the columns
        (self._mixed,) = _layers(embed)
        self._encoded = _layers(encode)
        self._apart = encode.attrs["pad"]

    def of(self, docs: Sequence[Any]) -> list[Floats]:
        """Return ``[tokens, width]`` for each text; the texts stand apart, so that none sees another's words."""
        apart = self._apart
        counts = [len(doc) for doc in docs]
        if not any(counts):
            return [np.zeros((0, len(self._mixed.scale)), dtype=np.float32) for _ in docs]
        features = np.concatenate([doc.to_array(self._columns).reshape(len(doc), len(self._columns)) for doc in docs])
        kinds, which = _distinct(features)
        places = np.arange(len(features)) + apart * np.repeat(np.cumsum([count > 0 for count in counts]), counts)
        rows = np.zeros((places[-1] + 1 + apart, len(self._mixed.scale)), dtype=np.float32)
        rows[places] = self._embedded(kinds)[which]
        width = rows.shape[1]
        seen = np.zeros((len(rows), 3 * width), dtype=np.float32)
        for layer in self._encoded:
            seen[1:, :width] = rows[:-1]
            seen[:, width : 2 * width] = rows
            seen[:-1, 2 * width :] = rows[1:]
            rows = rows + layer.of(seen)
        return [
            rows[own[0] : own[-1] + 1] if len(own) else rows[:0] for own in np.split(places, np.cumsum(counts)[:-1])
        ]

    def _embedded(self, features: NDArray[np.uint64]) -> Floats:
        """The vectors of tokens by their features alone."""
        parts = []
        for column, (seed, table) in enumerate(self._tables):
            keys = self._ops.hash(np.ascontiguousarray(features[:, column]), seed) % len(table)
            parts.append(self._ops.gather_add(table, keys))
        return self._mixed.of(np.concatenate(parts, axis=1))


def _distinct(rows: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], list[int]]:
    """The rows that differ, and for each row which of them it is."""
    known: dict[bytes, int] = {}
    size = rows.itemsize * rows.shape[1]
    whole = rows.tobytes()
    which = [known.setdefault(whole[at : at + size], len(known)) for at in range(0, len(whole), size)]
    return np.frombuffer(b"".join(known), dtype=rows.dtype).reshape(-1, rows.shape[1]), which


def _layers(model: Any) -> list[Layer]:
    """The layers of a spaCy model that take the greatest of three, in order."""
    parts = list(model.walk())
    found = []
    for wide, norm in zip(
        (each for each in parts if each.name == "maxout"),
        (each for each in parts if each.name == "layernorm"),
        strict=True,
    ):
        weights, bias = wide.get_param("W"), wide.get_param("b")
        laid = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
        found.append(Layer(laid.T, bias.T.reshape(-1).copy(), norm.get_param("G"), norm.get_param("b")))
    return found


def quicken(pipeline: Any) -> None:
    """Have every `Tok2Vec` in a pipeline work as `Vectors` does."""
    for _, component in pipeline.pipeline:
        for part in component.model.walk():
            if part.has_ref("embed") and part.has_ref("encode"):
                part._func = _forward(Vectors(part))


def _forward(vectors: Vectors) -> Any:
    return lambda _, docs, is_train: (vectors.of(docs), None)

"""The names that a spaCy model marks, found for all words at once where spaCy goes word by word.

Promise: the names are those of spaCy's own steps. The odd case that forced the shape: outside of a name the model
scores its moves by the next word alone, whatever came before, so all words of many texts are scored together; step by
step goes only what is begun, all names abreast. spaCy's own steps ask 74 compiled checks for every word, which took a
twentieth of the time of a reading (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NONE = -1
"""In the place of a word that there is none of: outside of a name its first and its last word so far."""


class Namer:
    """What the model of a spaCy entity recognizer has learnt, and the names that it gives texts."""

    def __init__(self, component: Any) -> None:
        model = component.model
        self._vectors = model.get_ref("tok2vec")
        self._precomputed = model.get_ref("lower")
        self._bias = self._precomputed.get_param("b")
        scored = model.get_ref("upper")
        self._weights, self._shift = scored.get_param("W").T, scored.get_param("b")
        system = component.moves  # what a component calls its move names lacks one
        moves = [system.get_class_name(n).partition("-") for n in range(system.n_moves)]
        places = {(kind, label): n for n, (kind, _, label) in enumerate(moves)}
        self._labels = [label for _, _, label in moves]
        self._begins = np.array([kind == "B" for kind, _, _ in moves])
        self._names = np.array([kind in "BU" for kind, _, _ in moves])
        self._never = np.array([kind not in "BUO" or (kind != "O" and not label) for kind, _, label in moves])
        self._goes_on = np.array([places.get(("I", label), _NONE) for label in self._labels])
        self._ends = np.array([places.get(("L", label), _NONE) for label in self._labels])

    def mark(self, docs: Sequence[Any]) -> None:
        """Mark the names of texts whose sentences are known: none runs on into the next sentence."""
        counts = [len(doc) for doc in docs]
        if not any(counts):
            return
        seen = self._precomputed.predict(self._vectors.predict(docs))
        signs = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]).reshape(len(doc), 2) for doc in docs])
        firsts = np.cumsum([0, *counts])
        cut = np.append(signs[1:, 0] == 1, True)
        cut[firsts[1:][np.array(counts) > 0] - 1] = True
        at = np.arange(len(signs))
        scores = self._scores(seen, at, np.full_like(at, _NONE), np.full_like(at, _NONE))
        scores[:, self._never] = -np.inf
        scores[np.ix_(cut, self._begins)] = -np.inf
        scores[np.ix_(signs[:, 1] == 1, self._names)] = -np.inf
        moves = scores.argmax(axis=1)
        ends = self._walked(seen, moves, cut)
        named = np.flatnonzero(self._names[moves])
        for doc, first, low, high in zip(
            docs, firsts, np.searchsorted(named, firsts[:-1]), np.searchsorted(named, firsts[1:]), strict=False
        ):
            spans = []
            free = first
            for start in named[low:high].tolist():
                if start >= free:
                    free = int(ends[start])
                    spans.append(_span(doc, start - int(first), free - int(first), self._labels[moves[start]]))
            doc.set_ents(spans, default="outside")

    def _walked(self, seen: Floats, moves: Ints, cut: NDArray[np.bool_]) -> Ints:
        """For each word at which a name would begin the first word behind that name."""
        ends = np.arange(1, len(moves) + 1)
        starts = np.flatnonzero(self._begins[moves])
        here = starts + 1
        while len(starts):
            scores = self._scores(seen, here, starts, here - 1)
            rows, labels = np.arange(len(starts)), moves[starts]
            on = ~cut[here] & (scores[rows, self._goes_on[labels]] > scores[rows, self._ends[labels]])
            ends[starts] = here + 1
            starts, here = starts[on], here[on] + 1
        return ends

    def _scores(self, seen: Floats, word: Ints, first: Ints, last: Ints) -> Floats:
        """Scores of the moves at a word, in a name from its first to its last word so far, or outside of names."""
        states = seen[word + 1, 0] + seen[first + 1, 1] + seen[last + 1, 2]  # row 0 stands for no word
        states += self._bias
        scores: Floats = np.dot(states.max(axis=2), self._weights)
        scores += self._shift
        return scores


def _span(doc: Any, start: int, end: int, label: str) -> Any:
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)


@cache
def namer(component: Any) -> Namer:
    """Return the one `Namer` of a component."""
    return Namer(component)

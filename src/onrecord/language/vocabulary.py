"""A spaCy vocabulary over a long run: its tables stay as small as they were.

Promise: what is read is the same, whether tables were made anew before it or not. The odd case that forced the shape:
at the end of its zone spaCy forgets a word and not the place that it had in a table. A name that never comes again
leaves its place for good, and whenever two thirds are taken the table is made twice as large, which took 8 MiB at once
after 12,000 documents, and would take 16 later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any

FORGOTTEN = 50_000
"""Places of forgotten words in a table of strings before tables are made anew: with names that never come again some
7,000 documents of a hundred words each leave so many. spaCy's English model has room for 70,000."""

OFTEN = 2
"""So often a run of characters comes in texts that are parsed together before it is cut into words for good."""

MOST = 10_000
"""Runs of characters that are cut for good: as many as spaCy's own tokenizer remembers."""

LONGEST = 40
"""Longest run of characters that is cut for good."""

_NOTHING = b"\x80"
"""An empty map as msgpack writes it."""


def tidy(vocab: Any, most: int = FORGOTTEN) -> None:
    """Make the tables of a spaCy vocabulary anew where more than ``most`` of their places are of forgotten words.

    To be called outside of zones: what is known within one is forgotten at its end, by the tables that it began with.
    """
    strings = vocab.strings
    if len(strings._map) - len(strings) <= most:  # places that were ever taken, and words
        return
    places = type(strings._map)()
    for key, at in strings._map.items():
        places[key] = at
    strings._map = places
    getters = dict(vocab.lex_attr_getters)
    vocab.from_bytes(_NOTHING, exclude=["strings", "vectors", "lookups"])  # spaCy's only way to have no lexemes
    vocab.lex_attr_getters.update(getters)  # each time it wraps the one of norms once more


def cut_for_good(pipeline: Any, texts: Iterable[str], most: int = MOST) -> None:
    """Have the tokenizer remember how the runs of characters are cut that come again in these texts.

    To be called outside of zones: within one it remembers nothing, so that each "the" is cut by its rules again, and is
    a new word in each zone. The first ``most`` runs are remembered, so that memory does not grow with the documents.
    """
    known = _cut(pipeline)
    if len(known) >= most:
        return
    counts = Counter(chain.from_iterable(map(str.split, texts)))
    again = (run for run, count in counts.items() if count >= OFTEN and len(run) <= LONGEST and run not in known)
    for run in list(again)[: most - len(known)]:
        known.add(run)
        pipeline.make_doc(run)


@cache
def _cut(pipeline: Any) -> set[str]:
    """The runs of characters that a pipeline's tokenizer was asked to remember."""
    return set()

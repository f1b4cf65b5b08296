"""A spaCy vocabulary over a long run: its tables stay as small as they were.

Promise: what is read is the same, whether tables were made anew before it or not. The odd case that forced the shape:
at the end of its zone spaCy forgets a word and not the place that it had in a table. A name that never comes again
leaves its place for good, and whenever two thirds are taken the table is made twice as large, which took 8 MiB at once
after 12,000 documents, and would take 16 later.
"""

from __future__ import annotations

from typing import Any

FORGOTTEN = 50_000
"""Places of forgotten words in a table of strings before tables are made anew: with names that never come again some
7,000 documents of a hundred words each leave so many. spaCy's English model has room for 70,000."""

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

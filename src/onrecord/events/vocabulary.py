"""The small words of a language that the rules ask for by name: articles, prepositions, verbs by what they do.

Promise: no rule of this room spells a word of English; it names a set, and the set stands in a table. The odd case that
forced its shape: the same word does several things ("on" dates an event, names a topic, takes a target), so a set is
named for what its words do and not for what they are.
"""

from __future__ import annotations

from functools import cache

from onrecord.tables import table


@cache
def vocabulary(language: str) -> dict[str, frozenset[str]]:
    """Return the sets by name. Raises FileNotFoundError where the language has no table."""
    return {name: frozenset(words) for name, words in table("events", language, "grammar").items()}

"""Whether a text is written in a language that there are rules for.

Promise: the words decide, not what the page says of itself, since pages copy each other's headers. The odd case that
forced the shape: rules of English find statements in Russian, French or Korean too, every one of them nonsense, and a
reading that holds nothing and says so is worth more.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.tables import table

READ_LANGUAGES = ("en",)
"""Languages that there are rules for."""

ENOUGH = 30
"""Words from which on a share can be trusted."""

NEEDED = 8
"""Words of a sentence of which some are function words."""

MOST = 2_000
"""Words that are looked at."""

LOOKED_AT = 100_000
"""Code points in which they are looked for: no more is kept of a very long text."""

_WORD = re.compile(r"(?<![\w/])[^\W\d_]+(?![\w/])")
"""A word of running text: the pieces of an address or a path are none."""


@cache
def _function_words(language: str) -> tuple[frozenset[str], float]:
    found = table("language", language, "function_words")
    return frozenset(found["words"].split()), float(found["least_share"])


def written_in(text: str, language: str) -> bool | None:
    """Return whether ``text`` has the function words of a language as often as running text in it has.

    None: the text is too short to tell.
    """
    return _written_in(text[:LOOKED_AT], language)


@lru_cache(64)  # page and parser ask one after the other, warnings once all that is parsed together is read
def _written_in(text: str, language: str) -> bool | None:
    known, least = _function_words(language)
    count = hits = 0
    for found in _WORD.finditer(text):
        count += 1
        hits += found[0].lower() in known
        if count == MOST:
            break
    return None if count < ENOUGH else hits >= least * count


def foreign(text: str, language: str) -> bool:
    """Return whether a sentence holds none of a language's function words, though it is long enough to need some."""
    known, _ = _function_words(language)
    words = [found[0].lower() for found in _WORD.finditer(text)]
    return len(words) >= NEEDED and known.isdisjoint(words)

"""Base forms of verbs that the parser's lemmatizer gets wrong: "staged" is of "stage", not of "stag".

Promise: only a verb is touched, and only where spelling leaves no doubt. The odd case that forced its shape: "hoped"
and "hopped" lie one letter apart, and the lemmatizer takes whichever base it finds in its list first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.tables import table


@cache
def _rules(language: str) -> tuple[re.Pattern[str], tuple[str, ...], str, dict[str, str]] | None:
    try:
        raw = table("language", language, "lemmas")
    except FileNotFoundError:
        return None
    return re.compile(raw["bare"]), tuple(raw["endings"]), str(raw["silent"]), dict(raw["forms"])


def whole_words(language: str) -> Iterator[str]:
    """Yield the nouns that a hyphen is part of and does not part, as they may be written."""
    try:
        nouns = table("language", language, "lemmas")["whole"]
    except FileNotFoundError:
        return
    for noun in nouns:
        for word in (noun, f"{noun}s"):
            yield from (word, word.capitalize())


def verb_base(word: str, base: str, language: str) -> str:
    """Return the base form of the verb ``word``, which the lemmatizer takes for ``base``; both in lower case."""
    rules = _rules(language)
    if rules is None:
        return base
    bare, endings, silent, forms = rules
    if word in forms:
        return forms[word]
    if bare.fullmatch(base) and any(word == base + ending for ending in endings):
        return base + silent
    return base

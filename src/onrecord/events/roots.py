"""The sixteen roots of PLOVER, and which of them the words of a sentence stand for.

Promise: a root comes from a word of the table and from nothing else. The odd case that forced its shape: the root hangs
on more than one word ("strike" is a protest and "air strike" an assault, "walk out" is none of "walk out of talks"), so
of the phrases that fit the longest counts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import EventKind
from onrecord.tables import table

HYPHENS = frozenset({"-", "‐", "‑"})

Phrases = dict[str, tuple[tuple[frozenset[str], str], ...]]
"""By the lemma that names the event: the other lemmas that have to stand with it, most first, and the root."""


class Roots(NamedTuple):
    """The table of roots, ready for look-up by lemma."""

    verbs: Phrases
    nouns: Phrases
    kinds: dict[str, EventKind]
    between: frozenset[str]
    """Roots whose verbs count only where both parties are named."""
    source: tuple[str, ...]
    """Prepositions that lead to who does it, the surest first."""
    target: frozenset[str]
    both: frozenset[str]
    of: frozenset[str]
    done_to: frozenset[str]
    mutual: frozenset[str]
    given: frozenset[str]
    """Those of `target` that lead from a verb of giving to whom the noun that is its object concerns."""
    by_itself: frozenset[str]
    """Roots whose nouns count too where nobody is said to do it, with the verbs of coming about."""
    happens: frozenset[str]


@cache
def roots(language: str) -> Roots:
    """Return the roots of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "plover")
    small = vocabulary(language)["articles"] | vocabulary(language)["members"]
    parties = {name: frozenset(words) for name, words in raw["parties"].items()}
    ties = small | parties["source"] | parties["target"]
    verbs: dict[str, list[tuple[frozenset[str], str]]] = {}
    nouns: dict[str, list[tuple[frozenset[str], str]]] = {}
    for root, each in raw["roots"].items():
        for phrase in each["verbs"]:
            head, *rest = phrase.split()
            verbs.setdefault(head, []).append((frozenset(rest) - small, root))
        for phrase in each["nouns"]:
            words = phrase.split()
            at = next((n for n, word in enumerate(words) if word in ties), len(words)) - 1
            nouns.setdefault(words[at], []).append((frozenset(words) - {words[at]} - small, root))
    longest = [
        {head: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for head, each in found.items()}
        for found in (verbs, nouns)
    ]
    return Roots(
        longest[0], longest[1], dict(raw["kinds"]), frozenset(raw["between"]["roots"]),
        tuple(raw["parties"]["source"]), parties["target"], parties["both"], parties["of"], parties["done_to"],
        parties["mutual"], parties["given"], parties["by_itself"], parties["happens"],
    )  # fmt: skip


def root_of(a: Annotated, i: int) -> str:
    """Return the root of what the verb or noun at token ``i`` names with the words that hang on it; ``""``: none."""
    return phrase_of(a, i)[1]


def phrase_of(a: Annotated, i: int) -> tuple[frozenset[str], str]:
    """Return the other words of the longest phrase of the table that token ``i`` heads, and its root."""
    known = roots(a.language)
    phrases = (known.verbs if a.tokens[i].pos == "VERB" else known.nouns).get(named_by(a, i), ())
    if not phrases:
        return frozenset(), ""
    beside = _beside(a, i)
    return next(((rest, root) for rest, root in phrases if rest <= beside), (frozenset(), ""))


def named_by(a: Annotated, i: int) -> str:
    """The lemma of the word at token ``i``, with what a hyphen joins to it where the table has both: "test-fired"."""
    token = a.tokens[i]
    if i < 2 or a.tokens[i - 1].text not in HYPHENS or a.tokens[i - 1].end != token.start:
        return token.lemma
    first = a.tokens[i - 2]
    joined = f"{first.lower}-{token.lemma}"
    known = roots(a.language)
    whole = first.end == a.tokens[i - 1].start and joined in (known.verbs if token.pos == "VERB" else known.nouns)
    return joined if whole else token.lemma


def _beside(a: Annotated, i: int) -> set[str]:
    """The lemmas of what hangs on a token: particles, prepositions and their nouns, objects, modifiers."""
    found: set[str] = set()
    for child in a.children[i]:
        token = a.tokens[child]
        found.update((token.lemma, token.lower))
        if token.dep in {"prep", "agent", "dobj", "prt", "advmod", "oprd", "acomp"}:
            for grandchild in a.children[child]:
                if a.tokens[grandchild].dep in {"pobj", "amod", "compound", "neg"}:
                    found.update((a.tokens[grandchild].lemma, a.tokens[grandchild].lower))
    return found

"""The table of kinds: which words name an event, of which kind, under which code, and what they need beside them.

Promise: made once a language and never changed; a word is looked up by its lemma. The odd case that forced its shape:
one word has two rows ("talks" are a meeting, "a talk" is one only where something is said of it), so a noun has a list.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.nouns import EventKind
from onrecord.tables import table

ON_SOMETHING = "vote on"
"""Word of kind of a vote or referendum with its matter named: it and a presidential election are two."""


class Entry(NamedTuple):
    """One row of the table of kinds."""

    kind: EventKind
    plover: str
    group: str
    generic: bool
    weak: bool
    plural: bool
    needs: str
    noun: str
    """For a verb, the noun of the same event; ``""`` where there is none."""


class Kinds(NamedTuple):
    """The table of kinds, ready for look-up by lemma."""

    nouns: dict[str, tuple[Entry, ...]]
    verbs: dict[str, Entry]
    not_with: dict[str, frozenset[str]]
    not_after: dict[str, frozenset[str]]
    parts: frozenset[str]
    alone: frozenset[str]
    when: frozenset[str]
    """Those parts that only say when the whole begins: "the opening of the trial"."""
    types: frozenset[str]
    alike: dict[str, str]
    craft: frozenset[str]
    built: frozenset[str]
    """What is opened once."""
    papers: frozenset[str]
    sitting: frozenset[str]
    """Nouns that bodies are called by as well, which sit at all times: what is done at one tells of no event."""
    bound: dict[str, Entry]
    """Verbs that name an event only with a place that somebody is bound for."""
    there: str
    """Of these the one that says no more than that somebody will be there."""
    occasions: dict[str, Entry]
    """Nouns that name an event only where a day to come stands with them."""
    numbered: frozenset[str]
    """Words by which a part of something names an event: "the second round"."""


VAGUE = "one"
"""What a noun needs that says no more than that something is held: one of it, with no better word before it."""

GOAL = "goal"
"""What a noun needs that is a journey only where it leads to a place: "her travel to Selm"."""

OCCASION = frozenset({"occasion", "number"})
"""Needs of the nouns of `Kinds.occasions`."""


@cache
def kinds(language: str) -> Kinds:
    """Return the kinds of a language. Raises FileNotFoundError where the language has no table."""
    raw = table("events", language, "kinds")
    nouns: dict[str, tuple[Entry, ...]] = {}
    for row in raw["noun"]:
        for word in row["words"]:
            nouns[word] = (*nouns.get(word, ()), _entry(row))
    verbs = {word: _entry(row) for row in raw["verb"] for word in row["words"]}
    more = table("events", language, "occasions")
    occasions = {
        word: _entry({"needs": "occasion", "weak": True, **row}) for row in more["noun"] for word in row["words"]
    }
    return Kinds(
        nouns=nouns,
        verbs=verbs,
        not_with={key: frozenset(words) for key, words in raw["not_with"].items()},
        not_after={key: frozenset(words) for key, words in raw["not_after"].items()},
        parts=frozenset(raw["parts"]["words"]),
        alone=frozenset(raw["parts"]["alone"]),
        when=frozenset(raw["parts"]["when"]),
        types=frozenset(raw["types"]["words"]),
        alike=dict(raw["alike"]),
        craft=frozenset(raw["craft"]["words"]),
        built=frozenset(raw["built"]["words"]),
        papers=frozenset(raw["papers"]["words"]),
        sitting=frozenset(raw["sitting"]["words"]),
        bound=dict.fromkeys([*raw["bound"]["words"], raw["bound"]["there"]], verbs[raw["bound"]["like"]]),
        there=raw["bound"]["there"],
        occasions=occasions,
        numbered=frozenset(more["numbered"]["words"]),
    )


def _entry(row: dict[str, object]) -> Entry:
    return Entry(
        kind=row["kind"],  # type: ignore[arg-type]
        plover=str(row.get("plover", "")),
        group=str(row.get("group", row["kind"])),
        generic=bool(row.get("generic")),
        weak=bool(row.get("weak")),
        plural=bool(row.get("plural")),
        needs=str(row.get("needs", "")),
        noun=str(row.get("noun", "")),
    )


def pick(known: Kinds, lemma: str, tag: str) -> Entry | None:
    """The row of a noun by its lemma, and by its tag where only the plural counts; None where it names no event."""
    plural = tag in {"NNS", "NNPS"}
    for entry in known.nouns.get(lemma, ()):
        if (not entry.plural or plural) and not (entry.needs == VAGUE and plural):
            return entry
    return None

"""Who takes part by the words that name an event: each noun and verb has places of its own for those who do.

Promise: a place is filled by a name or by a description of people, and by nothing else. The odd case that forced its
shape: "the trial of Anton Velik" is his, "the trial of a vaccine" nobody's, and in "will sell the yard to Orsa" Orsa is
a buyer, in "will send the fleet to Orsa" a place.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.parties import Part, add_all
from onrecord.events.vocabulary import vocabulary
from onrecord.tables import table

PREPOSITIONS = ("of", "against", "to", "for", "from")
"""The keys of the tables that are prepositions, in each language's own file."""

MODIFYING = frozenset({"meeting", "conference", "motion", "exercise"})
"""Groups of events that a body before the noun holds: "a council meeting"."""

OPPOSED = frozenset({"meeting", "talks", "visit", "sport", "hearing", "ceremony", "conference"})
"""Kinds of events whose verbs have the other side as their object."""


class SlotWords(NamedTuple):
    """By preposition the nouns and the verbs that lead by it to who takes part."""

    nouns: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    object: frozenset[str]
    means: frozenset[str]
    combining: dict[str, str]
    """What stands for a land before a dash, in lower case, and the land's name."""


@cache
def slot_words(language: str) -> SlotWords:
    """Return the places of a language's nouns and verbs."""
    raw = table("events", language, "taking_part")
    return SlotWords(
        {word: frozenset(raw["nouns"][word]) for word in PREPOSITIONS if word in raw["nouns"]},
        {word: frozenset(raw["verbs"][word]) for word in PREPOSITIONS if word in raw["verbs"]},
        frozenset(raw["verbs"]["object"]),
        frozenset(raw["verbs"]["means"]),
        dict(raw["combining"]),
    )


def add_slots(ground: Ground, mention: EventMention, head: int, found: list[Part]) -> None:
    """Add those to whom the prepositions of a noun or verb lead: "the funeral of", "sell … to"."""
    a = ground.annotated
    known = slot_words(a.language)
    table_of = known.verbs if mention.verbal else known.nouns
    over = [head, *grammar.objects(a, head)] if mention.verbal else [head]
    for at in over:
        for child in a.children[at]:
            token = a.tokens[child]
            if child <= head or token.dep not in {"prep", "dative"}:
                continue
            if a.tokens[head].lemma not in table_of.get(token.lower, frozenset()):
                continue
            for goal in (c for c in a.children[child] if a.tokens[c].dep == "pobj"):
                if _may_fill(ground, goal):
                    add_all(ground, mention, found, goal, "participant", "slot")


def add_pair(ground: Ground, mention: EventMention, head: int, found: list[Part]) -> bool:
    """Add the two that a dash joins before a noun, where the parser has no name for both: "Franco-German talks".

    Returns whether there were two.
    """
    tokens = ground.annotated.tokens
    combining = slot_words(ground.annotated.language).combining
    dashes = vocabulary(ground.annotated.language)["dashes"]
    for i in range(mention.first, head - 2):
        left, dash, right = tokens[i : i + 3]
        if dash.text not in dashes or left.end != dash.start or dash.end != right.start:
            continue
        land = combining.get(left.lower)
        unnamed = left.tag == right.tag == "NNP" and i not in ground.names and i + 2 not in ground.names
        if land is None and not unnamed:
            continue
        found.append(_half(ground, i, land or left.text))
        name = ground.names.get(i + 2)
        found.append(_half(ground, i + 2, name.value if name else right.text, name.entity if name else None))
        return True
    return False


def _half(ground: Ground, i: int, value: str, entity: str | None = None) -> Part:
    """One of two that a dash joins."""
    return Part("participant", value, entity, ground.span(i, i + 1), (), frozenset(), "GPE", "modifier")


def _may_fill(ground: Ground, goal: int) -> bool:
    """Whether a goal can be a party of its own: "the return of its envoy" is the land's to whom "its" leads."""
    a = ground.annotated
    return goal in ground.names or not any(a.tokens[c].tag == "PRP$" for c in a.children[goal])


def opposed(ground: Ground, mention: EventMention, goal: int) -> bool:
    """Whether the object of a verb takes part: in a meeting anybody does, else a person or whom it is done to."""
    a = ground.annotated
    if mention.entry.kind in OPPOSED or a.tokens[mention.head].lemma in slot_words(a.language).object:
        return True
    name = ground.names.get(goal)
    return name is not None and name.label == "PERSON"


def with_companion(ground: Ground, mention: EventMention, goal: int) -> bool:
    """Whether "with" after a verb leads to who takes part, and not to a means: "replace the fleet with ferries"."""
    a = ground.annotated
    if not mention.verbal or mention.entry.kind in OPPOSED:
        return True
    return goal in ground.names and a.tokens[mention.head].lemma not in slot_words(a.language).means

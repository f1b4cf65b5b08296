"""The words that make an attribute provisional: what hedges the clause that a date or a place stands in.

Promise: the tokens returned stand in the text and hedge this attribute's clause, not another's. The odd case that
forced its shape: "possible" before the noun hedges the event, "likely" over the verb its date and place, and "perhaps"
before a place only the place; and a word of a date hedges nothing, for one month is called as one hedge is.
"""

from __future__ import annotations

from functools import cache

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.tables import table

REACH = 15
"""Tokens over which a word of a clause still hedges an attribute of it."""


@cache
def hedging(language: str) -> frozenset[str]:
    """The hedging words of a language, in lower case."""
    return frozenset(table("events", language, "status")["hedge"]["words"])


def hedges(ground: Ground, mention: EventMention, at: int, first: int, last: int) -> tuple[int, ...]:
    """Tokens that hedge the attribute at tokens ``first`` to ``last`` headed by ``at``; empty where it is settled."""
    a = ground.annotated
    known = hedging(a.language)
    found: set[int] = set()

    def hedging_word(i: int) -> bool:
        return a.tokens[i].lower in known and i not in ground.times

    over = [s.token for s in grammar.way_up(a, at) if s.token.pos in {"VERB", "AUX", "ADJ"}]
    for verb in over[:3]:
        if verb.i == mention.head and not mention.verbal:
            break
        found.update(
            c
            for c in (verb.i, *a.children[verb.i])
            if hedging_word(c) and abs(c - first) < REACH and not first <= c < last
        )
        if verb.dep not in {"xcomp", "ccomp", "acl", "oprd"}:
            break
    before = first - 1
    if before >= 0 and a.tokens[before].pos == "ADP":
        before -= 1
    found.update(c for c in (first - 1, before) if c >= 0 and hedging_word(c))
    return tuple(sorted(found))

"""The words by which a plan is moved, and whether one only means to move it.

Promise: every list comes from the table of the language. The odd case that forced its shape: "wants to move the summit
to June", "may slip to May": a new date that is only meant does not take the place of the one that stands.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.signs import words
from onrecord.language.annotated import Annotated, Token
from onrecord.tables import table


class Moves(NamedTuple):
    """The words that say that a date is the old one."""

    old: frozenset[str]
    old_before: frozenset[str]
    anew: frozenset[str]
    rather: frozenset[str]
    but: frozenset[str]
    """What leads to the new date where the old one is denied: "not on 6 May but on 9 May"."""
    only: frozenset[str]
    """Behind "not", what denies nothing: "not only on 6 May but also on 9 May"."""
    fixes_anew: frozenset[str]
    """Verbs after which "for" leads to the new date: "rescheduled for May"."""
    new_before: frozenset[str]
    verbs: frozenset[str]
    reporting: frozenset[str]
    soon: frozenset[str]
    undecided: frozenset[str]


MOVES = {"undecided": "open"}
"""Fields of `Moves` whose lists in the table are called otherwise."""


@cache
def move_words(language: str) -> Moves:
    """Return the words of moving of a language."""
    raw = table("events", language, "status")
    return Moves(**{field: frozenset(raw["moved"][MOVES.get(field, field)]) for field in Moves._fields})


def does(a: Annotated, verb: Token) -> str | None:
    """What a verb does to its object, by its phrase where it has a particle: "had been pencilled in", "put off"."""
    known = words(a.language)
    return known.phrases.get(f"{verb.lemma} {grammar.particle(a, verb.i)}", known.object.get(verb.lemma))


def wisher_of(a: Annotated, over: list[Token], moves: Moves) -> int | None:
    """The verb by which a new date is only meant, among the verbs over it: "sounded out a move to", "wants to move"."""
    if not over:
        return None
    known = words(a.language)
    low = over[0]
    state = grammar.verb(a, low.i)
    if low.lemma in moves.verbs and state.mode == "hedged":  # "may slip to May"
        return state.cue[0]
    if any(a.tokens[c].lemma in known.moves for c in grammar.objects(a, low.i)):
        return None if low.lemma in known.moved_by else low.i
    if low.lemma not in moves.verbs or len(over) < 2 or low.dep not in {"xcomp", "ccomp"}:
        return None
    lemma, mode = over[1].lemma, state.mode
    meant = "mooted" in {known.object.get(lemma), known.governs.get(lemma)} and lemma not in known.moved_by
    return over[1].i if meant and mode in {"infinitive", "participle"} else None

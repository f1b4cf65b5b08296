"""Who does what a verb names, where another than the subject over it does: whose plan it is, who is asked to do it.

Promise: the doer is named by the words that the verb hangs on, or nobody is. The odd case that forced its shape:
"Protesters marched against the government's plan to build a dam": the protesters are the only subject in the sentence,
and the last whom the dam is planned by.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import PARTY_LABELS, Ground
from onrecord.language.annotated import Annotated
from onrecord.tables import table

CHAIN = 5
"""Verbs that may share one subject ("plans to begin to sell") before it is nobody's any more."""


class DoerWords(NamedTuple):
    """The tables of plans, and of verbs by whom they leave to act."""

    plans: frozenset[str]
    has: frozenset[str]
    goes_on: frozenset[str]
    asks: frozenset[str]
    asks_with: frozenset[str]
    owners: frozenset[str]
    people: frozenset[str]


@cache
def doer_words(language: str) -> DoerWords:
    """Return the words of plans and of asking of a language."""
    told = table("events", language, "taking_part")["doers"]
    people = table("events", language, "parts")["people"]
    return DoerWords(
        frozenset(told["plans"]), frozenset(told["has"]), frozenset(told["goes_on"]), frozenset(told["asks"]),
        frozenset(told["asks_with"]), frozenset(told["owners"]), frozenset(people["words"]),
    )  # fmt: skip


def doers(ground: Ground, i: int) -> list[int]:
    """Return the heads of those who do what the verb at ``i`` names; empty where the sentence does not say."""
    a = ground.annotated
    known = doer_words(a.language)
    at = i
    for _ in range(CHAIN):
        if grammar.verbs_own_subject(a, at):
            break
        token = a.tokens[at]
        above = a.tokens[token.head]
        if above.i == at:
            break
        if above.pos in {"NOUN", "PROPN"} and token.dep in {"acl", "ccomp", "xcomp"} and above.lemma in known.plans:
            return _planners(ground, above.i, known)
        if token.dep in {"xcomp", "ccomp", "advcl"} and above.pos == "VERB":
            asked = _asked(a, above.i, at, known)
            if asked:
                return asked
        if token.dep not in {"xcomp", "conj"}:
            break
        at = above.i
    return grammar.subjects(a, i)


def _planners(ground: Ground, noun: int, known: DoerWords) -> list[int]:
    """Whose plan, decision or promise a noun names: its owner, else who has, makes or goes on with it."""
    a = ground.annotated
    owned = [c for c in a.children[noun] if a.tokens[c].dep == "poss"]
    owned = owned or [
        c for c in a.children[noun]
        if c < noun and a.tokens[c].dep in {"compound", "amod", "nmod"} and _is_owner(ground, c, known)
    ]  # fmt: skip
    owned = owned or grammar.objects(a, noun, known.owners)
    if owned:
        return owned
    step = next(grammar.way_up(a, noun), None)
    if step is None or step.token.pos not in {"VERB", "AUX"}:
        return []
    over = step.token
    if (step.role == "object" and over.lemma in known.has) or step.role in known.goes_on:
        return grammar.subjects(a, over.i)
    return []


def _is_owner(ground: Ground, i: int, known: DoerWords) -> bool:
    """Whether a modifier says whose a plan is: "government plans", "a Velmark plan", but not "austerity plans"."""
    name = ground.names.get(i)
    if name is not None:
        return name.label in PARTY_LABELS
    return ground.annotated.tokens[i].lemma in known.people


def _asked(a: Annotated, over: int, below: int, known: DoerWords) -> list[int]:
    """Whom a verb leaves to do what hangs on it: "ordered the agency to leave", "called on them to stop"."""
    token = a.tokens[over]
    if token.lemma in known.asks:
        return [c for c in grammar.objects(a, over) if c < below]
    for child in a.children[over]:
        if child < below and f"{token.lemma} {a.tokens[child].lower}" in known.asks_with:
            return [c for c in a.children[child] if a.tokens[c].dep == "pobj"]
    return []

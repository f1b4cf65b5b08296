"""What will not be: decided against, found not worth it, no longer, or not as planned.

Promise: each question is asked of one verb and names the words that answer it. The odd case that forced its shape: "did
not make sense to hold it" is an opinion of whoever says it, and calls the event off only where it was decided so.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.grammar import Step, auxiliaries
from onrecord.events.signs import Words, words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.tables import table

BEYOND = 15
"""Tokens behind a verb in which its clause still says that there was to be what it denies: "after all"."""

NOT_YET = frozenset({"future", "hedged", "progressive", "infinitive"})
"""Moods of what is denied of a time to come."""


class RefusedWords(NamedTuple):
    """The table of what will not be after all."""

    for_now: frozenset[str]
    after_all: frozenset[str]
    makes: frozenset[str]
    gives_up: frozenset[str]
    able: frozenset[str]
    unable: frozenset[str]
    accepts: frozenset[str]
    droppable: frozenset[str]
    drops: frozenset[str]


@cache
def refused_words(language: str) -> RefusedWords:
    """Return the words of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "status")["refused"]
    return RefusedWords(*(frozenset(raw[name]) for name in RefusedWords._fields))


def not_going(a: Annotated, i: int, known_of: bool) -> tuple[tuple[int, ...], bool]:
    """The words by which the verb at ``i``, which tells a journey, is denied, and whether there was to be one.

    There was where the text says so ("will no longer travel", "won't go after all", "is unable to come") or takes it
    for granted (``known_of``: "will not make the trip"). No words where nothing is denied, or only a day.
    """
    state, known, at = grammar.verb(a, i), refused_words(a.language), i
    above = a.tokens[a.tokens[i].head]
    if state.mode == "infinitive" and not state.negated and above.i != i:
        unable = above.lower in known.unable
        at = above.head if above.pos == "ADJ" else above.i
        able = above.lower in known.able and grammar.verb(a, at).negated
        if unable or able:
            return (above.i, i), True
        if above.lemma not in known.makes:  # "is not going to travel"
            return (), False
    over = grammar.verb(a, at)
    longer = no_longer(a, at)
    if not (over.negated or longer) or over.mode not in NOT_YET or as_planned(a, i, words(a.language)):
        return (), False
    cue = tuple(c for c in a.children[at] if a.tokens[c].dep == "neg") or (at,)
    return (*cue, i), known_of or longer or _says(a, i, known.after_all)


def is_given_up(a: Annotated, step: Step) -> bool:
    """Whether somebody gives up a journey of his own: "pulled out of a planned visit"."""
    state = grammar.verb(a, step.token.i)
    done = state.mode in {"past", "perfect", "present"} and not state.negated
    return done and f"{step.token.lemma} {step.role}" in refused_words(a.language).gives_up


def only_for_now(a: Annotated, i: int) -> bool:
    """Whether what is said to be off at token ``i`` is so for a time: "is off for now"."""
    return _says(a, i, refused_words(a.language).for_now)


def is_agreed(a: Annotated, noun: int) -> bool:
    """Whether what a noun offers or wishes for is agreed by the verb over it: "accepted an invitation to talks"."""
    step = next(grammar.way_up(a, noun), None)
    if step is None or step.role not in {"object", "passive"} or not grammar.acts(a, step.token):
        return False
    state = grammar.verb(a, step.token.i)
    accepts = step.token.lemma in refused_words(a.language).accepts
    return accepts and not state.negated and state.mode in {"past", "perfect", "present"}


def is_dropped(a: Annotated, noun: int) -> int | None:
    """The verb by which a plan, an idea or an invitation is given up or taken back: "dropped her plan for a visit"."""
    if a.tokens[noun].lemma not in refused_words(a.language).droppable:
        return None
    step = next(grammar.way_up(a, noun), None)
    if step is None or step.role not in {"object", "passive"} or not grammar.acts(a, step.token):
        return None
    state = grammar.verb(a, step.token.i)
    done = not state.negated and state.mode in {"past", "perfect", "present"}
    return step.token.i if done and step.token.lemma in refused_words(a.language).drops else None


def subjunctive(a: Annotated, i: int, known: Words) -> Step | None:
    """What asks for a verb in its bare form: "proposed that the two sides meet", "demands that a vote be held"."""
    token = a.tokens[i]
    over = a.tokens[token.head]
    if token.dep != "ccomp" or over.pos != "VERB" or not grammar.verbs_own_subject(a, i):
        return None
    bare = token.tag in {"VB", "VBP"} or any(
        a.tokens[c].tag == "VB" and a.tokens[c].dep == "auxpass" for c in a.children[i]
    )
    helped = any(a.tokens[c].dep == "aux" for c in a.children[i])
    asked = "mooted" in {known.object.get(over.lemma), known.governs.get(over.lemma)}
    return Step(over, "clause", i) if bare and asked and not helped else None


def _says(a: Annotated, i: int, phrases: frozenset[str]) -> bool:
    """Whether one of some phrases stands behind a token, in its sentence and near it."""
    end = min(a.sentences[a.tokens[i].sentence].last, i + BEYOND)
    text = f" {' '.join(t.lower for t in a.tokens[i:end])} "
    return any(f" {phrase} " in text for phrase in phrases)


def decided(a: Annotated, i: int) -> bool:
    """Whether an infinitive is what somebody has decided: "decided not to hold the summit"."""
    over = next(grammar.way_up(a, i), None)
    if over is None or over.token.lemma not in vocabulary(a.language)["settles"]:
        return False
    return over.token.pos == "NOUN" or grammar.verb(a, over.token.i).mode in {"past", "perfect", "present"}


def found_worthless(a: Annotated, i: int, known: Words) -> list[int]:
    """The verb and the noun by which an infinitive is not worth its while: "did not make sense to", "no time to"."""
    for step in islice(grammar.way_up(a, i), 2):
        if not grammar.acts(a, step.token):
            continue
        verb = step.token.i
        for noun in (c for c in a.children[verb] if a.tokens[c].lemma in known.worth and c < i):
            none = any(a.tokens[c].lower in auxiliaries(a.language)["not"] for c in a.children[noun])
            if none or grammar.verb(a, verb).negated:
                return [verb, noun]
    return []


def as_planned(a: Annotated, i: int, known: Words) -> bool:
    """Whether what a verb says is set against a plan: "will not meet on 6 May as planned", "as originally agreed"."""
    low, high = a.subtree(i)
    return any(
        a.tokens[j].lower in known.set_against
        and any(t.tag == "VBN" and known.governs.get(t.lemma, "mooted") != "mooted" for t in a.tokens[j + 1 : j + 4])
        for j in range(max(low, i), high)
    )


def no_longer(a: Annotated, i: int) -> bool:
    """Whether what was to be no longer will: "will no longer take place"."""
    more = vocabulary(a.language)["no_more"]
    return any(
        a.tokens[c].lower in more and any(a.tokens[d].dep == "neg" for d in a.children[c]) for c in a.children[i]
    )

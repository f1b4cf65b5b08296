"""What is said of an event that is the subject of its clause: "is off", "stands", "slips to June", "is on the books".

Promise: each sign names the words it rests on, and what is denied says nothing but that a plan is gone. The odd case
that forced its shape: "is on" tells a plan, "is on the agenda" an item, and "is no longer on the calendar" that what
was planned is called off.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.moves import move_words
from onrecord.events.parties import part_words
from onrecord.events.refusals import no_longer, only_for_now
from onrecord.events.signs import DECIDED, SAID, Evidence, Words, spans, words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import Status


def said_of_it(ground: Ground, step: Step, state: grammar.Verb, known: Words) -> list[Evidence]:
    """Return the evidence of what "be" and its like say of an event: "the meeting has become likely", "is off"."""
    a = ground.annotated
    if step.role != "subject" or grammar.base(a, step.token) not in vocabulary(a.language)["copulas"]:
        return []
    for child in a.children[step.token.i]:
        token = a.tokens[child]
        kind = known.said_of_it.get(token.lower)
        after = a.tokens[child + 1].lower if child + 1 < len(a.tokens) else ""
        noun = next((a.tokens[c].lower for c in a.children[child] if a.tokens[c].dep == "pobj"), "")
        if token.dep in {"prep", "advmod"} and f"{token.lower} the {noun}" in known.said_of_it:
            kind = known.said_of_it[f"{token.lower} the {noun}"]  # "is back on the calendar"
        elif token.dep in {"prep", "advmod"} and f"{token.lower} {after}" in known.said_of_it:
            kind = known.said_of_it[f"{token.lower} {after}"]
        elif token.dep == "prep" and any(a.tokens[c].dep in {"pobj", "pcomp"} for c in a.children[child]):
            kind = None  # "is on", not "is on the agenda"
        if kind is None or token.dep not in {"acomp", "advmod", "prt", "oprd", "prep"} or child < step.token.i:
            continue
        if kind == "planned" and no_longer(a, step.token.i):
            return [Evidence("cancelled", 3, spans(ground, [step.token.i, child]), SAID)]
        below = [c for c in a.children[child] if a.tokens[c].dep == "xcomp"]
        if kind == "stands":
            return [Evidence("planned", 2, spans(ground, [child, child + 1]), "said of it")]
        if state.negated or (below and grammar.base(a, a.tokens[below[0]]) not in known.hold - {"be"}):
            return []
        status: Status = "planned" if kind == "provisional" else kind
        if status == "cancelled" and only_for_now(a, child):
            status = "postponed"
        hedged = kind in {"provisional", "mooted"}
        return [Evidence(status, 2, spans(ground, [child]), SAID, hedged)]
    return []


def goes_elsewhere(ground: Ground, step: Step, state: grammar.Verb) -> list[Evidence]:
    """Return the evidence that a plan is to be held in another place: "the festival will move to the Customs Hall"."""
    a = ground.annotated
    i = step.token.i
    if step.role != "subject" or step.token.lemma not in part_words(a.language).moved:
        return []
    there = [c for c in grammar.objects(a, i, vocabulary(a.language)["moved_into"]) if c not in ground.times]
    if not there or state.negated or state.mode not in {"future", "perfect"}:
        return []
    return [Evidence("planned", 3, spans(ground, [*state.cue, i]), DECIDED)]


def stays(a: Annotated, i: int, state: grammar.Verb) -> bool:
    """Return whether a plan is said to stand: "the summit stands", not "the meeting stands for hope"."""
    below = {a.tokens[c].dep for c in a.children[i] if c > i}
    told = {a.tokens[c].lower for c in a.children[i] if a.tokens[c].dep == "prep"}
    return state.mode == "present" and not state.negated and "acomp" not in below and not told - words(a.language).where


def to_a_time(ground: Ground, i: int) -> bool:
    """Return whether a verb leads to a time: a launch "slips to June" or "by two weeks", talks "slide into chaos"."""
    a = ground.annotated
    return any(d in ground.times for c in a.children[i] if a.tokens[c].dep == "prep" for d in a.children[c])


def to_later(ground: Ground, i: int, known: Words) -> bool:
    """Return whether a verb moves what it is about to a time: "pushed the trip to the autumn", "to later this year"."""
    a = ground.annotated
    below = [
        d
        for c in a.children[i]
        if c > i and a.tokens[c].lower in move_words(a.language).new_before
        for d in a.children[c]
    ]
    return any(d in ground.times or a.tokens[d].lower in known.later for d in below)

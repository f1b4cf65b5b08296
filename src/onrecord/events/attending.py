"""Who of those found takes part after all: not who stays away, is kept out, or only decides on what others hold.

Promise: somebody is dropped only for words over this mention that say so, and told as absent only where nothing leaves
it open: not where he "may boycott the games", or did not boycott them. The odd case that forced its shape: "Velmark
will boycott the games": the words around an event name most surely those who will not be there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.doers import doers
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.merge import Seen
from onrecord.events.parties import Part, add_all, part_words
from onrecord.language.annotated import Annotated
from onrecord.tables import table

AWAY = "away"
"""The rule of who is told to stay away."""


class AwayWords(NamedTuple):
    """The table of what keeps somebody out of an event."""

    verbs: frozenset[str]
    phrases: frozenset[str]
    attends: frozenset[str]
    refuses: frozenset[str]
    parts: frozenset[str]
    gives_up: frozenset[str]
    bars: frozenset[str]
    bars_from: frozenset[str]
    without: frozenset[str]
    held: frozenset[str]
    open: frozenset[str]
    partly: frozenset[str]
    partway: frozenset[str]
    there: frozenset[str]
    decided: frozenset[str]
    doubtful: frozenset[str]
    decides: frozenset[str]
    outside: frozenset[str]
    days: frozenset[str]


@cache
def away_words(language: str) -> AwayWords:
    """Return the words of staying away of a language."""
    raw = table("events", language, "taking_part")["away"]
    return AwayWords(*(frozenset(raw[key]) for key in AwayWords._fields))


def attending(ground: Ground, mention: EventMention, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parties and places of a mention without those who take no part in it, and these as absent."""
    out, away = _absent(ground, mention) if mention.origin != "attends" else _stay(ground, mention)
    gone: list[Part] = []
    for head in away:
        add_all(ground, mention, gone, head, "absent", AWAY)
    absent = tuple({part.entity or part.value: part for part in gone if part.label}.values())
    if not any(part.attribute == "participant" for part in parts):
        return (*parts, *absent)
    guests = [p for p in parts if p.attribute == "participant" and not p.guessed]
    deciding = _deciding(ground, mention) if mention.entry.group in {"election", "hearing"} else set()
    deciding |= _outside(ground, mention)
    full = mention.entry.group == "meeting" and len(guests) > 1
    left = {ground.names[i].entity or ground.names[i].value for i in out if i in ground.names}
    kept = (
        part
        for part in parts
        if part.attribute != "participant"
        or not (
            (part.guessed and (full or _meets(ground, part, deciding) or _sets_its_day(ground, part)))
            or (part.entity or part.value) in left
            or _meets(ground, part, out)
        )
    )
    return (*kept, *absent)


def _meets(ground: Ground, part: Part, heads: set[int]) -> bool:
    """Whether one of some tokens stands in a part."""
    tokens = ground.annotated.tokens
    return any(part.span[0] <= tokens[i].start < part.span[1] for i in heads)


def _absent(ground: Ground, mention: EventMention) -> tuple[set[int], list[int]]:
    """The heads of those whom a verb over the mention keeps out of it; and of whom it is told outright."""
    a = ground.annotated
    known = away_words(a.language)
    found: list[int] = []
    away = [] if mention.verbal else _without(ground, mention, known)
    part = False  # of what stands over it: "the opening dinner of the summit"
    for step in grammar.way_up(a, mention.head):
        token = step.token
        if token.pos == "NOUN":
            if token.lemma in known.parts:
                gives, over = _given_up(ground, token.i, known)
                found.extend(gives)
                away += gives if over >= 0 and _outright(ground, over, mention, known) else []
            else:
                part = True
            continue
        if not grammar.acts(a, token):
            continue
        i = token.i
        out: list[int] = []
        if _stays_away(ground, step, known):
            out = doers(ground, i)
        elif token.lemma in known.gives_up and step.role in known.there and _own_part(a, i, known):
            out = grammar.subjects(a, i)  # "cancelled his appearance" there
        elif token.lemma in known.bars and step.role in known.bars_from:
            passive = any(a.tokens[c].dep == "auxpass" for c in a.children[i])
            out = grammar.subjects(a, i) if passive else grammar.objects(a, i)
        found.extend(out)
        away += out if not part and _outright(ground, i, mention, known) else []
        if token.dep not in {"xcomp", "conj"}:
            break
    joined = {each for head in found for each in grammar.conjuncts(a, head)}
    return joined | {c for each in joined for c in a.children[each] if a.tokens[c].dep == "appos"}, away


def _own_part(a: Annotated, i: int, known: AwayWords) -> bool:
    """Whether the object of a verb is somebody's own part: "cancelled his appearance"."""
    return any(
        a.tokens[c].lemma in known.parts and any(a.tokens[d].dep == "poss" for d in a.children[c])
        for c in grammar.objects(a, i)
    )


def _verb_over(a: Annotated, head: int) -> Step | None:
    """The first verb that acts on the way up from a token; None where there is none."""
    return next((step for step in grammar.way_up(a, head) if grammar.acts(a, step.token)), None)


def _stay(ground: Ground, mention: EventMention) -> tuple[set[int], list[int]]:
    """The same of a verb that says who comes to what was named before: "Velik will not attend"."""
    a = ground.annotated
    if not grammar.verb(a, mention.head).negated:
        return set(), []
    known = away_words(a.language)
    return set(), doers(ground, mention.head) if _outright(ground, mention.head, mention, known) else []


def _without(ground: Ground, mention: EventMention, known: AwayWords) -> list[int]:
    """Those without whom an event is to be: "the talks without Velik"; not where nobody says that it will be so."""
    a = ground.annotated
    over = _verb_over(a, mention.head)
    if over is not None:
        state = grammar.verb(a, over.token.i)
        if over.token.lemma not in known.held or state.negated or state.mode == "hedged":
            return []
    return [i for i in grammar.objects(a, mention.head, known.without) if i in ground.names]


def _outright(ground: Ground, i: int, mention: EventMention, known: AwayWords) -> bool:
    """Whether the verb that keeps somebody away says that he does stay away, not that he may, did not or was asked to.

    What stands beside "if" or in a question says nothing, nor what hangs on another verb than one of refusing, nor that
    he will not only attend, not without a visa, or leaves before the end.
    """
    a = ground.annotated
    token = a.tokens[i]
    state = grammar.verb(a, i)
    before = a.tokens[max(a.sentences[token.sentence].first, i - 2) : i]
    clauses = (i, *(c for c in a.children[i] if a.tokens[c].dep == "advcl"))
    marks = {a.tokens[c].lower for clause in clauses for c in a.children[clause] if a.tokens[c].dep == "mark"}
    if state.mode == "hedged" or marks & known.open or token.lemma in known.partway:
        return False
    said = {t.lower for t in before} | {a.tokens[c].lower for c in (*a.children[i], *a.children[mention.head])}
    if said & known.partly or any(a.tokens[c].lower in known.without for c in a.children[i]):
        return False
    if token.lemma not in known.attends and state.negated:
        return False
    if token.lemma in known.verbs and state.mode == "past":
        return False  # "skipped the talks"
    above = a.tokens[token.head]
    if token.dep in {"xcomp", "acl"} and above.i != i:
        decided = above.lemma in (known.refuses if token.lemma in known.attends else known.decided)
        return (
            above.lemma not in known.doubtful
            and not grammar.verb(a, above.i).negated
            and (decided or state.negated)
            and grammar.verb(a, above.i).mode != "hedged"
        )
    return state.mode != "infinitive" and a.tokens[a.sentences[token.sentence].last - 1].text != "?"


def _stays_away(ground: Ground, step: Step, known: AwayWords) -> bool:
    a = ground.annotated
    token = step.token
    if step.role == "object" and token.lemma in known.verbs:
        return True
    if f"{token.lemma} {step.role}" in known.phrases:
        return True
    if token.lemma in known.attends and step.role not in {"subject", "passive"}:
        above = a.tokens[token.head]
        return grammar.verb(a, token.i).negated or (token.dep == "xcomp" and above.lemma in known.refuses)
    return False


def attends_known(ground: Ground, mention: EventMention) -> bool:
    """Return whether a mention only says who goes to an event known to both: "the envoy will attend the talks"."""
    if not mention.definite or mention.verbal or mention.proper:
        return False
    step = next(grammar.way_up(ground.annotated, mention.head), None)
    known = away_words(ground.annotated.language)
    return step is not None and step.role not in {"subject", "passive"} and step.token.lemma in known.attends


def _given_up(ground: Ground, noun: int, known: AwayWords) -> tuple[list[int], int]:
    """Who gives up his own part, and the verb that says so: "cancels his attendance at the forum"; -1: none does."""
    a = ground.annotated
    step = next(grammar.way_up(a, noun), None)
    if step is None or step.role != "object" or step.token.lemma not in known.gives_up:
        return [], -1
    return grammar.subjects(a, step.token.i), step.token.i


def _deciding(ground: Ground, mention: EventMention) -> set[int]:
    """The heads of bodies and people that only decide on the mention; a land that does so holds it."""
    a = ground.annotated
    step = next(grammar.way_up(a, mention.head), None)
    if step is None or step.role != "object" or step.token.lemma not in away_words(a.language).decides:
        return set()
    heads = {each for s in grammar.subjects(a, step.token.i) for each in grammar.conjuncts(a, s)}
    return {i for i in heads if i not in ground.names or ground.names[i].label != "GPE"}


def _outside(ground: Ground, mention: EventMention) -> set[int]:
    """The heads of those who only wait for a mention, or think of it what they like: "towns await the talks".

    What they call their own they take part in: "the firms expect their merger".
    """
    a = ground.annotated
    if any(a.tokens[c].dep == "poss" and a.tokens[c].pos == "PRON" for c in a.children[mention.head]):
        return set()
    step = _verb_over(a, mention.head)
    if step is None or f"{step.token.lemma} {step.role}" not in away_words(a.language).outside:
        return set()
    return {each for s in doers(ground, step.token.i) for each in grammar.conjuncts(a, s)}


def _sets_its_day(ground: Ground, part: Part) -> bool:
    """Whether somebody is told only to have fixed the day of what is held: "Judge Brandt set the date"."""
    a, known = ground.annotated, away_words(ground.annotated.language)
    first, last = a.token_range(part.span)
    heads = [i for i in range(first, last) if a.tokens[i].dep in grammar.SUBJECTS]
    over = [a.tokens[i].head for i in heads]
    return any(
        a.tokens[verb].lemma in known.decides and {a.tokens[c].lemma for c in grammar.objects(a, verb)} & known.days
        for verb in over
    )


def elsewhere(ground: Ground, seen: list[Seen]) -> list[Seen]:
    """Return the mentions, each without those whom only the tagger ties to it and rules to another beside it.

    In "before his visit and the elections" it is the visit that he takes part in; in "will ask for a loan" both.
    """
    tied: dict[tuple[int, str], list[EventMention]] = {}
    for each in seen:
        for part in each.parts:
            if not part.guessed and part.attribute == "participant":
                tied.setdefault((each.mention.sentence, part.entity or part.value), []).append(each.mention)
    kept = []
    for each in seen:
        out = [
            part
            for part in each.parts
            if part.guessed
            and part.attribute == "participant"
            and any(
                _is_beside(ground, each.mention, other)
                for other in tied.get((each.mention.sentence, part.entity or part.value), ())
            )
        ]
        kept.append(replace(each, parts=tuple(p for p in each.parts if p not in out)) if out else each)
    return kept


def _is_beside(ground: Ground, mention: EventMention, other: EventMention) -> bool:
    """Whether another mention neither is this one nor has it under its verb."""
    if other is mention:
        return False
    a = ground.annotated
    beside = part_words(a.language).beside
    for step in grammar.way_up(a, mention.head):
        if step.token.lemma in beside:
            return True
        if step.token.i == other.head:
            return False
    return True

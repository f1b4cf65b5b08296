"""Who of those found takes part after all: not who stays away, is kept out, or only decides on what others hold.

Promise: somebody is dropped only for words over this mention that say so. The odd case that forced its shape: "Velmark
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
from onrecord.events.parties import Part, part_words
from onrecord.tables import table


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
    decides: frozenset[str]


@cache
def away_words(language: str) -> AwayWords:
    """Return the words of staying away of a language."""
    raw = table("events", language, "taking_part")["away"]
    return AwayWords(*(frozenset(raw[key]) for key in AwayWords._fields))


def attending(ground: Ground, mention: EventMention, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parties and places of a mention without those who take no part in it."""
    if not any(part.attribute == "participant" for part in parts):
        return parts
    out = _absent(ground, mention)
    guests = [p for p in parts if p.attribute == "participant" and not p.guessed]
    deciding = _deciding(ground, mention) if mention.entry.group == "election" else set()
    full = mention.entry.group == "meeting" and len(guests) > 1
    left = {ground.names[i].entity or ground.names[i].value for i in out if i in ground.names}
    return tuple(
        part
        for part in parts
        if part.attribute != "participant"
        or not (
            (part.guessed and (full or _meets(ground, part, deciding)))
            or (part.entity or part.value) in left
            or _meets(ground, part, out)
        )
    )


def _meets(ground: Ground, part: Part, heads: set[int]) -> bool:
    """Whether one of some tokens stands in a part."""
    tokens = ground.annotated.tokens
    return any(part.span[0] <= tokens[i].start < part.span[1] for i in heads)


def _absent(ground: Ground, mention: EventMention) -> set[int]:
    """The heads of those whom a verb over the mention keeps out of it."""
    a = ground.annotated
    known = away_words(a.language)
    found: list[int] = []
    for step in grammar.way_up(a, mention.head):
        token = step.token
        if token.pos == "NOUN":
            if token.lemma in known.parts:
                found.extend(_given_up(ground, token.i, known))
            continue
        if not grammar.acts(a, token):
            continue
        i = token.i
        if _stays_away(ground, step, known):
            found.extend(doers(ground, i))
        elif token.lemma in known.bars and step.role in known.bars_from:
            passive = any(a.tokens[c].dep == "auxpass" for c in a.children[i])
            found.extend(grammar.subjects(a, i) if passive else grammar.objects(a, i))
        if token.dep not in {"xcomp", "conj"}:
            break
    joined = {each for head in found for each in grammar.conjuncts(a, head)}
    return joined | {c for each in joined for c in a.children[each] if a.tokens[c].dep == "appos"}


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


def _given_up(ground: Ground, noun: int, known: AwayWords) -> list[int]:
    """Who gives up his own part: "cancels his attendance at the forum"."""
    a = ground.annotated
    step = next(grammar.way_up(a, noun), None)
    if step is None or step.role != "object" or step.token.lemma not in known.gives_up:
        return []
    return grammar.subjects(a, step.token.i)


def _deciding(ground: Ground, mention: EventMention) -> set[int]:
    """The heads of bodies and people that only decide on the mention; a land that does so holds it."""
    a = ground.annotated
    step = next(grammar.way_up(a, mention.head), None)
    if step is None or step.role != "object" or step.token.lemma not in away_words(a.language).decides:
        return set()
    heads = {each for s in grammar.subjects(a, step.token.i) for each in grammar.conjuncts(a, s)}
    return {i for i in heads if i not in ground.names or ground.names[i].label != "GPE"}


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

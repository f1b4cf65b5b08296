"""How events of one document stand to each other: which prepares, follows, belongs to or replaces which.

Promise: a relation has the words that say it and never joins an event to itself. The odd case that forced its shape:
"the discussion was an important step in preparing the summit": what prepares is the subject of the sentence, far from
the words of preparing, and may be no more than "this".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Token
from onrecord.nouns import RelationKind, Span
from onrecord.tables import table

GATHERINGS = frozenset({"meeting", "conference", "visit"})
"""Groups of events of which one prepares or follows another."""


class Link(NamedTuple):
    """A relation between two mentions by their place in the list: ``one`` prepares (…) ``other``."""

    one: int
    kind: RelationKind
    other: int
    span: Span


class LinkWords(NamedTuple):
    """The table of relations."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    modifiers: frozenset[str]
    verbs_with: frozenset[str]
    nouns_with: frozenset[str]
    ways_with: frozenset[str]
    before: frozenset[str]
    follows: frozenset[str]
    within: frozenset[str]
    ways: frozenset[str]
    replaces: frozenset[str]
    after: frozenset[str]


@cache
def link_words(language: str) -> LinkWords:
    """Return the words of relation of a language."""
    raw = table("events", language, "parts")["prepares"]
    return LinkWords(**{field: frozenset(raw[field]) for field in LinkWords._fields})


class Told(NamedTuple):
    """What the links of a document are found in: its mentions by their place in the list, and how to get at them."""

    mentions: list[EventMention]
    heads: dict[int, int]
    """The mention that a token heads."""
    carried: dict[int, list[int]]
    """The mentions that a verb carries, or is."""
    ahead: list[int]
    """The first two mentions of what lies ahead."""
    held: list[int | None]
    """For each mention the nearest meeting before it that was held."""


def _told(ground: Ground, mentions: list[EventMention], sides: list[str]) -> Told:
    carried: dict[int, list[int]] = {}
    held: list[int | None] = []
    latest = None
    for n, mention in enumerate(mentions):
        held.append(latest)
        if mention.entry.group == "meeting" and sides[n] == "behind":
            latest = n
        if mention.verbal:
            carried.setdefault(mention.head, []).append(n)
            continue
        for step in grammar.way_up(ground.annotated, mention.head):
            if step.role in {"object", "subject", "passive"}:
                carried.setdefault(step.token.i, []).append(n)
    heads = {mention.head: n for n, mention in enumerate(mentions)}
    return Told(mentions, heads, carried, [n for n, side in enumerate(sides) if side == "ahead"][:2], held)


def links(ground: Ground, mentions: list[EventMention], sides: list[str]) -> list[Link]:
    """Return the relations that the sentences state between the mentions; ``sides``: ahead, behind or neither."""
    a = ground.annotated
    known = link_words(a.language)
    told = _told(ground, mentions, sides)
    found: list[Link] = []
    for n, mention in enumerate(mentions):
        for step in grammar.way_up(a, mention.head):
            cue = _preparing(ground, step, known)
            if cue is not None:
                at, span = cue
                one = _who_prepares(ground, told, n, at)
                if one is not None and one != n:
                    found.append(Link(one, "prepares", n, span))
                break
            if step.token.pos in {"VERB", "AUX"}:
                found.extend(_beside(ground, told, n, step, known))
                break
        if not mention.verbal:
            before = {a.tokens[i].lower for i in range(max(0, mention.first - 1), mention.head)}
            ahead = next((m for m in told.ahead if m != n), None)
            if before & known.modifiers and ahead is not None:
                found.append(Link(n, "prepares", ahead, mention.span))
    return found


def _preparing(ground: Ground, step: Step, known: LinkWords) -> tuple[int, Span] | None:
    """Where one step over an event words of preparing stand, as the token to look from and their span."""
    a = ground.annotated
    way = a.tokens[step.below].head - 1
    if (
        step.role in vocabulary(a.language)["goal"]
        and way > 0
        and a.tokens[way].lemma in known.ways
        and step.token.pos == "VERB"
    ):
        return way, ground.span(way, way + 1)
    if _is_preparing(step.token, step.role, known):
        return step.token.i, (_start_of_way(ground, step.token.i, known), step.token.end)
    return None


def _beside(ground: Ground, told: Told, n: int, step: Step, known: LinkWords) -> Iterator[Link]:
    """Links of an event to those that the verb over it carries: "ahead of the summit they held talks"."""
    a = ground.annotated
    verb, role = step.token.i, step.role
    others = [other for other in told.carried.get(verb, ()) if other != n]
    if role in known.replaces:
        yield from (Link(other, "replaces", n, _preposition(ground, step.below)) for other in others)
    if role == "object" and step.token.lemma in known.after:
        subjects = (told.heads.get(subject) for subject in grammar.subjects(a, verb))
        yield from (Link(m, "follows", n, ground.span(verb, verb + 1)) for m in subjects if m is not None and m != n)
    inner = told.heads.get(verb)
    if role in known.within and inner is not None and inner != n and told.mentions[inner].verbal:
        yield Link(inner, "part_of", n, _preposition(ground, step.below))
    if (role in known.before or role in known.follows) and told.mentions[n].entry.group in GATHERINGS:
        kind: RelationKind = "prepares" if role in known.before else "follows"
        for other in others:
            if told.mentions[other].entry.group in GATHERINGS:
                yield Link(other, kind, n, _preposition(ground, step.below))


def _is_preparing(token: Token, role: str, known: LinkWords) -> bool:
    """Whether a token over an event prepares it: "preparing the summit", "preparation for it", "the road to it"."""
    if token.pos == "VERB":
        return token.lemma in known.verbs and (role == "object" or role in known.verbs_with)
    if token.pos != "NOUN":
        return False
    return (token.lemma in known.nouns and role in known.nouns_with) or (
        token.lemma in known.ways and role in known.ways_with
    )


def _preposition(ground: Ground, below: int) -> Span:
    a = ground.annotated
    head = a.tokens[below].head
    first = head - 1 if a.tokens[head].head == head - 1 and a.tokens[head - 1].pos in {"ADV", "ADP"} else head
    return ground.span(first, head + 1)


def _start_of_way(ground: Ground, i: int, known: LinkWords) -> int:
    """Where the words of preparing begin: at "step" or its like where one stands over the verb."""
    a = ground.annotated
    for step in grammar.way_up(a, i):
        if step.token.lemma in known.nouns | known.ways and step.token.i < i:
            first = grammar.phrase(a, step.token.i)[0]
            return a.tokens[first].start
        if step.token.pos in {"VERB", "AUX"}:
            break
    return a.tokens[i].start


def _who_prepares(ground: Ground, told: Told, n: int, verb: int) -> int | None:
    """The mention that does the preparing: the subject of the clause, or the meeting held that a pronoun stands for."""
    a = ground.annotated
    for step in grammar.way_up(a, verb):
        over = told.heads.get(step.token.i)
        if over is not None and over != n:
            return over
        if step.token.pos not in {"VERB", "AUX"}:
            continue
        for subject in grammar.subjects(a, step.token.i):
            if subject in told.heads:
                return told.heads[subject]
            if a.tokens[subject].lower in vocabulary(a.language)["standing_for"]:
                return told.held[n]
        for goal in grammar.objects(a, step.token.i):
            if told.heads.get(goal, n) != n:
                return told.heads[goal]
        if step.token.dep not in {"xcomp", "advcl"}:
            return None
    return None

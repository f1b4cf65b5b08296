"""How events of one document stand to each other: which prepares, follows, belongs to or replaces which.

Promise: a relation has the words that say it and never joins an event to itself. The odd case that forced its shape:
"the discussion was an important step in preparing the summit": what prepares is the subject of the sentence, far from
the words of preparing, and may be no more than "this".
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Token
from onrecord.nouns import RelationKind, Span
from onrecord.tables import table


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


def links(ground: Ground, mentions: list[EventMention], sides: list[str]) -> list[Link]:
    """Return the relations that the sentences state between the mentions."""
    a = ground.annotated
    known = link_words(a.language)
    found: list[Link] = []
    by_sentence: dict[int, list[int]] = {}
    for n, mention in enumerate(mentions):
        by_sentence.setdefault(mention.sentence, []).append(n)
    for n, mention in enumerate(mentions):
        for step in grammar.way_up(a, mention.head):
            token = step.token
            way = a.tokens[step.below].head - 1
            if step.role == "to" and way > 0 and a.tokens[way].lemma in known.ways and token.pos == "VERB":
                one = _who_prepares(ground, mentions, by_sentence, n, way, sides)
                if one is not None and one != n:
                    found.append(Link(one, "prepares", n, ground.span(way, way + 1)))
                break
            if _is_preparing(token, step.role, known):
                start = _start_of_way(ground, token.i, known)
                one = _who_prepares(ground, mentions, by_sentence, n, token.i, sides)
                if one is not None and one != n:
                    found.append(Link(one, "prepares", n, (start, a.tokens[token.i].end)))
                break
            if token.pos in {"VERB", "AUX"}:
                role = step.role
                if role in known.replaces:
                    for other in by_sentence[mention.sentence]:
                        if other != n and _carried_by(ground, mentions[other], token.i):
                            found.append(Link(other, "replaces", n, _preposition(ground, step.below)))
                if role == "object" and token.lemma in known.after:
                    for other in by_sentence[mention.sentence]:
                        if other != n and mentions[other].head in grammar.subjects(a, token.i):
                            found.append(Link(other, "follows", n, ground.span(token.i, token.i + 1)))
                if role in known.within:
                    inner = next((o for o in by_sentence[mention.sentence] if mentions[o].head == token.i), None)
                    if inner is not None and inner != n and mentions[inner].verbal:
                        found.append(Link(inner, "part_of", n, _preposition(ground, step.below)))
                if role in known.before or role in known.follows:
                    for other in by_sentence[mention.sentence]:
                        if other == n or mentions[other].entry.group not in {"meeting", "conference", "visit"}:
                            continue
                        if mention.entry.group not in {"meeting", "conference", "visit"}:
                            continue
                        if _carried_by(ground, mentions[other], token.i):
                            kind: RelationKind = "prepares" if role in known.before else "follows"
                            found.append(Link(other, kind, n, _preposition(ground, step.below)))
                break
        if not mention.verbal:
            before = {a.tokens[i].lower for i in range(max(0, mention.first - 1), mention.head)}
            if before & known.modifiers:
                ahead = next((m for m in range(len(mentions)) if m != n and sides[m] == "ahead"), None)
                if ahead is not None:
                    found.append(Link(n, "prepares", ahead, mention.span))
    return found


def _is_preparing(token: Token, role: str, known: LinkWords) -> bool:
    """Whether a token over an event prepares it: "preparing the summit", "preparation for it", "the road to it"."""
    if token.pos == "VERB":
        return token.lemma in known.verbs and role in {"object", "for"}
    if token.pos != "NOUN":
        return False
    return (token.lemma in known.nouns and role in {"for", "of"}) or (
        token.lemma in known.ways and role in {"for", "to"}
    )


def _carried_by(ground: Ground, mention: EventMention, verb: int) -> bool:
    if mention.verbal:
        return mention.head == verb
    return any(
        s.token.i == verb and s.role in {"object", "subject", "passive"}
        for s in grammar.way_up(ground.annotated, mention.head)
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


def _who_prepares(
    ground: Ground, mentions: list[EventMention], by_sentence: dict[int, list[int]], n: int, verb: int, sides: list[str]
) -> int | None:
    """The mention that does the preparing: the subject of the clause, or what a pronoun there stands for."""
    a = ground.annotated
    heads = {mention.head: m for m, mention in enumerate(mentions)}
    for step in grammar.way_up(a, verb):
        if step.token.i in heads and heads[step.token.i] != n:
            return heads[step.token.i]
        if step.token.pos not in {"VERB", "AUX"}:
            continue
        for subject in grammar.subjects(a, step.token.i):
            if subject in heads:
                return heads[subject]
            if a.tokens[subject].lower in vocabulary(a.language)["standing_for"]:
                return _meant(mentions, n, sides)
        for goal in grammar.objects(a, step.token.i):
            if goal in heads and heads[goal] != n:
                return heads[goal]
        if step.token.dep not in {"xcomp", "ccomp", "advcl"} or step.token.dep == "ccomp":
            return None
    return None


def _meant(mentions: list[EventMention], n: int, sides: list[str]) -> int | None:
    """What "this" stands for: the nearest meeting before that was held."""
    for m in range(n - 1, -1, -1):
        if mentions[m].entry.group == "meeting" and sides[m] == "behind":
            return m
    return None

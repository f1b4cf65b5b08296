"""PLOVER codes: the root of what an event's words name, who does it and to whom.

Promise: a root comes from a word of the table and from nothing else; source and target are words of the text that the
sentence ties to the event. The odd case that forced its shape: the root hangs on more than one word ("strike" is a
protest and "air strike" an assault, "walk out" is none of "walk out of talks"), so of the phrases that fit the longest
counts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.beside import is_party
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.parties import meant
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import Actor, EventKind
from onrecord.tables import table

Phrases = dict[str, tuple[tuple[frozenset[str], str], ...]]
"""By the lemma that names the event: the other lemmas that have to stand with it, most first, and the root."""


class Roots(NamedTuple):
    """The table of roots, ready for look-up by lemma."""

    verbs: Phrases
    nouns: Phrases
    kinds: dict[str, EventKind]
    between: frozenset[str]
    """Roots whose verbs count only where both parties are named."""
    source: tuple[str, ...]
    """Prepositions that lead to who does it, the surest first."""
    target: frozenset[str]
    both: frozenset[str]
    of: frozenset[str]
    done_to: frozenset[str]
    mutual: frozenset[str]


@cache
def roots(language: str) -> Roots:
    """Return the roots of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "plover")
    small = vocabulary(language)["articles"] | vocabulary(language)["members"]
    parties = {name: frozenset(words) for name, words in raw["parties"].items()}
    ties = small | parties["source"] | parties["target"]
    verbs: dict[str, list[tuple[frozenset[str], str]]] = {}
    nouns: dict[str, list[tuple[frozenset[str], str]]] = {}
    for root, each in raw["roots"].items():
        for phrase in each["verbs"]:
            head, *rest = phrase.split()
            verbs.setdefault(head, []).append((frozenset(rest) - small, root))
        for phrase in each["nouns"]:
            words = phrase.split()
            at = next((n for n, word in enumerate(words) if word in ties), len(words)) - 1
            nouns.setdefault(words[at], []).append((frozenset(words) - {words[at]} - small, root))
    longest = [
        {head: tuple(sorted(each, key=lambda pair: -len(pair[0]))) for head, each in found.items()}
        for found in (verbs, nouns)
    ]
    return Roots(
        longest[0], longest[1], dict(raw["kinds"]), frozenset(raw["between"]["roots"]),
        tuple(raw["parties"]["source"]), parties["target"], parties["both"], parties["of"], parties["done_to"],
        parties["mutual"],
    )  # fmt: skip


def root_of(a: Annotated, i: int) -> str:
    """Return the root of what the verb or noun at token ``i`` names with the words that hang on it; ``""``: none."""
    return phrase_of(a, i)[1]


def phrase_of(a: Annotated, i: int) -> tuple[frozenset[str], str]:
    """Return the other words of the longest phrase of the table that token ``i`` heads, and its root."""
    token = a.tokens[i]
    known = roots(a.language)
    phrases = (known.verbs if token.pos == "VERB" else known.nouns).get(token.lemma, ())
    if not phrases:
        return frozenset(), ""
    beside = _beside(a, i)
    return next(((rest, root) for rest, root in phrases if rest <= beside), (frozenset(), ""))


def _beside(a: Annotated, i: int) -> set[str]:
    """The lemmas of what hangs on a token: particles, prepositions and their nouns, objects, modifiers."""
    found: set[str] = set()
    below = list(a.children[i])
    for child in below:
        token = a.tokens[child]
        found.update((token.lemma, token.lower))
        if token.dep in {"prep", "agent", "dobj", "prt", "advmod", "oprd", "acomp"}:
            for grandchild in a.children[child]:
                if a.tokens[grandchild].dep in {"pobj", "amod", "compound", "neg"}:
                    found.update((a.tokens[grandchild].lemma, a.tokens[grandchild].lower))
    return found


def parties(ground: Ground, mention: EventMention, root: str) -> tuple[Actor | None, Actor | None]:
    """Return who does what an event names, and to whom or with whom; None where the sentence does not say."""
    if mention.verbal:
        source, target = _of_verb(ground, mention.head, root)
    else:
        source, target = _of_noun(ground, mention, root)
    return _actor(ground, mention, source), _actor(ground, mention, target)


def _of_verb(ground: Ground, i: int, root: str) -> tuple[int | None, int | None]:
    a = ground.annotated
    known = roots(a.language)
    subjects = grammar.subjects(a, i)
    if any(a.tokens[c].dep in {"nsubjpass", "auxpass"} for c in a.children[i]):
        return _first(grammar.objects(a, i, vocabulary(a.language)["agent"])), _first(subjects)
    both = grammar.conjuncts(a, subjects[0]) if subjects else []
    if len(both) > 1 and root in known.mutual:
        return both[0], both[1]
    given = [c for c in a.children[i] if a.tokens[c].dep == "dative" and a.tokens[c].pos != "ADP"]
    ties = known.target | frozenset(known.source)
    direct = grammar.objects(a, i)
    further = [c for at in (i, *direct) for c in grammar.objects(a, at, ties) if c not in ground.times]
    idiom = phrase_of(a, i)[0]  # in "severed ties with X" the ties are part of the deed
    objects = [c for c in (*given, *direct, *further) if a.tokens[c].lower not in idiom]
    return _first(subjects), next((c for c in objects if is_somebody(ground, c)), _first(objects))


def is_somebody(ground: Ground, i: int) -> bool:
    """Whether a token is a name or a description of people."""
    return is_party(ground, i) or ground.annotated.tokens[i].pos == "PROPN"


def _of_noun(ground: Ground, mention: EventMention, root: str) -> tuple[int | None, int | None]:
    a = ground.annotated
    known = roots(a.language)
    i = mention.head
    both = [each for c in grammar.objects(a, i, known.both) for each in grammar.conjuncts(a, c)]
    if len(both) > 1:
        return both[0], both[1]
    reach = [i, *(c for c in a.children[i] if a.tokens[c].dep == "acl")]  # "a curfew imposed by X on Y"
    does = [c for word in known.source for at in reach for c in grammar.objects(a, at, frozenset({word}))]
    does += [c for c in a.children[i] if a.tokens[c].dep == "poss"]
    of = [c for c in grammar.objects(a, i, known.of) if c not in ground.times]
    reach += does + of  # "a raid by inspectors on the offices", where the parser hangs the second on the first
    target = [c for at in reach for c in grammar.objects(a, at, known.target) if c not in ground.times]
    if does or root in known.done_to:
        target = [*of, *target]
    else:
        does = of
    if not does:
        step = next(grammar.way_up(a, i), None)
        if step is not None and step.role == "object" and grammar.acts(a, step.token):
            does = grammar.subjects(a, step.token.i)
            target = target or grammar.objects(a, step.token.i, known.target)
    return _first(does), _first(target)


def _first(heads: list[int]) -> int | None:
    return heads[0] if heads else None


def _actor(ground: Ground, mention: EventMention, i: int | None) -> Actor | None:
    """Who or what stands at a token: an entity by its name, else the words of its phrase."""
    if (
        i is None
        or i in ground.times
        or i == mention.head
        or (not mention.verbal and mention.first <= i < mention.last)
    ):
        return None
    i = meant(ground, i)
    name = ground.names.get(i)
    if name is not None:
        return Actor(entity=name.entity, span=ground.span(name.first, name.last))
    first, last = grammar.phrase(ground.annotated, i)
    return Actor(entity=None, span=ground.span(first, last))

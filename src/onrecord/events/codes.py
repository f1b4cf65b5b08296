"""Who does what an event names, and to whom: the source and target of a PLOVER code.

Promise: source and target are words of the text that the sentence ties to the event. The odd case that forced its
shape: in "severed ties with Karsenia" the ties are part of the deed, and Karsenia is its target.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.beside import is_party
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.parties import meant
from onrecord.events.roots import phrase_of, roots
from onrecord.events.vocabulary import vocabulary
from onrecord.nouns import Actor


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
    step = next(grammar.way_up(a, i), None)
    if not target and step is not None and step.role == "object" and grammar.acts(a, step.token):
        target = grammar.objects(a, step.token.i, known.given)  # "gave its backing to the plan"
    if not does and step is not None and step.role == "object" and grammar.acts(a, step.token):
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

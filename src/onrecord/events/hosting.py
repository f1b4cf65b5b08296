"""Who is to host an event and who no longer is: "is chosen to host the Games", "withdraws as host of the congress".

Promise: where one hosts is where it will be, and who gives it up takes the place away and puts none in its stead. The
odd case that forced its shape: the sentences that tell it are short and their verbs are read as nouns ("names Karsenia
as host"), so who hosts is found by the order of the words.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import PLACE_LABELS, Ground, Name
from onrecord.events.mentions import EventMention
from onrecord.events.parties import Part
from onrecord.events.signs import Evidence
from onrecord.events.vocabulary import vocabulary
from onrecord.tables import table

REACH = 12
"""Tokens before the words of hosting in which who hosts is named."""

WITHDRAWN = "withdrawn"
"""The rule that takes a place away; its part names who no longer hosts."""

HOST = "host"


class HostWords(NamedTuple):
    """The table of hosting, by its keys."""

    verbs: frozenset[str]
    joined: frozenset[str]
    nouns: frozenset[str]
    of_nouns: frozenset[str]
    helping: frozenset[str]
    denying: frozenset[str]
    forms: frozenset[str]
    choosing: frozenset[str]
    rights: frozenset[str]
    wins: frozenset[str]
    loses: frozenset[str]
    gives: frozenset[str]
    leaves: frozenset[str]
    replaces: frozenset[str]
    towns: frozenset[str]
    speak: frozenset[str]


@cache
def host_words(language: str) -> HostWords:
    """Return the words of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "hosts")
    both = {**raw["hosts"], **raw["chosen"]}
    return HostWords(*(frozenset(both[name]) for name in HostWords._fields))


class Hosting(NamedTuple):
    """One who hosts, or with ``gone`` no longer does, and the tokens that say so."""

    name: Name
    gone: bool
    cue: int
    ahead: bool
    """Whether the words put the event ahead: "to host", not "hosts"."""


def hosting(ground: Ground, mention: EventMention) -> list[Hosting]:
    """Return who hosts the event of a mention and who no longer does, by the words right around it."""
    if mention.verbal:
        return []
    tokens, known = ground.annotated.tokens, host_words(ground.annotated.language)
    low = ground.annotated.sentences[mention.sentence].first
    at = mention.first - 1
    while at > low and (tokens[at].pos in {"DET", "ADJ", "NUM"} or tokens[at].tag == "POS" or at in ground.times):
        at -= 1  # "as host of next month's congress"
    if at < low:
        return []
    if tokens[at].lower in known.verbs:
        found = _by_verb(ground, at, low, known)
        joint = any(t.lower in known.joined for t in tokens[max(low, at - 2) : at])
        with_whom = mention.last + 1 if joint and mention.last + 1 < len(tokens) else at
        if with_whom > at and tokens[mention.last].lower in vocabulary(ground.annotated.language)["companion"]:
            found += _found(
                _name(ground, with_whom, loose=True), False, at, True
            )  # "no longer co-hosts it with Velmark"
        return found
    noun = at
    while noun > low and tokens[noun].lower in known.of_nouns:
        noun -= 1
    if noun < at and tokens[noun].lower in known.nouns:
        return _by_noun(ground, noun, low, known)
    return _given(ground, mention, at, low, known)


def _name(ground: Ground, i: int, loose: bool = False) -> Name | None:
    """The name of a place that ends at token ``i``; ``loose``: where only a place can stand, whatever its label."""
    name = ground.names.get(i)
    if name is None:
        token = ground.annotated.tokens[i]
        return Name(token.text, None, i, i + 1, "GPE") if loose and token.tag == "NNP" else None
    fits = name.label in PLACE_LABELS or (loose and name.last - name.first == 1)
    return name if fits else None


def _town(ground: Ground, i: int) -> Name | None:
    """A name of any label, where its sentence speaks of a town and no other place: "Harl will host it, the town said".

    Or the next sentence of what it has: "Its mayor".
    """
    a = ground.annotated
    name, known = ground.names.get(i), host_words(a.language).towns
    if name is None or a.tokens[i].dep not in grammar.SUBJECTS:
        return None
    number = a.tokens[i].sentence
    own, behind = a.sentences[number], a.sentences[number + 1 : number + 2]
    elsewhere = any(
        ground.names[t.i].label in PLACE_LABELS
        for t in a.tokens[own.first : own.last]
        if t.i in ground.names and not name.first <= t.i < name.last
    )
    told = {t.lemma for t in a.tokens[own.first : own.last] if not elsewhere}
    told |= {
        t.lemma
        for each in behind
        for t in a.tokens[each.first : each.last]
        if any(a.tokens[c].dep == "poss" and a.tokens[c].pos == "PRON" for c in a.children[t.i])
    }
    return name if told & known and not told & known & {t.lower for t in a.tokens[name.first : name.last]} else None


def _before(ground: Ground, i: int, low: int, loose: bool = False) -> Name | None:
    """The name of a place that ends at token ``i``, the first one of "Port Selm, Velmark,"."""
    tokens = ground.annotated.tokens
    while i > low and tokens[i].text == ",":
        i -= 1
    name = _name(ground, i, loose)
    while name is not None and name.first - 2 > low and tokens[name.first - 1].text == ",":
        outer = _name(ground, name.first - 2)
        if outer is None:
            break
        name = outer
    return name


def _by_verb(ground: Ground, verb: int, low: int, known: HostWords) -> list[Hosting]:
    tokens = ground.annotated.tokens
    at, denied, to = verb - 1, False, False
    while at > low and (tokens[at].lower in known.helping | known.denying | known.joined):
        denied = denied or tokens[at].lower in known.denying
        to = to or tokens[at].tag == "TO"
        at -= 1
    ahead = at < verb - 1 or tokens[verb].tag == "VBG"
    if to and tokens[at].lower in known.forms:
        chosen = at
        while at > low and (tokens[at].lower in known.helping | known.denying or at == chosen):
            denied = denied or tokens[at].lower in known.denying
            at -= 1
        return _found(_before(ground, at, low, loose=True), denied, verb, True)
    before = {t.lower for t in tokens[max(low, at - REACH) : at]}
    if tokens[at].lower in known.rights:
        if not before & (known.wins | known.loses):
            return []
        who = next(i for i in range(low, at) if tokens[i].lower in known.wins | known.loses) - 1
        while who > low and tokens[who].lower in known.helping:
            who -= 1
        return _found(_before(ground, who, low, loose=True), bool(before & known.loses), verb, True)
    if to and not before & known.choosing:
        return []
    name = _before(ground, at, low, loose=to or denied)
    return _found(name or _town(ground, at), denied, verb, ahead)


def _found(name: Name | None, gone: bool, cue: int, ahead: bool) -> list[Hosting]:
    return [Hosting(name, gone, cue, ahead)] if name is not None else []


def _by_noun(ground: Ground, noun: int, low: int, known: HostWords) -> list[Hosting]:
    tokens, naming = ground.annotated.tokens, vocabulary(ground.annotated.language)["naming"]
    at = noun - 1
    while at > low and tokens[at].pos in {"DET", "ADJ"}:
        at -= 1
    if at <= low or tokens[at].lower not in naming:
        if tokens[at].text == ",":
            return _found(_before(ground, at, low), False, noun, False)
        return []
    at -= 1
    before = [t.lower for t in tokens[max(low, at - REACH) : at + 1]]
    name = _before(ground, at, low, loose=True)
    if name is not None:
        verb = tokens[name.first - 1].lower if name.first > low else ""
        if verb in known.replaces:
            new = _before(ground, name.first - 2, low, loose=True)
            return _found(new, False, noun, True) + _found(name, True, noun, True)
        if verb in known.leaves or verb in known.loses:
            return _found(name, True, noun, True)
        return _found(name, False, noun, True) if set(before) & known.choosing else []
    gone = tokens[at].lower in known.leaves
    if not gone and tokens[at].lower not in known.forms | known.choosing:
        return []
    while at > low and (tokens[at].lower in known.leaves | known.forms | known.choosing | known.helping):
        at -= 1
    return _found(_before(ground, at, low, loose=True) or _land_of(ground, at), gone, noun, True)


def _land_of(ground: Ground, i: int) -> Name | None:
    """The land or town for which a body speaks: "Velmark's caretaker government has withdrawn as host"."""
    a = ground.annotated
    if a.tokens[i].lemma not in host_words(a.language).speak:
        return None
    owners = [c for c in a.children[i] if a.tokens[c].dep == "poss"]
    owners += grammar.objects(a, i, vocabulary(a.language)["members"])
    return next((name for c in owners if (name := _name(ground, c, loose=True)) is not None), None)


def _given(ground: Ground, mention: EventMention, at: int, low: int, known: HostWords) -> list[Hosting]:
    """Who is given an event: "awards the Games to Port Selm", "the Games are awarded to Port Selm"."""
    tokens = ground.annotated.tokens
    end = ground.annotated.sentences[mention.sentence].last
    after = mention.last
    given = tokens[at].lower in known.gives
    cue = at
    goal = vocabulary(ground.annotated.language)["goal"]
    while after < end and tokens[after].lower in known.helping - goal:
        after += 1
    if not given and after < end and tokens[after].lower in known.gives:
        given, cue, after = True, after, after + 1
    if not given or after + 1 >= end or tokens[after].lower not in goal:
        return []
    to = after + 1
    while to < end and tokens[to].pos in {"DET", "ADJ"}:
        to += 1
    name = ground.names.get(to) or _name(ground, to, loose=True)
    return _found(_name(ground, name.last - 1, loose=True) if name else None, False, cue, True)


def host_parts(ground: Ground, mention: EventMention) -> list[Part]:
    """Return those who host as hosts and places, and those who no longer do as places withdrawn."""
    found: list[Part] = []
    for each in hosting(ground, mention):
        span = ground.span(each.name.first, each.name.last)
        part = Part("venue", ground.annotated.text(span), each.name.entity, span, (), frozenset(), "GPE", HOST)
        found += [part._replace(rule=WITHDRAWN)] if each.gone else [part, part._replace(attribute="host")]
    return found


def host_signs(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the sign that an event lies ahead since it is told who is to host it."""
    return tuple(
        Evidence("planned", 2, (ground.span(each.cue, each.cue + 1),), HOST)
        for each in hosting(ground, mention)
        if each.ahead
    )

"""Whether a person whom a document names is somebody known: by name, gender, office and time.

Promise: two given names, a man and a woman, a father and his son, and two whom one document tells apart are two. The
odd case that forced its shape: one document writes "Joseph R. Orre Jr." and the next "Joe Orre", so that a name alone
does not tell the son from the father; how often somebody has been told of without it does.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ledger.calling import Called, alike, called, habits
from onrecord.ledger.days import days_between
from onrecord.ledger.identity import (
    BARE,
    FIRST,
    LATELY,
    WEIGHTS,
    Identity,
    Near,
    Telling,
    Why,
    more,
    names_in,
    plain_block,
)
from onrecord.ledger.named import Named, Office

LONG_AGO = 400
"""Days after which a bare surname no longer means whom it meant."""


def person(telling: Telling, known: Identity, near: Near) -> Why | None:
    """How a person fits an identity by name, gender, office, company and time; None where two are told apart."""
    if apart(telling, known):
        return None
    named, own = telling.named, own_names(telling.named)
    kinds = kinds_of(named, known)
    kind = next(k for k in ("name", "short", "middle", "initial", "bare") if k in kinds)
    why = _by_name(kind, own[0], known)
    if kind != "bare" and other_generation(named, known):
        settled = kind == "name" and len(known.beginning) >= FIRST
        why = more(why, WEIGHTS.namesake if settled else WEIGHTS.generation, "one of them is a Jr. or Sr.")
    if kind == "initial" and not any(a.middle and b.middle for a in own for b in known.names()):
        why = more(why, WEIGHTS.only_initial)
    held = _offices(known, telling.day)
    shared = _same_office(named.offices, held)
    strangers = not shared and _present(named.offices) and _present(held)
    if shared:
        exact, office = shared
        why = more(why, WEIGHTS.office if exact else WEIGHTS.class_of_office, f"both are {office}")
    elif kind != "name" and strangers:
        why = more(why, WEIGHTS.no_office, "no office of both")
    namesakes = kind == "name" and strangers and is_common(named)
    if namesakes and not (known.near(near) & near(telling.reading)) - {named.block}:
        why = more(why, WEIGHTS.namesake, "no office and no company of both")
    return _by_time(why, telling, known) if kind == "bare" else why


def apart(telling: Telling, known: Identity) -> str | None:
    """Return in words what forbids that a person is an identity; None where nothing does."""
    named, theirs = telling.named, known.names()
    kinds = {alike(a, b): (a, b) for a in own_names(named) for b in theirs}
    if None in kinds:
        one, two = kinds[None]
        return f"{' '.join((one.given, *one.middle))} and {' '.join((two.given, *two.middle))} are not one given name"
    if told_as_two(telling, known):
        return "one document tells of both as of two"
    gender = known.gender()
    told = named.gender or (None if "name" in kinds else named.pronoun)
    if told and gender and told != gender:
        return "one is a man and one a woman"
    return None


def own_names(named: Named) -> list[Called]:
    """The full names of a person; the surname where there are none."""
    return [c for c in names_in(named) if c.given] or names_in(named)


def kinds_of(named: Named, known: Identity) -> set[str | None]:
    """How each name of a person is alike each of an identity."""
    return {alike(a, b) for a in own_names(named) for b in known.names()}


def other_generation(named: Named, known: Identity) -> bool:
    """Whether one is told of as ``Jr.`` or the like and the other is not."""
    return {c.suffix for c in own_names(named)}.isdisjoint(c.suffix for c in known.names())


def is_common(named: Named) -> bool:
    """Return whether so many bear a surname that a bare one needs more than itself to mean somebody."""
    return plain_block(named.block) in habits().common


def _by_name(kind: str, own: Called, known: Identity) -> Why:
    if kind != "bare":
        told = f"{own.given} {own.surname} and {known.first.named.name}"
        return Why(f"person.{kind}", getattr(WEIGHTS, kind), (told,))
    common = own.surname in habits().common
    weight = WEIGHTS.common_surname if common else WEIGHTS.later_given if own.given else WEIGHTS.surname
    return Why(BARE, weight, (f"the surname {own.surname}",))


def _by_time(why: Why, telling: Telling, known: Identity) -> Why:
    if telling.day is None or known.last is None:
        return why
    days = days_between(known.last, telling.day)
    if days > LONG_AGO:
        return more(why, WEIGHTS.long_ago, f"last told of {days} days before")
    return more(why, WEIGHTS.lately, f"told of {days} days before") if days <= LATELY / 4 else why


def told_as_two(telling: Telling, known: Identity) -> bool:
    """Whether one document tells of both as of two, which its reading knows better than we do.

    Not where both are called by one name, or one of them by a bare surname that is written in another way ("Assad",
    "Bashar al-Assad"): these the reading only failed to see as one.
    """
    for other in known.latest:
        if other.place != telling.place:
            continue
        one, two = called(telling.named.name), called(other.named.name)
        spelt = telling.named.name.split()[-1:] == other.named.name.split()[-1:]
        if one.suffix != two.suffix or (one[:2] != two[:2] and ((one.given and two.given) or spelt)):
            return True
    return False


def _present(offices: Iterable[Office]) -> list[Office]:
    return [office for office in offices if not office.past]


def _offices(known: Identity, day: str | None) -> list[Office]:
    """The offices that somebody is told to hold, those told long before a day left out."""
    return [
        office
        for t in known.tellings
        if day is None or t.day is None or days_between(t.day, day) <= LONG_AGO
        for office in t.named.offices
    ]


def _same_office(own: Iterable[Office], held: Iterable[Office]) -> tuple[bool, str] | None:
    """The office that both hold, and whether its land or body is told of both; None where there is none."""
    found: str | None = None
    theirs = list(held)
    for one in own:
        for other in theirs:
            if one.kind != other.kind or one.past != other.past:
                continue
            if one.key and one.key == other.key:
                return True, one.title
            lands = not (one.lands and other.lands) or set(one.lands) & set(other.lands)
            words = not (one.words and other.words) or set(one.words) & set(other.words)
            if lands and words:
                found = found or one.title
    return (False, found) if found else None

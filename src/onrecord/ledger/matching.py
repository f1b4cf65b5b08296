"""Which tellings are of one event: by kind, names, parties, place and days, weighed so that each reason can be shown.

Promise: a match says why; tellings are taken in the order of their days, so that what comes later never changes what
was one before. The odd case that forced its shape: the next of a series has the same name, parties and place as the
last one, and only its date, its number or the end of the last tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.ledger.days import Days, days_between, days_of
from onrecord.ledger.naming import YEAR, states, terms
from onrecord.ledger.told import Told

LEAST = 2.0
"""The weight of likeness from which two tellings are of one event."""

DECIDED = 1000.0
"""What a decision of people that two tellings are of one event weighs; of two the later one counts."""

APART = 45
"""Days by which two dates of one event may differ where nobody says that it was moved."""

OVER = 14
"""Days after its end in which an event is still told of as the same."""

STALE = 400
"""Days after which what is told is of another one, unless the year or the date is the same."""

FORGOTTEN = 1500
"""Days after which it is of another one whatever is shared: what recurs does so every four years."""

OTHER = "other"
"""The kind of what fits nowhere else."""

OF_STATES = frozenset({"election", "referendum"})

MOST = 3
"""Shared names of one sort that count."""


class Weights(NamedTuple):
    """What each thing that two tellings share is worth. Set by hand; `LEAST` is what two of the stronger make up."""

    word: float = 2.0
    """A proper name in both names: G8, Copa."""
    party: float = 1.2
    place: float = 1.0
    land: float = 2.0
    """A state that both elections are in or near: a state has one election of a type at a time."""
    known: float = 0.9
    """A name that is part of one and stands near the other."""
    near: float = 0.45
    """A name that stands near both."""
    date: float = 1.0
    exact_date: float = 1.6
    type: float = 0.5
    named: float = 0.4
    """Both are called by the same words."""


WEIGHTS = Weights()


@dataclass(eq=False)
class Thread:
    """What was told of one event, in the order of days."""

    tellings: list[Told] = field(default_factory=list)
    reasons: list[tuple[str, ...]] = field(default_factory=list)
    """Why each telling is of it; empty for the first."""
    numbers: list[int] = field(default_factory=list)
    """What each telling is numbered in the ledger; 0 where it is in none yet."""
    words: set[str] = field(default_factory=set)
    whose: set[str] = field(default_factory=set)
    sides: list[frozenset[str]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)

    def add(self, told: Told, why: tuple[str, ...] = (), number: int = 0) -> None:
        """Take one more telling."""
        self.tellings.append(told)
        self.reasons.append(why)
        self.numbers.append(number)
        self.words |= told.words
        self.whose |= told.whose
        self.sides += [side for side in told.sides if not any(side & known for known in self.sides)]
        self.places |= told.places
        self.types |= told.types
        self.years |= told.years
        if len(self.tellings) <= KEPT_NEAR:
            self.near |= told.near

    @property
    def parties(self) -> set[str]:
        """The keys of all sides."""
        return set().union(*self.sides)

    @property
    def keys(self) -> set[str]:
        """All names that tell it from others."""
        return self.words | self.whose | self.parties | self.places

    @property
    def family(self) -> str:
        """The kind of event, as `told.FAMILIES` takes kinds together."""
        return self.tellings[0].family

    @property
    def due(self) -> set[str]:
        """The years in which it was said to be."""
        claims = [claim for each in self.tellings for claim in each.claims]
        return {claim.value[:4] for claim in claims if claim.attribute == "date" and claim.value}

    @property
    def over(self) -> str | None:
        """The day on which it was first told as held; None where it was not."""
        return next((each.day for each in self.tellings if each.status == "occurred"), None)

    def interval(self) -> Days | None:
        """The days of the date that it was last given, of month precision or finer."""
        return next((days for each in reversed(self.tellings) if (days := dated(each))), None)


KEPT_NEAR = 4
"""Tellings of a thread whose neighbouring names count: those of all would in the end be the names of everything."""


def threads(tellings: Iterable[Told]) -> list[Thread]:
    """Return the events that tellings, in the order of their days, are of."""
    found: list[Thread] = []
    for told in tellings:
        place(told, found)
    return found


def place(told: Told, found: list[Thread]) -> Thread:
    """Put a telling into the thread that it fits best, a new one where it fits none, and return that thread."""
    best: Thread | None = None
    best_score, best_why = LEAST, tuple[str, ...]()
    for thread in found:
        number, same = decided(told, thread)
        score, why = (
            (DECIDED + number, (f"decision {number}",)) if same else (0.0, ()) if number else likeness(told, thread)
        )
        if score >= best_score:
            best, best_score, best_why = thread, score, why
    if best is None:
        best = Thread()
        found.append(best)
    best.add(told, best_why)
    return best


def decided(told: Told, thread: Thread) -> tuple[int, bool]:
    """Return the last decision of people on whether a telling is of a thread's event, and what it says; 0: none."""
    if not told.same and not told.apart:
        return 0, False
    joined = {(number, True) for each in thread.tellings for number in told.same & each.same}
    parted = {
        (number, False)
        for each in thread.tellings
        for number, side in told.apart
        if any(number == other and side != theirs for other, theirs in each.apart)
    }
    return max(joined | parted, default=(0, False))


def likeness(told: Told, thread: Thread) -> tuple[float, tuple[str, ...]]:
    """Return how well a telling fits a thread, and why; 0 where something forbids it."""
    return (0.0, ()) if apart(told, thread) else shares(told, thread)


def shares(told: Told, thread: Thread) -> tuple[float, tuple[str, ...]]:
    """Return what a telling shares with a thread: its weight, and in words."""
    known = thread.interval()
    score, why, seen = 0.0, list[str](), set[str]()
    same = lands(told.keys, told.near) & lands(thread.keys, thread.near) if told.family in OF_STATES else set()
    for shared, weight, words in (
        (same, WEIGHTS.land, "both are elections of {}"),
        ((told.words | told.whose) & (thread.words | thread.whose), WEIGHTS.word, "both are called {}"),
        ((told.parties | told.words) & (thread.parties | thread.words), WEIGHTS.party, "{} takes part in both"),
        (told.places & thread.places, WEIGHTS.place, "both are in {}"),
        ((told.keys & thread.near) | (told.near & thread.keys), WEIGHTS.known, "{} is part of one and near the other"),
        (told.near & thread.near, WEIGHTS.near, "{} stands near both"),
    ):
        new = sorted(shared - seen)[:MOST]
        seen |= shared
        score += weight * len(new)
        why += [words.format(each) for each in new]
    said = [each for each in all_days(told) if known and each.meets(known)]
    if said:
        score += WEIGHTS.exact_date if any(each == known and each.length == 1 for each in said) else WEIGHTS.date
        why.append("the dates agree")
    if told.types & thread.types:
        score += WEIGHTS.type
        why.append(f"both are {', '.join(sorted(told.types & thread.types))}")
    if any(told.name.lower() == each.name.lower() for each in thread.tellings):
        score += WEIGHTS.named
        why.append("called by the same words")
    return score, tuple(why)


def apart(told: Told, thread: Thread) -> str:
    """Return in words what forbids that a telling is of a thread's event, whatever they share; empty: nothing."""
    if not _akin(told, thread):
        return f"one is of kind {told.family}, the other of kind {thread.family}"
    return "their names, sides, dates or places in a series are those of two" if forbidden(told, thread) else ""


def _akin(told: Told, thread: Thread) -> bool:
    """Whether both may be of one kind: what one reporter calls a contest another leaves without a kind."""
    vague = OTHER in {told.family, thread.family}
    return told.family == thread.family or (vague and bool(told.words & thread.words))


def forbidden(told: Told, thread: Thread) -> bool:
    """Whether a telling can't be of a thread's event, whatever they share."""
    last = thread.tellings[-1]
    days, known = dated(told), thread.interval()
    agree = known is not None and any(_gap(each, known) <= APART for each in all_days(told))
    if told.document == last.document and told.kind == last.kind and days and known and _gap(days, known):
        return True
    if thread.over and told.status not in PAST and days_between(thread.over, told.day) > 1 and not agree:
        return True
    if thread.over and days_between(thread.over, told.day) > OVER and not (told.status in PAST and agree):
        return True
    if told.years and (told.status in PAST or not any(moved(each) for each in (told, *thread.tellings))):
        edition = thread.years | ({known.first[:4], known.last[:4]} if known else set())
        if edition and not told.years & edition:
            return True
    number, numbers = numbered(told.types), numbered(thread.types)
    if number and numbers and not number & numbers:
        return True
    series = set(terms().numbered)
    kinds, theirs = told.types - series, thread.types - series
    if kinds and theirs and not kinds & theirs:
        return True
    if days and known and not agree and not moved(told):
        return True
    same_edition = bool(told.years & thread.years) or agree or told.day[:4] in thread.due
    if days_between(last.day, told.day) > (FORGOTTEN if same_edition else STALE):
        return True
    return _others(told, thread)


def _others(told: Told, thread: Thread) -> bool:
    """Whether the names say that two events are two: another series, another side, nothing in common."""
    own, theirs = told.keys, thread.keys
    if told.words & thread.words and told.words - theirs - thread.near and thread.words - own - told.near:
        return True  # the Karsenian and the Velmark Grand Prix
    if told.words and thread.words and not told.words & thread.words:
        series = any(c.isdigit() for word in told.words | thread.words for c in word)
        if series or not (told.words <= theirs or thread.words <= own):
            return True
    if told.family in OF_STATES:
        one, other = lands(told.keys, told.near), lands(theirs, thread.near)
        if one and other and not one & other:
            return True
    if told.status in PAST and not own and told.family not in OF_STATES:
        return True
    shared = sum(_takes_part(side, thread) for side in told.sides)
    fewest = min(len(told.sides), len(thread.sides))
    if told.words & thread.words:
        return False
    if told.family == "meeting" and fewest >= TWO and shared < TWO:
        return True
    if (
        told.family == "meeting"
        and bool(told.words) != bool(thread.words)
        and max(len(told.sides), len(thread.sides)) >= TWO
    ):
        persons = _persons(told.words) & thread.near or _persons(thread.words) & told.near
        persons = _persons(told.words) & thread.near or _persons(thread.words) & told.near
        return shared < TWO and not (told.words & theirs or thread.words & own or persons)
    return bool(fewest) and not shared and not own & theirs


def _persons(words: Set[str]) -> set[str]:
    """Those words of a name that may be of who takes part: "the Dalgard-Velik summit", not "the G20 summit"."""
    return {word for word in words if not any(c.isdigit() for c in word)}


def _takes_part(side: frozenset[str], thread: Thread) -> bool:
    """Whether a side is one of an event's; one of whom only a name is told may be any that stands near the event."""
    bare = len(side) == 1 and not side & states()
    return any(side & known for known in thread.sides) or (bare and side <= thread.near)


def lands(own: Set[str], near: Set[str]) -> Set[str]:
    """Return the states of an election: those that it is called by, held by or in; where there are none those near."""
    return own & states() or near & states()


TWO = 2
"""The sides of a meeting that must be the same in both tellings."""

MOVES = frozenset({"postponed", "cancelled"})

MOVED = ":moved to"
"""How the rule of a claim ends that gives the date that an event was moved to."""

PAST = frozenset({"occurred", "underway"})


def numbered(types: Iterable[str]) -> set[int]:
    """Return the place in a series that words of kind give."""
    known = terms().numbered
    return {known[each] for each in types if each in known}


def moved(told: Told) -> bool:
    """Whether a telling says that the event was put off, moved or called off."""
    return told.status in MOVES or any(
        claim.attribute == "previous_date"
        or (claim.attribute == "date" and claim.by_rule.endswith(MOVED))
        or (claim.attribute == "status" and claim.value in MOVES and claim.settled == "settled")
        for claim in told.claims
    )


def dated(told: Told) -> Days | None:
    """Return the days of a telling's date; None where it has none finer than a year."""
    value = next(
        (c.value for a in ("date", "previous_date") for c in told.claims if c.attribute == a and c.value), None
    )
    return None if value is None or YEAR.match(value) else days_of(value)


def all_days(told: Told) -> list[Days]:
    """Return the days of all dates of a telling finer than a year, those from which it was moved as well."""
    values = [c.value for c in told.claims if c.attribute in {"date", "previous_date"} and c.value]
    return [days for value in values if not YEAR.match(value) and (days := days_of(value)) is not None]


def _gap(one: Days, other: Days) -> int:
    return max(0, days_between(one.last, other.first), days_between(other.last, one.first))

"""The tellings of one event, in the order of their days, and the dates that they give it.

Promise: a thread only grows; what it was before a telling came is what the tellings before it made it. The odd case
that forced its shape: an event that was put off awaits a date, so that any that is told next is its new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.ledger.days import Days, days_between, days_of
from onrecord.ledger.naming import YEAR, terms
from onrecord.ledger.told import Told

MOVES = frozenset({"postponed", "cancelled"})

MOVED = ":moved to"
"""How the rule of a claim ends that gives the date that an event was moved to."""

PAST = frozenset({"occurred", "underway"})


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


def waiting(thread: Thread) -> bool:
    """Whether an event was put off, and no new date has been told since."""
    for each in reversed(thread.tellings):
        if any(claim.attribute == "date" and claim.value for claim in each.claims):
            return False
        if moved(each):
            return True
    return False


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


def gap(one: Days, other: Days) -> int:
    """Return the days between two dates, 0 where they meet or follow."""
    return max(0, days_between(one.last, other.first), days_between(other.last, one.first))

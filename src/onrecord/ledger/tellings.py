"""The tellings of one event, in the order of their days, and the dates that they give it.

Promise: a thread only grows; what it was before a telling came is what the tellings before it made it. The odd cases
that forced its shape: an event that was put off awaits a date, so that any that is told next is its new one; and what
is told today is compared with dozens of threads of many tellings, so that what is compared is kept as an outline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from onrecord.ledger.days import Days, days_between, days_of
from onrecord.ledger.naming import YEAR, act, acts_of, terms
from onrecord.ledger.told import MOVES, Told, once

MOVED = ":moved to"
"""How the rule of a claim ends that gives the date that an event was moved to."""

PAST = frozenset({"occurred", "underway"})


class Outline(msgspec.Struct, eq=False, dict=True):
    """What of the tellings of one event bears on whether another is of it; the ledger keeps it beside them.

    Who changes what is kept here gives `threads.RULES` a new number, by which all outlines are made again.
    """

    words: set[str] = set()
    whose: set[str] = set()
    sides: list[frozenset[str]] = []
    places: set[str] = set()
    near: set[str] = set()
    types: set[str] = set()
    years: set[str] = set()
    family: str = ""
    """The kind of event, as `naming.FAMILIES` takes kinds together."""
    also: set[str] = set()
    """The kinds of what a journey is for, compared as its own."""
    kind: str = ""
    """What the first telling says of what kind it is."""
    names: list[str] = []
    """What it was called, each once, in order."""
    acts: set[str] = set()
    """What it was called, as `naming.act` takes words together."""
    about: set[str] = set()
    """What it is about, by any of its names."""
    upon: set[str] = set()
    """To what it is done, by any of its tellings."""
    offices: set[str] = set()
    """Classes of the offices by which alone somebody is told to take part."""
    holding: set[str] = set()
    """Classes of the offices of those who take part by name."""
    many: bool | None = None
    """Whether it is several of what is counted, as first told."""
    marks: set[str] = set()
    """Of a ceremony, the acts that it is held for."""
    due: set[str] = set()
    """The years in which it was said to be."""
    on: set[str] = set()
    """The days that were told as all of its date."""
    date: Days | None = None
    """The days of the date that it was last given, of month precision or finer."""
    over: str | None = None
    """The day on which it was first told as held; None where it was not."""
    ahead: str | None = None
    """The day on which it was first told as not held yet; None where it was not."""
    held: Days | None = None
    """The one day of the date that it was last given as held."""
    moved: bool = False
    """Whether anybody told that it was put off, moved or called off."""
    waiting: bool = False
    """Whether it was put off, and no new date has been told since."""
    in_part: bool = False
    """Whether it is voted on in one part of a state at a time: "the primary", "the caucuses"."""
    last: tuple[str, str, str] = ("", "", "")
    """Document, kind and day of the last telling."""
    single: bool = True
    """Whether all tellings are of one document."""
    same: set[int] = set()
    apart: set[tuple[int, int]] = set()
    """Decisions of people, as in `Told`."""
    count: int = 0

    def add(self, told: Told) -> None:
        """Take one more telling."""
        self.__dict__.clear()
        self.count += 1
        if not told.faint:
            self._identify(told)
        dates = [claim.value for claim in told.claims if claim.attribute == "date" and claim.value]
        self.due |= {date[:4] for date in dates}
        self.on |= {days.first for days in all_days(told) if days.first == days.last}
        days = dated(told)
        above = told.heading and told.document == self.last[0]  # what stands below has been placed, and tells the day
        self.date = (self.date if above else None) or days or self.date
        self.held = days if told.status in PAST and days and days.length == 1 else self.held
        self.ahead = self.ahead or (None if told.status in PAST else told.day)
        self.over = self.over or (told.day if told.status == "occurred" else None)
        self.moved = self.moved or moved(told)
        self.waiting = not dates and (self.waiting or moved(told))
        self.in_part = self.in_part or in_part(told)
        self.single = self.single and self.last[0] in {"", told.document}
        self.last = (told.document, told.kind, told.day)
        self.same |= told.same
        self.apart |= told.apart

    def _identify(self, told: Told) -> None:
        """Take what a telling is known by; what is told too faintly to be an event of its own adds nothing to that."""
        self.words |= told.words
        self.whose |= told.whose
        self.sides += [side for side in told.sides if all(map(side.isdisjoint, self.sides))]
        self.places |= told.places
        self.types |= told.types
        self.years |= told.years
        if self.count <= KEPT_NEAR and (self.count == 1 or not told.asked):
            self.near |= told.near
        self.family = self.family or told.family
        self.also |= told.also
        self.kind = self.kind or told.kind
        self.names += [told.name] if told.name not in self.names else []
        self.acts.add(act(told.name))
        self.about |= told.about
        self.upon |= told.upon
        self.offices |= told.offices
        self.holding |= told.holding
        self.many = told.many if self.many is None else self.many
        self.marks |= told.marks

    @property
    def day(self) -> str:
        """The day of the last telling."""
        return self.last[2]

    @cached_property
    def parties(self) -> set[str]:
        """The keys of all sides."""
        return set().union(*self.sides)

    @cached_property
    def keys(self) -> set[str]:
        """All names that tell it from others."""
        return self.words | self.whose | self.parties | self.places

    @cached_property
    def deeds(self) -> frozenset[str]:
        """The acts that any of its names names, as `naming.acts_of` has them."""
        return frozenset[str]().union(*map(acts_of, self.names))


def outline(tellings: Iterable[Told]) -> Outline:
    """Return the outline of an event by its tellings, in the order of their days."""
    found = Outline()
    for told in tellings:
        found.add(told)
    return found


@dataclass(eq=False)
class Thread:
    """What was told of one event, in the order of days."""

    tellings: list[Told] = field(default_factory=list)
    reasons: list[tuple[str, ...]] = field(default_factory=list)
    """Why each telling is of it; empty for the first."""
    numbers: list[int] = field(default_factory=list)
    """What each telling is numbered in the ledger; 0 where it is in none yet."""

    def add(self, told: Told, why: tuple[str, ...] = (), number: int = 0) -> None:
        """Take one more telling."""
        self.tellings.append(told)
        self.reasons.append(why)
        self.numbers.append(number)

    @property
    def outline(self) -> Outline:
        """What another telling is compared with."""
        return outline(self.tellings)


KEPT_NEAR = 4
"""Tellings of a thread whose neighbouring names count: those of all would in the end be the names of everything."""


def numbered(types: Iterable[str]) -> set[int]:
    """Return the place in a series that words of kind give."""
    known = terms().numbered
    return {known[each] for each in types if each in known}


@once
def moved(told: Told) -> bool:
    """Whether a telling says that the event was put off, moved or called off."""
    if told.status in MOVES:
        return True
    for claim in told.claims:
        attribute = claim.attribute
        if (
            attribute == "previous_date"
            or (attribute == "date" and claim.by_rule.endswith(MOVED))
            or (attribute == "status" and claim.value in MOVES and claim.settled == "settled")
        ):
            return True
    return False


@once
def in_part(told: Told) -> bool:
    """Whether a telling is of a vote in one part of a state at a time."""
    return not terms().in_parts.isdisjoint((*told.types, *told.name.lower().split()))


@once
def dated(told: Told) -> Days | None:
    """Return the days of a telling's date; None where it has none finer than a year."""
    value = next(
        (c.value for a in ("date", "previous_date") for c in told.claims if c.attribute == a and c.value), None
    )
    return None if value is None or YEAR.match(value) else days_of(value)


@once
def all_days(told: Told) -> list[Days]:
    """Return the days of all dates of a telling finer than a year, those from which it was moved as well."""
    values = [c.value for c in told.claims if c.attribute in {"date", "previous_date"} and c.value]
    return [days for value in values if not YEAR.match(value) and (days := days_of(value)) is not None]


def gap(one: Days, other: Days) -> int:
    """Return the days between two dates, 0 where they meet or follow."""
    return max(0, days_between(one.last, other.first), days_between(other.last, one.first))

"""What questions ask of an event that many tell of: what it was called, who takes part, how it stood, since which day.

Promise: as of any day a chronicle says what the tellings by then add up to, as if they were read and folded. The odd
case that forced its shape: a summit of years is told of a thousand times and bears every name that is asked for, and
nearly every question looks at it to find that it is over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from operator import itemgetter
from typing import TypeVar

import msgspec

from onrecord.ledger.naming import OTHER, acts_of
from onrecord.ledger.state import (
    VISIT,
    Dating,
    Placing,
    Value,
    coming,
    destination,
    leaving,
    next_status,
    on_the_way,
    stops,
)
from onrecord.ledger.tellings import KEPT_NEAR, all_days, moved
from onrecord.ledger.told import Told

D = TypeVar("D", Dating, Placing)

FOLDING = 14
"""The version of what is kept and of how states are folded (`state.state_of`); a greater one has all made again."""

NEVER = "~"


class Standing(msgspec.Struct, frozen=True):
    """How an event stood from a day on."""

    day: str
    status: str = ""
    dated: Value = Value()
    placed: Value = Value()
    """Its date and its place, without who said so and what they were before."""
    name: str = ""
    by: tuple[int, int] = (-1, -1)
    """The tellings that told date and place last by the end of the day, by where they stand in all; -1: none did."""

    @property
    def date(self) -> str | None:
        """The value of its date."""
        return self.dated.value


class Chronicle(msgspec.Struct):
    """What the tellings of one event say, as of each day on which one was published.

    Who changes what is kept here, or how states are folded, gives `FOLDING` a new number.
    """

    family: str = ""
    """The kind of event, as `naming.FAMILIES` takes kinds together."""
    own: dict[str, str] = {}
    """The names that tell it from others, each with the day since which it has it; so all that follow."""
    parties: set[str] = set()
    """Those of them that are of sides, as outlines have them: no side shares a name with one told before."""
    words: dict[str, str] = {}
    """Those of them that stand in its name."""
    near: dict[str, str] = {}
    types: dict[str, str] = {}
    years: dict[str, str] = {}
    called: dict[str, str] = {}
    """All words by which it was called."""
    places: dict[str, str] = {}
    about: dict[str, str] = {}
    offices: dict[str, str] = {}
    """As `tellings.Outline` has them."""
    deeds: dict[str, str] = {}
    """The acts that its names name, as `naming.acts_of` has them."""
    months: dict[str, str] = {}
    """The months in which it is, or was to be, as dates have them: ``-05``."""
    also: dict[str, str] = {}
    """The kinds of what a journey is for, as `told.Told` has them."""
    over: str | None = None
    """The day on which it was first told as held."""
    days: list[str] = []
    """Of each telling."""
    stood: list[Standing] = []
    """How it stood, with one row for each day on which that was another."""

    best: tuple[bool, int, int, str] = (False, -1, -1, "")
    """The name by which it is known so far, behind what goes before others in it (`state.state_of`)."""
    who: list[tuple[str, str, str]] = []
    """Those who take part: the day on which a fuller name of one was told first, his key and the name; no name from the
    day on which he was told to stay away."""
    visit: bool = False
    """Whether it began as a journey."""
    moved: bool = False
    placing: Placing = Placing()
    said: list[tuple[str, int, str, int]] = []
    """Of a journey: the places to which it leads in the order in which they were told, how many say so, and how settled
    that was in which telling, the last."""
    agenda: list[tuple[str, str]] = []
    """What is on its agenda, each once, behind the day on which it was told first."""
    every: Dating = Dating()
    """The date by all tellings."""
    common: Dating = Dating()
    """The date by those that are of no stop of a journey, wherever it leads."""
    leading: dict[str, Dating] = {}
    """The date by those that are of no stop where it leads to this place."""

    def add(self, told: Told) -> None:
        """Take one more telling, of the last day or a later one."""
        self._name(told)
        self.follow(told)

    def _name(self, told: Told) -> None:
        """Take the names by which a telling calls it, before it is counted."""
        sides = frozenset[str]().union(*filter(self.parties.isdisjoint, told.sides))
        self.parties |= sides
        own = told.words | told.whose | told.places | sides
        for known, names in (
            (self.own, own), (self.words, told.words), (self.types, told.types), (self.years, told.years),
            (self.called, told.called), (self.called, told.name.lower().split()),
            (self.near, told.near if len(self.days) < KEPT_NEAR else ()),
            (self.places, told.places), (self.about, told.about), (self.offices, told.offices),
            (self.deeds, acts_of(told.name)), (self.also, told.also),
            (self.months, {day[4:7] for days in all_days(told) for day in (days.first, days.last)}),
        ):  # fmt: skip
            for name in names:
                known.setdefault(name, told.day)

    def follow(self, told: Told) -> None:
        """Take what one more telling says of how it stands, and none of the names by which it is found."""
        self.family = self.family or told.family
        self.over = self.over or (told.day if told.status == "occurred" else None)
        self.visit = self.visit or (not self.days and told.kind == VISIT)
        self.days.append(told.day)
        fullest = {key: len(name) for _, key, name in self.who}
        for key, full in coming(told):
            if len(full) > fullest.get(key, 0):
                fullest[key] = len(full)
                self.who.append((told.day, key, full))
        self.who += [(told.day, key, "") for key in sorted(leaving(told)) if fullest.get(key)]
        items = {item.lower() for _, item in self.agenda}
        for claim in told.claims:
            if claim.attribute == "agenda" and claim.value and claim.value.lower() not in items:
                items.add(claim.value.lower())
                self.agenda.append((told.day, claim.value))
        self._place(told)
        self._date(told)
        rank = (told.kind != OTHER, len(told.words), len(told.name))
        self.best = (*rank, told.name) if rank > self.best[:3] else self.best
        before = self.stood[-1] if self.stood else Standing("")
        placing = self._placed()
        dating = self._dated(placing.now.value)
        dated, placed = _bare(dating.now), _bare(placing.now)
        by = (dating.at, placing.at)
        now = Standing(told.day, next_status(before.status, told), dated, placed, self.best[3], by)
        if before.day == told.day:
            self.stood.pop()
        if now != msgspec.structs.replace(before, day=now.day, by=now.by) or before.day == told.day:
            self.stood.append(now)

    def _place(self, told: Told) -> None:
        self.moved = self.moved or moved(told)
        self.placing = _after(self.placing, told, self.count - 1)
        if self.visit and (claim := destination(told)) is not None and claim.value:
            said = {row[0]: row for row in self.said}
            _, often, *_ = said.get(claim.value, ("", 0))
            said[claim.value] = (claim.value, often + 1, claim.settled, self.count - 1)
            self.said = list(said.values())

    def _date(self, told: Told) -> None:
        places, number = stops(told), self.count - 1
        if not places and not self.leading:
            self.every = self.common = _after(self.common, told, number)
            return
        self.every = _after(self.every, told, number)
        for place in sorted(places - self.leading.keys()):
            self.leading[place] = self.common
        for place, dating in self.leading.items():
            if not on_the_way(told, place):
                self.leading[place] = _after(dating, told, number)
        if not places:
            self.common = _after(self.common, told, number)

    def _placed(self) -> Placing:
        """The place as all tellings so far have it."""
        if not (self.visit and self.placing.now.value and self.said and not self.moved):
            return self.placing
        place, _, settled, at = max(self.said, key=itemgetter(1))
        return Placing(Value(place, settled), at=at)

    def _dated(self, where: str | None) -> Dating:
        """The date as all tellings so far have it, of an event at a place."""
        dating = self.leading.get(where or "", self.common)
        return dating if dating.now.value else self.every

    @property
    def count(self) -> int:
        """How many tellings there are."""
        return len(self.days)

    @property
    def day(self) -> str:
        """The day of the last one."""
        return self.days[-1] if self.days else ""

    def standing(self, day: str) -> Standing:
        """Return how it stood on a day, not before the first of its own."""
        return self.stood[bisect_right(self.stood, day, key=lambda each: each.day) - 1]

    def participants(self, day: str) -> tuple[str, ...]:
        """Return who takes part by a day, each once by the fullest name, in the order in which they were told."""
        found: dict[str, str] = {}
        for since, key, name in self.who:
            if since <= day and name:
                found[key] = name
            elif since <= day:
                found.pop(key, None)  # who comes after all is told last
        return tuple(found.values())

    def items(self, day: str) -> tuple[str, ...]:
        """Return what is on its agenda by a day, in the order in which it was told."""
        return tuple(item for since, item in self.agenda if since <= day)

    def told(self, day: str) -> int:
        """Return how many tellings there were by a day."""
        return bisect_right(self.days, day)

    def turns(self) -> set[str]:
        """Return the days on which how it stands, who takes part or what is on its agenda may have become another."""
        return {each.day for each in self.stood} | {day for day, *_ in (*self.who, *self.agenda)}


def _after(known: D, told: Told, number: int) -> D:
    """A date or a place with one more telling, the number of which is given."""
    found = known.after(told)
    if found is known:
        return found
    now, at = _bare(found.now), number if found.now.told is told else known.at
    return found._replace(now=now, at=at)


def _bare(value: Value) -> Value:
    """A value without what no later telling's value depends on: who said so, and what it was before."""
    return Value(value.value, value.settled, (), value.against)


def by(day: str, since: Mapping[str, str], among: Iterable[str] | None = None) -> Set[str]:
    """Return what was so by a day; ``among``: of these only."""
    return {each for each in (since if among is None else among) if since.get(each, NEVER) <= day}


def chronicle(tellings: Iterable[Told]) -> Chronicle:
    """Return the chronicle of an event by its tellings, in the order of their days."""
    found = Chronicle()
    for told in tellings:
        found.add(told)
    return found


def course(tellings: Iterable[Told]) -> Chronicle:
    """Return the chronicle of an event without the names by which it is found: all that a list shows of it."""
    found = Chronicle()
    for told in tellings:
        found.follow(told)
    return found

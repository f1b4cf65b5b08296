"""What questions ask of an event that many tell of: what it was called, who takes part, how it stood, since which day.

Promise: as of any day a chronicle says what the tellings by then add up to, as if they were read and folded. The odd
case that forced its shape: a summit of years is told of a thousand times and bears every name that is asked for, and
nearly every question looks at it to find that it is over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Set

import msgspec

from onrecord.ledger.naming import OTHER, acts_of
from onrecord.ledger.state import VISIT, Dating, Placing, Value, destination, next_status, on_the_way, stops
from onrecord.ledger.tellings import KEPT_NEAR, all_days, moved
from onrecord.ledger.told import Told

FOLDING = 4
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
    """Those who take part: the day on which a fuller name of one was told first, his key and the name."""
    visit: bool = False
    """Whether it began as a journey."""
    moved: bool = False
    placing: Placing = Placing()
    said: list[tuple[str, int]] = []
    """Of a journey: how many say that it leads to a place, in the order in which they were told."""
    every: Dating = Dating()
    """The date by all tellings."""
    common: Dating = Dating()
    """The date by those that are of no stop of a journey, wherever it leads."""
    leading: dict[str, Dating] = {}
    """The date by those that are of no stop where it leads to this place."""

    def add(self, told: Told) -> None:
        """Take one more telling, of the last day or a later one."""
        self.family = self.family or told.family
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
        self.over = self.over or (told.day if told.status == "occurred" else None)
        self.visit = self.visit or (not self.days and told.kind == VISIT)
        self.days.append(told.day)
        fullest = {key: len(name) for _, key, name in self.who}
        for key, full in told.names:
            if len(full) > fullest.get(key, 0):
                fullest[key] = len(full)
                self.who.append((told.day, key, full))
        self._place(told)
        self._date(told)
        rank = (told.kind != OTHER, len(told.words), len(told.name))
        self.best = (*rank, told.name) if rank > self.best[:3] else self.best
        before = self.stood[-1] if self.stood else Standing("")
        where = self._where()
        placed = self.placing.now._replace(value=where, previous=())
        now = Standing(told.day, next_status(before.status, told), self._dated(where), placed, self.best[3])
        if before.day == told.day:
            self.stood.pop()
        if now != msgspec.structs.replace(before, day=now.day) or before.day == told.day:
            self.stood.append(now)

    def _place(self, told: Told) -> None:
        self.moved = self.moved or moved(told)
        placing = self.placing.after(told)
        self.placing = placing if placing is self.placing else placing._replace(now=_bare(placing.now))
        if self.visit and (claim := destination(told)) is not None and claim.value:
            often = dict(self.said)
            often[claim.value] = often.get(claim.value, 0) + 1
            self.said = list(often.items())

    def _date(self, told: Told) -> None:
        places = stops(told)
        if not places and not self.leading:
            self.every = self.common = _after(self.common, told)
            return
        self.every = _after(self.every, told)
        for place in sorted(places - self.leading.keys()):
            self.leading[place] = self.common
        for place, dating in self.leading.items():
            if not on_the_way(told, place):
                self.leading[place] = _after(dating, told)
        if not places:
            self.common = _after(self.common, told)

    def _where(self) -> str | None:
        """The place as all tellings so far have it."""
        where = self.placing.now.value
        if self.visit and where and self.said and not self.moved:
            where = Counter(dict(self.said)).most_common(1)[0][0]
        return where

    def _dated(self, where: str | None) -> Value:
        """The date as all tellings so far have it, of an event at a place."""
        dating = self.leading.get(where or "", self.common)
        return (dating if dating.now.value else self.every).now._replace(previous=())

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
        return tuple({key: name for since, key, name in self.who if since <= day}.values())

    def told(self, day: str) -> int:
        """Return how many tellings there were by a day."""
        return bisect_right(self.days, day)


def _after(dating: Dating, told: Told) -> Dating:
    found = dating.after(told)
    return found if found is dating else found._replace(now=_bare(found.now))


def _bare(value: Value) -> Value:
    """A value without what no later telling's value depends on: who said so, and what it was before."""
    return value._replace(told=None, previous=())


def by(day: str, since: Mapping[str, str], among: Iterable[str] | None = None) -> Set[str]:
    """Return what was so by a day; ``among``: of these only."""
    return {each for each in (since if among is None else among) if since.get(each, NEVER) <= day}


def chronicle(tellings: Iterable[Told]) -> Chronicle:
    """Return the chronicle of an event by its tellings, in the order of their days."""
    found = Chronicle()
    for told in tellings:
        found.add(told)
    return found

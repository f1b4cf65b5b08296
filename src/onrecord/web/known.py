"""What is known of an event as its page shows it: each fact with since when, who says so and where the words stand.

Promise: a value without a passage says the day on which it was told first, by which there is a page too. The odd case
that forced the shape: one date stands or is contested and all of it is shown, of thirty who take part each is a line
that opens, and of three hundred most are no more than a name and a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from onrecord.ledger.changing import Change
from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.items import Item, Saying, What
from onrecord.ledger.shown import Place
from onrecord.ledger.state import Value
from onrecord.publish.facts import ATTRIBUTE_NAMES
from onrecord.web.pages import short
from onrecord.web.timeline import Claimed

SHOWN = 30
"""Items of an attribute that are shown with their words, those that most tellings have; the others by name and day."""

TURNS = 8
"""Tellings that brought something of an item, the last ones, that its history has behind the first."""


class Side(NamedTuple):
    """One value of a fact, with the passage that tells it."""

    value: str | None
    settled: str
    by: str
    day: str
    document: str
    """Empty where only the day is known on which it was told first."""
    version: str | None
    outlet: str
    """Where it is printed: the outlet, else the document."""
    place: Place
    decision: int | None = None
    """The number of the decision by which it is so, where the page tells of it beside the value."""


class Turn(NamedTuple):
    """A telling that brought something of an item: what, and the item in its words."""

    what: What
    side: Side


class Listed(NamedTuple):
    """One of those who take part, of the points of an agenda and the like."""

    side: Side
    """Where it was told last, by one who is sure before others."""
    since: str
    origins: int
    turns: tuple[Turn, ...]
    """The last first."""
    decided: tuple[Decision, ...]
    whole: bool
    """Whether it is shown with its words and its history."""


class Fact(NamedTuple):
    """One attribute of an event: its value, or all that stand against each other; and what it was from day to day."""

    attribute: str
    name: str
    settled: str
    sides: tuple[Side, ...]
    origins: int | None
    """How many independent origins tell it as it stands; None: that is not counted of it."""
    since: str | None
    history: tuple[Change, ...]
    items: tuple[Listed, ...] = ()
    """Of an attribute with several values: each of `sides`, with what else is known of it."""

    @property
    def places(self) -> list[Place]:
        """The passages whose words are shown."""
        shown = [each.side for each in self.items if each.whole] if self.items else self.sides
        return [each.place for each in shown if each.document]


def deciding(held: HeldEvent, claims: Sequence[Claimed], changes: Sequence[Change]) -> Iterator[Fact]:
    """Yield status, date and venue of an event; ``claims``: those of its tellings; ``changes``: what days changed."""
    state, support = held.state, held.origins.support
    status = Value(state.status, next((c.settled for c in reversed(claims) if c.value == state.status), "settled"))
    for attribute, value, origins in (
        ("status", status, support.status),
        ("date", state.date, support.date),
        ("venue", state.venue, support.venue),
    ):
        history = tuple(each for each in changes if each.attribute == attribute)
        told = {each: _told(claims, attribute, each) for each in (value.value, *value.against)}
        sides = tuple(
            _side(each, those) if those else _follows(held, value)
            for each, those in told.items()
            if those or value.told is not None
        )
        yield Fact(attribute, attribute, value.settled, sides, origins, history[-1].day if history else None,
                   history[::-1])  # fmt: skip


def several(items: Sequence[Item], since: Mapping[str, str], decided: Sequence[Decision]) -> Iterator[Fact]:
    """Yield the attributes of which an event has several values.

    ``since``: of values of an event that is shown by its last tellings the day on which each was told first;
    ``decided``: what people decided of the event.
    """
    for attribute, group in groupby(items, key=lambda each: each.attribute):
        found = list(group)
        often = sorted(found, key=lambda each: len(each.said), reverse=True)[:SHOWN]
        whole = {each.value for each in often}
        listed = tuple(_listed(each, since, decided, whole=each.value in whole) for each in found)
        sides = tuple(each.side for each in listed)
        yield Fact(attribute, ATTRIBUTE_NAMES[attribute], "", sides, None, None, (), listed)


def _listed(item: Item, since: Mapping[str, str], decided: Sequence[Decision], *, whole: bool) -> Listed:
    best = item.best
    day = since.get(item.value) or (item.said[0].told.day if item.said else "")
    if best is None:
        side = Side(item.value, "settled", "", day, "", None, "", Place(0, (0, 0)))
        return Listed(side, day, 0, (), (), whole=False)
    first, *later = [each for each in item.turns if each.what != "new" or each.told.day == day] or [best]
    turns = tuple(Turn(each.what, _of(each, each.called)) for each in (first, *later[-TURNS:]))[::-1] if whole else ()
    about = tuple(
        each
        for each in decided
        if each.attribute == item.attribute and item.value.lower() in map(str.lower, (each.value or "", *each.was))
    )
    return Listed(_of(best, item.value), day, item.origins, turns, about, whole)


def _of(saying: Saying, value: str) -> Side:
    told, outlet = saying.told, saying.told.outlet or short(saying.told.document)
    return Side(value, saying.settled, saying.speaker or outlet, told.day, told.document, told.version, outlet,
                saying.place)  # fmt: skip


def _told(claims: Sequence[Claimed], attribute: str, value: str | None) -> list[Claimed]:
    return [each for each in claims if each.attribute == attribute and each.value == value and each.settled != "gone"]


def _side(value: str | None, claims: Sequence[Claimed]) -> Side:
    """A value with the claim that told it last, the firm ones before others."""
    last = next((each for each in reversed(claims) if each.settled == "settled"), claims[-1])
    place = Place(last.telling, last.span)
    return Side(value, last.settled, last.by, last.day, last.document, last.version, last.outlet, place, last.decision)


def _follows(held: HeldEvent, value: Value) -> Side:
    """A value that nobody claims in so many words, with the telling that it follows from."""
    number, told = next(each for each in zip(held.thread.numbers, held.thread.tellings, strict=True)
                        if each[1] is value.told)  # fmt: skip
    outlet, place = told.outlet or short(told.document), Place(number, told.span)
    return Side(value.value, value.settled, outlet, told.day, told.document, told.version, outlet, place)

"""Of what an event may have several: who takes part, what is on its agenda; each with who says so and since when.

Promise: a pure function of an event's tellings, which are looked through once. The odd case that forced the shape:
somebody is told of as "Dalgard", as "Irena Dalgard" and by the body that she leads, and is one; so what each telling
calls an item stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Literal, NamedTuple, cast

from onrecord.ledger.changing import FIRM
from onrecord.ledger.corrections import decision_of
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.naming import plain
from onrecord.ledger.shown import Place, Shown, shown
from onrecord.ledger.state import coming
from onrecord.ledger.store import Ledger
from onrecord.ledger.told import Told
from onrecord.nouns import Claim, Settled

Several = Literal["participant", "agenda", "absent", "host", "format", "goal"]

SEVERAL: tuple[Several, ...] = ("participant", "agenda", "absent", "host", "format", "goal")
"""Attributes of which an event may have more than one, in the order in which they are shown."""

What = Literal["new", "corrected", "confirmed", "doubted", "named", "origin", "again"]
"""What a telling brings of an item: it is the first; a person decided it; it is settled now; it is told in less firm
words than before; by a fuller name; from an origin that had not told it; nothing of these."""


class Saying(NamedTuple):
    """One telling of an item."""

    told: Told
    number: int
    """What the ledger numbers the telling with."""
    called: str
    """The item in the words of this telling."""
    claim: Claim | None
    """None: the telling has it without a claim whose words could be shown."""
    origin: int
    """The number of the telling's origin; 0: that is not counted."""
    what: What

    @property
    def settled(self) -> Settled:
        """How settled it is told."""
        return self.claim.settled if self.claim else "settled"

    @property
    def place(self) -> Place:
        """The words that say so; where none claim it, those that name the event."""
        return Place(self.number, self.claim.span[0] if self.claim and self.claim.span else self.told.span)

    @property
    def speaker(self) -> str | None:
        """Whose statement says so, and by way of whom; None: the document itself does."""
        return dict(self.told.sayers).get((self.claim and self.claim.statement) or "")


class Item(NamedTuple):
    """One who takes part, one point of an agenda or the like, with all tellings of it in the order of their days."""

    attribute: Several
    value: str
    """The fullest name; else the words that told it first."""
    said: tuple[Saying, ...]
    """Empty where none of the tellings that are at hand has it (`recent.Recent`)."""

    @property
    def best(self) -> Saying | None:
        """The one that told it last, the firm ones before others."""
        last = self.said[-1] if self.said else None
        return next((each for each in reversed(self.said) if each.settled == "settled"), last)

    @property
    def origins(self) -> int:
        """How many independent origins tell it; 0: that is not counted."""
        return len({each.origin for each in self.said} - {0})

    @property
    def turns(self) -> list[Saying]:
        """The tellings that brought something."""
        return [each for each in self.said if each.what != "again"]


def items_of(held: HeldEvent) -> list[Item]:
    """Return what an event has of each attribute in `SEVERAL`, in their order and the order in which they were told."""
    found: dict[Several, dict[str, _Course]] = {attribute: {} for attribute in SEVERAL}
    thread = held.thread
    for told, number, origin in zip(thread.tellings, thread.numbers, chain(held.origins.of, repeat(0)), strict=False):
        for attribute, key, called, claim in _said(told):
            found[attribute].setdefault(key, _Course()).add(told, number, called, claim, origin)
    stands: dict[Several, tuple[str, ...]] = {"participant": held.state.participants, "agenda": held.state.agenda}
    return [each for attribute in SEVERAL for each in _items(attribute, found[attribute], stands.get(attribute))]


class Worded(NamedTuple):
    """An item with the telling that has it best, and its words there."""

    item: Item
    best: Saying
    words: Shown


def worded(ledger: Ledger, held: HeldEvent) -> list[Worded]:
    """Return the items of an event, as `items_of` does, with their words; without those that no telling at hand has."""
    told = [(each, best) for each in items_of(held) if (best := each.best) is not None]
    words = shown(ledger, [best.place for _, best in told])
    return [Worded(item, best, words[best.place]) for item, best in told]


class _Course:
    """The tellings of one item as they come, with what the next is held against."""

    def __init__(self) -> None:
        self.said: list[Saying] = []
        self._origins: set[int] = set()
        self._firm = self._length = 0

    def add(self, told: Told, number: int, called: str, claim: Claim | None, origin: int) -> None:
        """Take one more telling; of what a document tells twice the first."""
        if self.said and self.said[-1].told is told:
            return
        self.said.append(Saying(told, number, called, claim, origin, self._what(called, claim, origin)))
        self._origins.add(origin)
        self._firm = max(self._firm, FIRM[self.said[-1].settled])
        self._length = max(self._length, len(called))

    def _what(self, called: str, claim: Claim | None, origin: int) -> What:
        firm = FIRM[claim.settled if claim else "settled"]
        if claim is not None and decision_of(claim) is not None:
            return "corrected"
        if not self.said:
            return "new"
        if firm != FIRM[self.said[-1].settled] and firm != self._firm:
            return "confirmed" if firm > self._firm else "doubted"
        if len(called) > self._length:
            return "named"
        return "again" if origin in self._origins else "origin"


def _items(attribute: Several, found: Mapping[str, _Course], stands: tuple[str, ...] | None) -> Iterator[Item]:
    """The items of an attribute; ``stands``: those that the event has, where its state says so."""
    if stands is None:
        yield from (Item(attribute, course.said[0].called, tuple(course.said)) for course in found.values())
        return
    by_name = {each.called: course for course in found.values() for each in course.said}
    for value in stands:
        key = plain(value.split()[-1]) if attribute == "participant" and value.split() else value.lower()
        course = by_name.get(value) or found.get(key)
        yield Item(attribute, value, tuple(course.said) if course else ())


def _said(told: Told) -> Iterator[tuple[Several, str, str, Claim | None]]:
    """The items of a telling: by what each is known, what it is called and the claim."""
    for key, name in coming(told):
        yield "participant", key, name, _naming(told, key, name)
    for claim in told.claims:
        if claim.value and claim.attribute in SEVERAL and claim.attribute != "participant":
            yield cast(Several, claim.attribute), claim.value.lower(), claim.value, claim


def _naming(told: Told, key: str, name: str) -> Claim | None:
    """The claim of somebody who takes part: by the name in full, else by the one that he is known by."""
    taking_part = [claim for claim in told.claims if claim.attribute in {"participant", "host"} and claim.value]
    exact = next((claim for claim in taking_part if claim.value == name), None)
    return exact or next((claim for claim in taking_part if key in map(plain, (claim.value or "").split())), None)

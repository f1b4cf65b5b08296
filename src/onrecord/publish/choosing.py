"""Which things of a ledger a file or feed is made of: the same question for every format.

Promise: without words all that the ledger holds by the day, a few at a time; with words what answers them, best first,
so that a search that was saved is a feed or a calendar. The odd case that forced the shape: days choose by when a thing
was published, but events by when they take place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.ledger import (
    Ledger,
    changes,
    changes_of,
    decided_of,
    documents,
    event,
    every_event,
    every_statement,
    readings,
    related,
    revision,
    statements,
)
from onrecord.ledger.changing import Change
from onrecord.ledger.choosing import Asked
from onrecord.ledger.events import HeldEvent, answering
from onrecord.ledger.items import worded
from onrecord.ledger.questions import ANY, Between, HeldStatement, count, is_event
from onrecord.publish.brief import Brief
from onrecord.publish.formats import Kind

MOST = 100
"""How many things answer words at most: events are ranked no farther."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for."""

    words: str = ""
    """The search, or the id of an event; of readings the id of a document; empty: everything."""
    as_of: str | None = None
    """Only what was published by this day counts; None: all."""
    days: Between = ANY
    """Of events those that take place then, of all else what was published then."""
    status: str | None = None
    """Only events in this state."""
    kind: str | None = None
    """Only events of this kind, as `naming.families` has them."""
    followed: bool = False
    """Whether who asks has what answered before, as `ledger.choosing.Asked` has it."""
    by: str = ""
    """Only statements of who is called so, or has this id."""
    about: str = ""
    """Only statements that speak of who or what is called so, or has this id."""
    form: str | None = None
    """Only direct, mixed or indirect statements."""
    outlet: str | None = None
    """Only statements that this outlet published."""

    @property
    def told(self) -> list[str]:
        """What is asked for besides days, in words, for the title of a file."""
        asked = (self.words, self.by and f"said by {self.by}", self.about and f"about {self.about}")
        return [each for each in (*asked, self.form, self.outlet, self.status, self.kind) if each]

    @property
    def published(self) -> Between:
        """The days of publication that count."""
        return Between(self.days.first, min(filter(None, (self.days.last, self.as_of)), default=None))


def chosen(ledger: Ledger, kind: Kind, choice: Choice) -> Iterable[Any]:
    """Return the things of a kind that a choice asks for. Raises LedgerError where the ledger can't be used."""
    if kind == "documents":
        return documents(ledger, choice.published)
    if kind == "statements":
        return _statements(ledger, choice)
    if kind == "readings":
        return readings(ledger, choice.published, choice.words or None)
    if kind == "briefs":
        return _briefs(ledger, choice)
    if kind == "changes":
        return _changes(ledger, choice)
    found = _events(ledger, choice, choice.days)
    return (held._replace(revision=revision(ledger, held.id, choice.as_of)) for held in found)


def how_many(ledger: Ledger, kind: Kind, choice: Choice) -> int | None:
    """Return of how many things of a kind a whole export is made; None where only asking for them would tell."""
    if kind in {"briefs", "changes"} or choice != Choice(followed=choice.followed):
        return None
    return count(ledger, _MADE_OF.get(kind, kind)) or None


_MADE_OF = {"readings": "documents", "claims": "events", "evidence": "events"}
"""What the things of a kind are taken from, where it is not counted itself: the newest reading of each document."""


def _events(ledger: Ledger, choice: Choice, days: Between) -> Iterable[HeldEvent]:
    if is_event(choice.words):
        held = event(ledger, choice.words, choice.as_of)
        return [held] if held else []
    asked = Asked(choice.words, choice.as_of, days, choice.status, choice.kind, followed=choice.followed)
    if choice.words:
        return answering(ledger, asked, MOST)
    return every_event(ledger, asked)


def _statements(ledger: Ledger, choice: Choice) -> Iterable[HeldStatement]:
    """Those that answer; of words the best hundred, of names all in the latest documents that `statements` looks at."""
    if choice.words or choice.by or choice.about:
        most = MOST if choice.words else -1
        return statements(
            ledger, choice.words, choice.by, choice.form, choice.published, most, choice.about, choice.outlet
        )
    every = every_statement(ledger, choice.published)
    form, outlet = choice.form, choice.outlet
    return (each for each in every if form in {None, each.form} and outlet in {None, each.outlet})


def brief_of(ledger: Ledger, held: HeldEvent, as_of: str | None) -> Brief:
    """Return all that is told of an event by a day."""
    return Brief(held, related(ledger, held, as_of), decided_of(ledger, held.id), worded(ledger, held))


def _briefs(ledger: Ledger, choice: Choice) -> Iterator[Brief]:
    """The brief of the event that words or an id name best."""
    held = event(ledger, choice.words, choice.as_of)
    if held is not None:
        yield brief_of(ledger, held, choice.as_of)


def _changes(ledger: Ledger, choice: Choice) -> Iterator[Change]:
    """What changed; of events that words, a status or a kind choose only theirs."""
    if not choice.words and choice.status is None and choice.kind is None:
        yield from changes(ledger, choice.published)
        return
    found = [
        change for held in _events(ledger, choice, ANY) for change in changes_of(held.id, held.thread, choice.published)
    ]
    yield from sorted(found, key=lambda change: (change.day, change.event))

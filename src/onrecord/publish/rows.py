"""What a ledger holds as tidy tables: a row is one thing, a column one fact, and ids lead from table to table.

Promise: ``document`` means the same in each table, as do ``event`` and ``statement``; a day is a date only where it is
one, and what is not known is null. The odd case that forced the shape: dates of events are of any precision, so that
each has its value as told (``2031-05``) and the first and last day that it leaves open.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from onrecord.ledger.changing import Change
from onrecord.ledger.days import days_of
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.questions import HeldDocument, HeldStatement
from onrecord.nouns import Span
from onrecord.publish.formats import Kind

Day = datetime.date
"""A day, by a name that no column has."""

Moment = datetime.datetime


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table; its fields are the columns."""


class DocumentRow(Row, frozen=True, kw_only=True):
    """A document."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    """As the page has it, with the hour where it gives one."""
    day: Day | None
    path: str | None
    observed: Moment | None
    """When the ledger learnt it."""
    statements: int


class StatementRow(Row, frozen=True, kw_only=True):
    """Words attributed to somebody."""

    document: str
    statement: str
    """Its id in the reading of its document."""
    title: str | None
    outlet: str | None
    day: Day | None
    speaker: str | None
    entity: str | None
    """The id across documents of who speaks."""
    via: tuple[str, ...]
    """By way of whom, the nearest to the reader first."""
    words: str
    start: int
    end: int
    form: str
    kind: str
    polarity: str
    confidence: float


class EventRow(Row, frozen=True, kw_only=True):
    """An event over many documents, as of a day."""

    event: str
    name: str
    kind: str
    status: str
    overdue: bool
    date: str | None
    date_first: Day | None
    date_last: Day | None
    date_settled: str
    date_previous: tuple[str, ...]
    date_against: tuple[str, ...]
    venue: str | None
    venue_settled: str
    venue_previous: tuple[str, ...]
    participants: tuple[str, ...]
    agenda: tuple[str, ...]
    first_seen: Day | None
    last_change: Day | None
    origins: int
    documents: int
    status_origins: int
    date_origins: int
    venue_origins: int


class ClaimRow(Row, frozen=True, kw_only=True):
    """What one document says of one attribute of an event."""

    event: str
    document: str
    outlet: str | None
    day: Day | None
    origin: int | None
    """Claims of one event and of one number here come from one origin."""
    attribute: str
    value: str | None
    settled: str
    statement: str | None
    """The statement that says so; null: the document itself does."""
    by: str | None
    """Who says that statement."""
    start: int | None
    end: int | None
    by_rule: str
    confidence: float


class EvidenceRow(Row, frozen=True, kw_only=True):
    """A passage that decides what is known of an event."""

    event: str
    attribute: str
    document: str
    outlet: str | None
    day: Day | None
    start: int
    end: int
    text: str


class ChangeRow(Row, frozen=True, kw_only=True):
    """One fact of an event that a day changed."""

    event: str
    name: str
    day: Day | None
    attribute: str
    what: str
    was: str | None
    now: str | None
    person: str | None
    document: str | None
    outlet: str | None
    start: int | None
    end: int | None
    text: str | None


def document_rows(held: HeldDocument) -> Iterator[DocumentRow]:
    """Yield the row of a document."""
    yield DocumentRow(
        document=held.name, title=held.title, outlet=held.outlet, published=held.published, day=day_of(held.published),
        path=held.path, observed=_moment(held.observed), statements=held.statements,
    )  # fmt: skip


def statement_rows(held: HeldStatement) -> Iterator[StatementRow]:
    """Yield the row of a statement."""
    start, end = held.span
    yield StatementRow(
        document=held.document, statement=held.number, title=held.title, outlet=held.outlet, day=day_of(held.published),
        speaker=held.speaker, entity=held.entity, via=held.via, words=held.words, start=start, end=end, form=held.form,
        kind=held.kind, polarity=held.polarity, confidence=held.confidence,
    )  # fmt: skip


def event_rows(held: HeldEvent) -> Iterator[EventRow]:
    """Yield the row of an event."""
    state, origins = held.state, held.origins
    days = days_of(state.date.value)
    yield EventRow(
        event=held.id, name=state.name, kind=state.kind, status=state.status, overdue=held.overdue,
        date=state.date.value, date_first=day_of(days and days.first), date_last=day_of(days and days.last),
        date_settled=state.date.settled, date_previous=state.date.previous, date_against=state.date.against,
        venue=state.venue.value, venue_settled=state.venue.settled, venue_previous=state.venue.previous,
        participants=state.participants, agenda=state.agenda, first_seen=day_of(state.first_seen),
        last_change=day_of(state.last_change), origins=origins.independent, documents=origins.documents,
        status_origins=origins.support.status, date_origins=origins.support.date, venue_origins=origins.support.venue,
    )  # fmt: skip


def claim_rows(held: HeldEvent) -> Iterator[ClaimRow]:
    """Yield a row for each claim of each document that tells of an event."""
    for at, told in enumerate(held.thread.tellings):
        said = dict(told.sayers)
        for claim in told.claims:
            start, end = around(claim.span)
            yield ClaimRow(
                event=held.id, document=told.document, outlet=told.outlet, day=day_of(told.day),
                origin=held.origins.of[at] if at < len(held.origins.of) else None, attribute=claim.attribute,
                value=claim.value, settled=claim.settled, statement=claim.statement,
                by=said.get(claim.statement) if claim.statement else None, start=start, end=end,
                by_rule=claim.by_rule, confidence=claim.confidence,
            )  # fmt: skip


def evidence_rows(held: HeldEvent) -> Iterator[EvidenceRow]:
    """Yield a row for each passage that decides what is known of an event."""
    for told, attribute in held.state.evidence:
        yield EvidenceRow(
            event=held.id, attribute=attribute, document=told.document, outlet=told.outlet, day=day_of(told.day),
            start=told.span[0], end=told.span[1], text=told.text,
        )  # fmt: skip


def change_rows(change: Change) -> Iterator[ChangeRow]:
    """Yield the row of a change."""
    told = change.told
    start, end = told.span if told else (None, None)
    yield ChangeRow(
        event=change.event, name=change.name, day=day_of(change.day), attribute=change.attribute, what=change.what,
        was=change.was, now=change.now, person=change.person, document=told.document if told else None,
        outlet=told.outlet if told else None, start=start, end=end, text=told.text if told else None,
    )  # fmt: skip


class Table(NamedTuple):
    """The rows of a table, and what they are made of."""

    row: type[Row]
    rows: Callable[[Any], Iterator[Row]]

    def of(self, things: Iterable[Any]) -> Iterator[Row]:
        """Yield the rows of all things."""
        return (row for thing in things for row in self.rows(thing))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.row.__struct_fields__


TABLES: dict[Kind, Table] = {
    "documents": Table(DocumentRow, document_rows),
    "statements": Table(StatementRow, statement_rows),
    "events": Table(EventRow, event_rows),
    "claims": Table(ClaimRow, claim_rows),
    "evidence": Table(EvidenceRow, evidence_rows),
    "changes": Table(ChangeRow, change_rows),
}


def around(spans: tuple[Span, ...]) -> tuple[int | None, int | None]:
    """Return from where to where some words go; None where there are none."""
    return (spans[0][0], spans[-1][1]) if spans else (None, None)


def day_of(value: str | None) -> Day | None:
    """Return the day of a date or time; None where that is less than a day, or none."""
    try:
        return Day.fromisoformat(value[: len("2031-05-22")]) if value and len(value) >= len("2031-05-22") else None
    except ValueError:
        return None


def _moment(value: str) -> Moment | None:
    try:
        return Moment.fromisoformat(value)
    except ValueError:
        return None

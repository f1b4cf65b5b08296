"""What a ledger answers about events, as objects for other programs: the command line's lines, the API, assistants.

Promise: the fields are those that docs/ledger.md gives; every value comes with the passages that say so. The odd case
that forced the shape: an answer of the ledger holds whole threads, of which a program needs what stands, since when
and where it is written, and no more. What else a ledger answers (documents, statements, entities) are such objects
already.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict

from onrecord.ledger.changing import Change
from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.items import Several, What, Worded
from onrecord.ledger.origins import Support
from onrecord.ledger.outbox import Alert
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.nouns import Span
from onrecord.publish.site import Site

if TYPE_CHECKING:
    from onrecord.publish.brief import Brief

OVER = frozenset({"cancelled", "underway", "occurred"})
"""States of an event of which nothing is open any more."""


class PassageObject(msgspec.Struct, frozen=True):
    """The words of a document that tell something of an event; ``span`` counts code points of its text."""

    document: str
    day: str
    span: Span
    text: str
    claim: str | UnsetType = UNSET
    """The attribute that they decide; else ``status``: the state that they tell."""
    status: str | UnsetType = UNSET
    version: str | None = None
    """Which of the texts of its document's id tells it, where a later one came in; null: the last of them."""


class ValueObject(msgspec.Struct, frozen=True):
    """What is known of a date or a venue."""

    value: str | None
    settled: str
    """``settled``, ``provisional``, ``open``, ``contested`` or ``not_mentioned``."""
    previous: tuple[str, ...]
    against: tuple[str, ...]


class EventObject(msgspec.Struct, frozen=True, kw_only=True):
    """An event as of a day: a line of ``onrecord events --json``."""

    id: str
    name: str
    kind: str
    status: str
    overdue: bool
    participants: tuple[str, ...]
    date: ValueObject
    venue: ValueObject
    agenda: tuple[str, ...]
    first_seen: str
    last_change: str
    origins: int
    documents: int
    support: Support
    evidence: tuple[PassageObject, ...]


class RelatedObject(msgspec.Struct, frozen=True):
    """Another event and how this one stands to it."""

    kind: str
    event: str
    name: str
    status: str
    date: str | None
    decision: int | None = None
    """The number of the decision by which it is so; null: documents tell it."""


class FactObject(msgspec.Struct, frozen=True):
    """One fact of an event that a day changed."""

    day: str
    attribute: str
    what: str
    was: str | None
    now: str | None


class TellingObject(msgspec.Struct, frozen=True, kw_only=True):
    """The words in which one document tells of an event, why it is the same one, and of which origin they are."""

    document: str
    day: str
    span: Span
    text: str
    status: str
    why: tuple[str, ...]
    origin: int
    version: str | None = None
    """Which of the texts of its document's id tells it, where a later one came in; null: the last of them."""


class TurnObject(msgspec.Struct, frozen=True):
    """A telling that brought something of one who takes part, of a point of an agenda and the like."""

    day: str
    what: What
    """``new``: the first; ``origin``: by another origin; ``named``: by a fuller name; ``confirmed``: settled now;
    ``doubted``: in less firm words; ``corrected``: a person decided it."""
    called: str
    """By what name."""
    settled: str
    by: str | None
    """Whose statement says so; null: the document itself does."""
    document: str
    span: Span
    version: str | None = None


class ItemObject(msgspec.Struct, frozen=True, kw_only=True):
    """One of those who take part, of the points of an agenda and the like, with its words and its history."""

    attribute: Several
    value: str
    settled: str
    since: str
    origins: int
    """How many origins tell it independently."""
    by: str | None
    """Whose statement says so in the passage; null: the document itself does."""
    passage: PassageObject
    """Where it was told last, by one who is sure before others; ``text``: the words of the span and those around."""
    turns: tuple[TurnObject, ...]


class BriefObject(EventObject, frozen=True, kw_only=True):
    """All that a ledger holds on one event: the object of ``onrecord event --json``."""

    open: tuple[str, ...]
    """What of it is not settled, in words."""
    items: tuple[ItemObject, ...]
    """Who takes part, the agenda, host, format and goal, each by itself."""
    related: tuple[RelatedObject, ...]
    changes: tuple[FactObject, ...]
    history: tuple[TellingObject, ...]
    decisions: tuple[Decision, ...]

    def _repr_html_(self) -> str:
        from onrecord.publish.notebook import brief_html

        return brief_html(self)


class DecisionObject(Decision, frozen=True, kw_only=True):
    """A decision with the ids of the documents that it is about: a line of ``onrecord decisions --json``."""

    documents: tuple[str, ...]


class ChangeObject(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of some event that a day changed: a line of ``onrecord changes --json``."""

    day: str
    event: str
    name: str
    attribute: str
    what: str
    was: str | None
    now: str | None
    person: str | None
    passage: PassageObject | None


class AlertObject(ChangeObject, frozen=True, kw_only=True):
    """A change that an alert rule asked for: a line of ``onrecord alert run --json``, and what a webhook tells."""

    rule: str
    outlet: str | None
    """Who printed the passage."""
    origins: int | None
    """How many tell it independently of each other, of a status, a date or a venue; None: not counted."""
    link: str | None
    """The page of the event; None where the rule has no address of the pages."""
    passage_link: str | None = None
    """The passage, lit up in its document as of the day of the change; None also where no passage tells it."""


def event_object(held: HeldEvent) -> EventObject:
    """Return an event as of a day for other programs."""
    return EventObject(**_event(held))


def brief_object(brief: Brief) -> BriefObject:
    """Return all that a ledger holds on an event for other programs."""
    held = brief.held
    told = zip(held.thread.tellings, held.thread.reasons, held.origins.of, strict=True)
    return BriefObject(
        **_event(held),
        open=tuple(still_open(held)),
        items=tuple(map(_item, brief.items)),
        related=tuple(
            RelatedObject(
                each.kind, each.event.id, each.event.state.name, each.event.state.status, each.event.state.date.value,
                each.decision,
            )
            for each in brief.related
        ),
        changes=tuple(
            FactObject(each.day, each.attribute, each.what, each.was, each.now) for each in brief.changes
        ),
        history=tuple(
            TellingObject(
                document=each.document, day=each.day, span=each.span, text=each.text, status=each.status, why=why,
                origin=origin, version=each.version,
            )
            for each, why, origin in told
        ),
        decisions=tuple(brief.decided),
    )  # fmt: skip


def _item(worded: Worded) -> ItemObject:
    item, best, words = worded
    told = best.told
    passage = PassageObject(
        told.document, told.day, best.place.span, "".join(words), claim=item.attribute, version=told.version
    )
    turns = tuple(
        TurnObject(
            each.told.day, each.what, each.called, each.settled, each.speaker, each.told.document, each.place.span,
            each.told.version,
        )
        for each in item.turns
    )  # fmt: skip
    return ItemObject(
        attribute=item.attribute, value=item.value, settled=best.settled, since=item.said[0].told.day,
        origins=item.origins, by=best.speaker, passage=passage, turns=turns,
    )  # fmt: skip


def decision_object(decision: Decision, documents: tuple[str, ...]) -> DecisionObject:
    """Return a decision for other programs; ``documents``: the ids of those that it is about."""
    return DecisionObject(**asdict(decision), documents=documents)


def change_object(change: Change) -> ChangeObject:
    """Return a change for other programs."""
    return ChangeObject(**_change(change))


def alert_object(alert: Alert, site: Site) -> AlertObject:
    """Return an alert for other programs. ``site``: where the pages are."""
    change = alert.change
    return AlertObject(
        **_change(change), rule=alert.rule, outlet=change.told.outlet if change.told else None, origins=alert.origins,
        link=site.event(change.event), passage_link=passage_link(alert, site),
    )  # fmt: skip


def passage_link(alert: Alert, site: Site) -> str | None:
    """Return the address of the passage that tells an alert, as of its day, in the text that told it."""
    told = alert.change.told
    if told is None:
        return None
    return dataclasses.replace(site, as_of=told.day).passage(told.document, told.span, alert.edition)


def passage_object(told: Told, attribute: str) -> PassageObject:
    """Return a passage, with what it decides or else the state that it tells."""
    if attribute:
        return PassageObject(told.document, told.day, told.span, told.text, claim=attribute, version=told.version)
    return PassageObject(told.document, told.day, told.span, told.text, status=told.status, version=told.version)


def still_open(held: HeldEvent) -> list[str]:
    """Return in words what of an event that lies ahead is not settled."""
    if held.state.status in OVER:
        return []
    values = {"date": held.state.date, "venue": held.state.venue}
    found = [
        f"{name} ({value.settled.replace('_', ' ')})" for name, value in values.items() if value.settled != "settled"
    ]
    return found + (["whether it takes place"] if held.state.status == "mooted" else [])


def _event(held: HeldEvent) -> dict[str, Any]:
    state = held.state
    return {
        "id": held.id,
        "name": state.name,
        "kind": state.kind,
        "status": state.status,
        "overdue": held.overdue,
        "participants": state.participants,
        "date": _value(state.date),
        "venue": _value(state.venue),
        "agenda": state.agenda,
        "first_seen": state.first_seen,
        "last_change": state.last_change,
        "origins": held.origins.independent,
        "documents": held.origins.documents,
        "support": held.origins.support,
        "evidence": tuple(passage_object(told, attribute) for told, attribute in state.evidence),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "day": change.day,
        "event": change.event,
        "name": change.name,
        "attribute": change.attribute,
        "what": change.what,
        "was": change.was,
        "now": change.now,
        "person": change.person,
        "passage": passage_object(change.told, change.attribute) if change.told else None,
    }


def _value(value: Value) -> ValueObject:
    return ValueObject(value.value, value.settled, value.previous, value.against)

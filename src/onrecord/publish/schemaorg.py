"""Events, statements and documents as schema.org JSON-LD, which search engines and knowledge graphs read.

Promise: one ``@graph`` whose ids lead from event to article and from quotation to article; no status, date or type that
schema.org has no word for is forced into one that it has. The odd case that forced the shape: what is only mooted has
no ``eventStatus``, and a date that is provisional looks settled in ``startDate``; so status and standing are told once
more in ``additionalProperty``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from onrecord.ledger.events import HeldEvent
from onrecord.ledger.places import place_of
from onrecord.ledger.questions import HeldDocument, HeldStatement
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.publish.calendar import few_days
from onrecord.publish.facts import POLARITY_NAMES
from onrecord.publish.formats import Kind
from onrecord.publish.site import NOWHERE, Site, urn

VOCABULARY = "https://schema.org"

STATUS = {
    "planned": "EventScheduled", "scheduled": "EventScheduled", "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}  # fmt: skip
"""What each status is to schema.org; it has no word for the others."""

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")

Object = dict[str, Any]


def graph(things: Iterable[Any], site: Site = NOWHERE, kind: Kind = "events") -> Iterator[bytes]:
    """Yield the parts of a JSON-LD file of events, statements or documents, one of the graph a line.

    It can stand in a page's ``<script type="application/ld+json">`` as it is: no ``<`` is in it.
    """
    yield b'{"@context":"%s","@graph":[' % VOCABULARY.encode()
    begun = False
    for thing in things:
        yield (b",\n" if begun else b"\n") + msgspec.json.encode(NODES[kind](thing, site)).replace(b"<", b"\\u003c")
        begun = True
    yield b"\n]}\n"


def event_node(held: HeldEvent, site: Site) -> Object:
    """Return an event."""
    state = held.state
    return _without_empty(
        {
            "@type": "Event",
            "@id": urn("event", held.id),
            "url": site.event(held.id),
            "name": state.name,
            **_dates(state.date),
            "eventStatus": _status(held),
            "previousStartDate": next(filter(_ISO.fullmatch, reversed(state.date.previous)), None),
            "location": {"@type": "Place", "name": state.venue.value} if state.venue.value else None,
            "attendee": [{"name": name} for name in state.participants],
            "about": [{"name": name} for name in state.agenda],
            "additionalProperty": [
                _property("kind", state.kind),
                _property("status", state.status),
                *_standing("date", state.date),
                *_standing("venue", state.venue),
            ],
            "subjectOf": [_teller(told, site) for told in _documents(held)],
        }
    )


def statement_node(held: HeldStatement, site: Site) -> Object:
    """Return a statement: a Quotation where the words are the speaker's own, in whole or in part."""
    speaker = {"@id": urn("entity", held.entity) if held.entity else None, "name": held.speaker}
    does = POLARITY_NAMES.get(held.polarity, held.polarity)
    told = f"{' '.join(filter(None, (held.speaker or 'somebody not named', does)))}: {held.words}"
    return _without_empty(
        {
            "@type": "Statement" if held.form == "indirect" else "Quotation",
            "@id": urn("statement", *_text(held.document, held.version), place_of(held.span)),
            "url": site.statement(held.document, held.span, held.edition),
            "text": held.words,
            "description": told,
            "creator": _without_empty(speaker),
            "isBasedOn": [{"@type": "CreativeWork", "creator": {"name": name}} for name in held.via],
            "keywords": [held.form, held.kind, held.polarity],
            "isPartOf": _article(_text(held.document, held.version), held.title, held.outlet, held.published, site),
        }
    )


def document_node(held: HeldDocument, site: Site) -> Object:
    """Return a document."""
    return _article(_text(held.name, held.version), held.title, held.outlet, held.published, site)


NODES: dict[Kind, Callable[[Any, Site], Object]] = {
    "events": event_node, "statements": statement_node, "documents": document_node,
}  # fmt: skip


Text = tuple[str] | tuple[str, str]
"""The id of a document, and where a later text came in under it which of them it is."""


def _text(document: str, version: str | None) -> Text:
    return (document, version) if version else (document,)


def _article(text: Text, title: str | None, outlet: str | None, published: str | None, site: Site) -> Object:
    return _without_empty(
        {
            "@type": "NewsArticle",
            "@id": urn("document", *text),
            "url": site.document(*text),
            "headline": title,
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "datePublished": published,
        }
    )


def _teller(told: Told, site: Site) -> Object:
    return _article(_text(told.document, told.version), None, told.outlet, told.day, site)


def _documents(held: HeldEvent) -> list[Told]:
    return list({(told.document, told.version): told for told in held.thread.tellings}.values())


def _status(held: HeldEvent) -> str | None:
    found = STATUS.get(held.state.status)
    if held.state.status == "scheduled" and held.state.date.previous:
        found = "EventRescheduled"
    return f"{VOCABULARY}/{found}" if found else None


def _dates(value: Value) -> Object:
    """A date as precise as it is told, or the first and last of few days; nothing for a span in which it lies."""
    if value.value and _ISO.fullmatch(value.value):
        return {"startDate": value.value}
    days = few_days(value.value)
    return {"startDate": days.first.isoformat(), "endDate": days.last.isoformat()} if days else {}


def _standing(attribute: str, value: Value) -> Iterator[Object]:
    yield _property(f"{attribute} is", value.settled)
    if attribute == "date" and value.value:
        yield _property("date as told", value.value)
    yield from (_property(f"{attribute} by others", each) for each in value.against)


def _property(name: str, value: str) -> Object:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _without_empty(found: Object) -> Object:
    return {key: value for key, value in found.items() if value not in (None, [], {})}

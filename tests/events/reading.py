"""How the tests of this room read a text: parse it, find its statements, give its events in words."""

from __future__ import annotations

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Claim, Event, Source
from onrecord.page import read_page
from onrecord.statements import find_statements

TOLD_ON = "2031-04-08"
"""A Tuesday."""


def events_of(text: str, published: str | None = TOLD_ON) -> tuple[Event, ...]:
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=published)
    (annotated,) = annotate([read_page(source)])
    assert annotated.document.text == text
    return find_events(annotated, find_statements(annotated)).events


def only(text: str, published: str | None = TOLD_ON) -> Event:
    (event,) = events_of(text, published)
    return event


def values(event: Event, attribute: str) -> list[str | None]:
    return [claim.value for claim in event.claims if claim.attribute == attribute]


def claim(event: Event, attribute: str) -> Claim:
    return next(claim for claim in event.claims if claim.attribute == attribute)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]

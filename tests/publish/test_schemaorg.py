"""Events, statements and documents as schema.org JSON-LD, as another processor reads them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.nouns import Status
from onrecord.publish.formats import Kind
from onrecord.publish.schemaorg import graph
from onrecord.publish.site import NOWHERE, Site
from tests.publish.held import CALLED_OFF, DATED, DATED_AGAIN, MOOTED, PUT_OFF, held, keepable, told
from tests.publish.linked import SCHEMA, expanded, keys, triples
from tests.publish.test_tables import DOCUMENT, STATEMENT

DESK = Site(base="https://desk.example")


def node(thing: Any, kind: Kind = "events", site: Site = NOWHERE) -> Any:
    found = json.loads(b"".join(graph([thing], site, kind)))
    assert found["@context"] == "https://schema.org"
    (only,) = found["@graph"]
    return only


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("mooted", None),
        ("planned", "EventScheduled"),
        ("scheduled", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("underway", None),
        ("occurred", None),
    ],
)
def test_each_status_is_what_schema_org_calls_it_or_nothing(status: Status, expected: str | None) -> None:
    found = node(held(told("2031-04-15", status, ("date", "2031-05-22", "settled"))))
    assert found.get("eventStatus") == (expected and f"https://schema.org/{expected}")
    assert {"@type": "PropertyValue", "name": "status", "value": status} in found["additionalProperty"]
    assert found["startDate"] == "2031-05-22"


def test_what_is_put_off_and_dated_again_keeps_the_day_that_it_had() -> None:
    off, again = node(held(MOOTED, DATED, PUT_OFF)), node(held(MOOTED, DATED, PUT_OFF, DATED_AGAIN))
    assert (off["eventStatus"], off["previousStartDate"]) == ("https://schema.org/EventPostponed", "2031-05-22")
    assert "startDate" not in off
    assert (again["eventStatus"], again["startDate"]) == ("https://schema.org/EventRescheduled", "2031-06-05")
    assert node(held(DATED, CALLED_OFF))["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("2031", ("2031", None)),
        ("2031-05", ("2031-05", None)),
        ("2031-05-23/2031-05-25", ("2031-05-23", "2031-05-25")),
        ("2031-06-06/2031-06-20", (None, None)),
        ("2031-W20", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_date_is_as_precise_as_it_is_told(value: str | None, dates: tuple[str | None, str | None]) -> None:
    found = node(held(told("2031-04-15", "scheduled", ("date", value, "provisional" if value else "open"))))
    assert (found.get("startDate"), found.get("endDate")) == dates
    told_so = {each["name"]: each["value"] for each in found["additionalProperty"]}
    assert told_so["date is"] == ("provisional" if value else "open")
    assert told_so.get("date as told") == value


def test_ids_lead_from_the_event_and_the_quotation_to_the_article() -> None:
    event, quote, article = node(held(MOOTED, DATED)), node(STATEMENT, "statements"), node(DOCUMENT, "documents")
    assert [each["@id"] for each in event["subjectOf"]] == [
        "urn:onrecord:document:courier-2031-03-11", "urn:onrecord:document:courier-2031-04-15",
    ]  # fmt: skip
    assert quote["isPartOf"]["@id"] == article["@id"] == "urn:onrecord:document:courier-1"
    assert article["publisher"] == {"@type": "Organization", "name": "The Courier"}
    assert node(STATEMENT, "statements", DESK)["url"] == DESK.statement("courier-1", STATEMENT.span, STATEMENT.edition)
    assert "url" not in quote


def test_only_words_of_the_speaker_are_a_quotation_and_what_is_denied_says_so() -> None:
    quote, indirect = (
        node(STATEMENT, "statements"),
        replace(STATEMENT, form="indirect", polarity="denied", speaker=None),
    )
    reported = node(indirect, "statements")
    assert (quote["@type"], reported["@type"]) == ("Quotation", "Statement")
    assert quote["creator"] == {"@id": "urn:onrecord:entity:P0123456789", "name": "Mara Lindqvist"}
    assert [each["creator"]["name"] for each in quote["isBasedOn"]] == ["VNA", "KarsTel"]
    assert reported["description"] == "somebody not named denies: =1+1; “we will”"
    assert reported["keywords"] == ["indirect", "speech", "denied"]


@pytest.mark.parametrize(
    ("kind", "thing"), [("events", held(DATED)), ("statements", STATEMENT), ("documents", DOCUMENT)]
)
def test_another_processor_knows_every_term(kind: Kind, thing: Any) -> None:
    found = json.loads(b"".join(graph([thing], DESK, kind)))
    (only,) = expanded(found)
    assert all(key.startswith(SCHEMA) for key in keys(only)) and len(keys(only)) >= 4
    lines = triples(found)
    if kind == "events":
        assert any(f"<{SCHEMA}eventStatus> <https://schema.org/EventScheduled>" in line for line in lines)
        assert any(f'<{SCHEMA}startDate> "2031-05-22"^^<{SCHEMA}Date>' in line for line in lines)


class Page(HTMLParser):
    """What a browser finds in a page: its tags, and the data of its script."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.script += data


@settings(deadline=None)
@given(st.lists(keepable, min_size=5, max_size=5))
def test_whatever_a_text_holds_it_can_stand_in_a_page(texts: list[str]) -> None:
    words, speaker, title, outlet, document = texts
    said = replace(STATEMENT, words=words, speaker=speaker, title=title, outlet=outlet, document=document)
    raw = b"".join(graph([said], DESK, "statements")).decode()
    page = Page()
    page.feed(f'<script type="application/ld+json">{raw}</script>')
    assert page.tags == ["script"]
    assert json.loads(page.script)["@graph"][0]["text"] == words or not words

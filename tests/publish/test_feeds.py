"""What changed as Atom and JSON Feed, as feed readers see it."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger.changing import Change, changes_of
from onrecord.publish.entries import LATEST
from onrecord.publish.feeds import atom, items, json_feed
from onrecord.publish.site import NOWHERE, Site
from tests.publish.held import DATED, DATED_AGAIN, MOOTED, PUT_OFF, held, hostile, told

DESK = Site(title="Summits & talks", base="https://desk.example/", itself="https://desk.example/changes.atom")
STORY = changes_of("E0123456789", held(MOOTED, DATED, PUT_OFF, DATED_AGAIN).thread)


def parsed(changes: list[Change], site: Site = NOWHERE) -> Any:
    found = feedparser.parse(b"".join(atom(changes, site)))
    assert not found.bozo, found.get("bozo_exception")
    return found


def as_json(changes: list[Change], site: Site = NOWHERE) -> Any:
    return json.loads(b"".join(json_feed(changes, site)))


def test_an_item_is_what_a_day_changed_of_an_event_newest_first() -> None:
    found = parsed(STORY, DESK)
    assert (found.version, found.feed.title) == ("atom10", "Summits & talks")
    assert found.feed.updated == "2031-05-20T00:00:00Z"
    assert [each.updated for each in found.entries] == [
        f"2031-{day}T00:00:00Z" for day in ("05-20", "05-16", "04-15", "03-11")
    ]
    name, *facts = found.entries[1].title.split(": ", 1)
    assert name == "Velik–Dalgard summit"
    assert facts == ["status changed: scheduled → postponed; date withdrawn: 2031-05-22 (settled) → none (open)"]
    assert found.entries[0].link == "https://desk.example/events/E0123456789"
    assert [tag.term for tag in found.entries[2].tags] == ["status", "date", "venue"]
    assert found.entries[0].author == "The Ostrev Courier"


def test_an_item_shows_the_passage_that_tells_it_and_leads_to_its_document() -> None:
    content = parsed(STORY, DESK).entries[0].content[0]
    assert content.type == "text/html"
    assert "“The Velik–Dalgard summit is to be held.”" in content.value
    assert 'href="https://desk.example/documents/courier-2031-05-20?passage=4-24#p4-24"' in content.value


def test_ids_stay_while_the_day_changed_the_same_and_are_others_when_it_changed_more() -> None:
    later = told("2031-06-01", "cancelled")
    more = told("2031-05-20", "scheduled", ("venue", "Tarnholm", "settled"), document="gazette")
    before = [each.id for each in items(STORY)]
    afterwards = [
        [each.id for each in items(changes_of("E0123456789", held(MOOTED, DATED, PUT_OFF, DATED_AGAIN, extra).thread))]
        for extra in (later, more)
    ]
    assert len(set(before)) == 4
    assert afterwards[0][1:] == before
    assert afterwards[1][1:] == before[1:] and afterwards[1][0] != before[0]
    assert all(re.fullmatch(r"urn:onrecord:change:E0123456789:2031-\d\d-\d\d:[0-9a-f]{12}", each) for each in before)


def test_the_json_feed_has_the_same_items() -> None:
    found, other = as_json(STORY, DESK), parsed(STORY, DESK)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert (found["home_page_url"], found["feed_url"]) == (DESK.base, DESK.itself)
    assert [each["id"] for each in found["items"]] == [each.id for each in other.entries]
    assert [each["title"] for each in found["items"]] == [each.title for each in other.entries]
    assert [each["date_published"] for each in found["items"]] == [each.updated for each in other.entries]
    assert all(each["content_html"] and each["url"] and each["authors"] for each in found["items"])


def test_without_pages_there_are_no_links_and_without_changes_no_items() -> None:
    found = parsed([])
    assert (found.entries, found.feed.id) == ([], "urn:onrecord:feed:On%20record")
    assert found.feed.updated == "1970-01-01T00:00:00Z"
    assert "href" not in b"".join(atom(STORY)).decode()
    plain = as_json(STORY)
    assert "home_page_url" not in plain and all("url" not in each for each in plain["items"])


def test_a_decision_of_a_person_is_told_with_the_person() -> None:
    decided = Change("E1", "summit", "date", "corrected", "2031-05-22", "2031-06-01", "2031-06-02", None, "Ida Ruhl")
    (found,) = parsed([decided]).entries
    assert found.author == "Ida Ruhl"
    assert found.title == "summit: date corrected by Ida Ruhl: 2031-05-22 → 2031-06-01"
    assert "blockquote" not in found.content[0].value


def test_a_feed_has_the_newest_only() -> None:
    days = [f"20{year:02d}-{month:02d}-01" for year in range(31, 60) for month in range(1, 13)]
    many = [Change("E1", "summit", "status", "changed", "planned", day, day, None) for day in days]
    found = as_json(many)["items"]
    assert len(found) == LATEST
    assert [each["date_published"] for each in found] == [f"{day}T00:00:00Z" for day in days[: -LATEST - 1 : -1]]


@settings(deadline=None)
@given(st.lists(hostile, min_size=6, max_size=6))
def test_whatever_a_text_holds_stays_text(texts: list[str]) -> None:
    name, text, outlet, document, was, now = texts
    passage = told("2031-04-15", "scheduled", text=text, outlet=outlet, document=document)
    change = Change("E1", name, "venue", "changed", was, now, "2031-04-15", passage)
    site = Site(title=name, base="https://desk.example")
    raw = b"".join(atom([change], site))
    root = ElementTree.fromstring(raw)  # noqa: S314 - ours
    inside = root.findtext("{*}entry/{*}content") or ""
    (same,) = as_json([change], site)["items"]
    assert same["content_html"] == inside
    tags = set(re.findall(r"<(/?\w+)", inside))
    assert tags <= {each for tag in ("ul", "li", "blockquote", "p", "a") for each in (tag, f"/{tag}")}
    links = re.findall(r'(?:href|cite)="([^"]*)"', inside)
    assert all(each.startswith("https://desk.example/documents/") for each in links)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", inside + same["title"])
    assert "\n" not in same["title"]

"""What pages show, as files: by suffix, with the days and words of the address, read back by other people's parsers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar
from litestar.testing import TestClient

import onrecord.reading
from onrecord.nouns import Attribute, Reading, Settled, Source
from onrecord.publish.formats import FORMATS
from onrecord.web.app import application
from tests.ledger.keeping import filled
from tests.ledger.test_events import BOTH, telling
from tests.web.serving import Client

Serve = Callable[..., Client]


def summit(client: Client) -> str:
    """Return the id of the summit of the sample story."""
    name: str = client.get("/api/v1/events", params={"q": "summit"}).json()["items"][0]["id"]
    return name


def test_one_event_is_a_calendar_as_of_a_day(client: Client) -> None:
    name = summit(client)
    days = {}
    for as_of in ("2031-04-20", "2031-06-10"):
        answer = client.get(f"/events/{name}.ics", params={"as_of": as_of})
        assert answer.headers["Content-Type"].startswith("text/calendar") and answer.status_code == 200
        (entry,) = Calendar.from_ical(answer.text).events
        days[as_of] = str(entry.start)
        assert str(entry["uid"]) == f"{name}@onrecord"
        assert str(entry["url"]) == f"http://testserver.local/events/{name}?as_of={as_of}"
    assert days == {"2031-04-20": "2031-05-22", "2031-06-10": "2031-06-05"}


def test_a_search_is_a_calendar_that_is_not_sent_twice(client: Client) -> None:
    answer = client.get("/events.ics", params={"q": "summit"})
    assert f"{summit(client)}@onrecord" in answer.text
    again = client.get("/events.ics", params={"q": "summit"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_what_changed_is_a_feed_of_the_last_weeks_or_of_the_days_asked_for(client: Client) -> None:
    lately = feedparser.parse(client.get("/changes.atom").content)
    assert lately.version == "atom10" and lately.entries and not lately.bozo
    assert min(entry.updated for entry in lately.entries) > "2031-05-09"
    early = feedparser.parse(client.get("/changes.atom", params={"to": "2031-03-31"}).content)
    assert early.entries and max(entry.updated for entry in early.entries) < "2031-04-01"


def test_a_calendar_of_everything_is_of_the_last_weeks_and_what_lies_ahead(client: Client) -> None:
    days = [entry.start.isoformat() for entry in Calendar.from_ical(client.get("/events.ics").text).events]
    assert days == sorted(days) and days[0] >= "2031-05-09" and days[-1] > "2031-06-06"
    every = Calendar.from_ical(client.get("/events.ics", params={"from": "2031-01-01"}).text).events
    assert len(every) > len(days)


TWO: tuple[tuple[Attribute, str | None, Settled], ...] = (
    ("participant", "Ana Dalgard", "settled"),
    ("participant", "Ida Ruhl", "settled"),
)
SET = telling("2031-04-10", "Dalgard will meet Velik at a summit.", "summit", "scheduled", *BOTH,
              ("date", "2031-06-16", "settled"))  # fmt: skip
PUT_OFF = telling("2031-05-02", "Dalgard has put off the summit with Velik.", "summit", "postponed", *BOTH,
                  ("previous_date", "2031-06-16", "settled"))  # fmt: skip
DROPPED = telling("2031-05-20", "Dalgard has called off the summit with Velik.", "summit", "cancelled", *BOTH)
SET_ANEW = telling("2031-05-20", "Dalgard and Velik agreed on a summit.", "summit", "scheduled", *BOTH,
                   ("date", "2031-07-01", "settled"))  # fmt: skip
VOTE = telling("2031-04-12", "Dalgard and Ruhl stand at the election.", "election", "scheduled", *TWO,
               ("date", "2031-06-20", "settled"))  # fmt: skip
NEVER_DATED = telling("2031-04-12", "Dalgard will meet Ruhl at a summit.", "summit", "planned", *TWO)
WITHOUT_WORDS: tuple[dict[str, str], ...] = (
    {},
    {"from": "2031-06-10"},
    {"to": "2031-06-17"},
    {"from": "2031-06-10", "to": "2031-06-17"},
)
ASKED = (*WITHOUT_WORDS, *({"q": "Dalgard Velik summit"} | each for each in WITHOUT_WORDS))


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Return what makes the address of a ledger of these documents answer."""

    def serve(*story: tuple[Source, Reading]) -> Client:
        known = {given.id: reading for given, reading in story}
        monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: (known[each.id] for each in sources))
        filled(tmp_path / "a", *(given for given, _ in story))[0].close()
        return TestClient(application(tmp_path / "a"))

    return serve


def entries(client: Client, **asked: str) -> list[tuple[str, str]]:
    """Return the day and the status of each entry of a calendar."""
    every = Calendar.from_ical(client.get("/events.ics", params=asked).text).events
    return [(each.start.isoformat(), str(each["status"])) for each in every]


@pytest.mark.parametrize("asked", [*ASKED, *({"status": "scheduled"} | each for each in ASKED)])
def test_what_is_put_off_or_called_off_stays_in_the_calendars_that_had_it(serve: Serve, asked: dict[str, str]) -> None:
    with serve(SET, PUT_OFF, DROPPED) as client:
        days = ("2031-04-12", "2031-05-02", "2031-05-20")
        told = [entries(client, **asked, as_of=day) for day in days]
        assert told == [[("2031-06-16", status)] for status in ("CONFIRMED", "TENTATIVE", "CANCELLED")]


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_what_stands_otherwise_again_is_in_no_calendar_of_what_it_was(serve: Serve, status: str) -> None:
    with serve(SET, PUT_OFF, SET_ANEW) as client:
        assert entries(client, status=status) == entries(client, to="2031-06-20") == []
        assert entries(client, status="scheduled") == [("2031-07-01", "CONFIRMED")]


def test_what_never_had_a_day_is_in_no_calendar_of_days(serve: Serve) -> None:
    with serve(SET, NEVER_DATED) as client:
        for asked in WITHOUT_WORDS:
            assert client.get("/events.ics", params=asked).text.count("\nUID:") == 1


def test_a_feed_of_changes_of_a_status_tells_that_it_was_called_off(serve: Serve) -> None:
    with serve(SET, PUT_OFF, DROPPED, NEVER_DATED) as client:
        told = feedparser.parse(client.get("/changes.atom", params={"status": "scheduled"}).content).entries
        assert any("cancelled" in entry.title for entry in told)


def test_lists_and_tables_go_by_how_events_stand_now(serve: Serve) -> None:
    with serve(SET, PUT_OFF, DROPPED) as client:
        for asked in ({"from": "2031-06-10", "to": "2031-06-17"}, {"status": "scheduled", "q": "Velik"}):
            assert client.get("/api/v1/events", params=asked).json()["items"] == []
            assert client.get("/events.jsonl", params=asked).text == ""


@pytest.mark.parametrize("page", ["/events?kind=election&q=Dalgard", "/search?what=events&kind=election&q=Dalgard"])
def test_a_search_that_is_taken_along_keeps_its_kind(serve: Serve, page: str) -> None:
    with serve(SET, VOTE) as client:
        text = unescape(client.get(page).text)
        for suffix in (".ics", ".jsonl"):
            (link,) = set(re.findall(rf'href="(/events{re.escape(suffix)}[?][^"]*)"', text))
            assert "Ruhl" in client.get(link).text and "Velik" not in client.get(link).text
            assert "Velik" in client.get(link.replace("&kind=election", "")).text


@pytest.mark.parametrize("page", ["/events?q=Velik", "/search?what=events&q=Velik"])
def test_what_changes_about_the_events_of_a_search_is_offered_as_a_feed(serve: Serve, page: str) -> None:
    with serve(SET, PUT_OFF, VOTE) as client:
        text = unescape(client.get(f"{page}&from=2031-06-01").text)
        assert (
            'href="/changes.atom?q=Velik"' in text and 'href="/subscribe?to=%2Fchanges.feed.json%3Fq%3DVelik"' in text
        )
        told = feedparser.parse(client.get("/changes.atom?q=Velik").content).entries
        (event,) = client.get("/api/v1/events?q=Velik").json()["items"]
        assert told and {entry.id.split(":")[3] for entry in told} == {event["id"]}
        assert "/changes.atom?" not in unescape(client.get("/events?from=2031-06-01").text)


@pytest.mark.parametrize("more", [{}, {"q": "Dalgard"}, {"from": "2031-06-01"}, {"to": "2031-06-30"}])
def test_a_kind_chooses_events_and_what_changed_about_them(serve: Serve, more: dict[str, str]) -> None:
    with serve(SET, VOTE) as client:
        asked = {"kind": "election"} | more
        found = client.get("/events.jsonl", params=asked).text
        assert "Ruhl" in found and "Velik" not in found
        assert [each["kind"] for each in client.get("/api/v1/events", params=asked).json()["items"]] == ["election"]
        assert entries(client, **asked) == [("2031-06-20", "CONFIRMED")]
        changed = client.get("/changes.jsonl", params={"kind": "election"}).text.splitlines()
        assert {json.loads(line)["event"] for line in changed} == {json.loads(found)["id"]}


def test_a_search_of_statements_is_a_feed_of_what_is_said_lately_and_called_by_what_it_asks(client: Client) -> None:
    asked = {"by": "Lindqvist", "from": "2031-01-01"}
    every = client.get("/statements.csv", params=asked)
    said = list(csv.DictReader(StringIO(every.content.decode("utf-8-sig"))))
    assert said and len({row["entity"] for row in said}) == 1
    found = feedparser.parse(client.get("/statements.atom", params=asked).content)
    assert not found.bozo and found.feed.title == "On record · said by Lindqvist"
    assert len(found.entries) == len(said)
    days = [entry.updated for entry in found.entries]
    assert days == sorted(days, reverse=True)
    lately = feedparser.parse(client.get("/statements.atom", params={"by": "Lindqvist"}).content)
    assert 0 < len(lately.entries) < len(found.entries)
    quoted = client.get("/statements.feed.json", params=asked | {"form": "direct", "q": "venue"}).json()["items"]
    assert quoted and all("venue" in each["content_html"].lower() and each["tags"] == ["quoted"] for each in quoted)


def test_a_table_of_one_form_holds_all_of_it(client: Client) -> None:
    def rows(**asked: str) -> list[dict[str, str]]:
        answer = client.get("/statements.csv", params=asked)
        return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))

    every = [row for row in rows() if row["form"] == "direct"]
    assert len(every) > 100 and rows(form="direct") == every
    courier = [row for row in every if row["outlet"] == "The Ostrev Courier"]
    assert courier and rows(form="direct", outlet="The Ostrev Courier") == courier


def test_what_chooses_statements_chooses_nothing_else(client: Client) -> None:
    assert client.get("/events.ics", params={"by": "Lindqvist"}).status_code == 400
    assert client.get("/statements.atom", params={"form": "loud"}).status_code == 400


def test_tables_hold_what_the_search_finds(client: Client) -> None:
    answer = client.get("/statements.csv", params={"q": "venue"})
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows and all("venue" in row["words"].lower() for row in rows)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="onrecord-statements.csv"'


@pytest.mark.parametrize("form", list(FORMATS.values()), ids=list(FORMATS))
def test_every_format_has_an_address(client: Client, form: str) -> None:
    given = FORMATS[form] if isinstance(form, str) else form
    kind = given.kinds[0]
    path = f"/events/{summit(client)}{given.suffix}" if kind == "briefs" else f"/{kind}{given.suffix}"
    answer = client.get(path)
    assert answer.status_code == 200 and answer.content
    assert answer.headers["Content-Type"] == given.media


@pytest.mark.parametrize("path", ["/events/E0000000000.xyz", "/events.xyz", "/statements.ics"])
def test_formats_that_are_none(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_day_that_is_none(client: Client) -> None:
    assert client.get("/events.ics", params={"as_of": "tomorrow"}).status_code == 400


@pytest.mark.parametrize("name", ["E0000000000", "x"])
@pytest.mark.parametrize("suffix", [".ics", ".atom", ".md", ".jsonl"])
def test_an_event_that_is_none_has_no_file(client: Client, name: str, suffix: str) -> None:
    answer = client.get(f"/events/{name}{suffix}", headers={"If-None-Match": "*"})
    assert answer.status_code == 404 and "no event" in answer.text


@pytest.mark.parametrize("path", ["/events", "/events.ics", "/api/v1/events.ics"])
def test_a_status_that_is_none(client: Client, path: str) -> None:
    answer = client.get(path, params={"status": "bogus"})
    assert answer.status_code == 400 and "mooted, planned, scheduled" in answer.text
    assert client.get(path, params={"status": ""}).status_code == 200


def test_any_answer_that_a_reader_has_is_none_where_there_is_none(client: Client) -> None:
    assert client.get("/api/v1/events/E0000000000", headers={"If-None-Match": "*"}).status_code == 404

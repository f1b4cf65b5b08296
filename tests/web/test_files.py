"""What pages show, as files: by suffix, with the days and words of the address, read back by other people's parsers."""

from __future__ import annotations

import csv
from io import StringIO

import feedparser
import pytest
from icalendar import Calendar

from onrecord.publish.formats import FORMATS
from tests.web.serving import Client


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

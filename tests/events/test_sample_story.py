"""The story of the sample corpus, told by the summit's state on each page: what a reader of that page knows of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from onrecord import Event, Reading, open_paths, read
from onrecord.nouns import Source
from tests.events.reading import claim, values

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@cache
def reading(name: str) -> Reading:
    (source,) = open_paths([str(SAMPLES / name)])
    assert isinstance(source, Source)
    return read(source)


def summit(name: str) -> Event:
    """The meeting of the two leaders: of all meetings of the page the one that is named most often."""
    meetings = [event for event in reading(name).events if event.kind in {"meeting", "talks"}]
    return max(meetings, key=lambda event: len(event.mentions))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("summit/01-mooted.html", "mooted"),
        ("summit/02-planned.html", "planned"),
        ("summit/04-wire-courier.html", "planned"),
        ("summit/05-wire-gazette.html", "planned"),
        ("summit/06-wrong-quote.html", "planned"),
        ("summit/08-date-announced.html", "scheduled"),
        ("summit/09-venue-moved.html", "scheduled"),
        ("summit/10-trade-hearing.html", "scheduled"),
        ("summit/12-postponed.html", "scheduled"),
        ("scraped/progress.txt", "planned"),
    ],
)
def test_status(name: str, status: str) -> None:
    assert summit(name).status == status


@pytest.mark.parametrize(
    "name",
    [
        "summit/02-planned.html",
        "summit/04-wire-courier.html",
        "summit/05-wire-gazette.html",
        "summit/06-wrong-quote.html",
        "scraped/progress.txt",
    ],
)
def test_date_and_venue_are_open(name: str) -> None:
    event = summit(name)
    assert claim(event, "date").settled == "open"
    assert claim(event, "venue").settled == "open"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("summit/08-date-announced.html", "2031-05-22"),
        ("summit/09-venue-moved.html", "2031-05-22"),
        ("summit/10-trade-hearing.html", "2031-05-22"),
        ("summit/12-postponed.html", "2031-06-05"),
    ],
)
def test_date(name: str, date: str) -> None:
    assert values(summit(name), "date") == [date]


def test_a_postponed_summit_keeps_its_old_date() -> None:
    assert values(summit("summit/12-postponed.html"), "previous_date") == ["2031-05-22"]


def test_the_venue_is_where_it_was_moved_to() -> None:
    assert values(summit("summit/08-date-announced.html"), "venue") == ["Port Selm"]
    assert values(summit("summit/09-venue-moved.html"), "venue") == ["Tarnholm Castle"]
    assert values(summit("summit/12-postponed.html"), "venue") == ["Tarnholm"]


def test_the_venue_is_settled_once_it_is_announced() -> None:
    for name in ("summit/08-date-announced.html", "summit/09-venue-moved.html", "summit/12-postponed.html"):
        assert claim(summit(name), "venue").settled == "settled"


def test_how_long_the_two_have_not_met_is_no_date() -> None:
    dates = [each for each in summit("summit/01-mooted.html").claims if each.attribute == "date"]
    assert "nine years" not in " ".join(
        reading("summit/01-mooted.html").document.text[slice(*d.span[0])] for d in dates
    )
    assert any(each.settled == "open" for each in dates)


def test_the_town_of_the_preparatory_meeting_is_not_the_summits() -> None:
    for name in ("summit/07-preparatory.html", "summit/08-date-announced.html", "scraped/progress.txt"):
        assert "Mereth" not in values(summit(name), "venue")


def test_other_events_of_a_page_stay_others() -> None:
    hearing = next(event for event in reading("summit/10-trade-hearing.html").events if event.kind == "hearing")
    assert values(hearing, "date") == ["2031-05-07"]
    advisers = [
        event for event in reading("summit/04-wire-courier.html").events if values(event, "date") == ["2031-04"]
    ]
    assert [values(event, "participant") for event in advisers] == [["Oskar Brandt", "Pavel Ostrow"]]


def test_what_was_held_is_told_apart_from_what_is_planned_next() -> None:
    held = next(
        event
        for event in reading("summit/13-held.html").events
        if event.status == "occurred" and event.kind == "meeting"
    )
    assert values(held, "date") == ["2031-06-05"]
    assert values(held, "venue") == ["Tarnholm Castle"]
    assert any(event.status == "planned" for event in reading("summit/13-held.html").events)


def test_the_scraped_page_with_its_preparatory_meeting() -> None:
    planned = summit("scraped/progress.txt")
    (held,) = (event for event in reading("scraped/progress.txt").events if values(event, "venue") == ["Mereth"])
    assert values(planned, "participant") == ["Anton Velik", "Irena Dalgard"]
    assert values(planned, "agenda") == ["reopening of the Kest Pass", "fishing rights"]
    assert values(held, "participant") == ["Oskar Brandt", "Pavel Ostrow"]
    assert [(r.kind, r.event) for r in held.relations] == [("prepares", planned.id)]

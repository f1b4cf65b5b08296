"""Events as iCalendar, as another program reads it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from onrecord.ledger.events import HeldEvent
from onrecord.nouns import Settled, Status
from onrecord.publish.calendar import calendar
from onrecord.publish.site import NOWHERE, Site
from tests.publish.held import CALLED_OFF, DATED, DATED_AGAIN, MOOTED, PUT_OFF, held, hostile, told

DESK = Site(title="Summits; talks, visits", base="https://desk.example/", itself="https://desk.example/events.ics")


def written(*events: HeldEvent, site: Site = NOWHERE) -> bytes:
    return b"".join(calendar(events, site))


def parsed(raw: bytes) -> Any:
    return Calendar.from_ical(raw)


def entry(event: HeldEvent, site: Site = NOWHERE) -> Any:
    (found,) = parsed(written(event, site=site)).subcomponents
    return found


def test_an_event_with_a_day_is_a_whole_day_that_leads_back_to_its_page() -> None:
    found = entry(held(MOOTED, DATED), DESK)
    assert found.name == "VEVENT"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2031, 5, 22), date(2031, 5, 23))
    assert found["DTSTART"].to_ical() == b"20310522"
    assert (str(found["SUMMARY"]), str(found["LOCATION"])) == ("Velik–Dalgard summit", "Port Selm")
    assert (found["UID"], found["STATUS"], found["TRANSP"]) == ("E0123456789@onrecord", "CONFIRMED", "TRANSPARENT")
    assert found["URL"] == "https://desk.example/events/E0123456789"
    assert found["CATEGORIES"].to_ical() == b"meeting,scheduled"


def test_the_description_says_what_stands_and_which_words_say_so() -> None:
    lines = str(entry(held(MOOTED, DATED), DESK)["DESCRIPTION"]).split("\n")
    assert lines[:5] == [
        "Status: scheduled",
        "Date: 22 May 2031 (settled)",
        "Venue: Port Selm (settled)",
        "Who: Anton Velik, Irena Dalgard",
        "Told by: 2 independent origins in 2 documents, first on 2031-03-11",
    ]
    assert lines[-2:] == [
        "2031-04-15, The Ostrev Courier, on status and date and venue:",
        "“The Velik–Dalgard summit is to be held.” https://desk.example/documents/courier-2031-04-15?passage=4-24#p4-24",
    ]


def test_the_calendar_has_a_name_and_says_where_it_is_from() -> None:
    found = parsed(written(site=DESK))
    assert found["X-WR-CALNAME"] == found["NAME"] == "Summits; talks, visits"
    assert found["SOURCE"] == "https://desk.example/events.ics"
    assert found["REFRESH-INTERVAL"].dt.total_seconds() == 3600
    assert "SOURCE" not in parsed(written())


@pytest.mark.parametrize(
    ("status", "settled", "expected"),
    [
        ("mooted", "settled", "TENTATIVE"),
        ("planned", "settled", "TENTATIVE"),
        ("scheduled", "settled", "CONFIRMED"),
        ("scheduled", "provisional", "TENTATIVE"),
        ("postponed", "settled", "TENTATIVE"),
        ("cancelled", "settled", "CANCELLED"),
        ("underway", "settled", "CONFIRMED"),
        ("occurred", "provisional", "CONFIRMED"),
    ],
)
def test_each_status_is_what_a_calendar_calls_it(status: Status, settled: Settled, expected: str) -> None:
    assert entry(held(MOOTED, told("2031-04-15", status, ("date", "2031-05-22", settled))))["STATUS"] == expected


def test_of_two_days_that_are_told_neither_is_confirmed() -> None:
    other = told("2031-04-17", "scheduled", ("date", "2031-05-23", "settled"), document="gazette")
    found = entry(held(DATED, other))
    assert found["STATUS"] == "TENTATIVE"
    assert "Date: 22 May 2031 (contested); others say 23 May 2031" in str(found["DESCRIPTION"])


def test_the_sequence_rises_with_each_change_and_the_uid_stays() -> None:
    story = (MOOTED, DATED, PUT_OFF, DATED_AGAIN)
    found = [entry(held(*story[:number])._replace(revision=number)) for number in range(1, 5)]
    assert [int(each["SEQUENCE"]) for each in found] == [1, 2, 3, 4]
    assert {str(each["UID"]) for each in found} == {"E0123456789@onrecord"}
    stamps = [each["DTSTAMP"].dt.isoformat() for each in found]
    assert stamps == [f"{each.day}T00:00:00+00:00" for each in story]
    assert all(each["LAST-MODIFIED"].dt == each["DTSTAMP"].dt for each in found)


def test_what_is_called_off_keeps_its_day_and_says_so() -> None:
    found = entry(held(MOOTED, DATED, CALLED_OFF))
    assert (found["STATUS"], found["DTSTART"].dt) == ("CANCELLED", date(2031, 5, 22))
    assert str(found["SUMMARY"]) == "Cancelled: Velik–Dalgard summit"


def test_what_is_put_off_with_no_new_day_is_seen_on_its_old_one() -> None:
    found = entry(held(MOOTED, DATED, PUT_OFF))
    assert (found["STATUS"], found["DTSTART"].dt) == ("TENTATIVE", date(2031, 5, 22))
    assert str(found["SUMMARY"]) == "Postponed: Velik–Dalgard summit"
    assert "Date: open; before: 22 May 2031" in str(found["DESCRIPTION"])
    again = entry(held(MOOTED, DATED, PUT_OFF, DATED_AGAIN))
    assert (again["STATUS"], again["DTSTART"].dt) == ("CONFIRMED", date(2031, 6, 5))


@pytest.mark.parametrize(
    "value",
    [None, "2031", "2031-05", "2031-05/2031-06", "2031-06-06/2031-06-20", "2031-05/2031-06-01", "soon", "2031-W20"],
)
def test_no_day_is_made_of_what_is_none(value: str | None) -> None:
    found = entry(held(told("2031-04-15", "scheduled", ("date", value, "settled" if value else "open"))))
    assert (found.name, found["STATUS"]) == ("VJOURNAL", "FINAL")
    assert "DTSTART" not in found and "LOCATION" not in found
    assert str(found["DESCRIPTION"]).split("\n")[1].startswith("Date: ")


def test_a_few_days_are_all_of_them() -> None:
    found = entry(held(told("2031-04-15", "scheduled", ("date", "2031-05-23/2031-05-25", "settled"))))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2031, 5, 23), date(2031, 5, 26))


def test_a_day_that_no_calendar_has_is_no_day() -> None:
    for value in ("2031-02-30", "0000-01-01", "9999-12-31"):
        found = entry(held(told("2031-04-15", "scheduled", ("date", value, "settled"))))
        assert found.name == "VJOURNAL"


def test_what_happened_and_was_never_planned_is_in_no_calendar() -> None:
    assert not parsed(written(held(told("2031-04-15", "occurred", name="blast")))).subcomponents


def test_a_name_that_is_no_name_says_who_meets() -> None:
    found = entry(held(told("2031-04-15", "planned", name="talks")))
    assert str(found["SUMMARY"]) == "talks, Anton Velik, Irena Dalgard"


@settings(deadline=None)
@given(st.lists(hostile, min_size=5, max_size=5))
def test_whatever_a_text_holds_stays_inside_its_line(texts: list[str]) -> None:
    name, text, venue, who, outlet = texts
    said = told("2031-04-15", "scheduled", ("date", "2031-05-22", "settled"), ("venue", venue, "settled"),
                name=name, text=text, outlet=outlet, names=(("who", who),), document=text)  # fmt: skip
    raw = written(held(said), site=DESK)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw)
    (found,) = parsed(raw).subcomponents
    assert (found.name, found.subcomponents, found["UID"]) == ("VEVENT", [], "E0123456789@onrecord")
    unfolded = raw.replace(b"\r\n ", b"").decode("utf-8")
    assert unfolded.count("\r\nBEGIN:") == unfolded.count("\r\nEND:") - 1 == 1

"""Events as an iCalendar file (RFC 5545, RFC 7986): what is planned, in the calendar that people have open all day.

Promise: an entry stands on a day that somebody told, whole days only, and on no other; it keeps its UID whatever
changes, its SEQUENCE rises with each change and never falls, and what is called off stays and says so. No clock is
asked: stamps are days of publication. The odd case that forced the shape: a month, an open date and a fortnight ("by 20
June") are no day, and a VEVENT needs one; such events are VJOURNAL entries, which may have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from typing import NamedTuple

from icalendar import Calendar, Component, Journal
from icalendar import Event as Entry

from onrecord.ledger.days import days_of
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.state import FEW
from onrecord.ledger.told import MOVES
from onrecord.publish.facts import PLANNED
from onrecord.publish.harmless import harmless
from onrecord.publish.site import NOWHERE, Site
from onrecord.publish.standing import called, event_lines, one_line

HOURLY = timedelta(hours=1)
"""How often a program that subscribes is asked to look again."""

STATUS = {
    "mooted": "TENTATIVE", "planned": "TENTATIVE", "scheduled": "CONFIRMED", "postponed": "TENTATIVE",
    "cancelled": "CANCELLED", "underway": "CONFIRMED", "occurred": "CONFIRMED",
}  # fmt: skip
"""What each status is to a calendar."""

JOURNAL = {"TENTATIVE": "DRAFT", "CONFIRMED": "FINAL", "CANCELLED": "CANCELLED"}
"""The same for an entry without a day, whose states have other names."""


class Place(NamedTuple):
    """The days on which an entry stands, both included."""

    first: date
    last: date


def calendar(events: Iterable[HeldEvent], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield the parts of an iCalendar file of events, CRLF and folded as RFC 5545 asks.

    What happened and was never told of before it did is left out.
    """
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", f"-//onrecord//onrecord {version('onrecord')}//EN")
    head.add("name", one_line(site.title))
    head.add("x-wr-calname", one_line(site.title))
    head.add("refresh-interval", HOURLY, parameters={"VALUE": "DURATION"})
    if site.itself:
        head.add("source", site.itself, parameters={"VALUE": "URI"})
    begin, end, _ = head.to_ical().partition(b"END:VCALENDAR")
    yield begin
    for held in events:
        if any(told.status in PLANNED for told in held.thread.tellings):
            yield _entry(held, site).to_ical()
    yield end + b"\r\n"


def place(held: HeldEvent) -> Place | None:
    """Return the days on which an event stands in a calendar; None: nobody told which they are.

    One that is put off with no new date, or called off then, stands on the last day that it had, marked so: who has it
    there must see it.
    """
    value = held.state.date
    found = few_days(value.value)
    if found is None and held.state.status in MOVES and value.value is None:
        return next(filter(None, map(few_days, reversed(value.previous))), None)
    return found


def few_days(value: str | None) -> Place | None:
    """Return the days of a date that says which they are: one, or the first and the last of few; None for any other."""
    days = days_of(value)
    if value is None or days is None or any(part.count("-") < 2 for part in value.split("/")):
        return None
    try:
        first, last = date.fromisoformat(days.first), date.fromisoformat(days.last)
        return Place(first, last) if 0 <= (last - first).days < FEW and last < date.max else None
    except ValueError:  # 30 February
        return None


def _entry(held: HeldEvent, site: Site) -> Component:
    state, where = held.state, place(held)
    entry = Entry() if where else Journal()
    entry.add("uid", f"{held.id}@onrecord")
    entry.add("dtstamp", _midnight(held.thread.tellings[-1].day))
    entry.add("created", _midnight(state.first_seen))
    entry.add("last-modified", _midnight(held.thread.tellings[-1].day))
    entry.add("sequence", held.revision)
    off = state.status.capitalize() if state.status in MOVES else ""  # many programs do not show a status
    entry.add("summary", f"{off}: {called(held)}" if off else called(held))
    certain = STATUS[state.status]
    if certain == "CONFIRMED" and state.date.settled in {"provisional", "contested"} and state.status == "scheduled":
        certain = "TENTATIVE"
    entry.add("status", certain if where else JOURNAL[certain])
    entry.add("categories", [state.kind, state.status])
    entry.add("description", harmless("\n".join(event_lines(held, site))))
    if address := site.event(held.id):
        entry.add("url", address)
    if where:
        entry.add("dtstart", where.first)
        entry.add("dtend", where.last + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        if state.venue.value:
            entry.add("location", one_line(state.venue.value))
    return entry


def _midnight(day: str) -> datetime:
    """A day of publication as the moment that a stamp must be."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)

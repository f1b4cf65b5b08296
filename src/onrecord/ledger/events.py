"""The events of a ledger as of a day: what is planned, what about it is settled, what changed, and who says so.

Promise: only what was published by the day counts, and the same day gives the same answer whatever is added later. The
odd case that forced its shape: most of what a question looks at is over or is called otherwise, and has been told of
hundreds of times, so events are chosen by their chronicles, and only those that are answers are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.choosing import AHEAD, AT_ONCE, Asked, Found, as_of_day, chosen, chosen_of, dateless, may_be_more
from onrecord.ledger.copies import find_copies
from onrecord.ledger.days import days_of, earlier
from onrecord.ledger.origins import Origins, origins_of
from onrecord.ledger.questions import ANY, Between, is_event
from onrecord.ledger.relating import Standing, relations
from onrecord.ledger.state import State, Value, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import LAST_DAY, chronicles, load
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together, now_called
from onrecord.ledger.worked_out import OfDays

EVERY = Asked()


class HeldEvent(NamedTuple):
    """One event of the ledger as of a day."""

    id: str
    state: State
    thread: Thread
    overdue: bool
    """Its date has passed, and nobody has told that it was held, moved or called off."""
    origins: Origins = Origins()
    """Who tells of it independently of each other."""
    revision: int = 0
    """Which it is of the event's states, as `versions.revision` counts: a later one has a higher number."""


class Related(NamedTuple):
    """How one event stands to another."""

    kind: Standing
    """``prepares``, ``part_of``, ``follows``, ``replaces``: what it does to the other; ``prepared_by``, ``has_part``,
    ``followed_by``, ``replaced_by``: what the other does to it."""
    event: HeldEvent
    """The other."""
    decision: int | None = None
    """The number of the decision by which it is so; None: documents tell it."""


class Listed(NamedTuple):
    """An event as a row of a list: what its chronicle has of it as of a day."""

    id: str
    name: str
    kind: str
    """As `naming.families` has them."""
    status: str
    date: Value
    venue: Value
    """Both without who said so and what they were before."""
    participants: tuple[str, ...]
    overdue: bool
    told: int
    """How often it was told of."""


LISTED = 300
"""Lists that are remembered."""

ROWS = 200
"""Rows of a list that is remembered at most: a program that goes from page to page asks for all before them again."""

_LISTS = OfDays[tuple[Listed, ...]](LISTED)


def events(
    ledger: Ledger,
    words: str = "",
    as_of: str | None = None,
    days: Between = ANY,
    status: str | None = None,
    most: int = 50,
    kind: str | None = None,
) -> list[HeldEvent]:
    """Return at most ``most`` events as of a day, best match with ``words`` first; without words the soonest first.

    ``as_of``: only what was published up to this day counts; None: all. ``days``: the event's date lies between them;
    without words and days what lies ahead of the last day that the ledger knows by then. ``kind``: one of
    `naming.families`. Raises LedgerError where the
    ledger is to be brought up to date and can't be written to.
    """
    return answering(ledger, Asked(words, as_of, days, status, kind), most)


def answering(ledger: Ledger, asked: Asked, most: int) -> list[HeldEvent]:
    """Return at most ``most`` events that are asked for, in the order of `events`. Raises LedgerError as it does."""
    find_copies(ledger)
    bring_together(ledger)
    now = asked.as_of or latest(ledger)
    found = chosen(ledger.connection, asked, now)
    return _every(ledger.connection, [each.name for each in islice(found, most)], asked.as_of, now)


def in_full(ledger: Ledger, names: Sequence[str], as_of: str | None = None) -> list[HeldEvent]:
    """Return the events of some ids, which are told of by a day, with all that was told of them, in their order.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    find_copies(ledger)
    bring_together(ledger)
    return _every(ledger.connection, names, as_of, as_of or latest(ledger))


def _every(connection: Connection, names: Sequence[str], as_of: str | None, now: str | None) -> list[HeldEvent]:
    threads = load(connection, names, as_of)
    held = (_held(name, threads[name], now) for name in names if name in threads)
    return [each._replace(origins=origins_of(connection, each.thread, each.state, as_of)) for each in held]


def listed(ledger: Ledger, asked: Asked = EVERY, most: int = 50, after: int = 0) -> list[Listed]:
    """Return at most ``most`` events that are asked for as rows, in the order of `events`, behind so many others.

    However often they are told of, no telling is read. Raises LedgerError where the ledger is to be brought up to date
    and can't be written to.
    """
    bring_together(ledger)
    now = asked.as_of or latest(ledger)

    def worked_out() -> tuple[Listed, ...]:
        found = islice(chosen(ledger.connection, asked, now), after, after + most)
        return tuple(_listed(each, asked.as_of, now) for each in found)

    if asked.words or most > ROWS:  # who holds an office that words name stands in other tables
        return list(worked_out())
    return list(_LISTS.of(ledger.connection, asked.as_of or LAST_DAY, worked_out, asked, now, most, after))


def are_more(ledger: Ledger, asked: Asked) -> bool:
    """Return whether events may answer that `listed` does not look at, however many it is asked for."""
    return may_be_more(ledger.connection, asked, asked.as_of or latest(ledger))


def undated(ledger: Ledger, as_of: str | None = None, most: int = 50) -> list[Listed]:
    """Return at most ``most`` events that lie ahead and of which no date is known, those told of last first.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    now = as_of or latest(ledger)

    def worked_out() -> tuple[Listed, ...]:
        found = islice(dateless(ledger.connection, as_of, now), most) if now else ()
        return tuple(_listed(each, as_of, now) for each in found)

    return list(_LISTS.of(ledger.connection, as_of or LAST_DAY, worked_out, "undated", now, most))


def row_of(held: HeldEvent) -> Listed:
    """Return an event as a row."""
    state, thread = held.state, held.thread
    date, venue = (value._replace(told=None, previous=()) for value in (state.date, state.venue))
    told = len(thread.tellings)
    return Listed(held.id, state.name, state.kind, state.status, date, venue, state.participants, held.overdue, told)


def _listed(found: Found, as_of: str | None, now: str | None) -> Listed:
    stands, told, day = found.standing, found.chronicle, as_of or LAST_DAY
    return Listed(
        found.name, stands.name, found.kind, stands.status, stands.dated, stands.placed, told.participants(day),
        overdue(stands.status, stands.date, now), told.told(day),
    )  # fmt: skip


def every_event(ledger: Ledger, asked: Asked = EVERY) -> Iterator[HeldEvent]:
    """Yield all events that are asked for, those held too, few in memory at a time; from a day on the soonest first.

    ``asked``: without words; with a first day no events before it are looked at. Raises LedgerError where the ledger is
    to be brought up to date and can't be written to.
    """
    find_copies(ledger)
    bring_together(ledger)
    now, connection = asked.as_of or latest(ledger), ledger.connection
    soonest = (each.name for each in chosen(connection, asked, now))
    names = soonest if asked.days.first else chosen_of(connection, _by_id(connection), asked)
    while some := list(islice(names, AT_ONCE)):
        yield from _every(connection, some, asked.as_of, now)


def _by_id(connection: Connection) -> Iterator[str]:
    """All threads in the order of their ids."""
    last = ""
    asked = f"SELECT DISTINCT thread FROM threads WHERE thread > ? ORDER BY thread LIMIT {AT_ONCE}"
    while names := [name for (name,) in connection.execute(asked, (last,))]:
        yield from names
        last = names[-1]


def event(ledger: Ledger, name: str, as_of: str | None = None) -> HeldEvent | None:
    """Return the event of an id, or the one that some words name best; None where there is none by then.

    An id that it had before leads to it as well.
    """
    if not is_event(name):
        return next(iter(events(ledger, name, as_of, most=1)), None)
    find_copies(ledger)
    name = now_called(ledger, name)
    thread = load(ledger.connection, [name], as_of).get(name)
    if thread is None:
        return None
    held = _held(name, thread, as_of or latest(ledger))
    return held._replace(origins=origins_of(ledger.connection, thread, held.state, as_of))


def days_told(ledger: Ledger, name: str) -> list[str]:
    """Return the days of publication on which an event was told of, by its id, the first of them first."""
    rows = ledger.connection.execute(
        "SELECT DISTINCT e.day FROM threads t JOIN events e ON e.id = t.event WHERE t.thread = ? ORDER BY 1", (name,)
    )
    return [day for (day,) in rows]


def by_ids(ledger: Ledger, names: Sequence[str], as_of: str | None = None) -> list[Listed]:
    """Return the events of some ids as rows as of a day, in their order; those not told of by then are left out.

    Of those that much is told of no telling is read. Raises LedgerError where the ledger is to be brought up to date
    and can't be written to.
    """
    bring_together(ledger)
    now, day = as_of or latest(ledger), as_of or LAST_DAY
    told = chronicles(ledger.connection, names, day)
    found = (as_of_day(name, told[name], day) for name in names if name in told)
    return [_listed(each, as_of, now) for each in found if each is not None]


def related(ledger: Ledger, held: HeldEvent, as_of: str | None = None) -> list[Related]:
    """Return how other events stand to one by what was published up to a day, by kind and date."""
    beside = relations(ledger.connection, held.id, held.thread.numbers, as_of or LAST_DAY)
    threads = load(ledger.connection, {each.event for each in beside}, as_of)
    now = as_of or latest(ledger)
    found = [
        Related(each.kind, _held(each.event, threads[each.event], now), each.decision)
        for each in beside
        if each.event in threads
    ]
    return sorted(found, key=lambda each: (each.kind, each.event.state.date.value or LAST_DAY, each.event.id))


def _held(name: str, thread: Thread, now: str | None) -> HeldEvent:
    state = state_of(thread.tellings)
    return HeldEvent(name, state, thread, overdue(state.status, state.date.value, now))


def overdue(status: str, date: str | None, now: str | None) -> bool:
    """Return whether an event's date has passed and nobody has told that it was held, moved or called off."""
    dated = days_of(date)
    return bool(now and dated and status in AHEAD and dated.last < now)


def latest(ledger: Ledger) -> str | None:
    """Return the last day of publication that counts on which any event was told of; None where none is."""
    row = ledger.connection.execute("SELECT max(day) FROM events WHERE day <= ?", (counts_until(ledger),)).fetchone()
    return str(row[0]) if row[0] else None


def counts_until(ledger: Ledger) -> str:
    """Return the last day of publication, ISO 8601, that can be what is today: the day after the last reading was made.

    A later one is a mistake of its document, and would make everything else overdue. The day after, since an outlet's
    day may be ahead of UTC. Where all that is told is dated later (an invented story may be), any day counts.
    """
    row = ledger.connection.execute("SELECT observed FROM readings ORDER BY id DESC LIMIT 1").fetchone()
    last = earlier(row[0][: len("2031-05-24")], -1) if row else LAST_DAY
    (some,) = ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM events WHERE day <= ?)", (last,)).fetchone()
    return last if some else LAST_DAY

"""The events of a ledger as of a day: what is planned, what about it is settled, what changed, and who says so.

Promise: only what was published by the day counts, and the same day gives the same answer whatever is added later. The
odd case that forced its shape: most of what a question looks at is over or is called otherwise, and has been told of
hundreds of times, so events are chosen by their chronicles, and only those that are answers are read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, merge
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.answering import Question, question
from onrecord.ledger.bearing import bearing
from onrecord.ledger.chronicle import Chronicle
from onrecord.ledger.copies import find_copies
from onrecord.ledger.days import REACHES, days_of, earlier
from onrecord.ledger.holding import held_by
from onrecord.ledger.naming import OTHER, families
from onrecord.ledger.origins import Origins, origins_of
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.state import State, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import LAST_DAY, chronicles, load
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together

LATELY = 90
"""Days in which a plan without a date counts as one that lies ahead."""

AHEAD = ("mooted", "planned", "scheduled", "postponed")

_THREAD_ID = re.compile(r"E[0-9a-f]{10}\Z")


class HeldEvent(NamedTuple):
    """One event of the ledger as of a day."""

    id: str
    state: State
    thread: Thread
    overdue: bool
    """Its date has passed, and nobody has told that it was held, moved or called off."""
    origins: Origins = Origins()
    """Who tells of it independently of each other."""


class Related(NamedTuple):
    """How one event stands to another."""

    kind: str
    """``prepares``, ``part_of``, ``follows``, ``replaces``: what it does to the other; ``prepared_by``, ``has_part``,
    ``followed_by``, ``replaced_by``: what the other does to it."""
    event: HeldEvent
    """The other."""


INVERSE = {"prepares": "prepared_by", "part_of": "has_part", "follows": "followed_by", "replaces": "replaced_by"}


def events(
    ledger: Ledger,
    words: str = "",
    as_of: str | None = None,
    days: Between = ANY,
    status: str | None = None,
    most: int = 50,
    *,
    kind: str | None = None,
    after: int = 0,
    among: int | None = None,
) -> list[HeldEvent]:
    """Return at most ``most`` events as of a day, best match with ``words`` first; without words the soonest first.

    ``as_of``: only what was published up to this day counts; None: all. ``days``: the event's date lies between them;
    without words and days what lies ahead of the last day that the ledger knows by then. ``kind``: as
    `naming.families` has them. ``after``: how many are left out before. ``among``: how many are looked at, at most,
    for those of a kind, a status or days. Raises LedgerError where the ledger is to be brought up to date and can't be
    written to.
    """
    find_copies(ledger)
    bring_together(ledger)
    now = as_of or latest(ledger)
    found: Iterable[_Found]
    if words:
        found = _answering(ledger.connection, words, as_of or LAST_DAY)
    else:
        found = _dated(ledger.connection, as_of or LAST_DAY, days.first or now, now, past=bool(days.first or status))
    asked = (each for each in islice(found, among) if _asked(each, days, status) and kind in (None, each.family))
    names = [each.name for each in islice(asked, after, after + most)]
    threads = load(ledger.connection, names, as_of)
    held = (_held(name, threads[name], now) for name in names)
    return [each._replace(origins=origins_of(ledger.connection, each.thread, each.state, as_of)) for each in held]


def every_event(
    ledger: Ledger, as_of: str | None = None, days: Between = ANY, status: str | None = None
) -> Iterator[HeldEvent]:
    """Yield all events as of a day, those held too, in the order of their ids; few are in memory at a time.

    ``days``: the event's date lies between them. Raises LedgerError where the ledger is to be brought up to date and
    can't be written to.
    """
    find_copies(ledger)
    bring_together(ledger)
    now, connection, last = as_of or latest(ledger), ledger.connection, ""
    asked = f"SELECT DISTINCT thread FROM threads WHERE thread > ? ORDER BY thread LIMIT {AT_ONCE}"
    while names := [name for (name,) in connection.execute(asked, (last,))]:
        for name, thread in load(connection, names, as_of).items():
            held = _held(name, thread, now)
            if _asked(_Found(name, held.state.status, held.state.date.value, ""), days, status):
                yield held._replace(origins=origins_of(connection, thread, held.state, as_of))
        last = names[-1]


def undated(ledger: Ledger, as_of: str | None = None, most: int = 50) -> list[HeldEvent]:
    """Return at most ``most`` events that lie ahead and of which no date is known, those told of last first.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    now = as_of or latest(ledger)
    if now is None:
        return []
    found = _undated(ledger.connection, as_of or LAST_DAY, earlier(now, LATELY), {}, past=False)
    names = [each.name for each in islice(found, most)]
    threads = load(ledger.connection, names, as_of)
    return [_held(name, threads[name], now) for name in names]


def event(ledger: Ledger, name: str, as_of: str | None = None) -> HeldEvent | None:
    """Return the event of an id, or the one that some words name best; None where there is none by then."""
    if not _THREAD_ID.match(name):
        return next(iter(events(ledger, name, as_of, most=1)), None)
    find_copies(ledger)
    bring_together(ledger)
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


def by_ids(ledger: Ledger, names: Sequence[str], as_of: str | None = None) -> list[HeldEvent]:
    """Return the events of some ids as of a day, in their order; those of which nothing was told by then are left out.

    Who tells of them independently is not worked out.
    """
    bring_together(ledger)
    threads = load(ledger.connection, names, as_of)
    now = as_of or latest(ledger)
    return [_held(name, threads[name], now) for name in names if name in threads]


def related(ledger: Ledger, held: HeldEvent, as_of: str | None = None) -> list[Related]:
    """Return how other events stand to one by what was published up to a day, by kind and date."""
    own, theirs = (
        ledger.connection.execute(f"SELECT DISTINCT r.kind, o.thread {joins} WHERE t.thread = ? AND e.day <= ?", asked)
        for asked in ((held.id, as_of or LAST_DAY),)
        for joins in (
            "FROM threads t JOIN events e ON e.id = t.event JOIN relations r ON r.event = e.id "
            "JOIN events f ON f.reading = r.reading AND f.number = r.other JOIN threads o ON o.event = f.id",
            "FROM threads t JOIN events e ON e.id = t.event "
            "JOIN relations r ON r.reading = e.reading AND r.other = e.number JOIN threads o ON o.event = r.event",
        )
    )
    kinds = [(kind, name) for kind, name in own] + [(INVERSE[kind], name) for kind, name in theirs]
    threads = load(ledger.connection, {name for _, name in kinds if name != held.id}, as_of)
    now = as_of or latest(ledger)
    found = [Related(kind, _held(name, threads[name], now)) for kind, name in kinds if name in threads]
    return sorted(found, key=lambda each: (each.kind, each.event.state.date.value or LAST_DAY, each.event.id))


def _held(name: str, thread: Thread, now: str | None) -> HeldEvent:
    state = state_of(thread.tellings)
    dated = days_of(state.date.value)
    overdue = bool(now and dated and state.status in AHEAD and dated.last < now)
    return HeldEvent(name, state, thread, overdue)


class _Found(NamedTuple):
    """An event that may answer a question, by no more of it than is asked for."""

    name: str
    status: str
    date: str | None
    told: str
    """The day on which it was told of last."""
    family: str = ""


def _as_of(name: str, told: Chronicle, day: str) -> _Found | None:
    """An event as of a day; None where nothing was told of it by then."""
    count = told.told(day)
    if not count:
        return None
    standing = told.standing(day)
    return _Found(name, standing.status, standing.date, told.days[count - 1], told.family)


def _asked(found: _Found, days: Between, status: str | None) -> bool:
    if status is not None and found.status != status:
        return False
    dated = days_of(found.date)
    if days == ANY or dated is None:
        return days == ANY
    return (days.first is None or dated.last >= days.first) and (days.last is None or dated.first <= days.last)


def latest(ledger: Ledger) -> str | None:
    """Return the last day of publication on which any event was told of; None where none is."""
    row = ledger.connection.execute("SELECT max(day) FROM events").fetchone()
    return str(row[0]) if row[0] else None


def _answering(connection: Connection, words: str, day: str) -> Iterator[_Found]:
    """The events that answer to words, best first.

    Those that share most of the names asked for are looked at first, and no more of them than are needed: what comes
    later can't answer better than its names and all else allow.
    """
    asked = question(words)
    asked = asked._replace(offices=held_by(connection, asked.keys, day))
    ranked = _sharing(connection, asked, day)
    waiting: list[tuple[tuple[float, str, str], _Found]] = []
    for at in range(0, len(ranked), AT_ONCE):
        some = dict(ranked[at : at + AT_ONCE])
        while waiting and -waiting[0][0][0] >= asked.most(max(some.values())):
            yield heappop(waiting)[-1]
        for name, told in chronicles(connection, list(some), day).items():
            found = _as_of(name, told, day)
            if found is not None and (score := asked.answered_by(told, day)) > 0:
                heappush(waiting, ((-score, told.days[0], name), found))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))


def _sharing(connection: Connection, asked: Question, last: str) -> list[tuple[str, int]]:
    """The threads that share names with a question up to a day, with how many, those that share most first.

    Where it has no names: the threads that are called by its words, the latest first.
    """
    among = sorted(asked.families | {OTHER}) if asked.families else families()
    most = LOOKED_AT // len(among)
    shared = Counter(
        name
        for key in asked.keys | asked.about
        for name in {name for each in among for name, *_ in bearing(connection, key, each, ("", last), most)}
    )
    if not asked.keys:
        shared.update({name: 0 for (name,) in _named_so(connection, sorted(asked.content), last)})
    return sorted(shared.items(), key=lambda row: (-row[1], row[0]))[:RANKED]


def _named_so(connection: Connection, words: Sequence[str], last: str) -> list[tuple[str]]:
    """The threads of the last tellings up to a day in whose names some words stand, the latest first.

    Words that stand in few names are looked up; where they stand in very many the last of these are soon found.
    """
    chosen = " OR ".join(["name LIKE '%' || ? || '%'"] * len(words)) or "0"
    rare = "1"
    if words and all(len(word) >= TRIGRAM for word in words):
        longer = " OR ".join(f'"{word}"' for word in words)
        found = connection.execute(
            f"SELECT rowid FROM event_names WHERE event_names MATCH ? LIMIT {LOOKED_AT}", (longer,)
        ).fetchall()
        if len(found) < LOOKED_AT:
            rare = f"id IN ({','.join(str(number) for (number,) in found)})"
    return connection.execute(
        f"SELECT DISTINCT t.thread FROM (SELECT id, day FROM events WHERE {rare} AND ({chosen}) AND day <= ? "
        f"ORDER BY day DESC LIMIT {LOOKED_AT}) e CROSS JOIN threads t ON t.event = e.id "
        f"ORDER BY e.day DESC, t.thread LIMIT {RANKED}",
        (*words, last),
    ).fetchall()


TRIGRAM = 3
"""Letters from which on words are looked up by what stands in a name."""

RANKED = 100
"""Events that are put in order by how well they answer; those that share most of the names that are asked for."""

LOOKED_AT = 2_000
"""Tellings that are looked at for each name that is asked for: those of the last days."""


def _dated(connection: Connection, day: str, first: str | None, now: str | None, past: bool) -> Iterator[_Found]:
    """The events dated from a day on, soonest first, then those told of lately without a date, the latest first.

    ``day``: the last day of publication that counts. ``past``: also those held. Few are asked for of many, so each is
    looked at only when its turn has come: no event ends before the first of the last days that are told of it.
    """
    first, since = first or "", earlier(now, LATELY) if now else ""
    told = json.dumps([(reach, earlier(first, reach) if first and reach != REACHES[-1] else "") for reach in REACHES])
    rows = connection.execute(
        "SELECT t.thread, min(e.last) FROM json_each(?) asked CROSS JOIN events e ON e.reach = asked.value ->> 0 "
        "AND e.day BETWEEN asked.value ->> 1 AND ? AND e.last >= ? CROSS JOIN threads t ON t.event = e.id "
        "GROUP BY t.thread ORDER BY 2, 1",
        (told, day, first),
    )
    waiting: list[tuple[str, str, _Found]] = []
    dateless: dict[str, str] = {}
    for soonest, found in _looked_at(connection, rows, day):
        while waiting and waiting[0][0] < soonest:
            yield heappop(waiting)[-1]
        dated = days_of(found.date)
        if dated is None:
            dateless[found.name] = found.told
        elif dated.last >= first and (past or found.status in AHEAD):
            heappush(waiting, (dated.last, found.name, found))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))
    yield from _undated(connection, day, since, dateless, past)


def _undated(connection: Connection, day: str, since: str, others: Mapping[str, str], past: bool) -> Iterator[_Found]:
    """The events without a date that were told of since a day, and some others, those told of last first."""
    rows = connection.execute(
        "SELECT t.thread, e.day FROM events e CROSS JOIN threads t ON t.event = e.id "
        "WHERE e.day BETWEEN ? AND ? AND e.status != 'occurred' ORDER BY e.day DESC, t.thread DESC",
        (since, day),
    )
    known = sorted(others.items(), key=_by_day, reverse=True)
    latest = merge(_first_of(rows, others), known, key=_by_day, reverse=True)
    for _, found in _looked_at(connection, latest, day):
        if found.date is None and (past or found.status in AHEAD):
            yield found


def _by_day(row: tuple[str, str]) -> tuple[str, str]:
    return row[1], row[0]


def _first_of(rows: Iterable[tuple[str, str]], others: Container[str]) -> Iterator[tuple[str, str]]:
    """The first row of each thread that is none of the others."""
    seen: set[str] = set()
    for thread, day in rows:
        if thread not in seen and thread not in others:
            seen.add(thread)
            yield thread, day


def _looked_at(connection: Connection, rows: Iterator[tuple[str, str]], day: str) -> Iterator[tuple[str, _Found]]:
    """The events of rows of a thread and a day, as of another, with that of the row, some at a time."""
    while some := dict(islice(rows, AT_ONCE)):
        told = chronicles(connection, list(some), day)
        for name, of in some.items():
            if name in told and (found := _as_of(name, told[name], day)) is not None:
                yield of, found


AT_ONCE = 32
"""Threads that are looked at together while more are asked for."""

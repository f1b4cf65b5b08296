"""The events of all documents, kept in the ledger: what each tells, and which are one.

Promise: the threads of a ledger depend on what its documents say and on their days, not on the order in which they
came: where one comes late, all that was put together from its day on is put together again. The odd case that forced
the shape: a ledger of a hundred thousand documents takes in one more, so that only threads that share a name are read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.ledger.apart import FORGOTTEN
from onrecord.ledger.bearing import GIVEN, Bearers, bearing, worded_so, wording_key
from onrecord.ledger.chronicle import FOLDING
from onrecord.ledger.corrections import Placed, corrected, given_to, placed, sides
from onrecord.ledger.days import reach
from onrecord.ledger.echoes import echoed, headed, may_echo
from onrecord.ledger.matching import VOTES, may_be_worded_so, place
from onrecord.ledger.naming import OTHER, families, family, keys
from onrecord.ledger.slight import UNCLEAR
from onrecord.ledger.state import reported_now
from onrecord.ledger.store import Ledger, unpacked
from onrecord.ledger.summaries import IN_ORDER, LAST_DAY, Summaries, forget, load_once, make_chronicle, unmade, unmake
from onrecord.ledger.tellings import Thread, dated
from onrecord.ledger.told import TALKED_OF, Told, shown_as, told_by
from onrecord.nouns import Reading, Span

RULES = 20
"""The version of the rules by which events are taken out of readings; a greater one takes them out again."""

OF_ITS_DAY = "both are of the same day"
"""Why what names no event of its own is of one."""

IN_A_HEADLINE = "told in the headline over it"
"""Why what only a headline names is of the event that its document goes on to tell of."""

IN_A_COPY = "told in the words of a copy"
"""Why what has no name in common with an event is of it."""

_TOLD = msgspec.json.Decoder(Told)

_UNTOLD = "SELECT r.id, r.document, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE r.told < ?"


def bring_together(ledger: Ledger, before: str | None = None) -> None:
    """Bring the threads of a ledger up to date with its readings. Raises LedgerError where it can't be written to.

    ``before``: only what was published before this day, and only where no later day would have to be done again.
    """
    made = ledger.connection.execute("SELECT rules, chronicles FROM threading").fetchone()
    (first,) = ledger.connection.execute("SELECT min(day) FROM unthreaded").fetchone()
    new = first is not None and (before is None or _all_new(ledger.connection, first, before))
    if made == (RULES, FOLDING) and not new and (before is not None or not unmade(ledger.connection)):
        return
    with ledger.writing() as connection:
        if made[1] != FOLDING:
            unmake(connection)
            connection.execute("UPDATE threading SET chronicles = ?", (FOLDING,))
        if made[0] != RULES:
            waiting = connection.execute(_UNTOLD, (RULES,)).fetchall()
            for number, document, body in ledger.through("events taken out of documents", waiting):
                reading = unpacked(body)
                keep(connection, reading, number, placed(connection, document))
            connection.execute("UPDATE threading SET rules = ?", (RULES,))
            before = None
        (first,) = connection.execute("SELECT min(day) FROM unthreaded").fetchone()
        if first is not None:
            _thread_from(ledger, first, before or AFTER_ALL)
            connection.execute("DELETE FROM unthreaded WHERE day < ?", (before or AFTER_ALL,))
        if before is None:
            for name in ledger.through("chronicles", unmade(connection)):
                make_chronicle(connection, name, load_once(connection, [name]).get(name, Thread()))


class Passage(NamedTuple):
    """Where an event is told of: the document's number in the ledger, the span in its text and the words around it."""

    document: int
    span: Span
    words: str


def first_told(ledger: Ledger, event: str) -> Passage | None:
    """Return where an event is told of first, which its id comes from; None where there is no such event.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    row = ledger.connection.execute(
        "SELECT c.document, e.body ->> '$.span[0]', e.body ->> '$.span[1]', e.body ->> '$.text' FROM threads t "
        "JOIN events e ON e.id = t.event JOIN current c ON c.reading = e.reading "
        f"JOIN documents d ON d.id = c.document WHERE t.thread = ? {IN_ORDER} LIMIT 1",
        (event,),
    ).fetchone()
    return None if row is None else Passage(row[0], (row[1], row[2]), row[3] or "")


def now_called(ledger: Ledger, event: str) -> str:
    """Return the id that an event has now, by one that it had; the same where it has it still, or never had.

    It has another one where it was made one with another, was told of earlier, or was put together by newer rules.
    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    if ledger.connection.execute("SELECT 1 FROM threads WHERE thread = ? LIMIT 1", (event,)).fetchone():
        return event
    row = ledger.connection.execute(
        "SELECT t.thread FROM begun b JOIN current c ON c.document = b.document JOIN events e ON e.reading = c.reading "
        "AND b.start < e.body ->> '$.span[1]' AND e.body ->> '$.span[0]' < b.stop JOIN threads t ON t.event = e.id "
        "WHERE b.name = ? ORDER BY e.id LIMIT 1",
        (event,),
    ).fetchone()
    return str(row[0]) if row else event


def _all_new(connection: Connection, first: str, before: str) -> bool:
    """Whether nothing that was published after the first of some days is in its thread yet."""
    later = "SELECT 1 FROM events e CROSS JOIN threads t ON t.event = e.id WHERE e.day > ? LIMIT 1"
    return first < before and connection.execute(later, (first,)).fetchone() is None


def keep(connection: Connection, reading: Reading, number: int, decided: Sequence[Placed]) -> None:
    """Keep what a reading tells of events, as people corrected it; what was taken out of it before goes.

    ``number``: what the ledger numbers the reading with. ``decided``: what holds of its document.
    """
    known = {event.id: sides(event, decided) for event in (*reading.events, *reading.faint)}
    gone = connection.execute("SELECT id, body FROM events WHERE reading = ?", (number,)).fetchall()
    if gone:
        connection.execute(_TOUCHED, (number,))
    for event, body in gone:
        forget(connection, "?", (event,))
        connection.execute("DELETE FROM threads WHERE event = ?", (event,))
        connection.executemany(_UNKEY, _keys(_TOLD.decode(body), event))
        connection.execute("DELETE FROM relations WHERE event = ?", (event,))
        connection.execute("DELETE FROM events WHERE id = ?", (event,))
    keys: list[tuple[str, str, str, int, int]] = []
    relations: list[tuple[int, str, int, str]] = []
    given = given_to(reading, decided)
    for told in told_by(corrected(reading, decided)):
        same, apart = known[told.number]
        told = replace(told, same=same, apart=apart, given=tuple(given.get(told.number, ())))
        name, kind = shown_as(told)
        days = dated(told)
        last = days.last if days else told.day if reported_now(told) else None
        cursor = connection.execute(
            "INSERT INTO events (reading, number, day, family, name, kind, status, last, reach, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, told.number, told.day, family(kind, name), name, kind, told.status, last,
                reach(told.day, last), msgspec.json.encode(told, order="deterministic").decode(),
            ),
        )  # fmt: skip
        event = int(cursor.lastrowid or 0)
        keys += _keys(told, event)
        relations += [(event, kind, number, other) for kind, other in told.relations]
    connection.executemany("INSERT INTO event_keys (key, family, day, event, own) VALUES (?, ?, ?, ?, ?)", sorted(keys))
    connection.executemany(
        "INSERT OR IGNORE INTO relations (event, kind, reading, other) VALUES (?, ?, ?, ?)", relations
    )
    connection.execute(_TOUCHED, (number,))
    connection.execute("UPDATE readings SET told = ? WHERE id = ?", (RULES, number))


_TOUCHED = (
    "INSERT OR IGNORE INTO unthreaded SELECT DISTINCT e.day FROM readings r JOIN readings o ON o.document = r.document "
    "JOIN events e ON e.reading = o.id WHERE r.id = ?"
)
"""The days of all that the readings of one document tell of events."""


_UNKEY = "DELETE FROM event_keys WHERE (key, family, day, event, own) = (?, ?, ?, ?, ?)"


def _keys(told: Told, event: int) -> list[tuple[str, str, str, int, int]]:
    """The rows of an event in the table of keys; of no family are its words and those whom a person put together.

    What a person gave a name or a kind is looked up as such too, by questions alone: no telling is compared with it.
    """
    named = [
        (key, family, told.day, event, int(key in told.keys))
        for key in sorted(told.keys | told.near | told.about)
        for family in sorted({told.family} | told.also)
    ]
    worded = wording_key(told)
    others = [_JOINED.format(number) for number in sorted(told.same)] + ([worded] if worded else [])
    if told.given:
        called = keys(shown_as(told)[0]) | told.keys
        named += [(key, GIVEN, told.day, event, int(key in called)) for key in called | told.near | told.about]
    return named + [(key, "", told.day, event, 1) for key in others]


_JOINED = "={}"
"""The key of events that a decision makes one."""


def _thread_from(ledger: Ledger, first: str, before: str) -> None:
    connection = ledger.connection
    gone = "SELECT t.event FROM threads t JOIN events e ON e.id = t.event WHERE e.day >= ?"
    forget(connection, gone, (first,), first)
    connection.execute(f"DELETE FROM threads WHERE event IN ({gone})", (first,))
    summaries = Summaries(connection)
    bearers = Bearers(connection, FORGOTTEN)
    numbers = connection.execute(
        "SELECT e.reading, e.id FROM events e JOIN current c ON c.reading = e.reading "
        f"JOIN documents d ON d.id = c.document WHERE e.day >= ? AND e.day < ? {IN_ORDER}",
        (first, before),
    ).fetchall()
    for number, told in _in_turn(connection, ledger.through("tellings put together", numbers)):
        candidates = _sharing(connection, told, bearers)
        best, why = place(told, summaries.outlines(candidates))
        if best is None:
            candidates = worded_so(connection, number, told)
            fit = (may_be_worded_so(told, each) for each in summaries.outlines(candidates))
            best, why = next((at for at, fits in enumerate(fit) if fits), None), (IN_A_COPY,)
        if best is None and told.heading:
            candidates = [name for (name,) in connection.execute(_BESIDE, (number,))]
            best, why = headed(told, summaries.outlines(candidates)), (IN_A_HEADLINE,)
        if best is None and may_echo(told):
            candidates = _of_its_day(connection, number, told, bearers)
            best, why = echoed(told, summaries.outlines(candidates)), (OF_ITS_DAY,)
        if best is None and told.faint:
            continue
        name = _begun(connection, told, number) if best is None else candidates[best]
        connection.execute(
            "INSERT INTO threads (event, thread, why) VALUES (?, ?, ?)",
            (number, name, json.dumps(() if best is None else why, ensure_ascii=False)),
        )
        summaries.add(name, told)
        bearers.add(told, name)
    summaries.keep()


def _in_turn(connection: Connection, numbers: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Told]]:
    """The tellings of readings in their order; of a reading those first that are known by names of their own.

    "The summit" that a briefing goes on about would else take the place of the one that it names further down; and what
    is of no clear kind comes later, since it may be of another one's day, and what only the headline names last.
    """
    for _, some in groupby(numbers, key=itemgetter(0)):
        bodies = (
            (number, connection.execute("SELECT body FROM events WHERE id = ?", (number,)).fetchone()[0])
            for _, number in some
        )
        told = [(number, _TOLD.decode(body)) for number, body in bodies]
        yield from sorted(told, key=lambda each: _turn(each[1]))


def _turn(told: Told) -> tuple[bool, bool, bool]:
    """By what the tellings of a reading are put in order."""
    return told.heading, may_echo(told) and told.family in UNCLEAR, _is_bare(told)


def _is_bare(told: Told) -> bool:
    """Whether a telling is of a kind that is talked of again and again, by no name."""
    return told.kind in TALKED_OF and not told.keys


def _begun(connection: Connection, told: Told, number: int) -> str:
    """The id of a thread, kept with the passage that it comes from.

    It is made of what the thread begins with, so that the order in which documents came does not matter.

    Another text that came in under the document's id on the same day may have begun one by its event of that number.
    """
    begins = f"{told.day}\n{told.document}\n{told.number}"
    name = _named(begins)
    taken = connection.execute("SELECT 1 FROM threads WHERE thread = ? LIMIT 1", (name,)).fetchone()
    name = _named(f"{begins}\n{told.text}") if taken else name
    connection.execute(_KEPT, (name, *told.span, number))
    return name


_KEPT = (
    "INSERT OR REPLACE INTO begun (name, document, start, stop) SELECT ?, r.document, ?, ? FROM events e "
    "JOIN readings r ON r.id = e.reading WHERE e.id = ?"
)


def _named(begins: str) -> str:
    return "E" + sha256(begins.encode()).hexdigest()[:10]


def _sharing(connection: Connection, told: Told, bearers: Bearers) -> list[str]:
    """The threads that share most names with a telling and are not too old, in a fixed order.

    Of each name only the last that bear it are looked at, so that a document costs the same in a large ledger: an event
    of long ago that is told of again has rarer names too.
    """
    own = told.keys
    shared: dict[str, int] = {}
    for key in sorted(own | told.near | told.about):
        worth = _SHARED[key in own :]
        bear: dict[str, int] = {}
        for kind in _comparable(told, key):
            for name, theirs in bearers.of(key, kind, told.day).items():
                bear[name] = bear.get(name, 0) or theirs
        for name, theirs in bear.items():
            shared[name] = shared.get(name, 0) + worth[theirs]
    found = [name for _, name in sorted((-worth, name) for name, worth in shared.items())[:CANDIDATES]]
    joined = [
        name
        for number in sorted(told.same)
        for name, *_ in bearing(connection, _JOINED.format(number), "", ("", LAST_DAY))
    ]
    return list(dict.fromkeys((*found, *joined)))


def _of_its_day(connection: Connection, number: int, told: Told, bearers: Bearers) -> list[str]:
    """The threads of which a telling may be by its day: those of its document, and of its names whatever their kind."""
    found = {thread for (thread,) in connection.execute(_BESIDE, (number,))}
    some = (*sorted(UNCLEAR), told.family) if told.family not in UNCLEAR else families()
    shared: Counter[str] = Counter()
    for key in sorted(told.keys | told.near):
        shared.update({name for family in some for name in bearers.of(key, family, told.day)})
    most = sorted(shared, key=lambda name: (-shared[name], name))[:CANDIDATES]
    return [*sorted(found), *(name for name in most if name not in found)]


_BESIDE = (
    "SELECT DISTINCT t.thread FROM events m JOIN events e ON e.reading = m.reading JOIN threads t ON t.event = e.id "
    "WHERE m.id = ?"
)


def _comparable(told: Told, key: str) -> Iterable[str]:
    """The families with which a telling is compared by a name: where it is called so, also what is of no clear kind."""
    if told.family in VOTES:
        return (*sorted(VOTES), OTHER) if key in told.words else sorted(VOTES)
    if key not in told.words:
        return (told.family, *sorted(told.also), OTHER) if told.marks else (told.family, *sorted(told.also))
    return families() if told.family == OTHER else (told.family, OTHER)


_SHARED = (1, 2, 4)
"""What a shared name is worth, by in how many of the two it is a name of the event itself, as `matching.WEIGHTS` go."""

CANDIDATES = 32
"""Threads that a telling is compared with."""

AFTER_ALL = "~"

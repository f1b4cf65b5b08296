"""The events of all documents, kept in the ledger: what each tells, and which are one.

Promise: the threads of a ledger depend on what its documents say and on their days, not on the order in which they
came: where one comes late, all that was put together from its day on is put together again. The odd case that forced
the shape: a ledger of a hundred thousand documents takes in one more, so that only threads that share a name are read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from hashlib import sha256
from sqlite3 import Connection

import msgspec

from onrecord.ledger.days import earlier
from onrecord.ledger.matching import FORGOTTEN, OTHER, Thread, dated, place
from onrecord.ledger.store import Ledger
from onrecord.ledger.told import Told, told_by
from onrecord.nouns import Reading

RULES = 2
"""The version of the rules by which events are taken out of readings; a greater one takes them out again."""

_TOLD = msgspec.json.Decoder(Told)

_UNTOLD = "SELECT r.id, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE r.told != ?"
_UNTHREADED = (
    "SELECT min(e.day) FROM events e JOIN current c ON c.reading = e.reading "
    "LEFT JOIN threads t ON t.event = e.id WHERE t.event IS NULL"
)
_LEFT = (
    "SELECT min(e.day) FROM threads t JOIN events e ON e.id = t.event "
    "WHERE e.reading NOT IN (SELECT reading FROM current)"
)
_IN_ORDER = "ORDER BY e.day, d.name, d.digest, e.id"
"""Tellings in the order of their days; those of one day in an order that does not depend on when they came."""


def bring_together(ledger: Ledger) -> None:
    """Bring the threads of a ledger up to date with its readings. Raises LedgerError where it can't be written to."""
    if ledger.connection.execute("SELECT rules FROM threading").fetchone() == (RULES,):
        return
    with ledger.writing() as connection:
        for number, body in connection.execute(_UNTOLD, (RULES,)).fetchall():
            keep(connection, msgspec.json.decode(zlib.decompress(body), type=Reading), number)
        first = _first(connection)
        if first is not None:
            _thread_from(connection, first)
        connection.execute("UPDATE threading SET rules = ?", (RULES,))


def keep(connection: Connection, reading: Reading, number: int) -> None:
    """Keep what a reading, of this number in the ledger, tells of events; what earlier rules took out of it goes."""
    for event, body in connection.execute("SELECT id, body FROM events WHERE reading = ?", (number,)).fetchall():
        connection.execute("DELETE FROM threads WHERE event = ?", (event,))
        connection.executemany(_UNKEY, _keys(_TOLD.decode(body), event))
        connection.execute("DELETE FROM events WHERE id = ?", (event,))
    for told in told_by(reading):
        days = dated(told)
        cursor = connection.execute(
            "INSERT INTO events (reading, number, day, family, name, kind, status, last, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, told.number, told.day, told.family, told.name, told.kind, told.status, days and days.last,
                msgspec.json.encode(told).decode(),
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO event_keys (key, family, day, event) VALUES (?, ?, ?, ?)",
            _keys(told, int(cursor.lastrowid or 0)),
        )
    connection.execute("UPDATE readings SET told = ? WHERE id = ?", (RULES, number))
    connection.execute("UPDATE threading SET rules = 0")


_UNKEY = "DELETE FROM event_keys WHERE (key, family, day, event) = (?, ?, ?, ?)"


def _keys(told: Told, event: int) -> list[tuple[str, str, str, int]]:
    """The rows of an event in the table of keys."""
    return [(key, told.family, told.day, event) for key in sorted(told.keys | told.near)]


def _first(connection: Connection) -> str | None:
    """The first day from which threads are to be made again; None where all are as they should be."""
    days = [connection.execute(sql).fetchone()[0] for sql in (_UNTHREADED, _LEFT)]
    return min((day for day in days if day), default=None)


def _thread_from(connection: Connection, first: str) -> None:
    connection.execute("DELETE FROM threads WHERE event IN (SELECT id FROM events WHERE day >= ?)", (first,))
    known: dict[str, Thread] = {}
    rows = connection.execute(
        "SELECT e.id, e.body FROM events e JOIN current c ON c.reading = e.reading "
        f"JOIN documents d ON d.id = c.document WHERE e.day >= ? {_IN_ORDER}",
        (first,),
    ).fetchall()
    for number, body in rows:
        told = _TOLD.decode(body)
        candidates = _sharing(connection, told)
        known.update(load(connection, [each for each in candidates if each not in known]))
        found = [known[each] for each in candidates]
        thread = place(told, found)
        name = candidates[found.index(thread)] if len(found) == len(candidates) else _name(told)
        known[name] = thread
        connection.execute(
            "INSERT INTO threads (event, thread, why) VALUES (?, ?, ?)",
            (number, name, json.dumps(thread.reasons[-1], ensure_ascii=False)),
        )


def _name(told: Told) -> str:
    """The id of a thread: of what it begins with, so that the order in which documents came does not matter."""
    return "E" + sha256(f"{told.day}\n{told.document}\n{told.number}".encode()).hexdigest()[:10]


def _sharing(connection: Connection, told: Told) -> list[str]:
    """The threads that share a name with a telling and are not too old, in a fixed order."""
    keys = sorted(told.keys | told.near)
    marks = ",".join("?" * len(keys))
    rows = connection.execute(
        f"SELECT DISTINCT t.thread FROM event_keys k JOIN threads t ON t.event = k.event "
        f"WHERE k.key IN ({marks}) AND (? = k.family OR ? IN (k.family, ?)) AND k.day >= ? ORDER BY t.thread",
        (*keys, told.family, OTHER, told.family, earlier(told.day, FORGOTTEN)),
    )
    return [name for (name,) in rows]


def load(connection: Connection, names: Iterable[str], as_of: str | None = None) -> dict[str, Thread]:
    """Return the threads of these names with what was published up to a day; those that begin later are left out."""
    found: dict[str, Thread] = {}
    for name in names:
        rows = connection.execute(
            "SELECT e.body, t.why FROM threads t JOIN events e ON e.id = t.event "
            "JOIN readings r ON r.id = e.reading JOIN documents d ON d.id = r.document "
            f"WHERE t.thread = ? AND (? IS NULL OR e.day <= ?) {_IN_ORDER}",
            (name, as_of, as_of),
        )
        thread = Thread()
        for body, why in rows:
            thread.add(_TOLD.decode(body), tuple(json.loads(why)))
        if thread.tellings:
            found[name] = thread
    return found

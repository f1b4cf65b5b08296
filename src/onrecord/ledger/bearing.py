"""Which threads bear a name of late: asked for one name, or for all tellings of many documents one after the other.

Promise: what is remembered is what the ledger would answer. The odd cases that forced its shape: a thousand documents
of one week bear the same few names, and each of their tellings asks for the threads of all names around it; and the
sentence of an agency that names nobody ("The ceremony will still be held on the lake") stands in twenty papers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from sqlite3 import Connection

from onrecord.ledger.days import earlier
from onrecord.ledger.sketch import words_of
from onrecord.ledger.told import Told

LOOKED_AT = 100
"""Tellings that are looked at for each name."""

REMEMBERED = 200_000
"""Tellings of names that are kept in memory, about 250 bytes each: in a ledger of 100,000 documents those that three
hundred more ask for."""

GIVEN = "given"
"""Stands in the place of a family where a person gave an event its name or kind: so questions find it, whatever kinds
they name."""

LED_BY = 3
"""Words of its sentence before its name by which a telling is known in copies; what goes before them may be cut."""

_BEGINS = re.compile(r"[.!?:;] +| +[-–—] +")
"""What a sentence begins behind, or the words behind a dateline."""

FEWEST = 6
"""Words that tell of one event in two copies at least."""

COPIED_WITHIN = 7
"""Days after which the words of a copy are of another event: what an agency tells is printed within days."""

Row = tuple[str, int, str]
"""A thread, 1 where the name is one of the event itself, else 0, and the day of the telling."""


def bearing(connection: Connection, key: str, family: str, days: tuple[str, str], most: int = LOOKED_AT) -> list[Row]:
    """Return the threads of the last tellings that bear a name, the latest first.

    ``days``: the first and the last day of publication. ``most``: so many tellings at most, so that a name that
    everything bears costs no more than others.
    """
    return connection.execute(
        "SELECT t.thread, k.own, k.day FROM event_keys k JOIN threads t ON t.event = k.event "
        "WHERE k.key = ? AND k.family = ? AND k.day BETWEEN ? AND ? "
        "ORDER BY k.day DESC, t.thread, k.own DESC LIMIT ?",
        (key, family, *days, most),
    ).fetchall()


def wording_key(told: Told) -> str | None:
    """Return the key of the words that tell of an event, its name first of all; None: they are too few."""
    before, name, after = told.text.partition(told.name)
    words = [*words_of(_BEGINS.split(before)[-1])[-LED_BY:], *words_of(f"{name}{after}")]
    return None if len(words) < FEWEST else "~" + sha256(" ".join(words).encode()).hexdigest()[:16]


def worded_so(connection: Connection, event: int, told: Told) -> list[str]:
    """Return the threads in which copies of a telling's document tell of an event in its very words, the first first.

    ``event``: what the ledger numbers the telling with. Not those in which its document is already, of which this
    would be a second event.
    """
    key = wording_key(told)
    if key is None:
        return []
    rows = connection.execute(_WORDED_SO, {"event": event, "key": key, "first": earlier(told.day, COPIED_WITHIN)})
    return [thread for (thread,) in rows]


_WORDED_SO = (
    "SELECT k.thread FROM events m CROSS JOIN readings r ON r.id = m.reading CROSS JOIN "
    "(SELECT k.event, k.day, t.thread FROM event_keys k CROSS JOIN threads t ON t.event = k.event "
    f"WHERE k.key = :key AND k.family = '' AND k.day >= :first ORDER BY k.day DESC, t.thread LIMIT {LOOKED_AT}) k "
    "CROSS JOIN events e ON e.id = k.event CROSS JOIN readings n ON n.id = e.reading "
    "CROSS JOIN copies c ON c.document = r.document AND c.other = n.document WHERE m.id = :event "
    "AND NOT EXISTS (SELECT 1 FROM events o JOIN threads s ON s.event = o.id WHERE o.reading = m.reading "
    "AND s.thread = k.thread) GROUP BY k.thread ORDER BY min(k.day), k.thread"
)


class Bearers:
    """The answers of `bearing` while tellings are put in their threads, in the order of their days."""

    def __init__(self, connection: Connection, back: int) -> None:
        """Take how many days back from a telling others are looked at."""
        self._connection = connection
        self._back = back
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._count = 0
        """Rows that were read since there were none."""
        self._threads: dict[tuple[str, str], dict[str, int]] = {}

    def of(self, key: str, family: str, day: str) -> Mapping[str, int]:
        """Return the threads that bear a name as of a day, with 1 where it is a name of the event itself, else 0."""
        first, asked = earlier(day, self._back), (key, family)
        if asked not in self._rows:
            if self._count >= REMEMBERED:
                self._rows.clear()
                self._threads.clear()
                self._count = 0
            self._rows[asked] = bearing(self._connection, key, family, (first, day))
            self._count += 1 + len(self._rows[asked])
        rows = self._rows[asked]
        while rows and rows[-1][2] < first:
            rows.pop()
            self._threads.pop(asked, None)
        if asked not in self._threads:
            self._threads[asked] = {thread: own for thread, own, _ in sorted(rows)}
        return self._threads[asked]

    def add(self, told: Told, thread: str) -> None:
        """Take the thread in which a telling was put."""
        own = told.keys
        for asked in ((key, each) for key in own | told.near | told.about for each in (told.family, *told.also)):
            key = asked[0]
            if (rows := self._rows.get(asked)) is None:
                continue
            row = thread, int(key in own), told.day
            at = 0
            while at < len(rows) and rows[at][2] == told.day and (rows[at][0], -rows[at][1]) < (thread, -row[1]):
                at += 1
            rows.insert(at, row)
            del rows[LOOKED_AT:]
            self._threads.pop(asked, None)

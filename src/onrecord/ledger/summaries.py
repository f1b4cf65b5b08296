"""What is kept beside the tellings of a thread, so that they need not be read: its outline and its chronicle.

Promise: each is what the tellings that are in their places make of it, or it is not there and is made again of them.
The odd case that forced its shape: of what is told a thousand times more is told on most days, and each new document
has the tellings of its day put in their places again; so what a thread was before its last day is kept too.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from sqlite3 import Connection
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.ledger.chronicle import Chronicle, chronicle, course
from onrecord.ledger.store import DIGITS, OLDER, marks
from onrecord.ledger.tellings import Outline, Thread
from onrecord.ledger.told import Told
from onrecord.ledger.worked_out import Remembered, WorkedOut

FEW = 8
"""Tellings up to which a thread has no chronicle, and what it was is not kept: to read and fold these costs no more."""

REMEMBERED = 1_000
"""Outlines that are kept in memory beside those that are changed while tellings are put in their places: of a day's the
ones asked for again soon. One takes 6 kB, sixteen times what it takes in the ledger, and is read in 20 µs."""

CHANGED = 500
"""Threads that are told more of before their outlines are kept in the ledger."""

WAITING = 1_000
"""Tellings that wait in memory to be added to chronicles, those of one thread together."""

DECODED = 1_000
"""Chronicles that are kept decoded: most questions look at those that are told of most, which take up to a hundred
kilobytes, to be read again behind every change of another program, and milliseconds to decode."""

FOLDED = 2_000
"""Threads with few tellings whose chronicles are kept made: those that the first page looks at, as of many days."""

TELLINGS_DECODED = 6_000
"""Tellings that are kept decoded, by their bytes: all of one event that is told of thousands of times, and others."""

IN_ORDER = "ORDER BY e.day, datetime(d.published), coalesce(d.url, d.name), d.id, e.id"
"""Tellings in the order of their days, those of one day by the time of publication where that is told (in UTC; a day
without one goes first), and else in an order that does not depend on when they came, but for the texts of one page,
of which a later one corrects those before: by name alone, what an agency says at five would be taken back by what it
said at three."""

LAST_DAY = "9999-12-31"

_DOCUMENT = "readings r INDEXED BY readings_documents ON r.id = e.reading CROSS JOIN documents d ON d.id = r.document"
"""The document (``d``) of a telling (``e``); the rows of readings hold these whole, and a block each would be read."""

_TOLD = msgspec.json.Decoder(Told)
_OUTLINE = msgspec.msgpack.Decoder(Outline)
_CHRONICLE = msgspec.msgpack.Decoder(Chronicle)
_WHY = msgspec.json.Decoder(tuple[str, ...])
_FEW_TOLD = WorkedOut[Chronicle](FOLDED)
_FEW_FOLLOWED = WorkedOut[Chronicle](FOLDED)


def load(connection: Connection, names: Iterable[str], as_of: str | None = None) -> dict[str, Thread]:
    """Return the threads of these names with what was published up to a day; those that begin later are left out."""
    return _loaded(connection, names, as_of, _told)


def load_once(connection: Connection, names: Iterable[str]) -> dict[str, Thread]:
    """Return the threads of these names as `load` does, none of it kept decoded: whoever writes asks for it once."""
    return _loaded(connection, names, None, _decoded)


def _loaded(
    connection: Connection, names: Iterable[str], as_of: str | None, decode: Callable[[str, str | None], Told]
) -> dict[str, Thread]:
    wanted = list(names)
    found: dict[str, Thread] = {}
    for some in (wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)):
        rows = connection.execute(
            "SELECT t.thread, e.day, e.id, e.body, t.why FROM threads t JOIN events e ON e.id = t.event "
            f"WHERE t.thread IN ({marks(some)}) AND (? IS NULL OR e.day <= ?) ORDER BY e.day",
            (*some, as_of, as_of),
        ).fetchall()
        days = Counter(row[:2] for row in rows)
        among = [row[2] for row in rows if days[row[:2]] > 1]
        if among:
            places = _places(connection, among)
            rows.sort(key=lambda row: (row[1], places.get(row[2], 0)))
        versions = _versions(connection, [row[2] for row in rows])
        for name, _, number, body, why in rows:
            found.setdefault(name, Thread()).add(decode(body, versions.get(number)), _WHY.decode(why), number)
    return found


def _places(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """Where tellings stand among some: asked of those alone that share thread and day with others, which few do."""
    rows = connection.execute(
        f"SELECT e.id FROM json_each(?) asked CROSS JOIN events e ON e.id = asked.value JOIN {_DOCUMENT} {IN_ORDER}",
        (json.dumps(numbers),),
    )
    return {number: place for place, (number,) in enumerate(rows)}


def _versions(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The versions of the documents of those tellings behind which another document came in; most ledgers have none."""
    if connection.execute("SELECT 1 FROM superseded LIMIT 1").fetchone() is None:
        return {}
    rows = connection.execute(
        f"SELECT e.id, {DIGITS} FROM json_each(?) asked CROSS JOIN events e ON e.id = asked.value "
        f"JOIN {_DOCUMENT} WHERE EXISTS (SELECT 1 FROM superseded o WHERE o.document = d.id)",
        (json.dumps(numbers),),
    )
    return dict(rows.fetchall())


def tellings_of(connection: Connection, numbers: Sequence[int]) -> list[Told]:
    """Return what was told of events by what the ledger numbers them with, in the order of their days."""
    rows = connection.execute(
        f"SELECT e.body, {OLDER} FROM events e JOIN {_DOCUMENT} WHERE e.id IN ({marks(numbers)}) ORDER BY e.day, e.id",
        numbers,
    )
    return [_told(body, version) for body, version in rows]


@lru_cache(TELLINGS_DECODED)
def _told(body: str, version: str | None) -> Told:
    """A telling as questions ask it, which change nothing of it but for what they find of it (`told.once`)."""
    return _decoded(body, version)


def _decoded(body: str, version: str | None) -> Told:
    told = _TOLD.decode(body)
    return told if version is None else replace(told, version=version)


def told_on(connection: Connection, name: str, day: str) -> list[Told]:
    """Return what was told of a thread on a day, in the order in which the thread has it."""
    rows = connection.execute(
        f"SELECT e.body, {OLDER} FROM events e CROSS JOIN threads t ON t.event = e.id JOIN {_DOCUMENT} "
        f"WHERE e.day = ? AND t.thread = ? {IN_ORDER}",
        (day, name),
    )
    return [_told(body, version) for body, version in rows]


def first_on(connection: Connection, name: str, day: str) -> int:
    """Return what the ledger numbers the first telling of a thread with, in the order of these, on a day that has one.

    Found as by `told_between`.
    """
    (number,) = connection.execute(
        "SELECT min(id) FROM events INDEXED BY events_by_day "
        "WHERE day = ? AND +id IN (SELECT event FROM threads WHERE thread = ?)",
        (day, name),
    ).fetchone()
    return int(number)


def told_between(connection: Connection, name: str, first: str, last: str) -> Thread:
    """Return what was told of a thread from one day to another, in the order in which the thread has it."""
    return _told_when(connection, name, "BETWEEN ? AND ?", first, last)


def told_on_days(connection: Connection, name: str, days: Iterable[str]) -> dict[str, Thread]:
    """Return what was told of a thread on some days, each in the order in which the thread has it."""
    whole = _told_when(connection, name, "IN (SELECT value FROM json_each(?))", json.dumps(sorted(set(days))))
    found: dict[str, Thread] = {}
    for told, why, number in zip(whole.tellings, whole.reasons, whole.numbers, strict=True):
        found.setdefault(told.day, Thread()).add(told, why, number)
    return found


def _told_when(connection: Connection, name: str, days: str, *asked: str) -> Thread:
    """What was told of a thread on days for which a condition holds.

    Which tellings these are is found in indexes alone: the rows of a thread that is told of for years are long and lie
    all over the file.
    """
    rows = connection.execute(
        "WITH found AS MATERIALIZED (SELECT e.id FROM events e INDEXED BY events_by_day "
        f"WHERE e.day {days} AND +e.id IN (SELECT event FROM threads WHERE thread = ?)) "
        f"SELECT e.body, t.why, e.id, {OLDER} FROM found f CROSS JOIN events e ON e.id = f.id "
        f"CROSS JOIN threads t ON t.event = e.id CROSS JOIN {_DOCUMENT} {IN_ORDER}",
        (*asked, name),
    )
    found = Thread()
    for body, why, number, version in rows:
        found.add(_told(body, version), _WHY.decode(why), number)
    return found


TOGETHER = 500
"""Threads that one query loads."""


def chronicles(connection: Connection, names: Sequence[str], as_of: str) -> dict[str, Chronicle]:
    """Return the chronicles of threads of these names; those that begin after a day may be left out.

    They tell of later days too where so much is told of a thread that its chronicle is kept.
    """
    return _chronicles(connection, names, as_of, chronicle, _FEW_TOLD)


def courses(connection: Connection, names: Sequence[str], as_of: str) -> dict[str, Chronicle]:
    """Return the same for who asks only how events stand: those that are not kept lack the names they are found by."""
    return _chronicles(connection, names, as_of, course, _FEW_FOLLOWED)


def _chronicles(
    connection: Connection,
    names: Sequence[str],
    as_of: str,
    fold: Callable[[Iterable[Told]], Chronicle],
    known: WorkedOut[Chronicle],
) -> dict[str, Chronicle]:
    found = kept_chronicles(connection, names)
    threads = load(connection, [name for name in names if name not in found], as_of)
    return found | {name: known.of(thread.tellings, partial(fold, thread.tellings)) for name, thread in threads.items()}


def much_told(connection: Connection, names: Sequence[str], day: str) -> dict[str, Chronicle]:
    """Return the chronicles of those threads of these names of which more is told by a day than is read each time.

    What is told later does not bear on which they are, so that who asks as of a day goes by the same way as before.
    """
    return {name: kept for name, kept in kept_chronicles(connection, names).items() if kept.told(day) > FEW}


def kept_chronicles(connection: Connection, names: Sequence[str]) -> dict[str, Chronicle]:
    """Return the chronicles of those threads of these names of which so much is told that they are kept."""
    stamps = connection.execute(
        f"SELECT thread, stamp FROM chronicle_stamps WHERE thread IN ({marks(names)})", names
    ).fetchall()
    found = {name: known for name, stamp in stamps if (known := _DECODED.get(stamp)) is not None}
    others = [name for name, _ in stamps if name not in found]
    if not others:
        return found
    rows = connection.execute(
        "SELECT thread, body, stamp FROM chronicles JOIN chronicle_stamps USING (thread) "
        f"WHERE body != x'' AND thread IN ({marks(others)})",
        others,
    )
    return found | {name: _DECODED.add(stamp, _CHRONICLE.decode(body)) for name, body, stamp in rows}


_DECODED = Remembered[bytes, Chronicle](DECODED)
"""By their stamps."""

_KEPT = "SELECT thread, body FROM chronicles WHERE body != x'' AND thread"


class _Summary(NamedTuple):
    """An outline or a chronicle as the ledger keeps it."""

    body: bytes
    before: bytes | None = None
    """What it was before the last day on which more was told; None where that is soon made again."""
    until: str | None = None
    """The last day of that."""


class Summaries:
    """The outlines and chronicles of threads while tellings are put in their places, in the order of their days."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked: OrderedDict[str, Outline] = OrderedDict()
        """Outlines that are as the ledger has them, the one that was not asked for longest first."""
        self._changed: dict[str, Outline] = {}
        """Outlines that are to be kept."""
        self._were: dict[str, _Summary] = {}
        """What of these had a day before the last."""
        self._more: list[tuple[str, Told]] = []
        """Tellings that are to be added to chronicles."""

    def outlines(self, names: Sequence[str]) -> list[Outline]:
        """Return the outlines of threads of these names, by the tellings that have been put in their places."""
        if len(self._changed) > CHANGED or len(self._more) >= WAITING:
            self.keep()
        unknown = [name for name in names if name not in self._changed and name not in self._asked]
        self._asked.update(self._read(unknown))
        return [self._changed.get(name) or self._again(name) for name in names]

    def _again(self, name: str) -> Outline:
        self._asked.move_to_end(name)
        return self._asked[name]

    def _read(self, names: Sequence[str]) -> dict[str, Outline]:
        rows = self._connection.execute(f"SELECT thread, body FROM outlines WHERE thread IN ({marks(names)})", names)
        found: dict[str, Outline] = {name: _OUTLINE.decode(body) for name, body in rows}
        for name, thread in load_once(self._connection, [name for name in names if name not in found]).items():
            found[name] = Outline()
            _write(self._connection, "outlines", name, _told_on(found[name], thread.tellings))
            make_chronicle(self._connection, name, thread)
        return found

    def add(self, name: str, told: Told) -> None:
        """Take a telling that has been put in its place, which begins a thread or whose outline was asked for last."""
        if name not in self._changed:
            self._changed[name] = self._asked.pop(name) if name in self._asked else Outline()
        outline = self._changed[name]
        if outline.count > FEW and outline.day < told.day:
            self._were[name] = _Summary(b"", _packed(outline), outline.day)
        outline.add(told)
        if outline.count > FEW:
            self._more.append((name, told))
        while len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)

    def keep(self) -> None:
        """Keep all of them in the ledger."""
        for name in sorted(self._changed):
            was = self._were.get(name, _Summary(b""))
            _write(self._connection, "outlines", name, was._replace(body=_packed(self._changed[name])))
        more: dict[str, list[Told]] = {}
        for name, told in self._more:
            more.setdefault(name, []).append(told)
        for name, tellings in sorted(more.items()):
            row = self._connection.execute(f"{_KEPT} = ?", (name,)).fetchone()
            if row is None:
                make_chronicle(self._connection, name, load_once(self._connection, [name])[name])
            else:
                _write(self._connection, "chronicles", name, _told_on(_CHRONICLE.decode(row[1]), tellings))
        self._asked.update(self._changed)
        self._changed.clear()
        self._were.clear()
        self._more.clear()


def make_chronicle(connection: Connection, name: str, thread: Thread) -> None:
    """Keep the chronicle of a whole thread where enough is told of it."""
    if len(thread.tellings) > FEW:
        _write(connection, "chronicles", name, _told_on(Chronicle(), thread.tellings))
    else:
        connection.execute("DELETE FROM chronicles WHERE thread = ?", (name,))


def forget(connection: Connection, events: str, given: Sequence[object], first: str = "") -> None:
    """Take back what is kept of the threads that lose tellings, given by a query, which are still in their places.

    ``first``: they lose all that was told from this day on; where more may be lost what is kept goes.
    """
    threads = f"thread IN (SELECT thread FROM threads WHERE event IN ({events}))"
    for sql, *more in (
        (f"DELETE FROM outlines WHERE {threads} AND (until IS NULL OR until >= ?)", first),
        (f"UPDATE outlines SET body = before, before = NULL, until = NULL WHERE {threads}",),
        (f"UPDATE chronicles SET before = x'' WHERE {threads} AND (until IS NULL OR until >= ?)", first),
        (f"UPDATE chronicles SET body = before, before = NULL, until = NULL WHERE {threads}",),
    ):
        connection.execute(sql, (*given, *more))


def unmake(connection: Connection) -> None:
    """Have all chronicles made again."""
    connection.execute("DELETE FROM chronicles")
    connection.execute(
        "INSERT INTO chronicles (thread, body) SELECT thread, x'' FROM threads GROUP BY thread HAVING count(*) > ?",
        (FEW,),
    )


def unmade(connection: Connection) -> list[str]:
    """Return the threads whose chronicles are to be made again."""
    return [name for (name,) in connection.execute("SELECT thread FROM chronicles WHERE body = x''")]


def _told_on(found: Outline | Chronicle, tellings: Sequence[Told]) -> _Summary:
    """What is kept of a thread with some more tellings of it."""
    before, until = None, None
    for told in tellings:
        if found.count > FEW and found.day < told.day == tellings[-1].day:
            before, until = _packed(found), found.day
        found.add(told)
    return _Summary(_packed(found), before, until)


def _packed(summary: Outline | Chronicle) -> bytes:
    return msgspec.msgpack.encode(summary, order="deterministic")


def _write(connection: Connection, table: str, name: str, kept: _Summary) -> None:
    """Keep a summary; what it was before its last day stays where no later day has come."""
    connection.execute(
        f"INSERT INTO {table} (thread, body, before, until) VALUES (?, ?, ?, ?) ON CONFLICT (thread) DO UPDATE SET "
        "body = excluded.body, before = coalesce(excluded.before, before), until = coalesce(excluded.until, until)",
        (name, *kept),
    )

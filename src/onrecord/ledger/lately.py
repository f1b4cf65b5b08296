"""What of the events of a ledger is another since a reader looked last, or since a day: what changed and what is new.

Promise: what is told lies between what was known then and what is known now; what changed and changed back is no
change. Of an event of which much is told only what its chronicle keeps counts (status, date, venue), compared with the
day before the first that is fresh. The odd case that forced the shape: in a large ledger thousands of events are told
of in a week, most of them for the first time and for the last, so the latest are looked at first, and no more of them
than are shown.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.changing import Change, stands_by, stood_otherwise
from onrecord.ledger.chronicle import Chronicle, Standing
from onrecord.ledger.days import earlier
from onrecord.ledger.store import Ledger, marks
from onrecord.ledger.summaries import LAST_DAY, first_on, load, much_told, tellings_of
from onrecord.ledger.threads import bring_together
from onrecord.ledger.worked_out import OfDays, WorkedOut

AT_ONCE = 32
"""Events that are looked at together."""

LOOKED_AT = 400
"""Events that are looked at at most: of more a reader wants a later day."""

FOLDED = 2_000
"""Events that little is told of of which it is remembered what became of them since a time."""

ANSWERED = 100
"""Answers that are remembered: of so many days, or since so many times."""

TOLD_AT = 10_000
"""Tellings that are looked through at most for the events that they tell of, the latest first."""


_FOLDED = WorkedOut[tuple[str, Sequence[Change]]](FOLDED)


class Since(NamedTuple):
    """Since when: what was published on this day or later, or what came behind this document; not both."""

    day: str | None = None
    document: int | None = None
    """What the ledger numbers the last document with that the reader knows of."""


class Changed(NamedTuple):
    """One event, and in what it is another than it was."""

    event: str
    name: str
    status: str
    changes: tuple[Change, ...]


class Lately(NamedTuple):
    """What is another: events that were known before, and new ones; of either the one told of last comes first."""

    changed: tuple[Changed, ...]
    new: tuple[Changed, ...]
    more: bool
    """Whether there may be more of either."""


_ANSWERS = OfDays[Lately](ANSWERED)


def last_document(ledger: Ledger) -> int:
    """Return what the ledger numbers its last document with; 0 where it has none."""
    (last,) = ledger.connection.execute("SELECT max(id) FROM documents").fetchone()
    return int(last or 0)


def lately(ledger: Ledger, since: Since, as_of: str | None = None, most: int = 30) -> Lately:
    """Return at most ``most`` events that are others, and as many new ones that are not over, since a time.

    ``as_of``: only what was published up to this day counts. Raises LedgerError where the ledger is to be brought up to
    date and can't be written to.
    """
    bring_together(ledger)
    connection = ledger.connection
    return _ANSWERS.of(connection, as_of or LAST_DAY, partial(_lately, connection, since, as_of, most), since, most)


def _lately(connection: Connection, since: Since, as_of: str | None, most: int) -> Lately:
    fresh = _Fresh(connection, since, as_of or LAST_DAY)
    changed = _looked_at(connection, (name for name in fresh if name in fresh.known), fresh, as_of)
    ahead = (name for name in fresh if name in fresh.ahead and name not in fresh.known)
    new = _looked_at(connection, ahead, fresh, as_of)
    found = [_some(each, most) for each in (changed, new)]
    more = any(more for _, more in found) or next(islice(fresh, LOOKED_AT, None), None) is not None
    return Lately(found[0][0], found[1][0], more)


def _some(found: Iterator[Changed], most: int) -> tuple[tuple[Changed, ...], bool]:
    some = tuple(islice(found, most))
    return some, next(found, None) is not None


Fresh = dict[int, str]
"""What was told since, by what the ledger numbers the tellings with: the day of each."""


class _Fresh:
    """The threads told of since a time, those told of last first, as far as one wants them.

    Which tellings are fresh an index alone tells; whose they are stands all over the file, and few are wanted.
    """

    def __init__(self, connection: Connection, since: Since, day: str) -> None:
        self._connection, self.since, self._day = connection, since, day
        self._tellings = {number: (on, bool(is_ahead)) for number, on, is_ahead in self._rows()}
        self._left = iter(self._tellings)
        self._names: list[str] = []
        self.told: dict[str, Fresh] = {}
        """What is fresh of each thread that was come to; nothing where its chronicle tells since when it is."""
        self.known: set[str] = set()
        """Those of them that were told of before."""
        self.ahead: set[str] = set()
        """Those of them of which anything that is fresh is of what lies ahead."""

    def __iter__(self) -> Iterator[str]:
        at = 0
        while at < len(self._names) or self._go_on():
            yield self._names[at]
            at += 1

    def _rows(self) -> Iterable[tuple[int, str, int]]:
        if self.since.document is not None:
            return self._connection.execute(
                "SELECT e.id, e.day, e.status != 'occurred' FROM current c "
                "CROSS JOIN events e ON e.reading = c.reading WHERE c.document > ? AND e.day <= ? "
                "ORDER BY e.day DESC, c.document DESC, e.id LIMIT ?",
                (self.since.document, self._day, TOLD_AT),
            )
        return self._connection.execute(
            "SELECT id, day, status != 'occurred' FROM events WHERE day BETWEEN ? AND ? ORDER BY day DESC LIMIT ?",
            (self.since.day or "", self._day, TOLD_AT),
        )

    def _go_on(self) -> bool:
        """Come to some more threads, where there are any."""
        while some := list(islice(self._left, 2 * AT_ONCE)):
            rows = self._connection.execute(f"SELECT event, thread FROM threads WHERE event IN ({marks(some)})", some)
            of = dict(rows.fetchall())
            if names := [
                name for name in dict.fromkeys(of[each] for each in some if each in of) if name not in self.told
            ]:
                self._take(names)
                return True
        return False

    def _take(self, names: list[str]) -> None:
        # what is new may be told of for years: of that its chronicle knows the first day, and that of what is fresh
        first = self.since.day
        kept = much_told(self._connection, names, self._day) if first else {}
        known = {name for name in kept if kept[name].days[0] < (first or "")}
        self.known |= known
        self.told |= {name: {} for name in known}
        others: dict[str, list[int]] = {}
        few = [name for name in names if name not in kept]
        long = [name for name in kept if name not in known]
        rows = self._connection.execute(
            f"SELECT thread, event FROM threads WHERE thread IN ({marks(few)}) UNION ALL "
            f"SELECT thread, event FROM threads WHERE thread IN ({marks(long)}) AND event BETWEEN ? AND ?",
            (*few, *long, min(self._tellings), max(self._tellings)),
        )
        for name, number in rows:
            if number in self._tellings:
                on, is_ahead = self._tellings[number]
                self.told.setdefault(name, {})[number] = on
                if is_ahead:
                    self.ahead.add(name)
            elif name not in kept:
                others.setdefault(name, []).append(number)
        if others:  # of most no more is told than what is fresh
            self.known.update(self._before(others))
        self._names += names

    def _before(self, others: dict[str, list[int]]) -> Iterator[str]:
        """Those of some threads of which any of some tellings was told before."""
        by_day = self.since.document is None
        readings = "" if by_day else "JOIN readings r ON r.id = e.reading "
        rows = self._connection.execute(
            "SELECT a.value ->> 0 FROM json_each(?) a WHERE EXISTS (SELECT 1 FROM json_each(a.value, '$[1]') o "
            f"CROSS JOIN events e ON e.id = o.value {readings}WHERE e.day <= ? "
            f"AND {'e.day' if by_day else 'r.document'} {'<' if by_day else '<='} ?)",
            (json.dumps([*others.items()]), self._day, self.since.day if by_day else self.since.document),
        )
        return (name for (name,) in rows)


def _looked_at(connection: Connection, names: Iterable[str], fresh: _Fresh, as_of: str | None) -> Iterator[Changed]:
    chosen = islice(names, LOOKED_AT)
    while some := list(islice(chosen, AT_ONCE)):
        kept = much_told(connection, some, as_of or LAST_DAY)
        threads = load(connection, [name for name in some if name not in kept], as_of)
        for name in some:
            if name in kept:
                status, changes = _by_chronicle(connection, name, kept[name], fresh, as_of or LAST_DAY)
            elif name in threads:
                tellings, numbers = threads[name].tellings, threads[name].numbers
                told = [each for each, number in zip(tellings, numbers, strict=True) if number in fresh.told[name]]
                status, changes = _FOLDED.of(
                    [*tellings, *told], partial(stands_by, name, tellings, told), name, len(tellings)
                )
            if changes:
                yield Changed(name, changes[0].name, status, tuple(changes))


def _by_chronicle(
    connection: Connection, name: str, kept: Chronicle, fresh: _Fresh, day: str
) -> tuple[str, Sequence[Change]]:
    """How an event stands of which much is told, and in what it is another than before the first of fresh tellings.

    Of these only the first of the day on which it became so is read, or the last of all where that was before them.
    """
    told = fresh.told[name]
    first = min(told.values()) if told else kept.days[bisect_left(kept.days, fresh.since.day or "")]
    now = kept.standing(day)
    was = kept.standing(earlier(first, 1)) if kept.stood[0].day < first else Standing("")
    if now.day < first or (was.status, was.dated, was.placed) == (now.status, now.dated, now.placed):
        return now.status, []
    by_day = sorted((on, number) for number, on in told.items()) or [(now.day, first_on(connection, name, now.day))]
    _, number = next((each for each in by_day if each[0] >= now.day), by_day[-1])
    return now.status, stood_otherwise(name, was, now, *tellings_of(connection, [number]))

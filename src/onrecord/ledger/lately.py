"""What of the events of a ledger is another since a reader looked last, or since a day: what changed and what is new.

Promise: what is told lies between what was known then and what is known now; what changed and changed back is no
change. Of an event of which much is told only what its chronicle keeps counts (status, date, venue), compared with the
day before the first that is fresh. The odd case that forced the shape: in a large ledger thousands of events are told
of in a week, most of them for the first time and for the last, so the latest are looked at first, and no more of them
than are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.changing import Change, changed_by, stood_otherwise
from onrecord.ledger.chronicle import Chronicle, Standing
from onrecord.ledger.days import earlier
from onrecord.ledger.state import state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import LAST_DAY, kept_chronicles, load, tellings_of
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Told
from onrecord.ledger.worked_out import WorkedOut

AT_ONCE = 32
"""Events that are looked at together."""

LOOKED_AT = 400
"""Events that are looked at at most: of more a reader wants a later day."""

FOLDED = 2_000
"""Events that little is told of of which it is remembered what became of them since a time."""

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
    fresh, among = _fresh(ledger.connection, since, as_of or LAST_DAY)
    known = _Known(ledger.connection, fresh, since, as_of or LAST_DAY)
    changed = _looked_at(ledger.connection, (name for name in fresh if name in known), fresh, as_of)
    new = _looked_at(ledger.connection, (name for name in fresh if among[name] and name not in known), fresh, as_of)
    found = [_some(each, most) for each in (changed, new)]
    return Lately(found[0][0], found[1][0], any(more for _, more in found) or len(fresh) > LOOKED_AT)


def _some(found: Iterator[Changed], most: int) -> tuple[tuple[Changed, ...], bool]:
    some = tuple(islice(found, most))
    return some, next(found, None) is not None


Fresh = dict[int, str]
"""What was told since, by what the ledger numbers the tellings with: the day of each."""


def _fresh(connection: Connection, since: Since, day: str) -> tuple[dict[str, Fresh], dict[str, bool]]:
    """The threads told of since, those told of last first, each with these tellings; and whether any lies ahead."""
    if since.document is not None:
        rows = connection.execute(
            "SELECT t.thread, e.id, e.day, e.status != 'occurred' FROM current c "
            "CROSS JOIN events e ON e.reading = c.reading CROSS JOIN threads t ON t.event = e.id "
            "WHERE c.document > ? AND e.day <= ? "
            "ORDER BY e.day DESC, c.document DESC, e.id LIMIT ?",
            (since.document, day, TOLD_AT),
        )
    else:
        rows = connection.execute(
            "SELECT t.thread, e.id, e.day, e.status != 'occurred' FROM events e CROSS JOIN threads t ON t.event = e.id "
            "WHERE e.day BETWEEN ? AND ? ORDER BY e.day DESC LIMIT ?",
            (since.day or "", day, TOLD_AT),
        )
    fresh: dict[str, Fresh] = {}
    ahead: dict[str, bool] = {}
    for thread, number, on, is_ahead in rows:
        fresh.setdefault(thread, {})[number] = on
        ahead[thread] = ahead.get(thread, False) or bool(is_ahead)
    return fresh, ahead


class _Known:
    """Which of some threads were told of before, in what was published up to a day; asked for as far as one wants."""

    def __init__(self, connection: Connection, fresh: dict[str, Fresh], since: Since, day: str) -> None:
        before, bound = ("e.day < ?", since.day) if since.document is None else ("r.document <= ?", since.document)
        readings = "" if since.document is None else "JOIN readings r ON r.id = e.reading "
        self._query = (  # of most no more is told than what is fresh: that an index alone tells
            "SELECT a.value ->> 0 FROM json_each(?) a WHERE EXISTS (SELECT 1 FROM threads t "
            f"CROSS JOIN events e ON e.id = t.event {readings}WHERE t.thread = a.value ->> 0 "
            f"AND t.event NOT IN (SELECT value FROM json_each(a.value, '$[1]')) AND e.day <= ? AND {before})"
        )
        self._connection, self._values, self._fresh, self._first = connection, (day, bound), fresh, since.day
        self._names, self._asked, self._known = iter(fresh), set[str](), set[str]()

    def __contains__(self, name: str) -> bool:
        while name not in self._asked and (some := list(islice(self._names, 2 * AT_ONCE))):
            self._asked.update(some)
            # what is new may be told of for years: of that its chronicle knows the first day
            told = kept_chronicles(self._connection, some) if self._first else {}
            self._known.update(name for name in told if told[name].days[0] < (self._first or ""))
            asked = json.dumps([(name, list(self._fresh[name])) for name in some if name not in told])
            rows = self._connection.execute(self._query, (asked, *self._values))
            self._known.update(name for (name,) in rows)
        return name in self._known


def _looked_at(
    connection: Connection, names: Iterable[str], fresh: dict[str, Fresh], as_of: str | None
) -> Iterator[Changed]:
    chosen = islice(names, LOOKED_AT)
    while some := list(islice(chosen, AT_ONCE)):
        kept = kept_chronicles(connection, some)
        threads = load(connection, [name for name in some if name not in kept], as_of)
        for name in some:
            if name in kept:
                status, changes = _by_chronicle(connection, name, kept[name], fresh[name], as_of or LAST_DAY)
            elif name in threads:
                tellings, numbers = threads[name].tellings, threads[name].numbers
                told = [each for each, number in zip(tellings, numbers, strict=True) if number in fresh[name]]
                status, changes = _FOLDED.of(
                    [*tellings, *told], partial(_otherwise, name, tellings, told), name, len(tellings)
                )
            if changes:
                yield Changed(name, changes[0].name, status, tuple(changes))


def _otherwise(name: str, tellings: list[Told], fresh: list[Told]) -> tuple[str, Sequence[Change]]:
    """How an event stands, and in what it is another than without some of its tellings."""
    return state_of(tellings).status, changed_by(name, tellings, fresh)


def _by_chronicle(
    connection: Connection, name: str, kept: Chronicle, fresh: Fresh, day: str
) -> tuple[str, Sequence[Change]]:
    """How an event stands of which much is told, and in what it is another than before the first of fresh tellings.

    Of these only the first of the day on which it became so is read, or the last of all where that was before them.
    """
    first = min(fresh.values())
    now = kept.standing(day)
    was = kept.standing(earlier(first, 1)) if kept.stood[0].day < first else Standing("")
    if now.day < first or (was.status, was.dated, was.placed) == (now.status, now.dated, now.placed):
        return now.status, []
    by_day = sorted((on, number) for number, on in fresh.items())
    _, number = next((each for each in by_day if each[0] >= now.day), by_day[-1])
    return now.status, stood_otherwise(name, was, now, *tellings_of(connection, [number]))

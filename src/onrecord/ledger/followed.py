"""The sources that a ledger follows: when each is due, how its last polls went, and how much it brings.

Promise: when a source is due stands in the ledger, so that a watch that was stopped goes on where it was. The odd case
that forced the shape: a source that fails is asked less and less often and never given up, and one that has gone silent
without an error is seen only by what it brought before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from onrecord.ledger.store import Ledger

LONGEST = timedelta(days=1)
"""A source that fails is asked at least so often, unless it is to be asked less often anyway."""

KEPT = timedelta(days=60)
"""Polls older than these are forgotten."""

_WEEK, _BEFORE = timedelta(days=7), timedelta(days=35)


Drift = Literal["silent", "fewer", "more"]

FACTOR = 4
"""Times as many documents a day, or as few, from which on a source is not what it was."""

TO_TELL = 7
"""Documents to be expected in the time from which on their missing tells anything."""


class Followed(msgspec.Struct, frozen=True):
    """A source and its health. None: not yet."""

    address: str
    every: int
    """Seconds between two polls."""
    due: str
    failures: int
    """Polls that failed since the last that did not."""
    succeeded: str | None
    error: str | None
    """Why the last poll failed; None where it did not."""
    items_a_day: float | None
    """New documents a day in the last seven days, or since the first poll."""
    items_a_day_before: float | None
    """The same in the four weeks before these."""
    drift: Drift | None = None
    """What it brings against what it brought; None: about as much, or too little to tell."""


def follow(ledger: Ledger, address: str, every: timedelta, now: datetime) -> bool:
    """Follow a source from now on, or change how often; return whether it is new. Raises LedgerError."""
    with ledger.writing() as connection:
        (new,) = connection.execute("SELECT count(*) = 0 FROM followed WHERE address = ?", (address,)).fetchone()
        connection.execute(
            "INSERT INTO followed (address, every, due) VALUES (?, ?, ?) "
            "ON CONFLICT (address) DO UPDATE SET every = excluded.every, due = min(due, excluded.due)",
            (address, int(every.total_seconds()), _stamp(now)),
        )
    return bool(new)


def unfollow(ledger: Ledger, address: str) -> bool:
    """Follow a source no longer; return whether it was followed. Its documents stay. Raises LedgerError."""
    with ledger.writing() as connection:
        return connection.execute("DELETE FROM followed WHERE address = ?", (address,)).rowcount > 0


def followed(ledger: Ledger, now: datetime) -> list[Followed]:
    """Return all sources by their addresses, with their health as of now."""
    rows = ledger.connection.execute("SELECT id, address, every, due, failures FROM followed ORDER BY address")
    return [
        _healthy(ledger, number, address, every, due, failures, now) for number, address, every, due, failures in rows
    ]


def due(ledger: Ledger, now: datetime) -> list[str]:
    """Return the sources that are to be polled, those that wait longest first."""
    rows = ledger.connection.execute(
        "SELECT address FROM followed WHERE due <= ? ORDER BY due, address", (_stamp(now),)
    )
    return [str(address) for (address,) in rows]


def next_due(ledger: Ledger) -> datetime | None:
    """Return when the next source is due; None where none is followed."""
    (moment,) = ledger.connection.execute("SELECT min(due) FROM followed").fetchone()
    return None if moment is None else datetime.fromisoformat(moment)


def polled(ledger: Ledger, address: str, now: datetime, added: int, error: str | None, chance: float) -> None:
    """Keep how a poll went, and when the source is due again. Raises LedgerError.

    ``chance``: between 0 and 1, spreads polls by a tenth to either side, so that sources do not all come due at once.
    Each failure in a row doubles the time, up to `LONGEST`.
    """
    with ledger.writing() as connection:
        row = connection.execute("SELECT id, every, failures FROM followed WHERE address = ?", (address,)).fetchone()
        if row is None:
            return  # it was taken out of the list while it was polled
        number, every, failures = row
        failures = failures + 1 if error else 0
        wait = timedelta(seconds=every) * 2 ** min(failures, 20)
        wait = min(wait, max(LONGEST, timedelta(seconds=every))) * (0.9 + 0.2 * chance)
        connection.execute(
            "UPDATE followed SET due = ?, failures = ? WHERE id = ?", (_stamp(now + wait), failures, number)
        )
        connection.execute(
            "INSERT INTO polls (followed, moment, added, error) VALUES (?, ?, ?, ?)",
            (number, _stamp(now), added, error),
        )
        connection.execute("DELETE FROM polls WHERE followed = ? AND moment < ?", (number, _stamp(now - KEPT)))


def _healthy(ledger: Ledger, number: int, address: str, every: int, due: str, failures: int, now: datetime) -> Followed:
    first, succeeded = ledger.connection.execute(
        "SELECT min(moment), max(iif(error IS NULL, moment, NULL)) FROM polls WHERE followed = ?", (number,)
    ).fetchone()
    last = ledger.connection.execute(
        "SELECT error FROM polls WHERE followed = ? ORDER BY id DESC LIMIT 1", (number,)
    ).fetchone()
    began = datetime.fromisoformat(first) if first else now
    week = max(began, now - _WEEK)
    lately = _rate(ledger, number, week, now)
    before = _rate(ledger, number, max(began, now - _BEFORE), now - _WEEK)
    return Followed(
        address=address, every=every, due=due, failures=failures, succeeded=succeeded, error=last[0] if last else None,
        items_a_day=lately, items_a_day_before=before, drift=_drift(lately, before, (now - week) / timedelta(days=1)),
    )  # fmt: skip


def _drift(lately: float | None, before: float | None, days: float) -> Drift | None:
    """How many documents a day there are against those before, in so many days; None where too few can be expected."""
    if lately is None or before is None or max(lately, before) * days < TO_TELL:
        return None
    if lately == 0:
        return "silent"
    return "fewer" if lately * FACTOR <= before else "more" if lately >= before * FACTOR else None


def _rate(ledger: Ledger, number: int, start: datetime, end: datetime) -> float | None:
    """New documents a day between two moments; None where there is less than an hour between them."""
    days = (end - start) / timedelta(days=1)
    if days < 1 / 24:
        return None
    (added,) = ledger.connection.execute(
        "SELECT coalesce(sum(added), 0) FROM polls WHERE followed = ? AND moment >= ? AND moment < ?",
        (number, _stamp(start), _stamp(end)),
    ).fetchone()
    return round(float(added) / max(days, 1.0), 1)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

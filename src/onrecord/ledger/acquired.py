"""What a ledger remembers of where documents come from: by what a server tells that a page is new, and what is mended.

Promise: what a server said of a page is kept after the page itself is, so that a run that is stopped asks for it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from onrecord.ledger.store import Ledger


def validators(ledger: Ledger, address: str) -> tuple[str, str] | None:
    """Return the ETag and Last-Modified that came with a page when it was kept; None where it was not."""
    row = ledger.connection.execute("SELECT etag, modified FROM fetched WHERE address = ?", (address,)).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def keep_validators(ledger: Ledger, learnt: Mapping[str, tuple[str, str]], moment: datetime) -> None:
    """Keep what servers said of pages that are in the ledger by now. Raises LedgerError where that can't be written."""
    rows = [
        (address, etag, modified, moment.isoformat(timespec="seconds")) for address, (etag, modified) in learnt.items()
    ]
    with ledger.writing() as connection:
        connection.executemany(
            "INSERT INTO fetched (address, etag, modified, observed) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, "
            "modified = excluded.modified, observed = excluded.observed",
            rows,
        )


def settle_problems(ledger: Ledger, read: Iterable[str], still: Iterable[tuple[str, str]], moment: datetime) -> None:
    """Mark the problems of what was ``read`` to its end as solved, except those that came up ``still``.

    ``read``: files, folders and addresses; a place in one of them (``feed.xml:3``) is its own. ``still``: place and
    reason. Raises LedgerError where that can't be written.
    """
    remaining = set(still)
    solved = []
    files = [each for each in read if each != "-"]
    held = "SELECT id, place, reason FROM problems WHERE solved IS NULL"
    for number, place, reason in ledger.connection.execute(held):
        own = any(place == each or place.startswith((f"{each}:", f"{each.rstrip('/')}/")) for each in files)
        if own and (place, reason) not in remaining:
            solved.append((moment.isoformat(timespec="seconds"), number))
    with ledger.writing() as connection:
        connection.executemany("UPDATE problems SET solved = ? WHERE id = ?", solved)

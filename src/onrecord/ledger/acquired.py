"""What a ledger remembers of where documents come from: by what a server tells that a page is new, and what is mended.

Promise: what a server or a feed said of a page is kept after the page itself is, so that a run that is stopped asks for
it again. The odd case that forced the shape: a feed that has not changed is not sent again, and the page in it that
failed would never be; so the feed is asked for whole whenever such a page is due.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from onrecord.ledger.store import Ledger
from onrecord.page.address import key_of

FIRST = timedelta(minutes=15)
"""A page that failed is not asked for again sooner, and after each further failure in a row not for twice as long."""

LONGEST = timedelta(days=1)
"""But after so long at the latest."""


Standing = Literal["due", "kept", "failing"]
"""How a page stands that something names: to be asked for, kept as it is named now, or failing and not due yet."""

_DUE = "listed_in = ? AND again <= ?"


class Page(NamedTuple):
    """A page that a feed, a sitemap or a list names."""

    by: str
    """What names it."""
    address: str
    """By its key (`page.address`), as what servers said of pages is kept too."""
    mark: str
    """Another one as soon as anything else is said of the page; empty: nothing is said by which that shows."""


def validators(ledger: Ledger, address: str) -> tuple[str, str] | None:
    """Return the ETag and Last-Modified that came with a page when it was kept; None where it was not."""
    row = ledger.connection.execute("SELECT etag, modified FROM fetched WHERE address = ?", (address,)).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def keep_validators(ledger: Ledger, learnt: Mapping[str, tuple[str, str]], moment: datetime) -> None:
    """Keep what servers said of pages that are in the ledger by now. Raises LedgerError where that can't be written."""
    rows = [(address, etag, modified, _stamp(moment)) for address, (etag, modified) in learnt.items()]
    with ledger.writing() as connection:
        connection.executemany(
            "INSERT INTO fetched (address, etag, modified, observed) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, "
            "modified = excluded.modified, observed = excluded.observed",
            rows,
        )


def standing(ledger: Ledger, page: Page, moment: datetime) -> Standing:
    """Return how a page stands; one of which something else is said than when it was asked for is due."""
    row = ledger.connection.execute(
        "SELECT failures = 0, again <= ? FROM listed WHERE (listed_in, address, mark) = (?, ?, ?)",
        (_stamp(moment), *page),
    ).fetchone()
    if row is None:
        return "due"
    kept, due = row
    return "kept" if kept else "due" if due else "failing"


def waits(ledger: Ledger, by: str, moment: datetime) -> bool:
    """Return whether a page that is named by something failed and is due to be asked for again."""
    due = ledger.connection.execute(f"SELECT 1 FROM listed WHERE {_DUE}", (by, _stamp(moment)))
    return due.fetchone() is not None


def keep_listed(ledger: Ledger, pages: Iterable[tuple[Page, bool]], whole: Iterable[str], moment: datetime) -> None:
    """Keep of pages that were asked for whether each failed, and when it is to be asked for again then.

    ``whole``: what was read to its end, which names no page any more that was due and was not asked for. Raises
    LedgerError where that can't be written.
    """
    with ledger.writing() as connection:
        for page, failed in pages:
            before = "DELETE FROM listed WHERE (listed_in, address) = (?, ?) RETURNING failures"
            earlier = sum(count for (count,) in connection.execute(before, (page.by, page.address)))
            failures = earlier + 1 if failed else 0
            again = _stamp(moment + min(FIRST * 2 ** min(failures - 1, 20), LONGEST)) if failed else None
            if failed or page.mark:
                connection.execute(
                    "INSERT INTO listed (listed_in, address, mark, failures, again) VALUES (?, ?, ?, ?, ?)",
                    (*page, failures, again),
                )
        connection.executemany(f"DELETE FROM listed WHERE {_DUE}", [(each, _stamp(moment)) for each in whole])


def settle_problems(
    ledger: Ledger,
    read: Iterable[str],
    still: Iterable[tuple[str, str]],
    moment: datetime,
    pages: Container[str] = frozenset(),
) -> None:
    """Mark the problems of what was ``read`` to its end as solved, except those that came up ``still``.

    ``read``: files, folders and addresses; a place in one of them (``feed.xml:3``) is its own, but not what stands
    below an address, which is another page that need not have been asked for. ``still``: place and reason. ``pages``:
    keys of addresses (`page.address`) at which there was no problem this time. Raises LedgerError
    where that can't be written.
    """
    remaining = set(still)
    solved = []
    places = [each for each in read if each != "-"]
    folders = [each.rstrip("/") for each in places if "://" not in each]
    inside = (*(f"{each}:" for each in places), *(f"{each}/" for each in folders))
    held = "SELECT id, place, reason FROM problems WHERE solved IS NULL"
    for number, place, reason in ledger.connection.execute(held):
        own = place in places or place.startswith(inside) or ("://" in place and key_of(place) in pages)
        if own and (place, reason) not in remaining:
            solved.append((_stamp(moment), number))
    with ledger.writing() as connection:
        connection.executemany("UPDATE problems SET solved = ? WHERE id = ?", solved)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

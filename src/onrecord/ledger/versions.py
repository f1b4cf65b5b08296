"""Whether answers of a ledger can be other ones than before: what caches, feeds and calendars ask.

Promise: two times at which the version of one file is the same have the same answers to the same questions as of the
same day; a backup that takes its place may come to that version with others (`web.desk.Desk.stamp`). The odd case that
forced the shape: much of the file is worked out again at any time (threads, identities, indexes), so it tells nothing
that the file was written to; what is only ever added to does.
"""

from __future__ import annotations

from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import LAST_DAY

_LAST = (
    "SELECT (SELECT max(id) FROM readings), (SELECT max(id) FROM decisions), (SELECT max(id) FROM problems), "
    "(SELECT max(solved) FROM problems), (SELECT max(id) FROM comments), (SELECT max(id) FROM moderated), "
    "(SELECT max(id) FROM alert_rules), (SELECT max(id) FROM alerts), (SELECT count(*) FROM deliveries d "
    "WHERE d.sent IS NULL AND d.given_up IS NULL), "
    "(SELECT count(*) || '-' || sum(failures) || '-' || max(succeeded) FROM alert_targets)"
)


_REVISION = (
    "SELECT w.times + max(w.reading, coalesce((SELECT max(e.reading) FROM threads t JOIN events e ON e.id = t.event "
    "WHERE t.thread = ? AND e.day <= ?), 0)) FROM reworked w"
)


def revision(ledger: Ledger, thread: str, as_of: str | None = None) -> int:
    """Return how far the ledger had come when an event, by its id, was last told of or anything fell away from events.

    It rises with each telling and each decision, and never falls, also where one takes a telling away. ``as_of``: only
    what was published up to this day counts as told.
    """
    return int(ledger.connection.execute(_REVISION, (thread, as_of or LAST_DAY)).fetchone()[0])


def version(ledger: Ledger) -> str:
    """Return the version of all that a ledger's answers depend on; another one after each addition."""
    row = ledger.connection.execute(_LAST).fetchone()
    return ".".join("" if each is None else str(each) for each in row)

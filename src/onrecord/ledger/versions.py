"""Whether answers of a ledger can be other ones than before: what caches and feeds ask.

Promise: two times at which the version of one file is the same have the same answers to the same questions as of the
same day; a backup that takes its place may come to that version with others (`web.desk.Desk.stamp`). The odd case that
forced the shape: much of the file is worked out again at any time (threads, identities, indexes), so it tells nothing
that the file was written to; what is only ever added to does.
"""

from __future__ import annotations

from onrecord.ledger.store import Ledger

_LAST = (
    "SELECT (SELECT max(id) FROM readings), (SELECT max(id) FROM decisions), (SELECT max(id) FROM problems), "
    "(SELECT max(solved) FROM problems), (SELECT max(id) FROM comments), (SELECT max(id) FROM moderated), "
    "(SELECT max(id) FROM alert_rules), (SELECT max(id) FROM alerts), (SELECT count(*) FROM deliveries d "
    "WHERE d.sent IS NULL AND d.given_up IS NULL), "
    "(SELECT count(*) || '-' || sum(failures) || '-' || max(succeeded) FROM alert_targets)"
)


def version(ledger: Ledger) -> str:
    """Return the version of all that a ledger's answers depend on; another one after each addition."""
    row = ledger.connection.execute(_LAST).fetchone()
    return ".".join("" if each is None else str(each) for each in row)

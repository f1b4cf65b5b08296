"""Up to where somebody has looked, kept with him: the last document that the ledger had, as it numbers them.

Promise: a look is read by one key and written in one row, and never goes back. The odd case that forced the shape: a
page may have stood open on one machine while he has looked further on another.
"""

from __future__ import annotations

from onrecord.ledger.access import key_of
from onrecord.ledger.store import Ledger


def look(ledger: Ledger, name: str, document: int) -> None:
    """Keep that a user has seen what the ledger held up to a document. Raises LedgerError where it can't be kept."""
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO looked SELECT id, ? FROM users WHERE key = ? "
            "ON CONFLICT (user) DO UPDATE SET document = max(document, excluded.document)",
            (document, key_of(name)),
        )


def looked(ledger: Ledger, name: str) -> int | None:
    """Return up to which document a user has seen what the ledger holds; None: he has never said so."""
    row = ledger.connection.execute(
        "SELECT l.document FROM users u JOIN looked l ON l.user = u.id WHERE u.key = ?", (key_of(name),)
    ).fetchone()
    return int(row[0]) if row else None

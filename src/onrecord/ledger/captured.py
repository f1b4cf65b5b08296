"""Whether a page that was captured again is in the ledger: one address, one text, whatever else its bytes hold.

Promise: another text is another document, and so is one of which a day of publication is told where none was known.
The odd case that forced the shape: a page with a counter, a token or another advertisement in it comes in other bytes
each time that it is fetched, and was read and told of each time.
"""

from __future__ import annotations

from hashlib import sha256
from sqlite3 import Connection

from onrecord.ledger.copies import text_of
from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.page.address import key_of

_AT = (
    "SELECT a.text, r.body FROM addressed a JOIN documents d ON d.id = a.document "
    "JOIN current c ON c.document = d.id JOIN readings r ON r.id = c.reading "
    "WHERE a.address IN (?, ?) AND a.text IN (?, x'') AND (d.published IS NOT NULL OR ? IS NULL)"
)


def is_captured(connection: Connection, source: Source, document: Document | None = None) -> bool:
    """Return whether the page of a source that an archive, a feed or a server gave is there already.

    ``document``: what was read of it; None: its page is read, where there are others of its address.
    """
    if source.url is None or source.provenance is None:
        return False
    addresses = key_of(source.url), source.url  # of what came in before there were keys only the address is known
    if document is None:
        if connection.execute("SELECT 1 FROM addressed WHERE address IN (?, ?)", addresses).fetchone() is None:
            return False
        try:
            document = read_page(source)
        except Exception:  # of which reading tells
            return False
    text = _digest(document.text)
    rows = connection.execute(_AT, (*addresses, text, document.published and document.published.value))
    return any((known or _digest(text_of(body))) == text for known, body in rows)


def keep_address(connection: Connection, number: int, document: Document) -> None:
    """Keep at which address a document stands and its text, as it was read last.

    ``number``: what the ledger numbers it with.
    """
    if document.url:
        connection.execute(
            "INSERT INTO addressed (address, text, document) VALUES (?, ?, ?) "
            "ON CONFLICT (address, document) DO UPDATE SET text = excluded.text",
            (key_of(document.url), _digest(document.text), number),
        )


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()

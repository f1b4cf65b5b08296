"""One document as the ledger keeps it: its reading, what it is a part of across documents, and how it came in.

Promise: a reading is unpacked once, and all else that is told of the document is found by its number. The odd case that
forced the shape: an article that is changed comes in again under its old id, so an id may mean several documents; the
one that came last is meant unless another is asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from onrecord.ledger.corrections import Decision, Placed, placed, speakers_decided
from onrecord.ledger.identities import identify
from onrecord.ledger.questions import ANY, DOCUMENT, Between, HeldDocument, held_document
from onrecord.ledger.store import DIGITS, OLDER, Ledger
from onrecord.ledger.threads import bring_together
from onrecord.nouns import Reading


class ReadBy(msgspec.Struct, frozen=True):
    """One reading of a document: which program and models made it, and when."""

    version: str
    models: dict[str, str]
    observed: str
    counts: bool
    """Whether it is the one that answers questions."""


class Version(msgspec.Struct, frozen=True):
    """One of the documents that came in under one id."""

    version: str
    """What tells it from the others in an address: the beginning of the SHA-256 of what came in."""
    published: str | None
    observed: str


class Copy(msgspec.Struct, frozen=True):
    """Another document with the same text."""

    name: str
    title: str | None
    outlet: str | None
    published: str | None
    share: float
    """Of the shorter text's runs of words, what the longer has too."""
    version: str | None = None
    """As in `HeldDocument`."""


class Kept(NamedTuple):
    """A document with its reading and all that the ledger knows of it."""

    number: int
    """What the ledger numbers it with."""
    held: HeldDocument
    reading: Reading
    version: str
    versions: tuple[Version, ...]
    """All documents of its id, the last that came in first."""
    means: str
    """The version that the id alone means as of the day."""
    readings: tuple[ReadBy, ...]
    events: dict[str, str]
    """The id across documents of each event of the reading."""
    entities: dict[str, str]
    """The same of each entity."""
    speakers: dict[str, Decision]
    """Who said a statement, where people decided it."""
    decided: tuple[Placed, ...]
    """All decisions that hold of it."""


MOST_VERSIONS = 50
MOST_COPIES = 100


def kept(ledger: Ledger, name: str, version: str | None = None, as_of: str | None = None) -> Kept | None:
    """Return the document of an id; None where the ledger has none of it.

    ``version``: which of those of one id, as `Version.version` has it; else it is the last that came in of those that
    were published by the day ``as_of``, and where none was, the last. Raises LedgerError where the ledger is to be
    brought up to date and can't be written to.
    """
    bring_together(ledger)
    identify(ledger)
    connection = ledger.connection
    rows = connection.execute(
        f"SELECT d.id, {DIGITS}, d.title, d.outlet, d.published, d.path, d.observed, {OLDER} "
        "FROM documents d JOIN current c ON c.document = d.id WHERE d.name = ? ORDER BY d.id DESC LIMIT ?",
        (name, MOST_VERSIONS),
    ).fetchall()
    then = (row for row in rows if as_of is None or (row[4] and row[4][: len(as_of)] <= as_of))
    meant = next(then, rows[0] if rows else None)
    found = meant if version is None else next((row for row in rows if row[1] == version), None)
    if found is None or meant is None:
        return None
    number, own, title, outlet, published, path, observed, older = found
    reading, body = connection.execute(
        "SELECT r.id, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?", (number,)
    ).fetchone()
    read, decided = ledger.unpacked(body), placed(connection, number)
    return Kept(
        number=number,
        held=held_document(ledger, name, title, outlet, published, path, observed, len(read.statements), older),
        reading=read,
        version=own,
        versions=tuple(Version(digits, published, observed) for _, digits, _, _, published, _, observed, _ in rows),
        means=meant[1],
        readings=tuple(_readings(connection, number, reading)),
        events=dict(
            connection.execute(
                "SELECT e.number, t.thread FROM events e JOIN threads t ON t.event = e.id WHERE e.reading = ?",
                (reading,),
            )
        ),
        entities=dict(
            connection.execute(
                "SELECT e.number, i.identity FROM entities e JOIN identified i ON i.entity = e.id WHERE e.reading = ?",
                (reading,),
            )
        ),
        speakers=speakers_decided(read, decided),
        decided=tuple(decided),
    )


def _readings(connection: Connection, document: int, current: int) -> Iterator[ReadBy]:
    rows = connection.execute(
        "SELECT b.version, b.models, r.observed, r.id = ? FROM readings r JOIN readers b ON b.id = r.reader "
        "WHERE r.document = ? ORDER BY r.id DESC",
        (current, document),
    )
    for version, models, observed, counts in rows:
        yield ReadBy(version, msgspec.json.decode(models, type=dict[str, str]), observed, bool(counts))


def original(ledger: Ledger, number: int) -> bytes:
    """Return the bytes that a document came in as, by what the ledger numbers it with."""
    (body,) = ledger.connection.execute("SELECT original FROM documents WHERE id = ?", (number,)).fetchone()
    return zlib.decompress(body)


def copies_of(ledger: Ledger, number: int, as_of: str | None = None) -> list[Copy]:
    """Return the other documents that have a document's text, the earliest first; at most `MOST_COPIES`.

    ``as_of``: only what was published up to this day counts.
    """
    rows = ledger.connection.execute(
        f"SELECT d.name, d.title, d.outlet, d.published, round(c.share, 3), {OLDER} FROM copies c "
        "JOIN documents d ON d.id = c.other WHERE c.document = ? "
        "AND (? IS NULL OR substr(d.published, 1, 10) <= ?) ORDER BY d.published IS NULL, d.published, d.id LIMIT ?",
        (number, as_of, as_of, MOST_COPIES),
    )
    return [Copy(*row) for row in rows]


class Listed(NamedTuple):
    """Some of the documents of a ledger, and where the next ones begin."""

    documents: list[HeldDocument]
    after: str | None
    """What to ask for the next ones with; None where there are none."""


def listed(
    ledger: Ledger, outlet: str | None = None, days: Between = ANY, after: str | None = None, most: int = 50
) -> Listed:
    """Return at most ``most`` documents, the latest published first; those of no known day come last.

    ``outlet``: only what it published. ``after``: the `Listed.after` of the ones before; ValueError for anything else.
    Days leave out what is of no known day.
    """
    day, number = _place(after)
    values = {"outlet": outlet, "first": days.first, "last": days.last, "day": day, "number": number, "most": most + 1}
    of = "d.outlet = :outlet" if outlet is not None else "1"
    rows = []
    # what begins with a day is less than the day with a "~": the index serves, and the last day needs no next one
    if after is None or day:
        begun = "AND (d.published, d.id) < (:day, :number)" if day else ""
        first = "AND d.published >= :first" if days.first else ""
        last = "AND d.published < :last || '~'" if days.last else ""
        rows += ledger.connection.execute(
            f"{_LISTED} WHERE {of} AND d.published IS NOT NULL {first} {last} {begun} "
            "ORDER BY d.published DESC, d.id DESC LIMIT :most",
            values,
        ).fetchall()
    if days == ANY and len(rows) <= most:
        values |= {"most": most + 1 - len(rows), "number": number if after is not None and not day else 1 << 62}
        rows += ledger.connection.execute(
            f"{_LISTED} WHERE {of} AND d.published IS NULL AND d.id < :number ORDER BY d.id DESC LIMIT :most", values
        ).fetchall()
    *_, (last_number, *last_told) = rows[:most] or [(0, *[None] * 8)]
    following = f"{last_told[3] or ''}~{last_number}" if len(rows) > most else None
    return Listed([held_document(ledger, *told) for _, *told in rows[:most]], following)


_LISTED = f"SELECT d.id, {DOCUMENT} FROM documents d CROSS JOIN current c ON c.document = d.id"


def _place(after: str | None) -> tuple[str, int]:
    """The day and the number of the document behind which a list goes on."""
    day, _, digits = (after or "~0").rpartition("~")
    number = int(digits) if len(digits) < len(str(1 << 63)) + 1 else 1 << 63
    if abs(number) >= 1 << 63:
        raise ValueError(f"“{after}”: no document has such a number")
    return day, number


def outlets(ledger: Ledger, most: int = 500, as_of: str | None = None) -> list[str]:
    """Return the outlets of a ledger by name, at most so many; ``as_of``: only those that published by this day."""
    rows = ledger.connection.execute(
        "WITH RECURSIVE found (outlet) AS (SELECT min(outlet) FROM documents UNION ALL "
        "SELECT (SELECT min(d.outlet) FROM documents d WHERE d.outlet > found.outlet) FROM found "
        "WHERE found.outlet IS NOT NULL) SELECT outlet FROM found WHERE outlet IS NOT NULL AND (? IS NULL OR EXISTS ("
        "SELECT 1 FROM documents d WHERE d.outlet = found.outlet AND d.published < ? || '~')) LIMIT ?",
        (as_of, as_of, most),
    )
    return [outlet for (outlet,) in rows]

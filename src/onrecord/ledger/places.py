"""Where statements stand in the text of their document: what tells them apart whatever a reading numbers them.

Promise: a place leads to the same words in every reading of a text, and who asks is told whether the newest has a
statement there, and in which bounds. The odd case that forced the shape: an address that somebody sent years ago is of
a reading that no longer counts, and what it showed may be found no more; then that reading still has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from sqlite3 import Connection
from typing import NamedTuple, TypeVar

from onrecord.ledger.corrections import extent, overlap, speakers_decided
from onrecord.ledger.kept import Kept
from onrecord.ledger.store import Ledger
from onrecord.nouns import Reader, Span, Statement

T = TypeVar("T")

_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})\Z")


def place_of(span: Span) -> str:
    """Return a place as it is written in addresses and asked for: ``120-156``, in code points of the text."""
    return f"{span[0]}-{span[1]}"


def span_of(place: str) -> Span | None:
    """Return the place that is written so; None where that is none (a statement's number, which is of one reading)."""
    found = _PLACE.match(place)
    span = (int(found[1]), int(found[2])) if found else (0, 0)
    return span if span[0] < span[1] else None


def nearest(asked: Iterable[T], span: Span, where: Callable[[T], Span]) -> T | None:
    """Return what stands at a place: of those that have more than half of their words or of its the one that fits best.

    Of several that fit as well the first; None: there is none. ``where`` tells the place of each.
    """
    there = [(overlap(where(each), span), each) for each in asked if _same_words(where(each), span)]
    return max(there, key=lambda pair: pair[0], default=(0, None))[1]


def _same_words(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])


class Standing(NamedTuple):
    """A statement at a place."""

    held: Kept
    """Its document, with the reading that has it."""
    said: Statement
    exact: bool
    """Whether it has the very bounds that were asked for."""
    earlier: Reader | None
    """Who read it so, where that reading no longer counts and the one that does has no statement there."""


def statement_at(ledger: Ledger, held: Kept, span: Span) -> Standing | None:
    """Return the statement at a place of a document; None where no reading of its text has one there.

    It is the one of the reading that counts, else of the reading that had it in the likest bounds, the latest of them.
    """
    said = nearest(held.reading.statements, span, extent)
    if said is not None:
        return Standing(held, said, extent(said) == span, None)
    rows = ledger.connection.execute(
        "SELECT s.start, s.stop, s.number, r.id FROM readings r CROSS JOIN statements s ON s.reading = r.id "
        "WHERE r.document = ? AND s.start < ? AND s.stop > ? ORDER BY r.id DESC",
        (held.number, span[1], span[0]),
    ).fetchall()
    row = nearest(rows, span, lambda row: (row[0], row[1]))
    if row is None:
        return None
    number, reading = row[2:]
    (body,) = ledger.connection.execute("SELECT body FROM readings WHERE id = ?", (reading,)).fetchone()
    read = ledger.unpacked(body)
    said = next(each for each in read.statements if each.id == number)
    then = held._replace(reading=read, events={}, entities={}, speakers=speakers_decided(read, held.decided))
    return Standing(then, said, extent(said) == span, read.reader)


class Meant(NamedTuple):
    """What a statement's number stands for: that of the latest reading that has it, and what it was in others."""

    span: Span
    others: tuple[Span, ...]
    """Where the statements of earlier readings stand that had the number and are others; the latest first."""


def meant_by(connection: Connection, document: int, number: str) -> Meant | None:
    """Return where the statement of a number stands; None where no reading has it.

    ``document``: what the ledger numbers its document with.
    """
    rows = connection.execute(
        "SELECT s.start, s.stop FROM readings r CROSS JOIN statements s ON s.reading = r.id "
        "WHERE r.document = ? AND s.number = ? ORDER BY r.id DESC",
        (document, number),
    ).fetchall()
    if not rows:
        return None
    first, *before = dict.fromkeys((start, stop) for start, stop in rows)
    return Meant(first, tuple(span for span in before if not _same_words(span, first)))


class Counted(NamedTuple):
    """A statement of the reading that counts."""

    document: int
    """What the ledger numbers its document with."""
    span: Span
    speaker: str | None
    words: str


def counted_at(connection: Connection, document: int | None, statement: str) -> Counted | None:
    """Return the statement that counts of a document, by its number or its place; None where there is none."""
    rows = connection.execute(
        "SELECT c.document, s.start, s.stop, s.speaker, s.words, s.number FROM current c "
        "JOIN statements s ON s.reading = c.reading WHERE c.document = ? ORDER BY s.id",
        (document,),
    ).fetchall()
    span = span_of(statement)
    if span is None:
        row = next((row for row in rows if row[5] == statement), None)
    else:
        row = nearest(rows, span, lambda row: (row[1], row[2]))
    return Counted(row[0], (row[1], row[2]), row[3], row[4]) if row else None

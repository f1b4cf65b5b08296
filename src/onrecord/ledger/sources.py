"""Which outlets a ledger holds, whose texts they print, and the documents that have one text, with what each changed.

Promise: as of a day only what was published by then counts, and everything that is said of a copy can be seen in the
passages of both texts. The odd case that forced the shape: a ledger has thousands of texts in many copies, so their
passages are worked out one group at a time.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from sqlite3 import Connection
from typing import NamedTuple

import msgspec
from msgspec.structs import asdict

from onrecord.ledger.copies import find_copies, originals, text_of
from onrecord.ledger.differences import Difference, differences
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.sketch import compared, shingles_of
from onrecord.ledger.store import DIGITS, OLDER, Ledger


class Copied(msgspec.Struct, frozen=True):
    """An outlet whose texts another one prints, and how many of them."""

    outlet: str | None
    documents: int


class HeldSource(msgspec.Struct, frozen=True):
    """One outlet of the ledger."""

    outlet: str | None
    """None: the documents of no known outlet, taken together."""
    documents: int
    statements: int
    copies: int
    """How many of its documents have a text that was another outlet's first."""
    copied: tuple[Copied, ...]
    """The outlets whose texts those are, the most first."""
    first: str | None
    last: str | None


class HeldText(msgspec.Struct, frozen=True):
    """A document whose text others have."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    version: str | None = None
    """Which of the texts of its id it is, where a later one came in; null: the last of them."""


class HeldCopy(HeldText, frozen=True, kw_only=True):
    """A document with the text of another."""

    share: float
    """Of the shorter text's runs of words, what the longer has too."""
    differs: tuple[Difference, ...]


class HeldCopies(HeldText, frozen=True, kw_only=True):
    """The documents that have one text: the earliest, of one day the longest, and the others."""

    copies: tuple[HeldCopy, ...]


def sources(ledger: Ledger, days: Between = ANY) -> list[HeldSource]:
    """Return the outlets of what was published between two days, those with the most documents first.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    find_copies(ledger)
    connection = ledger.connection
    values = {"first": days.first, "last": days.last}
    published = f"FROM documents d CROSS JOIN current c ON c.document = d.id WHERE {_published(days)}"
    by = "+d.outlet" if days.first else "d.outlet"  # some weeks are found by their days, not in the index of outlets
    counted = connection.execute(
        "SELECT d.outlet, count(*), sum((SELECT count(*) FROM statements s WHERE s.reading = c.reading)), "
        f"min(substr(d.published, 1, 10)), max(substr(d.published, 1, 10)) {published} GROUP BY {by}",
        values,
    ).fetchall()
    alike = f"SELECT d.id, d.outlet {published} AND EXISTS (SELECT 1 FROM copies p WHERE p.document = d.id)"
    paired = connection.execute(alike, values).fetchall()
    first = originals(connection, [document for document, _ in paired], days.last)
    outlets = dict(
        connection.execute(
            "SELECT d.id, d.outlet FROM json_each(?) asked JOIN documents d ON d.id = asked.value",
            (json.dumps(sorted(set(first.values()))),),
        )
    )
    copied: defaultdict[str | None, Counter[str | None]] = defaultdict(Counter)
    for document, outlet in paired:
        original = first[document]
        if original != document and (outlet is None or outlets[original] != outlet):
            copied[outlet][outlets[original]] += 1
    found = [
        HeldSource(
            outlet, documents, statements, copied[outlet].total(),
            tuple(Copied(*row) for row in sorted(copied[outlet].items(), key=lambda row: (-row[1], row[0] or ""))),
            earliest, latest,
        )
        for outlet, documents, statements, earliest, latest in counted
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.documents, each.outlet is None, each.outlet or ""))


def _published(days: Between) -> str:
    """The condition for documents of some days, in a form for which there is an index."""
    bounds = [f"substr(d.published, 1, 10) {sign} :{name}" for name, sign in (("first", ">="), ("last", "<="))]
    asked = [bound for bound, day in zip(bounds, days, strict=True) if day is not None]
    asked += ["d.published >= :first"] if days.first else []  # a day goes before all its hours
    return " AND ".join(asked) or "1"


class OneText(NamedTuple):
    """The documents that have one text, by what the ledger numbers them with."""

    first: int
    others: tuple[int, ...]
    """In the order of their days."""
    held: Mapping[int, HeldText]


def copies(
    ledger: Ledger, document: str = "", as_of: str | None = None, version: str | None = None
) -> Iterator[HeldCopies]:
    """Yield the documents that have one text, as of a day, by the day of the first; with the passages that differ.

    ``document``: only the text that the documents of this id have; ``version``: that this one of them has. Raises
    LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    for found in with_one_text(ledger, document, as_of, version):
        made = tuple(compared_copies(ledger, found, found.others))
        yield HeldCopies(**asdict(found.held[found.first]), copies=made)


def with_one_text(
    ledger: Ledger, document: str = "", as_of: str | None = None, version: str | None = None
) -> Iterator[OneText]:
    """Yield the same documents without what differs, which takes longest to find."""
    find_copies(ledger)
    connection = ledger.connection
    asked = {"name": document, "version": version, "day": as_of}
    of_it = {number for (number,) in connection.execute(_OF_IT, asked)} if document else set[int]()
    rows = connection.execute(_CONNECTED if document else _ALL, asked)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for copy, original in originals(connection, [number for (number,) in rows], as_of).items():
        groups[original].append(copy)
    texts = {number: _held(connection, number) for group in groups.values() for number in group}
    for original in sorted(groups, key=lambda number: _order(texts[number])):
        members = sorted((n for n in groups[original] if n != original), key=lambda number: _order(texts[number]))
        if members and (not document or not of_it.isdisjoint(groups[original])):
            yield OneText(original, tuple(members), {n: texts[n] for n in (original, *members)})


def compared_copies(ledger: Ledger, found: OneText, some: Iterable[int]) -> Iterator[HeldCopy]:
    """Yield some of the others with the passages in which each differs from the first, one at a time."""
    first = _text(ledger.connection, found.first)
    return (_copy(ledger.connection, found.held[number], number, first) for number in some)


_DAY = "(:day IS NULL OR substr(d.published, 1, 10) <= :day)"
_ALL = f"SELECT DISTINCT c.document FROM copies c JOIN documents d ON d.id = c.document WHERE {_DAY}"
_OF_IT = f"SELECT d.id FROM documents d WHERE d.name = :name AND (:version IS NULL OR {DIGITS} = :version) AND {_DAY}"
_CONNECTED = (
    f"WITH RECURSIVE near (id) AS ({_OF_IT} UNION "
    f"SELECT d.id FROM near JOIN copies c ON c.document = near.id JOIN documents d ON d.id = c.other WHERE {_DAY}) "
    "SELECT id FROM near"
)
"""All that hangs together with a document by pairs: its text's other documents are among these."""


def _held(connection: Connection, document: int) -> HeldText:
    row = connection.execute(
        f"SELECT d.name, d.title, d.outlet, d.published, {OLDER} FROM documents d WHERE d.id = ?", (document,)
    ).fetchone()
    return HeldText(*row)


def _order(text: HeldText) -> tuple[bool, str, str, str]:
    return text.published is None, text.published or "", text.document, text.outlet or ""


def _text(connection: Connection, document: int) -> str:
    row = connection.execute(
        "SELECT r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?", (document,)
    ).fetchone()
    return text_of(row[0])


def _copy(connection: Connection, held: HeldText, document: int, original: str) -> HeldCopy:
    text = _text(connection, document)
    share = compared(shingles_of(original), shingles_of(text)).share
    return HeldCopy(**asdict(held), share=round(share, 3), differs=differences(original, text))

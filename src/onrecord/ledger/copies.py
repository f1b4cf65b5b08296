"""Which documents are copies of one text: found as they come, and as of a day which of them the others are taken from.

Promise: the pairs depend on the texts alone, and what a document is a copy of on what was published before it, so that
neither the order of arrival nor what is published later changes an answer. The odd case that forced the shape: a
round-up holds ten stories of others, so copies are not what hangs together by pairs; each document is a copy of one
other at most, the earliest, and the ten stay apart.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

import msgspec
import numpy as np

from onrecord.ledger.sketch import Likeness, Shingles, alike, anchors_of, shingles_of
from onrecord.ledger.store import Ledger

RULES = 1
"""The version of the rules by which copies are found; a greater one has them found again."""

FEWEST = 60
"""Shingles of the shorter text for each anchor that must be shared before two texts are compared. A text has an anchor
in every eight or nine shingles; the least that two copies of the training data shared was one in 23."""

MOST = 1000
"""Documents with one anchor that are looked at: what more of them hold is a notice of their outlet, not a story."""


class _Document(msgspec.Struct):
    text: str


class _Read(msgspec.Struct):
    """Of a reading the text alone."""

    document: _Document


_READ = msgspec.json.Decoder(_Read)


def text_of(body: bytes) -> str:
    """Return the text of a reading that is packed as the ledger keeps it."""
    return _READ.decode(zlib.decompress(body)).document.text


def find_copies(ledger: Ledger) -> None:
    """Find the copies of a ledger that other rules filled. Raises LedgerError where it can't be written to."""
    if _are_found(ledger.connection):
        return
    with ledger.writing() as connection:
        if _are_found(connection):  # by whoever was waited for
            return
        for table in ("copies", "anchors", "sketches"):
            connection.execute(f"DELETE FROM {table}")
        read = connection.execute("SELECT document, reading FROM current").fetchall()
        for document, reading in ledger.through("documents compared with others", read):
            (body,) = connection.execute("SELECT body FROM readings WHERE id = ?", (reading,)).fetchone()
            compare(connection, document, text_of(body))
        connection.execute("UPDATE copying SET rules = ?", (RULES,))


def _are_found(connection: Connection) -> bool:
    return bool(connection.execute("SELECT rules FROM copying").fetchone() == (RULES,))


def compare(connection: Connection, document: int, text: str) -> None:
    """Keep what the text of a document, of this number in the ledger, is compared by, and of what it is a copy.

    What was kept of an earlier reading of the document goes, where its text was another one.
    """
    shingles = shingles_of(text)
    kept = _kept(connection, document)
    if len(kept):
        if np.array_equal(kept, shingles):
            return
        _forget(connection, document, kept)
    connection.execute(
        "INSERT OR REPLACE INTO sketches (document, shingles, names) VALUES (?, ?, ?)",
        (document, shingles.astype("<u4").tobytes(), _names(text)),
    )
    anchors = anchors_of(shingles)
    mine = frozenset(shingles.tolist())
    others = connection.execute(_SKETCHES, (json.dumps([*_candidates(connection, anchors, len(shingles))]),)).fetchall()
    for other, theirs in others:
        likeness = alike(mine, np.frombuffer(theirs, "<u4"))
        if likeness.copied:
            _keep_pair(connection, document, other, likeness)
    connection.executemany(
        "INSERT INTO anchors (shingle, document, length) VALUES (?, ?, ?)",
        [(anchor, document, len(shingles)) for anchor in anchors],
    )


_SKETCHES = (
    "SELECT s.document, s.shingles FROM json_each(?) c CROSS JOIN sketches s ON s.document = c.value ORDER BY c.key"
)


def _keep_pair(connection: Connection, one: int, other: int, likeness: Likeness) -> None:
    for copy, original in ((one, other), (other, one)):
        (credits,) = connection.execute(_CREDITS, (copy, original)).fetchone()
        connection.execute(
            "INSERT INTO copies (document, other, common, share, credits) VALUES (?, ?, ?, ?, ?)",
            (copy, original, *likeness, credits),
        )
        if credits:
            connection.execute("UPDATE sketches SET credited = credited + 1 WHERE document = ?", (original,))


_CREDITS = (
    "SELECT coalesce(substr(c.published, 1, 10) = substr(o.published, 1, 10) AND c.outlet IS NOT o.outlet AND "
    "instr(s.names, ' ' || iif(o.outlet LIKE 'The %', substr(o.outlet, 5), o.outlet) || ' ') > 0, 0) "
    "FROM documents c JOIN sketches s ON s.document = c.id, documents o WHERE c.id = ? AND o.id = ?"
)

_NAME = re.compile(r"[^\W\d_a-z]\w*(?:[.&-]\w+)*(?: [^\W\d_a-z]\w*(?:[.&-]\w+)*)*")


def _names(text: str) -> str:
    """What may be a name in a text, two blanks between: words with capital letters that follow one another."""
    return f" {'  '.join(sorted(set(_NAME.findall(text))))} "


def _kept(connection: Connection, document: int) -> Shingles:
    """The shingles that are kept of a document; none where there are none yet."""
    row = connection.execute("SELECT shingles FROM sketches WHERE document = ?", (document,)).fetchone()
    return np.frombuffer(row[0] if row else b"", "<u4").astype(np.uint32)


def _forget(connection: Connection, document: int, shingles: Shingles) -> None:
    connection.executemany(
        "DELETE FROM anchors WHERE shingle = ? AND document = ?",
        [(anchor, document) for anchor in anchors_of(shingles)],
    )
    connection.execute(
        "UPDATE sketches SET credited = credited - 1 "
        "WHERE document IN (SELECT other FROM copies WHERE document = ? AND credits)",
        (document,),
    )
    connection.execute(
        "DELETE FROM copies WHERE (document, other) IN (SELECT other, document FROM copies WHERE document = ?)",
        (document,),
    )
    connection.execute("DELETE FROM copies WHERE document = ?", (document,))


def _candidates(connection: Connection, anchors: Iterable[int], length: int) -> Iterator[int]:
    """The documents that share enough anchors with a text of so many shingles."""
    shared: Counter[tuple[int, int]] = Counter()
    for anchor in anchors:
        rows = connection.execute("SELECT document, length FROM anchors WHERE shingle = ? LIMIT ?", (anchor, MOST))
        shared.update(rows.fetchall())
    for (document, theirs), count in shared.items():
        if min(length, theirs) <= count * FEWEST:
            yield document


_RANK = (
    "(coalesce(substr({0}.published, 1, 10), '9999'), "
    "coalesce(iif(length({0}.published) > 10, datetime({0}.published), NULL), '9999'), "
    "-{1}.credited, -length({1}.shingles), {0}.name, {0}.digest)"
)
_MINE, _THEIRS = _RANK.format("d", "mine"), _RANK.format("o", "theirs")
_EARLIEST = (
    "SELECT o.id FROM copies c JOIN documents d ON d.id = c.document JOIN documents o ON o.id = c.other "
    "JOIN sketches mine ON mine.document = d.id JOIN sketches theirs ON theirs.document = o.id "
    f"WHERE c.document = :of AND (:day IS NULL OR substr(o.published, 1, 10) <= :day) AND {_THEIRS} < {_MINE} "
    f"ORDER BY o.id NOT IN (SELECT value FROM json_each(:asked)), {_THEIRS[1:-1]} LIMIT 1"
)


def originals(
    connection: Connection, documents: Iterable[int], as_of: str | None = None, among: Sequence[int] = ()
) -> dict[int, int]:
    """Return for each document the one whose text it has, itself where it has its own, as of a day.

    That is the earliest of those that it shares its text with; where some ``among`` are of these the earliest of them,
    so that a round-up counts as a copy of the story that is asked about. Of one day those come first that give an
    hour, by that; of the others those whose outlet most copies name, then the longest, since what is taken over is
    cut.
    """
    wanted, asked = list(documents), json.dumps(among)
    copied = {document for (document,) in connection.execute(_COPIED, (json.dumps(wanted),))}
    found = {document: document for document in wanted if document not in copied}
    for document in wanted:
        chain = [document]
        while chain[-1] not in found:
            row = connection.execute(_EARLIEST, {"of": chain[-1], "day": as_of, "asked": asked}).fetchone()
            if row is None:
                found[chain[-1]] = chain[-1]
            else:
                chain.append(row[0])
        found.update(dict.fromkeys(chain, found[chain[-1]]))
    return found


_COPIED = (
    "SELECT DISTINCT asked.value FROM json_each(?) asked "
    "WHERE EXISTS (SELECT 1 FROM copies c WHERE c.document = asked.value)"
)
"""Those of some documents that share their text with any other: few do."""

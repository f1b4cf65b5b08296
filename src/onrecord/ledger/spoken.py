"""What was said and what was printed of it, kept so that a quote finds its original among millions of words.

Promise: what is found are passages that share runs of words with the quote; which of them is its original, `check`
decides. The odd case that forced the shape: "we are looking at it very closely" stands in a thousand briefings, so runs
that are common are counted little, and no more of their passages are looked at than a quote has time for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

import msgspec

from onrecord.check import (
    LONGEST,
    Original,
    Passage,
    Quote,
    grams,
    indexed,
    keys_of,
    names_of,
    passages_of,
    quotes_of,
    terms,
)  # fmt: skip
from onrecord.ledger.store import Ledger, ledger_in_memory, marks, unpacked
from onrecord.nouns import Document, Reading

RULES = 1
"""The version of the rules by which words are taken out of documents; a greater one takes them out again."""

COMMON = 150
"""Passages with one run of words that are looked at."""
DOCUMENTS = 5
"""Documents that a quote is held against."""
PASSAGES = 10
"""Passages with most in common with a quote that are looked at, with the ones before and behind each."""
_RARE = 6
"""Words by which a passage in other words is looked for: the rarest."""
_MANY = 3000
"""Passages with one word from which on it finds nothing."""

_RECORDS = frozenset({"transcript", "statement"})
"""Kinds of documents that are records of what was said; articles only tell of it."""


def keep_spoken(connection: Connection, number: int, document: Document) -> None:
    """Keep the passages of a document; those of an earlier reading of it go. ``number``: what the ledger has it as."""
    gone = connection.execute("SELECT id, text FROM passages WHERE document = ?", (number,)).fetchall()
    connection.executemany(
        "INSERT INTO passages_found (passages_found, rowid, runs) VALUES ('delete', ?, ?)",
        [(each, indexed(text)) for each, text in gone],
    )
    for table in ("passages", "labels"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))
    passages = passages_of(document)
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    connection.executemany(
        "INSERT INTO passages (id, document, number, turn, speaker, start, stop, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(last + 1 + p.number, number, p.number, p.turn, p.speaker, p.start, p.end, p.text) for p in passages],
    )
    connection.executemany(
        "INSERT INTO passages_found (rowid, runs) VALUES (?, ?)",
        [(last + 1 + p.number, indexed(p.text)) for p in passages],
    )
    names = names_of(document)
    labels = {p.speaker for p in passages if p.speaker}
    connection.executemany(
        "INSERT INTO labels VALUES (?, ?, ?)", [(number, label, names.get(label, "")) for label in labels]
    )


def keep_heard(connection: Connection, number: int, reading: Reading) -> None:
    """Keep what a document is a record of, and what it prints between quotation marks."""
    if reading.document.kind in _RECORDS:
        keep_spoken(connection, number, reading.document)
    else:
        _keep_printed(connection, number, reading)
    connection.execute("UPDATE documents SET heard = ? WHERE id = ?", (RULES, number))


def _keep_printed(connection: Connection, number: int, reading: Reading) -> None:
    gone = connection.execute("SELECT id, text FROM quotes WHERE document = ?", (number,)).fetchall()
    connection.executemany(
        "INSERT INTO quotes_found (quotes_found, rowid, runs) VALUES ('delete', ?, ?)",
        [(each, indexed(text)) for each, text in gone],
    )
    connection.execute("DELETE FROM quotes WHERE document = ?", (number,))
    for quote in quotes_of(reading):
        cursor = connection.execute(
            "INSERT INTO quotes (document, number, start, text, body) VALUES (?, ?, ?, ?, ?)",
            (number, quote.id, quote.at, quote.text, msgspec.json.encode(quote).decode()),
        )
        connection.execute(
            "INSERT INTO quotes_found (rowid, runs) VALUES (?, ?)", (cursor.lastrowid, indexed(quote.text))
        )


def find_spoken(ledger: Ledger) -> None:
    """Take the words out of documents that other rules took in. Raises LedgerError where it can't be written to."""
    waiting = "SELECT d.id FROM documents d JOIN current c ON c.document = d.id WHERE d.heard < ?"
    if ledger.connection.execute(f"{waiting} LIMIT 1", (RULES,)).fetchone() is None:
        return
    body = "SELECT r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?"
    with ledger.writing() as connection:
        for (number,) in connection.execute(waiting, (RULES,)).fetchall():
            keep_heard(connection, number, unpacked(*connection.execute(body, (number,)).fetchone()))


def record_of(documents: Iterable[Document]) -> Ledger:
    """Return a ledger in memory that holds what documents are a record of, and nothing else."""
    ledger = ledger_in_memory()
    with ledger.writing() as connection:
        for number, document in enumerate(documents, 1):
            published = document.published.value if document.published else None
            connection.execute(
                "INSERT INTO documents "
                "(id, digest, name, path, url, title, outlet, published, original, observed, heard) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, x'', '', ?)",
                (
                    number, str(number).encode(), document.id, document.path, document.url, document.title,
                    document.outlet, published, RULES,
                ),
            )  # fmt: skip
            keep_spoken(connection, number, document)
    return ledger


def originals(ledger: Ledger, quote: Quote) -> list[Original]:
    """Return the documents that may have a quote's original, each with the passages that may be it.

    Only the transcript that the quote names, where it names one that the ledger has. None for a quote that is longer
    than is checked.
    """
    if len(quote.text) > LONGEST:
        return []
    connection = ledger.connection
    keys = keys_of(quote.text)
    low, high = _within(connection, quote.transcript)
    found = _sharing(connection, keys, low, high)
    return [_original(connection, document, numbers) for document, numbers in _documents(connection, found)]


def alike(ledger: Ledger, quote: Quote) -> list[Original]:
    """Return the documents that may say the same in other words: their passages share its rarest words."""
    if len(quote.text) > LONGEST:
        return []
    connection = ledger.connection
    low, high = _within(connection, quote.transcript)
    known: list[tuple[int, str]] = []
    for term in dict.fromkeys(terms(keys_of(quote.text))):
        count = len(_rows(connection, term, low, high, _MANY))
        if 0 < count < _MANY:
            known.append((count, term))
    rarest = [term for _, term in sorted(known)[:_RARE]]
    if not rarest:
        return []
    rows = connection.execute(
        "SELECT rowid FROM passages_found WHERE passages_found MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?",
        (" OR ".join(rarest), low, high, PASSAGES),
    )
    found = Counter({row: 1.0 for (row,) in rows})
    return [_original(connection, document, numbers) for document, numbers in _documents(connection, found)]


def _within(connection: Connection, transcript: str | None) -> tuple[int, int]:
    """The first and last passage that may be an original."""
    if transcript is not None:
        low, high = connection.execute(
            "SELECT min(p.id), max(p.id) FROM passages p JOIN documents d ON d.id = p.document WHERE d.name = ?",
            (transcript,),
        ).fetchone()
        if low is not None:
            return int(low), int(high)
    return 0, 1 << 62


def _sharing(connection: Connection, keys: Sequence[str], low: int, high: int) -> Counter[int]:
    """The passages that share runs of words with a quote, by how many and how rare they are."""
    votes: Counter[int] = Counter()
    for run in dict.fromkeys(grams(keys)):
        rows = _rows(connection, run, low, high, COMMON)
        weight = 1.0 if len(rows) < COMMON else 0.2
        for row in rows:
            votes[row] += weight  # type: ignore[assignment]
    if not votes:
        wanted = dict.fromkeys(terms(keys))
        for term in wanted:
            for row in _rows(connection, term, low, high, COMMON):
                votes[row] += 1
    return votes


def _rows(connection: Connection, word: str, low: int, high: int, most: int) -> list[int]:
    found = connection.execute(
        "SELECT rowid FROM passages_found WHERE passages_found MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
        (word, low, high, most),
    )
    return [row for (row,) in found]


def _documents(connection: Connection, found: Counter[int]) -> list[tuple[int, list[int]]]:
    """The documents of the passages with most in common with a quote, and these passages of each."""
    best = sorted(found, key=lambda row: (-found[row], row))[: PASSAGES * 2]
    where = dict(connection.execute(f"SELECT id, document FROM passages WHERE id IN ({marks(best)})", best))
    held: dict[int, list[int]] = {}
    for row in best[:PASSAGES]:
        held.setdefault(where[row], []).append(row)
    for row in best[PASSAGES:]:
        if where[row] in held:
            held[where[row]].append(row)
    return list(held.items())[:DOCUMENTS]


def _original(connection: Connection, document: int, found: Sequence[int]) -> Original:
    wanted = sorted({row + step for row in found for step in (-1, 0, 1)})
    passages = [
        Passage(*row)
        for row in connection.execute(
            f"SELECT number, start, stop, turn, speaker, text FROM passages WHERE id IN ({marks(wanted)}) "
            "AND document = ? ORDER BY id",
            (*wanted, document),
        )
    ]
    name, day, title = connection.execute(
        "SELECT name, substr(published, 1, 10), title FROM documents WHERE id = ?", (document,)
    ).fetchone()
    labels = dict(connection.execute("SELECT label, name FROM labels WHERE document = ?", (document,)))
    return Original(name, passages, {k: v for k, v in labels.items() if v}, tuple(labels), day, title)

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
    HONEST,
    LONGEST,
    Finding,
    Original,
    Passage,
    Quote,
    check,
    grams,
    indexed,
    keys_of,
    names_of,
    nearness,
    passages_of,
    quotes_of,
    same,
    terms,
)
from onrecord.language import foreign
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
WHOLE = 400
"""Passages that have all runs of a quote, which are put in order before some are looked at."""
FAR = 0.1
"""Of the most that a passage has in common with a quote, what others must have to be looked at where they are many."""
RARE = 6
"""Words by which a passage in other words is looked for: the rarest."""
MANY = 3000
"""Passages with one word from which on it finds nothing."""

UNHEARD = "SELECT d.id FROM documents d JOIN current c ON c.document = d.id WHERE d.heard < ?"
"""Documents of which rules before some version took the words out."""

_LAST = 1 << 62
_BY_THEN = "(? IS NULL OR d.published < ? || '~')"

QUOTE = msgspec.json.Decoder(Quote)

_RECORDS = frozenset({"transcript", "statement"})
"""Kinds of documents that are records of what was said; articles only tell of it."""


def keep_spoken(connection: Connection, number: int, document: Document) -> None:
    """Keep the passages of a document; those of an earlier reading of it go. ``number``: what the ledger has it as."""
    _let_go(connection, "passages", number)
    connection.execute("DELETE FROM labels WHERE document = ?", (number,))
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


def _let_go(connection: Connection, table: str, number: int) -> None:
    """Take the rows of a document out of a table and its index, which holds no words of its own and is told them."""
    gone = connection.execute(f"SELECT id, text FROM {table} WHERE document = ?", (number,)).fetchall()
    connection.executemany(
        f"INSERT INTO {table}_found ({table}_found, rowid, runs) VALUES ('delete', ?, ?)",
        [(each, indexed(text)) for each, text in gone],
    )
    connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))


def keep_heard(connection: Connection, number: int, reading: Reading) -> None:
    """Keep what a document is a record of, and what it prints between quotation marks."""
    if reading.document.kind in _RECORDS:
        keep_spoken(connection, number, reading.document)
    else:
        _keep_printed(connection, number, reading)
    connection.execute("UPDATE documents SET heard = ? WHERE id = ?", (RULES, number))


def _keep_printed(connection: Connection, number: int, reading: Reading) -> None:
    _let_go(connection, "quotes", number)
    for quote in quotes_of(reading):
        keep_quote(connection, number, quote)


def keep_quote(connection: Connection, number: int, quote: Quote) -> None:
    """Keep a quote that a document prints."""
    cursor = connection.execute(
        "INSERT INTO quotes (document, number, start, text, body) VALUES (?, ?, ?, ?, ?)",
        (number, quote.id, quote.at, quote.text, msgspec.json.encode(quote).decode()),
    )
    connection.execute("INSERT INTO quotes_found (rowid, runs) VALUES (?, ?)", (cursor.lastrowid, indexed(quote.text)))


def printed(ledger: Ledger, document: int, statement: str | None = None) -> list[Quote]:
    """Return the quotes that a document prints, in its order. ``document``: what the ledger numbers it with.

    ``statement``: only those of a statement, by its id. Raises LedgerError where an older ledger can't be brought up.
    """
    find_spoken(ledger)
    rows = ledger.connection.execute(
        "SELECT body FROM quotes WHERE document = ?1 AND (?2 IS NULL OR number = ?2 OR number GLOB ?2 || '.*') "
        "ORDER BY start, id",
        (document, statement),
    )
    return [QUOTE.decode(body) for (body,) in rows]


def has_record(ledger: Ledger) -> bool:
    """Return whether a ledger has records of what was said, against which quotes can be checked."""
    find_spoken(ledger)
    return ledger.connection.execute("SELECT 1 FROM passages LIMIT 1").fetchone() is not None


def find_spoken(ledger: Ledger) -> None:
    """Take the words out of documents that other rules took in. Raises LedgerError where it can't be written to."""
    if ledger.connection.execute(f"{UNHEARD} LIMIT 1", (RULES,)).fetchone() is None:
        return
    body = "SELECT r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?"
    with ledger.writing() as connection:
        numbers = connection.execute(UNHEARD, (RULES,)).fetchall()
        for (number,) in ledger.through("words taken out of documents", numbers):
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


def checked(ledger: Ledger, quote: Quote, article: str | None = None, as_of: str | None = None) -> Finding:
    """Return what became of a quote, by all that a ledger has: its transcripts, then what its other articles print.

    ``article``: the document that the quote is from, which proves nothing. ``as_of``: only what was published by that
    day counts.
    """
    found = spoken(ledger, quote, as_of)
    if found.own is not None or found.verdict in HONEST or quote.transcript is not None:
        return found
    search = Search(ledger.connection, "quotes", quote, as_of, article)
    printed = check(quote, search.sharing(), searched=search.size)
    if found.verdict in ("not found", "reworded"):
        return found if printed.verdict == "not found" else printed
    return printed if printed.verdict in HONEST else found


def spoken(ledger: Ledger, quote: Quote, as_of: str | None = None) -> Finding:
    """Return what became of a quote by the transcripts of a ledger; only by the one that it is said to be from."""
    search = Search(ledger.connection, "passages", quote, as_of)
    if search.within is None:
        note = f"the record has no transcript {quote.transcript}"
        return check(quote, ())._replace(note=note)
    found = check(quote, search.sharing(), search.alike, search.size)
    if found.verdict == "not found" and foreign(quote.text, "en"):
        return found._replace(note="it is not in the record's language, so its words can't be compared")
    if not search.keys or grams(search.keys) or terms(search.keys):
        return found
    return found._replace(note="the quote is too short to be looked for: it has no longer word")


class Search:
    """The search for what a quote may come from: in passages of transcripts, or in quotes of other articles."""

    def __init__(
        self, connection: Connection, table: str, quote: Quote, as_of: str | None = None, article: str | None = None
    ) -> None:
        self.connection, self.table, self.quote, self.as_of, self.article = connection, table, quote, as_of, article
        self.keys = keys_of(quote.text) if len(quote.text) <= LONGEST else []
        self.within: tuple[int, int] | None = (0, _LAST)
        """The first and the last row that count; None where the transcript that the quote names is not there."""
        if quote.transcript is not None:
            low, high = connection.execute(
                f"SELECT min(p.id), max(p.id) FROM {table} p JOIN documents d ON d.id = p.document WHERE d.name = ?",
                (quote.transcript,),
            ).fetchone()
            self.within = None if low is None else (int(low), int(high))

    @property
    def size(self) -> int:
        """How many rows are searched."""
        low, high = self.within or (1, 0)
        if high < _LAST:
            return high - low + 1
        (count,) = self.connection.execute(
            f"SELECT coalesce(max(id), 0) FROM {self.table}"
            if self.as_of is None
            else f"SELECT count(*) FROM {self.table} p JOIN documents d ON d.id = p.document WHERE {_BY_THEN}",
            () if self.as_of is None else (self.as_of, self.as_of),
        ).fetchone()
        return int(count)

    def sharing(self) -> list[Original]:
        """Return the documents that share runs of words with the quote."""
        return self._originals(self.votes())

    def votes(self) -> Counter[int]:
        """Return the rows that share runs of words with the quote, by how many and how rare they are.

        Rows with all runs come in whatever number: of a sentence that everybody says none may be passed over.
        """
        runs = list(dict.fromkeys(grams(self.keys)))
        votes: Counter[int] = Counter()
        common = False
        for run in runs:
            rows = self._rows(run, COMMON)
            common = common or len(rows) == COMMON
            votes.update(dict.fromkeys(rows, COMMON if len(rows) < COMMON else COMMON // 5))
        if common:
            votes |= Counter(dict.fromkeys(self._rows(" AND ".join(runs), WHOLE), len(runs) * COMMON))
        if not votes:  # fewer words than a run has, or every run is changed
            for term in dict.fromkeys(terms(self.keys)):
                votes.update(self._rows(term, COMMON))
        return votes

    def alike(self) -> list[Original]:
        """Return the documents with passages that share the quote's rarest words."""
        counted = {term: len(self._rows(term, MANY)) for term in terms(self.keys)}
        rarest = sorted((term for term, count in counted.items() if 0 < count < MANY), key=lambda t: (counted[t], t))
        wanted = " OR ".join(rarest[:RARE])
        return self._originals(Counter(self._rows(wanted, PASSAGES, "ORDER BY rank, f.rowid"))) if wanted else []

    def _rows(self, words: str, most: int, order: str = "") -> list[int]:
        """The rows that an index has under some words, only those that count."""
        found = f"{self.table}_found"
        query, given = f"SELECT f.rowid FROM {found} f", [words, *(self.within or (1, 0))]
        where = f"WHERE {found} MATCH ? AND f.rowid BETWEEN ? AND ?"
        if self.as_of is not None or self.article is not None:
            query += f" JOIN {self.table} p ON p.id = f.rowid JOIN documents d ON d.id = p.document"
            where += f" AND d.name IS NOT ? AND {_BY_THEN}"
            given += [self.article, self.as_of, self.as_of]
        return [row for (row,) in self.connection.execute(f"{query} {where} {order} LIMIT ?", (*given, most))]

    def _originals(self, votes: Counter[int]) -> list[Original]:
        """The documents of the rows with most votes, each with its rows and their neighbours.

        Of rows with as many votes those of the named speaker come first, then those of the nearest day.
        """
        most = sorted(votes.values(), reverse=True)
        if not most:
            return []
        least = max(most[: PASSAGES * 2][-1], FAR * most[0] if len(most) > PASSAGES * 2 else 0)
        best = sorted((row for row in votes if votes[row] >= least), key=lambda row: (-votes[row], row))[:WHOLE]
        speaker = "p.speaker" if self.table == "passages" else "NULL"
        told = self.connection.execute(
            f"SELECT p.id, p.document, {speaker}, substr(d.published, 1, 10), d.name, p.start FROM {self.table} p "
            f"JOIN documents d ON d.id = p.document WHERE p.id IN ({marks(best)})",
            best,
        ).fetchall()
        own = {label: same(self.quote.speaker, label) is not True for label in {row[2] for row in told}}
        told.sort(key=lambda row: (-votes[row[0]], own[row[2]], *nearness(self.quote.day, row[3]), row[4], row[5]))
        held: dict[int, list[int]] = {}
        for number, row in enumerate(told[: PASSAGES * 2]):
            if number < PASSAGES or row[1] in held:
                held.setdefault(row[1], []).append(row[0])
        read = _spoken_in if self.table == "passages" else _printed_in
        return [read(self.connection, document, rows) for document, rows in list(held.items())[:DOCUMENTS]]


def _spoken_in(connection: Connection, document: int, found: Sequence[int]) -> Original:
    wanted = sorted({row + step for row in found for step in (-1, 0, 1)})
    rows = connection.execute(
        f"SELECT number, start, stop, turn, speaker, text FROM passages WHERE id IN ({marks(wanted)}) "
        "AND document = ? ORDER BY id",
        (*wanted, document),
    )
    passages = [Passage(*row) for row in rows]
    labels = dict(connection.execute("SELECT label, name FROM labels WHERE document = ?", (document,)))
    names = {label: name for label, name in labels.items() if name}
    return _told(connection, document, Original("", passages, names, tuple(labels)))


def _printed_in(connection: Connection, document: int, found: Sequence[int]) -> Original:
    rows = connection.execute(
        f"SELECT body FROM quotes WHERE id IN ({marks(found)}) ORDER BY start, id", tuple(found)
    ).fetchall()
    passages: list[Passage] = []
    for turn, (body,) in enumerate(rows):  # numbers that do not follow one another keep prints apart
        passages += as_passages(QUOTE.decode(body), turn, passages[-1].number + 2 if passages else 0)
    names = {each.speaker: each.speaker for each in passages if each.speaker}
    return _told(connection, document, Original("", passages, names, record="print"))


def as_passages(quote: Quote, turn: int = 0, first: int = 0) -> list[Passage]:
    """Return a print of a quote as passages that others can be held against: its pieces, which follow one another.

    ``turn``: which of several prints it is. ``first``: the number of its first passage.
    """
    label = next(iter((*quote.speaker.names, *quote.speaker.roles)), None)
    return [
        Passage(first + number, quote.at + low, quote.at + high, turn, label, quote.text[low:high])
        for number, (low, high) in enumerate(quote.pieces or ((0, len(quote.text)),))
    ]


def _told(connection: Connection, document: int, original: Original) -> Original:
    name, day, title, path, outlet = connection.execute(
        "SELECT name, substr(published, 1, 10), title, path, outlet FROM documents WHERE id = ?", (document,)
    ).fetchone()
    return original._replace(document=name, day=day, title=title, path=path, outlet=outlet)

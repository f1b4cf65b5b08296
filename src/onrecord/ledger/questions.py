"""What a ledger is asked for: documents, statements and readings as they are held, what could not be read, how much.

Promise: an answer as of a day tells only of what was published by then; every answer names the document and the place
in its text. The odd case that forced the shape: what people type is no query language, so their words are looked for as
words, all of them, whatever signs they contain.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

import msgspec

from onrecord.ledger.identities import identify
from onrecord.ledger.store import DIGITS, OLDER, Ledger
from onrecord.nouns import Reader, Reading
from onrecord.page.address import key_of

WORD = re.compile(r"[^\W_]+")
"""What is looked for and found as one word."""

MOST_WORDS = 32
"""Different words that are looked for: each is weighed in each text against where all others stand in it, so that
hundreds would take minutes."""

_EVENT = re.compile(r"E[0-9a-f]{10}\Z")


class Between(NamedTuple):
    """The days of publication that count, both included, as ISO 8601; None: no bound."""

    first: str | None = None
    last: str | None = None

    def has(self, day: str | None) -> bool:
        """Whether a day is one of them; one that is not known only where no day is asked for."""
        if day is None:
            return self == Between()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


class HeldPassage(msgspec.Struct, frozen=True):
    """A stretch of a document's text that holds words that were asked for; ``span`` counts code points of it."""

    span: tuple[int, int]
    text: str


class HeldDocument(msgspec.Struct, frozen=True):
    """One document of the ledger."""

    name: str
    title: str | None
    outlet: str | None
    published: str | None
    path: str | None
    observed: str
    statements: int
    version: str | None = None
    """Which of the texts that came in under its id it is, where a later one did too; None: the last of them."""
    passages: tuple[HeldPassage, ...] = ()
    """Where the words stand that were asked for; empty where none were, or only its title has them."""


class HeldStatement(msgspec.Struct, frozen=True):
    """One statement of the ledger; ``span`` counts code points of the document's text."""

    document: str
    title: str | None
    number: str
    published: str | None
    outlet: str | None
    speaker: str | None
    via: tuple[str, ...]
    words: str
    form: str
    kind: str
    polarity: str
    confidence: float
    span: tuple[int, int]
    entity: str | None = None
    """The id across documents of who speaks."""
    version: str | None = None
    """Which of the texts of its document's id it stands in, as in `HeldDocument`."""
    edition: str | None = None
    """The same, also of the last of them: an address with it leads to these words whatever else comes in."""


class Problem(msgspec.Struct, frozen=True):
    """A place that could not be read."""

    place: str
    reason: str
    observed: str
    source: str | None = None
    """What is followed and could not be read there, or the feed or list that names the place; None: neither."""


ANY = Between()


def is_event(name: str) -> bool:
    """Return whether something is the id of an event."""
    return _EVENT.match(name) is not None


_DAY = "substr(d.published, 1, 10)"
DAYS = f"(:first IS NULL OR {_DAY} >= :first) AND (:last IS NULL OR {_DAY} <= :last)"


DOCUMENT = (
    "d.name, d.title, d.outlet, d.published, d.path, d.observed, "
    f"(SELECT count(*) FROM statements s WHERE s.reading = c.reading), {OLDER}"
)
"""What `held_document` takes of a document ``d`` and its current reading ``c``."""


def documents(ledger: Ledger, days: Between = ANY) -> Iterator[HeldDocument]:
    """Yield the documents of a ledger, the latest published first; those of no known day come last."""
    rows = ledger.connection.execute(
        f"SELECT {DOCUMENT} FROM documents d CROSS JOIN current c ON c.document = d.id WHERE {DAYS} "
        "ORDER BY d.published DESC, d.id",
        {"first": days.first, "last": days.last},
    )
    return (held_document(ledger, *row) for row in rows)


def held_document(ledger: Ledger, *row: Any) -> HeldDocument:
    """Return a document from its row, the fields in order."""
    name, title, outlet, published, path, *more = row
    return HeldDocument(name, title, outlet, published, ledger.told(path), *more)


def held(ledger: Ledger, numbers: Sequence[int]) -> list[HeldStatement]:
    """Return statements by what the ledger numbers them with, in the order given; those that are gone are left out."""
    rows = ledger.connection.execute(
        f"SELECT {STATEMENT} FROM json_each(?) asked CROSS JOIN statements s ON s.id = asked.value "
        "CROSS JOIN current c ON c.reading = s.reading CROSS JOIN documents d ON d.id = c.document ORDER BY asked.key",
        (json.dumps(numbers),),
    )
    return [held_statement(*row) for row in rows]


def words_in(asked: str) -> list[str]:
    """Return the words of what somebody typed that are looked for: each once, the first `MOST_WORDS` of them."""
    return _different(asked)[:MOST_WORDS]


def left_out(asked: str) -> list[str]:
    """Return the words of what somebody typed that are not looked for, since there are too many before them."""
    return _different(asked)[MOST_WORDS:]


def _different(asked: str) -> list[str]:
    """The words of what somebody typed without the signs between them, of those that count as one word the first."""
    found: dict[str, str] = {}
    for word in WORD.findall(asked):
        found.setdefault(plain(word), word)
    return list(found.values())


def plain(word: str) -> str:
    """Return a word as the search compares it: whatever its case and accents."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def every_statement(ledger: Ledger, days: Between = ANY) -> Iterator[HeldStatement]:
    """Yield all statements of what was published between two days, the latest first, those of no known day last.

    Few are in memory at a time. Raises LedgerError where the ledger is to be brought up to date and can't be written
    to.
    """
    identify(ledger)
    rows = ledger.connection.execute(
        f"SELECT {STATEMENT} FROM documents d CROSS JOIN current c ON c.document = d.id "
        f"CROSS JOIN statements s ON s.reading = c.reading WHERE {DAYS} ORDER BY d.published DESC, s.id",
        {"first": days.first, "last": days.last},
    )
    return (held_statement(*row) for row in rows)


def readings(
    ledger: Ledger, days: Between = ANY, name: str | None = None, version: str | None = None
) -> Iterator[Reading]:
    """Yield the readings that count of what was published between two days, the latest first, one at a time.

    ``name``: only those of the documents with this id, the last that came in first; ``version``: only that one of them.
    """
    named = f"AND d.name = :name AND (:version IS NULL OR {DIGITS} = :version) ORDER BY d.id DESC"
    rows = ledger.connection.execute(
        "SELECT r.body FROM documents d CROSS JOIN current c ON c.document = d.id "
        f"CROSS JOIN readings r ON r.id = c.reading WHERE {DAYS} "
        f"{named if name is not None else 'ORDER BY d.published DESC, d.id'}",
        {"first": days.first, "last": days.last, "name": name, "version": version},
    )
    return (ledger.unpacked(body) for (body,) in rows)


WHO = (
    "(SELECT i.identity FROM entities e JOIN identified i ON i.entity = e.id "
    "WHERE e.reading = {0}.reading AND e.number = {0}.entity)"
)
"""The id across documents of who speaks."""

STATEMENT = (
    "d.name, d.title, s.number, d.published, d.outlet, s.speaker, s.via, s.words, s.form, s.kind, s.polarity, "
    f"s.confidence, s.start, s.stop, {WHO.format('s')}, {OLDER}, {DIGITS}"
)
"""What `held_statement` takes of the tables of statements (``s``) and documents (``d``)."""


def held_statement(*row: Any) -> HeldStatement:
    """Return a statement from its row: the fields in order, the chain as the ledger keeps it, start and stop apart."""
    *head, via, words, form, kind, polarity, confidence, start, stop, entity, version, edition = row
    chain = tuple(via.split("\n")) if via else ()
    document, title, number, published, outlet, speaker = head
    return HeldStatement(
        document,
        title,
        number,
        published,
        outlet,
        speaker,
        chain,
        words,
        form,
        kind,
        polarity,
        confidence,
        (start, stop),
        entity,
        version,
        edition,
    )


def problems(ledger: Ledger, most: int = -1) -> list[Problem]:
    """Return the places that could not be read and have not been since, the first of them first; -1: all."""
    return _problems(ledger, "p.id LIMIT ?", most)


def latest_problems(ledger: Ledger, most: int, skip: int = 0) -> list[Problem]:
    """Return at most ``most`` of the same, the last first, without the first ``skip`` of them."""
    return _problems(ledger, "p.id DESC LIMIT ? OFFSET ?", most, skip)


def _problems(ledger: Ledger, order: str, *asked: int) -> list[Problem]:
    rows = ledger.connection.execute(
        "SELECT p.place, p.reason, p.observed, (SELECT f.address FROM followed f "
        "WHERE substr(p.place || ':', 1, length(f.address) + 1) = f.address || ':' LIMIT 1) "
        f"FROM problems p INDEXED BY problems_open WHERE p.solved IS NULL ORDER BY {order}",
        asked,
    ).fetchall()
    problems = []
    for place, reason, observed, source in rows:
        told = ledger.told(place) or place
        named = source or _names(ledger.connection, place)
        problems.append(Problem(told, reason.replace(place, told), observed, named))
    return problems


def _names(connection: Connection, place: str) -> str | None:
    """The feed or list that names an address at which there is no page."""
    if "://" not in place:
        return None
    row: tuple[str] | None = connection.execute(
        "SELECT listed_in FROM listed INDEXED BY listed_failing WHERE address = ? AND failures > 0", (key_of(place),)
    ).fetchone()
    return row[0] if row else None


def readers(ledger: Ledger) -> list[Reader]:
    """Return the versions of onrecord that read the documents of a ledger, the first of them first."""
    rows = ledger.connection.execute("SELECT version, models FROM readers ORDER BY id")
    return [Reader(version=version, models=json.loads(models)) for version, models in rows]


COUNTED = {
    "documents": "documents", "readings": "readings", "statements": "statements JOIN current USING (reading)",
    "events": "(SELECT DISTINCT thread FROM threads)", "entities": "identities", "decisions": "decisions",
    "problems": "problems WHERE solved IS NULL",
}  # fmt: skip
"""What is counted: statements of the readings that count, events and entities as they are across documents."""


def count(ledger: Ledger, name: str) -> int:
    """Return how many of something the ledger holds. Raises KeyError for what is not in `COUNTED`."""
    return int(ledger.connection.execute(f"SELECT count(*) FROM {COUNTED[name]}").fetchone()[0])


def stats(ledger: Ledger) -> dict[str, int]:
    """Return how many documents, readings, statements, events and so on the ledger holds, and its size in bytes.

    The size counts what waits beside the file to be put in its place.
    """
    counts = {name: count(ledger, name) for name in COUNTED}
    (pages,), (page,) = (ledger.connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size"))
    return {**counts, "bytes": pages * page}

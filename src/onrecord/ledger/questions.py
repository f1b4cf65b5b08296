"""What a ledger is asked: which documents, who said what, what could not be read, how much there is.

Promise: an answer as of a day tells only of what was published by then; every answer names the document and the place
in its text. The odd case that forced the shape: what people type is no query language, so their words are looked for as
words, all of them, whatever signs they contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.ledger.store import Ledger

_WORD = re.compile(r"[^\W_]+")


class Between(NamedTuple):
    """The days of publication that count, both included, as ISO 8601; None: no bound."""

    first: str | None = None
    last: str | None = None


class HeldDocument(NamedTuple):
    """One document of the ledger."""

    name: str
    title: str | None
    outlet: str | None
    published: str | None
    path: str | None
    observed: str
    statements: int


class HeldStatement(NamedTuple):
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


class Problem(NamedTuple):
    """A place that could not be read."""

    place: str
    reason: str
    observed: str


ANY = Between()

RANKED = 5_000
"""Statements put in order by how well they answer: of words that stand in every second one no order helps."""

_DAY = "substr(d.published, 1, 10)"
_DAYS = f"(:first IS NULL OR {_DAY} >= :first) AND (:last IS NULL OR {_DAY} <= :last)"


def documents(ledger: Ledger, days: Between = ANY) -> Iterator[HeldDocument]:
    """Yield the documents of a ledger, the latest published first; those of no known day come last."""
    rows = ledger.connection.execute(
        "SELECT d.name, d.title, d.outlet, d.published, d.path, d.observed, "
        "(SELECT count(*) FROM statements s WHERE s.reading = c.reading) "
        f"FROM current c JOIN documents d ON d.id = c.document WHERE {_DAYS} "
        "ORDER BY d.published IS NULL, d.published DESC, d.id",
        {"first": days.first, "last": days.last},
    )
    return (HeldDocument(*row) for row in rows)


def statements(
    ledger: Ledger,
    words: str = "",
    by: str = "",
    form: str | None = None,
    days: Between = ANY,
    most: int = 50,
) -> list[HeldStatement]:
    """Return at most ``most`` statements that hold all of ``words``, best first; without words the latest first.

    Of very many that hold them those that were kept last are put in order (`RANKED`).
    ``by``: words of the speaker's name. ``form``: direct, mixed or indirect. Statements of no known day count only
    where no day is asked for.
    """
    looked_for = " ".join(f'words:"{word}"' for word in _WORD.findall(words))
    spoken = " ".join(f'speaker:"{word}"' for word in _WORD.findall(by))
    match = f"{looked_for} {spoken}".strip()
    held = f"JOIN current c ON c.reading = s.reading JOIN documents d ON d.id = c.document AND {_DAYS}"
    asked = "(:form IS NULL OR s.form = :form)"
    best = (
        f"(SELECT s.id AS id, t.rank AS rank FROM statements_text t JOIN statements s ON s.id = t.rowid {held} "
        f"WHERE statements_text MATCH :match AND {asked} ORDER BY t.rowid DESC LIMIT :ranked) f "
        f"JOIN statements s ON s.id = f.id {held} ORDER BY f.rank, d.published DESC, s.id"
    )
    latest = (
        "documents d CROSS JOIN current c ON c.document = d.id CROSS JOIN statements s ON s.reading = c.reading "
        f"WHERE {_DAYS} AND {asked} ORDER BY d.published DESC, s.id"
    )
    rows = ledger.connection.execute(
        "SELECT d.name, d.title, s.number, d.published, d.outlet, s.speaker, s.via, s.words, s.form, s.kind, "
        f"s.polarity, s.confidence, s.start, s.stop FROM {best if match else latest} LIMIT :most",
        {"match": match, "form": form, "first": days.first, "last": days.last, "most": most, "ranked": RANKED},
    )
    return [_held(*row) for row in rows]


def _held(*row: Any) -> HeldStatement:
    *head, via, words, form, kind, polarity, confidence, start, stop = row
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
    )


def problems(ledger: Ledger) -> list[Problem]:
    """Return the places that could not be read and have not been since."""
    rows = ledger.connection.execute("SELECT place, reason, observed FROM problems WHERE solved IS NULL ORDER BY id")
    return [Problem(*row) for row in rows]


def stats(ledger: Ledger) -> dict[str, int]:
    """Return how many documents, readings, statements and problems the ledger holds, and its size in bytes."""
    count = {
        name: int(ledger.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
        for name in ("documents", "readings", "statements")
    }
    return {**count, "problems": len(problems(ledger)), "bytes": ledger.path.stat().st_size}

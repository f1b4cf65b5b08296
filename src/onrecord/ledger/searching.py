"""Search over all that a ledger holds, with counts by which to narrow it: by who speaks, form, outlet, month, event.

Promise: what is counted is what is listed, and both are bounded: the best `BEST` answers, which is told. The odd case
that forced the shape: a word such as "said" stands in half a million statements, and to count them all by speaker would
take longer than anybody waits; who wants others narrows the question.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from operator import itemgetter
from typing import NamedTuple

import msgspec

from onrecord.ledger.questions import (
    ANY,
    Answer,
    Between,
    HeldDocument,
    HeldStatement,
    answers,
    held,
    held_document,
    words_in,
)
from onrecord.ledger.store import OLDER, Ledger, marks
from onrecord.ledger.threads import bring_together

BEST = 200
"""Answers that are counted and can be paged through: each is read from five places of the file or more."""

LOOKED_AT = 500
"""Documents with the words in their titles, the latest, that are looked at; and statements whose documents are."""

SHOWN = 8
"""Values of a facet that are told, those with most answers."""


class Counted(msgspec.Struct, frozen=True):
    """One value by which answers can be narrowed."""

    value: str
    """What to ask for."""
    label: str
    """What people call it."""
    count: int


class Asked(NamedTuple):
    """A question to the search, as people give it."""

    words: str = ""
    by: str = ""
    about: str = ""
    form: str | None = None
    outlet: str | None = None
    days: Between = ANY


class Found(NamedTuple):
    """The best statements that answer, in order, and by what they can be narrowed."""

    statements: list[HeldStatement]
    """Those that were asked for of them."""
    total: int
    """How many there are."""
    capped: bool
    """Whether there may be more than these."""
    who: list[Counted]
    forms: list[Counted]
    outlets: list[Counted]
    months: list[Counted]
    events: list[Counted]


def search(ledger: Ledger, asked: Asked, begin: int = 0, most: int = BEST) -> Found:
    """Return the best `BEST` statements that answer, at most ``most`` behind ``begin`` others, with counts of all.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    found = answers(ledger, asked.words, asked.by, asked.form, asked.days, BEST, asked.about, asked.outlet)
    months = Counter(each.published[:7] for each in found if each.published)
    return Found(
        held(ledger, [each.id for each in found[begin : begin + most]]),
        len(found),
        len(found) == BEST,
        who=_who(found),
        forms=_told((each.form, each.form) for each in found),
        outlets=_told((each.outlet, each.outlet) for each in found if each.outlet),
        months=[Counted(month, month, months[month]) for month in sorted(months, reverse=True)[:SHOWN]],
        events=_spoken_of(ledger, [(each.id, each.reading) for each in found]),
    )


def _who(found: Iterable[Answer]) -> list[Counted]:
    """Who speaks: one that is known across documents under the name that is used most."""
    counts = Counter((each.entity or each.speaker, each.speaker) for each in found if each.speaker)
    names: dict[str, list[tuple[str, int]]] = {}
    for (who, name), count in counts.items():
        names.setdefault(who or "", []).append((name or "", count))
    return _most(
        {who: (max(called, key=itemgetter(1))[0], sum(count for _, count in called)) for who, called in names.items()}
    )


def _told(values: Iterable[tuple[str, str]]) -> list[Counted]:
    counts = Counter(values)
    return _most({value: (label, count) for (value, label), count in counts.items()})


def _most(counts: dict[str, tuple[str, int]]) -> list[Counted]:
    best = sorted(counts.items(), key=lambda each: (-each[1][1], each[1][0], each[0]))
    return [Counted(value, label, count) for value, (label, count) in best[:SHOWN]]


def spoken_of(ledger: Ledger, found: Sequence[HeldStatement]) -> list[Counted]:
    """Return the events that most of some statements speak of, each as the last of their documents calls it."""
    rows = ledger.connection.execute(
        f"SELECT s.id, s.reading FROM json_each(?) j CROSS JOIN documents d ON d.name = j.value ->> 0 "
        f"AND {OLDER} IS j.value ->> 2 CROSS JOIN current c ON c.document = d.id "
        "CROSS JOIN statements s ON s.reading = c.reading AND s.number = j.value ->> 1 ORDER BY j.key",
        (json.dumps([(each.document, each.number, each.version) for each in found]),),
    )
    return _spoken_of(ledger, rows.fetchall())


def _spoken_of(ledger: Ledger, found: Sequence[tuple[int, int]]) -> list[Counted]:
    """The same for statements by what the ledger numbers them and their readings with."""
    bring_together(ledger)
    with nullcontext() if ledger.connection.in_transaction else ledger.viewing():
        rows = ledger.connection.execute(  # of events an index alone is read
            "SELECT t.thread, count(DISTINCT p.statement), json_group_array(e.id) FROM json_each(?) j "
            "CROSS JOIN spoken_of p ON p.reading = j.value ->> 1 AND p.statement = j.value ->> 0 "
            "CROSS JOIN events e ON e.number = p.event AND e.reading = p.reading "
            "CROSS JOIN threads t ON t.event = e.id GROUP BY t.thread ORDER BY 2 DESC, 1 LIMIT ?",
            (json.dumps(found), SHOWN),
        ).fetchall()
        return [Counted(thread, _last_called(ledger, tellings), count) for thread, count, tellings in rows]


def _last_called(ledger: Ledger, tellings: str) -> str:
    """What an event is called by the last of some tellings, by what the ledger numbers them with, as JSON."""
    (name,) = ledger.connection.execute(
        "SELECT e.name FROM json_each(?) j CROSS JOIN events e ON e.id = j.value ORDER BY e.day DESC, j.key LIMIT 1",
        (tellings,),
    ).fetchone()
    return str(name)


def spoken_in(ledger: Ledger, document: int, number: str) -> list[Counted]:
    """Return the events that one statement speaks of. ``document``: what the ledger numbers it with."""
    bring_together(ledger)
    rows = ledger.connection.execute(
        "SELECT DISTINCT t.thread, e.name, 1 FROM current c JOIN statements s ON s.reading = c.reading "
        "JOIN spoken_of p ON p.reading = s.reading AND p.statement = s.id "
        "JOIN events e ON e.reading = p.reading AND e.number = p.event JOIN threads t ON t.event = e.id "
        "WHERE c.document = ? AND s.number = ? ORDER BY p.event",
        (document, number),
    )
    return [Counted(*row) for row in rows]


def titled(ledger: Ledger, asked: Asked, most: int = 100) -> list[HeldDocument]:
    """Return documents that hold all words in their titles, then those with a statement that does, the latest first.

    Of documents neither who speaks nor form are asked.
    """
    words = words_in(asked.words)
    if not words:
        return []
    match = " ".join(f'"{word}"' for word in words)
    numbers = [
        number
        for (number,) in ledger.connection.execute(
            f"SELECT rowid FROM titles WHERE titles MATCH ? ORDER BY rowid DESC LIMIT {LOOKED_AT}", (match,)
        )
    ]
    said = [
        number
        for (number,) in ledger.connection.execute(
            "SELECT DISTINCT c.document FROM (SELECT rowid AS id FROM statements_text WHERE statements_text MATCH ? "
            f"ORDER BY rowid DESC LIMIT {LOOKED_AT}) f CROSS JOIN statements s ON s.id = f.id "
            "CROSS JOIN current c ON c.reading = s.reading",
            (" ".join(f'words:"{word}"' for word in words),),
        )
    ]
    found = [
        *_documents(ledger, numbers, asked),
        *_documents(ledger, sorted(set(said).difference(numbers)), asked),
    ]
    return found[:most]


def _documents(ledger: Ledger, numbers: Sequence[int], asked: Asked) -> list[HeldDocument]:
    rows = ledger.connection.execute(
        "SELECT d.name, d.title, d.outlet, d.published, d.path, d.observed, "
        "(SELECT count(*) FROM statements s WHERE s.reading = c.reading), "
        f"{OLDER} FROM documents d JOIN current c ON c.document = d.id WHERE d.id IN ({marks(numbers)}) "
        "AND (? IS NULL OR d.outlet = ?) ORDER BY d.published DESC, d.id DESC",
        (*numbers, asked.outlet, asked.outlet),
    )
    return [held for held in (held_document(ledger, *row) for row in rows) if asked.days.has(_day(held))]


def _day(held: HeldDocument) -> str | None:
    return held.published[: len("2031-05-24")] if held.published else None

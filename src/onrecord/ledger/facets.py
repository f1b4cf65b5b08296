"""By what answers can be narrowed: values with how many answers have each, those with most first.

Promise: what is counted are the answers that can be paged through, no others. The odd case that forced the shape: one
speaker is called otherwise in every document, so he is counted by who he is and told under the name that is used most.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

from onrecord.ledger.corrections import names_given
from onrecord.ledger.questions import HeldStatement
from onrecord.ledger.store import OLDER, Ledger
from onrecord.ledger.threads import bring_together

T = TypeVar("T")

SHOWN = 8
"""Values of a facet that are told, those with most answers."""

Facet = Literal["by", "about", "form", "outlet", "month", "status", "kind", "type"]
"""By what answers are narrowed, each called as it is asked for; ``month``: by the first and the last day."""


class Counted(msgspec.Struct, frozen=True):
    """One value by which answers can be narrowed."""

    value: str
    """What to ask for."""
    label: str
    """What people call it."""
    count: int


class Found(NamedTuple, Generic[T]):
    """The best answers of one kind, in order, and by what they can be narrowed."""

    items: list[T]
    """Those that were asked for of them."""
    total: int
    """How many there are."""
    capped: bool
    """Whether there may be more than these."""
    facets: dict[Facet, list[Counted]]


def counted(values: Iterable[str | None]) -> list[Counted]:
    """Return the values that most answers have; None: one has none."""
    return _most({value: (value, count) for value, count in Counter(filter(None, values)).items()})


def months(days: Iterable[str | None]) -> list[Counted]:
    """Return the months of answers' days, the latest first; what is no more than a year is of none."""
    counts = Counter(day[: len("2031-05")] for day in days if day and len(day) >= len("2031-05"))
    return [Counted(month, month, counts[month]) for month in sorted(counts, reverse=True)[:SHOWN]]


def who(heard: Iterable[tuple[str | None, str | None]]) -> list[Counted]:
    """Return who speaks in most answers, by pairs of an id across documents and a name; without an id by the name."""
    counts = Counter((entity or name, name) for entity, name in heard if name)
    names: dict[str, Counter[str]] = {}
    for (value, name), count in counts.items():
        names.setdefault(value or "", Counter())[name or ""] += count
    return _most({value: (called.most_common(1)[0][0], called.total()) for value, called in names.items()})


def _most(counts: dict[str, tuple[str, int]]) -> list[Counted]:
    best = sorted(counts.items(), key=lambda each: (-each[1][1], each[1][0], each[0]))
    return [Counted(value, label, count) for value, (label, count) in best[:SHOWN]]


def heard_in(ledger: Ledger, readings: Sequence[int]) -> list[Counted]:
    """Return who speaks in most of some documents, by what the ledger numbers their readings with."""
    rows = ledger.connection.execute(
        "SELECT i.identity, e.name FROM json_each(?) j CROSS JOIN entities e ON e.reading = j.value AND e.heard > 0 "
        "CROSS JOIN identified i ON i.entity = e.id GROUP BY j.key, i.identity",
        (json.dumps(readings),),
    )
    return who(rows)


def told_in(ledger: Ledger, readings: Sequence[int]) -> list[Counted]:
    """Return the events of which most of some documents tell, by what the ledger numbers their readings with."""
    return _events(
        ledger,
        "SELECT t.thread, count(DISTINCT e.reading), json_group_array(e.id) FROM json_each(?) j "
        "CROSS JOIN events e ON e.reading = j.value",
        readings,
    )


def spoken_of(ledger: Ledger, found: Sequence[HeldStatement]) -> list[Counted]:
    """Return the events that most of some statements speak of, as people or the last of their documents call them."""
    rows = ledger.connection.execute(
        f"SELECT s.id, s.reading FROM json_each(?) j CROSS JOIN documents d ON d.name = j.value ->> 0 "
        f"AND {OLDER} IS j.value ->> 2 CROSS JOIN current c ON c.document = d.id "
        "CROSS JOIN statements s ON s.reading = c.reading AND s.number = j.value ->> 1 ORDER BY j.key",
        (json.dumps([(each.document, each.number, each.version) for each in found]),),
    )
    return events_spoken_of(ledger, rows.fetchall())


def events_spoken_of(ledger: Ledger, found: Sequence[tuple[int, int]]) -> list[Counted]:
    """Return the same for statements by what the ledger numbers them and their readings with."""
    return _events(
        ledger,  # of events an index alone is read
        "SELECT t.thread, count(DISTINCT p.statement), json_group_array(e.id) FROM json_each(?) j "
        "CROSS JOIN spoken_of p ON p.reading = j.value ->> 1 AND p.statement = j.value ->> 0 "
        "CROSS JOIN events e ON e.number = p.event AND e.reading = p.reading",
        found,
    )


def _events(ledger: Ledger, told: str, found: Sequence[object]) -> list[Counted]:
    """The threads of tellings, those with most answers first, as people or the last of these tellings call them."""
    bring_together(ledger)
    with nullcontext() if ledger.connection.in_transaction else ledger.viewing():
        rows = ledger.connection.execute(
            f"{told} CROSS JOIN threads t ON t.event = e.id GROUP BY t.thread ORDER BY 2 DESC, 1 LIMIT ?",
            (json.dumps(found), SHOWN),
        ).fetchall()
        given = names_given(ledger.connection)
        return [
            Counted(thread, given.get(thread) or _last_called(ledger, tellings), count)
            for thread, count, tellings in rows
        ]


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
    given = names_given(ledger.connection)
    return [Counted(thread, given.get(thread, name), count) for thread, name, count in rows]

"""People decide: that two events are one or are not, what is true of an event, who said a statement; and undo it.

Promise: a decision names the person, the reason and the time, is kept over every later reading, and takes effect on all
answers at once. The odd case that forced the shape: what stands of an event may rest on several documents, so a
correction holds for every passage that says what is corrected, and for none that says another thing on another day.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Literal, NamedTuple, get_args

import msgspec

from onrecord.ledger.decisions import Decision, all_decisions, placed, speakers
from onrecord.ledger.events import HeldEvent, event
from onrecord.ledger.store import Ledger, LedgerError
from onrecord.ledger.threads import bring_together, keep
from onrecord.ledger.told import Told
from onrecord.nouns import Reading, Settled, Span, Status

Correctable = Literal["status", "date", "venue", "participant", "agenda"]
"""What of an event people can correct."""


class By(NamedTuple):
    """Who decides, why, and when (UTC)."""

    person: str
    reason: str
    moment: datetime

    def decision(self, kind: str) -> Decision:
        """Return a decision of this kind, yet without what it says."""
        return Decision(0, kind, self.person, self.reason, self.moment.isoformat(timespec="seconds"))


class _Place(NamedTuple):
    document: int
    span: Span
    side: int = 1


def decide_same(ledger: Ledger, one: str, other: str, by: By) -> int:
    """Make two events, by their ids, one; return the decision's number. Raises LedgerError."""
    places = [place for name in (one, other) for place in _places(ledger, _held(ledger, name).thread.tellings)]
    return _decide(ledger, by.decision("same"), places)


def decide_apart(ledger: Ledger, one: str, other: str, by: By) -> int:
    """Say that two events are not one; return the decision's number.

    ``other``: the id of an event, or that of a document which tells of another event than the rest of the first.
    Raises LedgerError where there is nothing to tell apart.
    """
    tellings = _held(ledger, one).thread.tellings
    theirs = [told for told in tellings if told.document == other]
    if theirs:
        tellings = [told for told in tellings if told.document != other]
        if not tellings:
            raise LedgerError(
                f"{other}: no other document tells of {one}, so that there is nothing to tell it apart from"
            )
    elif other == one:
        raise LedgerError(f"{other}: it can't be told apart from itself; name a document or another event")
    else:
        theirs = _held(ledger, other).thread.tellings
    places = _places(ledger, tellings, 1) + _places(ledger, theirs, 2)
    return _decide(ledger, by.decision("apart"), places)


def decide_claim(
    ledger: Ledger, name: str, attribute: Correctable, value: str | None, was: str | None, settled: Settled, by: By
) -> int:
    """Say what is true of an event; return the decision's number.

    ``value`` takes the place of ``was``, or of all that stands now where that is None; a value that stands already is
    confirmed. None as ``value`` takes ``was`` away. Where nothing stands the value is added to the last telling.
    Raises LedgerError where ``was`` is said by nobody, or a value can't be one.
    """
    held = _held(ledger, name)
    if attribute == "status" and value not in get_args(Status):
        raise LedgerError(f"{value}: a status is one of {', '.join(get_args(Status))}")
    if attribute == "date" and value is not None and not _is_date(value):
        raise LedgerError(f"{value}: a date is written as 2031-05-22, 2031-05, 2031 or 2031-05-22/2031-05-24")
    stands = _standing(held, attribute) if was is None else _called(held, attribute, was)
    if attribute in {"participant", "agenda"} and was is None:
        stands = frozenset()
    tellings = [told for told in _lately(held, attribute) if _says(told, attribute, stands)]
    if not tellings and (was is not None or value is None):
        raise LedgerError(f"{was}: nobody says so of {attribute} of {held.id}")
    places = _places(ledger, tellings or held.thread.tellings[-1:])
    decision = by.decision("claim")._replace(
        attribute=attribute, value=value, settled=value and settled, was=tuple(sorted(stands))
    )
    return _decide(ledger, decision, places)


def decide_speaker(ledger: Ledger, document: str, statement: str, name: str, by: By) -> int:
    """Say who said a statement, by the ids of the document and of its statement; return the decision's number.

    Raises LedgerError where there is no such statement, or more than one document of that id.
    """
    rows = ledger.connection.execute(
        "SELECT d.id, s.start, s.stop, s.speaker FROM documents d JOIN current c ON c.document = d.id "
        "JOIN statements s ON s.reading = c.reading WHERE d.name = ? AND s.number = ?",
        (document, statement),
    ).fetchall()
    if len(rows) != 1:
        raise LedgerError(
            f"{document} {statement}: {'several documents have' if rows else 'there is no'} such statement"
        )
    number, start, stop, speaker = rows[0]
    decision = by.decision("speaker")._replace(value=name, was=(speaker,) if speaker else ())
    return _decide(ledger, decision, [_Place(number, (start, stop))])


def undo(ledger: Ledger, number: int, by: By) -> int:
    """Take a decision back; return the number of the decision that does so. Raises LedgerError where it can't be."""
    known = {each.number: each for each in all_decisions(ledger.connection)}
    if number not in known:
        raise LedgerError(f"{ledger.path}: there is no decision {number}; `onrecord decisions` lists them")
    if not known[number].stands:
        raise LedgerError(f"{ledger.path}: decision {number} has been undone already")
    places = [
        _Place(document, (start, stop), side)
        for document, start, stop, side in ledger.connection.execute(
            "SELECT document, start, stop, side FROM decided WHERE decision = ?", (number,)
        )
    ]
    return _decide(ledger, by.decision("undo")._replace(undone=number), places)


def decisions(ledger: Ledger) -> list[tuple[Decision, tuple[str, ...]]]:
    """Return all decisions, the oldest first, each with the ids of the documents that it is about."""
    names: dict[int, list[str]] = {}
    for number, name in ledger.connection.execute(
        "SELECT DISTINCT p.decision, d.name FROM decided p JOIN documents d ON d.id = p.document ORDER BY 1, 2"
    ):
        names.setdefault(number, []).append(name)
    return [(each, tuple(names.get(each.number, ()))) for each in all_decisions(ledger.connection)]


def decided_of(ledger: Ledger, name: str) -> list[Decision]:
    """Return the decisions that hold of an event, by its id, the oldest first."""
    rows = ledger.connection.execute(
        "SELECT DISTINCT p.decision FROM threads t JOIN events e ON e.id = t.event "
        "JOIN current c ON c.reading = e.reading JOIN decided p ON p.document = c.document WHERE t.thread = ? "
        "AND p.start < e.body ->> '$.span[1]' AND e.body ->> '$.span[0]' < p.stop",
        (name,),
    ).fetchall()
    about = {number for (number,) in rows}
    return [
        each for each in all_decisions(ledger.connection) if each.stands and not each.undone and each.number in about
    ]


def _held(ledger: Ledger, name: str) -> HeldEvent:
    found = event(ledger, name)
    if found is None or found.id != name:
        raise LedgerError(f"{name}: the ledger has no event of this id; `onrecord events` lists them with theirs")
    return found


def _lately(held: HeldEvent, attribute: Correctable) -> list[Told]:
    """The tellings that what stands now rests on: of a status those since it came to be, else all."""
    tellings = held.thread.tellings
    if attribute != "status":
        return tellings
    return tellings[tellings.index(next(told for told, what in held.state.evidence[::-1] if what == "status")) :]


def _standing(held: HeldEvent, attribute: Correctable) -> frozenset[str]:
    """What is held of an attribute now, with what stands against it."""
    if attribute == "status":
        return frozenset({held.state.status})
    value = held.state.date if attribute == "date" else held.state.venue
    return frozenset(filter(None, (value.value, *value.against)))


def _called(held: HeldEvent, attribute: Correctable, was: str) -> frozenset[str]:
    """A value by all the names that the tellings have for it: one who takes part may be told by his surname."""
    if attribute != "participant":
        return frozenset({was})
    named = [pair for told in held.thread.tellings for pair in told.names]
    keys = {key for key, name in named if name == was}
    return frozenset({was} | {name for key, name in named if key in keys})


def _says(told: Told, attribute: Correctable, values: frozenset[str]) -> bool:
    if attribute == "status":
        return told.status in values
    if attribute == "participant":
        return any(name in values for _, name in told.names)
    return any(claim.attribute == attribute and claim.value in values for claim in told.claims)


def _is_date(value: str) -> bool:
    forms = {len("2031"): "%Y", len("2031-05"): "%Y-%m", len("2031-05-22"): "%Y-%m-%d"}
    try:
        days = [datetime.strptime(day, forms[len(day)]) for day in value.split("/")]  # noqa: DTZ007 - a day has no zone
    except (KeyError, ValueError):
        return False
    return len(days) <= len(("first", "last")) and days == sorted(days)


def _places(ledger: Ledger, tellings: Iterable[Told], side: int = 1) -> list[_Place]:
    """Where tellings name their event."""
    return [
        _Place(number, told.span, side)
        for told in tellings
        for (number,) in ledger.connection.execute(
            "SELECT c.document FROM events e JOIN current c ON c.reading = e.reading "
            "JOIN documents d ON d.id = c.document WHERE d.name = ? AND e.day = ? AND e.number = ? AND e.name = ?",
            (told.document, told.day, told.number, told.name),
        )
    ]


def _decide(ledger: Ledger, decision: Decision, places: Sequence[_Place]) -> int:
    """Keep a decision and bring what it changes up to date."""
    with ledger.writing() as connection:
        cursor = connection.execute(
            "INSERT INTO decisions (kind, attribute, value, settled, was, undone, person, reason, observed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                decision.kind, decision.attribute, decision.value, decision.settled, json.dumps(decision.was),
                decision.undone, decision.person, decision.reason, decision.observed,
            ),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        connection.executemany(
            "INSERT INTO decided (decision, document, start, stop, side) VALUES (?, ?, ?, ?, ?)",
            [(number, place.document, *place.span, place.side) for place in places],
        )
        for document in sorted({place.document for place in places}):
            _keep_again(connection, document)
    bring_together(ledger)
    return number


def _keep_again(connection: Connection, document: int) -> None:
    """Take out of the reading that counts of a document again what the ledger keeps of it."""
    number, body = connection.execute(
        "SELECT r.id, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?", (document,)
    ).fetchone()
    reading = msgspec.json.decode(zlib.decompress(body), type=Reading)
    keep(connection, reading, number, document)
    said_by = speakers(reading, placed(connection, document))
    connection.executemany(
        "UPDATE statements SET speaker = ? WHERE reading = ? AND number = ? AND speaker IS NOT ?",
        [(said_by[each.id], number, each.id, said_by[each.id]) for each in reading.statements],
    )

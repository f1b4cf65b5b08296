"""What people decided, and how it changes what a reading says.

Promise: decisions are rows that are only added to; one that is undone is undone by a further row. The odd case that
forced the shape: a newer reader numbers its events anew, so a decision holds to the passages that it is about, and
finds in each reading the event or the statement that has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.nouns import Claim, Event, Reading, Span, Statement

PERSON = "person:"
"""How the rule of a claim begins that a person decided; the number of the decision follows."""


class Decision(NamedTuple):
    """What a person decided, why and when."""

    number: int
    kind: str
    """``same``: the tellings are of one event; ``apart``: those of the one side are of another event than those of the
    other; ``claim``: a value is given, confirmed or (with no value) taken away; ``speaker``: who said a statement;
    ``undo``: an earlier decision no longer holds."""
    person: str
    reason: str
    observed: str
    attribute: str | None = None
    value: str | None = None
    settled: str | None = None
    was: tuple[str, ...] = ()
    """Values that it takes the place of."""
    undone: int | None = None
    """Of an undo: the decision that no longer holds."""
    stands: bool = True
    """Whether it holds: nobody has undone it."""


class Placed(NamedTuple):
    """A decision with one of its passages."""

    decision: Decision
    span: Span
    side: int


def all_decisions(connection: Connection) -> list[Decision]:
    """Return all decisions, the oldest first."""
    rows = connection.execute(
        "SELECT id, kind, person, reason, observed, attribute, value, settled, was, undone FROM decisions ORDER BY id"
    ).fetchall()
    undone: set[int] = set()
    found = []
    for row in reversed(rows):
        decision = Decision(*row)
        decision = decision._replace(was=tuple(json.loads(row[8])), stands=decision.number not in undone)
        if decision.undone is not None and decision.stands:
            undone.add(decision.undone)
        found.append(decision)
    return found[::-1]


def placed(connection: Connection, document: int) -> list[Placed]:
    """Return the decisions that hold of a document (its number in the ledger), each passage once, the oldest first."""
    rows = connection.execute(
        "SELECT decision, start, stop, side FROM decided WHERE document = ? ORDER BY decision, start", (document,)
    ).fetchall()
    if not rows:
        return []
    standing = {each.number: each for each in all_decisions(connection) if each.stands}
    return [Placed(standing[n], (start, stop), side) for n, start, stop, side in rows if n in standing]


def corrected(reading: Reading, decided: Sequence[Placed]) -> Reading:
    """Return a reading whose events say what people decided."""
    claims = [each for each in decided if each.decision.kind == "claim"]
    if not claims:
        return reading
    names = {entity.id: entity.name for entity in reading.entities}
    events = []
    for event in reading.events:
        for each in claims:
            if _about(event, each.span):
                event = _with(event, each.decision, names)
        events.append(event)
    return replace(reading, events=tuple(events))


def _about(event: Event, span: Span) -> bool:
    return any(start < span[1] and span[0] < stop for start, stop in (event.span, *event.mentions))


def _with(event: Event, decision: Decision, names: dict[str, str]) -> Event:
    """An event with the claim that was decided, in place of those that it takes the place of."""

    def taken_away(claim: Claim) -> bool:
        told = {claim.value, names.get(claim.entity or "")}
        return claim.attribute == decision.attribute and bool(told & set(decision.was))

    kept = tuple(claim for claim in event.claims if not taken_away(claim))
    if decision.value is None:
        return replace(event, claims=kept)
    said = {"attribute": decision.attribute, "value": decision.value, "settled": decision.settled}
    rule = f"{PERSON}{decision.number}"
    new = msgspec.convert({**said, "span": (event.span,), "by_rule": rule}, Claim)
    status = decision.value if decision.attribute == "status" else event.status
    return replace(event, claims=(new, *kept), status=status)


def sides(event: Event, decided: Iterable[Placed]) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Return the decisions by which an event is one with others, and those (with its side) by which it is not."""
    about = [each for each in decided if _about(event, each.span)]
    return (
        frozenset(each.decision.number for each in about if each.decision.kind == "same"),
        frozenset((each.decision.number, each.side) for each in about if each.decision.kind == "apart"),
    )


def speakers(reading: Reading, decided: Iterable[Placed]) -> dict[str, str | None]:
    """Return for each statement of a reading, by its id, who said it: by name, else in the words of the text."""
    names = {entity.id: entity.name for entity in reading.entities}
    text = reading.document.text
    found = {each.id: called(names, text, each.speaker.entity, each.speaker.span) for each in reading.statements}
    for each in decided:
        if each.decision.kind == "speaker":
            best = max(reading.statements, key=lambda said: _overlap(said, each.span), default=None)
            if best is not None and _overlap(best, each.span) > 0:
                found[best.id] = each.decision.value
    return found


def called(names: dict[str, str], text: str, entity: str | None, spans: Sequence[Span]) -> str | None:
    """Return the name of an entity, else the words of the text for it; None where there are none."""
    return names.get(entity or "") or " ".join(text[start:stop] for start, stop in spans) or None


def extent(statement: Statement) -> Span:
    """Return from where to where the words of a statement go."""
    return statement.content[0][0], statement.content[-1][1]


def _overlap(statement: Statement, span: Span) -> float:
    """How much of two passages is both of theirs, from 0 to 1."""
    start, stop = extent(statement)
    shared = min(stop, span[1]) - max(start, span[0])
    return max(0, shared) / (max(stop, span[1]) - min(start, span[0]))

"""The decisions of people as the ledger keeps them, and how they correct what a reading says.

Promise: decisions are rows that are only added to; one that is undone is undone by a further row. The odd case that
forced the shape: a newer reader numbers its events anew, so a decision holds to the passages that it is about, and
finds in each reading the event or the statement that has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from sqlite3 import Connection
from typing import Any, NamedTuple, cast

import msgspec
from msgspec.structs import replace

from onrecord.ledger.constraints import Ref
from onrecord.ledger.store import marks, unpacked
from onrecord.ledger.summaries import LAST_DAY
from onrecord.ledger.told import Given
from onrecord.nouns import Claim, Event, Reading, RelationKind, Span, Statement

ENTIRE = ("name", "kind")
"""What a decision says of an event as a whole: no claim says it, and it may say another than any text."""

PERSON = "person:"
"""How the rule of a claim begins that a person decided; the number of the decision follows."""


class Decision(msgspec.Struct, frozen=True):
    """What a person decided, why and when."""

    number: int
    kind: str
    """``same``: the passages are of one event or entity; ``apart``: those of the one side are of another than those of
    the other; ``claim``: a value is given, confirmed or (with no value) taken away; ``relation``: the event of the one
    side stands so to that of the other (``attribute``) or, with no value, does not; ``speaker``: who said a statement;
    ``undo``: an earlier decision no longer holds."""
    subject: str
    """``event``, ``entity`` or ``statement``."""
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

    @property
    def relation(self) -> RelationKind | None:
        """How the one event stands to the other; None: it is no decision on that."""
        return cast(RelationKind, self.attribute) if self.kind == "relation" else None


class Placed(NamedTuple):
    """A decision with one of its passages."""

    decision: Decision
    span: Span
    side: int


THREADS = (
    "decided p JOIN current c ON c.document = p.document JOIN events e ON e.reading = c.reading "
    "AND p.start < e.body ->> '$.span[1]' AND e.body ->> '$.span[0]' < p.stop JOIN threads t ON t.event = e.id"
)
"""Passages (``p``) that decisions are about, with the threads (``t``) of the events that they name."""


def threads_named(connection: Connection, decisions: Iterable[int], last: str) -> dict[tuple[int, int], str]:
    """Return the events that decisions are about, by their numbers and sides: those that the passages name best.

    ``last``: the last day of publication that counts.
    """
    numbers = tuple(decisions)
    rows = connection.execute(
        "SELECT p.decision, p.side, t.thread, p.start, p.stop, e.body ->> '$.span[0]', e.body ->> '$.span[1]' "
        f"FROM {THREADS} WHERE p.decision IN ({marks(numbers)}) AND e.day <= ? ORDER BY e.id",
        (*numbers, last),
    )
    named: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for decision, side, thread, start, stop, *words in rows:
        named.setdefault((decision, side), []).append((overlap((start, stop), (words[0], words[1])), thread))
    return {side: max(found, key=itemgetter(0))[1] for side, found in named.items()}


def names_given(connection: Connection) -> dict[str, str]:
    """Return the names that people gave to events, by the events' ids."""
    given = {each.number: each for each in all_decisions(connection) if each.stands and each.attribute == "name"}
    found = sorted(threads_named(connection, given, LAST_DAY).items()) if given else []
    return {thread: value for (number, _), thread in found if (value := given[number].value)}


_READ = "SELECT id, kind, subject, person, reason, observed, attribute, value, settled, was, undone FROM decisions"


def all_decisions(connection: Connection) -> list[Decision]:
    """Return all decisions, the oldest first."""
    return _decisions(connection.execute(f"{_READ} ORDER BY id").fetchall())


def decisions_of(connection: Connection, numbers: Iterable[int]) -> list[Decision]:
    """Return the decisions of some numbers, the oldest first.

    ``numbers``: those of all that are about some passages. What undoes a decision is about the same ones, so that
    whether it stands is seen from these alone.
    """
    asked = tuple(numbers)
    if not asked:
        return []  # as of nearly all documents, whenever one is added
    return _decisions(connection.execute(f"{_READ} WHERE id IN ({marks(asked)}) ORDER BY id", asked).fetchall())


def _decisions(rows: Sequence[tuple[Any, ...]]) -> list[Decision]:
    undone: set[int] = set()
    found = []
    for row in reversed(rows):
        decision = Decision(*row)
        decision = replace(decision, was=tuple(json.loads(row[9])), stands=decision.number not in undone)
        if decision.undone is not None and decision.stands:
            undone.add(decision.undone)
        found.append(decision)
    return found[::-1]


def standing(decisions: Iterable[Decision], last: int) -> set[int]:
    """Return the numbers of those decisions that held when one was the last; ``decisions``: all, the oldest first."""
    made = [each for each in decisions if each.number <= last]
    undone: set[int] = set()
    for each in reversed(made):
        if each.undone is not None and each.number not in undone:
            undone.add(each.undone)
    return {each.number for each in made} - undone


def placed(connection: Connection, document: int) -> list[Placed]:
    """Return the decisions that hold of a document (its number in the ledger), each passage once, the oldest first."""
    rows = connection.execute(
        "SELECT decision, start, stop, side FROM decided WHERE document = ? ORDER BY decision, start", (document,)
    ).fetchall()
    standing = {each.number: each for each in decisions_of(connection, {n for n, *_ in rows}) if each.stands}
    return [Placed(standing[n], (start, stop), side) for n, start, stop, side in rows if n in standing]


def corrected(reading: Reading, decided: Sequence[Placed]) -> Reading:
    """Return a reading whose events say what people decided."""
    claims = [each for each in decided if each.decision.kind == "claim" and each.decision.attribute not in ENTIRE]
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
    return any(_meet(each, span) for each in (event.span, *event.mentions))


def _with(event: Event, decision: Decision, names: dict[str, str]) -> Event:
    """An event with the claim that was decided, in place of those that it takes the place of.

    Each of these keeps its words, which were read so; where there is none, the words are those that name the event.
    """
    attributes, was = attributes_of(decision), set(decision.was)

    def about(claim: Claim) -> bool:
        return claim.attribute in attributes and not was.isdisjoint({claim.value, names.get(claim.entity or "")})

    kept = tuple(claim for claim in event.claims if not about(claim))
    if decision.value is None:
        return replace(event, claims=kept)
    said = {"value": decision.value, "settled": decision.settled, "by_rule": f"{PERSON}{decision.number}"}
    new = tuple(_as_decided(claim, said, names) for claim in event.claims if about(claim))
    if not new:
        new = (msgspec.convert({**said, "attribute": decision.attribute, "span": (event.span,)}, Claim),)
    status = decision.value if decision.attribute == "status" else event.status
    return replace(event, claims=(*new, *kept), status=status)


def attributes_of(decision: Decision) -> frozenset[str]:
    """Return the attributes that a decision corrects: whoever does not take part, or is not called so, is no host."""
    if decision.attribute == "participant" and decision.value not in decision.was:
        return frozenset({"participant", "host"})
    return frozenset(filter(None, (decision.attribute,)))


def _as_decided(claim: Claim, said: dict[str, str | None], names: dict[str, str]) -> Claim:
    """A claim as a person has it: of one that is confirmed it stays told who says so and whom it means."""
    if said["value"] in (claim.value, names.get(claim.entity or "")):
        return replace(claim, **said)
    return replace(claim, **said, entity=None, statement=None)


def decision_of(claim: Claim) -> int | None:
    """Return the number of the decision that a claim rests on; None: it is as it was read."""
    return int(claim.by_rule.removeprefix(PERSON)) if claim.by_rule.startswith(PERSON) else None


def sides(event: Event, decided: Iterable[Placed]) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Return the decisions by which an event is one with others, and those (with its side) by which it is not."""
    about = [each for each in decided if each.decision.subject == "event" and _about(event, each.span)]
    return (
        frozenset(each.decision.number for each in about if each.decision.kind == "same"),
        frozenset((each.decision.number, each.side) for each in about if each.decision.kind == "apart"),
    )


def given_to(reading: Reading, decided: Iterable[Placed]) -> dict[str, list[Given]]:
    """Return what people decided of events as a whole, by the ids of those that the decisions' passages name best."""
    found: dict[str, list[Given]] = {}
    for decision, span, _ in decided:
        if decision.kind != "claim" or decision.attribute not in ENTIRE or decision.value is None:
            continue
        events = (*reading.events, *reading.faint)
        name = _best(((words, each.id) for each in events for words in (each.span, *each.mentions)), span)
        if name is not None:
            found.setdefault(name, []).append(Given(decision.attribute, decision.value, decision.number))
    return found


def pairs(connection: Connection) -> dict[frozenset[Ref], bool]:
    """Return the pairs of entities of documents that people decided to be the same or not; of two the later counts."""
    every = all_decisions(connection)
    standing = {each.number: each for each in every if each.stands and each.subject == "entity" and not each.undone}
    places: dict[int, dict[int, list[Ref]]] = {}
    rows = connection.execute(
        "SELECT p.decision, p.side, p.start, p.stop, d.id, r.body FROM decided p "
        "JOIN documents d ON d.id = p.document JOIN current c ON c.document = d.id JOIN readings r ON r.id = c.reading "
        f"WHERE p.decision IN ({marks(standing)}) ORDER BY p.decision, p.side, d.name, p.start",
        tuple(standing),
    )
    for number, side, start, stop, document, body in rows:
        entity = entity_at(unpacked(body), (start, stop))
        if entity is not None:
            places.setdefault(number, {}).setdefault(side, []).append((document, entity))
    found: dict[frozenset[Ref], bool] = {}
    for number, sides in places.items():
        (first, *_), others = sides.get(1, [(0, "")]), sides.get(2, [])
        if standing[number].kind == "same":
            found |= {frozenset({first, other}): True for other in (*sides.get(1, []), *others) if other != first}
        else:
            found |= {frozenset({one, other}): False for one in sides.get(1, []) for other in others if one != other}
    return found


def entity_at(reading: Reading, span: Span) -> str | None:
    """Return the entity that some words name; where they name who speaks and no entity, his statement."""
    named = [(mention.span, each.id) for each in reading.entities for mention in each.mentions]
    spoken = [(words, each.id) for each in reading.statements for words in each.speaker.span]
    return _best((*named, *spoken), span)


def _best(named: Iterable[tuple[Span, str]], span: Span) -> str | None:
    """The id of what is named by the words that have most in common with a passage; None where none has anything."""
    best = max(named, key=lambda each: overlap(each[0], span), default=None)
    return best[1] if best is not None and overlap(best[0], span) > 0 else None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def spoken(reading: Reading, decided: Iterable[Placed]) -> dict[str, tuple[str, str | None]]:
    """Return who said those statements of which people decided it, by their ids: the name, and the entity of it."""
    return {
        statement: (name, next((entity.id for entity in reading.entities if entity.name == name), None))
        for statement, decision in speakers_decided(reading, decided).items()
        if (name := decision.value) is not None
    }


def speakers_decided(reading: Reading, decided: Iterable[Placed]) -> dict[str, Decision]:
    """Return the decisions on who said a statement, the last of each, by the statements' ids."""
    found = {}
    for each in decided:
        if each.decision.kind != "speaker" or each.decision.value is None:
            continue
        best = max(reading.statements, key=lambda said: overlap(extent(said), each.span), default=None)
        if best is not None and overlap(extent(best), each.span) > 0:
            found[best.id] = each.decision
    return found


def extent(statement: Statement) -> Span:
    """Return from where to where the words of a statement go."""
    return statement.content[0][0], statement.content[-1][1]


def overlap(one: Span, other: Span) -> float:
    """Return how much of two passages is both of theirs, from 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))

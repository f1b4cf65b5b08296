"""People decide: that two events are one or are not, what is true of an event, who said a statement; and undo it.

Promise: a decision names the person, the reason and the time, is kept over every later reading, and takes effect on all
answers at once. The odd case that forced the shape: what stands of an event may rest on several documents, so a
correction holds for every passage that says what is corrected, and for none that says another thing on another day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Literal, NamedTuple, get_args

from msgspec.structs import replace

from onrecord.ledger.corrections import THREADS, Decision, all_decisions, attributes_of, decisions_of, entity_at
from onrecord.ledger.entities import Joined, is_entity, why
from onrecord.ledger.events import HeldEvent, event
from onrecord.ledger.identities import identify, reconsider
from onrecord.ledger.items import SEVERAL, Several
from onrecord.ledger.naming import caller
from onrecord.ledger.places import counted_at
from onrecord.ledger.questions import is_event
from onrecord.ledger.store import Ledger, Refused, number_of, unpacked
from onrecord.ledger.taking_out import take_out
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Told
from onrecord.nouns import Settled, Span, Status

Correctable = Literal["status", "date", "venue", Several]
"""What of an event people can correct: all that is known of it."""


class By(NamedTuple):
    """Who decides, why, and when (UTC)."""

    person: str
    reason: str
    moment: datetime

    def decision(self, kind: str, subject: str) -> Decision:
        """Return a decision of this kind, yet without what it says."""
        return Decision(0, kind, subject, self.person, self.reason, self.moment.isoformat(timespec="seconds"))


class _Place(NamedTuple):
    """A passage that a decision is about."""

    document: int
    """What the ledger numbers the document with."""
    document_id: str
    span: Span
    side: int = 1
    name: str = ""
    """Of an entity: ``DOCUMENT#e3``."""


def decide_same(ledger: Ledger, one: str, other: str, by: By) -> int:
    """Make two events, or two entities, one; return the decision's number. Raises Refused.

    ``one``, ``other``: ids of events or of entities, or entities of documents as ``DOCUMENT#e3``.
    """
    if one == other:
        raise Refused(f"{one}: it is one with itself already; name another id")
    subject, places = _found(ledger, one, 1)
    same, more = _found(ledger, other, 2)
    if same != subject:
        raise Refused(f"{one} and {other}: an event and an entity are never one")
    if subject == "entity":
        _check_alike(ledger, one, other)
    return _decide(ledger, by.decision("same", subject), places + more)


def decide_apart(ledger: Ledger, one: str, other: str, by: By, version: str | None = None) -> int:
    """Say that two events, or two entities, are not one; return the decision's number.

    ``other``: an id, or what a document tells of another than the rest of the first: of an event the document's id, of
    an entity ``DOCUMENT#e3``. ``version``: which of the texts that came in under the document's id; None: the last of
    those that tell it. Raises Refused where there is nothing to tell apart.
    """
    subject, places = _found(ledger, one, 1)
    inside = [place for place in places if other in (place.document_id, place.name)]
    if inside:
        last = max(place.document for place in inside)
        meant = last if version is None else number_of(ledger.connection, inside[0].document_id, version)
        inside = [place for place in inside if place.document == meant]
    if inside:
        places = [place for place in places if place not in inside]
        more = [place._replace(side=2) for place in inside]
        if not places:
            raise Refused(f"{other}: no other document tells of {one}, so that there is nothing to tell it apart from")
    elif other == one:
        raise Refused(f"{other}: it can't be told apart from itself; name a document or another id")
    else:
        same, more = _found(ledger, other, 2)
        if same != subject:
            raise Refused(f"{one} and {other}: an event and an entity are two as it is")
    return _decide(ledger, by.decision("apart", subject), places + more)


def decide_claim(
    ledger: Ledger, name: str, attribute: Correctable, value: str | None, was: str | None, settled: Settled, by: By
) -> int:
    """Say what is true of an event; return the decision's number.

    ``value`` takes the place of ``was``. Where both are one it is confirmed, of what an event has only one of against
    whatever else stands. None as ``value`` takes ``was`` away. None as ``was`` is all that stands now of what an event
    has only one of; of what it may have several (`items.SEVERAL`) nothing, and the value is added. What nobody has told
    is added to the last telling. Raises Refused where ``was`` is said by nobody, or a value can't be one.
    """
    held = _held(ledger, name)
    if was == value and attribute not in SEVERAL:
        was = None
    if attribute == "status" and value not in get_args(Status):
        raise Refused(f"{value or was}: say which status is true, one of {', '.join(get_args(Status))}")
    if attribute == "date" and value is not None and not _is_date(value):
        raise Refused(f"{value}: a date is written as 2031-05-22, 2031-05, 2031 or 2031-05-22/2031-05-24")
    stands = _standing(held, attribute) if was is None else _called(held, attribute, was)
    decision = replace(
        by.decision("claim", "event"),
        attribute=attribute,
        value=value,
        settled=value and settled,
        was=tuple(sorted(stands)),
    )
    numbers = [number for told, number in _lately(held, attribute) if _says(told, decision)]
    if not numbers and (was is not None or value is None):
        raise Refused(f"{was}: nobody says so of {attribute} of {held.id}")
    return _decide(ledger, decision, _places(ledger, numbers or held.thread.numbers[-1:]))


def decide_speaker(ledger: Ledger, document: str, statement: str, name: str, by: By, version: str | None = None) -> int:
    """Say who said a statement, by its document's id and its own or its place there; return the decision's number.

    ``version``: which of the texts that came in under the document's id, as `HeldStatement.version`; None: the last.
    Raises Refused where there is no such statement.
    """
    said = counted_at(ledger.connection, number_of(ledger.connection, document, version), statement)
    if said is None:
        raise Refused(f"{document} {statement}: there is no such statement")
    decision = replace(by.decision("speaker", "statement"), value=name, was=(said.speaker,) if said.speaker else ())
    return _decide(ledger, decision, [_Place(said.document, document, said.span)])


def undo(ledger: Ledger, number: int, by: By) -> int:
    """Take a decision back; return the number of the decision that does so. Raises Refused where it can't be."""
    known = {each.number: each for each in all_decisions(ledger.connection)}
    if number not in known:
        raise Refused(f"there is no decision {number}; `onrecord decisions` lists them")
    if not known[number].stands:
        raise Refused(f"decision {number} has been undone already")
    places = [
        _Place(document, "", (start, stop), side)
        for document, start, stop, side in ledger.connection.execute(
            "SELECT document, start, stop, side FROM decided WHERE decision = ?", (number,)
        )
    ]
    return _decide(ledger, replace(by.decision("undo", known[number].subject), undone=number), places)


def decisions(ledger: Ledger) -> list[tuple[Decision, tuple[str, ...]]]:
    """Return all decisions, the oldest first, each with the ids of the documents that it is about."""
    names: dict[int, list[str]] = {}
    for number, name in ledger.connection.execute(
        "SELECT DISTINCT p.decision, d.name FROM decided p JOIN documents d ON d.id = p.document ORDER BY 1, 2"
    ):
        names.setdefault(number, []).append(name)
    return [(each, tuple(names.get(each.number, ()))) for each in all_decisions(ledger.connection)]


def decided_of(ledger: Ledger, name: str) -> list[Decision]:
    """Return the decisions that hold of an event, by its id, the oldest first; not those on who speaks or is named."""
    rows = ledger.connection.execute(f"SELECT DISTINCT p.decision FROM {THREADS} WHERE t.thread = ?", (name,))
    about = decisions_of(ledger.connection, {number for (number,) in rows})
    return [each for each in about if each.subject == "event" and each.stands and not each.undone]


def is_there(ledger: Ledger, name: str) -> bool:
    """Return whether an id is that of an event or of an entity across documents; of two that became one it may be."""
    asked = "SELECT EXISTS (SELECT 1 FROM threads WHERE thread = ?1) OR EXISTS (SELECT 1 FROM identities WHERE id = ?1)"
    (found,) = ledger.connection.execute(asked, (name,)).fetchone()
    return bool(found)


def decided_on(ledger: Ledger, name: str) -> list[Decision]:
    """Return the decisions that hold of who is an entity, by its id across documents, the oldest first."""
    rows = ledger.connection.execute(
        "SELECT d.id, p.start, p.stop, e.number, r.body FROM decisions d CROSS JOIN decided p ON p.decision = d.id "
        "CROSS JOIN current c ON c.document = p.document CROSS JOIN entities e ON e.reading = c.reading "
        "CROSS JOIN identified i ON i.entity = e.id JOIN readings r ON r.id = c.reading "
        "WHERE d.subject = 'entity' AND i.identity = ?",
        (name,),
    )
    about = {number for number, start, stop, own, body in rows if entity_at(unpacked(body), (start, stop)) == own}
    return [each for each in decisions_of(ledger.connection, about) if each.stands and not each.undone]


def _found(ledger: Ledger, name: str, side: int) -> tuple[str, list[_Place]]:
    """Whether an id is an event's or an entity's, and the passages that name it."""
    joined = why(ledger, name)
    if joined and is_entity(name) and joined[0].id != name:
        raise Refused(f"{name}: it is {joined[0].id} now; look at what that is and name it")
    if joined:
        return "entity", [place for each in joined for place in _naming(ledger, each, side)]
    return "event", _places(ledger, _held(ledger, name).thread.numbers, side)


def _check_alike(ledger: Ledger, one: str, other: str) -> None:
    """Raise Refused for a person and a place that no word of their names is common to: an id with a digit wrong.

    What has the other's name may be read as the wrong thing, and is made one by people.
    """
    sides = [why(ledger, each) for each in (one, other)]
    words = [{word for each in side for word in each.name.casefold().split()} for side in sides]
    types = [
        {
            type
            for (type,) in ledger.connection.execute(
                "SELECT DISTINCT e.type FROM identified i JOIN entities e ON e.id = i.entity WHERE i.identity = ?",
                (side[0].id,),
            )
        }
        for side in sides
    ]
    if sorted(map(sorted, types)) == [["person"], ["place"]] and words[0].isdisjoint(words[1]):
        called = " and ".join(f"{each} ({side[0].name})" for each, side in zip((one, other), sides, strict=True))
        raise Refused(f"{called}: a person and a place are never one; look at the ids again")


def _naming(ledger: Ledger, joined: Joined, side: int) -> list[_Place]:
    """Where a document names an entity first; of one who is given by office alone, where it says who speaks."""
    document, body = ledger.connection.execute(
        "SELECT c.document, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?",
        (number_of(ledger.connection, joined.document, joined.version),),
    ).fetchone()
    reading = unpacked(body)
    spans = [each.mentions[0].span for each in reading.entities if each.id == joined.number and each.mentions]
    spans += [each.speaker.span[0] for each in reading.statements if each.id == joined.number and each.speaker.span]
    return [_Place(document, joined.document, span, side, f"{joined.document}#{joined.number}") for span in spans[:1]]


def _held(ledger: Ledger, name: str) -> HeldEvent:
    found = event(ledger, name)
    if found is None or not is_event(name):
        raise Refused(f"{name}: the ledger has no event of this id; `onrecord events` lists them with theirs")
    if found.id != name:
        raise Refused(f"{name}: it is {found.id} now; look at what that is and name it")
    return found


def _lately(held: HeldEvent, attribute: Correctable) -> list[tuple[Told, int]]:
    """The tellings that what stands rests on, with their numbers: of a status those since it came to be, else all."""
    since = 0
    if attribute == "status":
        told = next(told for told, what in reversed(held.state.evidence) if what == "status")
        since = held.thread.tellings.index(told)
    return list(zip(held.thread.tellings, held.thread.numbers, strict=True))[since:]


def _standing(held: HeldEvent, attribute: Correctable) -> frozenset[str]:
    """What is held of an attribute now, with what stands against it; nothing of what may stand beside another."""
    if attribute in SEVERAL:
        return frozenset()
    if attribute == "status":
        return frozenset({held.state.status})
    value = held.state.date if attribute == "date" else held.state.venue
    return frozenset(filter(None, (value.value, *value.against)))


def _called(held: HeldEvent, attribute: Correctable, was: str) -> frozenset[str]:
    """A value as each telling has it: who takes part may be told by his surname, a matter in small letters or not."""
    if attribute == "participant":
        named = [pair for told in held.thread.tellings for pair in told.names]
    else:
        claims = [claim for told in held.thread.tellings for claim in told.claims if claim.attribute == attribute]
        named = [(claim.value.lower(), claim.value) for claim in claims if claim.value]
    keys = {key for key, name in named if name == was}
    return frozenset({was} | {name for key, name in named if key in keys})


def _says(told: Told, decision: Decision) -> bool:
    """Whether a telling says something that a decision takes the place of."""
    if decision.attribute == "status":
        return told.status in decision.was
    if decision.attribute == "participant" and any(name in decision.was for _, name in told.names):
        return True
    attributes = attributes_of(decision)
    return any(claim.attribute in attributes and claim.value in decision.was for claim in told.claims)


def _is_date(value: str) -> bool:
    forms = {len("2031"): "%Y", len("2031-05"): "%Y-%m", len("2031-05-22"): "%Y-%m-%d"}
    try:
        days = [datetime.strptime(day, forms[len(day)]) for day in value.split("/")]  # noqa: DTZ007 - a day has no zone
    except (KeyError, ValueError):
        return False
    return len(days) <= len(("first", "last")) and days == sorted(days)


def _places(ledger: Ledger, numbers: Iterable[int], side: int = 1) -> list[_Place]:
    """Where tellings, by their numbers in the ledger, name their event."""
    rows = (
        ledger.connection.execute(
            "SELECT d.id, d.name, e.body ->> '$.span[0]', e.body ->> '$.span[1]' FROM events e "
            "JOIN readings r ON r.id = e.reading JOIN documents d ON d.id = r.document WHERE e.id = ?",
            (number,),
        ).fetchone()
        for number in numbers
    )
    return [_Place(document, name, (start, stop), side) for document, name, start, stop in rows]


def _decide(ledger: Ledger, decision: Decision, places: Sequence[_Place]) -> int:
    """Keep a decision and bring what it changes up to date."""
    with ledger.writing() as connection:
        cursor = connection.execute(
            "INSERT INTO decisions (kind, subject, attribute, value, settled, was, undone, person, reason, observed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                decision.kind, decision.subject, decision.attribute, decision.value, decision.settled,
                json.dumps(decision.was), decision.undone, decision.person, decision.reason, decision.observed,
            ),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        connection.executemany(
            "INSERT INTO decided (decision, document, start, stop, side) VALUES (?, ?, ?, ?, ?)",
            [(number, place.document, *place.span, place.side) for place in places],
        )
        documents = sorted({place.document for place in places})
        for document in documents:
            _take_out_again(connection, document)
        if decision.subject == "entity":
            reconsider(connection, documents)
    bring_together(ledger)
    identify(ledger)
    return number


def _take_out_again(connection: Connection, document: int) -> None:
    """Take out of the reading that counts of a document again what the ledger keeps of it."""
    number, body = connection.execute(
        "SELECT r.id, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?", (document,)
    ).fetchone()
    reading = unpacked(body)
    called = caller(reading)
    connection.executemany(
        "UPDATE statements SET speaker = ?, entity = NULL WHERE reading = ? AND number = ?",
        [(called(each.speaker) or None, number, each.id) for each in reading.statements],
    )
    take_out(connection, reading, number, document)

"""What people decided, as it is looked up: all of it, and what holds of one event or of who is one.

Promise: what was undone is listed with all decisions, and holds of nothing. The odd case that forced the shape: a
decision knows passages alone, so what it is about is found by what the readings that count have there.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.ledger.corrections import THREADS, Decision, all_decisions, decisions_of, entity_at
from onrecord.ledger.events import Listed, by_ids
from onrecord.ledger.store import Ledger, unpacked
from onrecord.ledger.threads import now_called


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


def of_relations(ledger: Ledger, decisions: Iterable[Decision], as_of: str | None = None) -> dict[str, Listed]:
    """Return the events that decisions on how two stand name, by the ids that they had, as of a day if told of then."""
    said = (value for each in decisions if each.kind == "relation" for value in (each.value, *each.was) if value)
    names = {name: now_called(ledger, name) for words in said for name in words.split()[::2]}
    rows = {row.id: row for row in by_ids(ledger, list(dict.fromkeys(names.values())), as_of)}
    return {name: rows[now] for name, now in names.items() if now in rows}


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

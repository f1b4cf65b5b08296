"""What a ledger holds on one person, body or place: what it said, what others said of it, what it takes part in.

Promise: the latest first, and bounded: of somebody who stands in a hundred thousand documents the last `LOOKED_AT` are
looked at. The odd case that forced the shape: a state is named everywhere and hardly ever speaks, so that to look for
its words through all that names it would take longer than anybody waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.ledger.events import Listed, by_ids
from onrecord.ledger.identities import identify
from onrecord.ledger.questions import STATEMENT, HeldStatement, held_statement
from onrecord.ledger.store import Ledger
from onrecord.ledger.threads import bring_together

LOOKED_AT = 1_000
"""Documents that name somebody, the latest first, in which his words and those on him are looked for."""

EVENTS_IN = 80
"""Documents that name somebody, the latest first, whose events he may take part in."""


class Carried(NamedTuple):
    """An outlet or agency and how many statements came by way of it."""

    name: str
    statements: int


def said_by(ledger: Ledger, name: str, as_of: str | None = None, most: int = 200) -> list[HeldStatement]:
    """Return the latest statements of an entity, by its id. Raises LedgerError as `identify` does."""
    return _latest(
        ledger, name, as_of, most, "JOIN statements s ON s.reading = e.reading AND s.entity = e.number", "e.heard > 0"
    )


def said_of(ledger: Ledger, name: str, as_of: str | None = None, most: int = 200) -> list[HeldStatement]:
    """Return the latest statements in which others speak of an entity, by its id. Raises LedgerError as above."""
    return _latest(
        ledger, name, as_of, most,
        "JOIN mentioned m ON m.entity = e.id JOIN statements s ON s.id = m.statement",
        "s.entity IS NOT e.number",
    )  # fmt: skip


def _latest(ledger: Ledger, name: str, as_of: str | None, most: int, joined: str, asked: str) -> list[HeldStatement]:
    identify(ledger)
    found: list[HeldStatement] = []
    for span in _PLACES if as_of is None else _PLACES[:1]:  # what is of no known day comes last, and as of none
        rows = ledger.connection.execute(
            f"SELECT {STATEMENT} FROM ({_NAMING.format(*span)}) i CROSS JOIN entities e ON e.id = i.entity {joined} "
            "JOIN readings r ON r.id = s.reading JOIN documents d ON d.id = r.document "
            f"WHERE {asked} ORDER BY i.place DESC, s.start LIMIT :most",
            {"name": name, "until": f"{as_of}~" if as_of else "~", "looked": LOOKED_AT, "most": most - len(found)},
        )
        found += [held_statement(*row) for row in rows]
    return found


_PLACES = (("<", "<"), (">=", "<"))
"""Where the places of documents begin: those with a day come before those that have none, which begin with ``?``."""

_NAMING = (
    "SELECT entity, place FROM identified WHERE identity = :name AND place {} '?' AND place {} :until "
    "ORDER BY place DESC LIMIT :looked"
)


def carriers(statements: Sequence[HeldStatement]) -> tuple[list[Carried], list[Carried]]:
    """Return the outlets that printed some statements, and those by way of whom they came, the most first."""
    outlets = Counter(each.outlet for each in statements if each.outlet)
    via = Counter(link for each in statements for link in dict.fromkeys(each.via))
    first, second = ([Carried(*pair) for pair in counts.most_common(12)] for counts in (outlets, via))
    return first, second


def takes_part(ledger: Ledger, name: str, as_of: str | None = None, most: int = 12) -> list[Listed]:
    """Return the events in which an entity takes part by its latest documents, those told of last first.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    rows = ledger.connection.execute(
        "SELECT t.thread, max(i.place) FROM (SELECT entity, place FROM identified WHERE identity = :name "
        "AND place < :until AND place < '?' ORDER BY place DESC LIMIT :looked) i "
        "CROSS JOIN entities n ON n.id = i.entity CROSS JOIN events e ON e.reading = n.reading "
        "CROSS JOIN threads t ON t.event = e.id "
        # most events name others: that is seen in their letters, in a fraction of the time that taking them apart needs
        "WHERE instr(e.body, '\"entity\":' || json_quote(n.number)) "
        "AND EXISTS (SELECT 1 FROM json_each(e.body, '$.claims') c "
        "WHERE c.value ->> 'entity' = n.number AND c.value ->> 'attribute' IN ('participant', 'host')) "
        "GROUP BY t.thread ORDER BY 2 DESC, 1 LIMIT :most",
        {"name": name, "until": f"{as_of}~" if as_of else "~", "looked": EVENTS_IN, "most": most},
    )
    return by_ids(ledger, [thread for thread, _ in rows], as_of)

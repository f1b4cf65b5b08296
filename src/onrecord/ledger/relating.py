"""How events stand to each other: as their documents tell it, and as people decided.

Promise: of what a document tells and people decided the decision counts, of two decisions the later, both as of days on
which the two events had been told of. The odd case that forced the shape: a document tells how two of its own events
stand, and people of any two, whatever documents tell of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Literal, NamedTuple

from onrecord.ledger.corrections import THREADS, all_decisions, threads_named
from onrecord.ledger.store import marks
from onrecord.ledger.summaries import LAST_DAY
from onrecord.nouns import RelationKind

Standing = Literal[RelationKind, "prepared_by", "has_part", "followed_by", "replaced_by"]
"""How one event stands to another: what it does to that, or what that does to it."""

_BOTH: tuple[tuple[Standing, Standing], ...] = (
    ("prepares", "prepared_by"), ("part_of", "has_part"), ("follows", "followed_by"), ("replaces", "replaced_by"),
)  # fmt: skip

INVERSE: dict[Standing, Standing] = {one: other for pair in _BOTH for one, other in (pair, pair[::-1])}
"""The same as the other event has it."""


class Beside(NamedTuple):
    """Another event, by its id, and how one stands to it."""

    kind: Standing
    event: str
    decision: int | None = None
    """The number of the decision by which it is so; None: documents tell it."""


def relations(connection: Connection, name: str, tellings: Sequence[int], last: str = LAST_DAY) -> list[Beside]:
    """Return how an event stands to others by some of its tellings and by what people decided, by kind and id.

    ``tellings``: what the ledger numbers them with. ``last``: the last day of publication that counts.
    """
    told = (
        f"SELECT DISTINCT r.kind, o.thread FROM json_each(?) asked CROSS JOIN events e ON e.id = asked.value {joins}"
        for joins in (
            "JOIN relations r ON r.event = e.id "
            "JOIN events f ON f.reading = r.reading AND f.number = r.other JOIN threads o ON o.event = f.id",
            "JOIN relations r ON r.reading = e.reading AND r.other = e.number JOIN threads o ON o.event = r.event",
        )
    )
    own, theirs = (connection.execute(f"{each} WHERE e.day <= ?", (json.dumps(tellings), last)) for each in told)
    kinds: list[tuple[Standing, str]] = [*own, *((INVERSE[kind], other) for kind, other in theirs)]
    found = {(kind, other): Beside(kind, other) for kind, other in kinds if other != name}
    for each, holds in _decided(connection, name, last):
        found.pop((each.kind, each.event), None)
        if holds:
            found[each.kind, each.event] = each
    return sorted(found.values(), key=lambda each: (each.kind, each.event))


def _decided(connection: Connection, name: str, last: str) -> list[tuple[Beside, bool]]:
    """How people decided that an event stands to others, each with whether it does, the oldest decision first."""
    made = {each.number: each for each in all_decisions(connection) if each.kind == "relation" and each.stands}
    if not made:
        return []
    of_it = connection.execute(
        f"SELECT DISTINCT p.decision FROM {THREADS} WHERE t.thread = ? AND p.decision IN ({marks(made)})",
        (name, *made),
    )
    numbers = sorted(number for (number,) in of_it)
    named = threads_named(connection, numbers, last)
    found = []
    for number in numbers:
        one, other = named.get((number, 1)), named.get((number, 2))
        kind = made[number].relation
        if kind is None or one is None or other is None or one == other or name not in (one, other):
            continue
        beside = Beside(kind, other, number) if name == one else Beside(INVERSE[kind], one, number)
        found.append((beside, made[number].value is not None))
    return found

"""Where in a ledger the statements of some days lie, by stretches of the numbers that it gives them.

Promise: no statement of these days lies elsewhere, and all of a stretch that is told to be whole are of these days. The
odd case that forced the shape: words that stand in every tenth statement were held, as of an early day, against the
days of all that came later; and one late article of an early day must not bring that back.
"""

from __future__ import annotations

from sqlite3 import Connection
from typing import NamedTuple

STRETCH = 4096
"""Statements to a stretch; the step that made `statement_days` counts so (``id >> 12``)."""

MOST = 8
"""Runs that are told apart: each is asked by itself, and what it costs to begin is paid again."""


class Run(NamedTuple):
    """Stretches that lie side by side: the first and the last number."""

    low: int
    high: int
    whole: bool
    """Whether all that is in them is of the days that are asked for."""


def runs_of(connection: Connection, first: str | None, last: str | None) -> list[Run]:
    """Return where the statements lie of what was published between two days, the latest kept first; None: no bound."""
    rows = connection.execute(
        "SELECT part, (:first IS NULL OR first >= :first) AND (:last IS NULL OR last <= :last) AS whole "
        "FROM statement_days WHERE (:first IS NULL OR last >= :first) AND (:last IS NULL OR first <= :last) "
        "ORDER BY part DESC",
        {"first": first, "last": last},
    )
    found: list[Run] = []
    for part, whole in rows:
        low, high = part * STRETCH, (part + 1) * STRETCH - 1
        if found and found[-1].low == high + 1 and found[-1].whole == bool(whole):
            found[-1] = found[-1]._replace(low=low)
        else:
            found.append(Run(low, high, bool(whole)))
    if len(found) > MOST:
        return [Run(found[-1].low, found[0].high, whole=False)]
    return found

"""How many answers there are of a kind, told without reading them.

Promise: a number is right, or is said to be a lower bound. The odd case that forced the shape: a word such as "said"
stands in half a million statements, and whoever chooses where to look on needs no more than that there are very many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from onrecord.ledger.store import Ledger

COUNTED = 1_000
"""Answers up to which they are counted."""


class Count(NamedTuple):
    """How many there are."""

    number: int
    more: bool = False
    """Whether there are more than these, or may be."""


def up_to(number: int) -> Count:
    """Return a number as it is told: as `COUNTED` and more, where it is greater."""
    return Count(min(number, COUNTED), number > COUNTED)


def count_rows(ledger: Ledger, found: str, values: Mapping[str, Any]) -> Count:
    """Return how many rows a query finds; ``values``: for what its places stand, but for ``most``, which is set."""
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({found}) LIMIT :most)"
    return up_to(ledger.connection.execute(counted, {**values, "most": COUNTED + 1}).fetchone()[0])

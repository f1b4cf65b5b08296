"""The threads that bear a name: what is remembered in a long run is what the ledger would answer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from onrecord.ledger import open_ledger
from onrecord.ledger.bearing import LOOKED_AT, Bearers, bearing
from onrecord.ledger.days import earlier
from onrecord.ledger.told import Told

A_DAY = 30
"""Tellings of one day."""


def telling(day: str, called: bool) -> Told:
    """A telling of a meeting that is called by a name, or that the name stands near."""
    name, none = frozenset({"kestron"}), frozenset[str]()
    return Told(
        document="a", day=day, number="v1", name="summit", kind="meeting", status="planned", types=none,
        words=name if called else none, sides=(), outlet=None, places=none, near=none if called else name,
        years=none, claims=(), names=(), span=(0, 1), text="",
    )  # fmt: skip


@pytest.mark.parametrize("back", [2, 9])
def test_what_is_remembered_is_what_the_ledger_would_answer(tmp_path: Path, back: int) -> None:
    with open_ledger(tmp_path / "a", create=True) as ledger:
        connection = ledger.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        bearers = Bearers(connection, back)
        for number in range(3 * LOOKED_AT):
            day = (date(2031, 5, 1) + timedelta(number // A_DAY)).isoformat()
            told, thread = telling(day, called=number % 5 == 0), f"E{number * 7 % 40}"
            rows = bearing(connection, "kestron", "meeting", (earlier(day, back), day))
            asked = {name: max(own for other, own, _ in rows if other == name) for name, *_ in rows}
            assert bearers.of("kestron", "meeting", day) == asked
            connection.execute(
                "INSERT INTO event_keys (key, family, day, event, own) VALUES ('kestron', 'meeting', ?, ?, ?)",
                (day, number, int("kestron" in told.keys)),
            )
            connection.execute("INSERT INTO threads (event, thread, why) VALUES (?, ?, '[]')", (number, thread))
            bearers.add(told, thread)

"""An older ledger is brought up to date at once, and tells how far that is."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from onrecord.cli import progress
from onrecord.ledger import Ledger, entities, events, renew
from tests.ledger.test_entities import DOCS, ledger_of


def aged(ledger: Ledger) -> None:
    """Have a ledger be one that older rules filled."""
    for row in (
        "threading SET rules = 0, chronicles = 0",
        "named SET rules = 0, compared = 0",
        "readings SET told = 0",
    ):
        ledger.connection.execute(f"UPDATE {row}")
    ledger.connection.execute("UPDATE naming SET rules = 0")


def test_nothing_is_left_to_do_and_the_answers_are_the_same(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    before = [each.id for each in events(ledger)], entities(ledger)
    aged(ledger)
    steps: list[tuple[str, int, int]] = []
    ledger.watch = lambda *step: steps.append(step)
    renew(ledger)
    whats = {what for what, _, _ in steps}
    assert {"events taken out of documents", "names taken out of documents", "names compared"} <= whats
    for what in whats:
        done = [(each, total) for name, each, total in steps if name == what]
        assert done == sorted(done) and done[-1][0] == done[-1][1]
    steps.clear()
    assert ([each.id for each in events(ledger)], entities(ledger)) == before
    assert steps == []


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_it_is_told_on_a_terminal_where_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", told := Terminal())
    watching = progress.Watching()
    watching("names compared", 5, progress.LONG - 1)
    assert told.getvalue() == ""
    watching("names compared", 5, progress.LONG)
    assert "names compared, 5 of 2,000" in told.getvalue()
    watching("names compared", progress.LONG, progress.LONG)
    assert told.getvalue().endswith("\r\x1b[K")
    monkeypatch.setattr(sys, "stderr", nobody := StringIO())
    progress.Watching()("names compared", 5, progress.LONG)
    assert nobody.getvalue() == ""

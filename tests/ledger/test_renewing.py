"""An older ledger is brought up to date at once, and tells how far that is."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from onrecord.cli import progress
from onrecord.ledger import Ledger, entities, events, renew
from onrecord.ledger.renewing import asked_anew
from onrecord.ledger.store import TABLES, open_ledger
from tests.ledger.test_entities import DOCS, ledger_of
from tests.ledger.test_store import TO_VERSION_24


def aged(ledger: Ledger) -> None:
    """Have a ledger be one that older rules filled."""
    for row in (
        "threading SET rules = 0, chronicles = 0",
        "named SET rules = 0, compared = 0",
        "readings SET told = 0",
    ):
        ledger.connection.execute(f"UPDATE {row}")
    ledger.connection.execute("UPDATE naming SET rules = 0")
    ledger.connection.execute("UPDATE documents SET heard = 0")


def test_nothing_is_left_to_do_and_the_answers_are_the_same(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "b", create=True) as empty:
        assert asked_anew(empty) == []
    ledger = ledger_of(tmp_path / "a", *DOCS)
    before = [each.id for each in events(ledger)], entities(ledger)
    assert asked_anew(ledger) == []
    aged(ledger)
    asked = set(asked_anew(ledger))
    assert {"names are compared", "what changed from day to day is worked out"} < asked
    assert "words are taken out of documents" in asked
    steps: list[tuple[str, int, int]] = []
    ledger.watch = lambda *step: steps.append(step)
    renew(ledger)
    whats = {what for what, _, _ in steps}
    assert {"events taken out of documents", "names taken out of documents", "names compared"} <= whats
    assert "words taken out of documents" in whats and asked_anew(ledger) == []
    for what in whats:
        done = [(each, total) for name, each, total in steps if name == what]
        assert done == sorted(done) and done[-1][0] == done[-1][1]
    steps.clear()
    assert ([each.id for each in events(ledger)], entities(ledger)) == before
    assert steps == []


def test_the_tables_of_an_older_file_are_told_of_before_each_step(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    ledger.connection.executescript(f"{TO_VERSION_24}PRAGMA user_version = 24;")
    ledger.close()
    steps: list[tuple[str, int, int]] = []
    for _ in range(2):
        open_ledger(tmp_path / "a", watch=lambda *step: steps.append(step)).close()
    assert {what for what, _, _ in steps} == {TABLES} and len(steps) > 2
    assert [done for _, done, _ in steps] == sorted({done for _, done, _ in steps}) and steps[0][1] == 0
    assert steps[-1][1] == steps[-1][2], "and of one that is up to date nothing is told"


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
    now = [10.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[-1])
    watching = progress.Watching(lambda: "by newer rules, once: names are compared")
    watching("names compared", 0, 90_000)
    now.append(12.0)
    watching("names compared", 1_000, 90_000)
    assert told.getvalue().count("onrecord: by newer rules, once: names are compared\n") == 1
    assert "1,000 of 90,000, 500/s, 0:02:58 left" in told.getvalue()
    watching("names compared", progress.LONG, progress.LONG)
    assert told.getvalue().endswith("\r\x1b[K")
    monkeypatch.setattr(sys, "stderr", nobody := StringIO())
    progress.Watching()("names compared", 5, progress.LONG)
    assert nobody.getvalue() == ""

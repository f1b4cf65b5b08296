"""Where the statements of some days lie: none is missed, and what is told to be whole is."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import statements
from onrecord.ledger.questions import Between
from onrecord.ledger.spreading import MOST, STRETCH, Run, runs_of
from onrecord.ledger.store import ledger_in_memory
from tests.ledger.keeping import filled, source


def spread(*days: tuple[str, str], first: str | None = None, last: str | None = None) -> list[Run]:
    """The runs of a ledger whose stretches have these days."""
    connection = ledger_in_memory().connection
    rows = [(part, *each) for part, each in enumerate(days)]
    connection.executemany("INSERT INTO statement_days (part, first, last) VALUES (?, ?, ?)", rows)
    return runs_of(connection, first, last)


JANUARY, MARCH = ("2031-01-01", "2031-01-31"), ("2031-03-01", "2031-03-31")


def test_stretches_side_by_side_are_one_run_and_those_of_other_days_none() -> None:
    assert spread(JANUARY, JANUARY, MARCH, MARCH, last="2031-02-01") == [Run(0, 2 * STRETCH - 1, whole=True)]
    assert spread(JANUARY, MARCH, last="2031-03-15") == [
        Run(STRETCH, 2 * STRETCH - 1, whole=False),
        Run(0, STRETCH - 1, whole=True),
    ]
    assert spread(JANUARY, MARCH, first="2031-02-01") == [Run(STRETCH, 2 * STRETCH - 1, whole=True)]
    assert spread(JANUARY, MARCH, first="2031-05-01") == []


def test_one_late_article_of_an_early_day_widens_its_own_stretch_alone() -> None:
    late = ("2031-01-05", "2031-03-31")
    assert spread(JANUARY, MARCH, late, MARCH, last="2031-01-31") == [
        Run(2 * STRETCH, 3 * STRETCH - 1, whole=False),
        Run(0, STRETCH - 1, whole=True),
    ]


def test_a_stretch_with_no_known_day_is_never_whole() -> None:
    assert spread(("", "~"), first="2030-01-01") == [Run(0, STRETCH - 1, whole=False)]
    assert spread(("", "~"), last="2039-01-01") == [Run(0, STRETCH - 1, whole=False)]


def test_very_many_runs_are_asked_as_one() -> None:
    days = [JANUARY, MARCH] * (MOST + 1)
    assert spread(*days, last="2031-02-01") == [Run(0, (len(days) - 1) * STRETCH - 1, whole=False)]


@pytest.mark.parametrize("first", [None, "2031-04-02", "2031-06-01"])
@pytest.mark.parametrize("last", [None, "2031-04-30", "2031-05-01"])
def test_a_search_finds_of_some_days_what_is_of_them(tmp_path: Path, first: str | None, last: str | None) -> None:
    days = ["2031-05-01", "2031-04-01", None, "2031-04-30T23:59:00Z", "2031-06-02", "2031-04-02"]
    ledger, _ = filled(tmp_path / "a.ledger", *(source(f"d{n}", published=day) for n, day in enumerate(days)))
    held = [part for (part,) in ledger.connection.execute("SELECT DISTINCT id >> 12 FROM statements")]
    known = ledger.connection.execute("SELECT part, first, last FROM statement_days").fetchall()
    assert known == [(part, "", "~") for part in held]
    asked = Between(first, last)
    found = {each.document for each in statements(ledger, "bridge", days=asked)}
    assert found == {f"d{n}" for n, day in enumerate(days) if asked.has(day and day[:10])}

"""What a ledger remembers of where documents come from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.ledger import open_ledger, problems
from onrecord.ledger.acquired import keep_validators, settle_problems, validators

NOON = datetime(2031, 3, 12, 12, 0, tzinfo=UTC)


def test_what_servers_say_of_pages_is_kept_and_the_last_word_counts(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l", create=True) as ledger:
        assert validators(ledger, "https://courier.example/1") is None
        keep_validators(ledger, {"https://courier.example/1": ('"a"', "")}, NOON)
        keep_validators(ledger, {"https://courier.example/1": ('"b"', "then")}, NOON)
    with open_ledger(tmp_path / "l") as ledger:
        assert validators(ledger, "https://courier.example/1") == ('"b"', "then")


@pytest.mark.parametrize(
    ("read", "left"),
    [
        (["feed.xml"], ["pages/a.html", "feed.xml.old:3", "-:1"]),
        (["pages/"], ["feed.xml", "feed.xml:3", "feed.xml.old:3", "-:1"]),
        (["-"], ["feed.xml", "feed.xml:3", "pages/a.html", "feed.xml.old:3", "-:1"]),
    ],
)
def test_problems_of_what_was_read_to_its_end_are_solved(tmp_path: Path, read: list[str], left: list[str]) -> None:
    with open_ledger(tmp_path / "l", create=True) as ledger:
        for place in ("feed.xml", "feed.xml:3", "pages/a.html", "feed.xml.old:3", "-:1"):
            ledger.connection.execute("INSERT INTO problems (place, reason, observed) VALUES (?, 'r', 'o')", (place,))
        settle_problems(ledger, read, [], NOON)
        assert [each.place for each in problems(ledger)] == left


def test_a_problem_that_came_up_again_stays(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l", create=True) as ledger:
        for reason in ("once", "still"):
            ledger.connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', ?, 'o')", (reason,))
        settle_problems(ledger, ["a"], [("a", "still")], NOON)
        assert [each.reason for each in problems(ledger)] == ["still"]


def test_what_stands_below_an_address_is_not_read_with_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l", create=True) as ledger:
        for place in (
            "https://courier.example/news",
            "https://courier.example/news:3",
            "https://courier.example/news/a",
        ):
            ledger.connection.execute("INSERT INTO problems (place, reason, observed) VALUES (?, 'r', 'o')", (place,))
        settle_problems(ledger, ["https://courier.example/news"], [], NOON)
        assert [each.place for each in problems(ledger)] == ["https://courier.example/news/a"]

"""What a ledger answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import Ledger, documents, statements
from onrecord.ledger.questions import Between
from tests.ledger.keeping import filled, source


@pytest.fixture
def ledger(tmp_path: Path, read_by_hand: None) -> Ledger:
    kept, _ = filled(
        tmp_path / "a",
        source("early", "Dalgard said the summit would be in June.", "2031-04-01"),
        source("late", "Velik said the summit, the summit, would be put off.", "2031-05-01T09:00:00"),
        source("undated", "Dalgard said nothing of the bridge.", None, None),
    )
    return kept


def test_words_are_looked_for_as_words_and_the_best_comes_first(ledger: Ledger) -> None:
    assert [each.document for each in statements(ledger, "summit")] == ["late", "early"]
    assert [each.document for each in statements(ledger, "SUMMIT june")] == ["early"]
    assert [each.document for each in statements(ledger, 'summit" OR "bridge')] == []
    assert statements(ledger, "no such word") == []
    assert statements(ledger, "summit", days=Between("2099-01-01")) == []
    assert statements(ledger, "summit", days=Between(None, "1999-01-01")) == []
    assert len(statements(ledger, '*"(')) == 3  # signs are no words: nothing is looked for


def test_who_said_it_and_when_it_was_published(ledger: Ledger) -> None:
    assert {each.document for each in statements(ledger, by="dalgard")} == {"early", "undated"}
    assert [each.document for each in statements(ledger, days=Between(last="2031-04-30"))] == ["early"]
    assert [each.document for each in statements(ledger, days=Between(first="2031-05-01"))] == ["late"]
    assert statements(ledger, form="direct") == [] and len(statements(ledger, most=2)) == 2


def test_a_statement_comes_with_its_chain_and_its_place(ledger: Ledger) -> None:
    [found] = statements(ledger, "put off")
    assert (found.speaker, found.via, found.span) == ("Velik", ("VNA",), (0, 52))


def test_documents_come_latest_first_and_those_of_no_day_last(ledger: Ledger) -> None:
    assert [each.name for each in documents(ledger)] == ["late", "early", "undated"]
    assert [each.name for each in documents(ledger, Between(last="2031-04-30"))] == ["early"]

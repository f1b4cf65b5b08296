"""In a terminal an answer is lines of text: nothing in an article moves the cursor or turns the writing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.ledger import every_event, open_ledger
from tests.hostile import CASES, DRIVING, ledger_of, stands_in

QUESTIONS = (
    "statements",
    "events --from 2031-01-01",
    "documents",
    "entities",
    "sources",
    "changes",
    "stats",
    "problems",
)


@pytest.mark.parametrize("case", CASES)
def test_every_hostile_case_is_text(case: str, tmp_path: Path) -> None:
    words = CASES[case]
    path = ledger_of(tmp_path / "a", [(case, words)])
    with open_ledger(path) as ledger:
        event = next(iter(every_event(ledger))).id
    shown = ""
    for question in (*QUESTIONS, f"event {event}", f"why {event}"):
        told = CliRunner().invoke(main, [*question.split(), "--ledger", str(path)], color=True)
        assert told.exit_code == 0, told.output
        assert not DRIVING.search(told.output), question
        shown += told.output
    assert stands_in(words, shown, 30)

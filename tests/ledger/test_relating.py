"""How events stand to each other as people decided it: over what documents tell, as of each day, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from onrecord.cli.decide import RELATIONS
from onrecord.ledger import (
    Ledger,
    decide_claim,
    decide_relation,
    decide_same,
    decided_of,
    event,
    events,
    related,
    undo,
)
from onrecord.ledger.decided import of_relations
from onrecord.ledger.events import days_told
from onrecord.ledger.recent import recent
from onrecord.ledger.relating import INVERSE, Standing
from onrecord.ledger.store import Refused
from onrecord.ledger.written import Asked, search_decisions
from tests.ledger.keeping import BY
from tests.ledger.test_deciding import read_newly
from tests.ledger.test_events import MORE, PREPARING, STORY, ledger_of, told

__all__ = ["told"]

SUMMIT, TALKS, VOTE = "Dalgard Velik summit", "Brandt talks", "Velmark election"
TEXTS = (STORY[1], PREPARING, MORE[1])


@pytest.fixture
def ledger(tmp_path: Path, told: None) -> Ledger:
    """A summit, talks of which a document tells that they prepare it, and an election told of before either."""
    return ledger_of(tmp_path / "a", *TEXTS)


def named(ledger: Ledger, words: str) -> str:
    return events(ledger, words)[0].id


def beside(ledger: Ledger, words: str, day: str | None = None) -> list[tuple[str, str]]:
    """How an event stands to others, each by its name."""
    held = event(ledger, named(ledger, words), day)
    return [(each.kind, each.event.state.name) for each in related(ledger, held, day)] if held else []


def test_what_documents_tell_is_rejected_and_stays_so_over_a_newer_reading(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    summit, talks = named(ledger, SUMMIT), named(ledger, TALKS)
    assert beside(ledger, SUMMIT) == [("prepared_by", "talks")]
    number = decide_relation(ledger, summit, "prepared_by", talks, False, BY)
    assert beside(ledger, SUMMIT) == beside(ledger, TALKS) == []
    for name in (summit, talks):
        [decided] = decided_of(ledger, name)
        assert (decided.relation, decided.value, decided.was) == ("prepares", None, (f"{talks} prepares {summit}",))
        assert (decided.person, decided.reason) == (BY.person, BY.reason)
    read_newly(ledger, monkeypatch, TEXTS)
    assert beside(ledger, SUMMIT) == []
    undo(ledger, number, BY)
    assert decided_of(ledger, named(ledger, SUMMIT)) == []
    assert beside(ledger, SUMMIT) == [("prepared_by", "talks")] and beside(ledger, TALKS) == [("prepares", "summit")]


@pytest.mark.parametrize("kind", get_args(Standing))
def test_two_events_stand_as_a_person_says_from_the_day_on_which_both_are_told_of(
    ledger: Ledger, kind: Standing
) -> None:
    summit, vote = named(ledger, SUMMIT), named(ledger, VOTE)
    assert days_told(ledger, vote)[0] < days_told(ledger, summit)[0]
    number = decide_relation(ledger, summit, kind, vote, True, BY)
    back = INVERSE[kind]
    assert (kind, "general election") in beside(ledger, SUMMIT) and beside(ledger, VOTE) == [(back, "summit")]
    held = event(ledger, vote)
    assert held is not None and [each.decision for each in related(ledger, held)] == [number]
    assert beside(ledger, VOTE, "2031-04-09") == [], "the summit had not been told of"
    assert beside(ledger, VOTE, "2031-04-10") == [(back, "summit")]
    assert search_decisions(ledger, Asked(as_of="2031-04-09")).items == []
    (found,) = search_decisions(ledger, Asked(as_of="2031-04-10")).items
    assert summit in of_relations(ledger, [found.decision], "2031-04-10")
    assert summit not in of_relations(ledger, [found.decision], "2031-04-09")
    undo(ledger, number, BY)
    assert beside(ledger, VOTE) == []


def test_the_later_decision_counts_and_what_is_told_is_confirmed(ledger: Ledger) -> None:
    summit, talks = named(ledger, SUMMIT), named(ledger, TALKS)
    right = decide_relation(ledger, talks, "prepares", summit, True, BY)
    assert [each.value in each.was for each in decided_of(ledger, summit)] == [True]
    wrong = decide_relation(ledger, summit, "prepared_by", talks, False, BY)
    assert beside(ledger, SUMMIT) == []
    undo(ledger, wrong, BY)
    held = event(ledger, summit)
    assert held is not None and [each.decision for each in related(ledger, held)] == [right]


def test_two_that_become_one_stand_in_no_way_to_each_other_until_they_are_two_again(ledger: Ledger) -> None:
    summit, talks = named(ledger, SUMMIT), named(ledger, TALKS)
    decide_claim(ledger, talks, "name", "Ostrow talks", None, "settled", BY)
    decide_relation(ledger, talks, "part_of", summit, True, BY)
    assert ("has_part", "Ostrow talks") in beside(ledger, SUMMIT), "by the name that a person gave it"
    rows = of_relations(ledger, decided_of(ledger, summit))
    assert {name: row.name for name, row in rows.items()} == {talks: "Ostrow talks", summit: "summit"}
    one = decide_same(ledger, summit, talks, BY)
    assert beside(ledger, SUMMIT) == []
    undo(ledger, one, BY)
    assert ("has_part", "Ostrow talks") in beside(ledger, SUMMIT)


def test_what_is_told_very_often_stands_so_too(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    summit, talks, vote = (named(ledger, words) for words in (SUMMIT, TALKS, VOTE))
    decide_relation(ledger, talks, "prepares", summit, False, BY)
    number = decide_relation(ledger, summit, "follows", vote, True, BY)
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    monkeypatch.setattr("onrecord.ledger.recent.MUCH", 1)
    monkeypatch.setattr("onrecord.ledger.recent.LAST", 1)
    ledger.connection.executescript("UPDATE threading SET chronicles = 0")
    assert event(ledger, summit) is not None
    often = recent(ledger, summit)
    assert often is not None
    assert [(each.kind, row.id, each.decision) for each, row in often.others] == [("follows", vote, number)]


def test_what_can_not_be_is_refused(ledger: Ledger) -> None:
    summit, vote = named(ledger, SUMMIT), named(ledger, VOTE)
    for one, other, holds, said in (
        (summit, summit, True, "in no way to itself"), (summit, vote, False, "nobody says so"),
        (summit, "E0000000000", True, "no event of this id"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            decide_relation(ledger, one, "follows", other, holds, BY)


def test_what_can_be_said_is_named() -> None:
    assert get_args(Standing) == RELATIONS

"""What changed since a reader looked last: by day or by document, in small threads and in those that are summed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.lately import Since, last_document, lately
from tests.ledger.test_events import STORY, ledger_of, told

__all__ = ["told"]

pytestmark = pytest.mark.usefixtures("told")


@pytest.fixture(params=[8, 1])
def ledger(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", request.param)
    return ledger_of(tmp_path / "a", *STORY)


def changed(ledger: Ledger, since: Since, as_of: str | None = None) -> list[tuple[str, str, str | None, str | None]]:
    found = lately(ledger, since, as_of)
    return [(each.attribute, each.what, each.was, each.now) for event in found.changed for each in event.changes]


def test_all_steps_since_a_day_are_one(ledger: Ledger) -> None:
    found = changed(ledger, Since("2031-05-01"), "2031-06-01")
    assert found == [("date", "changed", "2031-06-16 (settled)", "2031-07-01 (settled)")]


def test_what_changed_and_changed_back_is_no_change(ledger: Ledger) -> None:
    assert all(attribute != "status" for attribute, *_ in changed(ledger, Since("2031-05-01"), "2031-06-01"))


def test_as_of_a_day_what_comes_later_is_not_told(ledger: Ledger) -> None:
    assert changed(ledger, Since("2031-05-01"), "2031-05-03") == [
        ("status", "changed", "scheduled", "postponed"),
        ("date", "withdrawn", "2031-06-16 (settled)", "none (open)"),
    ]


def test_new_events_are_told_apart_and_those_that_are_over_left_out(ledger: Ledger) -> None:
    found = lately(ledger, Since("2031-04-12"))
    assert [each.status for each in found.new] == ["mooted", "planned"]
    assert all(change.what == "new" for each in found.new for change in each.changes)
    assert lately(ledger, Since("2031-04-12"), "2031-04-11").new == ()


def test_no_more_are_told_than_are_asked_for(ledger: Ledger) -> None:
    found = lately(ledger, Since("2031-04-12"), most=1)
    assert (len(found.new), found.more) == (1, True)
    assert not lately(ledger, Since("2031-04-12")).more


def test_what_came_behind_a_document_is_told_whatever_its_day(tmp_path: Path) -> None:
    known = ledger_of(tmp_path / "a", *STORY[:1], *STORY[4:])
    seen = last_document(known)
    known.close()
    ledger = ledger_of(tmp_path / "a", *STORY[1:3])
    assert last_document(ledger) == seen + 2
    found = lately(ledger, Since(document=seen))
    assert [(each.attribute, each.what, each.now) for event in found.changed for each in event.changes] == [
        ("venue", "new", "Kestron (settled)")
    ]
    assert lately(ledger, Since(document=seen + 2)) == ((), (), False)

"""What changed since a reader looked last: by day or by document, in small threads and in those that are summed up."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger import Ledger, add, decide_claim, decisions, events, listed, open_ledger, undated, undo
from onrecord.ledger.choosing import Asked
from onrecord.ledger.lately import Since, last_document, lately
from onrecord.ledger.worked_out import OfDays
from onrecord.nouns import Kept
from tests.ledger.keeping import BY, NEW, NOON, OLD
from tests.ledger.test_events import SOON, STORY, ledger_of, telling, told

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


def test_of_an_event_that_is_new_nothing_changed_however_much_is_told_of_it(ledger: Ledger) -> None:
    (found,) = lately(ledger, Since("2031-03-20"), "2031-04-11").new
    facts = {(each.attribute, each.what, each.was, each.now) for each in found.changes}
    assert facts >= {
        ("status", "new", None, "scheduled"),
        ("date", "new", None, "2031-06-16 (settled)"),
        ("venue", "new", None, "Kestron (settled)"),
    }
    assert {each.what for each in found.changes} == {"new"}


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


DAYS = (None, "2031-04-11", "2031-04-30", "2031-05-10", "2031-06-01", "2031-09-01")
"""As of which it is asked; None: now."""


def asked(ledger: Ledger) -> dict[str | None, object]:
    """What the first page shows, as of several days."""
    since = Since("2031-04-05")
    return {day: (lately(ledger, since, day), listed(ledger, Asked(as_of=day)), undated(ledger, day)) for day in DAYS}


@pytest.fixture
def forgetting(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What has all answers as of days forgotten."""

    def forget() -> None:
        monkeypatch.setattr(import_module("onrecord.ledger.lately"), "_ANSWERS", OfDays(99))
        monkeypatch.setattr(import_module("onrecord.ledger.events"), "_LISTS", OfDays(99))

    forget()
    return forget


def test_what_is_remembered_of_days_is_what_would_be_worked_out_again(
    tmp_path: Path, forgetting: Callable[[], None]
) -> None:
    """Documents come out of order, one again by another reader, another text by the id of one; and people decide."""
    path = tmp_path / "a"
    text = "Dalgard will meet Velik at a summit soon."
    later, reading = telling("2031-08-20", text, "summit", "planned", name=STORY[5][0].id or "")
    steps: list[Callable[[Ledger], object]] = [
        lambda ledger, given=given: list(add(ledger, [given], OLD, lambda: NOON))  # type: ignore[misc]
        for given in (STORY[0][0], STORY[5][0], STORY[6][0], STORY[1][0], STORY[4][0], STORY[2][0], STORY[3][0])
    ]
    steps += [
        lambda ledger: decide_claim(ledger, events(ledger)[0].id, "status", "cancelled", None, "settled", BY),
        lambda ledger: undo(ledger, decisions(ledger)[0][0].number, BY),
        lambda ledger: list(add(ledger, [STORY[1][0]], NEW, lambda: NOON)),
        lambda ledger: list(add(ledger, [Kept(source=later, reading=reading)], OLD, lambda: NOON)),
    ]
    came = list[object]()
    with open_ledger(path, create=True) as one, open_ledger(path) as other:
        for step in steps:
            step(one)
            remembered = asked(other)
            forgetting()
            assert remembered == asked(other)
            came.append(remembered)
    assert all(before != behind for before, behind in pairwise(came[:-2])), "each step is seen"


def test_as_of_a_day_nothing_is_worked_out_again_for_what_comes_later(
    tmp_path: Path, forgetting: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY[:2])
    before = asked(ledger)
    list(add(ledger, [STORY[2][0]], OLD, lambda: NOON))
    worked_out = list[str]()

    def lists(*given: Any) -> Any:
        worked_out.append(given[1].as_of or "now")
        return chosen(*given)

    listing = import_module("onrecord.ledger.events")
    chosen = listing.chosen
    monkeypatch.setattr(listing, "chosen", lists)
    behind = asked(ledger)
    assert worked_out == ["now", "2031-05-10", "2031-06-01", "2031-09-01"]
    assert [behind[day] == before[day] for day in DAYS] == [False, True, True, False, False, False]


@pytest.mark.parametrize("since", ["2031-03-20", "2031-04-05"])
def test_how_much_is_told_later_does_not_bear_on_an_earlier_day(
    tmp_path: Path, forgetting: Callable[[], None], monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    """Of two tellings all is read; of the four that there are in the end only what their chronicle counts."""
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 2)
    ledger = ledger_of(tmp_path / "a", *STORY[:2])
    before = lately(ledger, Since(since), "2031-04-11")
    assert before.new or before.changed
    list(add(ledger, [given for given, _ in STORY[2:4]], OLD, lambda: NOON))
    forgetting()
    assert lately(ledger, Since(since), "2031-04-11") == before


def test_what_an_older_program_does_that_has_the_file_open_is_seen(
    tmp_path: Path, forgetting: Callable[[], None]
) -> None:
    """It knows of no state of a day: threads are taken apart and put together, and their days leave the list."""
    with ledger_of(tmp_path / "a", *STORY[:2]) as ledger, open_ledger(tmp_path / "a") as other:
        before = asked(ledger)
        with other.writing() as older:
            older.execute("INSERT INTO unthreaded VALUES ('2031-04-10')")
            older.execute("DELETE FROM threads WHERE event IN (SELECT id FROM events WHERE day >= '2031-04-10')")
            older.execute("DELETE FROM unthreaded WHERE day < '~'")
        behind = asked(ledger)
        forgetting()
        assert behind == asked(ledger) != before


def test_long_lists_are_not_remembered(
    tmp_path: Path, forgetting: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page of a program that goes through all that is planned asks for a longer one."""
    listing = import_module("onrecord.ledger.events")
    ledger = ledger_of(tmp_path / "a", *SOON)
    worked_out = list[int]()

    def watched(*given: Any) -> Any:
        worked_out.append(most)
        return chosen(*given)

    chosen = listing.chosen
    monkeypatch.setattr(listing, "chosen", watched)
    for most in (listing.ROWS, listing.ROWS + 1):
        first, second = (listed(ledger, Asked(), most) for _ in range(2))
        assert first == second and first
    assert worked_out == [listing.ROWS, listing.ROWS + 1, listing.ROWS + 1]

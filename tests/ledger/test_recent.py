"""An event that is told of very often is shown by its last tellings and stands as all of them have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import Ledger, event
from onrecord.ledger.changing import changes_of
from onrecord.ledger.items import items_of
from onrecord.ledger.recent import recent, tellings
from onrecord.nouns import Attribute, Reading, Settled, Source
from tests.ledger.test_events import BOTH, STORY, ledger_of, telling, told

__all__ = ["told"]

DAYS = ["2031-05-03", "2031-05-30", "2031-07-02", None]


@pytest.fixture
def often(tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Ledger, str]:
    """A ledger and its summit, for which three tellings are many, and of which the last one shows it."""
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    monkeypatch.setattr("onrecord.ledger.recent.MUCH", 2)
    monkeypatch.setattr("onrecord.ledger.recent.LAST", 1)
    ledger = ledger_of(tmp_path / "a", *STORY)
    whole = event(ledger, "Dalgard Velik summit", "2031-07-02")
    assert whole is not None
    return ledger, whole.id


@pytest.mark.parametrize("day", DAYS)
def test_it_stands_as_all_tellings_by_a_day_have_it(often: tuple[Ledger, str], day: str | None) -> None:
    ledger, summit = often
    whole, found = event(ledger, summit, day), recent(ledger, summit, day)
    assert whole is not None and found is not None
    known, state = whole.state, found.held.state
    for value, other in ((state.date, known.date), (state.venue, known.venue)):
        was = other.previous[-1:] if other.value is None else ()
        assert value._replace(told=None) == other._replace(told=None, previous=was)
        assert (value.told and value.told.day) == (other.told and other.told.day)
        assert value.told is None or any(value.told is each for each in found.held.thread.tellings)
    assert state._replace(date=known.date, venue=known.venue, evidence=known.evidence) == known
    assert (found.told, found.held.overdue) == (len(whole.thread.tellings), whole.overdue)
    assert found.changes == changes_of(summit, whole.thread)
    assert found.since == dict.fromkeys(known.participants, "2031-04-01")


def test_it_is_shown_by_the_last_tellings_and_by_those_that_told_what_stands(often: tuple[Ledger, str]) -> None:
    ledger, summit = often
    found = recent(ledger, summit, "2031-05-30")
    assert found is not None and found.shown == 1
    days = [each.day for each in found.held.thread.tellings]
    assert days == ["2031-04-10", "2031-05-20"], "the venue stands as it was told before the last telling"
    assert found.days[0] == "2031-04-01" and found.days[-1] > "2031-05-30"
    assert recent(ledger, summit, "2031-04-30") is None, "two tellings are read as they are"


EARLY = telling(
    "2031-04-02", "Dalgard, Velik and Ruhl may hold a summit.", "summit", "mooted", *BOTH,
    ("participant", "Ida Ruhl", "settled"), ("agenda", "tariffs", "provisional"),
)  # fmt: skip


def test_who_takes_part_and_what_is_on_the_agenda_has_the_telling_that_had_it_first(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("summaries.FEW", 1), ("recent.MUCH", 2), ("recent.LAST", 1)):
        monkeypatch.setattr(f"onrecord.ledger.{name}", value)
    known = {given.id: reading for given, reading in (EARLY, *STORY)}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))
    ledger = ledger_of(tmp_path / "a", EARLY, *STORY[:5])
    whole = event(ledger, "Dalgard Velik summit")
    assert whole is not None

    def items() -> dict[str, tuple[str, ...]]:
        found = recent(ledger, whole.id)
        assert found is not None
        return {each.value: tuple(said.told.day for said in each.said) for each in items_of(found.held)}

    both = ("2031-04-02", "2031-04-10", whole.thread.tellings[-1].day)  # with Ruhl, with the venue, the last
    assert items() == {
        "Ana Dalgard": both, "Olen Velik": both, "Ida Ruhl": ("2031-04-02",), "tariffs": ("2031-04-02",),
    }  # fmt: skip
    monkeypatch.setattr("onrecord.ledger.recent.ITEMS", 0)
    assert items()["Ida Ruhl"] == items()["tariffs"] == (), "of more than so many the others have their day alone"


def test_who_withdrew_is_none_of_those_and_who_comes_after_all_has_the_telling_that_says_so(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("summaries.FEW", 1), ("recent.MUCH", 2), ("recent.LAST", 1), ("recent.ITEMS", 1)):
        monkeypatch.setattr(f"onrecord.ledger.{name}", value)
    ruhl: tuple[Attribute, str, Settled] = ("participant", "Ida Ruhl", "settled")
    away = telling(
        "2031-04-11", "Ruhl stays away from the summit of Dalgard and Velik.", "summit", "scheduled", *BOTH, ruhl,
        ("absent", "Ida Ruhl", "settled"), name="1",
    )  # fmt: skip
    back = telling(
        "2031-04-11", "Ruhl joins the summit of Dalgard and Velik.", "summit", "scheduled", *BOTH, ruhl, name="2"
    )
    known = {given.id: reading for given, reading in (EARLY, away, back, *STORY)}
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: (known[each.id] for each in sources))

    def items(path: Path, *more: tuple[Source, Reading]) -> dict[str, list[str]]:
        ledger = ledger_of(path, EARLY, *STORY[:4], *more)
        summit = event(ledger, "Dalgard Velik summit")
        found = summit and recent(ledger, summit.id)
        assert summit is not None and found is not None
        assert found.held.state.participants == summit.state.participants
        assert {*found.since} == {*summit.state.participants, "tariffs"}
        return {each.value: [saying.told.document for saying in each.said] for each in items_of(found.held)}

    with_it = items(tmp_path / "a", away)
    assert "Ida Ruhl" not in with_it and with_it["tariffs"], "who withdrew takes nobody's place"
    assert items(tmp_path / "b", away, back)["Ida Ruhl"] == ["2"]


def test_parts_of_its_tellings_have_each_of_them_once(often: tuple[Ledger, str]) -> None:
    ledger, summit = often
    for name, day in ((summit, None), (summit, "2031-07-02")):
        whole = event(ledger, name, day)
        assert whole is not None
        parts = [tellings(ledger, name, day, before, 2) for before in range(0, 8, 2)]
        assert {each.all for each in parts} == {len(whole.thread.tellings)}
        rows = [row for each in parts for row in each.tellings]
        assert [told for told, _, _ in rows] == whole.thread.tellings[::-1]
        assert [why for _, why, _ in rows] == whole.thread.reasons[::-1]
        assert [text for _, _, text in rows] == list(whole.origins.texts[::-1])

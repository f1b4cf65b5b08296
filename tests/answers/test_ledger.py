"""The ledger from Python: every verb answers with the objects of `publish`, as of a day, or says what is wrong."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.answers.ledger import a_day
from onrecord.cli import main
from onrecord.ledger.store import LedgerError
from onrecord.nouns import Source
from tests.answers.conftest import STORY


def test_questions_wait_for_a_file(tmp_path: Path) -> None:
    ledger = onrecord.Ledger(tmp_path / "none.ledger")
    with pytest.raises(LedgerError, match="no such ledger"):
        ledger.events()
    assert not (tmp_path / "none.ledger").exists()


def test_add_tells_what_became_of_each_document(tmp_path: Path) -> None:
    page = Source(raw=b"The talks begin on 4 June 2031, Mara Lindqvist said.\n", media="text", id="talks")
    with onrecord.Ledger(tmp_path / "new.ledger") as ledger:
        added = ledger.add([page, tmp_path / "gone.html"], published="2031-05-22", outlet="The Dravik Courier")
        assert [each.outcome for each in added] == ["added", "problem"]
        assert [(each.name, each.published, each.outlet) for each in ledger.documents()] == [
            ("talks", "2031-05-22", "The Dravik Courier")
        ]
        assert [each.place for each in ledger.problems()] == [str(tmp_path / "gone.html")]
        assert ledger.add(page, published="2031-05-22", outlet="The Dravik Courier")[0].outcome == "known"


def test_events_are_the_lines_of_the_command_line(ledger: onrecord.Ledger) -> None:
    found = ledger.events("summit", as_of="2031-05-24")
    asked = ["events", "summit", "--as-of", "2031-05-24", "--json", "--ledger", str(ledger.path)]
    printed = CliRunner().invoke(main, asked).stdout
    assert found and [msgspec.json.encode(each).decode() for each in found] == printed.splitlines()


def test_what_comes_later_does_not_count(ledger: onrecord.Ledger) -> None:
    event = ledger.event("summit Velik", as_of="2031-04-10")
    assert (event.date.value, event.date.settled) == ("2031-05-16/2031-05-31", "provisional")
    assert ledger.event(event.id).status == "occurred"
    assert all(change.day <= "2031-04-10" for change in ledger.changes(as_of=date(2031, 4, 10)))
    assert {each.published[:10] for each in ledger.documents(as_of="2031-03-24") if each.published} <= {
        "2031-03-11", "2031-03-18", "2031-03-19", "2031-03-24",
    }  # fmt: skip
    assert all((each.first or "") >= "2031-05-01" for each in ledger.sources(since="2031-05-01"))


def test_documents_are_found_by_their_text(ledger: onrecord.Ledger) -> None:
    found = ledger.documents("engineers cracks roof", as_of="2031-05-10")
    assert [each.outlet for each in found] == ["Port Selm Gazette"]
    (passage, *_) = found[0].passages
    assert ledger.reading(found[0].name).document.text[slice(*passage.span)] == passage.text
    assert not ledger.documents("engineers cracks roof", as_of="2031-03-24")
    told = ledger.documents(about=ledger.event("summit Velik").id, by="Lindqvist")
    assert told and all(each.passages == () for each in told) and len(told[:1]) == 1


def test_statements_by_and_about(ledger: onrecord.Ledger) -> None:
    dalgard = ledger.entities("Irena Dalgard")[0]
    assert {each.entity for each in ledger.statements(by=dalgard.id)} == {dalgard.id}
    said = ledger.statements("Kest Pass", about=ledger.event("summit Velik").id)[0]
    text = ledger.reading(said.document).document.text
    assert "Kest Pass" in text[slice(*said.span)]


def test_a_quote_and_its_prints(ledger: onrecord.Ledger) -> None:
    found = ledger.check("Nobody goes first, and that is the point.", speaker="Mara Lindqvist")
    assert found.verdict == "trimmed" and found.said_by == "MS. LINDQVIST"
    assert ledger.check("Nobody goes first", as_of="2031-03-01").verdict == "not found"
    family = ledger.quote("simultaneously withdraw its posts from the valley")
    assert {each.outlet for each in family.prints} and family.record == "transcript"


def test_what_is_not_there(ledger: onrecord.Ledger) -> None:
    for asked in (
        lambda: ledger.event("E0123456789"),
        lambda: ledger.reading("nothing"),
        lambda: ledger.quote("words that nobody ever printed anywhere"),
        lambda: ledger.event("summit", as_of="2030-01-01"),
    ):
        with pytest.raises(onrecord.NotThere, match="the ledger"):
            asked()


@pytest.mark.parametrize("given", ["yesterday", "2031-5-4", "2031-02-30", "2031-05", "20310524", ""])
def test_no_day(given: str) -> None:
    with pytest.raises(ValueError, match="write it as 2031-05-24"):
        a_day(given)


def test_days_of_the_calendar_are_days() -> None:
    assert a_day(date(2031, 5, 24)) == a_day(datetime(2031, 5, 24, 13)) == a_day("2031-05-24") == "2031-05-24"  # noqa: DTZ001


def test_people_decide_and_undo(tmp_path: Path) -> None:
    with onrecord.Ledger(tmp_path / "decided.ledger") as ledger:
        ledger.add(STORY / "12-postponed.html")
        event = ledger.events("summit", dated_from="2031-06-01")[0]
        with pytest.raises(ValueError, match="a reason"):
            ledger.deciding(by="M. Ferro", reason=" ")
        desk = ledger.deciding(by="M. Ferro", reason="the ministry's own notice")
        number = desk.claim(event.id, "venue", "Mereth")
        assert ledger.event(event.id).venue.value == "Mereth"
        desk.undo(number)
        assert ledger.event(event.id).venue == event.venue
        assert [(each.kind, each.stands) for each in ledger.decisions()] == [("claim", False), ("undo", True)]


def test_it_opens_again_after_it_was_closed(story: Path) -> None:
    ledger = onrecord.Ledger(story)
    before = ledger.stats()
    ledger.close()
    assert ledger.stats() == before and before["documents"] == 13
    assert before["bytes"] > 100_000
    ledger.close()

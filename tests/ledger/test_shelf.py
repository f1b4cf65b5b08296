"""What pages ask a ledger: one document, lists of them, the search with its counts, all on somebody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ledger import Ledger, decide_speaker, entities, statements
from onrecord.ledger.dossier import carriers, said_by, said_of
from onrecord.ledger.kept import copies_of, kept, listed, original, outlets
from onrecord.ledger.questions import Between
from onrecord.ledger.said import Asked
from onrecord.ledger.searching import search_statements
from onrecord.nouns import Source
from tests.ledger.keeping import BY, NEW, OLD, filled, source

LONG = "Dalgard said the bridge over the Kest would open in spring and the ferry to Selm would go on until then. " * 5


@pytest.fixture
def ledger(tmp_path: Path, read_by_hand: None) -> Iterator[Ledger]:
    found, _ = filled(
        tmp_path / "a.ledger",
        source("one", published="2031-04-01", outlet="The Courier"),
        source("two", LONG, published="2031-04-03T10:00:00+02:00", outlet="The Gazette"),
        source("three", LONG, published="2031-04-03T09:00:00+02:00", outlet="The Courier"),
        source("four", "Reyk said Dalgard had not asked", published="2031-04-05", outlet="O'Hara & Sons"),
        source("five", published=None, outlet=None),
        source("a/b?c#d", published="2031-04-02", outlet="The Courier"),
    )
    with found:
        yield found


def names(documents: object) -> list[str]:
    return [each.name for each in documents]  # type: ignore[attr-defined]


def test_documents_are_listed_the_latest_first_part_by_part(ledger: Ledger) -> None:
    everything = ["four", "two", "three", "a/b?c#d", "one", "five"]
    assert names(listed(ledger).documents) == everything and listed(ledger).after is None
    for most in (1, 2, 4, 5):
        found, after = [], None
        while True:
            part = listed(ledger, after=after, most=most)
            found += names(part.documents)
            if (after := part.after) is None:
                break
        assert found == everything, most
    assert names(listed(ledger, outlet="The Courier").documents) == ["three", "a/b?c#d", "one"]
    assert names(listed(ledger, days=Between("2031-04-02", "2031-04-03")).documents) == ["two", "three", "a/b?c#d"]
    assert outlets(ledger) == ["O'Hara & Sons", "The Courier", "The Gazette"]
    with pytest.raises(ValueError, match="invalid literal"):
        listed(ledger, after="x~y")


def test_a_document_is_kept_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    held = kept(ledger, "a/b?c#d")
    assert held is not None and held.held.statements == 1
    assert original(ledger, held.number).decode() == held.reading.document.text
    assert [(each.version, each.counts) for each in held.readings] == [("0.1", True)]
    assert held.entities["e1"] == next(iter(entities(ledger, "Dalgard"))).id and not held.speakers
    assert kept(ledger, "nowhere") is None and kept(ledger, "one", "0") is None
    decide_speaker(ledger, "one", "s1", "Ana Brandt", BY)
    decided = kept(ledger, "one")
    assert decided is not None and decided.speakers["s1"].value == "Ana Brandt"


def test_copies_of_a_text(ledger: Ledger) -> None:
    held = kept(ledger, "two")
    assert held is not None
    assert [(each.name, each.share) for each in copies_of(ledger, held.number)] == [("three", 1.0)]
    assert copies_of(ledger, held.number, "2031-04-02") == []


def test_a_text_that_came_in_again_is_a_version_of_its_own(tmp_path: Path, read_by_hand: None) -> None:
    old, new = Source(raw=b"Velik said no", id="x"), Source(raw=b"Velik said yes", id="x")
    with filled(tmp_path / "a", old, new)[0] as ledger, filled(tmp_path / "a", new, reader=NEW)[0]:
        held = kept(ledger, "x")
        assert held is not None and held.reading.document.text == "Velik said yes"
        assert [each.counts for each in held.readings] == [True, False] and OLD.models != held.readings[0].models
        first = kept(ledger, "x", held.versions[-1].version)
        assert first is not None and first.reading.document.text == "Velik said no"


def test_answers_are_counted(ledger: Ledger) -> None:
    found = search_statements(ledger, Asked("the"))
    assert not found.capped and len(found.items) == 5
    assert {each.label: each.count for each in found.facets["outlet"]} == {"The Courier": 3, "The Gazette": 1}
    assert [(each.label, each.count) for each in found.facets["by"]] == [("Dalgard", 5)]
    assert [(each.value, each.count) for each in found.facets["month"]] == [("2031-04", 4)]
    (who,) = found.facets["by"]
    assert len(search_statements(ledger, Asked("the", by=who.value, outlet="The Courier")).items) == 3
    assert len(search_statements(ledger, Asked("", by=who.value)).items) == 5
    assert search_statements(ledger, Asked('"bridge* (', days=Between("2031-04-02"))).items
    assert search_statements(ledger, Asked("bridge", outlet="nobody")).items == []


def test_a_page_of_answers_has_the_counts_of_all(ledger: Ledger) -> None:
    for asked in (Asked("the"), Asked(by="Dalgard"), Asked(days=Between("2031-04-01"))):
        every = search_statements(ledger, asked)
        parts = [search_statements(ledger, asked, begin, 2) for begin in range(0, every.total + 2, 2)]
        assert every.total == len(every.items) > 2
        assert [each for part in parts for each in part.items] == every.items
        assert all(part._replace(items=every.items) == every for part in parts)


def test_the_last_day_there_is_and_the_day_itself_count(ledger: Ledger) -> None:
    dated = ["four", "two", "three", "a/b?c#d", "one"]
    assert names(listed(ledger, days=Between(None, "9999-12-31")).documents) == dated
    assert names(listed(ledger, days=Between(None, "2031-04-03")).documents) == dated[1:]
    assert names(listed(ledger, days=Between("2031-04-03", "2031-04-03")).documents) == ["two", "three"]
    assert outlets(ledger, as_of="2031-04-03") == ["The Courier", "The Gazette"]
    assert outlets(ledger, as_of="9999-12-31") == outlets(ledger)
    asked = "SELECT d.id FROM documents d WHERE d.published IS NOT NULL AND d.published < ? || '~' ORDER BY d.published"
    plan = ledger.connection.execute(f"EXPLAIN QUERY PLAN {asked} DESC", ("2031-04-03",)).fetchall()
    assert ["documents_by_day (published>? AND published<?)" in told for *_, told in plan] == [True]


@pytest.mark.parametrize("after", ["~99999999999999999999999", f"2031-04-03~{1 << 63}", "~" + "9" * 9_000, "~x"])
def test_no_list_goes_on_behind_what_no_document_can_be(ledger: Ledger, after: str) -> None:
    with pytest.raises(ValueError):
        listed(ledger, after=after)


def test_all_on_somebody_the_latest_first(ledger: Ledger) -> None:
    (one,) = entities(ledger, "Dalgard")
    said = said_by(ledger, one.id)
    assert [each.document for each in said] == ["two", "three", "a/b?c#d", "one", "five"] or said[0].published
    assert {each.document for each in said} == {"one", "two", "three", "a/b?c#d", "five"}
    assert said[-1].document == "five" and len(said_by(ledger, one.id, most=2)) == 2
    assert {each.document for each in said_by(ledger, one.id, "2031-04-02")} == {"one", "a/b?c#d"}
    printed, via = carriers(said)
    assert printed[0] == ("The Courier", 3) and via == [("VNA", 5)]
    assert said_of(ledger, one.id) == []


def test_of_statements_of_one_outlet_no_others_are_told(ledger: Ledger) -> None:
    assert {each.outlet for each in statements(ledger, outlet="The Courier")} == {"The Courier"}


def test_who_speaks_is_asked_of_answers_or_answers_of_who_speaks(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    (who, *_) = (each.id for each in entities(ledger, "Dalgard"))
    for by in (who, "Dalgard", "Reyk", "nobody"):
        for days in (Between(), Between(None, "2031-04-03")):
            found = []
            for fewer in (True, False):
                monkeypatch.setattr("onrecord.ledger.said._are_fewer", lambda *_, fewer=fewer: fewer)
                found.append(statements(ledger, "the", by=by, days=days))
            assert found[0] == found[1] and bool(found[0]) == (by in (who, "Dalgard"))

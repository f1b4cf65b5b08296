"""Two texts that came in under one id on one day: links, comments and corrections belong to the text that was seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from litestar.testing import TestClient
from lxml import html

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import Ledger, copies, decide_apart, decide_speaker, event, events, statements
from onrecord.ledger.comments import Subject, comment, talks
from onrecord.ledger.facets import spoken_of
from onrecord.ledger.kept import kept
from onrecord.ledger.store import Refused
from onrecord.nouns import Reading, Source
from onrecord.publish.schemaorg import document_node, event_node, statement_node
from onrecord.publish.site import Site
from onrecord.web.app import application
from tests.ledger.keeping import BY, NOON, filled
from tests.ledger.test_events import BOTH, telling

TEXTS = (
    telling("2031-04-10", "Dalgard will meet Velik at a summit in Kestron.", "summit", "planned", *BOTH, name="again"),
    telling("2031-04-10", "Velik and Dalgard agreed on Friday to a summit.", "summit", "planned", *BOTH, name="again"),
    telling("2031-04-11", "Dalgard and Velik plan a summit, their offices said.", "summit", "planned", *BOTH),
)
FIRST, SECOND = (given.raw.decode() for given, _ in TEXTS[:2])


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    known = {given.raw: reading for given, reading in TEXTS}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        return (known[each.raw] for each in sources if isinstance(each, Source))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    return filled(tmp_path / "a.ledger", *(given for given, _ in TEXTS))[0]


@pytest.fixture
def earlier(ledger: Ledger) -> str:
    """The version of the first text, behind which another came in."""
    found = kept(ledger, "again")
    assert found is not None
    return found.versions[1].version


def test_each_telling_leads_to_its_own_text(ledger: Ledger, earlier: str) -> None:
    (held,) = events(ledger, "summit")
    assert [each.version for each in held.thread.tellings if each.document == "again"] in (
        [earlier, None],
        [None, earlier],
    )
    assert {text.version for text in held.origins.texts} == {None, earlier}
    with TestClient(application(ledger.path)) as client:
        page = html.document_fromstring(client.get(f"/events/{held.id}").text)
        links = page.xpath("//section[@aria-labelledby='tellings']//a[contains(@href, '/again?')]/@href")
        words = ["".join(html.document_fromstring(client.get(link).text).xpath("//article//text()")) for link in links]
        assert len(words) == 2
        assert [sum(text in each for each in words) for text in (FIRST, SECOND)] == [1, 1]


def test_a_comment_stays_with_the_text_that_was_seen(ledger: Ledger, earlier: str) -> None:
    comment(ledger, Subject(document="again", span=(0, 7), version=earlier), "On the first.", "Ida", NOON)
    comment(ledger, Subject(document="again", statement="s1"), "On the last.", "Ida", NOON)
    assert [(each.words[:7], each.version) for each in talks(ledger, Subject(document="again"), 9)] == [
        (SECOND[:7], None), (FIRST[:7], earlier),
    ]  # fmt: skip
    for version, number in ((earlier, 1), ("", 2)):
        for what in ({"span": (0, 7)}, {"statement": "s1"}) if version else ({"statement": "s1"},):
            found = talks(ledger, Subject(document="again", version=version, **what), 9)
            assert {each.number for each in found} <= {number}
    with pytest.raises(Refused, match="no statement s1"):
        comment(ledger, Subject(document="again", statement="s1", version="nothing"), "On none.", "Ida", NOON)


def test_who_spoke_is_corrected_in_one_text(ledger: Ledger, earlier: str) -> None:
    decide_speaker(ledger, "again", "s1", "Ida Ruhl", BY, earlier)
    assert {each.version: each.speaker for each in statements(ledger) if each.document == "again"} == {
        earlier: "Ida Ruhl", None: "Velik",
    }  # fmt: skip
    decide_speaker(ledger, "again", "s1", "Per Sand", BY)
    assert {each.speaker for each in statements(ledger) if each.document == "again"} == {"Ida Ruhl", "Per Sand"}
    with pytest.raises(Refused, match="no such statement"):
        decide_speaker(ledger, "again", "s1", "Per Sand", BY, "nothing")


@pytest.mark.parametrize("first", [True, False])
def test_one_text_is_told_apart_from_the_rest(ledger: Ledger, earlier: str, first: bool) -> None:
    (held,) = events(ledger, "summit")
    decide_apart(ledger, held.id, "again", BY, earlier if first else None)
    found = sorted(events(ledger, "summit"), key=lambda each: len(each.thread.tellings))
    assert [len(each.thread.tellings) for each in found] == [1, 2]
    assert found[0].thread.tellings[0].version == (earlier if first else None)


def test_ids_of_other_formats_tell_the_texts_apart(ledger: Ledger, earlier: str) -> None:
    site = Site(base="https://desk.example")
    said = [statement_node(each, site) for each in statements(ledger) if each.document == "again"]
    assert {each["@id"] for each in said} == {
        "urn:onrecord:statement:again:0-47",
        f"urn:onrecord:statement:again:{earlier}:0-47",
    }
    held = event(ledger, "summit")
    assert held is not None
    assert len({each["@id"] for each in event_node(held, site)["subjectOf"]}) == len(TEXTS)
    was = kept(ledger, "again", earlier)
    assert was is not None
    node = document_node(was.held, site)
    assert node["@id"] == f"urn:onrecord:document:again:{earlier}" and node["url"].endswith(f"again?version={earlier}")


def test_what_a_statement_speaks_of_is_that_of_its_text(ledger: Ledger, earlier: str) -> None:
    said = [each for each in statements(ledger) if each.version == earlier]
    assert spoken_of(ledger, said) == [] or {each.count for each in spoken_of(ledger, said)} == {1}
    assert list(copies(ledger, "again", version=earlier)) == []


def test_what_others_take_out_while_it_is_asked_for_is_still_called_by_its_name(ledger: Ledger, tmp_path: Path) -> None:
    ledger.connection.execute(
        "INSERT OR IGNORE INTO spoken_of (reading, event, statement) "
        "SELECT s.reading, e.number, s.id FROM statements s JOIN events e ON e.reading = s.reading"
    )
    before = spoken_of(ledger, statements(ledger))
    assert before

    def take_out(asked: str) -> None:
        if "SELECT e.name" in asked:
            with closing(sqlite3.connect(tmp_path / "a.ledger", isolation_level=None)) as other:
                other.execute("DELETE FROM events")

    ledger.connection.set_trace_callback(take_out)
    assert spoken_of(ledger, statements(ledger)) == before
    ledger.connection.set_trace_callback(None)
    assert ledger.connection.execute("SELECT count(*) FROM events").fetchone() == (0,)

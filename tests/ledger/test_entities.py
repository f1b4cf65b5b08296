"""The same people, bodies and places across documents, in any order of arrival, and what is asked of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import (
    Ledger,
    candidates,
    comparing,
    decide_apart,
    decide_same,
    entities,
    identified,
    identity,
    open_ledger,
    persons,
    settling,
    statements,
    undo,
    why,
)
from onrecord.ledger.entities import compared, named
from onrecord.ledger.identities import keep_named, now_identified
from onrecord.ledger.questions import Between
from onrecord.ledger.store import Refused
from onrecord.nouns import Reading, Source
from tests.ledger.keeping import BY, NEW, filled
from tests.ledger.naming import Who, by_id, naming, readings

SECRETARY = "Karsenian press secretary"
LAND = Who("Karsenia", "place", ("Karsenian",))

DOCS = (
    naming("2031-04-01", "Lindqvist said no. Karsenian hopes fell.", "Lindqvist", LAND,
           said={"no": "Lindqvist"}, name="a"),
    naming("2031-04-02", "Karsenian press secretary Mara Lindqvist said that Velik was ill.",
           Who("Mara Lindqvist", roles=(SECRETARY,)), "Velik", LAND,
           said={"Velik was ill": "Mara Lindqvist"}, name="b"),
    naming("2031-04-03", "Anton Lindqvist scored twice for Dravik.", "Anton Lindqvist",
           Who("Dravik", "organization"), name="c"),
    naming("2031-04-04", "Ms Lindqvist spoke. Karsenia waits.", "Lindqvist", LAND,
           said={"Karsenia waits": "Lindqvist"}, name="d"),
    naming("2031-04-05", "The Karsenian press secretary said that it would rain.", LAND,
           said={"it would rain": "The Karsenian press secretary"}, name="e"),
    naming("2031-09-20", "The Karsenian press secretary said that it was dry.", LAND,
           said={"it was dry": "The Karsenian press secretary"}, name="f"),
    naming("2031-04-06", "The Kestron Bridge and Tunnel Authority met. KBTA is poor.",
           Who("Kestron Bridge and Tunnel Authority", "organization", ("KBTA",)), name="g"),
    naming("2031-04-07", "KBTA met in Karsenia.", Who("KBTA", "organization"), LAND, name="h"),
    naming(None, "Mara Lindqvist sings.", "Mara Lindqvist", name="i"),
    naming("2031-04-04", "Lindqvist is back.", "Lindqvist", said={"back": "Lindqvist"}, name="l"),
)  # fmt: skip
MORE = (
    naming("2031-04-05", "Karsenian press secretary Ida Ruhl said yes.",
           Who("Ida Ruhl", roles=(SECRETARY,)), LAND, said={"yes": "Ida Ruhl"}, name="j"),
    naming("2031-05-01", "Lindqvist called.", "Lindqvist", said={"called": "Lindqvist"}, name="k"),
)  # fmt: skip


def test_a_person_and_a_place_are_not_made_one_by_a_wrong_digit(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    for one, other in (("b#e1", "b#e3"), ("h#e2", why(ledger, "c#e1")[0].id)):
        with pytest.raises(Refused, match="a person and a place are never one"):
            decide_same(ledger, one, other, BY)
    assert decide_same(ledger, "c#e1", "c#e2", BY), "what else is read as the wrong thing people put right"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings are those of the documents above, by their id."""
    known = readings(*DOCS, *MORE)

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        return (known[each.id] for each in sources if isinstance(each, Source))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)


def ledger_of(path: Path, *tellings: tuple[Source, Reading]) -> Ledger:
    return filled(path, *(given for given, _ in tellings))[0]


def together(path: Path) -> list[set[str]]:
    """The entities of documents that are one, as ``document#number``, those alone left out."""
    groups: dict[str, set[str]] = {}
    with open_ledger(path) as ledger:
        found = identified(ledger)
    for (document, number), who in found.items():
        groups.setdefault(who, set()).add(f"{document}#{number}")
    return sorted((group for group in groups.values() if len(group) > 1), key=min)


def test_full_name_bare_surname_and_office_are_one_person_and_another_given_name_is_not(tmp_path: Path) -> None:
    ledger_of(tmp_path / "a", *DOCS).close()
    people, lands, *bodies = together(tmp_path / "a")
    assert people == {"a#e1", "b#e1", "d#e1", "e#s1", "i#e1"}
    assert lands == {"a#e2", "b#e3", "d#e2", "e#e1", "f#e1", "h#e2"}
    assert bodies == [{"g#e1", "h#e1"}]


def test_a_bare_surname_of_two_people_stays_by_itself_where_nothing_tells_whom_it_means(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    [alone] = why(ledger, "l#e1")
    assert alone.why.rule == "undecided"
    assert [each.id for each in entities(ledger, alone.id)] == [alone.id]


def test_a_son_whom_a_document_tells_from_his_father_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = (
        naming("2031-05-01", "Anton Velik and Anton Velik Jr. came.", "Anton Velik", "Anton Velik Jr.", name="m"),
        naming("2031-05-02", "Anton Velik left.", "Anton Velik", name="n"),
        naming("2031-05-03", "Anton Velik Jr. stayed.", "Anton Velik Jr.", name="o"),
        naming("2031-05-04", "Oskar Brandt Jr. spoke.", "Oskar Brandt Jr.", name="p"),
        naming("2031-05-05", "Oskar Brandt sat down.", "Oskar Brandt", name="q"),
    )
    known = readings(*docs)
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: by_id(known, sources))
    ledger_of(tmp_path / "a", *docs).close()
    assert together(tmp_path / "a") == [{"m#e1", "n#e1"}, {"m#e2", "o#e1"}, {"p#e1", "q#e1"}]


def test_an_office_that_two_held_lately_or_none_did_is_nobodys(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS, *MORE)
    assert [why(ledger, each)[0].why.rule for each in ("e#s1", "f#s1")] == ["undecided", "undecided"]


def test_every_match_says_why(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    [person] = entities(ledger, "Mara Lindqvist")
    reasons = {each.document: each.why for each in why(ledger, person.id)}
    assert reasons["a"].rule == "first" and not reasons["a"].shares
    assert reasons["b"].rule == "person.bare" and reasons["b"].score >= 1.5
    assert reasons["e"].rule == "office.held"
    assert reasons["e"].shares == ("Mara Lindqvist was Karsenian press secretary on 2031-04-02",)
    assert all(reasons[each].shares for each in "bei")


def test_two_are_told_apart_in_words(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    [mara], [anton], [land] = (entities(ledger, words) for words in ("Mara", "Anton", "Karsenia"))
    assert compared(ledger, mara.id, anton.id) == "anton and mara are not one given name"
    assert "are not names of one" in compared(ledger, mara.id, land.id)


def test_who_is_asked_for_comes_with_names_offices_days_and_counts(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    [found] = entities(ledger, "lindqvist mara")
    assert (found.name, found.names, found.type) == ("Mara Lindqvist", ("Lindqvist",), "person")
    assert (found.first_seen, found.last_seen, found.documents, found.statements) == ("2031-04-01", "2031-04-04", 4, 4)
    assert [(each.title, each.first, each.last) for each in found.roles] == [(SECRETARY, "2031-04-02", "2031-04-05")]
    assert next(each.id for each in entities(ledger, type="person")) == found.id
    assert {each.type for each in entities(ledger, type="place")} == {"place"}
    assert entities(ledger, "Mara Ruhl") == [] and len(entities(ledger, most=2)) == 2


def test_those_heard_most_come_first_however_few_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["onrecord.ledger.entities"], "AT_ONCE", 1)
    ledger = ledger_of(tmp_path / "a", *DOCS, *MORE)
    for day in (None, "2031-04-01", "2031-04-02", "2031-04-04"):
        every = entities(ledger, as_of=day, most=1000)
        assert every == sorted(every, key=lambda each: (-each.statements, -each.documents, each.id))
        assert all(entities(ledger, as_of=day, most=most) == every[:most] for most in (1, 2, 3, 7))


def test_as_of_a_day_only_what_was_published_by_then_counts(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    assert entities(ledger, "Mara", as_of="2031-04-01") == []
    [found] = entities(ledger, "Mara Lindqvist", as_of="2031-04-02")
    assert (found.documents, found.statements) == (2, 2)


def test_statements_by_whatever_name_and_about_whom(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    assert {each.document for each in statements(ledger, by="Mara Lindqvist")} == {"a", "b", "d", "e"}
    assert {each.document for each in statements(ledger, by="Lindqvist")} == {"a", "b", "d", "e", "l"}
    [person] = entities(ledger, "Mara Lindqvist")
    assert {each.document for each in statements(ledger, by=person.id, days=Between(last="2031-04-03"))} == {"a", "b"}
    assert {each.entity for each in statements(ledger, by=person.id)} == {person.id}
    assert [each.words for each in statements(ledger, about="Velik")] == ["Velik was ill"]
    assert [each.words for each in statements(ledger, "waits", about="Karsenian")] == ["Karsenia waits"]
    assert statements(ledger, about="Nobody") == [] == statements(ledger, by="Nobody")


def test_a_document_read_again_counts_once(tmp_path: Path) -> None:
    before = identified(ledger_of(tmp_path / "a", *DOCS))
    ledger, _ = filled(tmp_path / "a", *(given for given, _ in DOCS), reader=NEW)
    assert identified(ledger) == before
    assert entities(ledger, "Mara Lindqvist")[0].documents == 4
    assert {each.document for each in statements(ledger, by="Mara Lindqvist")} == {"a", "b", "d", "e"}


def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS)
    before = identified(ledger)
    tables = ("identified", "identities", "identity_words", "offices", "mentioned", "spoken_of", "entities", "naming")
    for table in tables:
        ledger.connection.execute(f"DELETE FROM {table}")  # noqa: S608
    ledger.connection.execute("UPDATE named SET rules = 0")
    ledger.connection.execute("UPDATE statements SET entity = NULL")
    assert identified(ledger) == before
    assert {each.document for each in statements(ledger, by="Mara Lindqvist")} == {"a", "b", "d", "e"}


def test_what_a_user_decided_goes_before_the_rules_and_can_be_taken_back(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS, *MORE)
    before = identified(ledger)

    def deciding(*pairs: tuple[str, str, bool]) -> dict[tuple[str, str], str]:
        made = [(decide_same if same else decide_apart)(ledger, one, other, BY) for one, other, same in pairs]
        found = identified(ledger)
        for number in made:
            undo(ledger, number, BY)
        return found

    mara, bare, anton, ida, office = ("b", "e1"), ("l", "e1"), ("c", "e1"), ("j", "e1"), ("e", "s1")
    found = deciding(("b#e1", "l#e1", True))
    assert found[mara] == found[bare] != found[anton]
    found = deciding(("b#e1", "i#e1", False))
    assert found[mara] != found["i", "e1"]
    found = deciding(("b#e1", "j#e1", True))
    assert found[mara] == found[ida] == found[office]
    found = deciding(("j#e1", "e#s1", True))
    assert found[ida] == found[office] != found[mara]
    found = deciding(("b#e1", "l#e1", True), ("l#e1", "i#e1", False))
    assert found[mara] == found[bare] != found["i", "e1"]
    found = deciding((before[mara], "i#e1", False))
    assert found[mara] == before[mara] != found["i", "e1"]
    assert deciding() == before


def test_a_former_id_leads_to_who_it_is_now_until_it_holds_again(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *DOCS, *MORE)
    found = identified(ledger)
    mara, ida = found["b", "e1"], found["j", "e1"]
    number = decide_same(ledger, mara, ida, BY)
    assert now_identified(ledger, ida) == now_identified(ledger, mara) == mara
    assert [each.id for each in entities(ledger, ida)] == [mara]
    assert why(ledger, ida) == why(ledger, mara) and statements(ledger, by=ida) == statements(ledger, by=mara)
    with pytest.raises(Refused, match=f"{ida}: it is {mara} now"):
        decide_same(ledger, ida, found["c", "e1"], BY)
    undo(ledger, number, BY)
    assert [now_identified(ledger, each) for each in (mara, ida, "P0000000000")] == [mara, ida, "P0000000000"]


def test_who_was_named_earlier_by_what_came_later_is_found_by_the_former_id(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", DOCS[1])
    before = identified(ledger)["b", "e1"]
    ledger_of(tmp_path / "a", DOCS[0])
    now = identified(ledger)["a", "e1"]
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    assert now != before and [now_identified(ledger, each) for each in (before, now)] == [now, now]
    ledger.connection.set_trace_callback(None)
    [looked] = [each for each in asked if "d.digest" in each]
    plan = ledger.connection.execute(f"EXPLAIN QUERY PLAN {looked}").fetchall()
    assert "entities_by_block" not in str(plan) and "digest>? AND digest<?" in str(plan), "one document is looked at"
    ledger.connection.execute("UPDATE named SET compared = 0")
    assert now_identified(ledger, before) == now, "all have been compared again, as by newer rules"


def test_a_former_id_leads_to_nobody_where_it_may_be_one_of_several_of_a_surname(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", DOCS[0])

    def named_anew(*whom: str) -> dict[str, str]:
        _, reading = naming("2031-04-01", "Mereth, Dravik: Ida Ruhl met Ana Brandt and John Brandt.", *whom)
        with ledger.writing() as connection:
            keep_named(connection, reading, connection.execute("SELECT reading FROM current").fetchone()[0])
        return {number: identity for (_, number), identity in identified(ledger).items()}

    before = named_anew("Mereth", "Dravik", "John Brandt", "Ida Ruhl", "Ana Brandt")
    now = named_anew("John Brandt", "Ana Brandt", "Ida Ruhl")
    assert now_identified(ledger, before["e4"]) == now["e3"] != before["e4"]
    assert now_identified(ledger, before["e5"]) == before["e5"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(DOCS + MORE))), step=st.integers(1, len(DOCS + MORE)))
def test_neither_the_order_of_arrival_nor_the_steps_in_which_documents_came_matter(order: list[int], step: int) -> None:
    every = (*DOCS, *MORE)
    with TemporaryDirectory() as folder:
        whole, pieces = Path(folder) / "whole", Path(folder) / "pieces"
        ledger_of(whole, *every).close()
        for at in range(0, len(order), step):
            ledger_of(pieces, *(every[n] for n in order[at : at + step])).close()
        assert seen(pieces) == seen(whole)
        days = Between(last="2031-04-04")
        until = Path(folder) / "until"
        ledger_of(until, *(each for each in every if (each[0].published or "9") <= "2031-04-04")).close()
        with open_ledger(pieces) as mixed, open_ledger(until) as early:
            assert entities(mixed, as_of="2031-04-04") == entities(early)
            said = [sorted(statements(each, by="Lindqvist", days=days), key=astuple) for each in (mixed, early)]
            assert said[0] == said[1] and said[0]


def seen(path: Path) -> list[object]:
    with open_ledger(path) as ledger:
        found = entities(ledger)
        assert ledger.connection.execute("SELECT id, heard, tellings FROM identities ORDER BY 1").fetchall() == (
            ledger.connection.execute(
                "SELECT n.id, count(s.id), count(DISTINCT e.id) FROM identities n "
                "JOIN identified i ON i.identity = n.id JOIN entities e ON e.id = i.entity "
                "LEFT JOIN statements s ON s.reading = e.reading AND s.entity = e.number GROUP BY n.id ORDER BY 1"
            ).fetchall()
        )
        assert ledger.connection.execute("SELECT id, last FROM identities ORDER BY 1").fetchall() == (
            ledger.connection.execute(
                "SELECT n.id, coalesce(max(i.place), '') FROM identities n LEFT JOIN (identified i JOIN entities e "
                "ON e.id = i.entity AND e.name != '') ON i.identity = n.id GROUP BY n.id ORDER BY 1"
            ).fetchall()
        )
        return [found, [why(ledger, each.id) for each in found], identified(ledger)]


NAMES = (
    "Lindqvist", "Mara Lindqvist", "Anton Lindqvist", "M. Lindqvist", "Ms Lindqvist", "Ada Lindqvist",
    "KBTA", "BTKA", "Kestron Authority", "Kestron Bridge Tunnel Authority", "Karsen Bay Trade Alliance",
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=3, unique=True), st.integers(1, 28)),
        min_size=2,
        max_size=30,
    ),
    data=st.data(),
)
def test_comparing_stops_only_where_all_is_as_it_would_be_anyway(
    monkeypatch: pytest.MonkeyPatch, told: list[tuple[list[int], int]], data: st.DataObject
) -> None:
    for room in (identity, persons, comparing, settling, candidates):
        monkeypatch.setattr(room, "FIRST", 2, raising=False)
        monkeypatch.setattr(room, "LATEST", 3, raising=False)
    monkeypatch.setattr(candidates, "CROWD", 2)
    every = []
    for number, (names, day) in enumerate(told):
        text = ". ".join(NAMES[n] for n in names)
        whom = [Who(NAMES[n].removeprefix("Ms "), "organization" if "K" in NAMES[n] else "person") for n in names]
        every.append(naming(f"2031-04-{day:02}", text, *whom, name=f"d{number}"))
    known = readings(*every)
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: by_id(known, sources))
    order = data.draw(st.permutations(range(len(every))))
    step = data.draw(st.integers(1, 6))
    with TemporaryDirectory() as folder:
        whole, pieces = Path(folder) / "whole", Path(folder) / "pieces"
        ledger_of(whole, *every).close()
        for at in range(0, len(order), step):
            ledger_of(pieces, *(every[n] for n in order[at : at + step])).close()
        assert seen(pieces) == seen(whole)
        with open_ledger(pieces) as mixed, open_ledger(whole) as one:
            assert {name: named(mixed, name) for name in NAMES} == {name: named(one, name) for name in NAMES}


def test_what_documents_add_up_to_is_read_once_until_another_tells_of_somebody(tmp_path: Path) -> None:
    ledger_of(tmp_path / "a", *DOCS).close()
    asked: list[str] = []
    with open_ledger(tmp_path / "a") as ledger:
        ledger.connection.set_trace_callback(asked.append)

        def found() -> tuple[object, bool]:
            asked.clear()
            return entities(ledger), any("e.body" in each for each in asked)

        first, again = found(), found()
        assert again == (first[0], False) and first[1], "the rows are the same, so they are not read again"
        ledger_of(tmp_path / "a", *MORE).close()
        more, read = found()
        assert read and more != first[0]
        with open_ledger(tmp_path / "a") as fresh:
            assert more == entities(fresh)

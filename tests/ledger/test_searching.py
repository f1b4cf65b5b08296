"""The search of articles by all their words, and what each kind of answer can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.ledger import Ledger, adding, choosing, counts, entities, texts
from onrecord.ledger.copies import text_of
from onrecord.ledger.counts import Count
from onrecord.ledger.facets import Facet, Found
from onrecord.ledger.questions import MOST_WORDS, Between, HeldDocument, left_out, words_in
from onrecord.ledger.renewing import asked_anew
from onrecord.ledger.said import Asked, count_statements
from onrecord.ledger.searching import (
    BEST,
    count_documents,
    count_entities,
    count_events,
    search_documents,
    search_entities,
    search_events,
    search_statements,
)
from onrecord.ledger.store import open_ledger
from onrecord.ledger.texts import BEFORE, ROOM, find_texts, passages
from onrecord.nouns import Kept, Reading, Source
from tests.ledger.keeping import NEW, OLD, filled, reading_of, source
from tests.ledger.test_events import STORY, ledger_of, told

__all__ = ["told"]

ORCHARD = (
    "Dalgard said the ferry would sail.\n\n"
    "The orchard behind the customs house was flooded in the night, and nobody was hurt.\n\n"
    + "Rain fell on the hills of Orvik. " * 30
    + "\n\nThe mayor's café was closed."
)
QUAY = "Reyk said no. On the quay an orchard of lamps was lit."


def silent(given: Source, text: str | None = None, title: str | None = None) -> Reading:
    """A reading whose statement is the first sentence alone."""
    read = reading_of(given)
    document = replace(read.document, text=text or read.document.text, title=title)
    first = document.text.split(".")[0]
    said = tuple(replace(each, words=first, content=((0, len(first)),)) for each in read.statements)
    return replace(read, statements=said, document=document)


def held(*given: Source) -> list[Kept]:
    return [Kept(source=each, reading=silent(each)) for each in given]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    late = source("late", QUAY, published="2031-05-06", outlet="The Gazette")
    lost = source("title", published="2031-05-01")
    title = Kept(source=lost, reading=silent(lost, "Dalgard said it.", "Orchard lost"))
    undated = source("undated", ORCHARD + " Again.", published=None)
    found, _ = filled(
        tmp_path / "a.ledger",
        *held(source("early", ORCHARD, published="2031-04-01", outlet="The Courier"), late, undated), title,
    )  # fmt: skip
    with found:
        yield found


def names(found: Found[HeldDocument]) -> list[str]:
    return [each.name for each in found.items]


def asked(ledger: Ledger, words: str = "", **more: object) -> list[str]:
    return names(search_documents(ledger, Asked(words, **more)))  # type: ignore[arg-type]


def test_words_that_nobody_is_told_to_have_said_are_found_with_their_passages(ledger: Ledger) -> None:
    found = search_documents(ledger, Asked("customs orchard"))
    assert set(names(found)) == {"early", "undated"} and found.total == 2 and not found.capped
    (passage,) = next(each for each in found.items if each.name == "early").passages
    assert passage.text == ORCHARD.split("\n\n")[1] == ORCHARD[slice(*passage.span)]


def test_a_title_goes_before_a_text_and_needs_no_passage(ledger: Ledger) -> None:
    found = search_documents(ledger, Asked("orchard"))
    assert names(found)[0] == "title" and set(names(found)) == {"title", "early", "late", "undated"}
    assert found.items[0].passages == () and found.items[0].title == "Orchard lost"
    assert [each.name for each in search_documents(ledger, Asked("orchard lost dalgard")).items] == ["title"]


def test_words_are_found_whatever_their_case_accents_and_signs(ledger: Ledger) -> None:
    for words in ("CAFE mayor", '"café" AND* (mayor', "cafe-mayor"):
        assert set(asked(ledger, words)) == {"early", "undated"}, words
    assert asked(ledger, "orchards") == [] == asked(ledger, '"*(')


@pytest.mark.parametrize("words", ["\x00", "\u0301", "𞤀𞤁 orchard", "Ⅷ", "١٢", "ﬁ", "a" * 5_000, "() ^ NEAR"])
def test_whatever_signs_are_asked_for_is_no_mistake(ledger: Ledger, words: str) -> None:
    assert asked(ledger, words) == []


def test_each_word_is_looked_for_once_and_no_more_than_a_number_of_them(ledger: Ledger) -> None:
    assert words_in("Café, CAFE lamp cafe\u0301 Lamp") == ["Café", "lamp"]
    early = "".join(f" word{n}" for n in range(MOST_WORDS - 1))
    filled(ledger.path, *held(source("many", f"Dalgard said{early} orchard.")))[0].close()
    words = f"orchard{early} nowhere orchard"
    assert asked(ledger, words) == ["many"] and left_out(words) == ["nowhere"]
    assert [each.document for each in search_statements(ledger, Asked(words)).items] == ["many"]
    assert asked(ledger, "orchard nowhere") == [] and left_out("orchard nowhere") == []


def test_outlet_days_speaker_and_event_narrow_it_and_are_counted(ledger: Ledger) -> None:
    found = search_documents(ledger, Asked("orchard"))
    assert {each.label: each.count for each in found.facets["outlet"]} == {"The Courier": 3, "The Gazette": 1}
    assert [(each.value, each.count) for each in found.facets["month"]] == [("2031-05", 2), ("2031-04", 1)]
    who = {each.label: each for each in found.facets["by"]}
    assert {label: each.count for label, each in who.items()} == {"Dalgard": 3, "Reyk": 1}
    assert asked(ledger, "orchard", outlet="The Gazette") == ["late"]
    assert asked(ledger, "orchard", by=who["Reyk"].value) == ["late"] == asked(ledger, "", by="Reyk")
    assert asked(ledger, "orchard", about="Reyk") == ["late"] and asked(ledger, "orchard", by="Nobody") == []
    assert asked(ledger, "orchard", days=Between("2031-05-01", "2031-05-31")) == ["title", "late"]
    assert asked(ledger, "", days=Between("2031-04-01")) == ["late", "title", "early"]
    assert asked(ledger, "", outlet="The Courier") == ["title", "early", "undated"]


def test_what_is_not_known_on_a_day_is_not_found(ledger: Ledger) -> None:
    assert asked(ledger, "orchard", days=Between(None, "2031-05-05")) == ["title", "early"]
    assert asked(ledger, "orchard", days=Between(None, "2031-03-31")) == []
    assert asked(ledger, "orchard", days=Between(None, "2030")) == []


def test_a_text_that_is_read_anew_is_found_by_what_it_says_now(tmp_path: Path) -> None:
    page = source("page", ORCHARD)
    anew = replace(silent(page, "Dalgard said the harbour was flooded."), reader=NEW)
    with filled(tmp_path / "a", *held(page))[0] as ledger:
        assert asked(ledger, "orchard") == ["page"]
        filled(tmp_path / "a", Kept(source=page, reading=anew), reader=NEW)[0].close()
        assert asked(ledger, "orchard") == [] and asked(ledger, "harbour flooded") == ["page"]
        filled(tmp_path / "a", Kept(source=page, reading=replace(anew, reader=OLD)), reader=NEW)[0].close()
        assert asked(ledger, "harbour") == ["page"]
        ledger.connection.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")


def test_each_text_of_an_id_is_found_and_told_apart(tmp_path: Path) -> None:
    with filled(tmp_path / "a", *held(source("page", ORCHARD), source("page", QUAY)))[0] as ledger:
        found = search_documents(ledger, Asked("orchard")).items
        assert [each.name for each in found] == ["page", "page"] and len({each.version for each in found}) == 2
        assert [each.version is None for each in found if "quay" in each.passages[0].text] == [True]


def test_an_older_ledger_is_made_ready_once(ledger: Ledger) -> None:
    before = search_documents(ledger, Asked("orchard"))
    ledger.connection.execute("UPDATE texting SET rules = 0")
    steps: list[tuple[str, int, int]] = []
    ledger.watch = lambda *step: steps.append(step)
    assert search_documents(ledger, Asked("orchard")) == before and steps[-1][1:] == (4, 4)
    steps.clear()
    find_texts(ledger)
    assert steps == []


def test_who_asks_at_once_reads_no_text_of_an_older_ledger_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = search_documents(ledger, Asked("orchard"))
    ledger.connection.execute("UPDATE texting SET rules = 0")
    read: list[bytes] = []

    def read_text(body: bytes) -> str:
        read.append(body)
        return text_of(body)

    monkeypatch.setattr(texts, "text_of", read_text)
    with open_ledger(ledger.path) as other:
        ledger.connection.set_trace_callback(lambda sql: find_texts(other) if sql.startswith("BEGIN") else None)
        find_texts(ledger)
        ledger.connection.set_trace_callback(None)
    assert len(read) == 4 and search_documents(ledger, Asked("orchard")) == before


def test_others_write_while_an_older_ledger_is_made_ready(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.connection.execute("UPDATE texting SET rules = 0")
    monkeypatch.setattr(texts, "PIECE", 2)
    waiting: list[int] = []
    with open_ledger(ledger.path) as other:

        def left(sql: str) -> None:
            if sql.startswith("BEGIN"):
                with other.writing() as connection:
                    waiting.extend(connection.execute("SELECT count(*) FROM untexted").fetchone())

        ledger.connection.set_trace_callback(left)
        find_texts(ledger)
        ledger.connection.set_trace_callback(None)
    assert waiting == [0, 4, 2]


def test_what_is_stopped_on_the_way_goes_on_from_there(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = search_documents(ledger, Asked("orchard"))
    ledger.connection.execute("UPDATE texting SET rules = 0")
    monkeypatch.setattr(texts, "PIECE", 1)

    def stop(_: str, done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    ledger.watch = stop
    with pytest.raises(KeyboardInterrupt):
        find_texts(ledger)
    assert "texts are made ready for the search" in asked_anew(ledger)
    steps: list[tuple[int, int]] = []
    ledger.watch = lambda _, *step: steps.append(step)
    assert search_documents(ledger, Asked("orchard")) == before
    assert steps == [(0, 2), (1, 2), (2, 2)] and asked_anew(ledger) == []


def test_what_an_older_program_adds_meanwhile_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, new = source("page", ORCHARD), source("new", QUAY)
    said = [f"Dalgard said the {what} was flooded." for what in ("harbour", "market", "mill")]
    anew = [Kept(source=page, reading=replace(silent(page, text), reader=NEW)) for text in said]
    path = tmp_path / "a"
    with filled(path, *held(page))[0] as ledger:
        assert asked(ledger, "orchard") == ["page"]
        with monkeypatch.context() as older:
            older.setattr(adding, "keep_text", lambda *_: None)
            older.setattr(adding, "find_texts", lambda _: None)
            filled(path, *held(new))[0].close()
            filled(path, anew[0], reader=NEW)[0].close()
        assert asked_anew(ledger) == ["texts are made ready for the search"]
        assert asked(ledger, "lamps") == ["new"] and asked(ledger, "harbour") == ["page"]
        assert asked(ledger, "customs") == [] == asked_anew(ledger)
        ledger.connection.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")


def test_a_page_of_documents_has_the_counts_of_all(ledger: Ledger) -> None:
    every = search_documents(ledger, Asked("orchard"))
    parts = [search_documents(ledger, Asked("orchard"), begin, 1) for begin in range(every.total + 1)]
    assert [each for part in parts for each in part.items] == every.items
    assert all(part._replace(items=every.items) == every for part in parts)


def test_more_than_the_best_are_not_counted(tmp_path: Path) -> None:
    many = [source(f"n{n}", f"Dalgard said {n}. The orchard is number {n}.") for n in range(BEST + 5)]
    with filled(tmp_path / "a", *held(*many))[0] as ledger:
        found = search_documents(ledger, Asked("orchard"), BEST - 2, 20)
        assert found.capped and found.total == BEST and len(found.items) == 2
        assert sum(each.count for each in found.facets["month"]) == BEST


QUESTIONS = (
    Asked("orchard"), Asked("orchard lamps"), Asked("said"), Asked("said", by="Reyk"), Asked("said", form="indirect"),
    Asked("said", outlet="The Courier"), Asked("said", days=Between("2031-04-01", "2031-05-01")), Asked("nowhere"),
    Asked(by="Dalgard"), Asked(about="Reyk"), Asked(outlet="The Gazette"), Asked(days=Between("2031-05-01")),
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_counted_what_is_found(ledger: Ledger, question: Asked) -> None:
    assert count_statements(ledger, question) == Count(search_statements(ledger, question).total)
    assert count_documents(ledger, question) == Count(search_documents(ledger, question).total)


def test_it_is_counted_up_to_a_bound(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "COUNTED", 3)
    assert count_documents(ledger, Asked("orchard")) == (3, True)
    assert count_statements(ledger, Asked("said")) == (3, True)
    assert count_documents(ledger, Asked("customs")) == (2, False)
    assert counts.up_to(3) == (3, False)


def test_names_are_counted_by_their_type(tmp_path: Path, read_by_hand: None) -> None:
    with filled(tmp_path / "a", source("a", "Selm said no"), source("b", "Velik said no"))[0] as ledger:
        for words, type in (("Selm", None), ("Selm", "person"), ("Selm", "organization"), ("nobody", None)):
            found = search_entities(ledger, words, type, None)  # type: ignore[arg-type]
            assert count_entities(ledger, words, type, None) == Count(found.total)  # type: ignore[arg-type]


def test_events_are_counted_that_are_found(tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger_of(tmp_path / "a", *STORY) as ledger:
        for asked in (choosing.Asked("summit"), choosing.Asked("summit", "2031-01-01"), choosing.Asked("nowhere")):
            found = search_events(ledger, asked)
            assert count_events(ledger, asked) == (found.total, found.capped)
            for each in found.facets["status"]:
                assert count_events(ledger, asked._replace(status=each.value)) == Count(each.count)
        monkeypatch.setattr(choosing, "RANKED", 1)
        assert count_events(ledger, choosing.Asked("summit")) == (1, True)


def test_events_are_narrowed_by_how_they_stand_their_kind_and_month(tmp_path: Path, told: None) -> None:
    with ledger_of(tmp_path / "a", *STORY) as ledger:
        every = search_events(ledger, choosing.Asked("summit"))
        assert every.items and every.total == len(every.items)
        facets: tuple[Facet, ...] = ("status", "kind")
        for facet in facets:
            assert sum(each.count for each in every.facets[facet]) == every.total
            for each in every.facets[facet]:
                given = {"status": None, "kind": None, facet: each.value}
                asked = choosing.Asked("summit", status=given["status"], kind=given["kind"])
                narrowed = search_events(ledger, asked)
                assert narrowed.total == each.count and narrowed.facets[facet] == [each]
        first, *rest = (search_events(ledger, choosing.Asked("summit"), n, 1) for n in range(every.total))
        assert [*first.items, *(each for part in rest for each in part.items)] == every.items


def test_it_is_told_that_more_events_may_answer(tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger_of(tmp_path / "a", *STORY) as ledger:
        whole, ahead = choosing.Asked("summit"), choosing.Asked(days=Between("2031-01-01"), among=50)
        assert not search_events(ledger, whole).capped and not search_events(ledger, ahead).capped
        assert search_events(ledger, ahead._replace(among=1)).capped
        monkeypatch.setattr(choosing, "RANKED", 1)
        assert search_events(ledger, whole).capped


def test_names_are_narrowed_by_their_type(tmp_path: Path, read_by_hand: None) -> None:
    texts = [f"Selm said {n}" for n in range(3)] + ["Velik said no"]
    with filled(tmp_path / "a", *(source(f"n{n}", text) for n, text in enumerate(texts)))[0] as ledger:
        found = search_entities(ledger, "", None, None)
        types = {each.value: each.count for each in found.facets["type"]}
        assert types == {"person": 2, "organization": 1} and found.total == 3
        assert [each.name for each in search_entities(ledger, "", "organization", None).items] == ["VNA"]
        assert [each.name for each in entities(ledger, "", "person")] == ["Selm", "Velik"]
        assert search_entities(ledger, "Selm", "organization", None).total == 0
        assert search_entities(ledger, "Selm", None, "2031-01-01").total == 0
        asked: list[str] = []
        ledger.connection.set_trace_callback(asked.append)
        assert search_entities(ledger, "Selm", None, None).total == 1
        assert sum("FROM identity_words" in each for each in asked) == 1  # to list and to count
        ledger.connection.set_trace_callback(None)
        plan = ledger.connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM identities WHERE first < '~' AND type = 'person' "
            "ORDER BY heard DESC, tellings DESC, id"
        ).fetchall()
        assert len(plan) == 1 and "identities_by_type" in plan[0][-1]


def test_a_ledger_that_cant_be_written_to_is_still_searched(tmp_path: Path) -> None:
    filled(tmp_path / "a", *held(source("page", ORCHARD)))[0].close()
    with open_ledger(tmp_path / "a") as ledger:
        ledger.connection.execute("PRAGMA query_only = 1")
        assert asked(ledger, "orchard") == ["page"]


def test_passages_hold_as_many_words_as_can_be() -> None:
    text = "alpha " + "x " * 200 + "beta\nalpha and beta\n" + "y " * 300 + "gamma"
    both, last = passages(text, "gamma alpha beta")
    assert text[slice(*both)] == "alpha and beta" and text[slice(*last)].endswith("y gamma")
    assert passages(text, "delta") == [] == passages("", "alpha") == passages(text, "")


WORDS = st.sampled_from(["alpha", "Beta", "γάμμα", "é", "the", "\n", "a" * 400, "."])


@given(st.lists(WORDS, max_size=120).map(" ".join), st.lists(WORDS, max_size=4).map(" ".join))
def test_passages_stand_in_one_line_and_none_is_long(text: str, words: str) -> None:
    found = passages(text, words)
    assert found == sorted(set(found)) and len(found) <= 3
    wanted = {word.lower() for word in words.split() if word.isalpha()}
    for low, high in found:
        part = text[low:high]
        assert part and "\n" not in part and len(part) <= ROOM + BEFORE + 400
        assert wanted & set(part.lower().split())
    held_words = set(text.lower().split())
    if len(wanted & held_words) == 1:
        assert len(found) == 1

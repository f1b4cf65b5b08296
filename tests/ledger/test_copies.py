"""Copies of one text: found whatever was done to it, in whatever order the documents came, and nothing else is one."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from evaluation.wire import DOINGS, edit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

from onrecord.acquire import open_paths
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.copies import compare, find_copies, originals
from onrecord.ledger.differences import differences
from onrecord.ledger.sketch import RUN, SURE, anchors_of, compared, shingles_of, words_of
from onrecord.nouns import Document, Source
from onrecord.page import read_page
from tests.ledger.keeping import NEW, filled, source
from tests.samples.sample_corpus import EXPECTED, SAMPLES

SYLLABLES = ("ka", "ves", "tor", "lin", "mar", "osk", "dra", "pel", "ui", "sen")


def story(seed: int, words: int = 220) -> str:
    """A text of made-up words, in sentences and paragraphs; two seeds have no run of words in common."""
    random = Random(seed)
    made = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(words)]
    sentences = [" ".join(made[at : at + 18]).capitalize() + "." for at in range(0, words, 18)]
    return "\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))


WIRE = story(1)
A = edit(WIRE, Random(1)).text
B = edit(WIRE, Random(2), DOINGS[1:]).text
OTHER = story(2, 60)
ROUND_UP = f"{' '.join(WIRE.split()[:120])}\n\n{OTHER}"

DOCUMENTS = (
    source("wire", WIRE, "2031-04-02", "VNA"),
    source("a", A, "2031-04-02", "The Courier"),
    source("b", B, "2031-04-03", "Radio Orvan"),
    source("other", OTHER, "2031-04-03", "The Courier"),
    source("round-up", ROUND_UP, "2031-04-05", "Harbour FM"),
    source("undated", WIRE, None, "The Post"),
)


def pairs(ledger: Ledger) -> set[tuple[str, str, float]]:
    return set(
        ledger.connection.execute(
            "SELECT d.name, o.name, share FROM copies c "
            "JOIN documents d ON d.id = c.document JOIN documents o ON o.id = c.other"
        )
    )


def taken_from(ledger: Ledger, as_of: str | None = None) -> dict[str, str]:
    names = dict(ledger.connection.execute("SELECT id, name FROM documents"))
    return {names[one]: names[other] for one, other in originals(ledger.connection, sorted(names), as_of).items()}


@pytest.mark.usefixtures("read_by_hand")
def test_each_copy_is_one_of_the_earliest_that_has_its_text(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS)
    found = taken_from(ledger)
    assert found == {"wire": "wire", "a": "wire", "b": "wire", "other": "other", "round-up": "wire", "undated": "wire"}
    assert taken_from(ledger, "2031-04-01") == {name: name for name in found}
    assert ("other", "round-up") in {row[:2] for row in pairs(ledger)}
    assert ("other", "wire") not in {row[:2] for row in pairs(ledger)}


@pytest.mark.usefixtures("read_by_hand")
def test_a_round_up_is_a_copy_of_the_story_that_is_asked_about(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS)
    numbers = {name: number for number, name in ledger.connection.execute("SELECT id, name FROM documents")}
    asked = [numbers["round-up"], numbers["other"]]
    assert originals(ledger.connection, asked, among=asked) == dict.fromkeys(asked, numbers["other"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(DOCUMENTS), step=st.integers(1, 6))
def test_neither_the_order_of_arrival_nor_what_is_later_changes_an_answer(
    read_by_hand: None, order: list[Source], step: int
) -> None:
    with TemporaryDirectory() as folder:
        whole, _ = filled(Path(folder) / "whole", *DOCUMENTS)
        for at in range(0, len(order), step):
            filled(Path(folder) / "mixed", *order[at : at + step])[0].close()
        mixed, _ = filled(Path(folder) / "mixed")
        assert pairs(mixed) == pairs(whole) and taken_from(mixed) == taken_from(whole)
        for day in ("2031-04-02", "2031-04-03"):
            known = [each for each in order if each.published and each.published <= day]
            until, _ = filled(Path(folder) / day, *known)
            assert taken_from(until) == {
                name: first for name, first in taken_from(whole, day).items() if name in taken_from(until)
            }
            until.close()
        whole.close()
        mixed.close()


@pytest.mark.usefixtures("read_by_hand")
def test_a_ledger_that_knew_no_copies_finds_the_same_ones(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS)
    found = pairs(ledger)
    ledger.connection.executescript(
        "DELETE FROM copies; DELETE FROM anchors; DELETE FROM sketches; UPDATE copying SET rules = 0"
    )
    find_copies(ledger)
    assert pairs(ledger) == found != set()


@pytest.mark.usefixtures("read_by_hand")
def test_who_waited_for_copies_does_not_look_for_them_again(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS)
    ledger.connection.execute("UPDATE copying SET rules = 0")
    other, compared = open_ledger(ledger.path), list[str]()

    def begun(asked: str) -> None:
        if asked.startswith("BEGIN"):
            find_copies(other)

    ledger.connection.set_trace_callback(begun)
    ledger.watch = lambda *_: compared.append("again")
    find_copies(ledger)
    assert compared == []
    other.close()


@pytest.mark.usefixtures("read_by_hand")
def test_a_text_that_is_read_otherwise_is_compared_anew(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", DOCUMENTS[0], DOCUMENTS[2], DOCUMENTS[3])
    before = pairs(ledger)
    filled(tmp_path / "a", DOCUMENTS[0], DOCUMENTS[2], DOCUMENTS[3], reader=NEW)
    assert pairs(ledger) == before  # read again, the same text
    (number,) = ledger.connection.execute("SELECT id FROM documents WHERE name = 'b'").fetchone()
    compare(ledger.connection, number, OTHER)
    assert {row[:2] for row in pairs(ledger)} == {("b", "other"), ("other", "b")}
    compare(ledger.connection, number, B)
    assert pairs(ledger) == before


@pytest.mark.usefixtures("read_by_hand")
def test_of_one_day_the_one_that_gives_an_hour_or_is_named_by_the_others_is_the_first(tmp_path: Path) -> None:
    named = [
        source("a", f"{WIRE}\n\n{OTHER} (VNA)", "2031-04-02", "The Courier"),
        source("b", f"{WIRE} As VNA reports. {OTHER}", "2031-04-02", "Radio Orvan"),
        source("wire", WIRE, "2031-04-02", "VNA"),
    ]
    ledger, _ = filled(tmp_path / "a", *named)
    assert set(taken_from(ledger).values()) == {"wire"}
    filled(tmp_path / "a", source("first", f"{WIRE} CNVNA", "2031-04-02T09:00:00+02:00", "The Post"))
    filled(tmp_path / "a", source("second", WIRE, "2031-04-02T08:00:00+00:00", "Harbour FM"))
    assert set(taken_from(ledger).values()) == {"first"}
    (number,) = ledger.connection.execute("SELECT id FROM documents WHERE name = 'wire'").fetchone()
    credited = "SELECT credited FROM sketches WHERE document = ?"
    assert ledger.connection.execute(credited, (number,)).fetchone() == (2,)
    for name in "ab":
        compare(ledger.connection, ledger.connection.execute(
            "SELECT id FROM documents WHERE name = ?", (name,)).fetchone()[0], OTHER)  # fmt: skip
    assert ledger.connection.execute(credited, (number,)).fetchone() == (0,)


words = st.lists(st.text("abcdefgh", min_size=2, max_size=6), min_size=1, max_size=120)


@given(words)
def test_a_text_is_a_copy_of_itself_however_it_is_written(text: list[str]) -> None:
    plain, shouted = " ".join(text), ",\n“".join(text).upper()
    assert compared(shingles_of(plain), shingles_of(shouted)).copied
    assert anchors_of(shingles_of(plain)) == anchors_of(shingles_of(shouted)) != []


@given(words, st.lists(st.text("stuvwxyz", min_size=2, max_size=6), max_size=120))
def test_texts_without_a_word_in_common_are_never_copies(one: list[str], other: list[str]) -> None:
    likeness = compared(shingles_of(" ".join(one)), shingles_of(" ".join(other)))
    assert not likeness.copied and likeness.common == 0


@given(
    shared=st.lists(st.text("abcdefgh", min_size=2, max_size=6), min_size=SURE, max_size=SURE + 20),
    around=st.lists(words, min_size=4, max_size=4),
)
def test_texts_with_a_passage_in_common_find_each_other(shared: list[str], around: list[list[str]]) -> None:
    one = [*around[0], *shared, *around[1]]
    other = [*around[2], *shared, *around[3]]
    assert set(anchors_of(shingles_of(" ".join(one)))) & set(anchors_of(shingles_of(" ".join(other))))


@given(st.integers(0, 10**6), st.floats(0.2, 1.0))
def test_what_is_cut_from_the_end_is_a_copy(seed: int, left: float) -> None:
    text = story(seed).split()
    assert compared(shingles_of(" ".join(text)), shingles_of(" ".join(text[: int(left * len(text))]))).share == 1.0


def test_a_second_notice_in_the_words_of_the_first_is_no_copy() -> None:
    one = (
        "The ferry from Sund to Kestron, the Alma, is put off until at least {}. It will be the first since the storm."
    )
    first, second = (shingles_of(one.format(day)) for day in ("22 May", "13 July"))
    assert not compared(first, second).copied


def test_words_are_the_same_whatever_their_accents_and_signs() -> None:
    assert words_of("CAFÉ–Élan, “dont” l’e\u0301te") == words_of("café élan dont l été")
    assert len(shingles_of("one two three")) == 1 and len(shingles_of("")) == 0
    assert all(len(shingles_of(" ".join("abcdefg"[:n]))) == max(1, n - RUN + 1) for n, _ in pairwise(range(1, 8)))


def test_of_the_sample_pages_two_print_one_wire_and_are_told_what_they_changed() -> None:
    told = EXPECTED["wire_copy"]
    found = [each for each in open_paths([str(SAMPLES / "summit")]) if isinstance(each, Source)]
    texts = {page.path or "": page.text for page in map(read_page, found) if isinstance(page, Document)}
    pairs = combinations(sorted(texts), 2)
    [(one, other)] = [(a, b) for a, b in pairs if compared(shingles_of(texts[a]), shingles_of(texts[b])).copied]
    assert [one, other] == [str(SAMPLES / each) for each in told["files"]]
    passages = differences(texts[one], texts[other])
    assert sum(each.was.startswith(told["cut_from_second"]) for each in passages) == 1
    assert all(("changed", *words) in {astuple(each)[:3] for each in passages} for words in told["changed"])

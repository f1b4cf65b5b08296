"""Gold of what is the same across documents: no words of others in it, and the figures say what their names say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from evaluation.across import Mention, aligned, by_name, entities, measure, mentions, score, sources, threads
from evaluation.benchmarks import ACROSS, SHARED
from evaluation.gold.marked import documents

from onrecord.nouns import EntityType, EventKind
from tests.samples.sample_corpus import REAL_NAMES

FILES = sorted(ACROSS.glob("*-*.jsonl"))
OURS = sorted(ACROSS.glob("*.txt"))
CORPORA = SHARED / "data"


def gold(*labels: tuple[str, str]) -> list[Mention]:
    """Mentions of one place each, in documents and with labels."""
    return [Mention(document, "texts", (0, 5), label) for document, label in labels]


def test_what_fits_best_answers_for_a_mention() -> None:
    places = {"a": [((0, 30), "the whole sentence"), ((7, 18), "Edda Thorne"), ((13, 18), "Thorne")]}
    asked = [Mention("a", "texts", span, "x") for span in ((6, 18), (13, 18), (17, 40), (40, 50))]
    asked.append(Mention("b", "texts", (0, 5), "x"))
    assert aligned(asked, places) == ["Edda Thorne", "Thorne", "the whole sentence", None, None]


def test_a_word_of_a_longer_name_is_its_place() -> None:
    assert aligned([Mention("a", "texts", (0, 23), "x")], {"a": [((17, 23), "summit")]}) == ["summit"]


def test_pairs_of_one_document_do_not_count() -> None:
    found = score(gold(("a", "x"), ("a", "y"), ("b", "x")), ["1", "1", "1"])
    assert (found["precision"], found["recall"]) == (50.0, 100.0)


def test_what_was_not_found_is_lost_of_all_pairs_alone() -> None:
    found = score(gold(("a", "x"), ("b", "x"), ("c", "x")), ["1", "1", None])
    assert (found["precision"], found["recall"], found["recall of all pairs"]) == (100.0, 100.0, 33.3)
    assert found["mentions found"] == 66.7


def test_b_cubed_does_not_let_one_story_decide() -> None:
    labels = [(document, "x") for document in "abcdefgh"] + [("i", "y"), ("j", "y")]
    found = score(gold(*labels), ["1"] * 8 + ["2", "3"])
    assert found["recall"] == 96.6
    assert (found["B-cubed precision"], found["B-cubed recall"]) == (100.0, 90.0)


def test_nothing_found_is_no_error() -> None:
    assert set(score(gold(("a", "x"), ("b", "x")), [None, None]).values()) == {0.0}


def test_a_file_of_gold_is_measured_on_a_ledger_of_its_own(tmp_path: Path) -> None:
    texts = {
        "one-2031-04-02": "OSTREV – President Edda Thorne will meet Ilo Kalt at a summit in Bresk on 3 May 2031.",
        "two-2031-04-09": "DRAVIK – The summit of Edda Thorne and Ilo Kalt in Bresk, planned for 3 May, was put off.",
    }
    (tmp_path / "texts.jsonl").write_text("".join(json.dumps({"id": k, "text": t}) + "\n" for k, t in texts.items()))
    for name, word in ("events", "summit"), ("entities", "Edda Thorne"):
        lines = [
            {"document": k, "source": "texts.jsonl", "span": [t.index(word), t.index(word) + len(word)], "id": "it"}
            for k, t in texts.items()
        ]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    together = measure(tmp_path / "events.jsonl", tmp_path, threads)
    assert together["recall of all pairs"] == 100.0
    assert measure(tmp_path / "entities.jsonl", tmp_path, lambda ledger: entities(ledger, by_name)) == together
    parted = measure(tmp_path / "entities.jsonl", tmp_path, lambda each: entities(each, lambda _: {}))
    assert parted["mentions found"] == 0.0
    days = [source.published for source in sources(mentions(tmp_path / "events.jsonl"), (tmp_path,))]
    assert days == ["2031-04-02", "2031-04-09"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_gold_holds_labels_and_places_and_no_words(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    of, kinds = ("kind", EventKind) if path.name.startswith("events") else ("type", EntityType)
    for line in lines:
        assert set(line) == {"document", "source", "span", of, "id"}
        assert line[of] in get_args(kinds)
        assert 0 <= line["span"][0] < line["span"][1]
    assert len({(line["document"], line["id"]) for line in lines}) == len(lines)
    assert len({(line["document"], *line["span"]) for line in lines}) == len(lines)


def test_the_halves_share_no_document() -> None:
    for of in "entities", "events":
        dev, held = ({each.document for each in mentions(ACROSS / f"{of}-{half}.jsonl")} for half in ("dev", "held"))
        assert dev and held and not dev & held


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_texts_are_dated_invented_and_named_where_the_gold_says(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert REAL_NAMES.findall(written) == []
    texts = {each["id"]: each for each in documents(written)}
    assert all(each["published"] for each in texts.values())
    for of in "entities", "events":
        for each in mentions(ACROSS / f"{of}-{path.stem}.jsonl"):
            if each.source == path.name:
                named = texts[each.document]["text"][slice(*each.span)]
                assert named and named == named.strip()


@pytest.mark.skipif(not CORPORA.exists(), reason="the texts of others lie beside the project")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_places_stand_on_whole_words(path: Path) -> None:
    asked = mentions(path)
    texts = {source.id: source.raw.decode() for source in sources(asked, (ACROSS, CORPORA))}
    for each in asked:
        text, (start, end) = texts[each.document], each.span
        assert end <= len(text)
        assert not (text[start - 1 : start] + text[start]).isalnum() or not start
        assert not (text[end - 1] + text[end : end + 1]).isalnum() or end == len(text)


def test_the_second_reading_agrees_as_the_guide_says() -> None:
    second = mentions(ACROSS / "second.jsonl")
    read_twice = [path for path in FILES if path.name != "events-wide.jsonl"]
    first = {(each.document, each.span): each.label for path in read_twice for each in mentions(path)}
    told = [first[each.document, each.span] for each in second]
    assert (len(second), len(first)) == (235, 1227)
    assert score(second, told)["precision"] == score(second, told)["recall of all pairs"] == 100.0

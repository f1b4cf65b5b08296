"""The scraped page and what a good reading of it holds agree with one another."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.samples.sample_corpus import SAMPLES

TEXT = (SAMPLES / "scraped" / "progress.txt").read_text(encoding="utf-8")
GOOD: dict[str, Any] = json.loads((SAMPLES / "scraped" / "expected.json").read_text(encoding="utf-8"))
STATEMENTS: list[dict[str, Any]] = GOOD["statements"]
MARKS = {"insertion": r"\[[^\]]+\]", "elision": r"<…>", "gloss": r"\([^)]+\)"}


def content(statement: dict[str, Any]) -> str:
    """Return the words of the page from the statement's first words to its last."""
    start = TEXT.index(str(statement["starts_with"]))
    end = TEXT.index(str(statement["ends_with"]), start) + len(str(statement["ends_with"]))
    return TEXT[start:end]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: str(statement["number"]))
def test_statement_stands_in_one_paragraph_with_its_marks(statement: dict[str, Any]) -> None:
    assert TEXT.count(statement["starts_with"]) == 1
    told = content(statement)
    assert "\n" not in told
    assert {kind: len(re.findall(pattern, told)) for kind, pattern in MARKS.items()} == statement["marks"]
    if statement["form"] == "direct":
        assert told.startswith("“") and told.endswith("”")
    else:
        assert not (told.startswith("“") and told.endswith("”"))


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: str(statement["number"]))
def test_speaker_stands_beside_the_words(statement: dict[str, Any]) -> None:
    told = content(statement)
    paragraph = next(part for part in TEXT.split("\n") if told in part)
    if statement["how"] == "continued":
        assert statement["speaker_words"] is None
        assert paragraph == told
    elif statement["inside"] is None:
        assert statement["speaker_words"] in (statement["broken_by"] or paragraph.replace(told, ""))
        assert statement["broken_by"] is None or statement["broken_by"] in told
    else:
        outer = next(other for other in STATEMENTS if other["number"] == statement["inside"])
        assert told in content(outer)
        assert statement["speaker_words"] in content(outer)
    for link in statement["via"]:
        assert link["name"] in GOOD["agencies"]
        assert link["carried"] == (link["name"] not in paragraph)


def test_the_page_has_the_phenomena_that_it_was_written_for() -> None:
    lines = [line for line in TEXT.split("\n") if line]
    assert lines[0] == GOOD["headline"]
    assert lines[1].startswith(GOOD["standfirst_starts"])
    repeated, furniture = GOOD["dropped"]
    assert lines[2] == repeated["text"] == GOOD["headline"].replace("–", "-")
    assert lines[-1] == furniture["text"] and TEXT.endswith(furniture["text"])
    assert GOOD["published"] is None and not re.search(r"\b\d{4}\b|\d", TEXT)
    outermost = [statement for statement in STATEMENTS if statement["inside"] is None]
    assert sum(statement["marks"]["insertion"] for statement in outermost) == 9
    assert sum(statement["marks"]["elision"] for statement in outermost) == 1
    assert sum(statement["marks"]["gloss"] for statement in outermost) == 1
    assert max(len(re.findall(r"[.”]", content(statement))) for statement in outermost) >= 4
    assert [statement["how"] for statement in STATEMENTS].count("continued") == 2
    assert all(role in TEXT for entity in GOOD["entities"] for role in entity["roles"])
    assert all(remark in TEXT for remark in GOOD["not_attributed"])


def test_the_gloss_is_long_and_inside_a_quotation() -> None:
    [gloss] = re.findall(MARKS["gloss"], TEXT)
    assert len(gloss.split()) >= 15
    before = TEXT[: TEXT.index(gloss)]
    assert before.count("“") == before.count("”") + 1


def test_events_are_named_in_the_words_of_the_page() -> None:
    named = {event["id"] for event in GOOD["events"]}
    for event in GOOD["events"]:
        assert all(wording in TEXT for wording in event["words"])
        assert all(name in TEXT for name in [*event["participants"], *event["not_venue"]])
        assert all(item["value"] in TEXT for item in event["agenda"])
        for relation in event["relations"]:
            assert relation["event"] in named and relation["words"] in TEXT
        for claim in (event["date"], event["venue"]):
            if claim is not None and claim["settled"] == "open":
                assert claim["value"] is None and claim["cue"] in TEXT

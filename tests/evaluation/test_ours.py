"""Our own gold of statements: offsets are those of the marks, and the marks keep to the conventions they name."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from evaluation.ours.marked import HERE, NOBODY, documents

from tests.samples.sample_corpus import REAL_NAMES

MARKED = (HERE / "statements.marked.txt").read_text(encoding="utf-8")
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "statements.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_the_shipped_gold_is_what_the_marked_texts_give() -> None:
    assert documents(MARKED) == GOLD
    assert len({document["id"] for document in GOLD}) == len(GOLD) >= 16


def test_a_mark_gives_the_offsets_of_its_words() -> None:
    [document] = documents("# a comment\n=== one\n{S1,2|Anna} {Q1|said} {C1|yes}, {Q2|adding} {C2|no}. {C1|“More.”}\n")
    text = "Anna said yes, adding no. “More.”"
    assert document == {
        "id": "one",
        "text": text,
        "attrs": [
            {"content": [[10, 13], [26, 33]], "source": [[0, 4]], "cue": [[5, 9]]},
            {"content": [[22, 24]], "source": [[0, 4]], "cue": [[15, 21]]},
        ],
    }
    assert text[26:33] == "“More.”"


@pytest.mark.parametrize("body", ["{S1|She} {Q1|said}.", "{C1|}", "{N|}", "a { brace", "{X1|what}"])
def test_marks_that_mean_nothing_are_refused(body: str) -> None:
    with pytest.raises(ValueError, match="one: "):
        documents(f"=== one\n{body}")


@pytest.mark.parametrize("document", GOLD, ids=lambda document: str(document["id"]))
def test_conventions(document: dict[str, Any]) -> None:
    text = document["text"]
    assert 80 <= len(text.split()) <= 200
    spans = [span for attribution in document["attrs"] for span in attribution["content"]]
    assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans))), (
        "outermost only: no content in another"
    )
    for attribution in document["attrs"]:
        assert attribution["content"] and attribution["cue"]
        for role in ("content", "source", "cue"):
            for start, end in attribution[role]:
                words = text[start:end]
                assert words and words == words.strip()
                assert "\n" not in words
        for start, end in attribution["content"]:
            assert text[start - 1 : start] != "“" and text[end : end + 1] != "”", "content holds its quotation marks"


@pytest.mark.parametrize("document", GOLD, ids=lambda document: str(document["id"]))
def test_every_quotation_belongs_to_somebody(document: dict[str, Any]) -> None:
    spans = [span for attribution in document["attrs"] for span in attribution["content"]]
    said_by_nobody = set(NOBODY.findall(MARKED))
    assert len(said_by_nobody) >= 5
    for quotation in re.finditer(r"“[^”\n]+(?:”|$)", document["text"], flags=re.MULTILINE):
        if quotation[0] in said_by_nobody:
            continue
        assert any(start <= quotation.start() and quotation.end() <= end for start, end in spans), quotation[0]


def test_no_real_names() -> None:
    assert REAL_NAMES.findall(MARKED) == []

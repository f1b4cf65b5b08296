"""Our own gold of statements: offsets are those of the marks, and a score says what its name says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from evaluation.gold import marked
from evaluation.gold.marked import attributions, documents
from evaluation.gold.score import score

from tests.samples.sample_corpus import REAL_NAMES

GOLD = Path(marked.__file__).parent
TRAINING = GOLD.parents[1] / "training" / "statements" / "texts"
FILES = sorted(GOLD.glob("*.txt")) + sorted(TRAINING.glob("*.txt"))
TEXTS = [document for path in FILES for document in documents(path.read_text(encoding="utf-8"))]

ONE = """=== one
# kind: wire; published: 2031-03-11
OSTREV – {V2.1|KarsTel} reported, {Q2|citing} {S2|a source}, {C2|that {S1|Edda Thorne} {Q1|had warned} {C1|the owner}}.
{C3|“We saw {I|[her]} go,”} {S3|she} {Q3|told} {A3|reporters} {O3|at the quay}. {C3|“Then {N|“Maid”} sank.”}

@1 name; speaker=Edda Thorne; inside=2
@2 unnamed; speaker=-
@3 pronoun; speaker=Edda Thorne; polarity=denied
"""


def reading(document: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A reading that finds just what the gold holds, but for what is ``changed`` in its last statement."""
    statements = []
    for n, each in enumerate(document["statements"]):
        statement = {
            "id": f"s{n}",
            "content": each["content"],
            "cue": each["cue"],
            "speaker": {"entity": f"e{n}" if each["speaker"] else None, "span": each["source"], "how": each["how"]},
            "addressee": {"entity": None, "span": each["addressee"]} if each["addressee"] else None,
            "occasion": {"span": each["occasion"]} if each["occasion"] else None,
            "via": [{"entity": None, "span": spans, "cue": [], "carried": False} for spans in each["via"]],
            "inside": None if each["inside"] is None else f"s{each['inside']}",
            "marks": [{"kind": kind, "span": span} for kind, span in each["marks"]],
            "polarity": each["polarity"],
        }
        statements.append(statement)
    entities = [
        {"id": f"e{n}", "name": each["speaker"], "aliases": [], "mentions": []}
        for n, each in enumerate(document["statements"])
        if each["speaker"]
    ]
    statements[-1].update(changed)
    return {"document": {"id": document["id"]}, "entities": entities, "statements": statements}


def test_a_mark_gives_the_offsets_of_its_words() -> None:
    [document] = documents(ONE)
    text = document["text"]
    assert "{" not in text and "@" not in text and "#" not in text
    outer, inner, said = document["statements"]
    assert (document["kind"], document["published"]) == ("wire", "2031-03-11")
    assert [text[slice(*span)] for span in said["content"]] == ["“We saw [her] go,”", "“Then “Maid” sank.”"]
    assert [text[slice(*span)] for [span] in outer["via"]] == ["KarsTel"]
    assert text[slice(*said["addressee"][0])] == "reporters" and text[slice(*said["occasion"][0])] == "at the quay"
    assert [(kind, text[slice(*span)]) for kind, span in said["marks"]] == [("insertion", "[her]")]
    assert (inner["inside"], inner["speaker"], outer["speaker"]) == (0, "Edda Thorne", None)
    assert (said["polarity"], outer["polarity"]) == ("denied", "affirmed")
    assert len(attributions(document)["attrs"]) == 2, "outermost ones only"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{S1|She} {Q1|said}.", "no content"),
        ("{C1|}", "empty"),
        ("{C1| yes}", "blank"),
        ("a { brace", "means nothing"),
        ("a } brace", "too many"),
        ("{X1|what}", "means nothing"),
        ("{C1|yes", "not closed"),
        ("{C1|yes}\n@2 name; speaker=-", "differ"),
        ("{C1|yes}\n@1 loud; speaker=-", "can't be read"),
        ("{C1|yes}\n@1 name", "can't be read"),
        ("{C1|yes}\n@1 name; speaker=Anna", "does not stand in the text"),
        ("{C1|yes} {C2|no}\n@1 name; speaker=-\n@2 name; speaker=-; inside=1", "does not stand inside"),
        ("{C1|yes} {V1.2|VNA}\n@1 name; speaker=-", "not counted from 1"),
    ],
)
def test_marks_that_mean_nothing_are_refused(body: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"one: .*{reason}"):
        documents(f"=== one\n{body}")


def test_a_perfect_reading_has_full_marks() -> None:
    [document] = documents(ONE)
    figures = score([document], {"one": reading(document)})
    assert {figures[name] for name in ("statements found", "speaker given right", "speaker given", "how")} == {100}
    assert {figures[name] for name in ("chains whole", "addressee", "occasion", "marks F1", "polarity")} == {100}
    assert figures["statements inside F1"] == 100
    assert figures["quotations lost"] == figures["quotations joined"] == figures["speaker invented"] == 0


def test_what_is_wrong_costs_its_own_figure() -> None:
    [document] = documents(ONE)
    stranger = {"entity": "e0", "span": [], "how": "name"}
    read = reading(document, speaker=stranger, marks=[], addressee=None)
    read["entities"].append({"id": "e0", "name": "Somebody Else", "aliases": [], "mentions": []})
    figures = score([document], {"one": read})
    assert (figures["speaker given right"], figures["marks F1"], figures["addressee"]) == (0, 0, 0)
    assert figures["occasion"] == 100
    lost = reading(document, content=[[0, 6]])
    assert score([document], {"one": lost})["quotations lost"] == 100


def test_ids_are_unique_and_there_are_enough() -> None:
    ids = [document["id"] for document in TEXTS]
    assert len(set(ids)) == len(ids)
    told = [document for document in TEXTS if any(each["how"] for each in document["statements"])]
    assert len(told) >= 60


@pytest.mark.parametrize("document", TEXTS, ids=lambda document: str(document["id"]))
def test_conventions(document: dict[str, Any]) -> None:
    text = document["text"]
    outermost = attributions(document)["attrs"]
    spans = sorted({(start, end) for each in outermost for start, end in each["content"]})
    apart = (end <= start or begin == start for (begin, end), (start, _) in pairwise(spans))
    assert all(apart), "outermost contents share no words, but those that two begin with"
    for attribution in outermost:
        for start, end in attribution["content"]:
            assert not (text[start - 1 : start] == "“" and text[end : end + 1] == "”"), "content holds its marks"


def test_every_quotation_of_the_first_set_belongs_to_somebody() -> None:
    text = (GOLD / "kinds.txt").read_text(encoding="utf-8")
    said_by_nobody = set(re.findall(r"\{N\|([^{}|]+)\}", text))
    assert len(said_by_nobody) >= 5
    for document in documents(text):
        spans = [span for each in document["statements"] for span in each["content"]]
        for quotation in re.finditer(r"“[^”\n]+(?:”|$)", document["text"], flags=re.MULTILINE):
            if quotation[0] not in said_by_nobody:
                held = any(start <= quotation.start() and quotation.end() <= end for start, end in spans)
                assert held, quotation[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_real_names(path: Path) -> None:
    assert REAL_NAMES.findall(path.read_text(encoding="utf-8")) == []

"""A checked quote for people and programs: its sides cut where they differ, what stands beside them, the page."""

from __future__ import annotations

import json

import pytest
from msgspec import to_builtins
from msgspec.json import encode

from onrecord.check import Finding, Named, Quote
from onrecord.ledger import checked, record_of
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.publish.checked import Passage, is_finding, passages_of, quote_parts, report
from onrecord.publish.findings import finding_object
from tests.ledger.test_spoken import HARBOUR, transcript
from tests.publish.test_report import HOSTILE, Page

RECORD = record_of([HARBOUR])


def passage_of(finding: Finding) -> Passage | None:
    return next(iter(passages_of(finding)), None)


def found(words: str, speaker: str = "Elin Roux") -> Finding:
    return checked(RECORD, Quote("q1", words, Named((speaker,))))


def test_the_parts_of_a_side_are_its_text() -> None:
    finding = found("The harbour may close on Friday, and the [state] ferries will sail before Monday.")
    assert "".join(part.text for part in quote_parts(finding)) == finding.quote.text
    told = [(part.edit.kind, part.text, part.edit.passage_words) for part in quote_parts(finding) if part.edit]
    assert told == [("replaced", "may", "will"), ("marked insertion", "[state]", ""), ("left out", "", "not")]
    passage = passage_of(finding)
    assert passage is not None and finding.passage is not None
    assert "".join(part.text for part in passage.parts) == HARBOUR.text[slice(*finding.passage)]
    assert [part.text for part in passage.parts if part.edit] == ["will", "", "not"]


def test_a_passage_comes_with_the_sentences_beside_it() -> None:
    passage = passage_of(found("We have set aside nine million crowns"))
    assert passage is not None and passage.before is not None and passage.after is not None
    assert (passage.before.text, passage.before.speaker) == ("(Laughter.)", None)
    assert passage.stop == " for it."
    assert passage.after.speaker == "MR. TAVI" and passage.after.text.startswith("I would add that")
    assert passage.place == "Press briefing by spokeswoman Elin Roux, 2031-03-02, characters 206 to 243"
    first = passage_of(found("The harbour will close on Friday"))
    assert first is not None and first.before is None


def test_no_title_ends_a_sentence() -> None:
    document = transcript(
        "d", None, "MS. ROUX:  I met Mr. Tavi in Sund. He was well. We spoke.", "Q  And?", "MS. ROUX:  No."
    )
    passage = passage_of(checked(record_of([document]), Quote("q", "He was well.")))
    assert passage is not None and passage.before is not None and passage.after is not None
    assert (passage.before.text, passage.after.text) == ("I met Mr. Tavi in Sund.", "We spoke.")


def test_json_has_what_the_contract_names() -> None:
    told = to_builtins(finding_object(found("The fleet will be paid in part."), "a1"))
    assert json.loads(json.dumps(told)) == json.loads(encode(told))
    assert {"id", "quote", "verdict", "speaker", "said_by", "transcript", "passage", "confidence", "edits"} < set(told)
    assert (told["verdict"], told["said_by"], told["transcript"]) == ("altered", "MS. ROUX", "harbour")
    [edit] = [each for each in told["edits"] if each["weight"] != "none"]
    assert (edit["quote_words"], edit["passage_words"]) == ("part", "full")
    assert told["quote"][slice(*edit["quote"])] == "part" and HARBOUR.text[slice(*edit["passage"])] == "full"
    nothing = to_builtins(finding_object(found("Nobody here has ever said such words at all.")))
    assert (nothing["verdict"], nothing["passage"], nothing["transcript"]) == ("not found", None, None)


def test_what_is_to_be_looked_into() -> None:
    words = {
        "The fleet will be paid in full.": False,
        "The fleet will be paid … nine million crowns for it.": False,
        "The harbour will close, and the ferries will not sail before Monday.": False,
        "The fleet will be paid in part.": True,
        "I would add that the money comes from the harbour fund": True,
        "Nobody here has ever said such words at all.": True,
    }
    assert {each: is_finding(found(each)) for each in words} == words


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_quoted_is_shown_as_text(hostile: str) -> None:
    document = read_page(
        Source(raw=f"MS. ROUX:  We will {hostile} win.\n\nQ  Oh?\n\nMS. ROUX:  Yes.".encode(), media="text", id=hostile)
    )
    finding = checked(record_of([document]), Quote(hostile, f"We will {hostile} not win", Named((hostile,))))
    page = Page(report([(finding, document), (finding, None)]))
    assert not [tag for tag, _ in page.elements if tag in ("script", "img", "svg", "iframe")]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in page.elements)
    assert "\x1b" not in "".join(text for _, text in page.text)


def test_a_report_on_a_quote_of_nobody_named_and_of_nothing_found() -> None:
    nameless = checked(RECORD, Quote("q1", "The fleet will be paid in full."))
    nothing = checked(RECORD, Quote("q2", "Nobody here has ever said such words at all.", Named(("Elin Roux",))))
    page = "".join(text for _, text in Page(report([(nameless, HARBOUR), (nothing, None)])).text)
    assert "The fleet will be paid in full" in page and "No passage comes close." in page


def test_days_that_are_none_are_not_known() -> None:
    for day in ("2031-03", "yesterday", "", "2031-02-30"):
        found = checked(RECORD, Quote("q1", "The fleet will be paid in full.", day=day))
        assert found.verdict == "verbatim"


def test_every_piece_of_a_quote_that_is_put_together_is_shown() -> None:
    finding = found("We have set aside nine million crowns the money comes from the harbour fund")
    assert finding.verdict == "spliced" and len(finding.places) == 2
    assert [each.speaker for each in passages_of(finding)] == ["MS. ROUX", "MR. TAVI"]
    told = to_builtins(finding_object(finding))
    assert [HARBOUR.text[slice(*place)].split()[0] for place in told["places"]] == ["We", "the"]

"""What a quote changed: each kind of edit, with its weight, against the briefing."""

from __future__ import annotations

import pytest

from onrecord.check import Named
from tests.check.briefing import LINDQVIST, OSTROW, TEXT, changes, found

PRESIDENT = Named(("THE PRESIDENT",))
GRAIN = "The president will not sign the grain treaty before Friday"

EDITS = [
    # replaced
    (LINDQVIST, GRAIN.replace("before", "after"), [("replaced", "after", "before", "sense", "order")]),
    (LINDQVIST, GRAIN.replace("treaty", "pact"), [("replaced", "pact", "treaty", "sense", "word")]),
    (LINDQVIST, "He is going to meet Senator Brandt in Mereth",
     [("replaced", "He is", "He's", "form", "contraction")]),
    (LINDQVIST, "we have spent 1,250 crowns on the bridge", [("replaced", "we have", "we've", "form", "contraction")]),
    (LINDQVIST, "There's nothing that we have to hide", [("replaced", "There's", "There is", "form", "contraction")]),
    (LINDQVIST, "He's going to meet Sen. Brandt in Mereth", [("replaced", "Sen", "Senator", "form", "short")]),
    (LINDQVIST, "we've spent 1,350 crowns on the bridge", [("replaced", "1,350", "1,250", "sense", "number")]),
    (LINDQVIST, "I can promise that the Dalgard ferry will sail on Tuesday",
     [("replaced", "can", "can’t", "sense", "negation")]),
    (LINDQVIST, "and some of the money was ours", [("replaced", "some", "all", "sense", "quantifier")]),
    (PRESIDENT, "Our neighbours honor their promises", [("replaced", "honor", "honour", "form", "spelling")]),
    (LINDQVIST, "The PRESIDENT will not sign the grain treaty",
     [("replaced", "PRESIDENT", "president", "form", "case")]),
    (OSTROW, "We first closed the sluice and simultaneously opened the northern gate",
     [("replaced", "simultaneously", "then", "sense", "order")]),
    # added
    (LINDQVIST, "the port authority was really excellent throughout the winter",
     [("added", "really", "", "form", "function")]),
    (LINDQVIST, "we've spent 1,250 crowns (about 90 marks) on the bridge",
     [("added", "about 90 marks", "", "sense", "gloss")]),
    (LINDQVIST, "the minister (Brandt) announces the day himself", [("added", "Brandt", "", "sense", "gloss")]),
    (LINDQVIST, "will not sign the grain treaty treaty before Friday", [("added", "treaty", "", "form", "repeated")]),
    # left out
    (LINDQVIST, GRAIN.replace(" not", ""), [("left out", "", "not", "sense", "negation")]),
    (LINDQVIST, GRAIN.replace(" grain", ""), [("left out", "", "grain", "form", "word")]),
    (LINDQVIST, "sign the grain treaty before Friday", [("left out", "", "not", "sense", "negation")]),
    # moved
    (LINDQVIST, "they'll talk about the price of salt and the harbour",
     [("moved", "and the harbour", "the harbour (laughter) and", "form", "word")]),
    # marked
    (LINDQVIST, "The president … before Friday",
     [("marked elision", "…", "will not sign the grain treaty", "none", "marked")]),
    (LINDQVIST, "The president will … sign the grain treaty", [("marked elision", "…", "not", "sense", "negation")]),
    (LINDQVIST, "[He] will not sign the grain treaty", [("marked insertion", "[He]", "", "none", "marked")]),
    (LINDQVIST, "will not sign the [wheat] treaty", [("marked insertion", "[wheat]", "grain", "none", "marked")]),
    (LINDQVIST, "[W]e are well-prepared for that", [("marked insertion", "[W]e", "we", "none", "marked")]),
    (LINDQVIST, "the minister announce[d] the day",
     [("marked insertion", "announce[d]", "announces", "none", "marked")]),
]  # fmt: skip


@pytest.mark.parametrize(("speaker", "quote", "edits"), EDITS)
def test_an_edit(speaker: Named, quote: str, edits: list[tuple[str, ...]]) -> None:
    assert changes(found(quote, speaker)) == edits


TYPOGRAPHY = [
    ("the president will not sign", "first letter"),
    ("I can't promise that the Dalgard ferry", "apostrophe"),
    ("we are well prepared for that", "dash"),
    ("The president – will not sign", "dash"),
    ("The president, will not sign", "punctuation"),
    ("talk about the harbour and the price of salt", "not said"),
    ("the cooperation of the port authority", "end of line"),
    ("The president will not sign the grain trea\u00adty", "code of a letter"),
]


@pytest.mark.parametrize(("quote", "why"), TYPOGRAPHY)
def test_typography_is_told_and_changes_nothing(quote: str, why: str) -> None:
    finding = found(quote)
    assert finding.verdict == "verbatim" and not changes(finding)
    assert [(each.kind, each.weight, each.why) for each in finding.edits] == [("typography", "none", why)]


def test_quotation_marks_inside_a_quote_are_typography() -> None:
    for marks in ("“we owe you everything”", "'we owe you everything'", "we owe you everything"):
        finding = found(f"The mayor said {marks} and I think she meant it", OSTROW)
        assert finding.verdict == "verbatim" and {each.why for each in finding.edits} == {"quotation marks"}


def test_a_stammer_in_the_record_weighs_nothing() -> None:
    from tests.check.briefing import original, transcript

    held = [original(transcript("MS. LINDQVIST:  We did not -- did not sign it in the old harbour.\n\nQ  Why?\n\n"
                                "MS. LINDQVIST:  It was late."))]  # fmt: skip
    assert changes(found("We did not sign it in the old harbour", held=held)) == [
        ("left out", "", "did not", "form", "repeated")
    ]


def test_two_words_that_change_places_are_both_named() -> None:
    edits = changes(found("We then closed the sluice and first opened the northern gate", OSTROW))
    assert [(ours, theirs) for _, ours, theirs, _, _ in edits] == [("then", "first"), ("first", "then")]
    assert {(weight, why) for *_, weight, why in edits} == {("sense", "order")}


def test_what_goes_on_elsewhere_has_its_place_and_no_words() -> None:
    finding = found(f"{GRAIN}. The engineers told us that the western arch could carry twice the weight")
    [edit] = finding.edits
    assert (edit.kind, edit.quote_words, edit.passage_words, edit.why) == ("left out", "", "", "place")
    assert TEXT[slice(*edit.passage)].startswith(".") and "1,250 crowns" in TEXT[slice(*edit.passage)]


def test_the_passage_holds_the_words_that_an_edit_at_its_end_names() -> None:
    finding = found("There's nothing that we have to hide")
    assert finding.passage is not None and TEXT[slice(*finding.passage)].startswith("There is nothing")

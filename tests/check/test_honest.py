"""What would be false comfort or false alarm: turns run together, marks that turn the sense, signs of numbers."""

from __future__ import annotations

import pytest

from onrecord.check import Finding, Named, Quote
from onrecord.ledger import Ledger, checked, record_of
from tests.ledger.test_spoken import transcript

RECORD: Ledger = record_of(
    [
        transcript(
            "tunnel",
            "2031-03-02",
            "MS. ROUX:  Nobody goes first, and that is the whole point of it.  (Laughter.)",
            "Q  Is that in writing, and will the ministry of works pay for it?",
            "MS. ROUX:  That is a sentence about what I have read.  I would not rule it out.  We will pay 1.5 percent.",
            "MR. TAVI:  The non-binding vote fell by -3 points to 11,000.  Nineteen of us left.  They helped us there.",
        )
    ]
)


def found(words: str, speaker: str = "Elin Roux") -> Finding:
    return checked(RECORD, Quote("q", words, Named((speaker,))))


def weights(finding: Finding) -> list[tuple[str, str]]:
    return [(edit.weight, edit.why) for edit in finding.edits if edit.kind != "typography"]


@pytest.mark.parametrize(
    "words",
    [
        "will the ministry of works pay for it? That is a sentence about what I have read.",
        "Nobody goes first, and that is the whole point of it. Is that in writing?",
        "Nobody goes first … and will the ministry of works pay for it?",
    ],
)
def test_words_of_two_people_are_never_one_quote(words: str) -> None:
    assert found(words).verdict in ("spliced", "elsewhere")


def test_an_elision_may_pass_over_a_question() -> None:
    finding = found("Nobody goes first … That is a sentence about what I have read.")
    assert (finding.verdict, finding.said_by) == ("marked", "MS. ROUX")


@pytest.mark.parametrize(
    ("words", "verdict", "weight"),
    [
        ("Nobody goes first, and that is [not] the whole point", "marked", ("sense", "negation")),
        ("Nobody goes first, and that [of course] is the whole point", "marked", ("none", "marked")),
        ("We will pay 15 percent.", "altered", ("sense", "number")),
        ("We will pay 1.5%.", "altered", ("form", "short")),
        ("That is a sentence about what I have read?  I would not rule it out.", "altered", ("sense", "question")),
        ("[She said] nobody goes first", "marked", ("none", "marked")),
    ],
)
def test_what_a_change_weighs(words: str, verdict: str, weight: tuple[str, str]) -> None:
    finding = found(words)
    assert (finding.verdict, weights(finding)) == (verdict, [weight])


@pytest.mark.parametrize(
    ("words", "verdict", "weight"),
    [
        ("The binding vote fell by -3 points", "trimmed", ("sense", "negation")),
        ("vote fell by 3 points", "altered", ("sense", "number")),
        ("fell by -3 points to 11000", "altered", ("form", "spelling")),
        ("19 of us left", "altered", ("form", "short")),
        ("They helped U.S. there", "altered", ("sense", "name")),
    ],
)
def test_numbers_prefixes_and_abbreviations(words: str, verdict: str, weight: tuple[str, str]) -> None:
    finding = found(words, "Jan Tavi")
    assert (finding.verdict, weights(finding)) == (verdict, [weight])


def test_a_headline_in_capitals_is_typography() -> None:
    finding = found("NOBODY GOES FIRST, AND THAT IS THE WHOLE POINT")
    assert finding.verdict == "verbatim" and {edit.why for edit in finding.edits} == {"capitals"}


def test_what_nobody_said_is_nobody_s_words() -> None:
    assert found("Laughter").verdict == "not found"


def test_a_few_words_of_form_are_no_quote() -> None:
    assert found("that is what it is about", "Ida Berg").verdict == "not found"

"""Short quotes whose words are written otherwise are these words all the same, however few there are."""

from __future__ import annotations

import pytest

from onrecord.check import Named
from tests.check.briefing import LINDQVIST, OSTROW, changes, found

PRESIDENT = Named(("THE PRESIDENT",))


@pytest.mark.parametrize(
    ("speaker", "quote", "why"),
    [
        (PRESIDENT, "neighbors honor", {"spelling"}),
        (LINDQVIST, "we have spent", {"contraction"}),
        (LINDQVIST, "they will talk", {"contraction"}),
        (LINDQVIST, "Sen. Brandt", {"short"}),
        (LINDQVIST, "There's nothing", {"contraction"}),
        (LINDQVIST, "cannot promise", {"contraction"}),
        (PRESIDENT, "organized 3 meetings", {"spelling", "short"}),
        (OSTROW, "no one in the valley", {"variant"}),
    ],
)
def test_all_words_written_otherwise(speaker: Named, quote: str, why: set[str]) -> None:
    finding = found(quote, speaker)
    assert finding.verdict == "altered" and finding.confidence == 1
    assert {each[4] for each in changes(finding)} <= why | {"short"} and {each[3] for each in changes(finding)} == {
        "form"
    }

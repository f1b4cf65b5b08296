"""What a quote in other words says that its passage does not."""

from __future__ import annotations

import pytest

from onrecord.check import Named, Quote
from onrecord.ledger import checked, record_of
from tests.ledger.test_spoken import transcript

RECORD = record_of(
    [
        transcript(
            "flood",
            "2031-03-02",
            "MS. ROUX:  The government will not ask parliament for a relief fund of forty million crowns before "
            "Thursday.  The harbour towns that were flooded in Velmark have waited for it, and the crews of the "
            "ferries as well.",
            "Q  And the rest?",
            "MS. ROUX:  We will open the northern crossing of the valley, and Karsenia will simultaneously "
            "withdraw its posts from it.",
        )
    ]
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Parliament is not to be asked by the government for forty million crowns in relief prior to Thursday", []),
        (
            "Parliament is not to be asked by the government for fifty million crowns in relief prior to Thursday",
            [("replaced", "fifty", "forty", "number")],
        ),
        (
            "Parliament is to be asked by the government for forty million crowns in relief prior to Thursday",
            [("left out", "", "not", "negation")],
        ),
        (
            "Parliament is not to be asked by the government for 40 million crowns in relief prior to Friday",
            [("replaced", "Friday", "Thursday", "date")],
        ),
        (
            "Waiting for it were the crews of ferries, as were the flooded towns of the harbour in Karsenia",
            [("replaced", "Karsenia", "Velmark", "name")],
        ),
        (
            "The valley's northern crossing is to be opened by us, then posts are withdrawn from it by Karsenia",
            [("replaced", "then", "simultaneously", "order")],
        ),
    ],
)
def test_conflicts_are_named_and_nothing_else(words: str, told: list[tuple[str, str, str, str]]) -> None:
    found = checked(RECORD, Quote("q", words, Named(("Elin Roux",))))
    assert found.verdict == "reworded"
    assert [(e.kind, e.quote_words, e.passage_words, e.why) for e in found.edits] == told
    assert all(edit.weight == "sense" for edit in found.edits)


def test_a_quote_in_another_language_is_not_compared() -> None:
    told = checked(RECORD, Quote("q", "Het parlement krijgt geen verzoek om veertig miljoen kronen voor donderdag"))
    assert (told.verdict, told.note) == (
        "not found",
        "it is not in the record's language, so its words can't be compared",
    )

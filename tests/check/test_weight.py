"""Whether a change touches the sense: each class of words, and what is of form alone."""

from __future__ import annotations

import pytest

from onrecord.check.weight import content, turns_round, weigh, written_out

CHANGES = [
    ("is not", "is", "sense", "negation"),
    ("can", "can't", "sense", "negation"),
    ("never", "often", "sense", "negation"),
    ("1,350", "1,250", "sense", "number"),
    ("three", "two", "sense", "number"),
    ("Tuesday", "Monday", "sense", "date"),
    ("last week", "last month", "sense", "date"),
    ("would", "will", "sense", "modal"),
    ("simultaneously", "then", "sense", "order"),
    ("before", "after", "sense", "order"),
    ("some", "all", "sense", "quantifier"),
    ("was", "is", "sense", "tense"),
    ("Velmark", "Dalgard", "sense", "name"),
    ("the harbour", "the bridge", "sense", "word"),
    ("frightened weary people", "", "sense", "added"),
    ("", "weary", "form", "word"),
    ("", "well", "form", "function"),
    ("the", "a", "form", "function"),
    ("repairs", "repair", "form", "inflection"),
    ("There is", "There's", "form", "contraction"),
    ("I cannot", "I can't", "form", "contraction"),
    ("He has", "He's", "form", "contraction"),
    ("going to", "gonna", "form", "contraction"),
    ("Sen.", "Senator", "form", "short"),
    ("2", "two", "form", "short"),
    ("12 percent", "12 %", "form", "short"),
    ("honor", "honour", "form", "spelling"),
    ("organized", "organised", "form", "spelling"),
    ("ice cream", "icecream", "form", "spelling"),
    ("MINISTER", "minister", "form", "case"),
]


@pytest.mark.parametrize(("quote", "record", "weight", "why"), CHANGES)
def test_a_change(quote: str, record: str, weight: str, why: str) -> None:
    assert weigh(quote.split(), record.split()) == (weight, why)


def test_a_gloss_is_somebody_else_s_thought_however_short() -> None:
    assert weigh(["salt"], []) == ("form", "word")
    assert weigh(["salt"], [], glossed=True) == ("sense", "gloss")


def test_negation() -> None:
    assert turns_round(["we", "don't"]) and turns_round(["cannot"]) and not turns_round(["we", "do"])


def test_words_of_content() -> None:
    assert content(["well", "the", "harbour", "is", "--"]) == ["harbour"]


def test_what_a_word_is_short_for() -> None:
    assert written_out("we've") == [("we", "have")]
    assert ("he", "has") in written_out("he's") and ("he's",) in written_out("he's")
    assert written_out("bridge") == [("bridge",)]

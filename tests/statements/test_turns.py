"""Transcripts: whose turn it is."""

from __future__ import annotations

from onrecord.language import annotate
from onrecord.statements import find_statements
from tests.statements.reading import document, statements, words

TEXT = "\n".join(
    (
        "MS. LINDQVIST: Good afternoon. The talks go on.",
        "And there is one more thing. Reyk said that he would come.",
        "Q Will he come by train?",
        "Q And when?",
        "MS. LINDQVIST: We shall see.",
    )
)
SPEAKERS = ("MS. LINDQVIST", "MS. LINDQVIST", "Q", "Q", "MS. LINDQVIST")


def test_runs_of_turns() -> None:
    (annotated,) = annotate([document(TEXT, "turn", SPEAKERS)])
    found = [each for each in find_statements(annotated) if each.inside is None]
    assert [(words(TEXT, each.speaker.span), each.speaker.how, each.polarity) for each in found] == [
        (["MS. LINDQVIST"], "name", "affirmed"),
        (["Q"], "unnamed", "asked"),
        (["Q"], "unnamed", "asked"),
        (["MS. LINDQVIST"], "name", "affirmed"),
    ]
    assert words(TEXT, found[0].content) == [
        "Good afternoon. The talks go on.", "And there is one more thing. Reyk said that he would come.",
    ]  # fmt: skip
    assert {each.form for each in found} == {"direct"}


def test_a_transcript_quoted_in_an_article() -> None:
    text = "Here is what they said:\n“REYK: We go on Friday.\n“ARNE DOHL: And if it snows?”\n“REYK: Then on Sunday.”"
    found = [each for each in statements(text) if each.by_rule == "quotation.turn/1"]
    assert [(words(text, each.speaker.span), words(text, each.content)) for each in found] == [
        (["REYK"], ["We go on Friday."]),
        (["ARNE DOHL"], ["And if it snows?"]),
        (["REYK"], ["Then on Sunday."]),
    ]


def test_one_name_in_capitals_makes_no_transcript() -> None:
    assert not [each for each in statements("“REYK: We go on Friday.”") if each.by_rule == "quotation.turn/1"]

"""Transcripts: whose turn it is."""

from __future__ import annotations

from onrecord.language import annotate
from onrecord.statements import find_statements
from tests.statements.reading import document, words

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

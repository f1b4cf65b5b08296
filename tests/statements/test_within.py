"""Statements within statements, told by rules alone."""

from __future__ import annotations

import pytest

from .reading import statements, words


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("Quist said that Reyk had ordered the retreat.", "Reyk", "had ordered", "the retreat"),
        ("Quist said the clerk told him to go home.", "the clerk", "told", "to go home"),
        ("Quist told the court that he had been told by lawyers to wait.", "lawyers", "had been told", "to wait"),
        ("Quist said that the board had promised him new pumps.", "the board", "had promised", "new pumps"),
        ("“The captain told him, ‘Go home,’ and he went,” Quist said.", "The captain", "told", "‘Go home,’"),
        ("Quist said that the owner opposed any delay.", "the owner", "opposed", "any delay"),
    ],
)  # fmt: skip
def test_what_somebody_reports_of_others(text: str, speaker: str, cue: str, content: str) -> None:
    [found] = [each for each in statements(text) if each.inside is not None]
    assert (words(text, found.speaker.span), words(text, found.cue), words(text, found.content)) == (
        [speaker], [cue], [content]
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Quist said that he believed in the pass.",
        "“I say that the pass is closed,” Quist said.",
        "Quist said that the board may order a retreat.",
        "Quist said that nobody had told the court.",
        "Quist declined to say whether the pass was closed.",
    ],
)
def test_ones_own_words_and_what_may_be_said_are_none(text: str) -> None:
    assert [each for each in statements(text) if each.inside is not None] == []

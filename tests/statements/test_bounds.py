"""The bounds of a cue: what may be weighed, what moves them, and that nothing else moves."""

from __future__ import annotations

import re

import pytest
from training.statements.bounds import SEEN, Choice, fit

from onrecord.statements import bounds
from onrecord.statements.bounds import UNLIKELY, bounded, rivals
from onrecord.statements.draft import Draft
from onrecord.statements.tagger.tagger import Attribution, Piece

from .reading import annotated, words

TEXT = "On Monday Mara Reyk warned sternly of a flood, and the ferry stayed in port."
CONTENT = "of a flood"


def span_of(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


def draft(cue: str, odds: dict[str, float], content: str = CONTENT) -> Draft:
    """A draft of the tagger that is as sure as ``odds`` say that words of the text are of a cue."""
    near = tuple(Piece(each.start(), odds.get(each[0], UNLIKELY), 0.0) for each in re.finditer(r"\w+", TEXT))
    seen = Attribution(span_of(cue), span_of("Mara Reyk"), (span_of(content),), (), 0.9, 1.0, 0.9, near)
    return Draft(
        content=(span_of(content),),
        cue=(span_of(cue),),
        cue_at=None,
        speaker=(span_of("Mara Reyk"),),
        speaker_at=None,
        rule="tagger/1",
        score=0.9,
        block=0,
        seen=seen,
    )


def moved(each: Draft) -> tuple[list[str], list[str]]:
    found = bounded(annotated(TEXT), each)
    return words(TEXT, found.cue), words(TEXT, found.content)


@pytest.fixture
def by_the_tagger_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that go by nothing but the tagger's odds."""
    monkeypatch.setattr(bounds, "_weights", lambda: {"cue": {"inside": 4.0}})


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_cue_takes_in_what_is_clearly_likelier_and_the_content_loses_it() -> None:
    assert moved(draft("warned", {"warned": 5.0, "sternly": 3.0, "of": 2.0})) == (["warned sternly of"], ["a flood"])
    assert moved(draft("warned sternly", {"warned": 5.0, "sternly": -3.0})) == (["warned"], [CONTENT])


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_cue_stays_where_others_are_hardly_likelier() -> None:
    assert moved(draft("warned", {"warned": 5.0, "sternly": 0.3})) == (["warned"], [CONTENT])


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_cue_takes_in_no_speaker_and_not_all_of_a_content() -> None:
    sure = dict.fromkeys(("Mara", "Reyk", "warned"), 5.0)
    assert moved(draft("warned", sure)) == (["warned"], [CONTENT])
    assert moved(draft("warned", {"warned": 5.0, "sternly": 5.0}, "sternly")) == (["warned"], ["sternly"])


def test_without_numbers_nothing_is_weighed() -> None:
    laid = annotated(TEXT)
    known = draft("warned", {"warned": 5.0})
    assert known.seen is not None
    silent = known._replace(seen=known.seen._replace(near=()))
    assert rivals(laid, span_of("warned"), (), ()) == []
    assert bounded(laid, silent) == silent
    by_rules = known._replace(seen=None)
    assert bounded(laid, by_rules) == by_rules


def test_bounds_are_near_in_one_sentence_and_end_on_words() -> None:
    text = "It snowed. Reyk said. It thawed."
    laid = annotated(text)
    said = text.index("said"), text.index("said") + 4
    pieces = [Piece(token.start, 5.0, 0.0) for token in laid.tokens]
    found = [text[laid.tokens[a].start : laid.tokens[b - 1].end] for (a, b), _ in rivals(laid, said, pieces, ())]
    assert found == ["said", "Reyk said"]


def test_weights_are_those_by_which_the_right_bounds_are_likeliest() -> None:
    given, grown = {"ends as given": 1.0, "seldom": 1.0}, {"last ADV advmod": 1.0}
    weights = fit([Choice([{"ends as given": 1.0}, grown], 1)] * 60 + [Choice([given, grown], 0)] * (SEEN - 1))
    assert weights["last ADV advmod"] > 0 > weights["ends as given"]
    assert "seldom" not in weights

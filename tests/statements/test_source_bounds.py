"""The source of a statement: which phrases may be it, what moves it, and that nothing else does."""

from __future__ import annotations

import re

import pytest
from training.statements.bounds import source_choices

from onrecord.statements import bounds
from onrecord.statements.draft import Draft
from onrecord.statements.source_bounds import rivals, with_source
from onrecord.statements.tagger.tagger import Attribution, SourcePiece

from .reading import annotated, words

TEXT = "The report, which clerk Mara Reyk signed on Monday, says the quay is unsafe."
CITED = "The Courier, on Monday of that week, quoted a clerk of the harbour as saying that the quay is unsafe."
FAR = -8.0


def draft(text: str, cue: str, speaker: str, odds: dict[str, float], content: str = "the quay is unsafe") -> Draft:
    """A draft of the tagger that is as sure as ``odds`` say that words of the text are of the source."""

    def span_of(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    near = tuple(
        SourcePiece(each.start(), odds.get(each[0], FAR), 0.0, 0.0, 0.0, 0.0) for each in re.finditer(r"\w+|\S", text)
    )
    source, said, told = span_of(speaker), span_of(cue), (span_of(content),)
    laid = annotated(text)
    return Draft(
        content=told,
        cue=(said,),
        cue_at=laid.token_range(said)[0],
        speaker=(source,),
        speaker_at=laid.token_range(source)[1] - 1,
        rule="tagger/1",
        score=0.9,
        block=0,
        seen=Attribution(said, source, told, (), 0.9, 1.0, 0.9, (), near),
    )


def source_of(text: str, each: Draft) -> list[str]:
    return words(text, with_source(annotated(text), each).speaker)


@pytest.fixture
def by_the_tagger_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that go by nothing but the tagger's odds."""
    monkeypatch.setattr(bounds, "_weights", lambda: {"source": {"mass": 4.0}})


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_source_is_another_phrase_where_that_is_clearly_likelier() -> None:
    known = draft(TEXT, "says", "Mara Reyk", {"The": 3.0, "report": 5.0, "Mara": 1.0, "Reyk": 1.0})
    assert source_of(TEXT, known) == ["The report"]
    unsure = draft(TEXT, "says", "Mara Reyk", {"The": 1.0, "report": 1.1, "Mara": 1.0, "Reyk": 1.0})
    assert source_of(TEXT, unsure) == ["Mara Reyk"]


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_source_takes_in_what_is_likely_beside_it_but_no_cue() -> None:
    sure = {"clerk": 3.0, "Mara": 5.0, "Reyk": 5.0, "signed": 2.0, "says": 5.0}
    assert source_of(TEXT, draft(TEXT, "says", "Mara Reyk", sure)) == ["clerk Mara Reyk signed"]
    assert source_of(TEXT, draft(TEXT, "signed", "Mara Reyk", sure)) == ["clerk Mara Reyk"]


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_a_content_loses_the_words_of_its_source_and_is_never_lost() -> None:
    sure = {"the": 5.0, "quay": 5.0}
    moved = with_source(annotated(TEXT), draft(TEXT, "says", "The report", sure))
    assert (words(TEXT, moved.speaker), words(TEXT, moved.content)) == (["the quay"], ["is unsafe"])
    only = draft(TEXT, "says", "The report", sure, "the quay")
    assert with_source(annotated(TEXT), only) == only


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_who_is_cited_speaks_and_not_who_cites() -> None:
    outlet = {"The": 5.0, "Courier": 5.0, "a": 1.0, "clerk": 1.0, "of": 1.0, "the": 0.5, "harbour": 0.5}
    known = draft(CITED, "saying", "a clerk", outlet)
    assert source_of(CITED, known) == ["a clerk of the harbour"]
    assert source_of(CITED, known._replace(speaker_at=None)) == ["The Courier"]


@pytest.mark.usefixtures("by_the_tagger_alone")
def test_without_numbers_nothing_is_weighed() -> None:
    known = draft(TEXT, "says", "Mara Reyk", {"The": 3.0, "report": 5.0})
    assert known.seen is not None
    silent = known._replace(seen=known.seen._replace(near_source=()))
    for each in (silent, known._replace(seen=None), known._replace(speaker=()), known._replace(cue=())):
        assert rivals(annotated(TEXT), each) == []
        assert with_source(annotated(TEXT), each) == each


def test_what_is_learnt_of_a_source_is_which_of_its_rivals_the_gold_has() -> None:
    laid = annotated(TEXT)
    seen = draft(TEXT, "says", "Mara Reyk", {"The": 3.0, "report": 5.0}).seen
    assert seen is not None
    gold = {"cue": [seen.cue], "source": [(0, len("The report"))], "content": list(seen.content)}
    [choice] = source_choices(laid, (seen,), [gold])
    right = choice.features[choice.right]
    assert right["subject"] == 1.0 and right["head word report"] == 1.0
    assert list(source_choices(laid, (seen,), [gold | {"source": [(0, 3)]}])) == []
    assert list(source_choices(laid, (seen,), [gold | {"source": []}])) == []

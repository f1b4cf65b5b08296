"""Rules and tagger together, as a user gets them: what must hold whatever the weights."""

from __future__ import annotations

import itertools
import time

import msgspec
import pytest

from onrecord.language.quotations import outer_quotations
from onrecord.nouns import Statement
from onrecord.statements import Tagged, find_statements, model_name, tag
from onrecord.statements.draft import Draft
from onrecord.statements.judge import FEATURES, Candidate, chance, judged
from onrecord.statements.learned import learned_drafts
from onrecord.statements.tagger.tagger import Attribution

from .reading import annotated, words


def together(text: str) -> tuple[Statement, ...]:
    laid = annotated(text)
    return find_statements(laid, tag([laid])[0].attributions)


def outermost(text: str) -> list[tuple[list[str], list[str]]]:
    """Speaker and content in words of each outermost statement."""
    return [
        (words(text, each.speaker.span), words(text, each.content)) for each in together(text) if each.inside is None
    ]


LONG = (
    "“We have looked at every stone of the pass. Some are loose. Some will stay loose for years. None of that is a "
    "reason to keep it shut,” said Mara Reyk, the minister of roads."
)


def test_a_quotation_of_four_sentences_is_one_statement() -> None:
    assert outermost(LONG) == [(["Mara Reyk, the minister of roads"], [LONG.partition(" said")[0]])]


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“")])
def test_other_marks_are_read_alike(opening: str, closing: str) -> None:
    text = LONG.replace("“", opening).replace("”", closing)
    assert outermost(text) == [(["Mara Reyk, the minister of roads"], [text.partition(" said")[0]])]


def test_a_paragraph_that_is_all_quotation_is_never_lost() -> None:
    text = "Mara Reyk said the pass would stay open.\n“Not one lorry has been turned back since May.”"
    first, second = together(text)
    assert words(text, second.content) == ["“Not one lorry has been turned back since May.”"]
    assert (second.speaker.how, second.speaker.entity) == ("continued", first.speaker.entity)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Reyk hopes that the pass will open.", "Reyk", "that the pass will open"),
        ("The minister warned motorists that the pass would close.", "The minister", "that the pass would close"),
        (
            "According to two officials, the talks had failed by noon.",
            "two officials",
            "the talks had failed by noon",
        ),
        ("The talks, she said, had failed by noon.", "she", None),
    ],
)
def test_indirect_statements(text: str, speaker: str, content: str | None) -> None:
    [(who, what)] = outermost(text)
    assert who == [speaker]
    assert what == ([content] if content else ["The talks", "had failed by noon"])


@pytest.mark.parametrize(
    "text",
    [
        "The delegates met in Dravik on Friday and signed the treaty.",
        "The road is so narrow that two lorries cannot pass.",
        "The committee will meet on Tuesday in the old town hall.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert together(text) == ()


def test_an_outlet_that_cites_is_the_way_and_not_the_speaker() -> None:
    text = "KarsTel, citing the press secretary of the government, reported that no reservists would be called up."
    [found] = [each for each in together(text) if each.inside is None]
    assert words(text, found.speaker.span) == ["the press secretary of the government"]
    assert [words(text, link.span) for link in found.via] == [["KarsTel"]]
    assert words(text, found.content) == ["that no reservists would be called up"]


def test_no_word_belongs_to_two_outermost_statements() -> None:
    text = "The union said it feared the plan would fail, adding that the minister had promised to listen."
    spans = sorted(span for each in together(text) if each.inside is None for span in each.content)
    assert len(spans) >= 2 and all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_a_content_stays_in_its_paragraph_and_holds_neither_cue_nor_source() -> None:
    text = "The pass, Reyk told VNA, would open in May.\nThe union said it would not."
    laid = annotated(text)
    for draft in learned_drafts(laid, tag([laid])[0].attributions, ()):
        low, high = laid.document.blocks[draft.block].span
        assert all(low <= start < end <= high for start, end in draft.content)
        for hole in (*draft.cue, *draft.speaker):
            assert not any(start < hole[1] and hole[0] < end for start, end in draft.content)


def test_every_statement_says_who_found_it_and_how_likely_it_is() -> None:
    for each in together(LONG + "\nThe union feared that the pass would close."):
        assert each.by_rule.endswith(("/1", "/1+tagger")) and 0 < each.confidence < 1


def test_of_two_readings_of_one_cue_the_likelier_stands() -> None:
    laid = annotated(LONG)
    [draft] = learned_drafts(laid, tag([laid])[0].attributions, ())
    sure = dict.fromkeys(FEATURES, 0.0) | {
        "constant": 1.0,
        "cue": 5.0,
        "content": 5.0,
        "agree": 1.0,
        "same speaker": 1.0,
    }
    doubted = sure | {"cue": 0.0, "content": -2.0}
    features = [tuple(each.values()) for each in (doubted, sure)]
    assert chance(features[0]) < chance(features[1])
    short = draft._replace(content=((0, 10),))
    found = [Candidate(short, features[0], 0), Candidate(draft, features[1], 0)]
    assert [each.content for each in judged(laid, found, ())] == [draft.content]


def test_no_model_is_loaded_where_there_is_nothing_to_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def unloadable() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr("onrecord.statements.tagger.network.load", unloadable)
    assert tag([]) == [] and tag([annotated("")]) == [Tagged()]


def test_the_model_has_a_name() -> None:
    assert model_name().startswith("minilm-l6-statements-")
    assert msgspec.json.encode(together(LONG))


def test_many_statements_are_weighed_in_linear_time() -> None:
    laid = annotated(LONG)
    [draft] = learned_drafts(laid, tag([laid])[0].attributions, ())
    features = tuple({"constant": 1.0, "cue": 20.0}.get(name, 0.0) for name in FEATURES)

    def moved(n: int) -> Draft:
        return draft._replace(content=((n * 100, n * 100 + 50),), cue=((n * 100 + 60, n * 100 + 64),))

    found = [Candidate(moved(n), features, n) for n in range(20_000)]
    started = time.process_time()
    assert len(judged(laid, found, ())) == len(found)
    assert time.process_time() - started < 5


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    return Attribution(span(cue), span(source), (span(content),), (), 0.9, 1.0, 0.9)


def test_a_content_that_breaks_off_at_a_quotation_goes_on_with_it() -> None:
    text = "Reyk said the board demands that dockers “wait until May” and “be paid at once.”"
    seen = attribution(text, "Reyk", "said", "the board demands")
    laid = annotated(text)
    [draft] = learned_drafts(laid, (seen,), outer_quotations(laid.quotations))
    assert words(text, draft.content) == ["the board demands that dockers “wait until May” and “be paid at once.”"]
    assert draft.quotations == (0, 1)


def test_a_sentence_quoted_on_behind_its_cue_is_kept_with_it() -> None:
    text = (
        "“Nobody had asked us,” Reyk said, pointing at the empty quay behind the board's office. “We would have come.”"
    )
    laid = annotated(text)
    seen = attribution(text, "Reyk", "said", "“Nobody had asked us,”")
    [only] = find_statements(laid, (seen,))
    assert words(text, only.content) == ["“Nobody had asked us,”", "“We would have come.”"]


@pytest.mark.parametrize(
    ("source", "cue", "behind"),
    [
        ("Reyk", "was asked about", "the sale of the ferry"),
        ("Reyk", "has been told", "that the ferry was sold"),
        ("Reyk", "was accused of", "the sale of the ferry"),
        ("Reyk", "faced sharp criticism for", "the sale of the ferry"),
        ("The board", "came under fire over", "the sale of the ferry"),
    ],
)
def test_whom_others_tell_or_judge_is_no_source(source: str, cue: str, behind: str) -> None:
    text = f"{source} {cue} {behind}."
    [draft] = learned_drafts(annotated(text), (attribution(text, source, cue, behind),), ())
    assert (draft.speaker, draft.speaker_at) == ((), None)


def test_who_asks_or_judges_is_the_source() -> None:
    for text, cue in (
        ("Reyk asked about the ferry.", "asked about"),
        ("Reyk voiced doubts about it.", "voiced doubts"),
    ):
        [draft] = learned_drafts(annotated(text), (attribution(text, "Reyk", cue, text.split()[-1]),), ())
        assert words(text, draft.speaker) == ["Reyk"]


def test_edges_of_what_the_tagger_sees() -> None:
    text = "Even Reyk said in an interview that it was closed, by telling the board, who had asked, that it snowed."
    laid = annotated(text)

    def edges(cue: str, source: str) -> tuple[list[str], list[str]]:
        [draft] = learned_drafts(laid, (attribution(text, source, cue, "it was closed"),), ())
        return words(text, draft.cue), words(text, draft.speaker)

    assert edges("said in an", "Even Reyk") == (["said"], ["Reyk"])
    assert edges("by telling", "the board, who") == (["telling"], ["the board"])
    assert edges("said in an interview", "the") == (["said in an interview"], ["the board"])

"""Where cues and sources begin and end, and who acts past an aside: on parsed texts of our own."""

from __future__ import annotations

import pytest

from onrecord.nouns import Span
from onrecord.statements import find_statements
from onrecord.statements.edges import cue_of_both, cue_words, past_aside, source_words, whole_phrase, with_opening
from onrecord.statements.find import rule_drafts

from .reading import annotated, words


def span_of(text: str, part: str) -> Span:
    return text.index(part), text.index(part) + len(part)


@pytest.mark.parametrize(
    ("text", "seen", "whole"),
    [
        ("Reyk plans to sell the ferry.", "plans to", "plans"),
        ("Reyk also hinted at a sale.", "hinted at", "also hinted at"),
        ("The idea is that ferries run by night.", "idea is", "The idea is"),
        ("Lindqvist's view is that ferries should run by night.", "'s view", "view"),
        ("Reyk said in an interview that it snowed.", "said in an", "said"),
        ("Reyk said on Friday that it snowed.", "said on Friday", "said on Friday"),
    ],
)
def test_the_edges_of_a_cue(text: str, seen: str, whole: str) -> None:
    start, end = cue_words(annotated(text), span_of(text, seen))
    assert text[start:end] == whole


@pytest.mark.parametrize(
    ("text", "seen", "cue", "whole"),
    [
        ("Voters, many of whom fear a sale, wrote to Reyk.", "many", "fear", "many of whom"),
        ("Voters, many of whom fear a sale, wrote to Reyk.", "many of whom", "fear", "many of whom"),
        ("The board, who had asked, heard that it snowed.", "The board, who", "asked", "The board"),
        ("Mara Reyk and Orla Pekk said it snowed.", "Mara Reyk and", "said", "Mara Reyk"),
        ("Lindqvist's claim that it snowed was false.", "Lindqvist", "claim", "Lindqvist's"),
        ("Even Reyk said it snowed.", "Even Reyk", "said", "Reyk"),
    ],
)
def test_the_edges_of_a_source(text: str, seen: str, cue: str, whole: str) -> None:
    start, end = source_words(annotated(text), span_of(text, seen), span_of(text, cue))
    assert text[start:end] == whole


@pytest.mark.parametrize(
    ("text", "seen", "stop", "whole"),
    [
        (
            "Reyk urged them to wait for the last ferry of the day.",
            "to wait for",
            ".",
            "to wait for the last ferry of the day",
        ),
        ("Reyk urged them to wait for the last ferry.", "to wait for", "ferry", "to wait for the last"),
        ("Reyk promised a new harbour in May.", "a new", ".", "a new harbour"),
        ("Reyk promised a new harbour in May.", "a new harbour", ".", "a new harbour"),
        ("Reyk backed a bill that opens the pass.", "a bill that opens", ".", "a bill that opens the pass"),
        (
            "Reyk said the clerk meant to say that it snowed.",
            "the clerk meant to say",
            ".",
            "the clerk meant to say that it snowed",
        ),
        ("Reyk said he wants to know the price.", "he wants to", ".", "he wants to know the price"),
        ("Reyk vowed to stay and said it snowed.", "to stay and said", ".", "to stay and said"),
    ],
)
def test_a_content_ends_with_the_noun_that_its_last_word_asks_for(text: str, seen: str, stop: str, whole: str) -> None:
    start, end = whole_phrase(annotated(text), span_of(text, seen), text.index(stop))
    assert text[start:end] == whole


def test_of_two_cues_the_tagger_s_is_given_but_for_a_preposition_behind_it() -> None:
    text = "Reyk distanced herself from the sale in May."
    laid = annotated(text)
    seen, ruled = span_of(text, "distanced herself"), span_of(text, "distanced herself from")
    assert cue_of_both(laid, (seen,), (ruled,)) == (ruled,)
    assert cue_of_both(laid, (ruled,), (seen,)) == (ruled,)
    assert cue_of_both(laid, (seen,), (span_of(text, "distanced herself from the"),)) == (seen,)
    assert cue_of_both(laid, (seen,), ()) == (seen,)


def test_a_content_begins_with_its_to_and_its_article() -> None:
    text = "Reyk plans to sell the ferry."
    laid = annotated(text)
    assert with_opening(laid, span_of(text, "sell the ferry"), ()) == span_of(text, "to sell the ferry")
    assert with_opening(laid, span_of(text, "ferry"), ()) == span_of(text, "the ferry")
    sale = span_of(text, "sell the ferry")
    assert with_opening(laid, sale, (span_of(text, "plans to"),)) == sale


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Dozens of dockers marched to the quay - where the ferry lay at anchor - while chanting, “Pay us now.”",
            "Dozens of dockers",
        ),
        ("The mayor - a son of dockers - said, “We will pay in May.”", "The mayor - a son of dockers"),
        ("Dockers marched to the quay - Mara Reyk said, “We will pay in May.”", "Mara Reyk"),
    ],
)
def test_who_acts_past_an_aside_is_who_acted_before_it(text: str, speaker: str) -> None:
    statements = [each for each in find_statements(annotated(text)) if each.cue]
    assert [words(text, each.speaker.span) for each in statements] == [[speaker]]


def test_a_speaker_outside_of_asides_is_left_alone() -> None:
    text = "Reyk said that it snowed - as it had on Monday - and that it was cold."
    laid = annotated(text)
    assert all(past_aside(laid, each) is each for each in rule_drafts(laid, ()))

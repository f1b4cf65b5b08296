"""What of a document can be an original: turns in passages, without their labels, and the keys that find them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.check import grams, indexed, keys_of, passages_of, terms
from onrecord.check.passages import MOST
from onrecord.check.record import BETWEEN, Record
from tests.check.briefing import transcript


def test_turns_without_their_labels() -> None:
    passages = passages_of(transcript())
    assert [(p.turn, p.speaker) for p in passages] == [
        (0, "MS. LINDQVIST"), (1, "Q"), (2, "MS. LINDQVIST"), (3, "Q"), (4, "MR. OSTROW"), (5, "THE PRESIDENT"),
        (6, "MS. LINDQVIST"),
    ]  # fmt: skip
    assert [p.number for p in passages] == list(range(7))
    assert passages[0].text.startswith("Good morning.") and passages[3].text == "And the ferry?"
    text = transcript().text
    assert all(text[p.start : p.end] == p.text for p in passages)


def test_what_nobody_says_is_no_passage() -> None:
    text = " ".join(p.text for p in passages_of(transcript()))
    assert "Presidential Palace" not in text and "11:20" not in text


def test_a_long_turn_is_cut_at_the_ends_of_sentences() -> None:
    speech = "The fishermen of Karsten wait for their salt. " * 100
    text = f"MS. LINDQVIST:  Good morning.\n\nQ  Why?\n\nMS. LINDQVIST:  {speech}\n\nQ  And then?"
    long = [p for p in passages_of(transcript(text)) if p.turn == 2]
    assert len(long) > 2 and {p.speaker for p in long} == {"MS. LINDQVIST"}
    assert all(p.text.rstrip().endswith("salt.") and len(p.text) <= MOST for p in long)
    assert "".join(p.text for p in long).strip() == speech.strip()


def test_a_paragraph_without_blanks_is_cut_too() -> None:
    passages = passages_of(transcript("a" * 10_000))
    assert [len(p.text) for p in passages] == [MOST] * 6 + [400]


def test_the_paragraphs_of_one_turn_have_its_number() -> None:
    text = f"MS. LINDQVIST:  {'One. ' * 100}\n\n{'Two. ' * 100}\n\nQ  Why?\n\nMS. LINDQVIST:  No."
    assert [(p.turn, p.text[:3]) for p in passages_of(transcript(text))] == [(0, "One"), (0, "Two"), (1, "Why"),
                                                                             (2, "No.")]  # fmt: skip


def test_keys_find_the_words_in_another_form() -> None:
    said, printed = keys_of("The fishermen of Karsten's port"), keys_of("A fisherman of Karsten")
    assert set(grams(keys_of("x the fishermen of"))) & set(grams(said))
    assert set(terms(said)) & set(terms(printed)) == {"wfisher"[:7], "wkarste"}
    assert indexed("one two three").split() == [*grams(["one", "two", "three"]), "wthree"]


def test_passages_that_are_no_neighbours_stay_apart() -> None:
    first, *_, last = passages_of(transcript())
    record = Record([first, last])
    end = sum(record.of[n] == 0 for n in range(len(record.words)))
    assert record.places[end] - record.places[end - 1] == BETWEEN + 1
    assert record.gap(end - 1, end) is None and record.gap(0, 2) == 1 and record.gap(2, 0) == -3
    assert (record.speaker(0), record.turn(end)) == ("MS. LINDQVIST", 6)
    assert [word.shown for word, said in zip(record.words, record.said, strict=True) if not said] == ["laughter"]


@given(st.lists(st.sampled_from(["MS. ROE:  Yes.", "Q  Why?", "We (laughter) go.", "a" * 2000, "b. " * 900, "END"])))
@settings(max_examples=50, deadline=None)
def test_passages_are_slices_in_order(paragraphs: list[str]) -> None:
    document = transcript("\n\n".join([*paragraphs, "The end of it."]))
    passages = passages_of(document)
    assert all(document.text[p.start : p.end] == p.text and p.text for p in passages)
    assert all(one.end <= other.start for one, other in pairwise(passages))

"""The words of a quote laid against a record: the highest score, both ends of the record free."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.check.alignment import OTHER, SAME, Alignment, Elided, Inserted, Item, Said, Step, align


def laid(quote: str, record: str, jump_before: int | None = None) -> Alignment:
    """The alignment of two texts whose words are letters; ``…`` and ``[]`` are marks."""
    words = record.split()
    items: list[Item] = []
    for each in quote.split():
        gains = np.where(np.array([word == each for word in words]), SAME, OTHER)
        items.append(Elided() if each == "…" else Inserted() if each == "[]" else Said(gains))
    places = np.arange(len(words))
    if jump_before is not None:
        places[jump_before:] += 1000
    return align(items, places)


def taken(quote: str, record: str, jump_before: int | None = None) -> list[str]:
    """What of the record each item is laid against."""
    words = record.split()
    return [" ".join(words[low:high]) for low, high in laid(quote, record, jump_before).steps]


def test_the_same_words() -> None:
    assert laid("c d e", "a b c d e f") == Alignment(6.0, 3, [Step(2, 3), Step(3, 4), Step(4, 5)])


def test_a_word_more_a_word_less_another_word() -> None:
    assert taken("b c x d e", "a b c d e f") == ["b", "c", "", "d", "e"]
    assert taken("b c e f", "a b c d e f") == ["b", "c", "e", "f"]
    assert taken("b c x e f", "a b c d e f") == ["b", "c", "d", "e", "f"]


def test_words_left_out_stay_together() -> None:
    assert laid("a the g h", "a b the c d the g h").steps == [(0, 1), (5, 6), (6, 7), (7, 8)]


def test_an_elision_passes_over_any_number_of_words_and_an_insertion_over_a_few() -> None:
    long = " ".join(f"x{n}" for n in range(60))
    assert laid("a b … c d", f"a b {long} c d").steps[2] == (2, 62)
    assert taken("a b [] c d", "a b x y c d") == ["a", "b", "x y", "c", "d"]
    assert taken("a b [] c d", "a b c d") == ["a", "b", "", "c", "d"]


def test_a_jump_costs_less_than_many_words_that_differ() -> None:
    record = "a b c d e f g h i j k l m n"
    assert taken("g h i j k a b c d e", record)[5:] == ["a", "b", "c", "d", "e"]
    assert taken("a b c d e k l m n j", record, jump_before=10)[5:9] == ["k", "l", "m", "n"]


def test_nothing() -> None:
    assert align([], np.arange(3)) == Alignment(0.0, 0, [])
    assert align([Said(np.array([]))], np.arange(0)).same == 0


WORDS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_every_step_is_in_the_record_and_what_is_the_same_is(quote: list[str], record: list[str]) -> None:
    found = laid(" ".join(quote), " ".join(record))
    assert len(found.steps) == len(quote)
    assert all(0 <= low <= high <= len(record) and high - low <= 1 for low, high in found.steps)
    same = [quote[n] == record[low] for n, (low, high) in enumerate(found.steps) if high > low]
    assert sum(same) == found.same
    assert found.score <= SAME * len(quote)


@given(WORDS, st.integers(0, 11), st.integers(1, 12))
def test_a_part_of_the_record_is_found_whole(record: list[str], start: int, count: int) -> None:
    part = record[start : start + count]
    found = laid(" ".join(part), " ".join(record))
    assert found.same == len(part)
    assert all(one.high == other.low for one, other in pairwise(found.steps))

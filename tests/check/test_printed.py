"""What a quote marks of its own changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.check.printed import Printed, printed


def told(quote: str) -> list[str]:
    """The items of a quote: words as they are compared, ``…`` for an elision, an insertion in its brackets."""
    return [
        {"word": item.key, "elision": "…", "insertion": f"[{item.shown}]"}[item.kind] for item in printed(quote)
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["…", "...", ". . .", "[...]", "[…]", "<…>", "(...)", "* * *"])
def test_each_mark_of_an_elision(mark: str) -> None:
    assert told(f"We went {mark} home.") == ["we", "went", "…", "home"]


def test_dots_without_blanks_stand_for_words_too() -> None:
    assert told("We went...home") == ["we", "went", "…", "home"]
    assert told("We went…home") == ["we", "went", "…", "home"]


def test_a_voice_that_trails_off_at_the_end_leaves_nothing_out() -> None:
    assert told("We went home...") == ["we", "went", "home"]


def test_square_brackets_are_the_editor_s_and_round_ones_are_not() -> None:
    assert told("We met [the king] (a friend) there") == ["we", "met", "[the king]", "a", "friend", "there"]
    assert [item.key for item in printed("We met him (a friend of ours)") if item.glossed] == [
        "a", "friend", "of", "ours",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "begins", "ends", "span"),
    [
        ("[W]e went", "", "e", (0, 4)),
        ("they announce[d] it", "announce", "", (5, 16)),
        ("the refus[ing] one", "refus", "", (4, 14)),
    ],
)
def test_brackets_inside_a_word(quote: str, begins: str, ends: str, span: tuple[int, int]) -> None:
    [item] = [item for item in printed(quote) if item.begins or item.ends]
    assert (item.begins, item.ends, (item.start, item.end)) == (begins, ends, span)
    assert len(printed(quote)) == len(quote.split())


def test_the_first_letter_is_free_where_a_piece_or_what_follows_an_elision_begins() -> None:
    quote = "We went, he said, The home … And back"
    items = printed(quote, ((0, 7), (18, len(quote))))
    assert [item.key for item in items if item.free] == ["we", "the", "and"]
    assert "said" not in [item.key for item in items], "the cue between the pieces is no part of them"


@given(
    st.lists(st.sampled_from(["We ", "[W]e", "go[es]", "…", "...", "[", "]", "(", ")", "* * *", " ", "<…>", "[x] "]))
)
def test_items_are_in_order_and_do_not_overlap(pieces: list[str]) -> None:
    quote = "".join(pieces)
    items: list[Printed] = printed(quote)
    assert all(0 <= item.start < item.end <= len(quote) for item in items)
    assert all(one.end <= other.start for one, other in pairwise(items))

"""The passages in which two texts differ: all of them, their spans give their words, and nothing else is one."""

from __future__ import annotations

from random import Random

from evaluation.wire import edit
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.differences import differences
from onrecord.ledger.sketch import words_of
from tests.ledger.test_copies import story

FIRST = (
    "The bridge over the Selm will open on 4 May, the county said on Monday.\n\n"
    "It was closed for two years after the flood of 2029 took one of its piers.\n\n"
    "“We have waited long enough,” said Mirel Tasso, who keeps a bakery at its foot."
)


def told(one: str, other: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.was, each.now) for each in differences(one, other)]


def test_what_is_added_cut_and_changed() -> None:
    assert told(FIRST, FIRST) == []
    assert told(FIRST, FIRST.replace("4 May", "11 May")) == [("changed", "4", "11")]
    assert told(FIRST, FIRST[: FIRST.index("\n\n“")]) == [
        ("cut", "“We have waited long enough,” said Mirel Tasso, who keeps a bakery at its foot.", "")
    ]
    assert told(FIRST, FIRST.replace("\n\nIt", "\n\n(In Sund the ferries run.)\n\nIt")) == [
        ("added", "", "(In Sund the ferries run.)")
    ]
    assert told("", "New words.") == [("added", "", "New words.")]


def test_a_passage_that_is_not_there_has_a_place() -> None:
    [cut] = differences(
        FIRST, FIRST.replace("It was closed for two years after the flood of 2029 took one of its piers.", "")
    )
    assert cut.now_span == (FIRST.index(".\n\nIt"), FIRST.index(".\n\nIt"))


def test_an_edited_wire_is_told_by_its_passages() -> None:
    wire = story(7)
    made = edit(wire, Random(4)).text
    found = differences(wire, made)
    assert {each.kind for each in found} <= {"added", "cut", "changed"} and len(found) >= 2
    left = sum(len(words_of(each.was)) for each in found)
    assert len(words_of(wire)) - left >= len(words_of(made)) - sum(len(words_of(each.now)) for each in found) > 80


texts = st.lists(
    st.sampled_from(["ka", "ves", "tor,", "lin.", "“mar”", "osk-dra", "pel\n\nui", "sén"]), max_size=40
).map(" ".join)


@given(texts, texts)
def test_spans_give_the_words_and_what_lies_between_them_is_the_same_in_both(one: str, other: str) -> None:
    found = differences(one, other)
    at = (0, 0)
    for each in (*found, None):
        was, now = (each.was_span, each.now_span) if each else ((len(one),) * 2, (len(other),) * 2)
        assert words_of(one[at[0] : was[0]]) == words_of(other[at[1] : now[0]])
        if each:
            assert (one[slice(*was)], other[slice(*now)]) == (each.was, each.now) and each.was != each.now
            at = was[1], now[1]

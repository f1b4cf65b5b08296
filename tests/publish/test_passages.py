"""Cutting a text at its facts: nothing lost, everything covered by what covers it, however facts overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish.passages import MarkedSpan, Passage, Role, segments

TEXT = "abcdefghij"


def passage(fact: str, start: int, end: int, role: Role = "content") -> Passage:
    return Passage(fact, role, (start, end))


def test_overlapping_facts_are_cut_at_each_boundary() -> None:
    (pieces,) = segments(TEXT, [(0, 10)], [passage("s1", 1, 6), passage("v1", 4, 9, "event")], [])
    assert [(p.text, [c.fact for c in p.covering]) for p in pieces] == [
        ("a", []), ("bcd", ["s1"]), ("ef", ["s1", "v1"]), ("ghi", ["v1"]), ("j", []),
    ]  # fmt: skip
    assert [p.begins for p in pieces] == [(), ("s1",), ("v1",), (), ()]
    assert [p.ends for p in pieces] == [(), (), ("s1",), ("v1",), ()]


def test_link_leads_to_the_words_and_not_to_a_speaker_before_them() -> None:
    (pieces,) = segments(TEXT, [(0, 10)], [passage("s1", 0, 2, "speaker"), passage("s1", 5, 7)], [])
    assert [p.text for p in pieces if p.begins] == ["fg"]


def test_fact_without_words_of_its_own_has_a_place_all_the_same() -> None:
    (pieces,) = segments(TEXT, [(0, 10)], [passage("c1", 3, 5, "cue")], [])
    assert [p.text for p in pieces if p.begins == ("c1",)] == ["de"]


def test_statement_is_named_at_its_end_and_event_at_its_first_mention() -> None:
    found = [passage("s1", 0, 2), passage("s1", 6, 8), passage("v1", 1, 3, "event"), passage("v1", 8, 9, "event")]
    (pieces,) = segments(TEXT, [(0, 10)], found, [])
    assert [(p.text, p.ends) for p in pieces if p.ends] == [("c", ("v1",)), ("gh", ("s1",))]


def test_passage_over_two_blocks() -> None:
    first, second = segments(TEXT, [(0, 4), (6, 10)], [passage("s1", 2, 8)], [MarkedSpan("gloss", (7, 9))])
    assert [p.text for p in first if p.covering] == ["cd"]
    assert [(p.text, p.mark) for p in second] == [("g", None), ("h", "gloss"), ("i", "gloss"), ("j", None)]


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))
roles: st.SearchStrategy[Role] = st.sampled_from(["content", "speaker", "cue", "event", "claim"])


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from("abc"), roles, spans), max_size=8),
    st.lists(spans, max_size=3),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_nothing_is_lost_and_every_character_knows_its_facts(
    text: str, found: list[tuple[str, Role, tuple[int, int]]], marked: list[tuple[int, int]], cuts: list[int]
) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    passages = [Passage(*each) for each in found]
    cut = segments(text, ranges, passages, [MarkedSpan("gloss", span) for span in marked])
    for (start, end), pieces in zip(ranges, cut, strict=True):
        assert "".join(piece.text for piece in pieces) == text[start:end].replace("\r", " ")
        at = start
        for piece in pieces:
            for offset in range(at, at + len(piece.text)):
                here = {p for p in passages if p.span[0] <= offset < p.span[1]}
                assert set(piece.covering) == here
                assert (piece.mark is not None) == any(low <= offset < high for low, high in marked)
            at += len(piece.text)

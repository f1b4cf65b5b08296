"""Decoding: from numbers to cues, sources and contents, on numbers made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.statements.tagger.cues import CUES, DECODING, REACH, SOURCE_REACH, Decoding, Found, Linked, decode, link
from onrecord.statements.tagger.links import BUCKETS, Floats, Learnt, Projected, Shape, buckets

LOW, HIGH = -6.0, 6.0
HIDDEN = 12


def tags_of(length: int, cues: dict[int, str]) -> Floats:
    """Numbers of a window; ``cues`` says which pieces begin a cue or go on with one."""
    tags = np.zeros((length, 9), dtype=np.float32)
    tags[:, 0] = HIGH
    for at, role in cues.items():
        tags[at, 0], tags[at, 1 if role == "begins" else 2] = LOW, HIGH
    return tags


def unlinked(length: int, shape: Shape = CUES) -> tuple[Learnt, Projected]:
    """A model that has learnt no link, and what it gives for a window."""
    nothing = np.zeros((length, shape.channels * shape.width), dtype=np.float32)
    bias = np.full((length, shape.channels), LOW, dtype=np.float32)
    none = np.zeros((HIDDEN, shape.channels * shape.width), dtype=np.float32)
    distance = np.zeros((BUCKETS, shape.channels), dtype=np.float32)
    return Learnt(none, none, none[0], distance), Projected(np.zeros((length, HIDDEN), dtype=np.float32), nothing, bias)


def numbers(draw: np.random.Generator, size: int, shape: Shape) -> tuple[Learnt, Projected]:
    """Numbers drawn by chance."""

    def drawn(*measures: int) -> Floats:
        return draw.normal(size=measures).astype(np.float32)

    keys = shape.channels * shape.width
    learnt = Learnt(drawn(HIDDEN, keys), drawn(HIDDEN, keys), drawn(keys), drawn(BUCKETS, shape.channels))
    return learnt, Projected(drawn(size, HIDDEN), drawn(size, keys), 3 * drawn(size, shape.channels))


def linked(length: int, cue: tuple[int, int], source: range, content: list[range]) -> Linked:
    logits = np.full((1, CUES.channels, length), LOW, dtype=np.float32)
    logits[0, 0, list(source)] = HIGH
    for part in content:
        logits[0, 3, list(part)] = HIGH
    blocked = np.zeros((1, length), dtype=bool)
    blocked[0, cue[0] : cue[1] + 1] = True
    odds = np.arange(4 * length, dtype=np.float32).reshape(length, 4)
    real = np.arange(length) > 0
    return Linked(np.array([cue]), np.array([0.9], dtype=np.float32), logits, blocked, odds, real)


def test_cues_are_runs_and_adjacent_ones_are_parted() -> None:
    tags = tags_of(8, {1: "begins", 2: "goes on", 5: "begins", 6: "begins"})
    seen = link(tags, *unlinked(8), np.ones(8, dtype=bool), DECODING)
    assert seen.cues.tolist() == [[1, 2], [5, 5], [6, 6]]
    assert (seen.scores > 0.9).all()


def test_pieces_that_are_no_words_are_in_nothing() -> None:
    real = np.ones(8, dtype=bool)
    real[1] = real[5] = False
    seen = link(tags_of(8, {1: "begins", 2: "begins"}), *unlinked(8), real, DECODING)
    assert seen.cues.tolist() == [[2, 2]] and seen.blocked[0].tolist() == [
        False,
        True,
        True,
        *[False] * 2,
        True,
        False,
        False,
    ]


def test_a_content_in_two_pieces_and_its_source() -> None:
    [[found]] = decode([linked(12, (5, 5), range(3, 5), [range(1, 3), range(6, 10)])], DECODING)
    scores = found.cue_score, found.source_score, found.content_score
    assert found == Found((5, 6), (3, 5), ((1, 3), (6, 10)), (), *scores, found.near, found.near_source)
    assert found.content_score > 0.99 and found.source_score > 5


def test_the_pieces_around_a_cue_are_told_of_but_for_those_that_are_no_words() -> None:
    [[found]] = decode([linked(100, (5, 6), range(3, 5), [range(8, 10)])], DECODING)
    assert found.near == tuple((at, 4.0 * at, 4.0 * at + 1) for at in range(1, 7 + REACH))


def test_the_pieces_around_a_cue_are_told_of_as_its_source_but_for_its_own() -> None:
    [[found]] = decode([linked(100, (5, 6), range(3, 5), [range(8, 10)])], DECODING)
    assert [at for at, *_ in found.near_source] == [*range(1, 5), *range(7, 7 + SOURCE_REACH)]
    assert found.near_source[1:3] == ((2, LOW, LOW, LOW, 10.0, 11.0), (3, HIGH, LOW, LOW, 14.0, 15.0))


def test_the_odds_of_a_piece_are_those_of_its_tags() -> None:
    tags = np.log(np.array([[0.2, 0.6, 0.2, 0.1, 0.2, 0.7, *[1.0] * 3]], dtype=np.float32))
    seen = link(tags, *unlinked(1), np.ones(1, dtype=bool), DECODING)
    assert seen.odds[0].tolist() == pytest.approx([np.log(4), np.log(3), np.log(9), np.log(2 / 7)], abs=1e-5)


def test_the_links_of_a_chain_are_runs_outside_of_the_content() -> None:
    one = linked(12, (5, 5), range(3, 5), [range(6, 9)])
    one.logits[0, 6, [1, 2, 10, 11, 7]] = HIGH
    [[found]] = decode([one], DECODING)
    assert found.via == ((1, 3), (10, 12))


def test_no_source_where_none_is_linked_and_no_attribution_without_content() -> None:
    [[found]] = decode([linked(8, (1, 1), range(0), [range(3, 6)])], DECODING)
    assert found.source is None
    assert decode([linked(8, (1, 1), range(2, 4), [])], DECODING) == [[]]


def test_a_gap_of_doubt_does_not_break_a_content() -> None:
    seen = linked(12, (0, 0), range(0), [range(2, 9)])
    seen.logits[0, 3, 5] = -1.0
    [[found]] = decode([seen], DECODING)
    assert found.content == ((2, 9),)
    [[broken]] = decode([seen], Decoding(switch=0.0, edge=0.0))
    assert len(broken.content) == 2


def test_a_window_is_decoded_the_same_beside_a_longer_one() -> None:
    short, long = linked(8, (1, 1), range(2, 4), [range(4, 7)]), linked(40, (9, 9), range(2, 4), [range(20, 31)])
    assert decode([short, long], DECODING) == [*decode([short], DECODING), *decode([long], DECODING)]


def test_distances_are_told_by_side() -> None:
    [row] = buckets(np.array([[4, 5]]), 60)
    assert row[4] == row[5] == 0
    assert row[3] != row[6] and row[3] == 1 and len(set(row.tolist())) > 10
    assert row.max() < BUCKETS


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_whatever_the_numbers_contents_are_runs_inside_the_window(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(3, 50))
    tags = draw.normal(scale=3, size=(size, 9)).astype(np.float32)
    made = numbers(draw, size, CUES)
    real = draw.random(size) > 0.1
    [found] = decode([link(tags, *made, real, DECODING)], DECODING)
    for each in found:
        pieces = [at for low, high in each.content for at in range(low, high)]
        assert pieces == sorted(set(pieces)) and pieces[0] >= 0 and pieces[-1] < size
        assert not set(pieces) & set(range(*each.cue)) and all(real[at] for at in pieces)

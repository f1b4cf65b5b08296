"""Decoding: from numbers to cues, sources and contents, on numbers made by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.statements.tagger.links import (
    BUCKETS,
    CHANNELS,
    DECODING,
    WIDTH,
    Decoding,
    Found,
    Linked,
    Outputs,
    buckets,
    decode,
    link,
)

LOW, HIGH = -6.0, 6.0


def outputs(length: int, cues: dict[int, str]) -> Outputs:
    """Numbers of a window without links; ``cues`` says which pieces begin a cue or go on with one."""
    tags = np.zeros((length, 9), dtype=np.float32)
    tags[:, 0] = HIGH
    for at, role in cues.items():
        tags[at, 0], tags[at, 1 if role == "begins" else 2] = LOW, HIGH
    nothing = np.zeros((length, CHANNELS * WIDTH), dtype=np.float32)
    bias = np.full((length, CHANNELS), LOW, dtype=np.float32)
    return Outputs(tags, nothing, bias, nothing, nothing)


def linked(length: int, cue: tuple[int, int], source: range, content: list[range]) -> Linked:
    logits = np.full((1, CHANNELS, length), LOW, dtype=np.float32)
    logits[0, 0, list(source)] = HIGH
    for part in content:
        logits[0, 3, list(part)] = HIGH
    blocked = np.zeros((1, length), dtype=bool)
    blocked[0, cue[0] : cue[1] + 1] = True
    return Linked(np.array([cue]), np.array([0.9], dtype=np.float32), logits, blocked)


def test_cues_are_runs_and_adjacent_ones_are_parted() -> None:
    none = np.zeros((BUCKETS, CHANNELS), dtype=np.float32)
    seen = link(
        outputs(8, {1: "begins", 2: "goes on", 5: "begins", 6: "begins"}), none, np.ones(8, dtype=bool), DECODING
    )
    assert seen.cues.tolist() == [[1, 2], [5, 5], [6, 6]]
    assert (seen.scores > 0.9).all()


def test_pieces_that_are_no_words_are_in_nothing() -> None:
    none = np.zeros((BUCKETS, CHANNELS), dtype=np.float32)
    real = np.ones(8, dtype=bool)
    real[1] = real[5] = False
    seen = link(outputs(8, {1: "begins", 2: "begins"}), none, real, DECODING)
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
    assert found == Found((5, 6), (3, 5), ((1, 3), (6, 10)), (), *scores)
    assert found.content_score > 0.99 and found.source_score > 5


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
    made = Outputs(
        *(
            draw.normal(scale=3, size=(size, n)).astype(np.float32)
            for n in (9, CHANNELS * WIDTH, CHANNELS, *[CHANNELS * WIDTH] * 2)
        )
    )
    real = draw.random(size) > 0.1
    distance = draw.normal(size=(BUCKETS, CHANNELS)).astype(np.float32)
    [found] = decode([link(made, distance, real, DECODING)], DECODING)
    for each in found:
        pieces = [at for low, high in each.content for at in range(low, high)]
        assert pieces == sorted(set(pieces)) and pieces[0] >= 0 and pieces[-1] < size
        assert not set(pieces) & set(range(*each.cue)) and all(real[at] for at in pieces)

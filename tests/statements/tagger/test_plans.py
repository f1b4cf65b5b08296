"""Decoding of planned events, on numbers made by hand."""

from __future__ import annotations

from typing import get_args

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.nouns import EventKind, Status
from onrecord.statements.tagger.links import Floats, Learnt, Projected
from onrecord.statements.tagger.plans import KINDS, PARTS, STATUSES, Planned, decode, foresee
from tests.statements.tagger.test_cues import HIGH, LOW, numbers, unlinked

HEADS = 3 + len(KINDS) + len(STATUSES)


def planned(tags: Floats, learnt: Learnt, projected: Projected, real: NDArray[np.bool_]) -> list[Planned]:
    [found] = decode([foresee(tags, learnt, projected, real)])
    return found


def test_the_model_tells_of_what_the_format_tells_of() -> None:
    assert set(KINDS) == set(get_args(EventKind))
    assert set(STATUSES) < set(get_args(Status))


def test_an_event_has_its_kind_its_status_and_its_parts() -> None:
    tags = np.zeros((12, HEADS), dtype=np.float32)
    tags[:, 0] = HIGH
    for at in (4, 5):
        tags[at, 0], tags[at, 1 if at == 4 else 2] = LOW, HIGH
        tags[at, 3 + KINDS.index("vote")] = tags[at, 3 + len(KINDS) + STATUSES.index("postponed")] = HIGH
    learnt, nothing = unlinked(12, PARTS)
    nothing.bias[:] = 0
    nothing.bias[:, ::3] = LOW
    nothing.bias[[1, 2, 7], 0] = nothing.bias[9, 3] = nothing.bias[5, 6] = HIGH
    [found] = planned(tags, learnt, nothing, np.array([False, *[True] * 11]))
    assert (found.pieces, found.kind, found.status) == ((4, 6), "vote", "postponed")
    assert found.participants == ((1, 3), (7, 8)) and found.date == (9, 10)
    assert found.venue is None  # what it would be stands in the event's own words
    assert found.score > 0.99 and found.status_score > 0.9


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_whatever_the_numbers_parts_stand_outside_of_the_event(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size = int(draw.integers(3, 50))
    real = draw.random(size) > 0.1
    tags = draw.normal(scale=3, size=(size, HEADS)).astype(np.float32)
    before = 0
    for each in planned(tags, *numbers(draw, size, PARTS), real):
        assert before <= each.pieces[0] < each.pieces[1] <= size
        before = each.pieces[1]
        assert each.status in STATUSES and each.kind in KINDS and 0 <= each.score <= 1
        for low, high in each.participants:
            assert not set(range(low, high)) & set(range(*each.pieces)) and all(real[low:high])


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_a_window_has_the_same_events_whatever_is_decoded_beside_it(seed: int) -> None:
    draw = np.random.default_rng(seed)
    windows = []
    for _ in range(4):
        size = int(draw.integers(3, 50))
        tags = draw.normal(scale=3, size=(size, HEADS)).astype(np.float32)
        windows.append(foresee(tags, *numbers(draw, size, PARTS), draw.random(size) > 0.1))
    assert decode([*windows, None]) == [*(decode([each])[0] for each in windows), []]

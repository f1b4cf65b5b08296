"""Where time goes: each step's is its own, and all together are the run."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from onrecord import Source
from onrecord.reading import read_many
from onrecord.spent import UNMEASURED, Clocks, Meter, Spent


class Clock:
    """A clock that goes on when it is told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_a_step_takes_is_not_counted_for_the_step_around_it(clock: Clock) -> None:
    meter = Meter(Clocks(clock, clock))
    clock.now = 5.0  # before the first step: nobody's
    with meter.of("parser"):
        clock.now += 1
        with meter.of("page"):
            clock.now += 10
        clock.now += 2
    with pytest.raises(ZeroDivisionError), meter.of("page"):
        clock.now += 100
        1 / 0  # noqa: B018
    assert meter.so_far() == {"parser": Spent(3, 3, 1), "page": Spent(110, 110, 2)}
    assert meter.so_far() == {}, "what was told once is not told again"


def test_what_is_done_with_a_thing_is_not_counted_for_the_step_that_yields_it(clock: Clock) -> None:
    meter = Meter(Clocks(clock, clock))

    def pages() -> Iterator[int]:
        for number in range(3):
            clock.now += 1
            yield number

    for _ in meter.each("page", pages()):
        clock.now += 50
        with meter.of("writing"):
            clock.now += 5
    spent = meter.so_far()
    assert (spent["page"].processor, spent["writing"]) == (3, Spent(15, 15, 3))


def test_what_others_took_is_added(clock: Clock) -> None:
    meter = Meter(Clocks(clock, clock))
    meter.count({"page": Spent(2, 3, 1)})
    meter.count({"page": Spent(2, 3, 1)})
    assert meter.so_far() == {"page": Spent(4, 6, 2)}


def test_who_does_not_measure_keeps_nothing() -> None:
    with UNMEASURED.of("page"):
        things = [1, 2]
    assert list(UNMEASURED.each("page", things)) == things and UNMEASURED.so_far() == {}


def test_the_steps_of_a_reading_add_up_to_it() -> None:
    meter = Meter(Clocks(time.process_time, time.monotonic))
    words = b"Ana Dalgard said that the talks would be held on Monday. " * 12  # enough that the clock's grain is none
    sources = [Source(raw=words, id=f"d{n}") for n in range(8)]
    list(read_many(sources[:1]))
    start = time.process_time()
    assert len(list(read_many(sources, meter))) == 8
    took = time.process_time() - start
    spent = meter.so_far()
    assert spent["page"].times == 8
    assert {"input", "page", "parser", "language", "tagger", "statements", "events"} <= set(spent)
    assert spent["models"].processor < 0.1 * took, "they are loaded once, measured or not"
    assert 0.9 * took < sum(each.processor for each in spent.values()) <= took

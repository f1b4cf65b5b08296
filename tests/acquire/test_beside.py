"""Runs that are drawn on side by side: in order, bounded, and ended when who takes from them has had enough."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest

from onrecord.acquire.beside import drawn, overlapping


def wait_until(condition: threading.Event) -> None:
    assert condition.wait(5), "it does not come to it"


def test_things_come_in_order_however_quick_each_run_is() -> None:
    second = threading.Event()

    def slow() -> Generator[str]:
        wait_until(second)  # so the other is drawn on meanwhile
        yield "a"
        yield "b"

    def quick() -> Generator[str]:
        yield "c"
        second.set()

    with closing(overlapping((drawn(each(), 4) for each in (slow, quick)), 2)) as runs:
        assert [list(run) for run in runs] == [["a", "b"], ["c"]]


def test_so_many_runs_are_open_and_so_many_things_drawn_ahead() -> None:
    open_now, most, drew = set[int](), [0], [0] * 5

    def numbers(run: int) -> Generator[int]:
        for number in range(10):
            drew[run] += 1
            yield number

    @contextmanager
    def counted(run: int) -> Iterator[Iterator[int]]:
        open_now.add(run)
        most[0] = max(most[0], len(open_now))
        with drawn(numbers(run), 3) as things:
            yield things
        open_now.remove(run)

    with closing(overlapping(map(counted, range(5)), 2)) as runs:
        first = next(runs)
        time.sleep(0.05)  # time to draw too much
        assert drew == [4, 4, 0, 0, 0], "as many as there is room for, and one that waits for room"
        assert [list(first), *map(list, runs)] == [list(range(10))] * 5
    assert most == [2] and not open_now


def test_what_a_run_raises_is_raised_where_it_is_taken() -> None:
    def failing() -> Generator[int]:
        yield 1
        raise ValueError("no more")

    with drawn(failing(), 4) as things:
        assert next(things) == 1
        with pytest.raises(ValueError, match="no more"):
            next(things)


def test_all_end_when_who_takes_stops() -> None:
    ended = [threading.Event() for _ in range(3)]
    told: list[type[BaseException] | None] = []

    def endless(run: int) -> Generator[int]:
        try:
            while True:
                yield run
        finally:
            ended[run].set()

    class Told(AbstractContextManager[Iterator[int]]):
        def __init__(self, run: int) -> None:
            self.things = drawn(endless(run), 2)

        def __enter__(self) -> Iterator[int]:
            return self.things.__enter__()

        def __exit__(self, kind: type[BaseException] | None, *how: object) -> None:
            told.append(kind)
            self.things.__exit__(None, None, None)

    with pytest.raises(KeyboardInterrupt), closing(overlapping(map(Told, range(3)), 3)) as runs:
        for run in runs:
            next(run)
            raise KeyboardInterrupt
    for each in ended:
        wait_until(each)
    assert told == [GeneratorExit] * 3, "they are told that it is no end of their own"

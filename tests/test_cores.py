"""Work over several processes comes back in order and whole, whoever kills them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from onrecord.cores import AHEAD, Lost, over_cores


def killed_once(numbers: Sequence[tuple[int, str]]) -> list[int]:
    """Squares; whoever comes to a number with a file that is not there yet makes it and is killed."""
    for _, mark in numbers:
        if mark and not Path(mark).exists():
            Path(mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [number**2 for number, _ in numbers]


def killed_at_seven(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [number**2 for number in numbers]


def test_a_process_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    marks = {2: str(tmp_path / "a"), 9: str(tmp_path / "b")}
    pieces = [[(n, marks.get(n, "")), (n + 1, "")] for n in range(0, 12, 2)]
    pieces.insert(3, [])
    pieces[5][1] = (9, marks[9])
    results = list(over_cores(killed_once, pieces, 2))
    assert results == [[number**2 for number, _ in piece] for piece in pieces]
    assert all(Path(mark).exists() for mark in marks.values())


def test_what_kills_whoever_works_on_it_is_lost_alone() -> None:
    results = list(over_cores(killed_at_seven, [[1, 2], [6, 7, 8], [9]], 2))
    assert results == [[1, 4], [36, Lost(), 64], [81]]


def test_what_goes_wrong_comes_back_as_it_is() -> None:
    with pytest.raises(TypeError):
        list(over_cores(killed_at_seven, [[1], ["a"]], 2))  # type: ignore[list-item]


@pytest.mark.parametrize("cores", [1, 2])
def test_no_more_is_taken_than_is_worked_on(cores: int) -> None:
    taken = count()

    def pieces() -> Iterator[list[int]]:
        yield from ([next(taken)] for _ in range(100))

    assert next(over_cores(killed_at_seven, pieces(), cores)) == [0]
    assert next(taken) <= cores * AHEAD

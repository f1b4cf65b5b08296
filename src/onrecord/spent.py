"""Where time goes: what each step of a run takes, by clocks that are passed in.

Promise: a step's time is its own, what steps within it take is theirs, and nothing is counted twice; who does not
measure hands on `UNMEASURED`, which reads no clock. The odd case that forced the shape: steps pull from each other (the
parser takes pages till it has enough), so a step is entered where its work is done and left before anything is handed
on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, NamedTuple, TypeVar

T = TypeVar("T")

Step = Literal[
    "cutting", "input", "page", "models", "parser", "language", "tagger", "statements", "events", "packing", "waiting",
    "writing", "copies", "quotes", "texts", "names", "threads", "asking",
]  # fmt: skip


class Clocks(NamedTuple):
    """What is read when a step begins and ends, in seconds. They travel to workers, so they are named functions."""

    processor: Callable[[], float]
    """How long this process has been worked on (`time.process_time`)."""
    wall: Callable[[], float]
    """The clock on the wall (`time.monotonic`)."""


class Spent(NamedTuple):
    """What a step took, in seconds, and how often it was entered."""

    processor: float = 0.0
    wall: float = 0.0
    times: int = 0

    def and_(self, other: Spent) -> Spent:
        """Return both together."""
        return Spent(self.processor + other.processor, self.wall + other.wall, self.times + other.times)


class Meter:
    """Adds up what the steps of one run take. ``clocks``: by what; without them nothing is measured."""

    def __init__(self, clocks: Clocks | None = None) -> None:
        self.clocks = clocks
        self._spent: dict[Step, Spent] = {}
        self._open: list[Step] = []
        self._since = Spent()

    def of(self, step: Step) -> AbstractContextManager[None]:
        """Have what is done in this context counted as this step's, but for the steps that are entered in it."""
        return _NOTHING if self.clocks is None else self._entered(self.clocks, step)

    def each(self, step: Step, things: Iterable[T]) -> Iterator[T]:
        """Yield things, and count as this step's what each of them takes to come."""
        return iter(things) if self.clocks is None else self._coming(step, iter(things))

    def count(self, spent: Mapping[Step, Spent]) -> None:
        """Add what another process took."""
        for step, taken in spent.items():
            self._spent[step] = self._spent.get(step, Spent()).and_(taken)

    def so_far(self) -> dict[Step, Spent]:
        """Return what the steps took since this was last asked."""
        taken, self._spent = self._spent, {}
        return taken

    @contextmanager
    def _entered(self, clocks: Clocks, step: Step) -> Iterator[None]:
        self._charge(clocks)
        self._open.append(step)
        try:
            yield
        finally:
            self._charge(clocks)
            self._open.pop()
            self.count({step: Spent(times=1)})

    def _charge(self, clocks: Clocks) -> None:
        """Count what went by since the last change of steps as that of the innermost one."""
        now = Spent(clocks.processor(), clocks.wall())
        if self._open:
            since = self._since
            self.count({self._open[-1]: Spent(now.processor - since.processor, now.wall - since.wall)})
        self._since = now

    def _coming(self, step: Step, things: Iterator[T]) -> Iterator[T]:
        end = object()
        while True:
            with self.of(step):
                thing = next(things, end)
            if thing is end:
                return
            yield thing  # type: ignore[misc]  # it is no `end`


_NOTHING: AbstractContextManager[None] = nullcontext()

UNMEASURED = Meter()
"""Measures nothing and keeps nothing."""

"""What comes slowly, drawn on side by side: several runs at one time, each in a thread of its own, taken in order.

Promise: things come in the order of their runs and within a run in its own, whichever is quickest; only so many runs
are open at one time, each only so many things ahead of who takes them; what a run raises is raised where its things
are taken. The odd case that forced the shape: who takes them may stop at any moment, and a thread that waits for room
must end then.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from queue import Empty, Queue
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class _End(NamedTuple):
    """Nothing more comes. ``problem``: why, where it is none of its own accord."""

    problem: BaseException | None


@contextmanager
def drawn(things: Generator[T], ahead: int) -> Iterator[Iterator[T]]:
    """Draw on things in a thread of their own, so many ahead, as long as this is open; yields them as they come."""
    coming: Queue[T | _End] = Queue(ahead)
    over = threading.Event()

    def draw() -> None:
        problem: BaseException | None = None
        try:
            for thing in things:
                coming.put(thing)
                if over.is_set():
                    break
            things.close()
        except BaseException as raised:
            problem = raised
        coming.put(_End(problem))

    def taken() -> Iterator[T]:
        while not isinstance(thing := coming.get(), _End):
            yield thing
        if thing.problem is not None:
            raise thing.problem

    threading.Thread(target=draw, name="drawn", daemon=True).start()
    try:
        yield taken()
    finally:
        over.set()
        with suppress(Empty):
            while True:
                coming.get_nowait()


def overlapping(contexts: Iterable[AbstractContextManager[T]], at_once: int) -> Generator[T]:
    """Yield what contexts give, in order; so many are open at one time, each till what comes after it is asked for."""
    opened: deque[tuple[ExitStack, T]] = deque()
    try:
        for context in contexts:
            stack = ExitStack()
            opened.append((stack, stack.enter_context(context)))
            if len(opened) == at_once:
                yield opened[0][1]
                opened.popleft()[0].close()
        while opened:
            yield opened[0][1]
            opened.popleft()[0].close()
    except BaseException as problem:
        for stack, _ in opened:
            stack.__exit__(type(problem), problem, problem.__traceback__)
        raise

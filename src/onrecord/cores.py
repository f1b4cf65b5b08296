"""Work shared out over the cores of one machine, its results in order: the pool that reads for `add` and for `scale`.

Promise: few pieces are held at a time, whatever there are; a process that is killed changes nothing in what comes out.
The odd case that forced the shape: when one process dies, the pool forgets what all of them did and does not say whose
fault it was. So all of it is done again, but what comes first in a pool of its own, till whatever ends each process
that works on it is found and told as `Lost`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Pieces a core that wait or are worked on, so that no core waits for the disk."""

TRIES = 2
"""Processes of its own in which a piece is tried before it is given up: one may be killed by chance."""


class Lost(NamedTuple):
    """Stands for the result of what ended every process that worked on it."""

    reason: str = (
        "whoever reads it is killed, as happens when memory runs out; try again with fewer cores, or report it"
    )


def over_cores(
    work: Callable[[Sequence[T]], list[R]], pieces: Iterable[Sequence[T]], cores: int
) -> Iterator[list[R | Lost]]:
    """Yield for each piece, in order, what ``work`` makes of it: as many results as it has parts.

    ``work``, the pieces and the results travel between processes, of which there are ``cores``, none before there is
    work; with one core all of it is done in this process. What ``work`` raises is raised here.
    """
    if cores < 2:
        for piece in pieces:
            yield [*work(piece)] if piece else []
        return
    waiting = iter(pieces)
    held: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
    pool = _pool(cores)
    try:
        while True:
            free = cores * AHEAD - len(held)
            held.extend((piece, _begun(pool, work, piece)) for piece in islice(waiting, free))
            if not held:
                return
            piece, future = held.popleft()
            try:
                yield [*future.result()]
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(cores)
                held = deque((each, _again(pool, work, each, done)) for each, done in held)
                yield _alone(work, piece)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(cores: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(cores, mp_context=get_context("spawn"))


def _begun(pool: ProcessPoolExecutor, work: Callable[[Sequence[T]], list[R]], piece: Sequence[T]) -> Future[list[R]]:
    """A piece on its way; where the pool is broken already, that comes out as its result."""
    known: Future[list[R]] = Future()
    if not piece:
        known.set_result([])
        return known
    try:
        return pool.submit(work, piece)
    except BrokenProcessPool as problem:
        known.set_exception(problem)
        return known


def _again(
    pool: ProcessPoolExecutor, work: Callable[[Sequence[T]], list[R]], piece: Sequence[T], before: Future[list[R]]
) -> Future[list[R]]:
    """What was done already, or the piece on its way once more."""
    return before if before.done() and before.exception() is None else _begun(pool, work, piece)


def _alone(work: Callable[[Sequence[T]], list[R]], piece: Sequence[T]) -> list[R | Lost]:
    """What is made of a piece in a process of its own; of each of its parts by itself where that is killed too."""
    for _ in range(TRIES):
        with _pool(1) as pool:
            try:
                return [*pool.submit(work, piece).result()]
            except BrokenProcessPool:
                continue
    return [Lost()] if len(piece) == 1 else [result for part in piece for result in _alone(work, [part])]

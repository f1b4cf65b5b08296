"""When Python looks for garbage, not in the midst of work that makes none to speak of, and when free memory is let go.

Promise: whoever calls finds the collector on or off as it was. The odd case that forced its shape: models and what is
known of threads are hundreds of thousands of objects that stay, and Python searches all of them for cycles again and
again while new ones come, which took a sixth of the time of keeping a document and a twentieth of that of reading it.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Have no garbage looked for; what nothing holds any more is let go of all the same, but for cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


WHOLE = 50
"""Of so many searches through all there is one goes through what was found in use before, too."""

OFTEN = gc.get_threshold()
"""How much is new when garbage of each generation is looked for, as the program begins: applications may overlap."""

MUCH = 200_000
"""New objects for which garbage is looked for in the midst of an answer, too: one of a whole ledger is long."""


@contextmanager
def between_answers() -> Iterator[None]:
    """Have garbage looked for when an answer is given (`answered`), not in the midst of one.

    For a program that answers others: what it remembers for them is half a million objects, and to look through those
    takes it a tenth of a second, in which all who asked wait. So what a search finds in use is left alone by all but
    every `WHOLE`-th later search through all there is.
    """
    done = 0

    def along(phase: str, told: Mapping[str, int]) -> None:
        nonlocal done
        if told["generation"] < _LAST:
            return
        if phase == "stop":
            gc.freeze()
            done += 1
        elif done % WHOLE == WHOLE - 1:
            gc.unfreeze()

    gc.callbacks.append(along)
    gc.set_threshold(MUCH, *OFTEN[1:])
    try:
        gc.collect()
        yield
    finally:
        gc.callbacks.remove(along)
        gc.set_threshold(*OFTEN)
        gc.unfreeze()


def answered() -> None:
    """Look for garbage where it is time for that: somebody has his answer."""
    due = [each for each, new in enumerate(gc.get_count()) if new > OFTEN[each]]
    if due:
        gc.collect(due[-1])


_LAST = 2
"""The generation of objects that is all there is: https://docs.python.org/3/library/gc.html#gc.set_threshold."""


def trimmer() -> Callable[[int], object] | None:
    """Return the C library's own function that gives back what is free within its heap; None where it has none.

    glibc has it, the libraries of other systems have not.
    """
    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim


class Heap:
    """Memory that the C library holds though nothing is in it: given back every so many texts that were read.

    Matrices of some MiB are let go of at once, but may lie below something small that stays: 17 to 32 MiB were free so
    in a process that reads, more or fewer by chance.
    """

    OFTEN = 500
    """Texts between two times: about what is parsed together of short ones. Each takes a millisecond or two."""

    def __init__(self, trim: Callable[[int], object] | None) -> None:
        self._trim = trim
        self._texts = 0

    def used(self, texts: int) -> None:
        """Count texts that were read, and give back what is free once there are enough of them."""
        self._texts += texts
        if self._texts >= self.OFTEN:
            self._texts = 0
            if self._trim is not None:
                self._trim(0)


HEAP = Heap(trimmer())
"""The heap of this process."""

"""When Python looks for garbage: not in the midst of work that makes none to speak of.

Promise: whoever calls finds the collector on or off as it was. The odd case that forced its shape: models and what is
known of threads are hundreds of thousands of objects that stay, and Python searches all of them for cycles again and
again while new ones come, which took a sixth of the time of keeping a document and a twentieth of that of reading it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
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


@contextmanager
def seldom_whole() -> Iterator[None]:
    """Have what a search for garbage finds in use left alone by all but every `WHOLE`-th later one.

    For a program that answers others: what it remembers for them is half a million objects, and to look through those
    takes it a tenth of a second, in which all who asked wait.
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
    try:
        yield
    finally:
        gc.callbacks.remove(along)
        gc.unfreeze()


_LAST = 2
"""The generation of objects that is all there is: https://docs.python.org/3/library/gc.html#gc.set_threshold."""

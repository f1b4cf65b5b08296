"""When Python looks for garbage: not in the midst of work that makes none to speak of.

Promise: whoever calls finds the collector on or off as it was. The odd case that forced its shape: models and what is
known of threads are hundreds of thousands of objects that stay, and Python searches all of them for cycles again and
again while new ones come, which took a sixth of the time of keeping a document and a twentieth of that of reading it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
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

"""What has been worked out of some tellings, by these very tellings, so that it is worked out once.

Promise: what is remembered is what the same tellings would give again; one more, one fewer or one that was read again
makes another list, of which nothing is known yet. The odd case that forced the shape: the first page folds the few
tellings of a hundred events each time that somebody opens it, nearly all of them the same as for the reader before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from onrecord.ledger.told import Told

T = TypeVar("T")


class WorkedOut(Generic[T]):
    """What some tellings gave. ``most``: how many lists are known; of more the one not asked for longest goes.

    Who asks changes nothing of it. Tellings are known by what they are in memory (`summaries` decodes each once), since
    to compare what is in them takes as long as many a result; they are held, so that none takes another's place there.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, tuple[tuple[Told, ...], T]] = OrderedDict()
        self._lock = Lock()

    def of(self, tellings: Sequence[Told], work_out: Callable[[], T], *asked: Hashable) -> T:
        """Return what ``work_out`` gives of some tellings. ``asked``: what else bears on it."""
        key = (asked, *map(id, tellings))
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known[1]
        made = work_out()
        with self._lock:
            self._known[key] = (tuple(tellings), made)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

"""What has been worked out of a ledger, by what it was worked out of, so that it is worked out once.

Promise: what is remembered is what the same tellings would give again; one more, one fewer or one that was read again
makes another list, or another state of its day, of which nothing is known yet. The odd case that forced the shape: the
first page folds the few tellings of a hundred events each time that somebody opens it, nearly all of them the same as
for the reader before; and as of a day that is over nothing comes in any more, however much does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from sqlite3 import Connection
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from onrecord.ledger.store import Ledger
from onrecord.ledger.told import Told

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered(Generic[K, T]):
    """Values by what they are asked for with. ``most``: how many; of more the one not asked for longest goes.

    Any thread may use it; who asks changes nothing of a value.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> T | None:
        """Return what is remembered; None: nothing is."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def add(self, key: K, made: T) -> T:
        """Remember a value and return it."""
        with self._lock:
            self._known[key] = made
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

    def of(self, key: K, work_out: Callable[[], T]) -> T:
        """Return what is remembered, else what ``work_out`` gives, remembered from now on."""
        known = self.get(key)
        return self.add(key, work_out()) if known is None else known


class WorkedOut(Generic[T]):
    """What some tellings gave. ``most``: how many lists are known.

    Tellings are known by what they are in memory (`summaries` decodes each once), since to compare what is in them
    takes as long as many a result; they are held, so that none takes another's place there.
    """

    def __init__(self, most: int) -> None:
        self._known = Remembered[Hashable, tuple[tuple[Told, ...], T]](most)

    def of(self, tellings: Sequence[Told], work_out: Callable[[], T], *asked: Hashable) -> T:
        """Return what ``work_out`` gives of some tellings. ``asked``: what else bears on it."""
        return self._known.of((asked, *map(id, tellings)), lambda: (tuple(tellings), work_out()))[1]


class OfDays(Generic[T]):
    """What all that is told of events by a day gave. ``most``: how many answers are known.

    They are of tellings in their threads alone: neither what people are called nor which documents there are bears on
    them.
    """

    def __init__(self, most: int) -> None:
        self._known = Remembered[Hashable, T](most)

    def of(self, connection: Connection, day: str, work_out: Callable[[], T], *asked: Hashable) -> T:
        """Return what ``work_out`` gives as of a day; all that came is in its thread. ``asked``: what else bears on it.

        What comes in meanwhile may be in what is given, which nobody asks for by the state of before any more.
        """
        (stamp,) = connection.execute(_STATE, (day,)).fetchone()
        return self._known.of((stamp, day, asked), work_out)


class OfLedgers(Generic[T]):
    """What is remembered with each file that is open: another file has the same numbers for others. ``make``: makes it.

    It goes with the ledger, or with what the connections to one file have in common.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[object, tuple[Connection | None, T]] = WeakKeyDictionary()

    def of(self, ledger: Ledger) -> T:
        """Return what is remembered of a ledger as it is open now."""
        holder, opened = (ledger, ledger.connection) if ledger.of is None else (ledger.of, None)
        known = self._made.get(holder)
        if known is None or known[0] is not opened:
            known = self._made[holder] = opened, self._make()
        return known[1]


_STATE = "SELECT stamp FROM day_stamps WHERE day <= ? ORDER BY day DESC LIMIT 1"

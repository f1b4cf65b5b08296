"""How often somebody may do something: counted in memory, for each name or address.

Promise: who goes beyond is told when to go on, and the others are not slowed down. The odd case that forced the shape:
who tries passwords can use as many names as he likes, so what is kept is bounded, and the oldest is forgotten first.
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from time import monotonic

from litestar.exceptions import TooManyRequestsException

KNOWN = 10_000
"""Names or addresses of which it is kept what they did lately."""


class Limit:
    """At most so many times in so many seconds, for each key."""

    def __init__(self, times: int, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self.times, self.seconds, self._now = times, seconds, now
        self._lately: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> float:
        """Count one time and return when it was. Raises TooManyRequestsException where there have been too many."""
        with self._lock:
            now = self._now()
            lately = self._lately.setdefault(key, deque())
            self._lately.move_to_end(key)
            while lately and lately[0] <= now - self.seconds:
                lately.popleft()
            if len(lately) >= self.times:
                wait = math.ceil(lately[0] + self.seconds - now)
                raise TooManyRequestsException(
                    f"too much in too little time; go on in {wait} seconds", headers={"Retry-After": str(wait)}
                )
            lately.append(now)
            while len(self._lately) > KNOWN:
                self._lately.popitem(last=False)
            return now

    def give_back(self, key: str, taken: float) -> None:
        """Forget one time that was counted of a key, and none of the others."""
        with self._lock, suppress(KeyError, ValueError):
            self._lately[key].remove(taken)

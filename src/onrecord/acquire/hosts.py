"""How onrecord behaves at each server: what its robots.txt allows, one request at a time, and a pause between two.

Promise: no server is asked for a page before its robots.txt was read (RFC 9309: none there means all is allowed, one
that can't be read means nothing is; what was read counts for a day), nor sooner after the last request than ``delay``
or the server's own crawl delay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from protego import Protego

LONGEST_DELAY = 30.0
"""Seconds between two requests that a server may ask for; what asks for more waits as long as this."""


RULES_LAST = 24 * 3600.0
"""Seconds for which a robots.txt counts (RFC 9309, 2.4)."""


class _Host:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.asking = threading.Lock()
        self.free_at = 0.0
        self.delay = 0.0
        self.rules: Protego | None = None
        self.rules_till = 0.0


class Hosts:
    """The servers of a run, or of all polls of a watch.

    ``delay``: seconds between two requests; ``agent``: by which name robots.txt calls us.
    """

    def __init__(self, agent: str, delay: float, wait: Callable[[float], None]) -> None:
        self._agent, self._delay, self._wait = agent, delay, wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def allows(self, origin: str, address: str, read: Callable[[str], str]) -> bool:
        """Return whether the server's robots.txt allows an address.

        ``read`` returns the text at an address, empty where there is none; what it raises comes through.
        """
        host = self._host(origin)
        with host.asking:
            if host.rules is None or time.monotonic() >= host.rules_till:
                host.rules = Protego.parse(read(f"{origin}/robots.txt"))
                host.rules_till = time.monotonic() + RULES_LAST
                host.delay = min(host.rules.crawl_delay(self._agent) or 0.0, LONGEST_DELAY)
            return host.rules.can_fetch(address, self._agent)

    @contextmanager
    def turn(self, origin: str) -> Iterator[None]:
        """Wait until this server may be asked again, and let nobody else ask it meanwhile."""
        host = self._host(origin)
        with host.lock:
            pause = host.free_at - time.monotonic()
            if pause > 0:
                self._wait(pause)
            try:
                yield
            finally:
                host.free_at = time.monotonic() + max(self._delay, host.delay)

    def _host(self, origin: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(origin, _Host())

"""What all pages and routes share: the ledger, opened as often as it is read at once.

Promise: a ledger is used by one request at a time and closed when the program ends, and of the machine's files readers
see no more than the names. The odd case that forced the shape:
SQLite lets many read while one writes, but a connection can't be shared, and opening one for each request would read
the ledger's pages anew each time; so connections are kept and lent. Who takes a file slowly keeps one for as long, so
there are only so many of those. Where another file has taken the ledger's place, none that is kept is lent again: no
thread takes one or gives one back while another looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Full, LifoQueue
from secrets import token_hex
from threading import BoundedSemaphore, RLock

from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException

from onrecord.answers import Ledger
from onrecord.ledger.replaced import SameFile
from onrecord.ledger.store import LedgerError

READERS = 8
"""Connections that are kept; each has a cache of its own (`store.CACHE`)."""

STREAMS = READERS
"""Files that are sent at once; who comes then is told to come again."""


class File:
    """One file that is served: what is remembered of it is remembered for all connections."""


class Desk:
    """A ledger that is served. ``path``: its file; ``run``: what tells the server's run, the same in each process."""

    def __init__(self, path: Path, run: str | None = None) -> None:
        self.path = path
        self._run = run or token_hex(8)
        self._same = SameFile(path)
        self._lock = RLock()
        self._begin()
        self._streams = BoundedSemaphore(STREAMS)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Lend an open ledger, of the file that is there now. Raises LedgerError where it can't be used."""
        lent: Ledger | None = None
        with self._lock:
            if not self._same.look():
                self.close()
            idle, file = self._idle, self._file
            with suppress(Empty):
                lent = idle.get_nowait()
        if lent is None:
            lent = Ledger(self.path)
            lent.folders, lent.of = False, file
        try:
            yield lent
        finally:
            self._give_back(lent, idle)

    def _give_back(self, lent: Ledger, idle: LifoQueue[Ledger]) -> None:
        """Keep what was lent for who asks next, or close it."""
        with self._lock:
            with suppress(LedgerError):  # who asks next is told
                if not self._same.look():
                    self.close()
            if idle is self._idle:
                with suppress(Full):
                    idle.put_nowait(lent)
                    return
        lent.close()

    @contextmanager
    def streamed(self) -> Iterator[Ledger]:
        """Lend an open ledger for as long as a reader takes a file, piece by piece.

        Raises ServiceUnavailableException where too many do, LedgerError where the ledger can't be used.
        """
        if not self._streams.acquire(blocking=False):
            raise ServiceUnavailableException(
                "too many files are being sent at the moment; try again", headers={"Retry-After": "10"}
            )
        try:
            with self.ledger() as lent:
                yield lent
        finally:
            self._streams.release()

    def told(self, failure: LedgerError) -> str:
        """Return what is wrong with the ledger without where it lies, which is no business of readers."""
        return str(failure).removeprefix(f"{self.path}: ")

    def close(self) -> None:
        """Close what is not lent; what is lent now is lent to nobody again."""
        with self._lock:
            idle = self._idle
            self._begin()
        with suppress(Empty):
            while True:
                idle.get_nowait().close()

    def _begin(self) -> None:
        """Begin with the file that is there now."""
        self._idle: LifoQueue[Ledger] = LifoQueue(READERS)
        self._file = File()
        self.stamp = f"{self._run}{self._same.node}"
        """Another one for each file that is served and each run, and the same in all processes of a run."""


OfDesk = NamedDependency[Desk]
"""How a handler asks for the desk."""

"""What all pages and routes share: the ledger, opened as often as it is read at once.

Promise: a ledger is used by one request at a time and closed when the program ends, and of the machine's files readers
see no more than the names. The odd case that forced the shape:
SQLite lets many read while one writes, but a connection can't be shared, and opening one for each request would read
the ledger's pages anew each time; so connections are kept and lent. Who takes a file slowly keeps one for as long, so
there are only so many of those. Where another file has taken the ledger's place, none that is kept is lent again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Full, LifoQueue
from threading import BoundedSemaphore

from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException

from onrecord.answers import Ledger
from onrecord.ledger.replaced import SameFile
from onrecord.ledger.store import LedgerError

READERS = 8
"""Connections that are kept; each has a cache of its own (`store.CACHE`)."""

STREAMS = READERS
"""Files that are sent at once; who comes then is told to come again."""


class Desk:
    """A ledger that is served. ``path``: its file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._same = SameFile(path)
        self._idle: LifoQueue[Ledger] = LifoQueue(READERS)
        self._streams = BoundedSemaphore(STREAMS)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Lend an open ledger, of the file that is there now. Raises LedgerError where it can't be used."""
        if not self._same.look():
            self.close()
        idle = self._idle
        try:
            lent = idle.get_nowait()
        except Empty:
            lent = Ledger(self.path)
            lent.folders = False
        try:
            yield lent
        finally:
            with suppress(LedgerError):  # who asks next is told
                if not self._same.look():
                    self.close()
            try:
                if idle is not self._idle:
                    raise Full
                idle.put_nowait(lent)
            except Full:
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
        idle, self._idle = self._idle, LifoQueue(READERS)
        with suppress(Empty):
            while True:
                idle.get_nowait().close()


OfDesk = NamedDependency[Desk]
"""How a handler asks for the desk."""

"""What all pages and routes share: the ledger, opened as often as it is read at once.

Promise: a ledger is used by one request at a time and closed when the program ends, and of the machine's files readers
see no more than the names. The odd case that forced the shape:
SQLite lets many read while one writes, but a connection can't be shared, and opening one for each request would read
the ledger's pages anew each time; so connections are kept and lent. Who takes a file slowly keeps one for as long, so
there are only so many of those.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Full, LifoQueue
from threading import BoundedSemaphore

from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException

from onrecord.answers import Ledger
from onrecord.ledger.store import LedgerError

READERS = 8
"""Connections that are kept; each has a cache of its own (`store.CACHE`)."""

STREAMS = READERS
"""Files that are sent at once; who comes then is told to come again."""


class Desk:
    """A ledger that is served. ``path``: its file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: LifoQueue[Ledger] = LifoQueue(READERS)
        self._streams = BoundedSemaphore(STREAMS)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Lend an open ledger. Raises LedgerError where it can't be used."""
        try:
            lent = self._idle.get_nowait()
        except Empty:
            lent = Ledger(self.path)
            lent.folders = False
        try:
            yield lent
        finally:
            try:
                self._idle.put_nowait(lent)
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
        """Close what is not lent."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


OfDesk = NamedDependency[Desk]
"""How a handler asks for the desk."""

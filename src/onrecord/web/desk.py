"""What all pages and routes share: the ledger, opened as often as it is read at once.

Promise: a ledger is used by one request at a time and closed when the program ends. The odd case that forced the shape:
SQLite lets many read while one writes, but a connection can't be shared, and opening one for each request would read
the ledger's pages anew each time; so connections are kept and lent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from litestar.di import NamedDependency

from onrecord.answers import Ledger

READERS = 8
"""Requests that read at once; more wait. Each has a cache of its own (`store.CACHE`)."""


class Desk:
    """A ledger that is served. ``path``: its file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: LifoQueue[Ledger] = LifoQueue()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Lend an open ledger. Raises LedgerError where it can't be used."""
        try:
            lent = self._idle.get_nowait()
        except Empty:
            lent = Ledger(self.path)
        try:
            yield lent
        finally:
            self._idle.put(lent)

    def close(self) -> None:
        """Close what is not lent."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


OfDesk = NamedDependency[Desk]
"""How a handler asks for the desk."""

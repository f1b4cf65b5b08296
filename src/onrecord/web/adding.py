"""Documents that come in over HTTP: read one after the other in a process of their own, which keeps the models loaded.

Promise: pages are answered while documents are read, a document that was sent twice is kept once, and what became of
one can be asked for later. The odd case that forced the shape: reading takes seconds, the first even for the models to
be loaded, so whoever sends waits a while and is then told where to ask; what is asked there is the ledger, so that any
process can tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import msgspec
from msgspec.structs import replace

from onrecord.ledger import Ledger, add, open_ledger
from onrecord.ledger.adding import became_of, digest
from onrecord.ledger.store import SENT, LedgerError
from onrecord.nouns import Source

WAITING = 100
"""Documents that wait to be read; more are refused for the time being."""

PATIENCE = 20.0
"""Seconds that whoever sends a document waits."""


class Addition(msgspec.Struct, frozen=True):
    """What became of a document that was sent."""

    id: str
    """By which it can be asked for: the SHA-256 of what was sent."""
    outcome: str
    """`added`, `known` (it was there), `problem` (it can't be read) or `waiting`."""
    document: str | None = None
    """Its id in the ledger."""
    reason: str | None = None


class Full(Exception):
    """More documents wait than are taken."""


class Adding:
    """What reads documents into the ledger of a file."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: dict[str, asyncio.Future[Addition]] = {}

    async def add(self, source: Source) -> Addition:
        """Read a document and keep it; after a while return that it waits.

        Raises Full where too many wait, LedgerError where the ledger or the process that reads fails.
        """
        name = digest(source).hex()
        if name not in self._waiting:
            if len(self._waiting) >= WAITING:
                raise Full
            running = asyncio.wrap_future(self._read(name, replace(source, path=f"{SENT}{name[:16]}")))
            self._waiting[name] = running
            running.add_done_callback(lambda _: self._waiting.pop(name, None))
        try:
            return await asyncio.wait_for(asyncio.shield(self._waiting[name]), PATIENCE)
        except TimeoutError:
            return Addition(name, "waiting")
        except BrokenExecutor:
            raise LedgerError("the process that reads has ended; send the document again") from None

    def _read(self, name: str, source: Source) -> Future[Addition]:
        """Have the process read a document; where somebody has ended it, another one."""
        try:
            if self._pool is not None:
                return self._pool.submit(_add, self._ledger, name, source)
        except BrokenExecutor:
            self._pool = None
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        return self._pool.submit(_add, self._ledger, name, source)

    def became(self, ledger: Ledger, name: str) -> Addition | None:
        """Return what became of a document, by its `Addition.id`; None where neither it nor its problem is kept."""
        if name in self._waiting:
            return Addition(name, "waiting")
        document, reason = became_of(ledger, name, f"{SENT}{name[:16]}")
        if document is None and reason is None:
            return None
        return Addition(name, "added" if document else "problem", document, reason)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Read as long as this is open; what waits then is not read."""
        try:
            yield
        finally:
            if self._pool is not None:
                self._pool.shutdown(wait=True, cancel_futures=True)


def _add(path: Path, name: str, source: Source) -> Addition:
    """In the process that reads: one document into the ledger."""
    from onrecord.reading import reader

    with open_ledger(path) as ledger:
        (added,) = add(ledger, [source], reader(), lambda: datetime.now(UTC))
        document = became_of(ledger, name, source.path or "").document
    return Addition(name, added.outcome, document, added.reason or None)

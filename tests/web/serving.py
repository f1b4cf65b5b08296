"""The sample story in a ledger, a client of the application that serves it, and a server of it for browsers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn
from litestar import Litestar
from litestar.testing import TestClient
from starlette.types import ASGIApp

from onrecord.acquire import open_paths
from onrecord.ledger import add, open_ledger
from onrecord.reading import reader
from tests.samples.sample_corpus import SAMPLES

Client = TestClient[Litestar]


def story(path: Path) -> Path:
    """Return the file of a ledger that holds the sample story."""
    with open_ledger(path, create=True) as ledger:
        for _ in add(ledger, open_paths([str(SAMPLES)]), reader(), lambda: datetime(2031, 7, 1, tzinfo=UTC), 1):
            pass
    return path


@contextmanager
def serving(served: Litestar | ASGIApp, **settings: Any) -> Iterator[str]:
    """Serve an application and yield the address; ``settings``: of the server, as uvicorn has them."""
    with closing(socket.socket()) as port:
        port.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(served, **{**settings, "log_level": "error"}))
        thread = Thread(target=server.run, kwargs={"sockets": [port]}, daemon=True)
        thread.start()
        until = monotonic() + 20
        while not server.started and monotonic() < until:
            sleep(0.05)
        assert server.started
        yield f"http://127.0.0.1:{port.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)

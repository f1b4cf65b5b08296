"""A receiver of webhooks on loopback, which checks signatures as the documentation shows it and can be told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook


class Receiver:
    """What came in, and what is answered."""

    def __init__(self) -> None:
        self.secret: str | None = None
        self.status = 204
        self.location = ""
        self.came: list[tuple[str, dict[str, Any]]] = []
        """Of each message its id and what it says, once the signature has been checked."""
        self.heads: list[dict[str, str]] = []
        self.address = ""

    @property
    def told(self) -> list[list[str | None]]:
        """What each message says is now."""
        return [[change["now"] for change in said["data"]["changes"]] for _, said in self.came]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Yield a receiver that runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {key.lower(): value for key, value in self.headers.items()}
            receiver.heads.append(headers)
            if receiver.secret is not None:
                Webhook(receiver.secret).verify(body, headers)
            receiver.came.append((headers["webhook-id"], json.loads(body)))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.address = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Yield a receiver of a test's own."""
    with receiving() as running:
        yield running

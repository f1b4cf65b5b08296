"""The receiver of the month's alerts: a webhook on loopback that checks each signature, and is down now and then.

Promise: what counts as received is signed by the rule's secret (Standard Webhooks) and was answered by 200; when each
change came is what this clock says, not what the sender noted. The odd case that forced the shape: a watch that is
killed after a message was taken and before it noted that sends it again, under the same id, by which a receiver knows
it; so messages are kept by their ids, with how often each came.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from standardwebhooks.webhooks import Webhook


class Fact(NamedTuple):
    """What makes a change that is told the same as one that was found."""

    event: str
    day: str
    attribute: str
    what: str
    was: str | None
    now: str | None
    passage: tuple[str, int, int]
    """The document of the words that tell it and their span."""


class Receiver:
    """What came. ``now``: tells the time; ``down``: from when till when it answers 503."""

    def __init__(self, now: Callable[[], datetime], down: Sequence[tuple[datetime, datetime]]) -> None:
        self.now = now
        self.down = down
        self.address = ""
        self.secret = ""
        self.told_by: defaultdict[Fact, dict[str, datetime]] = defaultdict(dict)
        """Of each change the messages that tell it, by their ids, with when each came first."""
        self.came: Counter[str] = Counter()
        self.refused = 0
        """Requests while it was down."""
        self.unsigned = 0
        """Messages whose signature is none of the secret."""
        self.told: Callable[[], None] = lambda: None
        """Is called once a message is taken, before that is answered."""

    def take(self, head: dict[str, str], body: bytes) -> int:
        """Take a message and return the status of the answer."""
        now = self.now()
        if any(first <= now < until for first, until in self.down):
            self.refused += 1
            return 503
        name, moment = head.get("webhook-id", ""), head.get("webhook-timestamp", "")
        if not moment.isdigit():
            self.unsigned += 1
            return 401
        signed = Webhook(self.secret).sign(name, datetime.fromtimestamp(int(moment), UTC), body.decode())
        if not any(hmac.compare_digest(each, signed) for each in head.get("webhook-signature", "").split()):
            self.unsigned += 1
            return 401
        self.came[name] += 1
        for change in json.loads(body)["data"]["changes"]:
            self.told_by[_fact(change)].setdefault(name, now)
        self.told()
        return 200


def _fact(change: dict[str, Any]) -> Fact:
    passage = change["passage"]
    return Fact(
        change["event"], change["day"], change["attribute"], change["what"], change["was"], change["now"],
        (passage["document"], *passage["span"]),
    )  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        """Take a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.receiver.take({key.lower(): value for key, value in self.headers.items()}, body))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a watch that is killed leaves connections behind."""


@contextmanager
def receiving(receiver: Receiver) -> Iterator[None]:
    """Receive on a port of loopback as long as the block."""
    with _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"receiver": receiver})) as server:
        receiver.address = f"http://127.0.0.1:{server.server_address[1]}/alerts"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()

"""The server of the month: forty feeds and their pages on loopback, as of a moment that is told, failing by plan.

Promise: it answers as of `Stand.now` and of nothing else, and keeps which feed was asked for when and whether it
answered. The odd case that forced the shape: a watch is to be killed in the middle of a poll, and only who is asked
knows when that is, so the server calls back when it has answered for a feed with something new.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from evaluation.month.feeds import MEDIA, Held, feed, page
from evaluation.month.script import Item, Outlet, Script, utc

SILENCE = 0.4
"""Seconds for which a silent server keeps a caller waiting: more than the month's watch waits (`watching.IDLE`)."""


class Stand:
    """All outlets with what they have printed by now."""

    def __init__(self, script: Script) -> None:
        self.now = utc(script.items[0].moment)
        self.at = ""
        self.answered: defaultdict[str, dict[datetime, bool]] = defaultdict(dict)
        """Of each outlet when its feed was asked for, and whether it came."""
        self.failed: defaultdict[str, set[tuple[str, datetime]]] = defaultdict(set)
        """Of each way to fail when it did so to whom."""
        self.told: Callable[[], None] = lambda: None
        """Is called once a feed with an item that was not in it before has been sent."""
        self._outlets = {each.slug: each for each in script.outlets}
        self._items: defaultdict[str, list[Item]] = defaultdict(list)
        self._shown: defaultdict[str, int] = defaultdict(int)
        self._failures, self._renamed = script.failures, script.renamed
        for item in script.items:
            self._items[item.outlet].append(item)

    def address(self, outlet: Outlet) -> str:
        """Where the feed of an outlet is."""
        return f"{self.at}/{outlet.slug}/feed"

    def outlet(self, slug: str) -> Outlet | None:
        """Return an outlet by its slug."""
        return self._outlets.get(slug)

    def failing(self, slug: str) -> str | None:
        """Return in which way a feed fails now."""
        return next((f.way for f in self._failures if f.outlet == slug and f.first <= self.now <= f.last), None)

    def feed(self, outlet: Outlet) -> tuple[bytes, datetime]:
        """Return the feed of an outlet now, and when it was last changed."""
        items = [each for each in self._items[outlet.slug] if each.moment <= self.now]
        renamed = self._renamed.get(outlet.slug)
        later = renamed is not None and renamed <= self.now
        changed = [each.changed(self.now) for each in items] + ([renamed] if renamed and later else [])
        last = max(changed, default=self.now)
        return feed(outlet, items, Held(self.now, last, self.at, "-b" * later)), last

    def page(self, outlet: Outlet, number: int) -> tuple[bytes, datetime] | None:
        """Return a page and when it was last changed; None where there is none yet."""
        item = next((each for each in self._items[outlet.slug] if each.number == number), None)
        if item is None or item.moment > self.now:
            return None
        return page(outlet, item, self.now, self.at), item.changed(self.now)

    def sent(self, outlet: Outlet) -> None:
        """Note that a feed was sent, and call back where it had something new."""
        count = sum(each.moment <= self.now for each in self._items[outlet.slug])
        new, self._shown[outlet.slug] = count > self._shown[outlet.slug], count
        if new:
            self.told()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand: Stand

    def do_GET(self) -> None:
        """Answer for robots.txt, a feed or a page."""
        slug, _, rest = self.path.lstrip("/").partition("/")
        outlet = self.stand.outlet(slug)
        if outlet is None:
            self._send(404, b"", "text/plain")
        elif rest == "feed":
            self._feed(outlet)
        else:
            number = rest.removesuffix(".html")
            held = self.stand.page(outlet, int(number)) if number.isdigit() else None
            if held is None:
                self._send(404, b"", "text/plain")
            else:
                self._unless_known(outlet, *held, "text/html; charset=utf-8")

    def _feed(self, outlet: Outlet) -> None:
        way = self.stand.failing(outlet.slug)
        self.stand.answered[outlet.slug][self.stand.now] = way in (None, "not modified")
        if way is not None:
            self.stand.failed[way].add((outlet.slug, self.stand.now))
            _FAILS[way](self)
            return
        raw, changed = self.stand.feed(outlet)
        self._unless_known(outlet, raw, changed, MEDIA[outlet.kind])
        self.stand.sent(outlet)

    def _unless_known(self, outlet: Outlet, raw: bytes, changed: datetime, media: str) -> None:
        etag = f'"{sha256(raw).hexdigest()[:16]}"' if outlet.says in ("etag", "both") else ""
        modified = format_datetime(utc(changed), usegmt=True) if outlet.says in ("modified", "both") else ""
        asked = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        known = asked[0] == etag if etag and asked[0] else bool(modified) and asked[1] == modified
        said = [f"ETag: {etag}"] * bool(etag) + [f"Last-Modified: {modified}"] * bool(modified)
        self._send(304 if known else 200, b"" if known else raw, media, *said)

    def _send(self, status: int, raw: bytes, media: str, *said: str, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in (each.split(": ", 1) for each in said):
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(raw) if length is None else length))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _broken(handler: _Handler) -> None:
    handler._send(500, b"Internal error", "text/plain")


def _silent(handler: _Handler) -> None:
    time.sleep(SILENCE)
    handler.close_connection = True


def _reset(handler: _Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def _cut(handler: _Handler) -> None:
    handler._send(200, b"<rss><channel><title>", "application/rss+xml", length=9000)
    handler.close_connection = True


def _garbage(handler: _Handler) -> None:
    handler._send(200, b'<?xml version="1.0"?><rss><channel><item></titel>\x00\xff', "application/rss+xml")


def _circle(handler: _Handler) -> None:
    handler._send(302, b"", "text/plain", f"Location: {handler.path}")


def _not_modified(handler: _Handler) -> None:
    handler._send(304, b"", "")


def _no_items(handler: _Handler) -> None:
    handler._send(200, b"<rss><channel><title>Back soon</title></channel></rss>", "application/rss+xml")


_FAILS: dict[str, Callable[[_Handler], None]] = {
    "500": _broken,
    "silent": _silent,
    "reset": _reset,
    "cut": _cut,
    "garbage": _garbage,
    "circle": _circle,
    "not modified": _not_modified,
    "no items": _no_items,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a watch that is killed leaves connections behind."""


@contextmanager
def served(stand: Stand) -> Iterator[None]:
    """Serve a stand on a port of loopback as long as the block."""
    handler = type("Handler", (_Handler,), {"stand": stand})
    with _Server(("127.0.0.1", 0), handler) as server:
        stand.at = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield
        finally:
            with suppress(OSError):
                server.shutdown()

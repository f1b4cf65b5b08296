"""A server on loopback that misbehaves in a way for each path, for the tests of fetching."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from onrecord.acquire.fetch import Manners

NOON = datetime(2031, 3, 12, 12, 0, tzinfo=UTC)
PATIENT = Manners(delay=0, seconds=5, idle=5, allow_private=True)

PROSE = (
    "“We go to Ostrev on Friday,” Mara Lindqvist said. The palace of Velmark had called the summit off, as the Courier "
    "reported, after talks on the bridge between both towns had ended without a date."
)
PAGE = b"<html><body><h1>Talks</h1><p>The summit of Ostrev is off, the palace of Velmark says.</p></body></html>"

Answer = Callable[["Server", socket.socket, str], None]


class Server:
    """Answers each request of each connection by the way that its path names."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.asked: Counter[str] = Counter()
        self.heads: list[str] = []
        self.times: list[float] = []
        self.opened = 0
        """Connections."""
        self.given: dict[str, bytes] = {}
        """Answers that a test gives paths; what has an ETag is not sent to who knows it."""
        self.stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.opened += 1
            threading.Thread(target=self._connection, args=(connection,), daemon=True).start()

    def _connection(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while head := _head(connection):
                path = head.split(" ")[1] if " " in head else ""
                self.asked[path] += 1
                self.heads.append(head)
                self.times.append(time.monotonic())
                WAYS.get(path.split("?")[0], _missing)(self, connection, head)


def _head(connection: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            return ""
        head += piece
    return head.decode("latin-1")


def answer(body: bytes = PAGE, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """The bytes of an answer."""
    named = {each.partition(":")[0].lower() for each in headers}
    kind = [] if "content-type" in named else ["Content-Type: text/html; charset=utf-8"]
    lines = [f"HTTP/1.1 {status}", *kind, f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _says(*given: object, **named: object) -> Answer:
    return lambda server, connection, head: connection.sendall(answer(*given, **named))  # type: ignore[arg-type]


def _missing(server: Server, connection: socket.socket, head: str) -> None:
    given = server.given.get(head.split(" ")[1], answer(b"", "404 Not Found"))
    tag = re.search(rb'ETag: (".*?")', given)
    known = tag is not None and f"If-None-Match: {tag[1].decode()}\r" in head
    connection.sendall(answer(b"", "304 Not Modified") if known else given)


def _drip(piece: bytes) -> Answer:
    def way(server: Server, connection: socket.socket, head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" if piece.startswith(b"X") else answer(b"", length=100_000))
        while not server.stopped.wait(0.02):
            connection.sendall(piece)

    return way


def _endless(server: Server, connection: socket.socket, head: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not server.stopped.is_set():
        connection.sendall(b"x" * 1_000_000)


def _silent(server: Server, connection: socket.socket, head: str) -> None:
    server.stopped.wait(5)


def _reset(server: Server, connection: socket.socket, head: str) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def _closing(body: bytes) -> Answer:
    def way(server: Server, connection: socket.socket, head: str) -> None:
        connection.sendall(body)
        connection.close()

    return way


def _first(status: str, *headers: str) -> Answer:
    """So at the first request, and the page at the second."""

    def way(server: Server, connection: socket.socket, head: str) -> None:
        first = server.asked[head.split(" ")[1]] == 1
        connection.sendall(answer(b"", status, *headers) if first else answer())

    return way


def _unchanged(server: Server, connection: socket.socket, head: str) -> None:
    known = 'if-none-match: "v1"' in head.lower() and "if-modified-since: tue, 11" in head.lower()
    stamp = ('ETag: "v1"', "Last-Modified: Tue, 11 Mar 2031 10:00:00 GMT")
    connection.sendall(answer(b"", "304 Not Modified", *stamp) if known else answer(PAGE, "200 OK", *stamp))


def _cookie(server: Server, connection: socket.socket, head: str) -> None:
    connection.sendall(answer(b"sent" if "cookie:" in head.lower() else PAGE, "200 OK", "Set-Cookie: a=b; Path=/"))


def _feed(server: Server, connection: socket.socket, head: str) -> None:
    items = "".join(
        f"<item><title>{path}</title><link>{path}</link><description>In short.</description>"
        "<pubDate>Tue, 11 Mar 2031 00:30:00 +0200</pubDate></item>"
        for path in ("/page", "/gone", "/page#again")
    )
    feed = f"<rss><channel><title>The Ostrev Courier</title>{items}</channel></rss>".encode()
    connection.sendall(answer(feed, "200 OK", "Content-Type: application/rss+xml", 'ETag: "f"'))


def _outline(server: Server, connection: socket.socket, head: str) -> None:
    connection.sendall(answer(f'<opml><outline xmlUrl="{server.address}/feed"/></opml>'.encode()))


def _index(server: Server, connection: socket.socket, head: str) -> None:
    named = ("/sitemap-news.xml.gz", "/sitemap-sent-packed", "/sitemap-cut.xml.gz", "/sitemap-index", "/missing")
    places = "".join(f"<sitemap><loc>{server.address}{each}</loc></sitemap>" for each in named)
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</sitemapindex>'
    connection.sendall(answer(index.encode(), "200 OK", "Content-Type: application/xml"))


def _sitemap(server: Server) -> bytes:
    """A news sitemap of two pages, packed."""
    news = (
        "<news:news><news:publication><news:name>The Ostrev Courier</news:name></news:publication>"
        "<news:publication_date>2031-03-11T00:30:00+02:00</news:publication_date>"
        "<news:title>Talks off</news:title></news:news>"
    )
    places = f"<url><loc>{server.address}/page?a=1&amp;b=2</loc>{news}</url><url><loc>{server.address}/gone</loc></url>"
    return gzip.compress(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{places}</urlset>'.encode()
    )


def _packed_sitemap(*headers: str, cut: int | None = None) -> Answer:
    def way(server: Server, connection: socket.socket, head: str) -> None:
        connection.sendall(answer(_sitemap(server)[:cut], "200 OK", *headers))

    return way


def _numbered(server: Server, connection: socket.socket, head: str) -> None:
    """A feed with an item that tells of its number, whose summary stands before a long page where that is 0."""
    number = head.split(" ")[1].partition("?")[2]
    link = "<link>/long</link><description>In short.</description>" if number == "0" else ""
    told = f"The bridge number {number} of Ostrev opens in May, the palace of Velmark says."
    text = link or f"<content:encoded>&lt;p&gt;{told} {PROSE}&lt;/p&gt;</content:encoded>"
    feed = f"<rss><channel><title>Courier {number}</title><item><title>{told}</title>{text}</item></channel></rss>"
    connection.sendall(answer(feed.encode(), "200 OK", "Content-Type: application/rss+xml"))


def _long(server: Server, connection: socket.socket, head: str) -> None:
    paragraphs = (f"<p>{PROSE} That was the answer to question {number} of the day.</p>" for number in range(150))
    connection.sendall(answer(f"<html><body><h1>Questions</h1>{''.join(paragraphs)}</body></html>".encode()))


def _disallows(server: Server, connection: socket.socket, head: str) -> None:
    connection.sendall(answer(b"User-agent: *\nDisallow: /forbidden\n", "200 OK", "Content-Type: text/plain"))


def _bomb(packed: bytes, encoding: str) -> Answer:
    return _says(packed, "200 OK", f"Content-Encoding: {encoding}")


WAYS: dict[str, Answer] = {
    "/robots.txt": _disallows,
    "/forbidden": _says(),
    "/page": _says(),
    "/slow-head": _drip(b"X-Drip: a\r\n"),
    "/slow-body": _drip(b"a"),
    "/endless": _endless,
    "/silent": _silent,
    "/short": _closing(answer(PAGE, length=len(PAGE) + 50)),
    "/loop": _says(b"", "302 Found", "Location: /loop"),
    "/chain": _says(b"", "301 Moved Permanently", "Location: /chain-2"),
    "/chain-2": _says(b"", "307 Temporary Redirect", "Location: page"),
    "/to-private": _says(b"", "302 Found", "Location: http://[::ffff:10.0.0.1]/"),
    "/to-file": _says(b"", "302 Found", "Location: file:///etc/hostname"),
    "/to-no-port": _says(b"", "302 Found", "Location: http://velmark.example:99999/"),
    "/to-password": _says(b"", "302 Found", "Location: http://me:secret@velmark.example/"),
    "/latin": _says("Über Ostrev é".encode("latin-1"), "200 OK", "Content-Type: text/plain; charset=iso-8859-1"),
    "/no-charset": _says("<p>Über Ostrev é</p>".encode("latin-1"), "200 OK", "Content-Type: text/html; charset=lost"),
    "/bomb": _bomb(gzip.compress(bytes(50_000_000), 9), "gzip"),
    "/packed": _bomb(gzip.compress(PAGE), "gzip"),
    "/cut": _bomb(gzip.compress(PAGE)[:-9], "gzip"),
    "/unasked": _bomb(PAGE, "zstd"),
    "/unchanged": _unchanged,
    "/often": _first("429 Too Many Requests", "Retry-After: 7"),
    "/too-often": _says(b"", "429 Too Many Requests", "Retry-After: 86400"),
    "/busy": _first("503 Service Unavailable"),
    "/broken": _says(b"", "500 Internal Server Error"),
    "/reset": _reset,
    "/picture": _says(b"\x89PNG", "200 OK", "Content-Type: image/png"),
    "/pdf": _says(b"%PDF-1.7", "200 OK", "Content-Type: application/pdf"),
    "/huge-head": _closing(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n" + PAGE),
    "/bad-head": _says(PAGE, "200 OK", "X-Name: \xff\xfe", "Content-Type: text/html; charset=\xff"),
    "/cookie": _cookie,
    "/old": _closing(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
    "/chunks": _closing(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n" + PAGE),
    "/nonsense": _closing(b"\0\1\2 nothing of HTTP\r\n\r\n"),
    "/large": _says(b"", length=10**12),
    "/feed": _feed,
    "/outline": _outline,
    "/numbered": _numbered,
    "/long": _long,
    "/sitemap-index": _index,
    "/sitemap-news.xml.gz": _packed_sitemap("Content-Type: application/x-gzip"),
    "/sitemap-sent-packed": _packed_sitemap("Content-Type: text/xml", "Content-Encoding: gzip"),
    "/sitemap-cut.xml.gz": _packed_sitemap("Content-Type: application/gzip", cut=-40),
}


@contextmanager
def misbehaving() -> Iterator[Server]:
    """A server that runs as long as the block."""
    server = Server()
    try:
        yield server
    finally:
        server.stopped.set()
        server.socket.close()

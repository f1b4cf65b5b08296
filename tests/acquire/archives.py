"""Records of web archives as crawlers write them, and as they should not."""

from __future__ import annotations

import gzip
import zlib

PAGE = b"<html><body><p>The summit of Ostrev is off, the palace of Velmark says.</p></body></html>"


def response(
    number: int, body: bytes = PAGE, *, length: int = 0, status: bytes = b"200 OK", head: bytes = b"text/html"
) -> bytes:
    """A record of a server's answer; ``length`` is added to what its head says of its length."""
    answer = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s" % (status, head, body)
    return record(number, b"response", b"application/http; msgtype=response", answer, length)


def record(number: int, kind: bytes, media: bytes, block: bytes, length: int = 0) -> bytes:
    """A record of any kind."""
    return (
        b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2031-03-11T10:00:00Z\r\n"
        b"WARC-Target-URI: https://courier.example/%d\r\nWARC-Payload-Digest: sha1:%032d\r\nContent-Type: %s\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (kind, number, number, number, media, len(block) + length, block)
    )


def bomb(size: int) -> bytes:
    """A gzip member that begins like a record and unpacks to ``size`` bytes of nothing."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packing.compress(response(9, b"", length=size)[:-4])]
    pieces += [packing.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)]
    return b"".join((*pieces, packing.flush()))


def packed(*records: bytes) -> bytes:
    """Records as an archive holds them, each in a gzip member of its own."""
    return b"".join(map(gzip.compress, records))


def flipped(member: bytes, at: int) -> bytes:
    """A gzip member with a byte of it turned over."""
    spoiled = bytearray(member)
    spoiled[at] ^= 0xFF
    return bytes(spoiled)

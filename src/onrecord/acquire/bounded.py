"""Bytes, but never more than a document may have.

Promise: no input makes the program hold more than `LIMIT` + 1 bytes of one document, whatever its size on disk and
whatever it unpacks to; what is wrong is said as `UnreadableInput` with the file's name. The odd case that forced the
shape: a gzip file of some kilobytes can unpack to gigabytes and a device such as ``/dev/zero`` has no end, so size is
judged by what is read, while it is read, and not by what the file system says.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import BinaryIO, Protocol, cast

from onrecord.errors import UnreadableInput

LIMIT = 20_000_000
"""The most bytes one document may have: far above any news page, far below what would exhaust a small machine."""

GZIP_MAGIC = b"\x1f\x8b"

_LINES_SKIPPED_LIMIT = 10 * LIMIT
_CHUNK = 1 << 20
_LOOK = 4096


class Reader(Protocol):
    """Bytes that can be looked at before they are taken: a `BufferedReader` or a `gzip.GzipFile`.

    A GzipFile is not wrapped into a BufferedReader: that would lose what was unpacked before a break in the data.
    """

    def peek(self, size: int, /) -> bytes:
        """Return some of the next bytes without taking them."""

    def read(self, size: int, /) -> bytes:
        """Take up to ``size`` bytes."""

    def readline(self, size: int, /) -> bytes:
        """Take up to ``size`` bytes of a line."""


def buffered(raw: BinaryIO) -> Reader:
    """Return ``raw`` as a reader that can be peeked into."""
    return raw if isinstance(raw, BufferedReader) else BufferedReader(cast("BufferedReader", raw), _CHUNK)


def beginning(reader: Reader, where: str) -> bytes:
    """Return some of the first bytes without taking them (fewer from a slow pipe, none at the end).

    Raises UnreadableInput where they can't be read.
    """
    try:
        return reader.peek(_LOOK)[:_LOOK]
    except (OSError, EOFError, zlib.error) as problem:
        raise UnreadableInput(where, reading_failed(problem)) from problem


def unpacked(reader: Reader, where: str, named_gz: bool) -> Reader:
    """Return a reader of the unpacked bytes if these are gzip, else ``reader`` itself.

    Raises UnreadableInput where the name says gzip (``named_gz``) and the bytes do not.
    """
    if beginning(reader, where)[:2] == GZIP_MAGIC:
        return gzip.GzipFile(fileobj=cast(BinaryIO, reader))
    if named_gz:
        raise UnreadableInput(where, "the name ends in .gz, but the bytes are not gzip; rename it or pack it again")
    return reader


def read_bounded(reader: Reader, where: str) -> bytes:
    """Return all the bytes of one document. Raises UnreadableInput where there are too many or the gzip is broken."""
    try:
        raw = reader.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise UnreadableInput(where, reading_failed(problem)) from problem
    if len(raw) > LIMIT:
        raise UnreadableInput(where, too_large("the document"))
    return raw


def lines_bounded(reader: Reader, where: str) -> Iterator[tuple[int, bytes | UnreadableInput]]:
    """Yield ``(number from 1, line)`` of a file of any length, a line at a time.

    A line over the limit comes out as UnreadableInput and the rest goes on, until too much had to be skipped; a
    read that fails (a truncated gzip) comes out as the last pair.
    """
    number, skipped = 0, 0
    while True:
        number += 1
        try:
            line = reader.readline(LIMIT + 1)
            if len(line) > LIMIT:
                while line and not line.endswith(b"\n") and skipped < _LINES_SKIPPED_LIMIT:
                    line = reader.readline(_CHUNK)
                    skipped += len(line)
                yield number, UnreadableInput(f"{where}:{number}", too_large("the line"))
                if skipped >= _LINES_SKIPPED_LIMIT:
                    yield number, UnreadableInput(where, f"gave up after line {number}: no end of it in sight")
                    return
                continue
        except (OSError, EOFError, zlib.error) as problem:
            yield number, UnreadableInput(f"{where}:{number}", reading_failed(problem))
            return
        if not line:
            return
        yield number, line


ENCODINGS = ("gzip", "x-gzip", "deflate", "br")
"""How a server may pack what it answers, as `inflated` undoes it."""


def inflated(raw: bytes, encoding: str, where: str) -> bytes:
    """Return what an answer's body that was packed with one of the ``ENCODINGS`` unpacks to.

    Raises UnreadableInput where it is damaged, breaks off or has more than a document may have. The odd case: servers
    send ``deflate`` without the head that RFC 9110 asks for, and gzip in several members.
    """
    if encoding == "br":
        return _brotli(raw, where)
    form = 32 + zlib.MAX_WBITS if raw[:2] == GZIP_MAGIC or raw[:1] == b"\x78" else -zlib.MAX_WBITS
    pieces, size = [], 0
    try:
        while raw:
            unpacking = zlib.decompressobj(form)
            pieces.append(unpacking.decompress(raw, LIMIT + 1 - size))
            size += len(pieces[-1])
            if size > LIMIT:
                raise UnreadableInput(where, too_large("the page"))
            if not unpacking.eof:
                raise EOFError
            raw = unpacking.unused_data if unpacking.unused_data[:2] == GZIP_MAGIC else b""
    except (EOFError, zlib.error) as problem:
        raise UnreadableInput(where, reading_failed(problem)) from problem
    return b"".join(pieces)


def _brotli(raw: bytes, where: str) -> bytes:
    from fastwarc.stream_io import BrotliReader  # late: for few answers

    unpacking, pieces, size = BrotliReader(BytesIO(raw)), [], 0
    try:
        while size <= LIMIT and (piece := unpacking.read(LIMIT + 1 - size)):
            pieces.append(piece)
            size += len(piece)
    except OSError as problem:
        raise UnreadableInput(where, "the brotli data is damaged or breaks off") from problem
    if size > LIMIT:
        raise UnreadableInput(where, too_large("the page"))
    return b"".join(pieces)


def too_large(what: str) -> str:
    """Return the reason given for something over the limit."""
    return f"{what} has more than {LIMIT // 1_000_000} MB, the most that onrecord reads; split it or cut it down"


def reading_failed(problem: Exception) -> str:
    """Return the reason for bytes that could not be read, as a sentence part for the user."""
    if isinstance(problem, EOFError):
        return "the gzip data breaks off before its end; fetch or pack the file again"
    if isinstance(problem, gzip.BadGzipFile | zlib.error):
        return f"the gzip data is damaged ({problem}); fetch or pack the file again"
    if isinstance(problem, OSError) and problem.strerror:
        return f"reading failed: {problem.strerror}"
    return f"reading failed: {problem}"

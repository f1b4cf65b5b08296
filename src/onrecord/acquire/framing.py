"""The records of a web archive, each cut out of the bytes by itself, with what lies between them told as gaps.

Promise: every record that is whole comes out with its offset in the file, whatever stands before and after it; at most
one record of at most `LARGEST` bytes is held, and what is damaged comes out as the `UnreadableInput` that names the
offset. The odd case that forced the shape: archives are gzip members one after another, and one flipped bit ends every
reader that takes them for one stream, so after a damaged member the next is looked for among the bytes. ISO 28500:2017
(WARC 1.1), annex D: a member holds one record; others pack many into one, or do not pack at all, and are read too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.acquire.bounded import GZIP_MAGIC, LIMIT, Reader, reading_failed, too_large
from onrecord.errors import UnreadableInput

LARGEST = LIMIT + (1 << 20)
"""Bytes of a record: a document, and the heads before it."""

_CHUNK = 1 << 16
_HEAD = 1 << 16
_OPENING = 1 << 10
_KEPT = 2 * LIMIT
"""Packed bytes of a member that are kept, so that the next one can be looked for in them."""
_SKIPPED = 10 * LIMIT
_PACKED_LIKE_A_BOMB = 200
"""How many times its packed size a member may have when it is skipped; pages have about ten."""

_START = re.compile(rb"WARC/\d")
_NEXT = b"\nWARC/"
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n\Z")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?i)(\ncontent-length:[ \t]*)(\d{1,18})(?=[ \t]*\r?\n)")
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.S)
_BETWEEN = b"\r\n \t"
_PACKED = 16 + zlib.MAX_WBITS


class Framed(NamedTuple):
    """A record as it stands in the archive: its head and its block, and where it begins."""

    place: str
    raw: bytes
    mended: bool = False
    """Whether its length was wrong and the next record told where it ends."""


class _Damaged(Exception):
    """The rest of a member can't be unpacked."""


class _Window:
    """Some of the next bytes of a stream, with their offset; ``more`` gives the bytes after them, none at the end."""

    def __init__(self, more: Callable[[], bytes]) -> None:
        self._more = more
        self.held = bytearray()
        self.at = 0
        self.ended = False

    def fill(self, size: int) -> bool:
        """Hold at least ``size`` bytes; False where there are fewer."""
        while len(self.held) < size and not self.ended:
            more = self._more()
            self.held += more
            self.ended = not more
        return len(self.held) >= size

    def drop(self, size: int) -> None:
        """Go on by ``size`` bytes of those held."""
        del self.held[:size]
        self.at += size

    def drop_till(self, sign: re.Pattern[bytes], overlap: int = 16) -> bool:
        """Go on to where ``sign`` stands, or to the end (False)."""
        while True:
            found = sign.search(self.held)
            if found:
                self.drop(found.start())
                return True
            self.drop(max(0, len(self.held) - overlap))
            if not self.fill(len(self.held) + 1):
                self.drop(len(self.held))
                return False


def frames(reader: Reader, where: str) -> Iterator[Framed | UnreadableInput]:
    """Yield the records of an archive in order, and between them what is wrong with it.

    ``where``: the archive as errors name it; a place is ``where:offset``, for a later record of one gzip member
    ``where:offset+offset`` in what that unpacks to.
    """
    taken = _Window(lambda: reader.read(_CHUNK))
    try:
        taken.fill(2)
        if taken.held[:2] != GZIP_MAGIC:
            yield from _records(taken, lambda at: f"{where}:{at}")
            return
        while taken.fill(1):
            yield from _member(taken, where)
    except (OSError, EOFError, zlib.error) as problem:
        yield UnreadableInput(f"{where}:{taken.at + len(taken.held)}", reading_failed(problem))


def _member(taken: _Window, where: str) -> Iterator[Framed | UnreadableInput]:
    """The records of the gzip member that begins here; then ``taken`` stands at the next one.

    The last record comes out after the member's check sum was seen: what follows a record is looked at first.
    """
    taken.fill(18)
    place = f"{where}:{taken.at}"
    member = _Member(taken)
    try:
        if not _MEMBER.match(taken.held):
            raise _Damaged("no gzip member begins here")
        yield from _records(_Window(member.more), lambda at: f"{place}+{at}" if at else place, packed=True)
    except _Damaged as problem:
        found = _next_member(taken)
        rest = f"went on at byte {taken.at}" if found else "there is nothing after it"
        yield UnreadableInput(place, f"the archive is damaged here ({problem}); {rest}")
    else:
        member.close()


def _next_member(taken: _Window) -> bool:
    """Go on to the next gzip member that unpacks to a record."""
    taken.drop(min(1, len(taken.held)))
    while taken.drop_till(_MEMBER):
        taken.fill(_OPENING)
        try:
            opening = zlib.decompressobj(_PACKED).decompress(bytes(taken.held[:_OPENING]), 64)
        except zlib.error:
            opening = b""
        if _START.match(opening.lstrip(_BETWEEN)):
            return True
        taken.drop(1)
    return False


class _Member:
    """What a gzip member unpacks to, in pieces; its packed bytes stay held until it is closed."""

    def __init__(self, taken: _Window) -> None:
        self._taken = taken
        self._unpack = zlib.decompressobj(_PACKED)
        self._read = 0
        self._given = 0
        self._packed = 0

    def more(self) -> bytes:
        """Return the next piece, empty at the end. Raises _Damaged where they are broken or a bomb."""
        while not self._unpack.eof:
            if self._unpack.unconsumed_tail:
                packed = self._unpack.unconsumed_tail
            else:
                if not self._taken.fill(self._read + 1):
                    raise _Damaged("the gzip data breaks off")
                packed = bytes(self._taken.held[self._read : self._read + _CHUNK])
                self._read += len(packed)
                self._packed += len(packed)
                self._forget_much()
            try:
                piece = self._unpack.decompress(packed, _CHUNK)
            except zlib.error as problem:
                raise _Damaged(str(problem)) from problem
            self._given += len(piece)
            if self._given > _SKIPPED and self._given > _PACKED_LIKE_A_BOMB * self._packed:
                raise _Damaged(f"it unpacks to more than {_SKIPPED // 1_000_000} MB of hardly anything")
            if piece:
                return piece
        return b""

    def close(self) -> None:
        """Go on to the byte after the member, which has been unpacked to its end."""
        self._taken.drop(self._read - len(self._unpack.unused_data))

    def _forget_much(self) -> None:
        if self._read > _KEPT:
            self._taken.drop(self._read - _CHUNK)
            self._read = _CHUNK


def _records(window: _Window, place: Callable[[int], str], packed: bool = False) -> Iterator[Framed | UnreadableInput]:
    """The records of a stream of unpacked bytes; the end of what was ``packed`` together is the end of a record."""
    while _begins(window):
        at = window.at
        if not _START.match(window.held):
            found = window.drop_till(_START)
            rest = f"{window.at - at} bytes are passed over" if found else "no record comes after it"
            yield UnreadableInput(place(at), f"no record begins here; {rest}")
            continue
        end = _end_of_head(window)
        length = _LENGTH.search(window.held, 0, end) if end else None
        if length is None:
            window.drop(4)
            window.drop_till(_START)
            missing = "has no length" if end else "has no end of its head"
            yield UnreadableInput(place(at), f"the record {missing}; it is passed over")
            continue
        size = end + int(length[2])
        if size > LARGEST:
            yield UnreadableInput(place(at), too_large("the record"))
            _pass_over(window, end, size)
            continue
        yield _framed(window, place(at), end, size, packed)


def _begins(window: _Window) -> bool:
    """Go on past what may stand between records; False at the end."""
    while window.fill(1):
        blank = len(window.held) - len(window.held.lstrip(_BETWEEN))
        if not blank:
            return True
        window.drop(blank)
    return False


def _end_of_head(window: _Window) -> int:
    """The length of the head with the empty line after it; 0 where none ends within what a head may have."""
    while True:
        found = _HEAD_END.search(window.held, 0, _HEAD)
        if found:
            return found.end()
        if len(window.held) >= _HEAD or not window.fill(len(window.held) + 1):
            return 0


def _pass_over(window: _Window, end: int, size: int) -> None:
    """Go past a record that is too large: to the next one, or as far as its length says."""
    window.drop(end)
    goal = window.at + size - end
    while window.at < goal:
        window.fill(1 << 20)
        found = _next_record(window.held, 0)
        if found >= 0 or len(window.held) <= 16:
            window.drop(found if found >= 0 else len(window.held))
            return
        window.drop(min(len(window.held) - 16, goal - window.at))


def _next_record(held: bytearray, start: int) -> int:
    """Where the empty line before the next record begins; -1 where none is held."""
    at = held.find(_NEXT, start)
    while at >= 0:
        empty = _EMPTY_LINE.search(held, max(at - 3, start), at + 1)
        if empty:
            return empty.start()
        at = held.find(_NEXT, at + 1)
    return -1


def _framed(window: _Window, place: str, end: int, size: int, packed: bool) -> Framed | UnreadableInput:
    """The record that begins here, of ``size`` bytes by its own word; what follows tells whether that is true."""
    whole = window.fill(size)
    if whole and _is_followed(window, size):
        raw = bytes(window.held[:size])
        window.drop(size)
        return Framed(place, raw)
    window.fill(LARGEST)
    following = _next_record(window.held, end - 4)
    if following < 0 and not (window.ended and (whole or packed)):
        window.drop(len(window.held))
        return UnreadableInput(place, "the record breaks off before its end, or its length is wrong")
    size = following if following >= 0 else len(window.held.rstrip(_BETWEEN))
    head = _LENGTH.sub(lambda found: found[1] + str(size - end).encode(), bytes(window.held[:end]), count=1)
    raw = head + bytes(window.held[end:size])
    window.drop(max(size, end))
    return Framed(place, raw, mended=True)


def _is_followed(window: _Window, size: int) -> bool:
    """Whether the record of this size is followed by another, or by the end."""
    reach = size + 64
    window.fill(reach)
    after = bytes(window.held[size:reach]).lstrip(_BETWEEN)
    return after.startswith(b"WARC/"[: len(after)]) if after else window.ended or len(window.held) < reach

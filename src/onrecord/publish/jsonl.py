"""Readings as JSON Lines: one reading a line, UTF-8, in input order.

Promise: a line is complete in itself and has no line break inside, so a stream of them can be cut at any line end.
"""

from __future__ import annotations

import msgspec

from onrecord.nouns import Reading

_encode = msgspec.json.Encoder().encode


def json_line(reading: Reading) -> bytes:
    """Return one reading as the UTF-8 bytes of one line, its line break included."""
    return _encode(reading) + b"\n"

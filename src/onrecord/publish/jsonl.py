"""JSON Lines: one reading, document, statement, event or change a line, UTF-8.

Promise: a line is complete in itself and has no line break inside, so a stream of them can be cut at any line end; it
is what `--json` of the command line prints, and `onrecord schema` tells its shape. The odd case that forced the shape:
what a ledger knows of an event is more than a program needs, so its line is `objects.event_object` of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from onrecord.nouns import Reading
from onrecord.publish.formats import Kind
from onrecord.publish.objects import brief_object, change_object, event_object
from onrecord.publish.rows import TABLES
from onrecord.publish.site import NOWHERE, Site

_encode = msgspec.json.Encoder().encode

BATCH = 500
"""Lines that are written together."""

OBJECTS: dict[Kind, Callable[[Any], Iterable[Any]]] = {
    "events": lambda held: (event_object(held),),
    "briefs": lambda brief: (brief_object(brief),),
    "changes": lambda change: (change_object(change),),
    "claims": TABLES["claims"].rows,
    "evidence": TABLES["evidence"].rows,
}
"""What becomes of things that are no objects for other programs already."""


def json_line(reading: Reading) -> bytes:
    """Return one reading as the UTF-8 bytes of one line, its line break included."""
    return _encode(reading) + b"\n"


def json_lines(things: Iterable[Any], site: Site = NOWHERE, kind: Kind = "events") -> Iterator[bytes]:
    """Yield the parts of a file of things of a kind, whole lines each."""
    objects = OBJECTS.get(kind, lambda thing: (thing,))
    lines = (_encode(each) + b"\n" for thing in things for each in objects(thing))
    while some := list(islice(lines, BATCH)):
        yield b"".join(some)

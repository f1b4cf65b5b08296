"""Long answers in pages: a page, the address of the next one, and the cursor in it.

Promise: what comes to the ledger while a program goes from page to page makes it see nothing twice and miss nothing of
what was there. The odd case that forced the shape: many answers are lists that are worked out (what answers words best,
what comes soonest), which have no rows to go on from; so a cursor names the last thing that was given, and where that
stands now is found again.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated, Any, Generic, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

T = TypeVar("T")

MOST = 200
"""Things on a page at most."""
USUAL = 50
DEEP = 100_000
"""Things that a cursor can have before it."""

Most = Annotated[int, QueryParameter(name="most", ge=1, le=MOST, description="How many on one page.")]
Cursor = Annotated[
    str | None,
    QueryParameter(
        name="cursor", max_length=4000,
        description="Where the page begins: from `next` of the page before. Nothing to be made or looked into.",
    ),
]  # fmt: skip


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some of the things that were asked for."""

    items: tuple[T, ...]
    next: str | None
    """The address of the next page; null on the last one."""


class Added(msgspec.Struct, frozen=True):
    """What was added, by its number."""

    number: int


class Place(NamedTuple):
    """How far a list has been given: how many, and the last of them."""

    seen: int = 0
    last: str = ""


def paged(
    request: Request[Any, Any, Any],
    cursor: str | None,
    most: int,
    first: Callable[[int], Sequence[T]],
    key: Callable[[T], str],
    shown: Callable[[T], Any],
) -> tuple[tuple[Any, ...], str | None]:
    """Return the items of a page and the address of the next one.

    ``first`` gives that many things from the beginning of the list, ``key`` what tells one from the others, ``shown``
    its object. Raises NotFoundException for a cursor that is not of this list.
    """
    place = _place(request, cursor)
    asked = place.seen + most + 1
    while True:
        held = first(asked)
        start = _start(held, place, key)
        if len(held) < asked or len(held) > start + most or asked > DEEP:
            break
        asked *= 2
    items = held[start : start + most]
    if len(held) <= start + most or not items:
        return tuple(map(shown, items)), None
    return tuple(map(shown, items)), _address(request, Place(start + most, _digest(key(items[-1]))))


def _start(held: Sequence[T], place: Place, key: Callable[[T], str]) -> int:
    """Where a list goes on: behind the last that was given, which what is new may have moved."""
    if not place.seen:
        return 0
    near = sorted(range(len(held)), key=lambda at: abs(at - place.seen + 1))
    return next((at + 1 for at in near if _digest(key(held[at])) == place.last), place.seen)


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:16]


def _asked(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    query = request.scope["query_string"].decode("latin-1")
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "cursor"]


def _list(request: Request[Any, Any, Any]) -> str:
    """What tells the list that is asked for from others: address and question, without the size of a page."""
    question = sorted(each for each in _asked(request) if each[0] != "most")
    return _digest(f"{request.scope['path']}?{urlencode(question)}")


def _address(request: Request[Any, Any, Any], place: Place) -> str:
    packed = msgspec.json.encode((_list(request), *place))
    cursor = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    return f"{request.scope['path']}?{urlencode([*_asked(request), ('cursor', cursor)])}"


def _place(request: Request[Any, Any, Any], cursor: str | None) -> Place:
    if cursor is None:
        return Place()
    try:
        packed = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        name, seen, last = msgspec.json.decode(packed, type=tuple[str, int, str])
    except (binascii.Error, UnicodeError, ValueError, msgspec.DecodeError):
        name, seen, last = "", 0, ""
    if name != _list(request) or not 0 < seen <= DEEP:
        raise NotFoundException("there is no such page: take the address in `next` as it is")
    return Place(seen, last)

"""Found words in a text, marked, with as much around them as a list has room for.

Promise: the pieces put together are a stretch of the text, with an ellipsis where it is cut; words are found as the
ledger finds them, whatever their case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

ROOM = 320
"""Characters of a text that a list shows."""

BEFORE = 80
"""Of these, how many before the first word that was found."""

_WORD = re.compile(r"[^\W_]+")


class Bit(NamedTuple):
    """A stretch of a text: what was asked for, or what stands between."""

    text: str
    hit: bool = False


def snippet(text: str, asked: str, room: int = ROOM) -> list[Bit]:
    """Return the stretch of a text in which the words that were asked for begin, cut at them."""
    wanted = {_plain(word) for word in _WORD.findall(asked)}
    hits = [match.span() for match in _WORD.finditer(text) if _plain(match.group()) in wanted] if wanted else []
    low, high = 0, len(text)
    if len(text) > room:
        low = _begin(text, max(0, (hits[0][0] if hits else 0) - BEFORE))
        high = _end(text, min(len(text), low + room))
    found: list[Bit] = [Bit("… ")] if low else []
    at = low
    for start, stop in hits:
        if start < at or stop > high:
            continue
        found += [Bit(text[at:start])] if start > at else []
        found.append(Bit(text[start:stop], True))
        at = stop
    found += [Bit(text[at:high])] if high > at else []
    return [*found, Bit(" …")] if high < len(text) else found


def _begin(text: str, place: int) -> int:
    """The beginning of the word in which a place lies."""
    return text.rfind(" ", 0, place) + 1 if place else 0


def _end(text: str, place: int) -> int:
    """The end of the last word before a place; the place itself in a word that is longer than a list is wide."""
    blank = text.rfind(" ", 0, place) if place < len(text) else place
    return blank if blank > place - ROOM // 2 else place


def _plain(word: str) -> str:
    spread = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))

"""Found words in a text, marked, with as much around them as a list has room for.

Promise: the pieces put together are a stretch of the text, with an ellipsis where it is cut; words are found as the
ledger finds them, whatever their case and accents.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.ledger.questions import WORD, plain, words_in
from onrecord.ledger.texts import BEFORE, ROOM, begin_of_word, end_of_word


class Bit(NamedTuple):
    """A stretch of a text: what was asked for, or what stands between."""

    text: str
    hit: bool = False


def snippet(text: str, asked: str, room: int = ROOM) -> list[Bit]:
    """Return the stretch of a text in which the words that were asked for begin, cut at them."""
    wanted = {plain(word) for word in words_in(asked)}
    hits = [match.span() for match in WORD.finditer(text) if plain(match.group()) in wanted] if wanted else []
    low, high = 0, len(text)
    if len(text) > room:
        low = begin_of_word(text, max(0, (hits[0][0] if hits else 0) - BEFORE))
        high = end_of_word(text, min(len(text), low + room), room)
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

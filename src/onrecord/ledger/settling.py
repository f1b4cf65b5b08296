"""How far a late entity bears on those that follow it in its block.

Promise: what has settled comes out as if all had been compared to the end. The odd case that forced its shape: who was
told of by a few documents only is judged by each of them, so that one more of these never settles.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

import msgspec

from onrecord.ledger.identity import LATEST, UNDECIDED, Telling, Why

BY_NAME_ALONE = ("land ", "body ", "government ")
"""How the blocks begin in which the first that is told of is joined by all others."""

_LONE = msgspec.json.encode(UNDECIDED).decode()


class Row(NamedTuple):
    """An entity that is compared, with the identity that it was before and why; None: it is new."""

    entity: int
    telling: Telling
    was: str | None
    because: str | None
    own: str
    """The id of the identity that it begins, where it does."""


def begun_by(telling: Telling) -> str:
    """Return the id of an identity by what it begins with."""
    return id_at(telling.place, telling.named.number)


def id_at(place: str, number: str) -> str:
    """Return the id of an identity by the place and the number of the entity that it begins with."""
    return "P" + sha256(f"{place}\n{number}".encode()).hexdigest()[:10]


class Settling:
    """Whether what is new in a block still bears on what follows: not on identities told of often enough since."""

    def __init__(self, block: str) -> None:
        self._by_name_alone = block.startswith(BY_NAME_ALONE)
        self._since: dict[str, int] = {}
        """For each identity that is not what it was, the tellings since then that are."""
        self._never = False

    def take(self, row: Row, chosen: str, why: Why, young: Callable[[str], bool]) -> None:
        """Take one comparison with what came of it. ``young``: whether an identity has hardly begun."""
        lone = chosen == row.own and why == UNDECIDED
        if chosen == row.was and lone == (row.because == _LONE and row.was == row.own):
            if chosen in self._since:
                self._since[chosen] += 1
            return
        for identity in {chosen, row.was or chosen}:
            if identity == row.own and lone and row.was is None:
                continue
            self._never |= identity == row.own or (not self._by_name_alone and young(identity))
            if not self._by_name_alone:
                self._since[identity] = 0

    def settled(self) -> bool:
        """Return whether all is as it would be without what is new."""
        return not self._never and all(count >= LATEST for count in self._since.values())

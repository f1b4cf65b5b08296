"""What tells two votes apart, whatever they share: their states, the parts of one, the question, who votes.

Promise: nothing here weighs; `same_seat` alone says what two votes are both of. The odd case that forced its shape: a
text that tells of one land's election names others in passing, and what a party holds within itself is told in the same
breath as the election that it goes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from onrecord.ledger.days import days_between
from onrecord.ledger.naming import several, states, terms
from onrecord.ledger.tellings import Outline, in_part
from onrecord.ledger.told import Told

REFERENDUM = "referendum"

OF_STATES = frozenset({"election", REFERENDUM})
"""What a state, or a part of one, holds one of at a time."""

AT_A_TIME = 60
"""Days within which a state is told of as holding one referendum, however its question is put."""

OF_OTHER_STATES = "they are of different states"


def other_vote(told: Told, thread: Outline) -> str:
    """Return in words why a vote is another than that of a thread; empty where nothing says so."""
    one, other = lands(told.keys, told.near), lands(thread.keys, thread.near)
    if one and other and not one & other:
        return OF_OTHER_STATES
    if told.family == REFERENDUM:
        if several(told.name) not in map(several, thread.names):
            return "one is several, the other is a single one"
        asked = told.about and thread.about and not told.about & thread.about
        if asked and days_between(thread.day, told.day) > AT_A_TIME:
            return "they are on different questions"
    called = " ".join(thread.names).lower().split()
    if _within_party((*told.name.lower().split(), *told.about)) != _within_party((*called, *thread.about)):
        return "one is held within a party, the other is not"
    if (thread.in_part or in_part(told)) and _elsewhere(told, thread):
        return "they are in different parts of a state"
    return ""


def _within_party(words: Iterable[str]) -> bool:
    """Whether words name what a party holds within itself, or are about that: "the nomination", "the primaries"."""
    return not terms().within.isdisjoint(words)


def lands(own: Set[str], near: Set[str]) -> Set[str]:
    """Return the states of an election: those that it is called by, held by or in; where there are none those near."""
    return own & states() or near & states()


def same_seat(told: Told, thread: Outline) -> Set[str]:
    """Return the names of the states, or parts of one, that two elections are both of."""
    if told.family not in OF_STATES:
        return frozenset()
    if thread.in_part or in_part(told):
        return _part(told) & _part(thread)
    return lands(told.keys, told.near) & lands(thread.keys, thread.near)


def _part(voted: Told | Outline) -> frozenset[str]:
    """The names of the part of a state that a vote is in."""
    return frozenset(voted.words | voted.whose | voted.places) - states() - terms().parties


def _elsewhere(told: Told, thread: Outline) -> bool:
    """Whether two votes are in different parts of a state; one that names no part is where its neighbours say."""
    one, other = _part(told), _part(thread)
    return not one & (other or thread.near) and not other & (one or told.near) and bool(one or other)

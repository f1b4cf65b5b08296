"""Which changes of an event are news to who waits for them, and not the same fact in other words.

Promise: what is left out here is known to the ledger, shown and among its changes; nobody is called for it. The odd
case that forced the shape: "Selm will host the talks" tells that they will be in Selm, and who waits for those who take
part does not wait for the town.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.ledger.changing import Change
from onrecord.ledger.state import is_coarser
from onrecord.ledger.told import Told


def news(changes: Iterable[Change], tellings: Sequence[Told]) -> list[Change]:
    """Return those changes of an event that are news, by all that is told of it."""
    return [each for each in changes if not (_only_hosts(each, tellings) or _only_finer(each))]


def _only_hosts(change: Change, tellings: Sequence[Told]) -> bool:
    """Whether who is told to take part is the place where it is held, and no more than its host."""
    if change.attribute != "participant" or change.what != "new":
        return False
    told = [(claim.attribute, claim.value) for each in tellings for claim in each.claims]
    return {("host", change.now), ("venue", change.now)} <= set(told) and ("participant", change.now) not in told


def _only_finer(change: Change) -> bool:
    """Whether a place that was known is told more exactly: "the court of Selm", of what was to be in Selm."""
    was, now = (value.rpartition(" (") if value else ("", "", "") for value in (change.was, change.now))
    return change.attribute == "venue" and was[2] == now[2] and is_coarser(was[0], now[0])

"""Events of which a document tells too little to count by itself, for whoever knows of them from other documents.

Promise: nothing here is an event of the reading; a ledger takes one only where another document tells of the same. The
odd case that forced its shape: "Monday's tram strike is off for now" is told to those who read of the strike last week;
to a reader of this page alone neither words nor tagger make it likely that there is one.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from onrecord.events import claims
from onrecord.events.ground import Ground
from onrecord.events.merge import Cluster, Seen
from onrecord.events.signs import NOT_GOING
from onrecord.nouns import Event, Status

HELD = frozenset(
    {
        "meeting", "visit", "conference", "election", "motion", "hearing", "protest", "sport", "ceremony", "exercise",
        "launch", "signing",
    }
)  # fmt: skip
"""Groups of what is held on some day and is named again by its noun; measures and reports are not."""


def events(ground: Ground, unlikely: Iterable[tuple[Cluster, Status, float]]) -> tuple[Event, ...]:
    """Return those clusters that a noun of the table names, numbered w1, w2, … in text order.

    ``unlikely``: clusters that are no likely events as such, with their status and how likely they are.
    """
    named = (each for each in unlikely if any(map(_names, each[0].seen)))
    ordered = sorted(named, key=lambda each: each[0].seen[0].mention.head)
    return tuple(
        replace(claims.event(ground, cluster, status, number, [], [], chance), id=f"w{number}")
        for number, (cluster, status, chance) in enumerate(ordered, 1)
    )


def _names(seen: Seen) -> bool:
    """Whether a mention names an event by a noun of the table, or is a journey that will not be made."""
    mention = seen.mention
    if any(sign.rule == NOT_GOING for sign in seen.evidence):
        return True
    return mention.origin == "table" and not mention.verbal and mention.entry.group in HELD

"""Whether the words that a quote shares with a record can be chance.

Promise: the more is searched, the more words it takes; somebody else's words take more than the named speaker's own,
changed ones more than the same ones, and words of another season more than those of the week. The odd case that forced
the shape: "disgusting" and "a clear threat to international peace" stand in any ten years of briefings, said by many,
and tell nothing about who said them last night.
"""

from __future__ import annotations

from math import log10

from onrecord.check.ladder import HONEST, Held

FEW = 100
"""Passages, one transcript's, among which a single word of content is found by chance seldom enough."""
PHRASE = 4
"""Words of the named speaker's own that are a phrase of theirs; fewer are words that everybody uses."""
NEAR_DAYS = 60
"""Days before a quote was printed from which it is likely to be."""
ANOTHERS_SHARE, UNKNOWN_SHARE = 0.9, 0.75
"""Of a changed quote's words, those that must be the record's where they are another's, or nobody knows whose."""


def by_chance(held: Held, own: bool | None, searched: int, days: int | None) -> bool:
    """Return whether words that were found are too few to tell anything.

    ``own``: whether they are the named speaker's; None: that is not known. ``searched``: passages that were looked
    through. ``days``: how long before the quote was printed they were said; None: not known.
    """
    needed = int(log10(max(searched, FEW) / FEW))
    same = held.rung in HONEST
    if own is True:
        needed = 0 if same and held.words >= PHRASE else min(needed, 2)
    elif not same and held.rung != "reworded":
        if held.share < (ANOTHERS_SHARE if own is False else UNKNOWN_SHARE) and needed:
            return True
        needed += 2 if needed else 1
    elif own is False:
        needed += 1
    if own is not True and days is not None and not -1 <= days <= NEAR_DAYS:
        needed += 2
    return held.told < needed

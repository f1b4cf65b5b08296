"""Chains carried on: a report that one paragraph names, and the next goes on with.

Promise: what is carried is marked ``carried``, and put by one rule. A chain that is named for a statement holds on for
the statements of the *next* paragraph, so long as they name no chain of their own, and their speaker is only a role
(``a spokeswoman for the ministry``), or is the same as before, meant by a pronoun or by no word at all. Such a speaker
is known to the reader through the report that has just been named; a speaker with a name, or one brought in anew
without one (``another diplomat``), opens a report of its own. A chain is never carried over more than one paragraph.
"""

from __future__ import annotations

from onrecord.nouns import Speaker
from onrecord.statements.draft import Link


def carry(told: list[tuple[int, Speaker, tuple[Link, ...]]]) -> list[tuple[Link, ...]]:
    """Return the chains with those carried on by the rule above.

    For each outermost statement in text order: the block it begins in, its speaker, its own chain.
    """
    result = []
    source: tuple[int, Speaker, tuple[Link, ...]] | None = None
    for block, speaker, own in told:
        carried: tuple[Link, ...] = ()
        if own:
            source = block, speaker, own
        elif source is not None and block <= source[0] + 1 and _is_known_through(speaker, source[1]):
            carried = tuple(link._replace(carried=True) for link in source[2])
        elif source is not None and block > source[0]:
            source = None
        result.append(own or carried)
    return result


def _is_known_through(speaker: Speaker, earlier: Speaker) -> bool:
    """Whether the reader knows a speaker only through the report that has just been named."""
    if speaker.how == "role":
        return True
    return speaker.how in ("pronoun", "continued") and speaker.entity is not None and speaker.entity == earlier.entity

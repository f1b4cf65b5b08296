"""Chains carried on: a report that one paragraph names, and the next goes on with.

Promise: what is carried is marked ``carried``, and put by one rule. A chain that is named for a statement holds on for
the statements of the *next* paragraph, so long as they name no chain of their own, and their speaker is only a role
(``a spokeswoman for the ministry``), or is the same as before, meant by a pronoun, by no word at all or, where he was
not named, by "the" (``the official``). Such a speaker is known to the reader through the report that has just been
named; a speaker with a name, or one brought in anew without one (``another diplomat``), opens a report of its own. A
chain is never carried over more than one paragraph.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.nouns import Speaker
from onrecord.statements.draft import Link


class Told(NamedTuple):
    """What carrying on asks of an outermost statement."""

    block: int
    """The block that it begins in."""
    speaker: Speaker
    definite: bool
    """Whether the words that name the speaker begin with "the"."""
    chain: tuple[Link, ...]
    """Its own."""


def carry(told: list[Told]) -> list[tuple[Link, ...]]:
    """Return the chains of statements, in text order, with those carried on by the rule above."""
    result = []
    source: Told | None = None
    for each in told:
        carried: tuple[Link, ...] = ()
        if each.chain:
            source = each
        elif source is not None and each.block <= source.block + 1 and _is_known_through(each, source.speaker):
            carried = tuple(link._replace(carried=True) for link in source.chain)
        elif source is not None and each.block > source.block:
            source = None
        result.append(each.chain or carried)
    return result


def _is_known_through(told: Told, earlier: Speaker) -> bool:
    """Whether the reader knows a speaker only through the report that has just been named."""
    speaker, unnamed = told.speaker, earlier.how == "unnamed"
    if speaker.how == "unnamed":
        return unnamed and told.definite
    if speaker.how in ("pronoun", "continued"):
        return speaker.entity == earlier.entity and (unnamed or speaker.entity is not None)
    return speaker.how == "role"

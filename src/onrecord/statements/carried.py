"""Chains carried on: a report that one paragraph names, and the next goes on with.

Promise: what is carried is marked ``carried``, and put by one rule. A chain that is named for a statement holds on for
the statements of the *next* paragraph, so long as they name no chain of their own, and their speaker is the same as
before: the same entity, meant by its role, a pronoun or no word at all; a role that shares a noun with him (``a
spokeswoman for the ministry`` behind ``the ministry``); or, where he was not named, ``the official``. Such a speaker is
known to the reader through the report that has just been named; a speaker with a name, or one brought in anew without
one (``another diplomat``, ``his lawyer``), opens a report of its own. A chain is never carried over more than one
paragraph.
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
    nouns: frozenset[str]
    """The common nouns of the words that name the speaker."""
    known: bool
    """Whether the text tells which person is meant."""
    chain: tuple[Link, ...]
    """Its own."""


def carry(told: list[Told]) -> list[tuple[Link, ...]]:
    """Return the chains of statements, in text order, with those carried on by the rule above."""
    result = []
    source: Told | None = None
    at_once = False
    for each in told:
        carried: tuple[Link, ...] = ()
        if each.chain:
            source = each
        elif source is not None and each.block <= source.block + 1 and _is_known_through(each, source, at_once):
            carried = tuple(link._replace(carried=True) for link in source.chain)
        elif source is not None and each.block > source.block:
            source = None
        result.append(each.chain or carried)
        at_once = bool(result[-1])
    return result


def _is_known_through(told: Told, source: Told, at_once: bool) -> bool:
    """Whether the reader knows a speaker only through the report that has just been named."""
    speaker, earlier = told.speaker, source.speaker
    unnamed = earlier.how == "unnamed"
    if speaker.how == "unnamed":
        return unnamed and told.definite
    if at_once and speaker.how == "pronoun" and not told.known:
        return earlier.how in ("name", "role", "unnamed")  # "He added": nobody else has spoken in between
    if speaker.how in ("pronoun", "continued"):
        return speaker.entity == earlier.entity and (unnamed or speaker.entity is not None)
    same = speaker.entity is not None and speaker.entity == earlier.entity
    if speaker.how == "name":
        return same and told.definite and bool(told.nouns)  # "the minister", of whom the text has told who that is
    return speaker.how == "role" and (same or not told.nouns.isdisjoint(source.nouns))

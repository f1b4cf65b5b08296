"""Tellings that begin no event of their own, since what they tell is told of another event of the same day.

Promise: only what is ahead and has a day is looked at, and nothing that is called by a name of its own or is of another
clear kind. The odd case that forced its shape: who reports a strike goes on "they will stop work on 10 September", and
the next paper says that "the ministers come here on 16 September": neither names what it is, and each is known by its
day and by who and where.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ledger.days import Days, days_between
from onrecord.ledger.matching import decided
from onrecord.ledger.naming import acts_of, states, terms
from onrecord.ledger.slight import UNCLEAR
from onrecord.ledger.state import LASTING
from onrecord.ledger.tellings import PAST, Outline, all_days, dated, numbered
from onrecord.ledger.told import VISIT, Told

AMONG = 2
"""Names that must be common to both where another document tells of the event."""

GATHERINGS = {"meeting", "talks"}
"""Kinds of which a headline says the same: "to meet for talks"."""

LATELY = 60
"""Days back in which the event must have been told of."""


def may_echo(told: Told) -> bool:
    """Return whether a telling may be of a known event by its days: those of what is ahead, and few."""
    days = dated(told)
    ahead = told.status not in PAST and not told.faint
    return ahead and days is not None and days.length <= LASTING and days.last >= told.day


def echoed(told: Told, found: Sequence[Outline]) -> int | None:
    """Return of which of some events a telling is, one of its own document first, then one that is told of most.

    None where it is of none, or may be of several alike. ``told``: what `may_echo` allows.
    """
    fits = [at for at, known in enumerate(found) if _echoes(told, known)]
    fits = [at for at in fits if found[at].last[0] == told.document] or fits
    most = max((found[at].count for at in fits), default=0)
    best = [at for at in fits if found[at].count == most]
    return best[0] if len(best) == 1 else None


def headed(told: Told, found: Sequence[Outline]) -> int | None:
    """Return of which of the events of its document a telling is that the headline alone names.

    None where it is of none, or may be of several. ``found``: those that the document
    tells of. "Ministers to meet in Selm", over what is told of their conference. Where none is of its day, one that is
    named alike: a report is corrected, and its headline has the old day still.
    """
    heads = [at for at, known in enumerate(found) if _heads(told, known)]
    fits = [at for at in heads if _on_its_days(told, found[at])] or [at for at in heads if _is_alike(told, found[at])]
    return fits[0] if len(fits) == 1 else None


def _heads(told: Told, thread: Outline) -> bool:
    """Whether all that a headline tells of an event, but its day, is told of one in its document."""
    if (told.status in PAST) != (thread.over is not None) or decided(told, thread)[0] or told.faint:
        return False
    if told.family not in {thread.family, *UNCLEAR} and {told.family, thread.family} != GATHERINGS:
        return False
    beyond = told.keys - thread.keys - thread.near
    other = acts_of(told.name) - thread.deeds if thread.family not in GATHERINGS else frozenset[str]()
    return not beyond and not other and told.types <= thread.types


def _on_its_days(told: Told, thread: Outline) -> bool:
    """Whether a headline tells no day, or one of those of an event."""
    days, known = all_days(told), thread.date
    return not days or (known is not None and any(each.meets(known) for each in days))


def _is_alike(told: Told, thread: Outline) -> bool:
    """Whether a headline names an event of one clear kind, and all around it takes part in that of its document."""
    named = told.keys | told.near
    return told.kind == thread.kind and told.kind not in UNCLEAR and bool(named) and named <= thread.keys


def _echoes(told: Told, thread: Outline) -> bool:
    days, beside = dated(told), thread.last[0] == told.document
    if days is None or thread.over or decided(told, thread)[0] or days_between(thread.day, told.day) > LATELY:
        return False
    awaited = beside and thread.waiting and not told.keys  # "… is put off. They will stop work on 15 September"
    if not (_of_its_days(days, thread) or awaited) or _is_another(told, thread):
        return False
    shared = (told.keys | told.near) & (thread.keys | thread.near) - terms().parties
    if beside:  # "the bank will raise its rate on 10 May" names nobody, but says who does it
        does = any(c.value and c.attribute in {"participant", "host"} for c in told.claims)
        return bool(shared) if told.keys else not does
    own = shared & (told.keys | thread.keys)
    return len(own) >= AMONG or (len(shared) >= AMONG and bool(own - states()))


def _of_its_days(days: Days, thread: Outline) -> bool:
    return days == thread.date or (days.length == 1 and days.first in thread.on)


def _is_another(told: Told, thread: Outline) -> bool:
    """Whether what a telling is called by makes it an event of its own, whatever its day."""
    unclear = told.family in UNCLEAR
    if told.family != thread.family and not unclear:
        return True
    if unclear and thread.family in UNCLEAR and told.keys:
        return True  # a country does much on one day
    if thread.family == VISIT and told.family != VISIT:
        return True  # on a journey there is more than one event a day
    if not told.words <= thread.words | thread.whose | thread.parties or acts_of(told.name) - thread.deeds:
        return True
    if told.places and thread.places and not told.places & (thread.places | thread.near | thread.parties):
        return True
    number, numbers = numbered(told.types), numbered(thread.types)
    return not told.types - terms().numbered.keys() <= thread.types or bool(numbers and number - numbers)

"""Why events of documents are taken for one, or for two: what they share, how much it weighs, and what forbids it.

Promise: the reasons are those by which the ledger decided, worked out again as it was when the telling came. The odd
case that forced its shape: two events were never compared as wholes, but the first telling of the later one with what
was known of the earlier one by then.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from onrecord.ledger.matching import LEAST, apart, decided, shares
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import load
from onrecord.ledger.tellings import Outline
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Told


class Reason(msgspec.Struct, frozen=True):
    """Why what a document tells is of an event."""

    event: str
    document: str
    number: str
    """The event's id in the document's reading."""
    day: str
    name: str
    score: float
    """What the two share, weighed; `matching.LEAST` makes one event. 0 for the first of an event."""
    why: tuple[str, ...]


class Compared(NamedTuple):
    """What two events share and what keeps them apart."""

    score: float
    why: tuple[str, ...]
    apart: str
    """What forbids that they are one; empty where nothing does, and too little is shared."""


def reasons(ledger: Ledger, name: str, document: str | None = None) -> list[Reason]:
    """Return for each telling of an event, by its id, why it is of it; ``document``: only for what this one tells.

    Empty where there is no such event. Raises LedgerError where the ledger is to be brought up to date and can't be.
    """
    bring_together(ledger)
    thread, known, found = load(ledger.connection, [name]).get(name), Outline(), []
    for told in thread.tellings if thread else ():
        number, same = decided(told, known)
        score, why = shares(told, known) if known.count and not same else (0.0, ())
        why = (f"decision {number}",) if same else why
        if document in {None, told.document}:
            found.append(Reason(name, told.document, told.number, told.day, told.name, score, why))
        known.add(told)
    return found


def compared(ledger: Ledger, one: str, other: str) -> Compared | None:
    """Return what two events, by their ids, share and what keeps them apart; None where one is not there."""
    bring_together(ledger)
    threads = load(ledger.connection, [one, other])
    if len(threads) < len({one, other}):
        return None
    earlier, later = sorted(threads.values(), key=lambda thread: thread.tellings[0].day)
    first: Told = later.tellings[0]
    known = Outline()
    for told in earlier.tellings:
        if told.day <= first.day:
            known.add(told)
    number, _ = decided(first, known)
    score, why = shares(first, known)
    reason = f"decision {number}" if number else apart(first, known)
    return Compared(score, why, reason or ("" if score < LEAST else "another event shares more"))

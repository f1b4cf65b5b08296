"""A ledger that an older onrecord filled, brought up to date at once.

Promise: afterwards no question has to wait for it. The odd case that forced its shape: each question brings up what it
needs, which is right for one question, and yet a hundred thousand documents take minutes, which no reader of a page
should be the one to wait for.
"""

from __future__ import annotations

from onrecord.ledger.copies import find_copies
from onrecord.ledger.identities import identify
from onrecord.ledger.spoken import find_spoken
from onrecord.ledger.store import Ledger
from onrecord.ledger.threads import bring_together


def renew(ledger: Ledger) -> None:
    """Do whatever newer rules ask for: copies, events, identities, spoken words. Raises LedgerError as these do."""
    for step in (find_copies, bring_together, identify, find_spoken):
        step(ledger)

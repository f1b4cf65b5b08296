"""The ledger: what was read, kept in one file with when it was learnt and by which reader; nothing is overwritten."""

from onrecord.ledger.adding import Added, add
from onrecord.ledger.entities import entities, why
from onrecord.ledger.events import changes, event, events
from onrecord.ledger.identities import identified
from onrecord.ledger.questions import documents, problems, statements, stats
from onrecord.ledger.store import Ledger, open_ledger

__all__ = [
    "Added",
    "Ledger",
    "add",
    "changes",
    "documents",
    "entities",
    "event",
    "events",
    "identified",
    "open_ledger",
    "problems",
    "statements",
    "stats",
    "why",
]

"""The ledger: what was read, kept in one file with when it was learnt and by which reader; nothing is overwritten."""

from onrecord.ledger.adding import Added, add
from onrecord.ledger.events import changes, event, events
from onrecord.ledger.questions import documents, problems, statements, stats
from onrecord.ledger.sources import copies, sources
from onrecord.ledger.store import Ledger, open_ledger

__all__ = [
    "Added",
    "Ledger",
    "add",
    "changes",
    "copies",
    "documents",
    "event",
    "events",
    "open_ledger",
    "problems",
    "sources",
    "statements",
    "stats",
]

"""The ledger: what was read, kept in one file with when it was learnt and by which reader; nothing is overwritten."""

from onrecord.ledger.adding import Added, add
from onrecord.ledger.changing import changes, changes_of
from onrecord.ledger.decided import decided_of, decisions
from onrecord.ledger.deciding import (
    By,
    decide_apart,
    decide_claim,
    decide_relation,
    decide_same,
    decide_speaker,
    undo,
)
from onrecord.ledger.entities import entities, why
from onrecord.ledger.events import days_told, event, events, every_event, latest, listed, related, undated
from onrecord.ledger.families import family
from onrecord.ledger.identities import identified
from onrecord.ledger.lately import last_document, lately
from onrecord.ledger.questions import documents, every_statement, problems, readings, stats
from onrecord.ledger.renewing import renew
from onrecord.ledger.said import statements
from onrecord.ledger.sources import copies, sources
from onrecord.ledger.spoken import checked, record_of
from onrecord.ledger.store import Ledger, open_ledger
from onrecord.ledger.versions import revision, version

__all__ = [
    "Added",
    "By",
    "Ledger",
    "add",
    "changes",
    "changes_of",
    "checked",
    "copies",
    "days_told",
    "decide_apart",
    "decide_claim",
    "decide_relation",
    "decide_same",
    "decide_speaker",
    "decided_of",
    "decisions",
    "documents",
    "entities",
    "event",
    "events",
    "every_event",
    "every_statement",
    "family",
    "identified",
    "last_document",
    "lately",
    "latest",
    "listed",
    "open_ledger",
    "problems",
    "readings",
    "record_of",
    "related",
    "renew",
    "revision",
    "sources",
    "statements",
    "stats",
    "undated",
    "undo",
    "version",
    "why",
]

"""A ledger that an older onrecord filled, brought up to date at once.

Promise: afterwards no question has to wait for it. The odd case that forced its shape: each question brings up what it
needs, which is right for one question, and yet a hundred thousand documents take minutes, which no reader of a page
should be the one to wait for.
"""

from __future__ import annotations

from onrecord.ledger.chronicle import FOLDING
from onrecord.ledger.comparing import RULES as COMPARED
from onrecord.ledger.copies import RULES as COPIED
from onrecord.ledger.copies import find_copies
from onrecord.ledger.identities import RULES as NAMED
from onrecord.ledger.identities import identify
from onrecord.ledger.spoken import RULES as HEARD
from onrecord.ledger.spoken import UNHEARD, find_spoken
from onrecord.ledger.store import Ledger
from onrecord.ledger.texts import RULES as TEXTED
from onrecord.ledger.texts import find_texts
from onrecord.ledger.threads import RULES as THREADED
from onrecord.ledger.threads import bring_together


def renew(ledger: Ledger) -> None:
    """Do whatever newer rules ask for: copies, events, identities, spoken words, texts. Raises LedgerError."""
    for step in (find_copies, bring_together, identify, find_spoken, find_texts):
        step(ledger)


def asked_anew(ledger: Ledger) -> list[str]:
    """Return what newer rules than those that filled a ledger ask to be done again, in words; nothing where none do."""
    made = (
        "SELECT c.rules, t.rules, t.chronicles, n.rules, n.compared, iif(u.some, 0, x.rules) "
        "FROM copying c, threading t, named n, texting x, "
        "(SELECT EXISTS (SELECT 1 FROM untexted) AS some) u"
    )
    if ledger.connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None:
        return []
    copied, threaded, folded, named, compared, texted = ledger.connection.execute(made).fetchone()
    asked = {
        "documents are compared with others": copied != COPIED,
        "events are taken out of documents and put together": threaded != THREADED,
        "what changed from day to day is worked out": folded != FOLDING,
        "names are taken out of documents": named != NAMED,
        "names are compared": compared != COMPARED,
        "words are taken out of documents": ledger.connection.execute(UNHEARD, (HEARD,)).fetchone() is not None,
        "texts are made ready for the search": texted != TEXTED,
    }
    return [what for what, is_asked in asked.items() if is_asked]

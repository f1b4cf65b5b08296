"""Where in the documents a claim of an event stands, so that readers can speak of the claim itself.

Promise: the passage is that of what stands now, the last firm one of those who say so. The odd case that forced the
shape: that an event is planned may follow from its mention alone, so where no words claim it there is no passage, and
whoever asks takes the mention.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.ledger.copies import text_of
from onrecord.ledger.events import HeldEvent, event
from onrecord.ledger.recent import recent
from onrecord.ledger.store import Ledger
from onrecord.ledger.threads import Passage
from onrecord.nouns import Claim, Span

AT_NAME = "({start} < e.body ->> '$.span[1]' AND e.body ->> '$.span[0]' < {stop})"
"""Whether a telling ``e`` names its event in a passage; to be filled with columns or question marks."""

AT_CLAIM = (
    "EXISTS (SELECT 1 FROM json_each(e.body, '$.claims') a JOIN json_each(a.value, '$.span') s "
    "WHERE a.value ->> '$.attribute' = {attribute} "
    "AND {start} < s.value ->> '$[1]' AND s.value ->> '$[0]' < {stop})"
)
"""Whether it claims something there; to be filled likewise."""


class Claimed(NamedTuple):
    """Where an event's claim stands, and where that document names the event."""

    passage: Passage
    named: Span


def standing(ledger: Ledger, name: str, attribute: str) -> Claimed | None:
    """Return where an event's claim stands that holds now; None where no words make it.

    ``name``: the event's id. The ledger has been brought up to date (`threads.first_told`).
    """
    often = recent(ledger, name)
    held = often.held if often else event(ledger, name)
    found = _last(held, attribute) if held else None
    if found is None:
        return None
    number, span = found
    document, body, *named = ledger.connection.execute(
        "SELECT r.document, r.body, e.body ->> '$.span[0]', e.body ->> '$.span[1]' "
        "FROM events e JOIN readings r ON r.id = e.reading WHERE e.id = ?",
        (number,),
    ).fetchone()
    return Claimed(Passage(document, span, text_of(body)[slice(*span)]), (named[0], named[1]))


def named_by(ledger: Ledger, name: str, attribute: str, document: int, span: Span) -> Span | None:
    """Return where a document names an event that it tells of, or of which it claims an attribute, in a passage.

    None where it does neither there. ``name``: the event's id; ``attribute``: empty for the event; ``document``: what
    the ledger numbers it with.
    """
    start, stop = span
    row = ledger.connection.execute(
        "SELECT e.body ->> '$.span[0]', e.body ->> '$.span[1]' "
        "FROM threads t JOIN events e ON e.id = t.event JOIN current c ON c.reading = e.reading "
        f"WHERE t.thread = ? AND c.document = ? AND ({AT_NAME.format(start='?', stop='?')} OR "
        f"{AT_CLAIM.format(attribute='?', start='?', stop='?')}) LIMIT 1",
        (name, document, start, stop, attribute, start, stop),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def _last(held: HeldEvent, attribute: str) -> tuple[int, Span] | None:
    """The telling that claimed last what stands, and where in it; a firm claim before others."""
    state = held.state
    stands = {"status": (state.status,), "date": (state.date.value,), "venue": (state.venue.value,)}
    values = stands.get(attribute)

    def holds(claim: Claim) -> bool:
        return claim.attribute == attribute and bool(claim.span) and (values is None or claim.value in values)

    told = zip(held.thread.numbers, held.thread.tellings, strict=True)
    found = [(number, claim) for number, telling in told for claim in telling.claims if holds(claim)]
    firm = [each for each in found if each[1].settled == "settled"]
    return next(((number, claim.span[0]) for number, claim in reversed(firm or found)), None)

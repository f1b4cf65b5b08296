"""Passages as people read them: the words in which a claim stands, with those around them, from the documents' texts.

Promise: the words are those of the reading that made the claim. The odd case that forced the shape: what is kept of a
telling is what stands around the event's name, and where it will be held may stand two sentences on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.ledger.copies import text_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.wording import SHOWN, around
from onrecord.nouns import Span


class Place(NamedTuple):
    """A passage: by what the ledger numbers a telling with, and the span in the text of its document."""

    telling: int
    span: Span


class Shown(NamedTuple):
    """The words of a passage and whole words before and behind them, inside their paragraph."""

    before: str
    words: str
    after: str


def shown(ledger: Ledger, places: Iterable[Place]) -> dict[Place, Shown]:
    """Return the words of passages; those of tellings that are not in the ledger are left out."""
    asked = list(dict.fromkeys(places))
    connection = ledger.connection
    readings = dict(
        connection.execute(
            "SELECT e.id, e.reading FROM json_each(?) asked JOIN events e ON e.id = asked.value",
            (json.dumps([place.telling for place in asked]),),
        )
    )
    bodies = connection.execute(
        "SELECT r.id, r.body FROM json_each(?) asked JOIN readings r ON r.id = asked.value",
        (json.dumps(sorted(set(readings.values()))),),
    )
    texts = {reading: text_of(body) for reading, body in bodies}
    return {place: _shown(texts[readings[place.telling]], place.span) for place in asked if place.telling in readings}


def _shown(text: str, span: Span) -> Shown:
    start, stop = span
    whole = around(text, span, SHOWN)
    low = text.rfind(whole, 0, start + len(whole))
    return Shown(text[low:start], text[start:stop], text[stop : low + len(whole)])

"""Which offices those hold whom a question names, as of a day: what documents tell of "the President" may be of her.

Promise: only offices that a document published by the day tells as held then. The odd case that forced its shape: a
press room says "the President will travel to Selm" for years and hardly ever a name, and who asks asks by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

import msgspec

from onrecord.ledger.named import Named

_NAMED = msgspec.json.Decoder(Named)

LOOKED_AT = 40
"""Documents that name somebody, the latest first, of which the offices count."""


def held_by(connection: Connection, surnames: Iterable[str], last: str) -> dict[str, frozenset[str]]:
    """Return for each surname, as `naming.keys` has it, the classes of the offices that those of it are told to hold.

    ``last``: the last day of publication that counts.
    """
    found = {}
    for name in surnames:
        rows = connection.execute(
            "SELECT body FROM entities WHERE block = ? AND place < ? ORDER BY place DESC LIMIT ?",
            (f"person {name}", f"{last}~", LOOKED_AT),
        )
        offices = {office for (body,) in rows for office in _NAMED.decode(body).offices if not office.past}
        if offices:
            found[name] = frozenset(office.kind for office in offices)
    return found

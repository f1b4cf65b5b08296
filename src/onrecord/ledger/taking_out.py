"""What a reading tells, taken out of it into tables that answer questions: statements, whom it names, its events.

Promise: all of it can be taken out again from the reading that is kept, by newer rules or as people corrected it. The
odd case that forced the shape: who said a statement is corrected by people, so that the reading alone does not tell it.
"""

from __future__ import annotations

from sqlite3 import Connection

from onrecord.ledger.corrections import extent, placed, spoken
from onrecord.ledger.identities import keep_named
from onrecord.ledger.naming import caller
from onrecord.ledger.threads import keep
from onrecord.nouns import Reading
from onrecord.spent import UNMEASURED, Meter

_STATEMENT = (
    "INSERT INTO statements (reading, number, form, kind, polarity, speaker, how, via, words, start, stop, confidence) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def keep_statements(connection: Connection, reading: Reading, number: int) -> None:
    """Put a reading's statements into their table; ``number``: what the ledger numbers the reading with."""
    called = caller(reading)
    rows = [
        (
            number, each.id, each.form, each.kind, each.polarity, called(each.speaker) or None, each.speaker.how,
            "\n".join(map(called, each.via)), each.words, *extent(each), each.confidence,
        )
        for each in reading.statements
    ]  # fmt: skip
    connection.executemany(_STATEMENT, rows)


def take_out(connection: Connection, reading: Reading, number: int, document: int, meter: Meter = UNMEASURED) -> None:
    """Take out of a reading whom it names and what it tells of events, as people corrected it.

    ``number``, ``document``: what the ledger numbers the reading and its document with.
    """
    decided = placed(connection, document)
    with meter.of("threads"):
        keep(connection, reading, number, decided)
    with meter.of("names"):
        keep_named(connection, reading, number)
    said = spoken(reading, decided)
    connection.executemany(
        "UPDATE statements SET speaker = ?, entity = ? WHERE reading = ? AND number = ?",
        [(name, entity, number, statement) for statement, (name, entity) in said.items()],
    )
    if said:
        connection.execute(
            "UPDATE entities SET heard = (SELECT count(*) FROM statements s "
            "WHERE s.reading = entities.reading AND s.entity = entities.number) WHERE reading = ?",
            (number,),
        )

"""The people, bodies and places of all documents, kept in the ledger: who is named, and who of them is the same.

Promise: the identities of a ledger depend on what its documents say, on their days and on what users decided, not on
the order in which they came. Where a document comes or is read again, only the blocks of its names are compared again,
from its place on. The odd case that forced the shape: a speaker who is given by office alone is in no block of names,
so that offices are looked at when all names have been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from sqlite3 import Connection

import msgspec

from onrecord.ledger.comparing import OFFICE, Comparing, day_of_place
from onrecord.ledger.comparing import RULES as COMPARED
from onrecord.ledger.constraints import Constraints
from onrecord.ledger.corrections import pairs
from onrecord.ledger.days import day_of
from onrecord.ledger.named import Named, mentioned_in, named_by, spoken_of
from onrecord.ledger.settling import id_at
from onrecord.ledger.store import Ledger, unpacked
from onrecord.nouns import Reading

RULES = 1
"""The version of the rules by which entities are taken out of readings; a greater one takes them out again."""

_NAMED = msgspec.json.Decoder(Named)


def identify(ledger: Ledger, before: str | None = None) -> None:
    """Bring the identities of a ledger up to date with its readings. Raises LedgerError where it can't be written to.

    ``before``: only those of what was published before this day; right, but slow where later ones have been compared.
    Where people decided that entities are the same or not, `reconsider` has to be told of it.
    """
    todo = ledger.connection.execute("SELECT 1 FROM unidentified LIMIT 1").fetchone()
    rules, compared = ledger.connection.execute("SELECT rules, compared FROM named").fetchone()
    if todo is None and (rules, compared) == (RULES, COMPARED):
        return
    until = before or "~"
    with ledger.writing() as connection:
        if rules != RULES:
            rows = connection.execute(
                "SELECT c.reading, r.body FROM current c JOIN readings r ON r.id = c.reading "
                "LEFT JOIN naming n ON n.reading = c.reading WHERE coalesce(n.rules, 0) != ?",
                (RULES,),
            )
            for number, body in ledger.through("names taken out of documents", rows.fetchall()):
                keep_named(connection, unpacked(body), number)
        if compared != COMPARED:
            until = "~"
            for table in ("identities", "identified", "identity_words"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute(
                "INSERT OR REPLACE INTO unidentified SELECT block, min(place), 1 FROM entities GROUP BY 1"
            )
        if (rules, compared) != (RULES, COMPARED):
            connection.execute("UPDATE named SET (rules, compared) = (?, ?)", (RULES, COMPARED))
        Comparing(ledger, Constraints(pairs(connection)), until).all()
        connection.execute("DELETE FROM unidentified WHERE place < ?", (until,))


def identified(ledger: Ledger) -> dict[tuple[str, str], str]:
    """Return the id across documents of each entity of a ledger, by the document's name and the entity's number.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    identify(ledger)
    rows = ledger.connection.execute(
        "SELECT d.name, e.number, i.identity FROM identified i JOIN entities e ON e.id = i.entity "
        "JOIN readings r ON r.id = e.reading JOIN documents d ON d.id = r.document"
    )
    return {(document, number): identity for document, number, identity in rows}


def now_identified(ledger: Ledger, name: str) -> str:
    """Return the id that somebody or something has now, by one that it had; the same where it has or never had it.

    It has another one where it was made one with another, was named earlier by what came later, or was compared by
    newer rules. Where a newer reader numbered a document's entities anew and several could be the one, none is.
    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    identify(ledger)
    return leads_to(ledger.connection, name)


def leads_to(connection: Connection, name: str) -> str:
    """Return what `now_identified` does, of a ledger that has been brought up to date as far as it is to be."""
    row = connection.execute("SELECT block, place FROM former WHERE id = ?", (name,)).fetchone()
    if row is None:
        return name
    block, place = row
    begins = bytes.fromhex(place.rpartition(" ")[2])
    found = connection.execute(  # by its document: a block may hold all that was told of a name
        "SELECT e.number, i.identity FROM documents d CROSS JOIN current c ON c.document = d.id "
        "CROSS JOIN entities e ON e.reading = c.reading CROSS JOIN identified i ON i.entity = e.id "
        "WHERE d.digest BETWEEN ? AND ? AND +e.block = ?",
        (begins, begins + b"\xff" * 32, block),
    ).fetchall()
    now = {identity for number, identity in found if id_at(place, number) == name}
    now = now or {identity for _, identity in found}  # a newer reader numbers entities anew
    return str(*now) if len(now) == 1 else name


def reconsider(connection: Connection, documents: Iterable[int]) -> None:
    """Have the entities of these documents (their numbers in the ledger) compared again the next time."""
    connection.executemany(
        "INSERT OR REPLACE INTO unidentified SELECT e.block, e.place, 1 FROM current c "
        "JOIN entities e ON e.reading = c.reading WHERE c.document = ?",
        [(document,) for document in documents],
    )


def keep_named(connection: Connection, reading: Reading, number: int) -> None:
    """Keep whom and what a reading, of this number in the ledger, names, instead of what older readings did."""
    connection.execute("INSERT OR REPLACE INTO naming (reading, rules) VALUES (?, ?)", (number, RULES))
    name, digest = connection.execute(
        "SELECT d.name, d.digest FROM readings r JOIN documents d ON d.id = r.document WHERE r.id = ?", (number,)
    ).fetchone()
    _forget(connection, number)
    place = f"{day_of(reading) or '?'} {name} {digest.hex()[:16]}"
    found, speakers = named_by(reading)
    heard = Counter(speakers.values())
    ids: dict[str, int] = {}
    held: list[tuple[str, str, int]] = []
    for named in found:
        cursor = connection.execute(
            "INSERT INTO entities (reading, number, type, name, block, place, body, heard) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, named.number, named.type, named.name, named.block, place, msgspec.json.encode(named).decode(),
                heard[named.number],
            ),
        )  # fmt: skip
        entity = ids[named.number] = int(cursor.lastrowid or 0)
        held += [(key, place, entity) for key in _held(named) if named.name]
    connection.executemany("INSERT OR IGNORE INTO offices (office, place, entity) VALUES (?, ?, ?)", held)
    connection.executemany(
        "INSERT OR IGNORE INTO unidentified (block, place) VALUES (?, ?)", [(named.block, place) for named in found]
    )
    said = dict(connection.execute("SELECT number, id FROM statements WHERE reading = ?", (number,)).fetchall())
    connection.executemany(
        "UPDATE statements SET entity = ? WHERE id = ?",
        [(speaker, said[statement]) for statement, speaker in speakers.items() if statement in said],
    )
    connection.executemany(
        "INSERT INTO mentioned (entity, statement) VALUES (?, ?)",
        [(ids[each], said[s]) for s, entities in mentioned_in(reading).items() if s in said for each in entities],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO spoken_of (reading, event, statement) VALUES (?, ?, ?)",
        [(number, each, said[s]) for s, events in spoken_of(reading).items() if s in said for each in events],
    )


def _held(named: Named) -> list[str]:
    """The offices, by land or body, that somebody is told to hold."""
    return [office.key for office in named.offices if office.key and not office.past]


def _forget(connection: Connection, reading: int) -> None:
    """Take out what all readings of this one's document name."""
    rows = connection.execute(
        "SELECT e.id, e.block, e.place, e.body FROM readings r JOIN readings o ON o.document = r.document "
        "JOIN entities e ON e.reading = o.id WHERE r.id = ?",
        (reading,),
    ).fetchall()
    for entity, block, place, body in rows:
        gone = [(key, place, entity) for key in _held(_NAMED.decode(body))]
        connection.executemany("DELETE FROM offices WHERE (office, place, entity) = (?, ?, ?)", gone)
        touched = [(block, place), *((OFFICE + key, day_of_place(place)) for key, _, _ in gone)]
        connection.executemany("INSERT OR REPLACE INTO unidentified (block, place, whole) VALUES (?, ?, 1)", touched)
        connection.execute("DELETE FROM identified WHERE entity = ?", (entity,))
        connection.execute("DELETE FROM mentioned WHERE entity = ?", (entity,))
        connection.execute("DELETE FROM entities WHERE id = ?", (entity,))

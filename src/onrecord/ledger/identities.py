"""The people, bodies and places of all documents, kept in the ledger: who is named, and who of them is the same.

Promise: the identities of a ledger depend on what its documents say, on their days and on what users decided, not on
the order in which they came. Where a document comes or is read again, only the blocks of its names are compared again,
from its place on. The odd case that forced the shape: a speaker who is given by office alone is in no block of names,
so that offices are looked at when all names have been.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from sqlite3 import Connection

import msgspec

from onrecord.language.lexicon import lexicon
from onrecord.ledger.calling import called, folded
from onrecord.ledger.decided import Decided, Ref
from onrecord.ledger.named import Named, day_of, mentioned_in, named_by, spoken_of
from onrecord.ledger.sameness import (
    FIRST,
    LATELY,
    LATEST,
    UNDECIDED,
    WEIGHTS,
    Identity,
    Telling,
    Why,
    choose,
)
from onrecord.ledger.store import Ledger
from onrecord.nouns import EntityType, Reading

RULES = 1
"""The version of the rules by which entities are taken out of readings; a greater one takes them out again."""

CROWD = 60
"""Identities of one block with which an entity is compared at most: those told of last."""

MOST_KEPT = 5_000
"""Documents whose company is remembered while blocks are compared."""

OFFICE = "office "
"""How the block of a speaker who is given by office alone begins."""

_NAMED = msgspec.json.Decoder(Named)
_WORD = re.compile(r"[^\W_]+")


def identify(ledger: Ledger, decided: Mapping[frozenset[Ref], bool] | None = None) -> None:
    """Bring the identities of a ledger up to date with its readings. Raises LedgerError where it can't be written to.

    ``decided``: pairs of entities, each as the document's name and the number in its reading, that are the same or not
    whatever the rules say. Where other pairs are decided than the last time, `reconsider` has to be told of them.
    """
    todo = ledger.connection.execute("SELECT 1 FROM unidentified LIMIT 1").fetchone()
    if todo is None and ledger.connection.execute("SELECT rules FROM named").fetchone() == (RULES,):
        return
    with ledger.writing() as connection:
        if connection.execute("SELECT rules FROM named").fetchone() != (RULES,):
            rows = connection.execute(
                "SELECT c.reading, r.body FROM current c JOIN readings r ON r.id = c.reading "
                "LEFT JOIN naming n ON n.reading = c.reading WHERE coalesce(n.rules, 0) != ?",
                (RULES,),
            )
            for number, body in rows.fetchall():
                keep_named(connection, msgspec.json.decode(zlib.decompress(body), type=Reading), number)
            connection.execute("UPDATE named SET rules = ?", (RULES,))
        _Comparing(connection, Decided(decided or {})).all()
        connection.execute("DELETE FROM unidentified")


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


def reconsider(connection: Connection, refs: Iterable[Ref]) -> None:
    """Have these entities compared again the next time, because a user has decided about them."""
    for document, number in refs:
        connection.execute(
            "INSERT OR IGNORE INTO unidentified SELECT e.block, e.place FROM documents d JOIN readings r "
            "ON r.document = d.id JOIN entities e ON e.reading = r.id WHERE d.name = ? AND e.number = ?",
            (document, number),
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
    ids: dict[str, int] = {}
    for named in found:
        cursor = connection.execute(
            "INSERT INTO entities (reading, number, type, name, block, place, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, named.number, named.type, named.name, named.block, place, msgspec.json.encode(named).decode()),
        )
        ids[named.number] = int(cursor.lastrowid or 0)
        if named.name:
            connection.executemany(
                "INSERT OR IGNORE INTO offices (office, place, entity) VALUES (?, ?, ?)",
                [(key, place, cursor.lastrowid) for key in _held(named)],
            )
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
        touched = [(block, place), *((OFFICE + key, _day(place)) for key, _, _ in gone)]
        connection.executemany("INSERT OR IGNORE INTO unidentified (block, place) VALUES (?, ?)", touched)
        connection.execute("DELETE FROM identified WHERE entity = ?", (entity,))
        connection.execute("DELETE FROM mentioned WHERE entity = ?", (entity,))
        connection.execute("DELETE FROM entities WHERE id = ?", (entity,))


class _Comparing:
    """The comparison of what is new or changed, block by block."""

    def __init__(self, connection: Connection, decided: Decided) -> None:
        self.connection = connection
        self.decided = decided
        self.company: dict[int, frozenset[str]] = {}
        self.known: dict[str, Identity] = {}
        self.open: dict[str, dict[str, tuple[EntityType, str]]] = {}
        """For each block the identities that others may join, each with its type and a person's given name."""
        self.last: dict[str, str] = {}
        """The place of the last telling of an identity."""
        self.first = ""
        """The place from which on entities are being compared."""

    def all(self) -> None:
        """Compare again what is to be."""
        rows = self.connection.execute("SELECT block, min(place) FROM unidentified GROUP BY block").fetchall()
        todo = {block: place for block, place in rows if not block.startswith(OFFICE)}
        offices = {block: place for block, place in rows if block.startswith(OFFICE)}
        decided = self._decided_blocks(offices)
        together = [(each, min(todo[block] for block in each if block in todo)) for each in joined(todo, decided)]
        for blocks, first in (*together, *(((office,), place) for office, place in offices.items())):
            self._forget(blocks, first)
        for blocks, first in together:
            self._again(blocks, first)
            for office, place in self._offices_of(blocks, first):
                offices[office] = min(offices.get(office, place), place)
        for office, place in sorted(offices.items()):
            self._forget((office,), place)
            self._again((office,), place)

    def _decided_blocks(self, offices: dict[str, str]) -> list[tuple[str, str]]:
        """Pairs of blocks of names that a decision joins; those of offices are added to what is to be looked at."""
        blocks: dict[Ref, str] = {}
        for ref in sorted(self.decided.refs):
            for block, place, _ in self._held_as(ref):
                if block.startswith(OFFICE):
                    offices[block] = min(offices.get(block, place), place)
                else:
                    blocks[ref] = block
        return [(blocks[a], blocks[b]) for a, b in self.decided.same if a in blocks and b in blocks]

    def _held_as(self, ref: Ref) -> list[tuple[str, str, str | None]]:
        """Block, place and, where it has been found, identity of an entity that a user decided about."""
        return self.connection.execute(
            "SELECT e.block, e.place, i.identity FROM documents d JOIN readings r ON r.document = d.id "
            "JOIN entities e ON e.reading = r.id LEFT JOIN identified i ON i.entity = e.id "
            "WHERE d.name = ? AND e.number = ?",
            ref,
        ).fetchall()

    def _offices_of(self, blocks: Iterable[str], first: str) -> list[tuple[str, str]]:
        """The offices that those of some blocks hold from a place on, and the first place of each."""
        found: dict[str, str] = {}
        for block in blocks:
            if not block.startswith("person "):
                continue
            for office, place in self.connection.execute(
                "SELECT o.office, o.place FROM entities e JOIN offices o ON o.place = e.place AND o.entity = e.id "
                "WHERE e.block = ? AND e.place >= ?",
                (block, first),
            ):
                found[office] = min(found.get(office, place), place)
        return [(OFFICE + office, _day(place)) for office, place in found.items()]

    def _forget(self, blocks: Sequence[str], first: str) -> None:
        """Take back what is known of some blocks from a place on."""
        for block in blocks:
            self.connection.execute(
                "DELETE FROM identified WHERE entity IN (SELECT id FROM entities WHERE block = ? AND place >= ?)",
                (block, first),
            )
            self.connection.execute("DELETE FROM identities WHERE block = ? AND first >= ?", (block, first))
            self.connection.execute("DELETE FROM identity_words WHERE block = ? AND place >= ?", (block, first))

    def _again(self, blocks: Sequence[str], first: str) -> None:
        """Compare the entities of some blocks from a place on."""
        self.known, self.open, self.last, self.first = {}, {}, {}, first
        if len(self.company) > MOST_KEPT:
            self.company.clear()
        for block in blocks:
            rows = self.connection.execute(
                "SELECT id, type, given FROM identities WHERE block = ? AND open ORDER BY first, id", (block,)
            )
            self.open[block] = {identity: (kind, given) for identity, kind, given in rows}
        marks = ",".join("?" * len(blocks))
        rows = self.connection.execute(
            f"SELECT id, reading, place, body FROM entities WHERE block IN ({marks}) AND place >= ? ORDER BY place, id",
            (*blocks, first),
        )
        for entity, reading, place, body in rows.fetchall():
            telling = Telling(_NAMED.decode(body), place, reading)
            identity, why = self._choose(telling)
            self._keep(entity, telling, identity, why)

    def _choose(self, telling: Telling) -> tuple[str | None, Why]:
        """The identity that an entity is of, and why; None: it begins one."""
        apart: set[str] = set()
        if self.decided.refs:
            ref = self._ref(telling)
            same = sorted(self._identities_of([self.decided.group(ref)]))
            if same:
                return same[0], Why("decided.same", 0.0, ("a user said so",))
            apart = self._identities_of(self.decided.apart(ref))
        if telling.named.block.startswith(OFFICE):
            return self._by_office(telling, apart)
        found = [each for each in self._candidates(telling) if each not in apart]
        kinds = self.open.get(telling.named.block, {})
        best, why = choose(telling, [self._identity(each, kinds[each][0]) for each in found], self._near)
        return best.id if best else None, why

    def _ref(self, telling: Telling) -> Ref:
        (name,) = self.connection.execute(
            "SELECT d.name FROM readings r JOIN documents d ON d.id = r.document WHERE r.id = ?", (telling.reading,)
        ).fetchone()
        return name, telling.named.number

    def _identities_of(self, groups: Iterable[Ref]) -> set[str]:
        """The identities of groups of entities that a user decided to be one."""
        found = set(groups)
        members = [ref for ref in self.decided.refs if self.decided.group(ref) in found]
        return {identity for ref in members for _, _, identity in self._held_as(ref) if identity}

    def _candidates(self, telling: Telling) -> list[str]:
        """The identities with which an entity is compared."""
        known = self.open.get(telling.named.block, {})
        if len(known) <= CROWD or telling.named.type != "person":
            return list(known)
        given = {c.given for form in telling.named.forms if (c := called(form)).given}
        found = [
            each
            for each, (_, theirs) in known.items()
            if not theirs or not given or any(_could_be(one, theirs) for one in given)
        ]
        return sorted(found, key=lambda each: (self._last(each), each))[-CROWD:]

    def _last(self, identity: str) -> str:
        """The place at which an identity was last told of."""
        if identity not in self.last:
            (self.last[identity],) = self.connection.execute(
                "SELECT max(place) FROM identified WHERE identity = ?", (identity,)
            ).fetchone()
        return self.last[identity]

    def _by_office(self, telling: Telling, apart: set[str]) -> tuple[str | None, Why]:
        """The only one who has lately been told to hold the office by which a speaker is given."""
        named, day = telling.named, telling.day
        if day is None:
            return None, UNDECIDED
        since = (date.fromisoformat(day) - timedelta(LATELY)).isoformat()
        rows = self.connection.execute(
            "SELECT i.identity, max(o.place), e.name FROM offices o JOIN identified i ON i.entity = o.entity "
            "JOIN entities e ON e.id = o.entity WHERE o.office = ? AND o.place >= ? AND o.place < ? "
            "GROUP BY i.identity",
            (named.block.removeprefix(OFFICE), since, f"{day}~"),
        ).fetchall()
        held = [row for row in rows if row[0] not in apart]
        if len(held) != 1:
            return None, UNDECIDED
        [(identity, place, name)] = held
        return identity, Why("office.held", WEIGHTS.office, (f"{name} was {named.offices[0].title} on {place[:10]}",))

    def _identity(self, name: str, kind: EntityType) -> Identity:
        if name not in self.known:
            self.known[name] = Identity(name, kind, partial(self._earlier, name))
        return self.known[name]

    def _earlier(self, identity: str) -> tuple[list[Telling], list[Telling]]:
        """The first and the latest tellings of an identity before those that are being compared."""
        sql = (
            "SELECT e.body, e.place, e.reading FROM identified i JOIN entities e ON e.id = i.entity "
            "WHERE i.identity = ? AND i.place < ? AND e.name != '' ORDER BY i.place {0}, i.entity {0} LIMIT ?"
        )
        rows = [
            self.connection.execute(sql.format(order), (identity, self.first, most)).fetchall()
            for order, most in (("ASC", FIRST), ("DESC", LATEST))
        ]
        first, latest = ([Telling(_NAMED.decode(body), *rest) for body, *rest in each] for each in rows)
        return first, latest[::-1]

    def _near(self, reading: int) -> frozenset[str]:
        if reading not in self.company:
            rows = self.connection.execute(
                "SELECT block FROM entities WHERE reading = ? AND type IN ('person', 'organization') AND name != ''",
                (reading,),
            )
            self.company[reading] = frozenset(block for (block,) in rows)
        return self.company[reading]

    def _keep(self, entity: int, telling: Telling, identity: str | None, why: Why) -> None:
        named, place = telling.named, telling.place
        if identity is None:
            identity = "P" + sha256(f"{place}\n{named.number}".encode()).hexdigest()[:10]
            given = next((c.given for form in named.forms if (c := called(form)).given), "")
            given = given if named.type == "person" else ""
            is_open = why != UNDECIDED
            self.connection.execute(
                "INSERT INTO identities (id, type, block, first, given, open) VALUES (?, ?, ?, ?, ?, ?)",
                (identity, named.type, named.block, place, given, is_open),
            )
            self.known[identity] = Identity(identity, named.type)
            if is_open:
                self.open.setdefault(named.block, {})[identity] = named.type, given
        if named.name:
            self._identity(identity, named.type).add(telling)
        self.last[identity] = place
        self.connection.execute(
            "INSERT INTO identified (entity, identity, place, why) VALUES (?, ?, ?, ?)",
            (entity, identity, place, msgspec.json.encode(why).decode()),
        )
        words = {word for form in named.forms for word in _WORD.findall(folded(form))}
        self.connection.executemany(
            "INSERT OR IGNORE INTO identity_words (word, identity, block, place) VALUES (?, ?, ?, ?)",
            [(word, identity, named.block, place) for word in sorted(words)],
        )


def _could_be(one: str, other: str) -> bool:
    """Whether two given names may be those of one person, as far as their first letters tell."""
    short = lexicon("en").short
    return one[0] == other[0] or any(
        a[0] == b[0] for a in (one, *short.get(one, ())) for b in (other, *short.get(other, ()))
    )


def _day(place: str) -> str:
    """Where the day of a place begins: who holds an office is asked of whole days."""
    return place[: len("2031-01-01")]


def joined(todo: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the blocks that are to be compared, those together that a decision joins."""
    root = {block: block for block in todo} | {block: block for pair in pairs for block in pair}

    def top(block: str) -> str:
        while root[block] != block:
            block = root[block]
        return block

    for one, other in pairs:
        first, last = sorted((top(one), top(other)))
        root[last] = first
    found: dict[str, list[str]] = {}
    for block in sorted(root):
        found.setdefault(top(block), []).append(block)
    return [tuple(blocks) for _, blocks in sorted(found.items()) if not todo.keys().isdisjoint(blocks)]

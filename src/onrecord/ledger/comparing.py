"""The comparison of what is new or changed with what is known, block by block, in the order of days.

Promise: what comes out is the same whether documents came one by one, all at once or in any order. The odd case that
forced its shape: a document that is a week late bears on what came after it only until an identity has been told of
often enough for it to be forgotten again, so that comparing stops there and does not run on to today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from functools import partial

import msgspec

from onrecord.ledger.calling import LETTERED, called, folded
from onrecord.ledger.candidates import Candidates, keys
from onrecord.ledger.constraints import Constraints, Ref, joined
from onrecord.ledger.identity import FIRST, LATELY, LATEST, UNDECIDED, WEIGHTS, Identity, Telling, Why
from onrecord.ledger.named import Named
from onrecord.ledger.sameness import choose
from onrecord.ledger.settling import Row, Settling, begun_by
from onrecord.ledger.store import Ledger, marks
from onrecord.nouns import EntityType

RULES = 2
"""The version of the rules by which entities are compared; a greater one has all compared again."""

MOST_KEPT = 5_000
"""Documents whose company is remembered while blocks are compared."""

AT_FIRST, AT_ONCE = 32, 500
"""Entities that are asked for at once, at first and later: few follow on one that comes late before all is settled."""

OFFICE = "office "
"""How the block of a speaker who is given by office alone begins."""

_NAMED = msgspec.json.Decoder(Named)
_WORD = re.compile(r"[^\W_]+")


class Comparing:
    """The comparison of the blocks of a ledger that are to be compared."""

    def __init__(self, ledger: Ledger, constraints: Constraints, before: str = "~") -> None:
        """Take what people said of pairs, and the place before which entities are compared."""
        self.ledger = ledger
        self.connection = connection = ledger.connection
        self.before = before
        self.constraints = constraints
        self.company: dict[int, frozenset[str]] = {}
        self.known: dict[str, Identity] = {}
        self.candidates = Candidates(connection)
        self.first = ""
        """The place from which on entities are being compared."""
        self.offices: dict[str, str] = {}
        """The blocks of offices whose holders may be others now, and from where on."""

    def all(self) -> None:
        """Compare again what is to be."""
        rows = self.connection.execute(
            "SELECT block, place, whole FROM unidentified WHERE place < ? ORDER BY block, place", (self.before,)
        ).fetchall()
        places: dict[str, list[str]] = {}
        for block, place, _ in rows:
            places.setdefault(block, []).append(place)
        pairs, whole = self._decided_blocks(places)
        whole |= {block for block, _, each in rows if each}
        self.offices = {block: each[0] for block, each in places.items() if block.startswith(OFFICE)}
        todo = {block: each[0] for block, each in places.items() if not block.startswith(OFFICE)}
        together = [each for each in joined(todo, pairs) if not whole.isdisjoint(each)]
        starts = [(blocks, min(todo[block] for block in blocks if block in todo)) for blocks in together]
        for blocks, first in (*starts, *(((office,), place) for office, place in self.offices.items())):
            self._forget(blocks, first)
        for blocks, first in self.ledger.through("names compared", starts):
            self._from(blocks, first)
        alone = sorted(todo.keys() - {block for blocks in together for block in blocks})
        for block in self.ledger.through("names compared again", alone):
            self._until_settled(block, places[block])
        for office, place in sorted(self.offices.items()):
            self._forget((office,), place)
            self._from((office,), place)

    def _decided_blocks(self, places: dict[str, list[str]]) -> tuple[list[tuple[str, str]], set[str]]:
        """Pairs of blocks that a decision joins, and all that one bears on; offices are added to what is compared."""
        blocks: dict[Ref, str] = {}
        for ref in sorted(self.constraints.refs):
            for block, place, _ in self._held_as(ref):
                if block.startswith(OFFICE):
                    places[block] = sorted((place, *places.get(block, ())))
                else:
                    blocks[ref] = block
        pairs = [(blocks[a], blocks[b]) for a, b in self.constraints.same if a in blocks and b in blocks]
        return pairs, set(blocks.values())

    def _until_settled(self, block: str, places: Sequence[str]) -> None:
        """Compare a block from each of some places on, until what is new there no longer bears on what follows."""
        done, new = "", frozenset(places)
        for place in places:
            if place > done:
                done = self._from((block,), place, Settling(block), new)

    def _from(
        self, blocks: Sequence[str], first: str, settling: Settling | None = None, new: Set[str] = frozenset()
    ) -> str:
        """Compare the entities of some blocks from a place on, to the end or till it has settled; return where.

        ``new``: places at which something is new, over which it goes on.
        """
        self.known, self.first = {}, first
        self.candidates = Candidates(self.connection)
        if len(self.company) > MOST_KEPT:
            self.company.clear()
        left: dict[str, set[str]] = {}
        place = first
        for row in self._rows(blocks, first):
            begins, place = row.telling.place != place, row.telling.place
            if settling is not None and begins and place not in new and settling.settled():
                break
            identity, why = self._choose(row)
            if settling is not None:
                settling.take(row, identity or row.own, why, self._young)
            if self._keep(row, identity, why) and row.was is not None:
                left.setdefault(row.was, set()).update(_words(row.telling.named))
        else:
            place = "~"
        for name, words in sorted(left.items()):
            self._words_again(name, words)
        return place

    def _rows(self, blocks: Sequence[str], first: str) -> Iterator[Row]:
        """The entities of some blocks from a place on, in order."""
        after, most = (first, 0), AT_FIRST
        while True:
            rows = self.connection.execute(
                "SELECT e.id, e.reading, e.place, e.body, i.identity, i.why FROM entities e "
                f"LEFT JOIN identified i ON i.entity = e.id WHERE e.block IN ({marks(blocks)}) AND e.place >= ? "
                "AND e.place < ? AND (e.place, e.id) > (?, ?) ORDER BY e.place, e.id LIMIT ?",
                (*blocks, after[0], self.before, *after, most),
            ).fetchall()
            for entity, reading, place, body, was, because in rows:
                telling = Telling(_NAMED.decode(body), place, reading)
                yield Row(entity, telling, was, because, begun_by(telling))
                after = (place, entity)
            if len(rows) < most:
                return
            most = AT_ONCE

    def _young(self, identity: str) -> bool:
        """Whether an identity has so few tellings that one more is among the first of it."""
        return identity not in self.known or len(self.known[identity].beginning) < FIRST

    def _held_as(self, ref: Ref) -> list[tuple[str, str, str | None]]:
        """Block, place and, where it has been found, identity of an entity that a user decided about."""
        return self.connection.execute(
            "SELECT e.block, e.place, i.identity FROM readings r JOIN entities e ON e.reading = r.id "
            "LEFT JOIN identified i ON i.entity = e.id WHERE r.document = ? AND e.number = ?",
            ref,
        ).fetchall()

    def _forget(self, blocks: Sequence[str], first: str) -> None:
        """Take back what is known of some blocks from a place on."""
        for block in blocks:
            self.connection.execute(
                "DELETE FROM identified WHERE entity IN (SELECT id FROM entities WHERE block = ? AND place >= ?)",
                (block, first),
            )
            self.connection.execute("DELETE FROM identities WHERE block = ? AND first >= ?", (block, first))
            self.connection.execute("DELETE FROM identity_words WHERE block = ? AND place >= ?", (block, first))

    def _choose(self, row: Row) -> tuple[str | None, Why]:
        """The identity that an entity is of, and why; None: it begins one."""
        telling, apart = row.telling, set[str]()
        if self.constraints.refs:
            ref = self._ref(telling)
            same = sorted(self._identities_of([self.constraints.group(ref)]))
            if same:
                return same[0], Why("decided.same", 0.0, ("a user said so",))
            apart = self._identities_of(self.constraints.apart(ref))
        if telling.named.block.startswith(OFFICE):
            return self._by_office(telling, apart)
        candidates, others = self.candidates.of(telling, row.entity)
        found = [self._identity(each, kind) for each, kind in candidates.items() if each not in apart]
        best, why = choose(telling, found, self._near, others)
        return best.id if best else None, why

    def _ref(self, telling: Telling) -> Ref:
        (document,) = self.connection.execute(
            "SELECT document FROM readings WHERE id = ?", (telling.reading,)
        ).fetchone()
        return document, telling.named.number

    def _identities_of(self, groups: Iterable[Ref]) -> set[str]:
        """The identities of groups of entities that a user decided to be one."""
        found = set(groups)
        members = [ref for ref in self.constraints.refs if self.constraints.group(ref) in found]
        return {identity for ref in members for _, _, identity in self._held_as(ref) if identity}

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

    def _keep(self, row: Row, identity: str | None, why: Why) -> bool:
        """Keep which identity an entity is of; return whether that is another than it was of."""
        named, place = row.telling.named, row.telling.place
        chosen = identity or row.own
        if identity is None:
            self._begin(chosen, row.telling, why != UNDECIDED)
        elif row.was == row.own:
            self.connection.execute("DELETE FROM identities WHERE id = ?", (row.own,))
        self.candidates.told(chosen, row.telling)
        known = self._identity(chosen, named.type)
        worded = known.just_called(named)
        if named.name:
            known.add(row.telling)
        because = msgspec.json.encode(why).decode()
        if (chosen, because) != (row.was, row.because):
            self.connection.execute(
                "INSERT INTO identified (entity, identity, place, why) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET identity = excluded.identity, place = excluded.place, why = excluded.why",
                (row.entity, chosen, place, because),
            )
        if chosen == row.was:
            return False
        if not worded:
            self._add_words(chosen, named, place)
        for office in named.offices:
            if office.key and not office.past and named.name:
                block = OFFICE + office.key
                self.offices[block] = min(self.offices.get(block, "~"), day_of_place(place))
        return True

    def _begin(self, identity: str, telling: Telling, is_open: bool) -> None:
        named, place = telling.named, telling.place
        self.known[identity] = Identity(identity, named.type)
        given = next((c.given for form in named.forms if (c := called(form)).given), "")
        given = given if named.type == "person" else ""
        if is_open:
            self.candidates.begins(identity, telling, given)
        self.connection.execute(
            "INSERT INTO identities (id, type, block, first, given, open) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET (type, block, first, given, open) = "
            "(excluded.type, excluded.block, excluded.first, excluded.given, excluded.open)",
            (identity, named.type, named.block, place, given, is_open),
        )

    def _add_words(self, identity: str, named: Named, place: str) -> None:
        self.connection.executemany(
            "INSERT INTO identity_words (word, identity, block, place) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET place = min(place, excluded.place)",
            [(word, identity, named.block, place) for word in sorted(_words(named))],
        )

    def _words_again(self, identity: str, words: Iterable[str]) -> None:
        """Make the words of an identity again, which somebody of these words has left."""
        gone = [(word, identity) for word in sorted(words)]
        self.connection.executemany("DELETE FROM identity_words WHERE word = ? AND identity = ?", gone)
        rows = self.connection.execute(
            "SELECT e.body, e.place FROM identified i JOIN entities e ON e.id = i.entity WHERE i.identity = ?",
            (identity,),
        )
        for body, place in rows.fetchall():
            self._add_words(identity, _NAMED.decode(body), place)


def _words(named: Named) -> set[str]:
    """The words by which somebody or something is asked for, and what a body is found by where it is compared."""
    words = {word for form in named.forms for word in _WORD.findall(folded(form))}
    return words.union(keys(named)) if named.block.startswith(LETTERED) else words


def day_of_place(place: str) -> str:
    """Return where the day of a place begins: who holds an office is asked of whole days."""
    return place[: len("2031-01-01")]

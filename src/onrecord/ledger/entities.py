"""The people, bodies and places of a ledger as of a day, and why what documents name is one or is not.

Promise: every answer can be traced to the documents and to the reason of each match. The odd case that forced its
shape: a name may mean several, so that a question by name has a list for an answer, and only an id means one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from onrecord.ledger.calling import folded
from onrecord.ledger.described import IN_A_LIST, HeldRole, described, tellings_of
from onrecord.ledger.identities import identify, leads_to
from onrecord.ledger.identity import Identity, Why
from onrecord.ledger.persons import apart
from onrecord.ledger.sameness import LEAST, match
from onrecord.ledger.store import OLDER, Ledger, marks
from onrecord.nouns import EntityType

_WHY = msgspec.json.Decoder(Why)
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"P[0-9a-f]{10}\Z")


def is_entity(name: str) -> bool:
    """Return whether a name is written as the id of a person, body or place is."""
    return _ID.match(name) is not None


class HeldEntity(msgspec.Struct, frozen=True):
    """One person, body or place of the ledger as of a day.

    Of one in very many documents (`MANY`) names, offices and their days are those of some tellings, spread over its
    time; how many documents and statements there are is counted in all of them.
    """

    id: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    """Other names, the most used first."""
    roles: tuple[HeldRole, ...]
    first_seen: str | None
    last_seen: str | None
    documents: int
    statements: int


class Joined(NamedTuple):
    """One entity of a document and why it is of an identity."""

    id: str
    document: str
    number: str
    day: str | None
    name: str
    why: Why
    version: str | None = None
    """Which of the texts of the document's id, where a later one came in; None: the last of them."""

    @property
    def because(self) -> str:
        """Why, in words."""
        if self.why.rule == "first":
            return "the first of it"
        if self.why.rule == "undecided":
            return "could be one of several, or nobody in particular: stands by itself"
        return f"{self.why.rule}, {self.why.score:g}: {'; '.join(self.why.shares)}"


def entities(
    ledger: Ledger, words: str = "", type: EntityType | None = None, as_of: str | None = None, most: int = 50
) -> list[HeldEntity]:
    """Return at most ``most`` of those whom documents name, best match with ``words`` first, else the most heard first.

    ``words``: words of a name, or an id. ``type``: only those that documents took for this when they named them first.
    ``as_of``: only what was published up to this day counts; None: all. Raises LedgerError where the ledger is to be
    brought up to date and can't be written to.
    """
    identify(ledger)
    return best_named(ledger, words, named(ledger, words, as_of) if words else None, type, as_of, most)


def best_named(
    ledger: Ledger, words: str, found: Sequence[str] | None, type: EntityType | None, as_of: str | None, most: int
) -> list[HeldEntity]:
    """Return what `entities` does; ``found``: whom the words name, as `named` has it of an up-to-date ledger."""
    until = f"{as_of}~" if as_of else "~"
    if found is not None:
        wanted = _words(words)
        exact = [each for each in found if len(wanted) > 1 and _called_just(ledger, each, wanted)]
        rows = _most_heard(ledger, until, type, most, exact)
        if len(rows) < most:
            rows += _most_heard(ledger, until, type, most - len(rows), set(found).difference(exact))
    else:
        rows = _most_heard(ledger, until, type, most)
    spread = MANY if most == 1 else IN_A_LIST
    held = (_held(ledger, counted, until, spread) for counted in rows[:most])
    return [each for each in held if each is not None]


def named(ledger: Ledger, words: str, as_of: str | None = None) -> list[str]:
    """Return the ids of those who are called by all of some words, or of the one whose id it is or was."""
    if is_entity(words):
        return [leads_to(ledger.connection, words)]
    wanted = _words(words)
    if not wanted:
        return []
    rows = ledger.connection.execute(
        f"SELECT identity FROM identity_words WHERE word IN ({marks(wanted)}) AND place < ? "
        "GROUP BY identity HAVING count(DISTINCT word) = ? ORDER BY identity",
        (*wanted, f"{as_of}~" if as_of else "~", len(wanted)),
    )
    return [identity for (identity,) in rows]


def types_of(ledger: Ledger, found: Sequence[str] | None, as_of: str | None = None) -> dict[EntityType, int]:
    """Return how many there are of each type by a day, those of most first; ``found``: of these ids alone, not all."""
    which = "id IN (SELECT value FROM json_each(?)) AND" if found is not None else ""
    asked = (json.dumps(found),) if found is not None else ()
    rows = ledger.connection.execute(
        f"SELECT type, count(*) FROM identities WHERE {which} first < ? GROUP BY type ORDER BY 2 DESC, 1",
        (*asked, f"{as_of}~" if as_of else "~"),
    )
    return dict(rows.fetchall())


def _words(words: str) -> list[str]:
    return sorted(set(_WORD.findall(folded(words))))


def _called_just(ledger: Ledger, identity: str, wanted: list[str]) -> bool:
    """Whether one of the first names of an identity is some words and no others."""
    rows = ledger.connection.execute(
        "SELECT e.name FROM identified i JOIN entities e ON e.id = i.entity WHERE i.identity = ? "
        "ORDER BY i.place, i.entity LIMIT 20",
        (identity,),
    )
    return any(_words(name) == wanted for (name,) in rows)


Counts = tuple[str, int, int]
"""An identity with its documents and statements up to a place."""


def _rank(row: Counts) -> tuple[int, int, str]:
    return -row[2], -row[1], row[0]


def _most_heard(
    ledger: Ledger, until: str, type: EntityType | None, most: int, among: Collection[str] | None = None
) -> list[Counts]:
    """The identities that are heard most up to a place; ``among``: of these alone.

    Those heard most of all come first, and the others are not looked at once they can't be among them.
    """
    ranked = _by_heard(ledger, until, type, among)
    found: list[Counts] = []
    while some := list(islice(ranked, max(most, AT_ONCE))):
        if len(found) == most and (-some[0][1], -some[0][2], some[0][0]) > _rank(found[-1]):
            break
        least = found[-1][2] if len(found) == most else 0
        chosen = [identity for identity, _, _ in some]
        if until != "~":
            chosen = _heard_so_often(ledger, until, chosen, least)
        found = sorted((*found, *_counted(ledger, until, chosen)), key=_rank)
        del found[most:]
    return found


AT_ONCE = 64
"""Identities that are counted at once; what these add up to is remembered."""

LOOKED_UP = 2_000
"""Identities up to which those that have a name are looked up one by one; of more so many come soon among those that
are heard most that these are gone through."""


def _by_heard(
    ledger: Ledger, until: str, type: EntityType | None, among: Collection[str] | None
) -> Iterator[tuple[str, int, int]]:
    """Identities that begin before a place, with all their statements and documents, those heard most first."""
    few = among is not None and len(among) <= LOOKED_UP
    values = {"until": until, "type": type, "among": json.dumps(list(among or ())) if few else None}
    asked = [
        "first < :until", *(["type = :type"] if type else []),
        *(["id IN (SELECT value FROM json_each(:among))"] if few else []),
    ]  # fmt: skip
    rows: Iterator[tuple[str, int, int]] = ledger.connection.execute(
        f"SELECT id, heard, tellings FROM identities WHERE {' AND '.join(asked)} "
        "ORDER BY heard DESC, tellings DESC, id",
        values,
    )
    return rows if among is None or few else (row for row in rows if row[0] in among)


def _heard_so_often(ledger: Ledger, until: str, chosen: list[str], least: int) -> list[str]:
    """Those of some identities that are heard so often up to a place; asked of an index, where rows lie far apart."""
    if not least:
        return chosen
    rows = ledger.connection.execute(
        "SELECT i.identity FROM identified i CROSS JOIN entities e INDEXED BY entities_heard "
        f"ON e.id = i.entity AND e.heard > 0 WHERE i.place < ? AND i.identity IN ({marks(chosen)}) "
        "GROUP BY i.identity HAVING sum(e.heard) >= ?",
        (until, *chosen, least),
    )
    return [identity for (identity,) in rows]


MANY = 600
"""Entities of documents up to which an identity is counted one by one, and by which its names and offices are told; of
one that is more, so many of them tell these, spread over its time, and what gives it by office alone is counted too."""


def _counted(ledger: Ledger, until: str, chosen: list[str]) -> list[Counts]:
    """Some identities with their documents and statements up to a place."""
    sizes = {
        name: (tellings, heard)
        for name, tellings, heard in ledger.connection.execute(
            f"SELECT id, tellings, heard FROM identities WHERE id IN ({marks(chosen)})", chosen
        )
    }
    large = [name for name, (tellings, _) in sizes.items() if tellings > MANY]
    small = [name for name in chosen if name not in large]
    if until == "~" and len(small) <= AT_ONCE:
        every = ((name, described(ledger, name, until, MANY)) for name in small if name in sizes)
        found = [(name, told.documents, sizes[name][1]) for name, told in every if told is not None]
    else:
        found = _counted_whole(ledger, until, small)
    for name in large:
        counts = sizes[name] if until == "~" else _counted_by(ledger, name, until)
        found += [(name, *counts)] if counts[0] else []
    return found


def _counted_by(ledger: Ledger, name: str, until: str) -> tuple[int, int]:
    """The documents and statements of an identity up to a place."""
    documents, heard = ledger.connection.execute(
        "SELECT count(*), coalesce(sum(e.heard), 0) FROM identified i "
        "LEFT JOIN entities e INDEXED BY entities_heard ON e.id = i.entity AND e.heard > 0 "
        "WHERE i.identity = ? AND i.place < ?",
        (name, until),
    ).fetchone()
    return documents, heard


def _counted_whole(ledger: Ledger, until: str, chosen: list[str]) -> list[Counts]:
    """The same, each document looked at."""
    which = f"AND i.identity IN ({marks(chosen)})"
    return ledger.connection.execute(  # what gives it by office alone is heard, and is no document of its own
        "SELECT i.identity, count(DISTINCT CASE WHEN e.name != '' THEN i.place END) AS documents, sum(e.heard) "
        f"FROM identified i JOIN entities e ON e.id = i.entity WHERE i.place < ? {which} "
        "GROUP BY i.identity HAVING documents > 0",
        (until, *chosen),
    ).fetchall()


def _held(ledger: Ledger, counted: Counts, until: str, most: int) -> HeldEntity | None:
    identity, documents, statements = counted
    told = described(ledger, identity, until, most if documents > MANY else documents + MANY)
    if told is None:
        return None
    return HeldEntity(
        identity, told.type, told.name, told.names, told.roles, told.first, told.last, documents, statements
    )


def why(ledger: Ledger, one: str, other: str | None = None, most: int = -1) -> list[Joined]:
    """Return what documents name of one or two, each with why it is of its identity, in the order of days.

    ``one``, ``other``: an id across documents, also one that it had before, or an entity of a document as
    ``DOCUMENT#NUMBER``; of an id all that joined it. ``most``: at most so many of each, the first; -1: all. Empty where
    there is none of it.
    """
    identify(ledger)
    rows = []
    for name in (one, other):
        if name is None:
            continue
        document, _, number = name.rpartition("#")
        by_id = is_entity(name)
        chosen = "i.identity = ?" if by_id else "d.name = ? AND e.number = ?"
        rows += ledger.connection.execute(
            f"SELECT i.identity, d.name, e.number, e.place, e.name, i.why, {OLDER} FROM documents d "
            "JOIN readings r ON r.document = d.id JOIN entities e ON e.reading = r.id "
            f"JOIN identified i ON i.entity = e.id WHERE {chosen} ORDER BY i.place, i.entity LIMIT ?",
            (leads_to(ledger.connection, name), most) if by_id else (document, number, most),
        ).fetchall()
    return [
        Joined(identity, document, number, place[:10] if place[0] != "?" else None, name, _WHY.decode(reason), version)
        for identity, document, number, place, name, reason, version in rows
    ]


def compared(ledger: Ledger, one: str, other: str) -> str:
    """Return in words what keeps two identities, by their ids, apart; where nothing forbids it, what they share.

    The one that begins later is compared with the other one as the rules do it.
    """
    found = [(tellings_of(ledger, identity), identity) for identity in (one, other)]
    if not all(tellings for tellings, _ in found):
        return "one of them is not in the ledger"
    (earlier, name), (later, _) = sorted(found, key=lambda each: (each[0][0].place, each[1]))
    known = Identity(name, earlier[0].named.type)
    for telling in earlier:
        if telling.named.name:
            known.add(telling)
    first = later[0]
    if not first.named.name or not known.tellings:
        return "one of them is known by an office alone, which more than one may have held then"
    if first.named.block != known.first.named.block:
        return f"{first.named.name} and {known.first.named.name} are not names of one"
    reason = apart(first, known)
    if reason:
        return reason
    found_out = match(first, known, lambda _: frozenset())
    if found_out is None:
        return "their names are those of two"
    score = found_out.why.score
    shared = "; ".join(found_out.why.shares)
    if score < LEAST:
        return f"what they share weighs {score:g}, and {LEAST:g} is needed: {shared}"
    return f"they share {shared}, and so do others of that name, or too little tells them apart"

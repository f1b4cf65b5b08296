"""The people, bodies and places of a ledger as of a day, and why what documents name is one or is not.

Promise: every answer can be traced to the documents and to the reason of each match. The odd case that forced its
shape: a name may mean several, so that a question by name has a list for an answer, and only an id means one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from onrecord.ledger.calling import called, folded
from onrecord.ledger.identities import identify
from onrecord.ledger.identity import Identity, Telling, Why
from onrecord.ledger.named import Named
from onrecord.ledger.persons import apart
from onrecord.ledger.sameness import LEAST, match
from onrecord.ledger.store import OLDER, Ledger, marks
from onrecord.nouns import EntityType

_NAMED = msgspec.json.Decoder(Named)
_WHY = msgspec.json.Decoder(Why)
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"P[0-9a-f]{10}\Z")


class HeldRole(msgspec.Struct, frozen=True):
    """An office with the first and the last day on which documents tell it; None where their days are not known."""

    title: str
    first: str | None
    last: str | None
    documents: int


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

    ``words``: words of a name, or an id. ``as_of``: only what was published up to this day counts; None: all. Raises
    LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    identify(ledger)
    until = f"{as_of}~" if as_of else "~"
    if words:
        rows = _counted(ledger, until, type, named(ledger, words, as_of))
        wanted = _words(words)
        exact = {each for each, _, _ in rows if len(wanted) > 1 and _called_just(ledger, each, wanted)}
        rows.sort(key=lambda row: (row[0] not in exact, *_rank(row)))
    else:
        rows = _most_heard(ledger, until, type, most)
    spread = MANY if most == 1 else IN_A_LIST
    return [_held(ledger, identity, until, documents, heard, spread) for identity, documents, heard in rows[:most]]


def named(ledger: Ledger, words: str, as_of: str | None = None) -> list[str]:
    """Return the ids of those who are called by all of some words, or of the one whose id it is."""
    if _ID.match(words):
        return [words]
    wanted = _words(words)
    if not wanted:
        return []
    rows = ledger.connection.execute(
        f"SELECT identity FROM identity_words WHERE word IN ({marks(wanted)}) AND place < ? "
        "GROUP BY identity HAVING count(DISTINCT word) = ? ORDER BY identity",
        (*wanted, f"{as_of}~" if as_of else "~", len(wanted)),
    )
    return [identity for (identity,) in rows]


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


def _most_heard(ledger: Ledger, until: str, type: EntityType | None, most: int) -> list[Counts]:
    """The identities that are heard most up to a place.

    Those heard most of all come first, and the others are not looked at once they can't be among them.
    """
    rows = ledger.connection.execute(
        "SELECT id, heard, tellings FROM identities WHERE first < ? ORDER BY heard DESC, tellings DESC, id", (until,)
    )
    found: list[Counts] = []
    while some := rows.fetchmany(max(most, AT_ONCE)):
        if len(found) == most and (-some[0][1], -some[0][2], some[0][0]) > _rank(found[-1]):
            break
        found = sorted((*found, *_counted(ledger, until, type, [identity for identity, _, _ in some])), key=_rank)
        del found[most:]
    return found


AT_ONCE = 64
"""Identities that are counted at once."""


MANY = 600
"""Entities of documents up to which an identity is counted one by one, and by which its names and offices are told; of
one that is more, so many of them tell these, spread over its time, and what gives it by office alone is counted too."""

IN_A_LIST = 24
"""The same in a list of several."""


def _counted(ledger: Ledger, until: str, type: EntityType | None, chosen: list[str]) -> list[Counts]:
    """Some identities with their documents and statements up to a place."""
    sizes = {
        name: (tellings, heard)
        for name, tellings, heard in ledger.connection.execute(
            f"SELECT id, tellings, heard FROM identities WHERE id IN ({marks(chosen)})", chosen
        )
    }
    large = [name for name, (tellings, _) in sizes.items() if tellings > MANY]
    found = _counted_whole(ledger, until, type, [name for name in chosen if name not in large])
    for name in large:
        if type is None or _type(ledger, name) == type:
            counts = sizes[name] if until == "~" else _counted_by(ledger, name, until)
            found += [(name, *counts)] if counts[0] else []
    return found


def _type(ledger: Ledger, name: str) -> str:
    (type,) = ledger.connection.execute("SELECT type FROM identities WHERE id = ?", (name,)).fetchone()
    return str(type)


def _counted_by(ledger: Ledger, name: str, until: str) -> tuple[int, int]:
    """The documents and statements of an identity up to a place."""
    documents, heard = ledger.connection.execute(
        "SELECT count(*), coalesce(sum(e.heard), 0) FROM identified i CROSS JOIN entities e ON e.id = i.entity "
        "WHERE i.identity = ? AND i.place < ?",
        (name, until),
    ).fetchone()
    return documents, heard


def _counted_whole(ledger: Ledger, until: str, type: EntityType | None, chosen: list[str]) -> list[Counts]:
    """The same, each document looked at."""
    which = f"AND i.identity IN ({marks(chosen)})"
    typed = "AND e.type = ?" if type else ""
    values = (until, *chosen, *((type,) if type else ()))
    return ledger.connection.execute(  # what gives it by office alone is heard, and is no document of its own
        "SELECT i.identity, count(DISTINCT CASE WHEN e.name != '' THEN i.place END) AS documents, sum(e.heard) "
        f"FROM identified i JOIN entities e ON e.id = i.entity WHERE i.place < ? {which} {typed} "
        "GROUP BY i.identity HAVING documents > 0",
        values,
    ).fetchall()


DESCRIBED = 100
"""Identities of which it is remembered what their documents add up to: the list of those most heard twice over, with
what hundreds of documents tell of each."""

Row = tuple[str, str, int]
"""What one document tells of an identity, as the ledger keeps it: the entity, its place, the reading."""


def _held(ledger: Ledger, identity: str, until: str, documents: int, statements: int, most: int = MANY) -> HeldEntity:
    rows = _rows(ledger, identity, until, most if documents > MANY else documents + MANY)
    return HeldEntity(identity, *_described(tuple(rows)), documents, statements)


Described = tuple[EntityType, str, tuple[str, ...], tuple[HeldRole, ...], str | None, str | None]
"""What is told of an identity: type, name, other names, offices, the first and the last day."""


@lru_cache(DESCRIBED)
def _described(rows: tuple[Row, ...]) -> Described:
    """What some rows of documents add up to; where nothing more is told of somebody they are the same again."""
    tellings = _as_tellings(rows)
    told = [telling for telling in tellings if telling.named.name]
    person = told[0].named.type == "person"
    counts = Counter(form for telling in told for form in telling.named.forms)
    fullest = Counter(telling.named.name for telling in told)
    name = max(fullest, key=lambda form: (bool(person and called(form).given), fullest[form], len(form), form))
    days = [telling.day for telling in told if telling.day]
    return (
        Counter(telling.named.type for telling in told).most_common(1)[0][0],
        name,
        tuple(form for form, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if form != name),
        _roles(tellings),
        min(days, default=None),
        max(days, default=None),
    )


def _roles(tellings: list[Telling]) -> tuple[HeldRole, ...]:
    """Offices by what they are compared by, in the words that are used most, the one that most documents tell first."""
    titles: dict[str, Counter[str]] = {}
    days: dict[str, list[str]] = {}
    places: dict[str, set[str]] = {}
    for telling in tellings:
        for office in telling.named.offices:
            key = f"{office.past} {office.key or office.title.lower()}"
            titles.setdefault(key, Counter())[office.title] += 1
            days.setdefault(key, []).extend([telling.day] if telling.day else [])
            places.setdefault(key, set()).add(telling.place)
    roles = [
        HeldRole(
            max(words, key=lambda title: (words[title], title)),
            min(days[key], default=None),
            max(days[key], default=None),
            len(places[key]),
        )
        for key, words in titles.items()
    ]
    return tuple(sorted(roles, key=lambda role: (-role.documents, role.first or "", role.title)))


def _tellings(ledger: Ledger, identity: str) -> list[Telling]:
    """All that documents tell of an identity."""
    return _as_tellings(_rows(ledger, identity))


def _as_tellings(rows: Iterable[Row]) -> list[Telling]:
    return [Telling(_NAMED.decode(body), place, reading) for body, place, reading in rows]


def _rows(ledger: Ledger, identity: str, until: str = "~", most: int | None = None) -> list[Row]:
    """What documents tell of an identity up to a place; of more than ``most`` about so many, spread over its time.

    In a list of several these are its first and its last ones.
    """
    chosen, step, end = f"{_TOLD_OF} AND place < :until", 1, 1
    if most is not None:
        (count,) = ledger.connection.execute("SELECT tellings FROM identities WHERE id = ?", (identity,)).fetchone()
        if count > most:
            step, end = count // most + 1, 1 if most > IN_A_LIST else most // 2
            spread = f"UNION {chosen} AND entity % :step = 0" if most > IN_A_LIST else ""
            first, last = (_DATED.format(order) for order in ("", "DESC"))
            chosen = f"SELECT * FROM ({first}) UNION SELECT * FROM ({last}) {spread}"
    return ledger.connection.execute(
        f"SELECT e.body, e.place, e.reading FROM ({chosen}) n CROSS JOIN entities e ON e.id = n.entity "
        "ORDER BY e.place, e.id",
        {"identity": identity, "until": until, "step": step, "end": end},
    ).fetchall()


_TOLD_OF = "SELECT entity FROM identified WHERE identity = :identity"
_DATED = f"{_TOLD_OF} AND place < min(:until, '?') ORDER BY place {{}} LIMIT :end"


def why(ledger: Ledger, one: str, other: str | None = None, most: int = -1) -> list[Joined]:
    """Return what documents name of one or two, each with why it is of its identity, in the order of days.

    ``one``, ``other``: an id across documents, or an entity of a document as ``DOCUMENT#NUMBER``; of an id all that
    joined it. ``most``: at most so many of each, the first; -1: all. Empty where there is none of it.
    """
    identify(ledger)
    rows = []
    for name in (one, other):
        if name is None:
            continue
        document, _, number = name.rpartition("#")
        chosen = "i.identity = ?" if _ID.match(name) else "d.name = ? AND e.number = ?"
        rows += ledger.connection.execute(
            f"SELECT i.identity, d.name, e.number, e.place, e.name, i.why, {OLDER} FROM documents d "
            "JOIN readings r ON r.document = d.id JOIN entities e ON e.reading = r.id "
            f"JOIN identified i ON i.entity = e.id WHERE {chosen} ORDER BY i.place, i.entity LIMIT ?",
            (name, most) if _ID.match(name) else (document, number, most),
        ).fetchall()
    return [
        Joined(identity, document, number, place[:10] if place[0] != "?" else None, name, _WHY.decode(reason), version)
        for identity, document, number, place, name, reason, version in rows
    ]


def compared(ledger: Ledger, one: str, other: str) -> str:
    """Return in words what keeps two identities, by their ids, apart; where nothing forbids it, what they share.

    The one that begins later is compared with the other one as the rules do it.
    """
    found = [(_tellings(ledger, identity), identity) for identity in (one, other)]
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

"""What documents tell of an identity, added up: its names, its offices and its days.

Promise: what is remembered is what the rows would add up to now; a document more, one fewer or one that was read again
makes it another. The odd case that forced the shape: while a writer adds documents SQLite forgets what it has read of
the file after each, and the list of those heard most would read thousands of rows again, nearly all of them the same;
so which rows there are is looked up in an index alone, and they are read where these are others than before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import msgspec

from onrecord.ledger.calling import called
from onrecord.ledger.identity import Telling
from onrecord.ledger.named import Named
from onrecord.ledger.store import Ledger
from onrecord.ledger.worked_out import OfLedgers
from onrecord.nouns import EntityType

_NAMED = msgspec.json.Decoder(Named)


class HeldRole(msgspec.Struct, frozen=True):
    """An office with the first and the last day on which documents tell it; None where their days are not known."""

    title: str
    first: str | None
    last: str | None
    documents: int


class Described(NamedTuple):
    """What is told of an identity."""

    type: EntityType
    name: str
    names: tuple[str, ...]
    """Other names, the most used first."""
    roles: tuple[HeldRole, ...]
    first: str | None
    last: str | None
    """Days of publication."""
    documents: int
    """Those that name it; what gives it by office alone is none of them."""


REMEMBERED = 600
"""Identities of which it is remembered what their documents add up to: the list of those most heard several times
over, as of several days."""

IN_A_LIST = 24
"""Entities of documents by which names and offices of one that is in many are told in a list of several."""

Row = tuple[str, str, int]
"""What one document tells of an identity, as the ledger keeps it: the entity, its place, the reading."""


def described(ledger: Ledger, identity: str, until: str, most: int) -> Described | None:
    """Return what documents tell of an identity up to a place; None where none names it.

    Of one in more documents than ``most`` about so many tell it, spread over its time; in a list of several
    (`IN_A_LIST`) its first and its last ones.
    """
    chosen = _chosen(ledger, identity, until, most)
    known = _MEMORIES.of(ledger)(chosen)
    if not known:
        rows = _rows(ledger, chosen)
        if not rows or chosen.reading not in {reading for *_, reading in rows}:  # another program changes them
            return _added_up(rows)
        known.append(_added_up(rows))
    return known[0]


class _Chosen(NamedTuple):
    """Which entities of documents tell of an identity, by which they are known again in one ledger.

    The number of an entity may be given once more, but only those behind the last that is left: so with the reading of
    the last one these are the same, as what is told of an entity comes from its reading alone.
    """

    entities: str
    """Their numbers, as JSON."""
    places: bytes
    """A digest of the places of their documents."""
    reading: int | None
    """The reading of the last one."""


Memory = Callable[[_Chosen], list[Described | None]]
"""Gives where to remember what some entities add up to: an empty list until somebody has worked it out."""


_MEMORIES = OfLedgers[Memory](lambda: lru_cache(REMEMBERED)(_nothing_yet))


def _nothing_yet(_: _Chosen) -> list[Described | None]:
    return []


def _chosen(ledger: Ledger, identity: str, until: str, most: int) -> _Chosen:
    chosen, step, end = f"{_TOLD_OF} AND place < :until", 1, 1
    (count,) = ledger.connection.execute(
        "SELECT coalesce(max(tellings), 0) FROM identities WHERE id = ?", (identity,)
    ).fetchone()
    if count > most:
        step, end = count // most + 1, 1 if most > IN_A_LIST else most // 2
        spread = f"UNION {chosen} AND entity % :step = 0" if most > IN_A_LIST else ""
        first, last = (_DATED.format(order) for order in ("", "DESC"))
        chosen = f"SELECT * FROM ({first}) UNION SELECT * FROM ({last}) {spread}"
    entities, places, reading = ledger.connection.execute(
        "SELECT entities, places, (SELECT e.reading FROM entities e WHERE e.id = last) FROM ("
        "SELECT json_group_array(entity) AS entities, group_concat(place, char(10)) AS places, max(entity) AS last "
        f"FROM (SELECT * FROM ({chosen}) ORDER BY place, entity))",
        {"identity": identity, "until": until, "step": step, "end": end},
    ).fetchone()
    return _Chosen(entities, sha256((places or "").encode()).digest(), reading)


_TOLD_OF = "SELECT place, entity FROM identified WHERE identity = :identity"
_DATED = f"{_TOLD_OF} AND place < min(:until, '?') ORDER BY place {{}} LIMIT :end"


def _rows(ledger: Ledger, chosen: _Chosen) -> list[Row]:
    return ledger.connection.execute(
        "SELECT e.body, e.place, e.reading FROM json_each(?) n CROSS JOIN entities e ON e.id = n.value "
        "ORDER BY e.place, e.id",
        (chosen.entities,),
    ).fetchall()


def tellings_of(ledger: Ledger, identity: str) -> list[Telling]:
    """Return all that documents tell of an identity, in the order of their days."""
    return _as_tellings(_rows(ledger, _chosen(ledger, identity, "~", EVERY)))


EVERY = 1 << 62


def _as_tellings(rows: Iterable[Row]) -> list[Telling]:
    return [Telling(_NAMED.decode(body), place, reading) for body, place, reading in rows]


def _added_up(rows: Sequence[Row]) -> Described | None:
    """What some rows of documents add up to; None where none of them names anybody."""
    tellings = _as_tellings(rows)
    told = [telling for telling in tellings if telling.named.name]
    if not told:
        return None
    person = told[0].named.type == "person"
    counts = Counter(form for telling in told for form in telling.named.forms)
    fullest = Counter(telling.named.name for telling in told)
    name = max(fullest, key=lambda form: (bool(person and called(form).given), fullest[form], len(form), form))
    days = [telling.day for telling in told if telling.day]
    return Described(
        Counter(telling.named.type for telling in told).most_common(1)[0][0],
        name,
        tuple(form for form, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])) if form != name),
        _roles(tellings),
        min(days, default=None),
        max(days, default=None),
        len({telling.place for telling in told}),
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

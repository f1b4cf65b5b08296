"""With whom an entity is compared: those who may bear its name, found in the ledger by letter, words or initials.

Promise: what a name costs does not rise with how many have borne it: of the people of one surname and of the bodies of
the same initials those told of last are compared, and the others are not read. The odd case that forced its shape:
"NRB" may be any of a hundred bodies, while each of these can only be what has its very words, or nothing but letters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.language.lexicon import lexicon
from onrecord.ledger.calling import LETTERED, called
from onrecord.ledger.identity import Telling
from onrecord.ledger.named import Named
from onrecord.ledger.sameness import in_words
from onrecord.nouns import EntityType

CROWD = 24
"""Identities of one block with which an entity is compared at most: those told of last."""

_NO_END = -1


class Candidate(NamedTuple):
    """An identity that others may join."""

    id: str
    type: EntityType
    last: str
    """The place at which it was last told of by name."""


class _Asked(NamedTuple):
    """Which identities of a block an entity may be of."""

    which: str
    """A condition in SQL."""
    values: Mapping[str, str]
    most: int
    letters: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Of a person with a given name: with which letters that of another may begin, and what else it may be."""

    def takes(self, given: str) -> bool:
        """Whether somebody of a given name, or of none, may be the one."""
        return not (self.letters and given) or given[0] in self.letters or given in self.names


class Candidates:
    """Those of whom entities may be, while these are compared in their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._place = ""
        self._told: set[str] = set()
        """Of whom the entities are that are told of at the place where entities are being compared."""
        self._begun: dict[str, tuple[Named, str]] = {}
        """Who begins there and may be joined, with the given name."""

    def of(self, telling: Telling, entity: int) -> tuple[dict[str, EntityType], bool]:
        """Return the identities that an entity may be of, and whether people of other given names are left out.

        ``entity``: its number in the ledger. What was told before it has to be in the ledger as it was compared.
        """
        self._come_to(telling.place)
        named = telling.named
        asked = _asked(named)
        values = {**asked.values, "block": named.block, "place": telling.place, "entity": entity}
        begun = [(each, given) for each, (other, given) in self._begun.items() if other.block == named.block]
        here = [Candidate(each, named.type, telling.place) for each, given in begun if asked.takes(given)]
        known = sorted(
            (*self._known(asked, values, len(here)), *here), key=lambda each: (each.last, each.id), reverse=True
        )
        found = {each.id: each.type for each in (known if asked.most == _NO_END else known[: asked.most])}
        others = len(here) < len(begun) or (
            bool(asked.letters) and self._connection.execute(_OTHERS, values).fetchone() is not None
        )
        return found, others

    def _known(self, asked: _Asked, values: Mapping[str, object], here: int) -> list[Candidate]:
        """Those who were known before, the last told of first; one too many where there are too many.

        Where they are, with so many ``here``, and some have been told of since, as where a document comes late, it is
        looked up when each was before that.
        """
        values = {**values, "most": asked.most if asked.most == _NO_END else asked.most + 1}
        for last in (_LAST, _LAST_THEN):
            rows = self._connection.execute(_KNOWN.format(last=last, which=asked.which), values)
            found = [Candidate(*row) for row in rows]
            if not 0 <= asked.most < len(found) + here or not any(map(self._is_later, found)):
                break
        return found

    def _is_later(self, known: Candidate) -> bool:
        """Whether somebody was last told of where entities are compared only later."""
        return known.last > self._place or (known.last == self._place and known.id not in self._told)

    def told(self, identity: str, telling: Telling) -> None:
        """Take of whom an entity is."""
        self._come_to(telling.place)
        self._told.add(identity)

    def begins(self, identity: str, telling: Telling, given: str) -> None:
        """Take whom an entity begins; ``given``: the given name of a person, else empty."""
        self._come_to(telling.place)
        self._begun[identity] = telling.named, given

    def _come_to(self, place: str) -> None:
        if place != self._place:
            self._place, self._told, self._begun = place, set(), {}


def _asked(named: Named) -> _Asked:
    if named.type == "person":
        given = {c.given for form in named.forms if (c := called(form)).given}
        if not given:
            return _Asked("", {}, CROWD)
        short = lexicon("en").short
        letters = frozenset(each[0] for one in given for each in (one, *short.get(one, ())))
        names = frozenset[str]().union(*map(_short_for, letters))
        values = {
            "strict": "".join(sorted(letters)),
            "names": f" {' '.join(sorted(names))} ",
            "letters": json.dumps(sorted({"", *letters, *(name[0] for name in names)})),
        }
        return _Asked(f"AND {_BY_LETTER}", values, CROWD, letters, names)
    if named.block.startswith(LETTERED):
        values = {"keys": json.dumps(_sought(named))}
        return _Asked(f"AND {_BY_KEY}", values, _NO_END if named.every else CROWD)
    return _Asked("", {}, _NO_END)


@cache
def _short_for(letter: str) -> frozenset[str]:
    """The given names that are short for one with some first letter: "bill" for "William"."""
    return frozenset(one for one, longer in lexicon("en").short.items() if any(each[0] == letter for each in longer))


def keys(named: Named) -> list[str]:
    """Return what a body that may be known by initials is found by: its words, and the letters that it is or has."""
    return sorted({key for each in in_words(named) for key in _keys(each.words, each.letters)})


def _keys(words: Iterable[str], letters: str) -> tuple[str, ...]:
    told = " ".join(sorted(words))
    return (f"={told}", f"+{letters}") if told else (f":{letters}",)


def _sought(named: Named) -> list[str]:
    """The keys of those of which a body may be: of the same words, or of the same letters where one has no words."""
    own = set(keys(named))
    worded = any(key[0] == "=" for key in own)
    letters = {key[1:] for key in own if key[0] != "="}
    signs = ":" if worded else ":+"
    return sorted({key for key in own if key[0] == "="} | {f"{sign}{each}" for sign in signs for each in letters})


_BY_LETTER = (
    "substr(n.given, 1, 1) IN (SELECT value FROM json_each(:letters)) AND "
    "(n.given = '' OR instr(:strict, substr(n.given, 1, 1)) OR instr(:names, ' ' || n.given || ' '))"
)
_BY_KEY = (
    "n.id IN (SELECT w.identity FROM json_each(:keys) k JOIN identity_words w ON w.word = k.value "
    "WHERE w.place <= :place)"
)
_LAST = "n.last"
_LAST_THEN = (
    "(SELECT i.place FROM identified i JOIN entities e ON e.id = i.entity WHERE i.identity = n.id "
    "AND (i.place, i.entity) < (:place, :entity) AND e.name != '' ORDER BY i.place DESC LIMIT 1)"
)
_KNOWN = (
    "SELECT n.id, n.type, {last} AS told FROM identities n WHERE n.block = :block AND n.open AND n.first < :place "
    "{which} ORDER BY told DESC, n.id DESC LIMIT :most"
)
_OTHERS = (
    f"SELECT 1 FROM identities n WHERE n.block = :block AND n.open AND n.first < :place AND NOT ({_BY_LETTER}) LIMIT 1"
)

"""Somebody or something across documents, and why an entity of a document is of it.

Promise: every reason says by which rule, with what weight and for what it was given. The odd case that forced its
shape: somebody is heard of in ten thousand documents, so that an identity is judged by its first and its latest
tellings and never by all.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from onrecord.ledger.calling import Called, called, folded
from onrecord.ledger.days import days_between
from onrecord.ledger.named import Named
from onrecord.nouns import EntityType

FIRST, LATEST = 8, 24
"""Tellings of an identity by which it is judged."""

LATELY = 120
"""Days in which people are counted by how often a bare surname means them, and in which an office counts as held."""

FEW = 3
"""Documents from which on it can be told what a name lately meant."""


class Weights(NamedTuple):
    """What each reason is worth. Set by hand; `LEAST` is what a surname that few bear is worth while it is in use."""

    name: float = 3.0
    short: float = 2.7
    middle: float = 2.3
    initial: float = 1.6
    generation: float = -1.0
    """One is told of as a Jr. or Sr. and the other has not been; where he has been told of often, `namesake`."""
    only_initial: float = -0.4
    """Nothing but the first letter of the given names is the same."""
    letters: float = 2.0
    surname: float = 1.6
    later_given: float = 1.2
    """Who has been told of by a surname alone, which few bear, gets a given name."""
    common_surname: float = 0.8
    office: float = 1.5
    class_of_office: float = 1.0
    near: float = 0.4
    lately: float = 0.4
    called_so: float = 1.0
    """The name has lately meant this one far oftener than others."""
    no_office: float = -0.7
    """Both hold offices, and none is the same."""
    long_ago: float = -1.0
    another: float = -0.8
    """Somebody else of that surname is told of, so that a bare one may have meant either."""
    other_land: float = 1.2
    """A body that every land has, where the text names its land, but others more often."""
    far_land: float = 0.8
    """The same where the text does not name that land."""
    no_land: float = 1.5
    """The same where the text names no land, or where the body's name is a long one."""
    namesake: float = -2.0
    """The same full name, one that many bear, with another office and other company."""


WEIGHTS = Weights()


class Why(msgspec.Struct, frozen=True):
    """Why one entity of a document is of an identity."""

    rule: str
    score: float = 0.0
    shares: tuple[str, ...] = ()


BARE, INITIAL = "person.bare", "person.initial"
"""The rules of a match in which one has no given name, or nothing of it but a letter."""

FIRST_TOLD = Why("first")
UNDECIDED = Why("undecided")
"""The rule of what could be one of several: it stands by itself, and nothing joins it."""


class Telling(NamedTuple):
    """An entity of a document with where it stands in the order of tellings."""

    named: Named
    place: str
    """Day, name and digest of the document: what orders the tellings, the same for all of one document."""
    reading: int

    @property
    def day(self) -> str | None:
        """The day of publication; None where it is not known."""
        return self.place[:10] if self.place[0] != "?" else None


Near = Callable[[int], frozenset[str]]
"""The people and bodies of a reading, by its number in the ledger."""


class Identity:
    """Somebody or something across documents, by the first and the latest tellings."""

    def __init__(
        self,
        id: str,
        type: EntityType = "person",
        earlier: Callable[[], tuple[list[Telling], list[Telling]]] | None = None,
    ) -> None:
        """Take an id, a type, and how to get at the first and the latest of the tellings that came before."""
        self.id = id
        self.type = type
        self._earlier = earlier
        self._first: list[Telling] = []
        self._latest: deque[Telling] = deque(maxlen=LATEST)
        self._names: list[Called] | None = None

    def add(self, telling: Telling) -> None:
        """Take one more telling, the latest."""
        self._names = None
        if len(self._first) < FIRST:
            self._first.append(telling)
        self._latest.append(telling)

    def just_called(self, named: Named) -> bool:
        """Whether one of the tellings that were taken last calls it by the same names."""
        return any(t.named.forms == named.forms and t.named.block == named.block for t in self._latest)

    def _load(self) -> None:
        if self._earlier is not None:
            first, latest = self._earlier()
            self._first = [*first, *self._first][:FIRST]
            self._latest = deque((*latest, *self._latest), maxlen=LATEST)
            self._earlier = None

    @property
    def beginning(self) -> Sequence[Telling]:
        """The first tellings."""
        self._load()
        return self._first

    @property
    def first(self) -> Telling:
        """The telling that it begins with."""
        self._load()
        return self._first[0]

    @property
    def latest(self) -> Sequence[Telling]:
        """The tellings that come last, in order."""
        self._load()
        return self._latest

    @property
    def tellings(self) -> list[Telling]:
        """Those that count, each once, in order."""
        self._load()
        seen = {(each.reading, each.named.number) for each in self._first}
        return [*self._first, *(t for t in self._latest if (t.reading, t.named.number) not in seen)]

    @property
    def last(self) -> str | None:
        """The last day on which it was told of."""
        return self.latest[-1].day

    def names(self) -> list[Called]:
        """Return the names of a person, those without a given name only where there are no others."""
        if self._names is None:
            full = [c for t in self.tellings for c in names_in(t.named) if c.given]
            self._names = list(dict.fromkeys(full)) or [called(self.first.named.name)]
        return self._names

    def gender(self) -> str | None:
        """Return the gender that is told most: by names and titles, else by pronouns."""
        told = Counter(t.named.gender for t in self.tellings if t.named.gender)
        told = told or Counter(t.named.pronoun for t in self.tellings if t.named.pronoun)
        return max(told, key=lambda gender: (told[gender], gender)) if told else None

    def near(self, near: Near) -> frozenset[str]:
        """Return the people and bodies in whose company it is named."""
        return frozenset().union(*(near(t.reading) for t in self.tellings))

    def rate(self, named: Named, day: str | None, just: bool) -> float:
        """Return how many documents a day have lately called it by the same name; 0 where hardly any has.

        ``just``: only those count that give it no fuller name.
        """
        if day is None:
            return 0.0
        name, forms = folded(named.name), {folded(form) for form in named.forms}
        days = [
            t.day
            for t in self.latest
            if t.day and days_between(t.day, day) <= LATELY
            if (folded(t.named.name) == name if just else not forms.isdisjoint(map(folded, t.named.forms)))
        ]
        return len(days) / max(1, days_between(days[0], day)) if len(days) > FEW else 0.0

    def land(self) -> str:
        """Return the land of a body that every land has: told by name, else what documents are mostly about."""
        told = Counter(t.named.land for t in self.tellings if t.named.land)
        told = told or Counter(t.named.lands[0] for t in self.tellings if t.named.lands)
        return max(told, key=lambda land: (told[land], land)) if told else ""


def names_in(named: Named) -> list[Called]:
    """Return the names of a person in one document, in their parts."""
    return [called(form) for form in named.forms]


def more(why: Why, weight: float, *reasons: str) -> Why:
    """Return a reason with more weight, which may be less than nothing, and what gave it."""
    return Why(why.rule, round(why.score + weight, 2), (*why.shares, *reasons))


def plain_block(block: str) -> str:
    """Return a block as people read it: without what kind of names lie in it."""
    return block.partition(" ")[2]

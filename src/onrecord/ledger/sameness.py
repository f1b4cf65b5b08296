"""Who of two documents is one and the same: by name, gender, office, company and time, weighed so that it can be shown.

Promise: every match says by which rule, with what weight and for what reasons; what a user has decided goes before the
rules; what comes later never changes what was one before. The odd case that forced its shape: somebody is heard of in
ten thousand documents, so that an identity is judged by its first and its latest tellings and never by all.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from onrecord.language.lexicon import lexicon
from onrecord.ledger.calling import EVERY, Body, Called, alike, body, called, folded, habits
from onrecord.ledger.named import Named, Office
from onrecord.nouns import EntityType

LEAST = 1.5
"""The weight from which two are one."""

GIVEN_ALONE = 2.8
"""The same for what is called by a given name alone, which may be a surname too ("Kerry")."""

MARGIN = 0.8
"""By how much the best of several must be ahead of the next; where it is not, nobody is chosen."""

FIRST, LATEST = 8, 24
"""Tellings of an identity by which it is judged."""

LONG_AGO = 400
"""Days after which a bare surname no longer means whom it meant."""

LATELY = 120
"""Days in which people are counted by how often a bare surname means them, and in which an office counts as held."""

DOMINANT = 6
"""How much oftener than anybody else a bare surname must have meant somebody to mean him where nothing else tells."""

MOST_NEAR, FEW = 3, 3
"""Shared company that counts at most, and documents from which on it can be told what a name lately meant."""


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

    def add(self, telling: Telling) -> None:
        """Take one more telling, the latest."""
        if len(self._first) < FIRST:
            self._first.append(telling)
        self._latest.append(telling)

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
        full = [c for t in self.tellings for c in _names(t.named) if c.given]
        return list(dict.fromkeys(full)) or [called(self.first.named.name)]

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


def _names(named: Named) -> list[Called]:
    return [called(form) for form in named.forms]


def days_between(one: str, other: str) -> int:
    """Return how many days one day is before another; both ISO 8601."""
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


class Match(NamedTuple):
    """How well an entity fits an identity."""

    identity: Identity
    why: Why


def choose(
    telling: Telling, found: Sequence[Identity], near: Near, others: bool = False
) -> tuple[Identity | None, Why]:
    """Return the identity that an entity is of and why; None where it is another one, or could be one of several.

    ``others``: people of that surname and of other given names are known, who are not in ``found``.
    """
    named = telling.named
    matches = [m for each in found if (m := match(telling, each, near)) is not None]
    if named.type == "person" and _full(named):
        matches = _by_full_name(matches, found, others)
    unclear = len(matches) > 1 or any(m.why.score < LEAST for m in matches)
    if unclear and (named.type == "person" or named.every):
        matches = _in_company(telling, _called_so(telling, matches), near)
    matches.sort(key=lambda m: (-m.why.score, m.identity.id))
    least = GIVEN_ALONE if _given_only(named) else LEAST
    if not matches or matches[0].why.score < least:
        return None, UNDECIDED if _unclear(telling, found, matches) else FIRST_TOLD
    best, *less = matches
    if less and best.why.score - less[0].why.score < MARGIN:
        return None, UNDECIDED
    return best.identity, best.why


def _unclear(telling: Telling, found: Sequence[Identity], matches: list[Match]) -> bool:
    """Whether what joins nobody may yet be somebody who is known, or nobody in particular."""
    named = telling.named
    if named.type != "person":
        return folded(named.name) in habits().kinds or (bool(matches) and named.every)
    own = _own(named)
    could_be = any(m.why.rule == BARE and any(c.given for c in m.identity.names()) for m in matches)
    return (
        (could_be and not _full(named))
        or _given_only(named)
        or any(alike(a, b) is None for a in own for b in own)
        or any(
            _same_document(telling, each) and None not in _kinds(named, each) and not _generation(named, each)
            for each in found
        )
    )


def _generation(named: Named, known: Identity) -> bool:
    """Whether one is told of as ``Jr.`` or the like and the other is not."""
    return {c.suffix for c in _own(named)}.isdisjoint(c.suffix for c in known.names())


def _kinds(named: Named, known: Identity) -> set[str | None]:
    """How each name of a person is alike each of an identity."""
    return {alike(a, b) for a in _own(named) for b in known.names()}


def _full(named: Named) -> bool:
    return any(c.given for c in _names(named))


def _by_full_name(matches: list[Match], found: Sequence[Identity], others: bool) -> list[Match]:
    """The matches of a full name: those by full names where there are any, else those of bare surnames.

    These with doubt where somebody else of that surname is told of.
    """
    full = [m for m in matches if m.why.rule != BARE]
    if full:
        return full
    if not others and not any(c.given for each in found for c in each.names()):
        return matches
    return [Match(m.identity, _more(m.why, WEIGHTS.another, "others have that surname")) for m in matches]


def _given_only(named: Named) -> bool:
    """Whether a person is called by a given name and nothing else: "Jim" means another one in each document."""
    if named.type != "person" or not named.name or named.titled or _full(named):
        return False
    return lexicon("en").gender_of_given(named.name) is not None


def _called_so(telling: Telling, matches: list[Match]) -> list[Match]:
    """The matches of a name, the one raised whom it has lately meant far oftener than anybody else."""
    for just in (True, False):
        rates = sorted(
            ((m.identity.rate(telling.named, telling.day, just), m.identity.id) for m in matches), reverse=True
        )
        if rates and rates[0][0]:
            break
    else:
        return matches
    if len(rates) > 1 and rates[0][0] < DOMINANT * rates[1][0]:
        return matches
    return [
        Match(m.identity, _more(m.why, WEIGHTS.called_so, "lately nearly all who were called so"))
        if m.identity.id == rates[0][1]
        else m
        for m in matches
    ]


def _in_company(telling: Telling, matches: list[Match], near: Near) -> list[Match]:
    """The matches by less than a given name, with the company in which both are named.

    Where several match, company of most of them tells nothing. A surname that few bear needs none where one matches.
    """
    weak = [m for m in matches if m.why.rule in (BARE, INITIAL)]
    if not weak or (len(matches) == 1 and not _common(telling.named)):
        return matches
    own = near(telling.reading) - {telling.named.block}
    shared = {m.identity.id: m.identity.near(near) & own for m in matches}
    often = Counter(each for company in shared.values() for each in company)
    found = []
    for m in matches:
        company = sorted(e for e in shared[m.identity.id] if len(matches) == 1 or often[e] * 2 <= len(matches))
        reasons = [f"{_plain(each)} is named with both" for each in company[:MOST_NEAR]] if m in weak else []
        found.append(Match(m.identity, _more(m.why, WEIGHTS.near * len(reasons), *reasons)))
    return found


def _common(named: Named) -> bool:
    return _plain(named.block) in habits().common


def _more(why: Why, weight: float, *reasons: str) -> Why:
    return Why(why.rule, round(why.score + weight, 2), (*why.shares, *reasons))


def match(telling: Telling, known: Identity, near: Near) -> Match | None:
    """Return how well an entity fits an identity by itself; None where something forbids it."""
    why = _person(telling, known, near) if telling.named.type == "person" else _thing(telling.named, known)
    return Match(known, why) if why is not None else None


def _thing(named: Named, known: Identity) -> Why | None:
    """How a body, place or group fits: by its words, or by its letters where they are the initials of one."""
    if named.block.startswith(EVERY):
        return _of_land(named, known)
    if not named.block.startswith("letters "):
        return _same_name(named, known, _plain(named.block))
    told, theirs = _in_words(named), {found for t in known.tellings for found in _in_words(t.named)}
    own, others = {b.words for b in told if b.words}, {b.words for b in theirs if b.words}
    if named.every and own & others:
        return _of_land(named, known)
    if own & others or (not own and not others):
        return _same_name(named, known, named.name)
    letters = {b.letters for b in told} & {b.letters for b in theirs}
    if letters and not (own and others):
        return Why("name.letters", WEIGHTS.letters, (f"{min(letters)} are the letters of both",))
    return None


def _same_name(named: Named, known: Identity, name: str) -> Why:
    """How what has the same name fits. Readings often take a place for a body, so that this forbids nothing."""
    if (named.type == "place") == (known.type == "place"):
        return Why("name.same", WEIGHTS.name, (f"both are called {name}",))
    return Why("name.type", WEIGHTS.surname, (f"both are called {name}", f"a {named.type} and a {known.type}"))


def _in_words(named: Named) -> set[Body]:
    """The names of a body that have words; where it has none, its letters."""
    found = {body(form) for form in named.forms}
    return {b for b in found if b.words and b.block == named.block} or found


def _of_land(named: Named, known: Identity) -> Why | None:
    """How a body that every land has fits: by the land that its name gives, else by those that the text names."""
    land, what = known.land(), f"both are called {named.name}"
    if named.land and any(t.named.land for t in known.tellings):
        return Why("name.same", WEIGHTS.name, (f"{what}, of {land}",)) if named.land == land else None
    home = named.land or (named.lands[0] if named.lands else "")
    if home == land:
        return Why("name.land", WEIGHTS.middle, (f"{what}, in texts about {land}",) if land else (what,))
    if land in named.lands or not land or not home:
        long = not named.block.startswith(EVERY)
        return Why("name.land", WEIGHTS.no_land if long or not home else WEIGHTS.other_land, (what,))
    return Why("name.land", WEIGHTS.far_land, (what,)) if not named.land else None


def apart(telling: Telling, known: Identity) -> str | None:
    """Return in words what forbids that a person is an identity; None where nothing does."""
    named, theirs = telling.named, known.names()
    kinds = {alike(a, b): (a, b) for a in _own(named) for b in theirs}
    if None in kinds:
        one, two = kinds[None]
        return f"{' '.join((one.given, *one.middle))} and {' '.join((two.given, *two.middle))} are not one given name"
    if _same_document(telling, known):
        return "one document tells of both as of two"
    gender = known.gender()
    told = named.gender or (None if "name" in kinds else named.pronoun)
    if told and gender and told != gender:
        return "one is a man and one a woman"
    return None


def _own(named: Named) -> list[Called]:
    """The full names of a person; the surname where there are none."""
    return [c for c in _names(named) if c.given] or _names(named)


def _person(telling: Telling, known: Identity, near: Near) -> Why | None:
    """How a person fits an identity by name, gender, office, company and time; None where two are told apart."""
    if apart(telling, known):
        return None
    named, own = telling.named, _own(telling.named)
    kinds = _kinds(named, known)
    kind = next(k for k in ("name", "short", "middle", "initial", "bare") if k in kinds)
    why = _by_name(kind, own[0], known)
    if kind != "bare" and _generation(named, known):
        settled = kind == "name" and len(known.beginning) >= FIRST
        why = _more(why, WEIGHTS.namesake if settled else WEIGHTS.generation, "one of them is a Jr. or Sr.")
    if kind == "initial" and not any(a.middle and b.middle for a in own for b in known.names()):
        why = _more(why, WEIGHTS.only_initial)
    held = _offices(known, telling.day)
    shared = _same_office(named.offices, held)
    strangers = not shared and _present(named.offices) and _present(held)
    if shared:
        exact, office = shared
        why = _more(why, WEIGHTS.office if exact else WEIGHTS.class_of_office, f"both are {office}")
    elif kind != "name" and strangers:
        why = _more(why, WEIGHTS.no_office, "no office of both")
    namesakes = kind == "name" and strangers and _common(named)
    if namesakes and not (known.near(near) & near(telling.reading)) - {named.block}:
        why = _more(why, WEIGHTS.namesake, "no office and no company of both")
    return _by_time(why, telling, known) if kind == "bare" else why


def _by_name(kind: str, own: Called, known: Identity) -> Why:
    if kind != "bare":
        told = f"{own.given} {own.surname} and {known.first.named.name}"
        return Why(f"person.{kind}", getattr(WEIGHTS, kind), (told,))
    common = own.surname in habits().common
    weight = WEIGHTS.common_surname if common else WEIGHTS.later_given if own.given else WEIGHTS.surname
    return Why(BARE, weight, (f"the surname {own.surname}",))


def _by_time(why: Why, telling: Telling, known: Identity) -> Why:
    if telling.day is None or known.last is None:
        return why
    days = days_between(known.last, telling.day)
    if days > LONG_AGO:
        return _more(why, WEIGHTS.long_ago, f"last told of {days} days before")
    return _more(why, WEIGHTS.lately, f"told of {days} days before") if days <= LATELY / 4 else why


def _same_document(telling: Telling, known: Identity) -> bool:
    """Whether one document tells of both as of two, which its reading knows better than we do.

    Not where both are called by one name, or one of them by a bare surname that is written in another way ("Assad",
    "Bashar al-Assad"): these the reading only failed to see as one.
    """
    for other in known.latest:
        if other.place != telling.place:
            continue
        one, two = called(telling.named.name), called(other.named.name)
        spelt = telling.named.name.split()[-1:] == other.named.name.split()[-1:]
        if one.suffix != two.suffix or (one[:2] != two[:2] and ((one.given and two.given) or spelt)):
            return True
    return False


def _plain(block: str) -> str:
    return block.partition(" ")[2]


def _present(offices: Iterable[Office]) -> list[Office]:
    return [office for office in offices if not office.past]


def _offices(known: Identity, day: str | None) -> list[Office]:
    """The offices that somebody is told to hold, those told long before a day left out."""
    return [
        office
        for t in known.tellings
        if day is None or t.day is None or days_between(t.day, day) <= LONG_AGO
        for office in t.named.offices
    ]


def _same_office(own: Iterable[Office], held: Iterable[Office]) -> tuple[bool, str] | None:
    """The office that both hold, and whether its land or body is told of both; None where there is none."""
    found: str | None = None
    theirs = list(held)
    for one in own:
        for other in theirs:
            if one.kind != other.kind or one.past != other.past:
                continue
            if one.key and one.key == other.key:
                return True, one.title
            lands = not (one.lands and other.lands) or set(one.lands) & set(other.lands)
            words = not (one.words and other.words) or set(one.words) & set(other.words)
            if lands and words:
                found = found or one.title
    return (False, found) if found else None

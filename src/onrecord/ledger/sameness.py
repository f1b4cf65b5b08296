"""Which identity an entity of a document is of: the one that it fits best, none, or none that can be told.

Promise: what could be one of several is none of them; what comes later never changes what was one before. The odd case
that forced its shape: a name that many share means, without another word, the one who has been in the news of late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language.lexicon import lexicon
from onrecord.ledger.calling import EVERY, LETTERED, Body, alike, body, folded, habits
from onrecord.ledger.identity import (
    BARE,
    FIRST_TOLD,
    INITIAL,
    UNDECIDED,
    WEIGHTS,
    Identity,
    Near,
    Telling,
    Why,
    more,
    names_in,
    plain_block,
)
from onrecord.ledger.named import Named
from onrecord.ledger.persons import is_common, kinds_of, other_generation, own_names, person, told_as_two

LEAST = 1.5
"""The weight from which two are one."""

GIVEN_ALONE = 2.8
"""The same for what is called by a given name alone, which may be a surname too ("Kerry")."""

MARGIN = 0.8
"""By how much the best of several must be ahead of the next; where it is not, nobody is chosen."""

DOMINANT = 6
"""How much oftener than anybody else a bare surname must have meant somebody to mean him where nothing else tells."""

MOST_NEAR = 3
"""Shared company that counts at most."""


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
    own = own_names(named)
    could_be = any(m.why.rule == BARE and any(c.given for c in m.identity.names()) for m in matches)
    return (
        (could_be and not _full(named))
        or _given_only(named)
        or any(alike(a, b) is None for a in own for b in own)
        or any(
            told_as_two(telling, each) and None not in kinds_of(named, each) and not other_generation(named, each)
            for each in found
        )
    )


def _full(named: Named) -> bool:
    return any(c.given for c in names_in(named))


def _by_full_name(matches: list[Match], found: Sequence[Identity], others: bool) -> list[Match]:
    """The matches of a full name: those by full names where there are any, else those of bare surnames.

    These with doubt where somebody else of that surname is told of.
    """
    full = [m for m in matches if m.why.rule != BARE]
    if full:
        return full
    if not others and not any(c.given for each in found for c in each.names()):
        return matches
    return [Match(m.identity, more(m.why, WEIGHTS.another, "others have that surname")) for m in matches]


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
        Match(m.identity, more(m.why, WEIGHTS.called_so, "lately nearly all who were called so"))
        if m.identity.id == rates[0][1]
        else m
        for m in matches
    ]


def _in_company(telling: Telling, matches: list[Match], near: Near) -> list[Match]:
    """The matches by less than a given name, with the company in which both are named.

    Where several match, company of most of them tells nothing. A surname that few bear needs none where one matches.
    """
    weak = [m for m in matches if m.why.rule in (BARE, INITIAL)]
    if not weak or (len(matches) == 1 and not is_common(telling.named)):
        return matches
    own = near(telling.reading) - {telling.named.block}
    shared = {m.identity.id: m.identity.near(near) & own for m in matches}
    often = Counter(each for company in shared.values() for each in company)
    found = []
    for m in matches:
        company = sorted(e for e in shared[m.identity.id] if len(matches) == 1 or often[e] * 2 <= len(matches))
        reasons = [f"{plain_block(each)} is named with both" for each in company[:MOST_NEAR]] if m in weak else []
        found.append(Match(m.identity, more(m.why, WEIGHTS.near * len(reasons), *reasons)))
    return found


def match(telling: Telling, known: Identity, near: Near) -> Match | None:
    """Return how well an entity fits an identity by itself; None where something forbids it."""
    why = person(telling, known, near) if telling.named.type == "person" else thing(telling.named, known)
    return Match(known, why) if why is not None else None


def thing(named: Named, known: Identity) -> Why | None:
    """How a body, place or group fits: by its words, or by its letters where they are the initials of one."""
    if named.block.startswith(EVERY):
        return _of_land(named, known)
    if not named.block.startswith(LETTERED):
        return _same_name(named, known, plain_block(named.block))
    told, theirs = in_words(named), {found for t in known.tellings for found in in_words(t.named)}
    own, others = {b.words for b in told if b.words}, {b.words for b in theirs if b.words}
    if named.every and own & others:
        return _of_land(named, known)
    letters = {b.letters for b in told} & {b.letters for b in theirs}
    if own & others or (letters and not own and not others):  # ORN is no NRO
        return _same_name(named, known, named.name)
    if letters and not (own and others):
        return Why("name.letters", WEIGHTS.letters, (f"{min(letters)} are the letters of both",))
    return None


def _same_name(named: Named, known: Identity, name: str) -> Why:
    """How what has the same name fits. Readings often take a place for a body, so that this forbids nothing."""
    if (named.type == "place") == (known.type == "place"):
        return Why("name.same", WEIGHTS.name, (f"both are called {name}",))
    return Why("name.type", WEIGHTS.surname, (f"both are called {name}", f"a {named.type} and a {known.type}"))


def in_words(named: Named) -> set[Body]:
    """Return the names of a body that have words; where it has none, its letters."""
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

"""Which tellings are of one event: by kind, names, parties, place and days, weighed so that each reason can be shown.

Promise: a match says why; tellings are taken in the order of their days, so that what comes later never changes what
was one before. The odd case that forced its shape: the next of a series has the same name, parties and place as the
last one, and only its date, its number or the end of the last tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import NamedTuple

from onrecord.ledger.apart import CONFERENCE, DEATH, ECHO, HEARING, SLIP, forbidden
from onrecord.ledger.days import days_between
from onrecord.ledger.naming import OTHER, act, acts_of, states, terms
from onrecord.ledger.slight import UNCLEAR
from onrecord.ledger.tellings import PAST, Outline, Thread, all_days, dated, gap, moved, numbered
from onrecord.ledger.told import VISIT, Told
from onrecord.ledger.votes import same_seat
from onrecord.ledger.wording import CEREMONY

LEAST = 2.0
"""The weight of likeness from which two tellings are of one event."""

DECIDED = 1000.0
"""What a decision of people that two tellings are of one event weighs; of two the later one counts."""

VOTES = frozenset({"vote", "election"})
"""Kinds that are one where both are of the same day."""

DAILY = frozenset({"sport", "protest"})
"""Kinds of which one page tells many: two that have no name in common are seldom one, whatever stands around them."""

OF_BODIES = UNCLEAR | DAILY | {HEARING}
"""Kinds of which bodies have many: a name that stands in both counts once, of however many words it is."""

BRIEF = 2
"""Days of a journey that is one with what it is for."""

SEVERAL = 2
"""Names near both by which what was spoken of is known again when its day is set."""

MOST = 3
"""Shared names of one sort that count."""


class Weights(NamedTuple):
    """What each thing that two tellings share is worth. Set by hand; `LEAST` is what two of the stronger make up."""

    word: float = 2.0
    """A proper name in both names: G8, Copa."""
    party: float = 1.2
    place: float = 1.0
    goal: float = 1.4
    """Where two journeys lead: those of one to one place are seldom two."""
    awaited: float = 0.6
    """A journey that is called by where it leads alone ("the Osmere trip is off") is the one to be made there."""
    land: float = 2.0
    """A state that both elections are in or near: a state has one election of a type at a time."""
    about: float = 0.6
    """A word for what both are about: "the immigration meeting"."""
    undated: float = 0.4
    """What both are about, where no day of the one was told yet: "a summit on fishing" that was proposed, now set."""
    office: float = 0.6
    """An office by which one names somebody who takes part, and which he holds in the other: "the President's trip"."""
    known: float = 0.9
    """A name that is part of one and stands near the other."""
    near: float = 0.45
    """A name that stands near both."""
    date: float = 1.0
    exact_date: float = 1.6
    type: float = 0.5
    named: float = 0.4
    """Both are called by the same words."""
    once: float = 1.1
    """The same of what does not come again soon: two blasts in one town are more likely one than two speeches."""


WEIGHTS = Weights()


_NEAR_ONE = "{} is part of one and near the other"


def threads(tellings: Iterable[Told]) -> list[Thread]:
    """Return the events that tellings, in the order of their days, are of."""
    found: list[Thread] = []
    outlines: list[Outline] = []
    for told in tellings:
        at, why = place(told, outlines)
        if at is None and told.faint:
            continue
        if at is None:
            at = len(found)
            found.append(Thread())
            outlines.append(Outline())
        found[at].add(told, why)
        outlines[at].add(told)
    return found


def place(told: Told, found: Sequence[Outline]) -> tuple[int | None, tuple[str, ...]]:
    """Return which of some events a telling fits best, and why; None where it fits none."""
    best: int | None = None
    best_score, best_why = LEAST, tuple[str, ...]()
    for at, known in enumerate(found):
        number, same = decided(told, known)
        score, why = (
            (DECIDED + number, (f"decision {number}",)) if same else (0.0, ()) if number else likeness(told, known)
        )
        if score >= best_score:
            best, best_score, best_why = at, score, why
    return best, best_why


def may_be_worded_so(told: Told, thread: Outline) -> bool:
    """Return whether a telling that has the very words of one of a thread's may be of it: nothing stands against it.

    Against it are a decision of people, another kind, another place, and a date that is far off where nothing was
    moved; who takes part is not, whom a copy may have cut out.
    """
    days, known = dated(told), thread.date
    far = days and known and not (moved(told) or thread.moved) and gap(days, known) > SLIP
    elsewhere = told.places and thread.places and not told.places & thread.places
    number, same = decided(told, thread)
    return same if number else told.family == thread.family and not far and not elsewhere


def decided(told: Told, thread: Outline) -> tuple[int, bool]:
    """Return the last decision of people on whether a telling is of a thread's event, and what it says; 0: none."""
    if not told.same and not told.apart:
        return 0, False
    joined = {(number, True) for number in told.same & thread.same}
    parted = {
        (number, False)
        for number, side in told.apart
        if any(number == other and side != theirs for other, theirs in thread.apart)
    }
    return max(joined | parted, default=(0, False))


def likeness(told: Told, thread: Outline) -> tuple[float, tuple[str, ...]]:
    """Return how well a telling fits a thread, and why; 0 where something forbids it."""
    if told.faint and not _known_from(told, thread):
        return 0.0, ()
    return (0.0, ()) if apart(told, thread) else shares(told, thread)


def _known_from(told: Told, thread: Outline) -> bool:
    """Whether what a document tells too faintly is known from others: by its noun, a name or the place."""
    noun = {name.lower().split()[-1] for name in thread.names if name.split()}
    return told.name.lower().split()[-1] in noun or bool(told.words & thread.words or told.places & thread.places)


def shares(told: Told, thread: Outline) -> tuple[float, tuple[str, ...]]:
    """Return what a telling shares with a thread: its weight, and in words."""
    known = thread.date
    score, why, seen, close = 0.0, list[str](), set[str](), False
    # "the Velmark embassy bombings", "the Republican caucuses"
    loose = _loose() if told.family in UNCLEAR else terms().parties
    wide = loose if acts_of(told.name) & terms().deadly else frozenset[str]()  # many attacks are told of near one state
    around = WEIGHTS.near if told.family in DAILY and _strange(told, thread) else WEIGHTS.known
    near_one = (told.keys & thread.near) | (told.near & thread.keys)
    by_office = (told.offices & (thread.offices | thread.holding)) | (told.holding & thread.offices)
    for shared, weight, words in (
        (same_seat(told, thread), WEIGHTS.land, "both are elections of {}"),
        (((told.words | told.whose) & (thread.words | thread.whose)) - loose, WEIGHTS.word, "both are called {}"),
        ((told.words | told.whose) & (thread.words | thread.whose) & loose, WEIGHTS.known, "both are called {}"),
        ((told.parties | told.words) & (thread.parties | thread.words), WEIGHTS.party, "{} takes part in both"),
        (told.places & thread.places, WEIGHTS.goal if told.family == VISIT else WEIGHTS.place, "both are in {}"),
        (by_office, WEIGHTS.office, "the {} takes part in both"),
        (_about_both(told, thread), WEIGHTS.about, "both are about {}"),
        (near_one - wide, around, _NEAR_ONE),
        (near_one, WEIGHTS.near, _NEAR_ONE),
        (told.near & thread.near, WEIGHTS.near, "{} stands near both"),
    ):
        if shared <= seen:
            continue
        new = _once(shared - seen, (*told.sides, *thread.sides))
        if told.family in OF_BODIES:
            new = _each_once(new, told.full if weight != WEIGHTS.party else (*told.full, *told.sides, *thread.sides))
        seen |= shared
        new = new[:MOST]
        score += weight * len(new)
        why += [words.format(each) for each in new]
        close = close or bool(new and weight > WEIGHTS.office) or (weight == WEIGHTS.about and len(new) > 1)
    said = [each for each in all_days(told) if known and each.meets(known)]
    again = acts_of(told.name) & terms().often
    if again and not said and not _tells(told, thread) and not (again & terms().spaced and _just_held(told, thread)):
        return 0.0, ()
    set_now = _set_now(told, thread)
    if not said and not close and not set_now:
        return 0.0, ()  # neighbours of both alone: one campaign or one visit brings the same names along
    if said:
        score += WEIGHTS.exact_date if any(each == known and each.length == 1 for each in said) else WEIGHTS.date
        why.append("the dates agree")
    if set_now:
        score += WEIGHTS.undated
        why.append("no day of it was told")
    if _awaited(told, thread):
        score += WEIGHTS.awaited
        why.append("the one to be made there")
    if told.types & thread.types:
        score += WEIGHTS.type
        why.append(f"both are {', '.join(sorted(told.types & thread.types))}")
    if act(told.name) in thread.acts:
        score += WEIGHTS.once if acts_of(told.name) & terms().once else WEIGHTS.named
        why.append("called by the same words")
    if told.family != thread.family and len(why) == 1:
        return 0.0, ()  # what is of another kind is known by more than one thing
    return score, tuple(why)


def _awaited(told: Told, thread: Outline) -> bool:
    """Whether a journey that is called by its goal, and of nobody, may be the one that is still to be made there."""
    if told.family != VISIT or told.sides or told.offices or told.status in PAST or told.status == "mooted":
        return False
    to_come = thread.over is None and thread.ahead is not None
    passed = thread.date is not None and not thread.waiting and thread.date.last < told.day
    return to_come and not passed and bool(told.words & told.places & thread.places)


def _set_now(told: Told, thread: Outline) -> bool:
    """Whether a telling gives a day to what was only spoken of: both are about one thing, and the same people near."""
    if thread.date is not None or thread.over or dated(told) is None or told.status in PAST:
        return False
    around = (told.near | told.keys) & (thread.near | thread.keys)
    return len(around) >= SEVERAL and act(told.name) in thread.acts and bool(_about_both(told, thread))


def _about_both(told: Told, thread: Outline) -> Set[str]:
    """What both are about; what is a name to one may be written small by the other: "the Water Charter"."""
    named = (told.words | told.near) & thread.about | told.about & (thread.words | thread.near)
    return told.about & thread.about | named


def apart(told: Told, thread: Outline) -> str:
    """Return in words what forbids that a telling is of a thread's event, whatever they share; empty: nothing."""
    if not _akin(told, thread):
        return f"one is of kind {told.family}, the other of kind {thread.family}"
    return forbidden(told, thread)


@cache
def _loose() -> frozenset[str]:
    """Names that many events of what has no kind of its own bear: states, and what parties call themselves."""
    return states() | terms().parties


def _tells(told: Told, thread: Outline) -> bool:
    """Whether more than who takes part says that two are one: a name of its own, a place, a number in a series."""
    called = (told.words & thread.words) - _loose() - told.parties - thread.parties
    number = numbered(told.types) & numbered(thread.types)
    return bool(called or told.places & thread.places or number)


def _just_held(told: Told, thread: Outline) -> bool:
    """Whether what is told as held, on no day, may be what was held days ago."""
    held = thread.held if told.status in PAST and not all_days(told) else None
    return held is not None and 0 <= days_between(held.last, told.day) <= ECHO


def _once(shared: Set[str], sides: Iterable[frozenset[str]]) -> list[str]:
    """Return names without the states of those who are named themselves: a president and his state are one side."""
    stood_for = {key for side in sides if side & shared - states() for key in side & states()}
    return sorted(shared - stood_for)


def _each_once(shared: Sequence[str], sides: Iterable[frozenset[str]]) -> list[str]:
    """Return names without all but the first of each side: "the United Nations" is one, of however many words."""
    left = list(shared)
    for side in sides:
        of_one = [key for key in left if key in side]
        left = [key for key in left if key not in of_one[1:]]
    return left


def _akin(told: Told, thread: Outline) -> bool:
    """Whether both may be of one kind: what one reporter calls a contest another leaves without a kind."""
    if told.family == thread.family:
        if CONFERENCE in {told.kind, thread.kind} and told.kind != thread.kind:  # "they met before the convention"
            return bool(told.words & thread.words or told.places & thread.places or told.types & thread.types)
        return told.family not in UNCLEAR or _alike(told, thread)
    days, both = all_days(told), {told.family, thread.family}
    if told.family in thread.also or thread.family in told.also:
        return bool(told.places & thread.places) and any(each == thread.date and each.length <= BRIEF for each in days)
    if both == VOTES:
        sort = told.types & thread.types - terms().wide - terms().numbered.keys()
        meet = sort and thread.date is not None and any(each.meets(thread.date) for each in days)
        return bool(meet) or any(each.first == each.last and each.first in thread.on for each in days)
    if both == {CEREMONY, OTHER} and (told.marks & thread.acts or acts_of(told.name) & thread.marks):
        return True
    return OTHER in both and bool((told.words & thread.words) - _loose())


def _alike(told: Told, thread: Outline) -> bool:
    """Whether what has no kind may be one: an invitation is no accession, though the same three take part in both."""
    own, theirs = acts_of(told.name), thread.deeds
    if own and theirs and not own & theirs:  # whoever was shot dead died in a shooting
        return own | theirs <= terms().deadly and DEATH in own | theirs and _befell_one(told, thread)
    if DEATH in own & theirs and not _befell_one(told, thread):
        return False  # the deaths of two
    if terms().deadly & own & theirs and _strange(told, thread):
        return False  # attacks in two towns, each told of in texts on the other
    several = len(told.places & thread.places) > 1  # "the bombing of the embassies in Velmark and Dravik"
    if own & theirs and not several and None not in {told.many, thread.many} and told.many != thread.many:
        return False  # the bombings, and the bombing in one of the towns
    called = (told.words | told.whose) & (thread.words | thread.whose)
    least = 1 if told.family == OTHER else 2  # what one name is about, an illness or a war, many are done about
    return act(told.name) in thread.acts or len(called) >= least


def _befell_one(told: Told, thread: Outline) -> bool:
    """Whether both name whom they befell, and the same."""
    own, theirs = ({*each.words, *each.whose, *each.parties} for each in (told, thread))
    return bool(own & theirs - _loose())


def _strange(told: Told, thread: Outline) -> bool:
    """Whether both have names of their own and none in common, whatever stands around them."""
    own, theirs = told.keys, thread.keys
    return not own & theirs and bool(own - _loose() and theirs - _loose())

"""What tells two events apart, whatever they share: their dates, numbers and years, who takes part, where they are.

Promise: no weight outvotes what stands here. The odd case that forced its shape: two of a series share all their names,
and a vote in one part of a state shares all but the part with that of the next.
"""

from __future__ import annotations

from collections.abc import Set

from onrecord.ledger.days import Days, days_between, days_of
from onrecord.ledger.naming import OTHER, act, acts_of, several, states, terms
from onrecord.ledger.slight import UNCLEAR
from onrecord.ledger.tellings import PAST, Outline, all_days, dated, gap, moved, numbered
from onrecord.ledger.told import VISIT, Told
from onrecord.ledger.votes import OF_OTHER_STATES, OF_STATES, lands, other_vote

APART = 45
"""Days by which two dates of one event may differ where nobody says that it was moved."""

SLIP = 14
"""The same where the first date has passed when the other is told as ahead."""

OVER = 14
"""Days after its end in which an event is still told of as the same."""

LONG = 60
"""The same of what does not come again soon where it is called by the same name or place: a disaster, a congress."""

VOTE, TALKS, SPORT = "vote", "talks", "sport"

LASTING = frozenset({"hearing", TALKS, SPORT})
"""Kinds that are held on more than one day."""

ECHO = 3
"""Days after it was held in which a meeting of the same sides of which no date is told is still the one held."""

STALE = 400
"""Days after which what is told is of another one, unless the year or the date is the same."""

FADED = 150
"""The same of meetings, which come again, and of what is done, decided or issued and has no name or place in common: a
government forbids something every other week."""

PASSED_BY = 60
"""Days after its date in which what is told as ahead, on no day, is still the same."""

FORGOTTEN = 1500
"""Days after which it is of another one whatever is shared: what recurs does so every four years."""

MEETING = "meeting"
"""What is told apart by who takes part."""

HEARING = "hearing"
"""What is told apart by who stands before the court, whatever the court."""

CONFERENCE = "conference"
"""What many take part in, of whom each text names others."""

DEATH, DISASTER = "death", "disaster"

FAR_BACK = 60
"""Days by which what was held lies before the day on which an event was first told as ahead, and so is another."""

SCENE = 3
"""Names around what has none of its own by which it may be known."""

TWO = 2
"""The sides of a meeting that must be the same in both tellings."""

CALLED = "they have different names"
SIDES = "others take part"


def forbidden(told: Told, thread: Outline) -> str:
    """Return in words why a telling can't be of a thread's event, whatever they share; empty where it can."""
    document, kind, last = thread.last
    days, known = dated(told), thread.date
    agree = known is not None and any(gap(each, known) <= APART for each in all_days(told))
    if told.document == document and told.kind == kind and days and known and gap(days, known):
        return "one document gives them different dates"
    if _led_elsewhere(told, thread):
        return "one talk tells of journeys to different places"
    other_side = told.document == document and (told.status in PAST) != (thread.over is not None)
    if other_side and not agree and act(told.name) not in thread.acts:  # "was charged on Monday and expects a trial"
        return "one document tells that one is over and the other, by another word, ahead"
    if thread.over and told.status not in PAST and not agree:
        still = told.family == MEETING and not days and len(told.sides) >= TWO
        if days_between(thread.over, told.day) > (ECHO if still else 1):
            return "one was held before the other was told as ahead"
    past = told.status in PAST
    ended = max(
        (end.last for claim in told.claims if claim.attribute == "date" and (end := days_of(claim.value))), default=""
    )
    if past and ended and thread.ahead and days_between(ended, thread.ahead) > FAR_BACK and not agree:
        return "one was held before the other was told as ahead"
    gone = known.last if past and known and known.last < told.day and told.family == OTHER else None
    over, same_year = thread.over or gone, past and told.family == OTHER and bool(told.years & _years(thread))
    if over and days_between(over, told.day) > _remembered(told, thread) and not (past and (agree or same_year)):
        return "one was over long before the other was told of"
    if past and not days and known and known.first > told.day and not moved(told):
        return "one was held before the day of the other"
    many = past and not days and not told.words & thread.words and several(told.name)
    if many and not any(several(name) for name in thread.names):
        return "one is several that are over, the other is a single one"
    if told.years and (past or not (thread.moved or moved(told))):
        edition = _years(thread)
        if edition and not told.years & edition:
            return "they are of different years"
    number, numbers = numbered(told.types), numbered(thread.types)
    if number and numbers and not number & numbers:
        return "they have different numbers in a series"
    series = set(terms().numbered)
    kinds, theirs = told.types - series, thread.types - series
    if kinds and theirs and not kinds & theirs and not kinds | theirs <= terms().wide:
        return f"one is {', '.join(sorted(kinds))}, the other {', '.join(sorted(theirs))}"
    held = thread.held if thread.family not in LASTING else None
    if past and days and days.length == 1 and held and gap(days, held) > 1:
        return "they were held on different days"
    if days and known and not moved(told) and not thread.waiting:
        passed = told.status not in PAST and days_between(known.last, told.day) > 1
        if min(gap(each, known) for each in all_days(told)) > (SLIP if passed else APART):
            return "their dates are far apart, and nobody says that it was moved"
    if known and not days and not (thread.waiting or moved(told)) and _passed_by(told, thread, known):
        return "the day of one had long passed"
    same_edition = (
        known_for_good(told, thread)
        or bool(told.years & thread.years)
        or same_year
        or agree
        or told.day[:4] in thread.due
    )
    alone = told.family in UNCLEAR - {OTHER} and not told.words & thread.words and not told.places & thread.places
    stale = FADED if alone or told.family == MEETING else STALE
    if days_between(last, told.day) > (FORGOTTEN if same_edition else stale):
        return "too long lies between the days on which they are told"
    return _others(told, thread)


def _passed_by(told: Told, thread: Outline, known: Days) -> bool:
    """Whether the day of an event lies so far back that what is told on none is another: still ahead, or held since."""
    since, past = days_between(known.last, told.day), told.status in PAST
    if told.family == TALKS and not past and numbered(thread.types) and not numbered(told.types):
        return since > 0  # the next of a series is told of from the day of one that has a number
    if told.family in LASTING or (past and (thread.over or told.day[:4] in told.years)):
        return False
    return since > (OVER if past and told.family == VOTE else PASSED_BY)


def _led_elsewhere(told: Told, thread: Outline) -> bool:
    """Whether one talk tells of two journeys to different places: a trip to Asia, and a stop still to be decided."""
    in_one = told.spoken and thread.single and told.document == thread.last[0]
    journeys = told.family == thread.family == VISIT
    return in_one and journeys and bool(told.places and thread.places) and told.places.isdisjoint(thread.places)


def _remembered(told: Told, thread: Outline) -> int:
    """Days after its end in which an event is told of as the same, by what it is."""
    own, theirs = told.words | told.places, thread.words | thread.places
    if told.status not in PAST:
        return OVER
    if known_for_good(told, thread):
        return FORGOTTEN
    once = _once(told, thread) and (own & theirs or own & thread.near or told.near & theirs)
    if once and days_between(thread.last[-1], told.day) <= OVER:
        return FORGOTTEN  # it is told of again, and so by whoever else tells of it now
    yearly = told.kind == thread.kind == "conference" and told.words & thread.words
    return LONG if once or yearly else OVER


def known_for_good(told: Told, thread: Outline) -> bool:
    """Whether both are the death of one person, or a disaster of one name: "the loss of the Aurora"."""
    named = told.words | told.whose, thread.words | thread.whose
    if DEATH in acts_of(told.name) and DEATH in thread.acts:
        named = named[0] | told.parties, named[1] | thread.parties
    elif DISASTER not in acts_of(told.name) & thread.acts:
        return False
    return bool(named[0] & named[1] - states() - terms().parties)


def _once(told: Told, thread: Outline) -> bool:
    """Whether both are of what does not come again soon, and of one act."""
    return bool(acts_of(told.name) & thread.acts & terms().once)


def _years(thread: Outline) -> set[str]:
    """The years of an event: those in its names, and of the last date that it was given."""
    known = thread.date
    return thread.years | ({known.first[:4], known.last[:4]} if known else set())


def _others(told: Told, thread: Outline) -> str:
    """By which of their names two events are two: another series, another side, nothing in common."""
    own, theirs = told.keys, thread.keys
    if told.family not in OF_STATES and _rivals(told.words, thread.words):
        return CALLED  # primaries of two parties on one day are one
    if told.words & thread.words and _called_otherwise(told, thread):
        return CALLED  # the Karsenian and the Velmark Grand Prix
    if told.words and thread.words and not told.words & thread.words:
        series = any(c.isdigit() for word in told.words | thread.words for c in word)
        if series or not (told.words <= theirs or thread.words <= own):
            return CALLED
    if told.family in OF_STATES and (why := other_vote(told, thread)):
        return why
    if told.family in UNCLEAR and (why := _done_elsewhere(told, thread)):
        return why
    days, known = dated(told), thread.date
    same_day = days is not None and days == known and days.length == 1
    bare = told.status in PAST and not own and told.family not in OF_STATES
    if bare and not same_day and not _of_one_scene(told, thread):
        return "what was held has no name by which it could be known"
    there = (told.places | told.near) & thread.places  # "it moves from Selm to Mereth"
    if told.family == HEARING:  # a court hears many
        there, theirs = frozenset(), theirs - told.places
    shared = sum(_takes_part(side, thread) for side in told.sides) + bool(there)
    fewest = min(len(told.sides), len(thread.sides))
    one_debate = same_day and acts_of(told.name) & thread.acts & terms().spaced  # of speeches a day has many
    many_sided = CONFERENCE in {told.kind, thread.kind} or one_debate
    if told.words & thread.words or many_sided:
        return ""
    if told.family == MEETING and fewest >= TWO and (shared < TWO or _of_other_people(told, thread)):
        return SIDES
    if (
        told.family == MEETING
        and bool(told.words) != bool(thread.words)
        and max(len(told.sides), len(thread.sides)) >= TWO
    ):
        persons = _persons(told.words) & thread.near or _persons(thread.words) & told.near
        known_by = told.words & theirs or thread.words & own or persons
        return SIDES if shared < TWO and not known_by else ""
    return SIDES if fewest and not shared and not own & theirs else ""


def _called_otherwise(told: Told, thread: Outline) -> bool:
    """Whether each of two names has words that the other lacks; of contests also such as stand near the other.

    One page tells of the Harbour Cup and the Harbour League, each near the other.
    """
    own, theirs = told.words - thread.words, thread.words - told.words
    if told.family != SPORT:
        return bool(own - thread.keys - thread.near and theirs - told.keys - told.near)
    one = {word.removesuffix("s") for word in own}, {word.removesuffix("s") for word in theirs}
    return bool(one[0] - one[1] and one[1] - one[0])


def _done_elsewhere(told: Told, thread: Outline) -> str:
    """By what two that are held nowhere are two: to what it is done, or the states around them."""
    unlike = told.upon and thread.upon and not told.upon & (thread.upon | thread.about | thread.near)
    if unlike and act(told.name) in thread.acts:
        return "they are done to others"
    lasts = told.family == OTHER and days_between(thread.day, told.day) <= OVER
    if told.keys & thread.keys or lasts:
        return ""
    one, other = lands(told.keys, told.near), lands(thread.keys, thread.near)
    return OF_OTHER_STATES if one and other and not one & other else ""


def _rivals(own: Set[str], theirs: Set[str]) -> bool:
    """Whether two names are of two parties: "the Republican convention", "the Democratic convention"."""
    party, other = ({terms().rivals[key] for key in keys & terms().rivals.keys()} for keys in (own, theirs))
    return bool(party and other) and not party & other


def _of_one_scene(told: Told, thread: Outline) -> bool:
    """Whether what has no name of its own stands among the names that an event of its act has and stood among."""
    loose = states() | terms().parties
    around = told.near - loose
    return (
        act(told.name) in thread.acts
        and bool(around & thread.keys)
        and len(around & (thread.keys | thread.near)) >= SCENE
    )


def _persons(words: Set[str]) -> set[str]:
    """The words of a name that may be of who takes part: "the Dalgard-Velik summit", not "the G20 Selm summit"."""
    return set() if any(c.isdigit() for word in words for c in word) else set(words)


def _takes_part(side: frozenset[str], thread: Outline) -> bool:
    """Whether a side is one of an event's; one of whom only a name is told may be any that stands near the event."""
    bare = len(side) == 1 and not side & states()
    return any(side & known for known in thread.sides) or (bare and side <= thread.near)


def _of_other_people(told: Told, thread: Outline) -> bool:
    """Whether one document names people on two sides or more of either and none of both: advisers prepare a summit."""
    if told.document != thread.last[0]:
        return False  # each may name others of those who take part
    own, theirs = ([side - states() for side in sides if side - states()] for sides in (told.sides, thread.sides))
    return min(len(own), len(theirs)) >= TWO and frozenset().union(*own).isdisjoint(frozenset().union(*theirs))

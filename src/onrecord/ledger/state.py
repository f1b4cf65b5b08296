"""What is known of an event as of a day: a fold over what was told of it by then.

Promise: a pure function of the tellings; what was told later than the day changes nothing. The odd case that forced its
shape: a doubt or a call for delay leaves a plan standing, a postponement takes its date away, and two dates told
within days of each other stand against each other and are shown, never averaged. Of what is told often the ledger keeps
what was folded (`chronicle`): who changes a rule here gives `chronicle.FOLDING` a new number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onrecord.ledger.apart import OVER
from onrecord.ledger.days import days_between, days_of
from onrecord.ledger.naming import terms
from onrecord.ledger.tellings import PAST, dated, moved
from onrecord.ledger.told import LEARNT, PRESENT, Told, given_by
from onrecord.nouns import Claim

FIRM = {"mooted": 0, "planned": 1, "scheduled": 2}
"""States of what lies ahead; the firmer one stands when a later text only speaks of it as possible."""

OVER_NOW = ":over"
"""How the rule of a claim ends that reports in the present that something ends."""

WITHDRAWN = ":withdrawn"
"""How the rule of a claim ends that says that an event will not be where it was to be."""

VISIT = "visit"
"""The kind of event that is at more than one place."""

MONTH = 30
"""Days that any month leaves open, so that none is finer than another."""

FEW = 5
"""Days of a date that an event takes from the first to the last, where a week only says when it is."""

LASTING = 10
"""Days that an event may take: a longer interval leaves open when it is."""


class Value(NamedTuple):
    """A value and its standing: settled, provisional, open, contested or not_mentioned."""

    value: str | None = None
    settled: str = "not_mentioned"
    previous: tuple[str, ...] = ()
    """What it was before, oldest first."""
    against: tuple[str, ...] = ()
    """What others say it is, where it is contested."""
    told: Told | None = None
    """Who said so last."""


class State(NamedTuple):
    """What is known of an event."""

    name: str
    kind: str
    status: str
    participants: tuple[str, ...]
    date: Value
    venue: Value
    agenda: tuple[str, ...]
    first_seen: str
    last_change: str
    evidence: tuple[tuple[Told, str], ...]
    """The telling and the attribute that its words decide."""


def state_of(tellings: list[Told]) -> State:
    """Return what the tellings of one event, in the order of their days, add up to. There must be one at least."""
    status, changed = "", tellings[0].day
    evidence: list[tuple[Told, str]] = []
    for told in tellings:
        new = next_status(status, told)
        if new != status:
            status, changed = new, told.day
            evidence.append((told, "status"))
    alike = FIRM.keys() if status in FIRM else {status}  # "the trip stands" bears a day out that it does not name
    confirmed = next((told for told in reversed(tellings) if told.status in alike), None)
    if confirmed is not None and all(confirmed is not told for told, _ in evidence):
        evidence.append((confirmed, "status"))
    venue = _venue(tellings)
    date = _date(told for told in tellings if not on_the_way(told, venue.value))
    date = date if date.value else _date(tellings)
    for attribute, value in (("date", date), ("venue", venue)):
        if value.told is not None:
            evidence.append((value.told, attribute))
            changed = max(changed, value.told.day)
    best = max(tellings, key=lambda each: (each.kind != "other", len(each.words), len(each.name)))
    given = given_by(tellings)
    return State(
        name=given.get("name", best.name), kind=given.get("kind", best.kind), status=status,
        participants=_parties(tellings), date=date, venue=venue,
        agenda=_agenda(tellings), first_seen=tellings[0].day, last_change=changed,
        evidence=tuple(evidence),
    )  # fmt: skip


def next_status(status: str, telling: Told) -> str:
    """Return the state after one more telling: what was called off is held only where a day or the present says so."""
    told = telling.status
    if not status:
        return told
    if status in PAST:
        return "occurred" if told == "occurred" else status
    if told in PAST:
        return told if status != "cancelled" or dated(telling) or reported_now(telling) else status
    if told in {"cancelled", "postponed", "scheduled"}:
        return told
    return status if status in {"cancelled", "postponed"} or FIRM[told] <= FIRM[status] else told


class Dating(NamedTuple):
    """The date of an event as some of its tellings have it, in a form that the next can be added to."""

    now: Value = Value()
    since: str | None = None
    """The day on which it was last told so."""
    by: str = ""
    """The page that told it last."""
    over: bool = False
    """Whether the last telling that counts was of what is held."""
    begun: bool = False
    at: int = -1
    """In a chronicle, which has no tellings: the number of the one that told it last; -1: none."""

    def after(self, told: Told) -> Dating:
        """Return it with one more telling."""
        over = told.status in PAST
        if self.over and not over:
            return self
        now = self._told(told)
        if now is self.now and over == self.over and self.begun:
            return self
        since, by = (told.day, _page(told)) if now.told is told else (self.since, self.by)
        return Dating(now, since, by, over, begun=True)

    def _told(self, told: Told) -> Value:
        now = self.now
        claims = [claim for claim in told.claims if claim.attribute == "date"]
        given = next((claim for claim in claims if claim.value), None)
        leaves = given is not None and _leaves(given, now)
        if leaves:
            given = None
        if moved(told):
            old = [claim.value for claim in told.claims if claim.attribute == "previous_date" and claim.value]
            left = now.value if not leaves and (given is None or given.value != now.value) else None
            now = now._replace(previous=_with(now.previous, *([left] if left else []), *old))
        if given is None and not leaves and told.status == "postponed" and (now.value is None or self.begun):
            return now._replace(value=None, settled="open", against=(), told=told)
        if _on_its_day(told, given, now):
            return now._replace(value=told.day, settled="settled", told=told)
        if given is not None and (self._corrected(given, told) or _better(given, now, self.since, told)):
            return now._replace(value=given.value, settled=given.settled, against=(), told=told)
        another = not self._is_above(told) and not _called_off(told, now)
        if given is not None and another and _rival(given, now, self.since, told):
            return now._replace(settled="contested", against=_with(now.against, given.value or ""))
        if now.value is None and any(claim.settled == "open" for claim in claims):
            return now._replace(settled="open", told=told)
        return now

    def _is_above(self, told: Told) -> bool:
        """Whether a headline stands above what told the date, and may be left as it was when that was corrected."""
        return told.heading and _page(told) == self.by

    def _corrected(self, given: Claim, told: Told) -> bool:
        """Whether the page that told the date tells another below its headline, as fine and firm: it is corrected."""
        known, same = self.now.value, _page(told) == self.by and not told.heading
        if not same or known is None or given.value in {None, known} or given.settled != "settled":
            return False
        return breadth(given.value or "") <= breadth(known) and not _one_of_several(given.value, known)


def _page(told: Told) -> str:
    """What the later text of a document has in common with it."""
    return told.page or told.document


def _on_its_day(told: Told, given: Claim | None, now: Value) -> bool:
    """Whether a report in the present tells the day of an event, or the last one where no other is known."""
    if reported_now(told):
        return (given is None or _open_around(given.value, told.day)) and not within(told.day, now.value)
    return given is None and ended_now(told) and (now.value is None or _open_around(now.value, told.day))


def _with(before: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *more)))


def reported_now(told: Told) -> bool:
    """Whether a telling reports in the present what takes place on the day of the report."""
    return told.status in PAST and any(
        claim.attribute == "status" and claim.value in PAST and claim.by_rule.endswith(PRESENT) for claim in told.claims
    )


def ended_now(told: Told) -> bool:
    """Whether a telling reports in the present what ends on the day of the report."""
    return any(claim.attribute == "status" and claim.by_rule.endswith(OVER_NOW) for claim in told.claims)


def _open_around(value: str | None, day: str) -> bool:
    """Whether a date is coarser than days and has a day among its own."""
    days = days_of(value)
    return days is not None and days.has(day) and breadth(value or "") > 1


def within(day: str, value: str | None) -> bool:
    """Whether a day is one of those of a date that is no coarser than days."""
    days = days_of(value)
    return days is not None and days.has(day) and breadth(value or "") == 1


@lru_cache(2**12)
def breadth(value: str) -> int:
    """Return how many days a date leaves open, by and large: of two dates the one with fewer is the finer."""
    days = days_of(value)
    if days is None:
        return 1
    if len(value) == len("2031-05"):
        return MONTH
    return days.length if days.length > LASTING else 1


def _better(claim: Claim, now: Value, since: str | None, told: Told) -> bool:
    """Whether a date told later takes the place of the one known: it is finer or firmer, or the event was moved.

    So it does where the one known has not been told for long (``since``): what was once to be in May may be in June now
    though nobody says any more that it was moved.
    """
    off = _called_off(told, now)
    if now.value is None or (moved(told) and (not off or claim.value == now.value)):
        return True
    given, known = breadth(claim.value or ""), breadth(now.value)
    if told.status in PAST:
        return given <= known and not _one_of_several(claim.value, now.value)
    firmer = now.settled != "settled" and claim.settled == "settled"
    later = since is not None and claim.settled == "settled" and days_between(since, told.day) > OVER
    return given < known or (given == known and (firmer or (later and not off)))


def _called_off(told: Told, now: Value) -> bool:
    """Whether a telling calls off what was to be on a day still to come, and so was not moved to another that it tells.

    "It will not take place this weekend", of what was to begin on Friday. Of what was to be in May nothing is left to
    call off in August: "the visit will not be before October" tells of another day.
    """
    days = days_of(now.value)
    return told.status == "cancelled" and days is not None and told.day <= days.last


def _leaves(claim: Claim, now: Value) -> bool:
    """Whether a date leaves the one known as it is: on which of its days an event begins.

    In "the visit will begin on 29 May instead of 6 June" nobody says that it is shorter than was told before.
    """
    first = now.value and now.value[: len("2031-05-22")]
    return now.value is not None and claim.value == first and _one_of_several(claim.value, now.value)


def _one_of_several(value: str | None, known: str) -> bool:
    """Whether a date is part of the few days of a known one: a report on the second day of a summit moves it not."""
    days, several = days_of(value), days_of(known)
    if days is None or several is None or not 1 < several.length <= FEW or days == several:
        return False
    return several.has(days.first) and several.has(days.last)


def _rival(claim: Claim, now: Value, since: str | None, told: Told) -> bool:
    """Whether a date stands against the one known: as fine, as firm, another, and told within days of it."""
    return (
        now.value is not None
        and since is not None
        and claim.value is not None
        and not _meet(claim.value, now.value)
        and claim.settled == "settled"
        and breadth(claim.value) == breadth(now.value)
        and days_between(since, told.day) <= OVER
    )


def _meet(one: str, other: str) -> bool:
    first, second = days_of(one), days_of(other)
    return first is not None and second is not None and first.meets(second)


def _date(tellings: Iterable[Told]) -> Value:
    found = Dating()
    for told in tellings:
        found = found.after(told)
    return found.now


class Placing(NamedTuple):
    """The place of an event as some of its tellings have it, in a form that the next can be added to."""

    now: Value = Value()
    guessed: bool = False
    """Whether the tagger alone gives it: what takes its place was never moved from there."""
    at: int = -1
    """As in `Dating`."""

    def after(self, told: Told) -> Placing:
        """Return it with one more telling."""
        now = self.now
        claims = [claim for claim in told.claims if claim.attribute == "venue"]
        given = next((claim for claim in claims if claim.value), None)
        if now.value is not None and given is None and any(claim.by_rule.endswith(WITHDRAWN) for claim in claims):
            previous = _with(now.previous, now.value)
            return self._replace(now=now._replace(value=None, settled="open", previous=previous, told=told))
        if given is not None and given.value != now.value and not is_coarser(given.value, now.value):
            learnt = given.by_rule.endswith(LEARNT)
            if now.value is None or self.guessed or not learnt:
                previous = _with(now.previous, *([now.value] if now.value and not self.guessed else []))
                return Placing(Value(given.value, given.settled, previous, now.against, told), learnt)
        elif now.value is None and any(claim.settled == "open" for claim in claims):
            return self._replace(now=now._replace(settled="open", told=told))
        return self


def is_coarser(value: str | None, known: str | None) -> bool:
    """Return whether a place is told by where it is: "Selm" of "Selm Castle" and of "the district court of Selm".

    So is what is called by what it is or not: "Ossin", "the Harlish capital Ossin".

    New Selm and South Selm are other places than Selm, whatever their names have in common.
    """
    if not value or not known or value == known:
        return False
    if _is_apposed(known.removesuffix(value)) or _is_apposed(value.removesuffix(known)):
        return True
    return known.startswith((f"{value} ", f"{value},")) or known.endswith(
        tuple(f" {of} {value}" for of in terms().lying)
    )


def _is_apposed(before: str) -> bool:
    """Whether what stands before a name only says what it is: "the Harlish capital "."""
    words = before.split()
    return bool(words) and before.endswith(" ") and words[-1] in terms().apposed


def _venue(tellings: list[Told]) -> Value:
    found = Placing()
    for told in tellings:
        found = found.after(told)
    return _where_most_say(tellings, found.now) if found.now.value and tellings[0].kind == VISIT else found.now


def on_the_way(told: Told, venue: str | None) -> bool:
    """Whether a telling is of a stop of a journey that leads elsewhere: its day is not that of the journey."""
    places = stops(told)
    return bool(places) and venue not in places


def stops(told: Told) -> set[str]:
    """Return the places of a telling of a journey, of which one may be no more than a stop on the way to another."""
    if told.kind != VISIT or moved(told):
        return set()
    return {claim.value for claim in told.claims if claim.attribute == "venue" and claim.value}


def destination(told: Told) -> Claim | None:
    """Return what a telling says of where a journey leads, where it is more than a guess."""
    given = next((claim for claim in told.claims if claim.attribute == "venue" and claim.value), None)
    return None if given is None or given.by_rule.endswith(LEARNT) else given


def _where_most_say(tellings: list[Told], now: Value) -> Value:
    """Where a journey leads: the place that most tellings give, of equals the first; others are stops on its way."""
    given = [(claim, told) for told in tellings if (claim := destination(told)) is not None]
    if not given or any(moved(told) for told in tellings):
        return now
    often = Counter(claim.value for claim, _ in given)
    value, _ = often.most_common(1)[0]
    claim, told = next((claim, told) for claim, told in reversed(given) if claim.value == value)
    others = tuple(each for each in often if each and each != value)
    return Value(value, claim.settled, previous=others, told=told)


def _parties(tellings: list[Told]) -> tuple[str, ...]:
    """Those who take part, each once by the fullest name, in the order in which they were told; not who withdrew."""
    found: dict[str, str] = {}
    for told in tellings:
        for key, name in coming(told):
            if key not in found or len(name) > len(found[key]):
                found[key] = name
        for key in leaving(told):
            found.pop(key, None)
    return tuple(found.values())


def leaving(told: Told) -> frozenset[str]:
    """Return the keys of those who are told to stay away from what is still ahead."""
    return frozenset() if told.status in PAST else frozenset(key for key, _ in told.left)


def coming(told: Told) -> tuple[tuple[str, str], ...]:
    """Return the key and the name of each who takes part by a telling."""
    gone = leaving(told)
    return tuple(each for each in told.names if each[0] not in gone) if gone else told.names


def _agenda(tellings: list[Told]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for told in tellings:
        for claim in told.claims:
            if claim.attribute == "agenda" and claim.value:
                found.setdefault(claim.value.lower(), claim.value)
    return tuple(found.values())

"""An event that is told of very often: as all of its tellings have it, shown by the last of them.

Promise: how it stands, its date and place, who takes part and how often it is told of are what all tellings by the day
add up to, as its chronicle keeps them; passages, origins and claims are those of the last tellings and of the ones that
told what stands, and whoever shows them can say so. The odd case that forced the shape: to read and fold three thousand
tellings takes longer than a reader waits, and most of them say what is said again in the last hundred.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.changing import Change, changes_by
from onrecord.ledger.chronicle import Chronicle, Standing
from onrecord.ledger.copies import find_copies
from onrecord.ledger.events import HeldEvent, Listed, by_ids, latest, overdue
from onrecord.ledger.origins import DECIDING, Text, origins_of
from onrecord.ledger.relating import Beside, relations
from onrecord.ledger.state import State, Value, coming, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import LAST_DAY, kept_chronicles, load, told_between, told_on_days
from onrecord.ledger.tellings import Thread
from onrecord.ledger.told import Told

MUCH = 200
"""Tellings from which on an event is shown by the last of them: to read six hundred took a tenth of a second."""

LAST = 100
"""Tellings by which it is shown, with those that told before them what stands."""

ITEMS = 30
"""Of those who take part and of the agenda's points that no last telling has: so many have the one that told them."""

TURNS = 20
"""Days of which it is told what changed on them, the last on which it came to stand otherwise."""


class Recent(NamedTuple):
    """An event as all of its tellings have it, with the last of them."""

    held: HeldEvent
    """Its thread has the last tellings, behind those of the others that told what stands."""
    days: tuple[str, ...]
    """All days on which it is told of, those after the one that is asked for too."""
    told: int
    """How many tellings there are by the day."""
    shown: int
    """How many of the last ones are in the thread."""
    changes: list[Change]
    """What the last days changed on which it came to stand otherwise."""
    since: dict[str, str]
    """Who takes part and what is on the agenda, each with the day on which it was told first."""
    others: list[tuple[Beside, Listed]]
    """How it stands to other events by the last tellings and by what people decided."""


def recent(ledger: Ledger, name: str, as_of: str | None = None) -> Recent | None:
    """Return an event, by its id, as of a day; None where it is not told of so often by then that this is needed.

    The ledger has been brought up to date (`threads.now_called`).
    """
    find_copies(ledger)
    connection, day = ledger.connection, as_of or LAST_DAY
    known = kept_chronicles(connection, [name]).get(name)
    count = known.told(day) if known else 0
    if known is None or count <= MUCH:
        return None
    first = known.days[count - LAST]
    last = _slice(told_between(connection, name, first, known.days[count - 1]), bisect_left(known.days, first), count)
    by = _telling_it(connection, name, known, known.standing(day), last)
    thread = _joined([*by.values(), *_others_standing(connection, name, known, day, last)], last)
    state = _state(known, day, last, by)
    now = overdue(state.status, state.date.value, as_of or latest(ledger))
    held = HeldEvent(name, state, thread, now, origins_of(connection, thread, state, as_of))
    beside = relations(connection, name, last.numbers, day)
    rows = {row.id: row for row in by_ids(ledger, list({each.event for each in beside}), as_of)}
    turned = sorted({each.day for each in known.stood if each.day <= day})[-TURNS:]
    return Recent(
        held=held,
        days=tuple(dict.fromkeys(known.days)),
        told=count,
        shown=len(last.tellings),
        changes=changes_by(connection, name, known, turned),
        since=_since(known, day),
        others=sorted(
            ((each, rows[each.event]) for each in beside if each.event in rows),
            key=lambda each: (each[0].kind, each[1].date.value or LAST_DAY, each[1].id),
        ),
    )


class Part(NamedTuple):
    """Some of the tellings of an event, each with why it is of it and the document whose text it has."""

    tellings: list[tuple[Told, tuple[str, ...], Text]]
    all: int
    """How many there are by the day."""


def tellings(ledger: Ledger, name: str, as_of: str | None, before: int, most: int) -> Part:
    """Return at most ``most`` tellings of an event, by its id, up to a day, the last first, behind ``before`` others.

    The ledger has been brought up to date (`threads.now_called`).
    """
    find_copies(ledger)
    connection = ledger.connection
    known = kept_chronicles(connection, [name]).get(name)
    whole = Thread() if known else load(connection, [name], as_of).get(name, Thread())
    count = known.told(as_of or LAST_DAY) if known else len(whole.tellings)
    stop = max(count - before, 0)
    begin, start = max(stop - most, 0), 0
    if known and stop:
        start = bisect_left(known.days, known.days[begin])
        whole = told_between(connection, name, known.days[begin], known.days[stop - 1])
    some = _slice(whole, start, stop, begin)
    if not some.tellings:
        return Part([], count)
    texts = origins_of(connection, some, state_of(some.tellings), as_of).texts
    return Part(list(zip(some.tellings, some.reasons, texts, strict=True))[::-1], count)


def _slice(thread: Thread, start: int, stop: int, begin: int | None = None) -> Thread:
    """The tellings from one place to another of a thread, of which those given begin at ``start``."""
    of = slice((begin or start) - start, stop - start)
    return Thread(thread.tellings[of], thread.reasons[of], thread.numbers[of])


def _joined(before: Sequence[Thread], last: Thread) -> Thread:
    """Tellings as one thread, each once, in the order of their days."""
    found = Thread()
    rows = [row for each in before for row in zip(each.tellings, each.reasons, each.numbers, strict=True)]
    for told, why, number in sorted(rows, key=lambda row: (row[0].day, row[2])):
        if number not in last.numbers and number not in found.numbers:
            found.add(told, why, number)
    for row in zip(last.tellings, last.reasons, last.numbers, strict=True):
        found.add(*row)
    return found


def _telling_it(
    connection: Connection, name: str, known: Chronicle, stands: Standing, last: Thread
) -> dict[str, Thread]:
    """The tellings that told date and place last, by these; of those among the last ones the same object."""
    ones: dict[int, Thread] = {}
    for at in {each for each in stands.by if each >= 0}:
        day = known.days[at]
        one = _slice(told_between(connection, name, day, day), bisect_left(known.days, day), at + 1, at)
        place = last.numbers.index(one.numbers[0]) if one.numbers and one.numbers[0] in last.numbers else None
        ones[at] = one if place is None else _slice(last, 0, place + 1, place)
    named = zip(("date", "venue"), stands.by, strict=True)
    return {attribute: ones[at] for attribute, at in named if at >= 0 and ones[at].tellings}


def _others_standing(connection: Connection, name: str, known: Chronicle, day: str, last: Thread) -> Iterator[Thread]:
    """The tellings of what stands that none of the last ones has, each of the day from which on it has stood."""
    untold = [*_untold_values(known, day, last), *islice(_untold_items(known, day, last), ITEMS)]
    fresh = told_on_days(connection, name, (since for since, _ in untold))
    for since, tells in untold:
        told = fresh.get(since, Thread())
        at = next((at for at, each in enumerate(told.tellings) if tells(each)), None)
        if at is not None:
            yield _slice(told, 0, at + 1, at)


_Untold = Iterator[tuple[str, Callable[[Told], bool]]]
"""What none of the last tellings has: the day on which it was told, and what knows the telling."""


def _untold_values(known: Chronicle, day: str, last: Thread) -> _Untold:
    """Status, date and place, each since which day it stands."""
    stood = [each for each in known.stood if each.day <= day]
    for attribute in DECIDING:
        for value in _values(stood[-1], attribute):
            if value is None or any(_claims(told, attribute, value) for told in last.tellings):
                continue
            since = stood[-1].day
            for each in reversed(stood):
                if value not in _values(each, attribute):
                    break
                since = each.day
            yield since, partial(_claims, attribute=attribute, value=value)


def _untold_items(known: Chronicle, day: str, last: Thread) -> _Untold:
    """Who takes part, by his fullest name, and what is on the agenda, each on the day on which it was told first."""
    named = {name for told in last.tellings for _, name in coming(told)}
    items = {claim.value.lower() for told in last.tellings for claim in told.claims
             if claim.attribute == "agenda" and claim.value}  # fmt: skip
    for since, name in {key: (since, name) for since, key, name in known.who if since <= day}.values():
        if name and name not in named:
            yield since, partial(_names, name=name)
    for since, item in known.agenda:
        if since <= day and item.lower() not in items:
            yield since, partial(_claims, attribute="agenda", value=item)


def _since(known: Chronicle, day: str) -> dict[str, str]:
    """Who takes part, by the fullest name, and what is on the agenda, each with the day on which it was told first."""
    first: dict[str, str] = {}
    for since, key, _ in known.who:
        first.setdefault(key, since)
    fullest = {key: name for since, key, name in known.who if since <= day}
    return {name: first[key] for key, name in fullest.items() if name} | {item: since for since, item in known.agenda}


def _values(stands: Standing, attribute: str) -> tuple[str | None, ...]:
    if attribute == "status":
        return (stands.status,)
    value = stands.dated if attribute == "date" else stands.placed
    return (value.value, *value.against)


def _claims(told: Told, attribute: str, value: str) -> bool:
    if attribute == "status":
        return told.status == value
    return any(claim.attribute == attribute and claim.value == value for claim in told.claims)


def _names(told: Told, name: str) -> bool:
    return any(each == name for _, each in coming(told))


def _state(known: Chronicle, day: str, last: Thread, by: dict[str, Thread]) -> State:
    """How an event stands as all of its tellings have it; from the last ones alone comes what kind it is called.

    It has changed last on the day on which status, date or place came to be what they are: that this was said again is
    not kept. Of what a date was before there is the last, where none is known now.
    """
    stands, part = known.standing(day), state_of(last.tellings)
    stood = [Standing(""), *(each for each in known.stood if each.day <= day)]
    changed = max(after.day for before, after in pairwise(stood) if before.status != after.status)
    date, venue = (
        value._replace(told=by[attribute].tellings[0] if attribute in by else None, previous=_before(stood, attribute))
        for attribute, value in (("date", stands.dated), ("venue", stands.placed))
    )
    return State(
        name=stands.name,
        kind=stands.kind or (part.kind if part.name == stands.name else known.family),
        status=stands.status,
        participants=known.participants(day),
        date=date,
        venue=venue,
        agenda=known.items(day),
        first_seen=known.days[0],
        last_change=max([changed, *(each.told.day for each in (date, venue) if each.told)]),
        evidence=(),
    )


def _before(stood: Sequence[Standing], attribute: str) -> tuple[str, ...]:
    """The value that one had last, where none is known any more."""
    values: list[Value] = [each.dated if attribute == "date" else each.placed for each in stood]
    return tuple(each.value for each in values[::-1] if each.value)[:1] if values[-1].value is None else ()

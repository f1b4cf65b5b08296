"""Which events answer a question as of a day, chosen by their chronicles: those that answer best, or the soonest.

Promise: events come one by one, in their order, and no more are looked at than are taken. The odd case that forced its
shape: most of what a question looks at is over or is called otherwise, and has been told of hundreds of times.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, merge
from itertools import groupby, islice
from operator import itemgetter
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.answering import Question, question
from onrecord.ledger.bearing import GIVEN, bearing
from onrecord.ledger.chronicle import Chronicle, Standing
from onrecord.ledger.days import REACHES, days_of, earlier
from onrecord.ledger.holding import held_by
from onrecord.ledger.naming import OTHER, families
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.summaries import LAST_DAY, chronicles, courses
from onrecord.ledger.told import MOVES

LATELY = 90
"""Days in which a plan without a date counts as one that lies ahead."""

AHEAD = ("mooted", "planned", "scheduled", "postponed")


class Asked(NamedTuple):
    """Which events are asked for."""

    words: str = ""
    as_of: str | None = None
    """Only what was published up to this day counts; None: all."""
    days: Between = ANY
    """The event's date lies between them."""
    status: str | None = None
    kind: str | None = None
    """As `naming.families` has them."""
    among: int | None = None
    """How many are looked at, at most, for those of a kind, a status or days; None: all."""
    followed: bool = False
    """Whether events answer by what they were too, for who has them already: by the last day that was told of one
    whose date is open now, and by how one stood until it was put off or called off."""


def chosen(connection: Connection, asked: Asked, now: str | None) -> Iterator[Found]:
    """Yield the events that are asked for, best match first; without words the soonest first.

    ``now``: the day from which on, without words and days, an event lies ahead.
    """
    for each in islice(_every(connection, asked, now), asked.among):
        if fits(asked, each):
            yield each


def chosen_of(connection: Connection, names: Iterator[str], asked: Asked) -> Iterator[str]:
    """Yield those of some threads, in their order, whose events are asked for, whatever words are."""
    if (asked.days, asked.status, asked.kind) == (ANY, None, None):
        yield from names
        return
    rows = ((name, "") for name in names)
    yield from (each.name for _, each in _looked_at(connection, rows, asked.as_of or LAST_DAY) if fits(asked, each))


def _every(connection: Connection, asked: Asked, now: str | None) -> Iterator[Found]:
    day, first = asked.as_of or LAST_DAY, asked.days.first or now
    if not asked.words:
        return _dated(connection, day, first, now, asked)
    wanted = _question(connection, asked.words, day)
    return _answering(connection, wanted, _sharing(connection, wanted, day), day)


def may_be_more(connection: Connection, asked: Asked, now: str | None) -> bool:
    """Return whether events may answer that are not looked at; ``now`` as `chosen` has it."""
    if asked.words:
        return len(_sharing(connection, question(asked.words), asked.as_of or LAST_DAY)) == RANKED
    return asked.among is not None and any(True for _ in islice(_every(connection, asked, now), asked.among, None))


def counted(connection: Connection, asked: Asked) -> tuple[int, bool]:
    """Return how many events `chosen` yields that answer to words, and whether more may that are not looked at."""
    day = asked.as_of or LAST_DAY
    wanted = _question(connection, asked.words, day)
    ranked = _sharing(connection, wanted, day)
    found = islice(_answering(connection, wanted, ranked, day), asked.among)
    return sum(fits(asked, each) for each in found), len(ranked) == RANKED


class Found(NamedTuple):
    """An event that may answer a question, by its chronicle as of a day."""

    name: str
    chronicle: Chronicle
    standing: Standing
    told: str
    """The day on which it was told of last."""

    @property
    def status(self) -> str:
        """How it stands."""
        return self.standing.status

    @property
    def kind(self) -> str:
        """Of which kind it is, as `naming.families` has them."""
        return self.standing.kind or self.chronicle.family

    @property
    def date(self) -> str | None:
        """The value of its date."""
        return self.standing.date

    @property
    def course(self) -> list[Standing]:
        """How it stood, what was told last first."""
        return [each for each in reversed(self.chronicle.stood) if each.day <= self.standing.day]


def as_of_day(name: str, told: Chronicle, day: str) -> Found | None:
    """Return an event as of a day by its chronicle; None where nothing was told of it by then."""
    count = told.told(day)
    return Found(name, told, told.standing(day), told.days[count - 1]) if count else None


def fits(asked: Asked, found: Found) -> bool:
    """Return whether an event is one of those that are asked for, whatever words are."""
    stood = found.course if asked.followed else [found.standing]
    if asked.kind not in (None, found.kind) or asked.status not in (None, *_states(stood)):
        return False
    days, dated = asked.days, next(filter(None, (days_of(each.date) for each in stood)), None)
    if days == ANY or dated is None:
        return days == ANY
    return (days.first is None or dated.last >= days.first) and (days.last is None or dated.first <= days.last)


def _states(stood: Sequence[Standing]) -> Iterator[str]:
    """The states of an event, the last first, back to the one in which it was put off or called off."""
    for each in stood:
        yield each.status
        if each.status not in MOVES:
            return


def _answering(connection: Connection, asked: Question, ranked: Ranked, day: str) -> Iterator[Found]:
    """The events that answer a question, best first, of those that share most names with it.

    Those that share most of the names asked for are looked at first, and no more of them than are needed: what comes
    later can't answer better than its names and all else allow.
    """
    waiting: list[tuple[tuple[float, str, str], Found]] = []
    for at in range(0, len(ranked), AT_ONCE):
        some = dict(ranked[at : at + AT_ONCE])
        while waiting and -waiting[0][0][0] >= asked.most(max(some.values())):
            yield heappop(waiting)[-1]
        for name, told in chronicles(connection, list(some), day).items():
            found = as_of_day(name, told, day)
            if found is not None and (score := asked.answered_by(told, day)) > 0:
                heappush(waiting, ((-score, told.days[0], name), found))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))


def _question(connection: Connection, words: str, day: str) -> Question:
    asked = question(words)
    return asked._replace(offices=held_by(connection, asked.keys, day))


Ranked = list[tuple[str, int]]
"""Threads with how many names they share with a question, those that share most first."""


def _sharing(connection: Connection, asked: Question, last: str) -> Ranked:
    """The threads that share names with a question up to a day, with how many, those that share most first.

    Where it has no names: the threads that are called by its words, the latest first.
    """
    among = (*(sorted(asked.families | {OTHER}) if asked.families else families()), GIVEN)
    most = LOOKED_AT // len(among)
    shared = Counter(
        name
        for key in asked.keys | asked.about
        for name in {name for each in among for name, *_ in bearing(connection, key, each, ("", last), most)}
    )
    if not asked.keys:
        shared.update({name: 0 for (name,) in _named_so(connection, sorted(asked.content), last)})
    return sorted(shared.items(), key=lambda row: (-row[1], row[0]))[:RANKED]


def _named_so(connection: Connection, words: Sequence[str], last: str) -> list[tuple[str]]:
    """The threads of the last tellings up to a day in whose names some words stand, the latest first.

    Words that stand in few names are looked up; where they stand in very many the last of these are soon found.
    """
    chosen = " OR ".join(["name LIKE '%' || ? || '%'"] * len(words)) or "0"
    rare = "1"
    if words and all(len(word) >= TRIGRAM for word in words):
        longer = " OR ".join(f'"{word}"' for word in words)
        found = connection.execute(
            f"SELECT rowid FROM event_names WHERE event_names MATCH ? LIMIT {LOOKED_AT}", (longer,)
        ).fetchall()
        if len(found) < LOOKED_AT:
            rare = f"id IN ({','.join(str(number) for (number,) in found)})"
    return connection.execute(
        f"SELECT DISTINCT t.thread FROM (SELECT id, day FROM events WHERE {rare} AND ({chosen}) AND day <= ? "
        f"ORDER BY day DESC LIMIT {LOOKED_AT}) e CROSS JOIN threads t ON t.event = e.id "
        f"ORDER BY e.day DESC, t.thread LIMIT {RANKED}",
        (*words, last),
    ).fetchall()


TRIGRAM = 3
"""Letters from which on words are looked up by what stands in a name."""

RANKED = 100
"""Events that are put in order by how well they answer; those that share most of the names that are asked for."""

LOOKED_AT = 2_000
"""Tellings that are looked at for each name that is asked for: those of the last days."""


def _dated(connection: Connection, day: str, first: str | None, now: str | None, asked: Asked) -> Iterator[Found]:
    """The events dated from a day on, soonest first, then those told of lately without a date, the latest first.

    ``day``: the last day of publication that counts. Few are asked for of many, so each is looked at only when its turn
    has come: no event ends before the first of the last days that are told of it.
    """
    first, since, past = first or "", earlier(now, LATELY) if now else "", bool(asked.days.first or asked.status)
    reached = [(reach, earlier(first, reach) if first and reach != REACHES[-1] else "") for reach in REACHES]
    values = {"told": json.dumps(reached), "day": day, "first": first, "status": asked.status, "kind": asked.kind}
    told = (
        "FROM json_each(:told) asked CROSS JOIN events e ON e.reach = asked.value ->> 0 "
        "AND e.day BETWEEN asked.value ->> 1 AND :day AND e.last >= :first"
    )
    condition = _told_as(asked)
    rows: Iterator[tuple[str, str]] = (
        _first_of(_threads_of(connection, connection.execute(f"SELECT e.id, e.last {told} ORDER BY e.last", values)))
        if condition == "1"
        else connection.execute(
            f"SELECT t.thread, min(e.last) {told} CROSS JOIN threads t ON t.event = e.id "
            f"GROUP BY t.thread HAVING {condition} ORDER BY 2, 1",
            values,
        )
    )
    waiting: list[tuple[str, str, Found]] = []
    dateless: dict[str, str] = {}
    for soonest, found in _looked_at(connection, rows, day):
        while waiting and waiting[0][0] < soonest:
            yield heappop(waiting)[-1]
        dated = days_of(found.date)
        if dated is None:
            dateless[found.name] = found.told
        elif dated.last >= first and (past or found.status in AHEAD):
            heappush(waiting, (dated.last, found.name, found))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))
    for found in _dateless(connection, day, since, dateless, asked):
        if past or found.status in AHEAD:
            yield found


def _told_as(asked: Asked) -> str:
    """The condition that a thread (``t``) may be of the status and the kind that are asked for.

    What is told of often passes: to look through all that was told costs more than its chronicle.
    """
    told = (
        "(EXISTS (SELECT 1 FROM chronicles c WHERE c.thread = t.thread) OR EXISTS (SELECT 1 FROM threads o "
        "JOIN events k ON k.id = o.event WHERE o.thread = t.thread AND k.{}))"
    )
    given = [("status = :status", asked.status), ("family = :kind", asked.kind)]
    return " AND ".join(told.format(each) for each, value in given if value is not None) or "1"


def dateless(connection: Connection, as_of: str | None, now: str) -> Iterator[Found]:
    """Yield the events that lie ahead and have no date, those told of last first."""
    for found in _dateless(connection, as_of or LAST_DAY, earlier(now, LATELY), {}, Asked()):
        if found.status in AHEAD:
            yield found


def _dateless(connection: Connection, day: str, since: str, others: Mapping[str, str], asked: Asked) -> Iterator[Found]:
    """The events without a date that were told of since a day, and some others, those told of last first."""
    told = (
        "FROM events e CROSS JOIN threads t ON t.event = e.id "
        "WHERE e.day BETWEEN :since AND :day AND e.status != 'occurred'"
    )
    condition = _told_as(asked)
    rows = connection.execute(
        f"SELECT t.thread, e.day {told} ORDER BY e.day DESC, t.thread DESC"
        if condition == "1"
        else f"SELECT t.thread, max(e.day) {told} GROUP BY t.thread HAVING {condition} ORDER BY 2 DESC, 1 DESC",
        {"since": since, "day": day, "status": asked.status, "kind": asked.kind},
    )
    known = sorted(others.items(), key=_by_day, reverse=True)
    latest = merge(_first_of(rows, others), known, key=_by_day, reverse=True)
    yield from (found for _, found in _looked_at(connection, latest, day) if found.date is None)


def _by_day(row: tuple[str, str]) -> tuple[str, str]:
    return row[1], row[0]


def _threads_of(connection: Connection, tellings: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """The threads of tellings that come by their days, each with the day, those of one day by their ids.

    Which tellings lie ahead is found in an index alone; whose they are stands all over the file, and few are wanted.
    """
    for day, some in groupby(tellings, itemgetter(1)):
        names = connection.execute(
            "SELECT DISTINCT t.thread FROM json_each(?) asked CROSS JOIN threads t ON t.event = asked.value ORDER BY 1",
            (json.dumps([number for number, _ in some]),),
        )
        yield from ((name, day) for (name,) in names)


def _first_of(rows: Iterable[tuple[str, str]], others: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """The first row of each thread that is none of the others."""
    seen: set[str] = set()
    for thread, day in rows:
        if thread not in seen and thread not in others:
            seen.add(thread)
            yield thread, day


def _looked_at(connection: Connection, rows: Iterator[tuple[str, str]], day: str) -> Iterator[tuple[str, Found]]:
    """The events of rows of a thread and a day, as of another, with that of the row, some at a time."""
    while some := dict(islice(rows, IN_TURN)):
        told = courses(connection, list(some), day)
        for name, of in some.items():
            if name in told and (found := as_of_day(name, told[name], day)) is not None:
                yield of, found


AT_ONCE = 32
"""Threads that are looked at together while more are asked for."""

IN_TURN = 12
"""The same of those that come by their days: nearly each is one that is asked for, and of more the last are not."""

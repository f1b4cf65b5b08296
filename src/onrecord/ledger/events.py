"""The events of a ledger as of a day: what is planned, what about it is settled, what changed, and who says so.

Promise: only what was published by the day counts, and the same day gives the same answer whatever is added later. The
odd case that forced its shape: people ask by a name that no text has ("the second summit of the two"), so events are
ranked by how much of the name they answer, and one that shares too little with the question is no answer.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, merge
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.bearing import bearing
from onrecord.ledger.copies import find_copies
from onrecord.ledger.days import REACHES, days_of, earlier
from onrecord.ledger.holding import held_by
from onrecord.ledger.naming import OTHER, acts_of, families, family, keys, terms
from onrecord.ledger.origins import Origins, origins_of
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.state import State, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.tellings import Outline, Thread, all_days, numbered
from onrecord.ledger.threads import LAST_DAY, bring_together, load
from onrecord.ledger.wording import subjects
from onrecord.tables import table

LATELY = 90
"""Days in which a plan without a date counts as one that lies ahead."""

AHEAD = ("mooted", "planned", "scheduled", "postponed")

_THREAD_ID = re.compile(r"E[0-9a-f]{10}\Z")


class HeldEvent(NamedTuple):
    """One event of the ledger as of a day."""

    id: str
    state: State
    thread: Thread
    overdue: bool
    """Its date has passed, and nobody has told that it was held, moved or called off."""
    origins: Origins = Origins()
    """Who tells of it independently of each other."""


class Related(NamedTuple):
    """How one event stands to another."""

    kind: str
    """``prepares``, ``part_of``, ``follows``, ``replaces``: what it does to the other; ``prepared_by``, ``has_part``,
    ``followed_by``, ``replaced_by``: what the other does to it."""
    event: HeldEvent
    """The other."""


INVERSE = {"prepares": "prepared_by", "part_of": "has_part", "follows": "followed_by", "replaces": "replaced_by"}


def events(
    ledger: Ledger,
    words: str = "",
    as_of: str | None = None,
    days: Between = ANY,
    status: str | None = None,
    most: int = 50,
) -> list[HeldEvent]:
    """Return at most ``most`` events as of a day, best match with ``words`` first; without words the soonest first.

    ``as_of``: only what was published up to this day counts; None: all. ``days``: the event's date lies between them;
    without words and days what lies ahead of the last day that the ledger knows by then. Raises LedgerError where the
    ledger is to be brought up to date and can't be written to.
    """
    find_copies(ledger)
    bring_together(ledger)
    now = as_of or _latest(ledger)
    held: Iterable[HeldEvent]
    if words:
        held = _answering(ledger, words, as_of, now)
    else:
        held = _dated(ledger, as_of, days.first or now, now, past=bool(days.first or status))
    found = list(islice((each for each in held if _asked(each, days, status)), most))
    return [each._replace(origins=origins_of(ledger.connection, each.thread, each.state, as_of)) for each in found]


def event(ledger: Ledger, name: str, as_of: str | None = None) -> HeldEvent | None:
    """Return the event of an id, or the one that some words name best; None where there is none by then."""
    if not _THREAD_ID.match(name):
        return next(iter(events(ledger, name, as_of, most=1)), None)
    find_copies(ledger)
    bring_together(ledger)
    thread = load(ledger.connection, [name], as_of).get(name)
    if thread is None:
        return None
    held = _held(name, thread, as_of or _latest(ledger))
    return held._replace(origins=origins_of(ledger.connection, thread, held.state, as_of))


def related(ledger: Ledger, held: HeldEvent, as_of: str | None = None) -> list[Related]:
    """Return how other events stand to one by what was published up to a day, by kind and date."""
    own, theirs = (
        ledger.connection.execute(f"SELECT DISTINCT r.kind, o.thread {joins} WHERE t.thread = ? AND e.day <= ?", asked)
        for asked in ((held.id, as_of or LAST_DAY),)
        for joins in (
            "FROM threads t JOIN events e ON e.id = t.event JOIN relations r ON r.event = e.id "
            "JOIN events f ON f.reading = r.reading AND f.number = r.other JOIN threads o ON o.event = f.id",
            "FROM threads t JOIN events e ON e.id = t.event "
            "JOIN relations r ON r.reading = e.reading AND r.other = e.number JOIN threads o ON o.event = r.event",
        )
    )
    kinds = [(kind, name) for kind, name in own] + [(INVERSE[kind], name) for kind, name in theirs]
    threads = load(ledger.connection, {name for _, name in kinds if name != held.id}, as_of)
    now = as_of or _latest(ledger)
    found = [Related(kind, _held(name, threads[name], now)) for kind, name in kinds if name in threads]
    return sorted(found, key=lambda each: (each.kind, each.event.state.date.value or LAST_DAY, each.event.id))


def _held(name: str, thread: Thread, now: str | None) -> HeldEvent:
    state = state_of(thread.tellings)
    dated = days_of(state.date.value)
    overdue = bool(now and dated and state.status in AHEAD and dated.last < now)
    return HeldEvent(name, state, thread, overdue)


def _asked(held: HeldEvent, days: Between, status: str | None) -> bool:
    if status is not None and held.state.status != status:
        return False
    dated = days_of(held.state.date.value)
    if days == ANY or dated is None:
        return days == ANY
    return (days.first is None or dated.last >= days.first) and (days.last is None or dated.first <= days.last)


def _latest(ledger: Ledger) -> str | None:
    row = ledger.connection.execute("SELECT max(day) FROM events").fetchone()
    return str(row[0]) if row[0] else None


def _answering(ledger: Ledger, words: str, as_of: str | None, now: str | None) -> Iterator[HeldEvent]:
    """The events that answer to words, best first.

    Those that share most of the names asked for are looked at first, and no more of them than are needed: what comes
    later can't answer better than its names and all else allow.
    """
    asked = question(words)
    asked = asked._replace(offices=held_by(ledger.connection, asked.keys, as_of or LAST_DAY))
    ranked = _sharing(ledger.connection, asked, as_of or LAST_DAY)
    waiting: list[tuple[tuple[float, str, str], HeldEvent]] = []
    for at in range(0, len(ranked), AT_ONCE):
        some = dict(ranked[at : at + AT_ONCE])
        while waiting and -waiting[0][0][0] >= asked.most(max(some.values())):
            yield heappop(waiting)[-1]
        for name, thread in load(ledger.connection, some, as_of).items():
            if (score := asked.answered_by(thread)) > 0:
                held = _held(name, thread, now)
                heappush(waiting, ((-score, held.state.first_seen, name), held))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))


def _sharing(connection: Connection, asked: Question, last: str) -> list[tuple[str, int]]:
    """The threads that share names with a question up to a day, with how many, those that share most first.

    Where it has no names: the threads that are called by its words, the latest first.
    """
    among = sorted(asked.families | {OTHER}) if asked.families else families()
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


def _dated(ledger: Ledger, as_of: str | None, first: str | None, now: str | None, past: bool) -> Iterator[HeldEvent]:
    """The events dated from a day on, soonest first, then those told of lately without a date, the latest first.

    ``past``: also those held. Few are asked for of many, so each is looked at only when its turn has come: no event
    ends before the first of the last days that are told of it.
    """
    first, since = first or "", earlier(now, LATELY) if now else ""
    told = json.dumps([(reach, earlier(first, reach) if first and reach != REACHES[-1] else "") for reach in REACHES])
    rows = ledger.connection.execute(
        "SELECT t.thread, min(e.last) FROM json_each(?) asked CROSS JOIN events e ON e.reach = asked.value ->> 0 "
        "AND e.day BETWEEN asked.value ->> 1 AND ? AND e.last >= ? CROSS JOIN threads t ON t.event = e.id "
        "GROUP BY t.thread ORDER BY 2, 1",
        (told, as_of or LAST_DAY, first),
    )
    waiting: list[tuple[str, str, HeldEvent]] = []
    undated: list[HeldEvent] = []
    for soonest, held in _looked_at(ledger, rows, as_of, now):
        while waiting and waiting[0][0] < soonest:
            yield heappop(waiting)[-1]
        dated = days_of(held.state.date.value)
        if dated is None:
            undated.append(held)
        elif dated.last >= first and (past or held.state.status in AHEAD):
            heappush(waiting, (dated.last, held.id, held))
    yield from (heappop(waiting)[-1] for _ in range(len(waiting)))
    rows = ledger.connection.execute(
        "SELECT t.thread, e.day FROM events e CROSS JOIN threads t ON t.event = e.id "
        "WHERE e.day BETWEEN ? AND ? AND e.status != 'occurred' ORDER BY e.day DESC, t.thread DESC",
        (since, as_of or LAST_DAY),
    )
    days = {held.id: held.thread.tellings[-1].day for held in undated}
    latest = merge(_first_of(rows, days), sorted(days.items(), key=_by_day, reverse=True), key=_by_day, reverse=True)
    for _, held in _looked_at(ledger, latest, as_of, now):
        if held.state.date.value is None and (past or held.state.status in AHEAD):
            yield held


def _by_day(row: tuple[str, str]) -> tuple[str, str]:
    return row[1], row[0]


def _first_of(rows: Iterable[tuple[str, str]], others: Container[str]) -> Iterator[tuple[str, str]]:
    """The first row of each thread that is none of the others."""
    seen: set[str] = set()
    for thread, day in rows:
        if thread not in seen and thread not in others:
            seen.add(thread)
            yield thread, day


def _looked_at(
    ledger: Ledger, rows: Iterator[tuple[str, str]], as_of: str | None, now: str | None
) -> Iterator[tuple[str, HeldEvent]]:
    """The events of rows of a thread and a day, with that day, some at a time."""
    while some := dict(islice(rows, AT_ONCE)):
        threads = load(ledger.connection, some, as_of)
        yield from ((day, _held(name, threads[name], now)) for name, day in some.items() if name in threads)


AT_ONCE = 32
"""Threads that are loaded together while more are asked for."""


class Question(NamedTuple):
    """What some words ask for, understood once for all the events that may answer."""

    keys: set[str]
    """Of the proper names in them."""
    families: set[str]
    """The kinds of event that they name."""
    types: set[str]
    """Their words of kind: ``presidential``, ``second``."""
    years: set[str]
    content: set[str]
    """Their words that may call an event: no articles, no days."""
    about: frozenset[str] = frozenset()
    """Those that say what it is about: ``immigration``."""
    months: frozenset[str] = frozenset()
    """The months that they name, as dates have them between their dashes: ``-05-``."""
    acts: frozenset[str] = frozenset()
    """The acts that they name, as `naming.acts_of` has them."""
    offices: Mapping[str, frozenset[str]] = {}
    """Of the names in them those of persons, with the classes of the offices that they are told to hold."""

    def most(self, shared: int) -> float:
        """Return what an event answers at most that shares so many names with the question."""
        return 2 * shared + len(self.about) + bool(self.months) + 0.5 * (len(self.types) + 1) + 1

    def answered_by(self, thread: Thread) -> float:
        """Return how much of what is asked for an event answers; 0: it is no answer."""
        outline = thread.outline
        if (
            self.families
            and outline.family not in self.families
            and not (
                outline.family == OTHER and (self.keys <= outline.words or self.acts & outline.deeds) and self.keys
            )
        ):
            return 0.0  # what is called by all the names asked for, or tells the act, may be of no clear kind
        number, numbers = numbered(self.types), numbered(outline.types)
        if number and numbers and not number & numbers:
            return 0.0
        sort, sorts = (each - terms().wide - set(terms().numbered) for each in (self.types, outline.types))
        if sort and sorts and not sort & sorts:
            return 0.0  # a presidential election is no answer to who asks for the parliamentary one
        if self.years and not self.years & outline.years:
            edition = _edition(thread, outline)
            if edition and not self.years & edition:
                return 0.0
        called = {word for told in thread.tellings for word in (*told.called, *told.name.lower().split())}
        own = outline.keys | {key for key, held in self.offices.items() if held & outline.offices}
        hit = sum(1.0 if key in own else 0.6 if key in outline.near else 0.0 for key in self.keys)
        if self.keys and hit < len(self.keys) / 2:
            return 0.0
        if self.keys and hit <= len(self.keys) / 2 and outline.places and not outline.places & self.keys:
            return 0.0  # who asks for a visit to one town is not answered by that to another
        topic = self.about & (outline.about | called)
        month = self.months and _months(thread) & self.months
        if not self.keys and len(self.content & called) <= len(self.content) / 2 and not (topic and month):
            return 0.0
        if self.keys and outline.words and not outline.words & self.keys and not self.keys <= outline.keys:
            return 0.0
        alike = len(self.types & outline.types) + len(self.content & called) / max(1, len(self.content))
        return 2 * hit + len(topic) + bool(month) + 0.5 * alike + min(outline.count, 10) / 10


def question(words: str, language: str = "en") -> Question:
    """Return what some words ask for."""
    said = [word for word in re.split(r"\W+", words.lower()) if word]
    known = kinds(language)
    return Question(
        keys=set(keys(words, language)),
        families={family(entry.kind, word) for word in said for entry in known.nouns.get(word, ())},
        types=set(said) & known.types,
        years=set(re.findall(r"\b(?:19|20)\d\d\b", words)),
        content={word for word in said if word not in terms().common and not word.isdigit()},
        acts=acts_of(words, language),
        about=subjects(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", words), language),
        months=frozenset(
            f"-{month:02d}"
            for word, month in table("language", language, "times")["months"].items()
            if word.capitalize() in words.split()
        ),
    )


def _months(thread: Thread) -> set[str]:
    """The months in which an event is, or was to be, as dates have them."""
    found = {days.first[4:7] for told in thread.tellings for days in all_days(told)}
    return found | {days.last[4:7] for told in thread.tellings for days in all_days(told)}


def _edition(thread: Thread, outline: Outline) -> set[str]:
    """The years by which an event is known from others of its series."""
    value = state_of(thread.tellings).date.value
    return outline.years | ({value[:4]} if value else set()) or ({outline.over[:4]} if outline.over else set())

"""The events of a ledger as of a day: what is planned, what about it is settled, what changed, and who says so.

Promise: only what was published by the day counts, and the same day gives the same answer whatever is added later. The
odd case that forced its shape: people ask by a name that no text has ("the second summit of the two"), so events are
ranked by how much of the name they answer, and one that shares too little with the question is no answer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.days import days_of, earlier
from onrecord.ledger.matching import Thread, numbered
from onrecord.ledger.naming import family, keys
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.state import State, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.threads import bring_together, load

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


class Change(NamedTuple):
    """One fact of an event that is another than it was."""

    event: HeldEvent
    attribute: str
    was: str | None
    now: str | None
    day: str


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
    bring_together(ledger)
    now = as_of or _latest(ledger)
    if words:
        held = _answering(ledger, words, as_of, now)
    else:
        held = _dated(ledger, as_of, days.first or now, now, past=bool(days.first or status))
    return [each for each in held if _asked(each, days, status)][:most]


def event(ledger: Ledger, name: str, as_of: str | None = None) -> HeldEvent | None:
    """Return the event of an id, or the one that some words name best; None where there is none by then."""
    if not _THREAD_ID.match(name):
        return next(iter(events(ledger, name, as_of)), None)
    bring_together(ledger)
    found = load(ledger.connection, [name], as_of)
    return _held(name, found[name], as_of or _latest(ledger)) if found else None


def changes(ledger: Ledger, days: Between = ANY) -> list[Change]:
    """Return the facts of events that what was published between two days changed, in the order of the days."""
    bring_together(ledger)
    rows = ledger.connection.execute(
        "SELECT DISTINCT t.thread FROM threads t JOIN events e ON e.id = t.event "
        "WHERE (? IS NULL OR e.day >= ?) AND (? IS NULL OR e.day <= ?) ORDER BY t.thread",
        (days.first, days.first, days.last, days.last),
    ).fetchall()
    found: list[Change] = []
    for name, thread in load(ledger.connection, [row[0] for row in rows], days.last).items():
        found += _changed(name, thread, days)
    return sorted(found, key=lambda change: (change.day, change.event.id))


def _changed(name: str, thread: Thread, days: Between) -> list[Change]:
    """What each day of publication changed of one event; what the first of all tells of it is new."""
    found: list[Change] = []
    told_before = [told for told in thread.tellings if told.day < (days.first or "")]
    was = _facts(state_of(told_before)) if told_before else {}
    for day in sorted({told.day for told in thread.tellings[len(told_before) :]}):
        state = state_of([told for told in thread.tellings if told.day <= day])
        now = _facts(state)
        event = HeldEvent(name, state, thread, overdue=False)
        found += [
            Change(event, key, was.get(key), now.get(key), day)
            for key in dict.fromkeys((*was, *now))
            if was.get(key) != now.get(key)
        ]
        was = now
    return found


def _facts(state: State) -> dict[str, str]:
    """What of a state can change, as people read it."""
    facts = {"status": state.status}
    for attribute, value in (("date", state.date), ("venue", state.venue)):
        if value.value or value.settled != "not_mentioned":
            against = f" against {', '.join(value.against)}" if value.against else ""
            facts[attribute] = f"{value.value or 'none'} ({value.settled}{against})"
    facts |= {f"participant {name}": "takes part" for name in state.participants}
    return facts


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


def _answering(ledger: Ledger, words: str, as_of: str | None, now: str | None) -> list[HeldEvent]:
    """The events that answer to words, best first."""
    wanted = sorted(keys(words))
    if wanted:
        chosen, values = f"k.key IN ({','.join('?' * len(wanted))})", tuple(wanted)
        source = "event_keys k JOIN events e ON e.id = k.event"
    else:
        said = [word for word in re.split(r"\W+", words) if word]
        chosen, values = " AND ".join(["e.name LIKE '%' || ? || '%'"] * len(said)) or "0", tuple(said)
        source = "events e"
    rows = ledger.connection.execute(
        f"SELECT DISTINCT t.thread FROM {source} JOIN threads t ON t.event = e.id "
        f"WHERE {chosen} AND (? IS NULL OR e.day <= ?) ORDER BY t.thread",
        (*values, as_of, as_of),
    ).fetchall()
    found = load(ledger.connection, [row[0] for row in rows], as_of)
    held = [_held(name, thread, now) for name, thread in found.items()]
    ranked = [(score, each) for each in held if (score := answers(each, words)) > 0]
    ranked.sort(key=lambda row: (-row[0], row[1].state.first_seen, row[1].id))
    return [each for _, each in ranked]


def _dated(ledger: Ledger, as_of: str | None, first: str | None, now: str | None, past: bool) -> list[HeldEvent]:
    """The events dated from a day on, or told of lately without a date, soonest first; ``past``: also those held."""
    since = earlier(now, LATELY) if now else None
    rows = ledger.connection.execute(
        "SELECT DISTINCT t.thread FROM events e JOIN threads t ON t.event = e.id WHERE (? IS NULL OR e.day <= ?) "
        "AND (e.last >= coalesce(?, '') OR (e.last IS NULL AND e.day >= ? AND e.status != 'occurred')) "
        "ORDER BY t.thread",
        (as_of, as_of, first, since),
    ).fetchall()
    found = load(ledger.connection, [row[0] for row in rows], as_of)
    kept = [
        each
        for each in (_held(name, thread, now) for name, thread in found.items())
        if (past or each.state.status in AHEAD)
        and ((dated := days_of(each.state.date.value)) is None or dated.last >= (first or ""))
    ]
    return sorted(kept, key=lambda each: (each.state.date.value is None, each.state.date.value or "", each.id))


def answers(held: HeldEvent, words: str, language: str = "en") -> float:
    """Return how much of what is asked for an event answers; 0: it is no answer."""
    thread = held.thread
    wanted = keys(words, language)
    said = [word for word in re.split(r"\W+", words.lower()) if word]
    families = {family(entry.kind, word) for word in said for entry in kinds(language).nouns.get(word, ())}
    if families and thread.family not in families:
        return 0.0
    types = set(said) & kinds(language).types
    number, numbers = numbered(types), numbered(thread.types)
    if number and numbers and not number & numbers:
        return 0.0
    years = set(re.findall(r"\b(?:19|20)\d\d\b", words))
    value = held.state.date.value
    edition = thread.years | ({value[:4]} if value else set())
    edition = edition or ({thread.over[:4]} if thread.over else set())
    if years and edition and not years & edition:
        return 0.0
    own = thread.keys
    hit = sum(1.0 if key in own else 0.6 if key in thread.near else 0.0 for key in wanted)
    if wanted and hit < len(wanted) / 2:
        return 0.0
    if wanted and thread.words and not thread.words & wanted and not wanted <= own:
        return 0.0
    alike = len(types & thread.types) + any(w in told.name.lower().split() for told in thread.tellings for w in said)
    return 2 * hit + 0.5 * alike + min(len(thread.tellings), 10) / 10

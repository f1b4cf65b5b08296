"""Alerts: the changes that rules ask for, found once, and put into the outbox in the step that says so.

Promise: each document and each decision is held against each rule once; the marks that say up to where, the alerts and
the messages that tell them are written in one transaction, so that a program that ends at any moment loses none and
none comes twice. Alerted are facts that are others by all that came since than without it: what changed and changed
back meanwhile is none. No clock is asked. The odd case that forced the shape: of an event of which much is told the
chronicle tells days apart but not documents, and two documents of one day have to be told apart, so the tellings are
read; only those of events that something fresh tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from onrecord.ledger.alert_rules import Mark, Rule, add_rule, mark_of, remove_rule, rules, watched
from onrecord.ledger.changing import Change, changed_by, corrections
from onrecord.ledger.conditions import Asked, Told
from onrecord.ledger.copies import find_copies
from onrecord.ledger.entities import named
from onrecord.ledger.identities import identify
from onrecord.ledger.origins import Origins, origins_of
from onrecord.ledger.outbox import Alert, alerts, delivered, failed, keep, take, waiting
from onrecord.ledger.state import State, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import load
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together

__all__ = [
    "Alert", "Rule", "add_rule", "alerts", "delivered", "evaluate", "failed", "remove_rule", "rules", "take", "waiting",
]  # fmt: skip

AT_ONCE = 32
"""Events that are looked at together."""

TRIES = 5
"""How often the events are brought up to date, where another program adds at this very moment."""


class _Waiting(NamedTuple):
    """A rule that is to be held against what came after its mark."""

    number: int
    key: str
    rule: Rule
    mark: Mark


def evaluate(ledger: Ledger, now: datetime) -> list[Alert]:
    """Hold all that came since the last time against the rules, fill the outbox, and return what is alerted.

    Where another program adds at this very moment it may be that nothing is done yet, and nothing is lost. ``now``: the
    moment that alerts and messages are of. Raises LedgerError where the ledger can't be written to.
    """
    if not _waiting(ledger):
        return []
    find_copies(ledger)
    for _ in range(TRIES):
        bring_together(ledger)
        identify(ledger)
        with ledger.viewing() as connection:
            if connection.execute("SELECT 1 FROM unthreaded LIMIT 1").fetchone() is None:
                held, until = _waiting(ledger), mark_of(ledger)
                found = _found(ledger, held, until)
                break
    else:
        return []
    kept: list[Alert] = []
    with ledger.writing() as connection:
        for each in held:
            moved = connection.execute(
                "UPDATE alert_rules SET document = ?, decision = ? WHERE (id, document, decision) = (?, ?, ?)",
                (*until, each.number, *each.mark),
            )
            if moved.rowcount:  # else another program has done it meanwhile
                kept += keep(connection, each.number, each.rule, found[each.number], now)
    return kept


def _waiting(ledger: Ledger) -> list[_Waiting]:
    until = mark_of(ledger)
    rows = ledger.connection.execute("SELECT id, key, body, document, decision FROM alert_rules ORDER BY id")
    return [
        _Waiting(number, key, msgspec.json.decode(body, type=Rule), mark)
        for number, key, body, *held in rows
        if (mark := Mark(*held)) != until
    ]


def _found(ledger: Ledger, held: list[_Waiting], until: Mark) -> dict[int, list[Alert]]:
    """What each rule (its number) asks for of what came after its mark."""
    found: dict[int, list[Alert]] = {each.number: [] for each in held}
    ids = watched(ledger.connection)
    for mark in sorted({each.mark for each in held}):
        asked = [
            (each.number, Asked(each.rule, ids.get(each.key, set()), _known(ledger, each.rule)))
            for each in held
            if each.mark == mark
        ]
        for event, changes in _changed(ledger, mark, until):
            state: State | None = None
            for number, rule in asked:
                wanted = rule.among(event, changes)
                if wanted:
                    if state is None:
                        state = state_of(event.thread.tellings)
                        told_by = origins_of(ledger.connection, event.thread, state)
                    found[number] += [_alert(each, state, told_by) for each in wanted]
    return found


def _known(ledger: Ledger, rule: Rule) -> dict[str, set[str]]:
    return {name: set(named(ledger, name)) for name in rule.who}


def _changed(ledger: Ledger, mark: Mark, until: Mark) -> Iterator[tuple[Told, list[Change]]]:
    """The events that are others by what came after a mark, each with in what."""
    connection = ledger.connection
    decided: dict[str, list[Change]] = {}
    for change in corrections(ledger, lambda each: mark.decision < each.number <= until.decision):
        decided.setdefault(change.event, []).append(change)
    fresh: dict[str, set[int]] = {}
    for thread, number in connection.execute(
        "SELECT t.thread, e.id FROM current c CROSS JOIN events e ON e.reading = c.reading "
        "CROSS JOIN threads t ON t.event = e.id WHERE c.document > ? AND c.document <= ? ORDER BY e.day, t.thread",
        (mark.document, until.document),
    ):
        fresh.setdefault(thread, set()).add(number)
    for name, thread in _loaded(connection, dict.fromkeys((*fresh, *decided))):
        changes = decided.get(name, [])
        told = [t for t, number in zip(thread.tellings, thread.numbers, strict=True) if number in fresh.get(name, ())]
        if told:
            changes = [*changed_by(name, thread.tellings, told), *changes]
        if changes:
            yield Told(connection, name, thread), changes


def _loaded(connection: Connection, names: Iterable[str]) -> Iterator[tuple[str, Thread]]:
    waiting = iter(names)
    while some := list(islice(waiting, AT_ONCE)):
        threads = load(connection, some)
        yield from ((name, threads[name]) for name in some if name in threads)


def _alert(change: Change, state: State, origins: Origins) -> Alert:
    support = _origins(change, origins)
    return Alert(change=change, origins=support, who=state.participants[:2], venue=state.venue.value)


def _origins(change: Change, origins: Origins) -> int | None:
    """How many tell a fact independently; None where that is not counted, or it is no longer so."""
    of = {"status": origins.support.status, "date": origins.support.date, "venue": origins.support.venue}
    return of.get(change.attribute) or None

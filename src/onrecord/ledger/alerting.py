"""Alerts: the changes that rules ask for, found once, and put into the outbox in the step that says so.

Promise: each document and each decision is held against each rule once; the marks that say up to where, the alerts and
the messages that tell them are written in one transaction, so that a program that ends at any moment loses none and
none comes twice. Alerted are facts that are others by all that came since than without it: what changed and changed
back meanwhile is none. No clock is asked. The odd case that forced the shape: of an event of which much is told the
chronicle tells days apart but not documents, and two documents of one day have to be told apart, so the tellings are
read; only those of events that something fresh tells of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from onrecord.ledger.alert_rules import Mark, Rule, add_rule, mark_of, remove_rule, rules, watched
from onrecord.ledger.changing import Change, changed_by, corrections_since
from onrecord.ledger.conditions import Asked, Told
from onrecord.ledger.copies import find_copies
from onrecord.ledger.entities import named
from onrecord.ledger.identities import identify
from onrecord.ledger.news import news
from onrecord.ledger.origins import Origins, origins_of
from onrecord.ledger.outbox import Alert, alerts, delivered, failed, keep, take, waiting
from onrecord.ledger.state import State, state_of
from onrecord.ledger.store import Ledger
from onrecord.ledger.summaries import load
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together

__all__ = [
    "Alert", "Rule", "add_rule", "alerts", "behind", "delivered", "evaluate", "failed", "remove_rule", "rules", "take",
    "waiting",
]  # fmt: skip

AT_ONCE = 32
"""Events that are looked at together."""

AT_MOST = 5_000
"""Documents that one step holds against a rule: what comes behind them is as if it were not there yet."""

TRIES = 5
"""How often the events are brought up to date, where another program adds at this very moment."""


class _Waiting(NamedTuple):
    """A rule that is to be held against what came after its mark."""

    number: int
    key: str
    rule: Rule
    mark: Mark
    until: Mark


def evaluate(ledger: Ledger, now: datetime) -> list[Alert]:
    """Hold what came since the last time against the rules, fill the outbox, and return what is alerted.

    Of very many documents (`AT_MOST`) it takes the first, and the others the next time (`behind`). Where another
    program adds at this very moment it may be that nothing is done yet, and nothing is lost. ``now``: the moment that
    alerts and messages are of. Raises LedgerError where the ledger can't be written to.
    """
    if not behind(ledger):
        return []
    find_copies(ledger)
    for _ in range(TRIES):
        bring_together(ledger)
        identify(ledger)
        with ledger.viewing() as connection:
            if connection.execute("SELECT 1 FROM unthreaded LIMIT 1").fetchone() is None:
                held = _waiting(ledger)
                found = _found(ledger, held)
                break
    else:
        return []
    kept: list[Alert] = []
    with ledger.writing() as connection:
        for each in held:
            moved = connection.execute(
                "UPDATE alert_rules SET document = ?, decision = ? WHERE (id, document, decision) = (?, ?, ?)",
                (*each.until, each.number, *each.mark),
            )
            if moved.rowcount:  # else another program has done it meanwhile
                kept += keep(connection, each.number, each.rule, found[each.number], now)
    return kept


def behind(ledger: Ledger) -> int:
    """Return how many documents and decisions are not held against some rule yet, summed over the rules."""
    last = mark_of(ledger)
    return sum(last.document - each.mark.document + last.decision - each.mark.decision for each in _waiting(ledger))


def _waiting(ledger: Ledger) -> list[_Waiting]:
    last = mark_of(ledger)
    rows = ledger.connection.execute("SELECT id, key, body, document, decision FROM alert_rules ORDER BY id")
    return [
        _Waiting(number, key, msgspec.json.decode(body, type=Rule), mark, _until(mark, last))
        for number, key, body, *held in rows
        if (mark := Mark(*held)) != last
    ]


def _until(mark: Mark, last: Mark) -> Mark:
    return last._replace(document=min(last.document, mark.document + AT_MOST))


def _found(ledger: Ledger, held: list[_Waiting]) -> dict[int, list[Alert]]:
    """What each rule (its number) asks for of what came after its mark."""
    found: dict[int, list[Alert]] = {each.number: [] for each in held}
    ids = watched(ledger.connection)
    for mark, until in sorted({(each.mark, each.until) for each in held}):
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
                    found[number] += [_alert(event, each, state, told_by) for each in wanted]
    return found


def _known(ledger: Ledger, rule: Rule) -> dict[str, set[str]]:
    return {name: set(named(ledger, name)) for name in rule.who}


def _changed(ledger: Ledger, mark: Mark, until: Mark) -> Iterator[tuple[Told, list[Change]]]:
    """The events that are others by what came after a mark, each with in what; not those told by the way alone."""
    connection = ledger.connection
    decided: dict[str, list[Change]] = {}
    for change in corrections_since(ledger, mark.decision, until.decision):
        decided.setdefault(change.event, []).append(change)
    fresh: dict[str, set[int]] = {}
    for thread, number in connection.execute(
        "SELECT t.thread, e.id FROM current c CROSS JOIN events e ON e.reading = c.reading "
        "CROSS JOIN threads t ON t.event = e.id WHERE c.document > ? AND c.document <= ? ORDER BY e.day, t.thread",
        (mark.document, until.document),
    ):
        fresh.setdefault(thread, set()).add(number)
    for name, thread in _loaded(connection, dict.fromkeys((*fresh, *decided)), until.document):
        changes = decided.get(name, [])
        tellings = thread.tellings
        told = [t for t, number in zip(tellings, thread.numbers, strict=True) if number in fresh.get(name, ())]
        if told and not all(each.aside for each in tellings):
            if all(each.faint or each.aside for each in tellings if all(each is not t for t in told)):
                told = tellings  # what was told too faintly to be an event, or by the way, was no news before
            changes = [*news(changed_by(name, tellings, told), tellings), *changes]
        if changes:
            yield Told(connection, name, thread), changes


def _loaded(connection: Connection, names: Iterable[str], until: int) -> Iterator[tuple[str, Thread]]:
    """Threads with what documents up to one tell of them."""
    waiting = iter(names)
    while some := list(islice(waiting, AT_ONCE)):
        threads = load(connection, some)
        numbers = json.dumps([number for thread in threads.values() for number in thread.numbers])
        later = {number for (number,) in connection.execute(_LATER, (numbers, until))}
        yield from ((name, _without(threads[name], later)) for name in some if name in threads)


_LATER = (
    "SELECT e.id FROM json_each(?) asked JOIN events e ON e.id = asked.value JOIN readings r ON r.id = e.reading "
    "WHERE r.document > ?"
)


def _without(thread: Thread, later: set[int]) -> Thread:
    if later.isdisjoint(thread.numbers):
        return thread
    found = Thread()
    for told, why, number in zip(thread.tellings, thread.reasons, thread.numbers, strict=True):
        if number not in later:
            found.add(told, why, number)
    return found


def _alert(event: Told, change: Change, state: State, origins: Origins) -> Alert:
    return Alert(
        change=change, origins=_origins(change, origins), who=state.participants[:2], venue=state.venue.value,
        document=event.document_of(change),
    )  # fmt: skip


def _origins(change: Change, origins: Origins) -> int | None:
    """How many tell a fact independently; None where that is not counted, or it is no longer so."""
    of = {"status": origins.support.status, "date": origins.support.date, "venue": origins.support.venue}
    return of.get(change.attribute) or None

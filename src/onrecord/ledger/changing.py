"""What changed about events: facts that are another from one day of publication to the next, not articles that came.

Promise: a change is told once, on the day whose documents made it, and the same whatever is published later. The odd
case that forced the shape: a date that is said again in firmer words is no new date, and yet what people wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.chronicle import Standing
from onrecord.ledger.corrections import THREADS, Decision, all_decisions
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.state import State, Value, state_of
from onrecord.ledger.store import Ledger, marks
from onrecord.ledger.summaries import LAST_DAY, load
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Told

FIRM = {"open": 0, "provisional": 1, "settled": 2}
"""How settled a value is; a contested one is none of these."""


class Change(NamedTuple):
    """One fact of an event that is another than it was."""

    event: str
    name: str
    attribute: str
    """status, date, venue, participant or agenda."""
    what: str
    """``new``, ``confirmed`` (the same, now settled), ``changed``, ``withdrawn``, ``contested``, ``corrected`` (by a
    person, on the day of the decision)."""
    was: str | None
    now: str | None
    day: str
    told: Told | None
    """The passage that tells it; None: a person decided it."""
    person: str | None = None
    settled: str | None = None
    """How settled it is now: ``settled``, ``provisional``, ``open`` or ``contested``; None: it is withdrawn."""


class _Fact(NamedTuple):
    """A fact as it stands: in words, its value, how settled it is and the passage."""

    words: str
    value: str | None
    settled: str
    told: Told | None


def changes(ledger: Ledger, days: Between = ANY, most: int | None = None) -> list[Change]:
    """Return the facts of events that what was published between two days changed, in the order of the days.

    ``most``: no more than these, the first; days behind them are not looked at. Raises LedgerError where the ledger is
    to be brought up to date and can't be written to.
    """
    bring_together(ledger)
    corrected = corrections(ledger, lambda decision: days.has(decision.observed[: len("2031-05-22")]))
    found: list[Change] = []
    last = ""
    for some in _stretches(ledger.connection, days) if most is not None else (days,):
        if most is not None and len(found) + sum(each.day <= last for each in corrected) >= most:
            break
        rows = ledger.connection.execute(
            "SELECT DISTINCT t.thread FROM threads t JOIN events e ON e.id = t.event "
            "WHERE (? IS NULL OR e.day >= ?) AND (? IS NULL OR e.day <= ?) ORDER BY t.thread",
            (some.first, some.first, some.last, some.last),
        ).fetchall()
        for name, thread in load(ledger.connection, [row[0] for row in rows], some.last).items():
            found += changes_of(name, thread, some)
        last = some.last or ""
    return sorted([*found, *corrected], key=lambda change: (change.day, change.event))[:most]


def _stretches(connection: Connection, days: Between) -> Iterator[Between]:
    """The days between two, in order, as many together as are told of in `TOGETHER` tellings."""
    rows = connection.execute(
        "SELECT day, count(*) FROM events WHERE day BETWEEN ? AND ? GROUP BY day ORDER BY day",
        (days.first or "", days.last or LAST_DAY),
    )
    first, count = None, 0
    day = ""
    for day, told in rows:
        first, count = first or day, count + told
        if count >= TOGETHER:
            yield Between(first, day)
            first, count = None, 0
    if first is not None:
        yield Between(first, day)


TOGETHER = 500
"""Tellings of as many days that are looked at together where only the first changes are asked for."""


def corrections(ledger: Ledger, chosen: Callable[[Decision], bool]) -> list[Change]:
    """Return what people decided of events by those decisions that hold and are chosen."""
    made = {
        each.number: each
        for each in all_decisions(ledger.connection)
        if each.kind == "claim" and each.stands and chosen(each)
    }
    rows = ledger.connection.execute(
        f"SELECT DISTINCT p.decision, t.thread FROM {THREADS} WHERE p.decision IN ({marks(made)}) ORDER BY 1, 2",
        tuple(made),
    ).fetchall()
    threads = load(ledger.connection, {name for _, name in rows})
    return [
        Change(
            name, state_of(threads[name].tellings).name, decision.attribute or "", "corrected",
            ", ".join(decision.was) or None, decision.value, decision.observed[: len("2031-05-22")], None,
            decision.person, decision.settled,
        )
        for decision, name in ((made[number], name) for number, name in rows)
    ]  # fmt: skip


def changes_of(name: str, thread: Thread, days: Between = ANY) -> list[Change]:
    """Return what each day of publication changed of one event; what the first of all tells of it is new."""
    found: list[Change] = []
    told_before = [told for told in thread.tellings if told.day < (days.first or "")]
    was = _facts(state_of(told_before)) if told_before else {}
    for day in sorted({told.day for told in thread.tellings[len(told_before) :]}):
        told = [each for each in thread.tellings if each.day <= day]
        changed, was = _changed(name, was, told, [each for each in told if each.day == day])
        found += changed
    return found


def changed_by(name: str, tellings: list[Told], fresh: list[Told]) -> list[Change]:
    """Return in which facts an event is another by all tellings than without those that are fresh, all steps as one.

    ``fresh``: some of the tellings, in their order; one at least.
    """
    known = {id(told) for told in fresh}
    before = [told for told in tellings if id(told) not in known]
    return _changed(name, _facts(state_of(before)) if before else {}, tellings, fresh)[0]


def stood_otherwise(name: str, was: Standing, now: Standing, told: Told) -> list[Change]:
    """Return in which facts an event is another as its chronicle has it: status, date and venue; ``told``: by whom."""
    before = _decided(was.status, None, was.dated, was.placed)
    return _differing(name, now.name, before, _decided(now.status, None, now.dated, now.placed), [told])


Facts = dict[tuple[str, str], _Fact]


def _changed(name: str, was: Facts, told: list[Told], fresh: list[Told]) -> tuple[list[Change], Facts]:
    """The facts that are others by all that is told than they were, each with a fresh telling of it; and the facts."""
    state = state_of(told)
    now = _facts(state)
    return _differing(name, state.name, was, now, fresh), now


def _differing(event: str, name: str, was: Facts, now: Facts, fresh: Sequence[Told]) -> list[Change]:
    found = []
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        what = _what(before, after)
        if what is not None:
            by = next((each for each in fresh if after is not None and _tells(each, key[0], after)), fresh[-1])
            words = before and before.words, after and after.words
            found.append(Change(event, name, key[0], what, *words, by.day, by, settled=after and after.settled))
    return found


def _tells(told: Told, attribute: str, fact: _Fact) -> bool:
    """Whether a telling is the one that tells a fact."""
    if attribute == "participant":
        return any(name == fact.value for _, name in told.names)
    if attribute == "agenda":
        return any(claim.attribute == attribute and claim.value == fact.value for claim in told.claims)
    return fact.told is told


def _facts(state: State) -> Facts:
    """What of a state can change, by attribute and, where it may have several values, the value."""
    told = next((told for told, what in reversed(state.evidence) if what == "status"), None)
    facts = _decided(state.status, told, state.date, state.venue)
    for attribute, values in (("participant", state.participants), ("agenda", state.agenda)):
        facts |= {(attribute, each): _Fact(each, each, "settled", None) for each in values}
    return facts


def _decided(status: str, told: Told | None, date: Value, venue: Value) -> Facts:
    facts = {("status", ""): _Fact(status, status, "settled", told)}
    for attribute, value in (("date", date), ("venue", venue)):
        if value.value or value.settled != "not_mentioned":
            facts[attribute, ""] = _Fact(_shown(value), value.value, value.settled, value.told)
    return facts


def _shown(value: Value) -> str:
    against = f" against {', '.join(value.against)}" if value.against else ""
    return f"{value.value or 'none'} ({value.settled}{against})"


def _what(was: _Fact | None, now: _Fact | None) -> str | None:
    """What kind of change two states of a fact are; None: none."""
    if was is None or now is None:
        return "new" if now else "withdrawn"
    if was.words == now.words:
        return None
    if now.settled == "contested":
        return "contested"
    if now.value is None:
        return "withdrawn"
    if was.value is None:
        return "new"
    return "confirmed" if was.value == now.value and FIRM.get(now.settled, 0) > FIRM.get(was.settled, -1) else "changed"

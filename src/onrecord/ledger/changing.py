"""What changed about events: facts that are another from one day of publication to the next, not articles that came.

Promise: a change is told once, on the day whose documents made it, and the same whatever is published later. The odd
case that forced the shape: a date that is said again in firmer words is no new date, and yet what people wait for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import islice
from operator import attrgetter
from sqlite3 import Connection
from types import MappingProxyType
from typing import Literal, NamedTuple

from onrecord.ledger.chronicle import Chronicle, Standing, chronicle
from onrecord.ledger.corrections import THREADS, Decision, all_decisions, standing
from onrecord.ledger.questions import ANY, Between
from onrecord.ledger.state import FIRM as FORESEEN
from onrecord.ledger.state import State, Value, coming, state_of
from onrecord.ledger.store import Ledger, marks
from onrecord.ledger.summaries import LAST_DAY, kept_chronicles, load, told_on
from onrecord.ledger.tellings import Thread
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Told

Changeable = Literal["status", "date", "venue", "participant", "agenda"]
"""Of what it is told how it changes."""

FIRM = {"open": 0, "provisional": 1, "settled": 2}
"""How settled a value is; a contested one is none of these."""


class Change(NamedTuple):
    """One fact of an event that is another than it was."""

    event: str
    name: str
    attribute: str
    """One of `Changeable`."""
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
    decision: int | None = None
    """Of a change that a person decided: the number of the decision; None: what is told changed it."""


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
    decided = corrections(ledger, lambda decision: days.has(decision.observed[: len("2031-05-22")]))
    found = merge(_told(ledger.connection, days), decided, key=attrgetter("day", "event"))
    return list(islice(found, most))


def _told(connection: Connection, days: Between) -> Iterator[Change]:
    """What was told between two days changed, by day and event; no more is looked at than is taken."""
    day = days.first or ""
    while (row := connection.execute(_NEXT, (day, days.last or LAST_DAY)).fetchone())[0] is not None:
        (day,) = row
        names = [name for (name,) in connection.execute(_TOLD_ON, (day,)).fetchall()]
        for some in (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)):
            kept = kept_chronicles(connection, some)
            threads = load(connection, [name for name in some if name not in kept], day)
            for name in some:
                if name in kept:
                    yield from changes_by(connection, name, kept[name], [day])
                else:
                    yield from changes_of(name, threads[name], Between(day, day))
        day += "~"


_NEXT = "SELECT min(day) FROM events WHERE day >= ? AND day <= ?"
_TOLD_ON = (
    "SELECT DISTINCT t.thread FROM events e CROSS JOIN threads t ON t.event = e.id WHERE e.day = ? ORDER BY t.thread"
)

AT_ONCE = 32
"""Events that are looked at together."""


def corrections(ledger: Ledger, chosen: Callable[[Decision], bool]) -> list[Change]:
    """Return what people decided of events by those decisions that hold and are chosen, by day and event."""
    made = {
        each.number: each
        for each in all_decisions(ledger.connection)
        if each.kind == "claim" and each.stands and chosen(each)
    }
    found = [_corrected(name, state, made[number], made[number]) for number, name, state in _about(ledger, made)]
    return sorted(found, key=attrgetter("day", "event"))


def corrections_since(ledger: Ledger, last: int, until: int) -> list[Change]:
    """Return what people decided of events between two decisions (their numbers), all steps as one, by day and event.

    A correction that held and was taken back is told too, as the correction to what stands without it; one that came
    and went in between is not.
    """
    every = all_decisions(ledger.connection)
    held, holds = standing(every, last), standing(every, until)
    made = {each.number: each for each in every if each.kind == "claim" and each.number in held ^ holds}
    found = []
    for number, name, state in _about(ledger, made):
        by = _turned_by(every, number, until)
        change = _corrected(name, state, made[number], by)
        if number not in holds:
            now, settled = _without(state, made[number])
            if now == made[number].value:
                continue  # what is told meanwhile says the same
            change = change._replace(was=made[number].value, now=now, settled=settled)
        found.append(change)
    return sorted(found, key=attrgetter("day", "event"))


def _about(ledger: Ledger, made: Mapping[int, Decision]) -> list[tuple[int, str, State]]:
    """The events that decisions are about, as they stand: the decision's number, the event's id and its state."""
    rows = ledger.connection.execute(
        f"SELECT DISTINCT p.decision, t.thread FROM {THREADS} WHERE p.decision IN ({marks(made)}) ORDER BY 1, 2",
        tuple(made),
    ).fetchall()
    threads = load(ledger.connection, {name for _, name in rows})
    return [(number, name, state_of(threads[name].tellings)) for number, name in rows]


def _turned_by(every: Iterable[Decision], number: int, until: int) -> Decision:
    """The last decision by which one came to hold or not: itself, what undid it, or what undid that."""
    found = [each for each in every if each.number == number]
    for each in every:
        if each.number <= until and each.undone in {one.number for one in found}:
            found.append(each)
    return found[-1]


def _corrected(name: str, state: State, decision: Decision, by: Decision) -> Change:
    return Change(
        name, state.name, decision.attribute or "", "corrected", ", ".join(decision.was) or None, decision.value,
        by.observed[: len("2031-05-22")], None, by.person, decision.settled, by.number,
    )  # fmt: skip


def _without(state: State, decision: Decision) -> tuple[str | None, str | None]:
    """What stands of what a decision corrected, now that it no longer holds, and how settled that is."""
    if decision.attribute in ("name", "kind", "status"):
        return str(getattr(state, decision.attribute)), "settled"
    if decision.attribute in ("date", "venue"):
        value = state.date if decision.attribute == "date" else state.venue
        return value.value, value.settled
    return ", ".join(decision.was) or None, "settled" if decision.was else None


def changes_of(name: str, thread: Thread, days: Between = ANY, known: Chronicle | None = None) -> list[Change]:
    """Return what each day of publication changed of one event; what the first of all tells of it is new.

    ``known``: its chronicle, where that is kept; it may tell of later days than the thread, which do not count.
    """
    known = known or chronicle(thread.tellings)
    found: list[Change] = []
    for day in sorted(day for day in known.turns() if days.has(day) and day <= thread.tellings[-1].day):
        of_day = thread.tellings[bisect_left(known.days, day) : bisect_right(known.days, day)]
        found += _turned(name, known, day, partial(list, of_day))
    return found


def changes_by(connection: Connection, name: str, known: Chronicle, days: Iterable[str]) -> list[Change]:
    """Return what some days, given in their order, changed of one event, by its chronicle."""
    return [each for day in days for each in _turned(name, known, day, partial(told_on, connection, name, day))]


def _turned(name: str, known: Chronicle, day: str, fresh: Callable[[], Sequence[Told]]) -> Iterator[Change]:
    """What a day changed of an event; ``fresh`` gives the tellings of that day, where any did."""
    before = bisect_left(known.days, day)
    was = _stood(known, known.days[before - 1]) if before else {}
    now = _stood(known, day)
    if any(_what(was.get(key), now.get(key)) for key in (*was, *now)):
        told = fresh()
        numbered = dict(enumerate(told, before))
        yield from _differing(name, known.standing(day).name, was, _stood(known, day, numbered), told)


def _stood(known: Chronicle, day: str, told: Mapping[int, Told] = MappingProxyType({})) -> Facts:
    """What of an event can change as it stood by a day; ``told``: the tellings of that day, by where they stand."""
    stands = known.standing(day)
    alike = FORESEEN if stands.status in FORESEEN else {stands.status}
    status = next((each for each in reversed([*told.values()]) if each.status in alike), None)
    date, venue = (
        value._replace(told=told.get(number))
        for value, number in zip((stands.dated, stands.placed), stands.by, strict=True)
    )
    facts = _decided(stands.status, status, date, venue)
    for attribute, values in (("participant", known.participants(day)), ("agenda", known.items(day))):
        facts |= {(attribute, each): _Fact(each, each, "settled", None) for each in values}
    return facts


def changed_by(name: str, tellings: list[Told], fresh: list[Told]) -> list[Change]:
    """Return in which facts an event is another by all tellings than without those that are fresh, all steps as one.

    ``fresh``: some of the tellings, in their order; one at least.
    """
    return stands_by(name, tellings, fresh)[1]


def stands_by(name: str, tellings: list[Told], fresh: list[Told]) -> tuple[str, list[Change]]:
    """Return how an event stands by all tellings, and what `changed_by` does."""
    known = {id(told) for told in fresh}
    before = [told for told in tellings if id(told) not in known]
    state = state_of(tellings)
    was = _facts(state_of(before)) if before else {}
    return state.status, _differing(name, state.name, was, _facts(state), fresh)


def stood_otherwise(name: str, was: Standing, now: Standing, told: Told) -> list[Change]:
    """Return in which facts an event is another as its chronicle has it: status, date and venue; ``told``: by whom.

    ``was``: without a status where it was not known.
    """
    before = _decided(was.status, None, was.dated, was.placed) if was.status else {}
    return _differing(name, now.name, before, _decided(now.status, None, now.dated, now.placed), [told])


Facts = dict[tuple[str, str], _Fact]


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
        return any(name == fact.value for _, name in coming(told))
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

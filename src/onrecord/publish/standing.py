"""An event in lines of words, for views that have no markup: a calendar's entry, a feed's item, a brief.

Promise: what is open, contested or only told by one is said in words, never left out; each passage comes with its day
and who printed it. The odd case that forced the shape: the same value stands in a line by itself and among others, so a
value says its standing only where that is another than settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.ledger.changing import Change
from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.items import What
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.publish.days import readable_day
from onrecord.publish.harmless import harmless
from onrecord.publish.site import Site

TURNS: dict[What, str] = {
    "new": "first told", "corrected": "decided by a person", "confirmed": "settled now",
    "doubted": "in less firm words", "named": "by a fuller name", "origin": "by another origin",
    "again": "told again",
}  # fmt: skip
"""What a telling brings of who takes part, of an agenda and the like (`ledger.items.Saying`)."""


def one_line(text: str) -> str:
    """Return a text as one harmless line: white space folded, nothing in it that a program obeys."""
    return harmless(" ".join(text.split()))


def standing(value: Value, attribute: str) -> str:
    """Return a date or venue with how it stands, in words."""
    if value.settled == "not_mentioned":
        return "not mentioned"
    told = f"{_shown(value.value, attribute)} ({value.settled})" if value.value else "open"
    if value.against:
        told += f"; others say {' or '.join(_shown(each, attribute) for each in value.against)}"
    if value.previous:
        told += f"; before: {', '.join(_shown(each, attribute) for each in value.previous)}"
    return told


def _shown(value: str, attribute: str) -> str:
    return readable_day(value) if attribute == "date" else value


def called(held: HeldEvent) -> str:
    """Return what an event is called on its own: a bare "talks" with who takes part, or where."""
    return alone(held.state.name, held.state.participants, held.state.venue.value)


def alone(name: str, participants: Sequence[str], venue: str | None) -> str:
    """Return a name of an event that stands alone, with who takes part, or where, where it has none of its own."""
    name = one_line(name)
    if name != name.lower():
        return name
    who = ", ".join(participants[:2]) or venue
    return f"{name}, {one_line(who)}" if who else name


def counted(count: int, noun: str) -> str:
    """Return so many of something in words."""
    return f"{count:,} {noun}{'s' if count != 1 else ''}"


def fact_line(change: Change) -> str:
    """Return what a fact was and is."""
    was = f"{change.was} → " if change.was and change.now else change.was or ""
    by = f" by {change.person}" if change.person else ""
    return f"{change.attribute} {change.what}{by}: {was}{change.now or ''}"


def told_value(value: Value) -> str:
    """Return a value with its standing, where it is another than settled."""
    if value.settled == "not_mentioned":
        return ""
    standing = "" if value.settled == "settled" else f" ({value.settled})"
    against = f" against {', '.join(value.against)}" if value.against else ""
    return f"{value.value or 'open'}{standing if value.value else ''}{against}"


def decision_line(each: Decision, documents: tuple[str, ...] = ()) -> str:
    """Return a decision as people read it."""
    what = {
        "same": f"one {each.subject}",
        "apart": f"not one {each.subject}",
        "claim": f"{each.attribute} is {each.value or 'wrong'}{', confirmed' if each.value in each.was else ''}",
        "relation": each.value or f"{''.join(each.was)} is wrong",
        "speaker": f"said by {each.value}",
        "undo": f"{each.undone} does not hold",
    }[each.kind]
    others = [value for value in each.was if value != each.value and each.kind != "relation"]
    was = f" (was {', '.join(others)})" if others else ""
    undone = "" if each.stands else "; undone"
    where = f" in {', '.join(documents[:MOST])}{' …' if len(documents) > MOST else ''}" if documents else ""
    return f"{each.number}  {each.observed[:10]}  {each.person}: {what}{was}{where} — {each.reason}{undone}"


MOST = 3
"""Documents that a line names."""


def event_lines(held: HeldEvent, site: Site) -> Iterator[str]:
    """Yield what is known of an event, a fact a line, and then the passages that say so."""
    state = held.state
    late = ", overdue: its date has passed and nobody says that it was held" if held.overdue else ""
    yield f"Status: {state.status}{late}"
    yield f"Date: {standing(state.date, 'date')}"
    yield f"Venue: {one_line(standing(state.venue, 'venue'))}"
    yield f"Who: {one_line(', '.join(state.participants)) or 'not mentioned'}"
    if state.agenda:
        yield f"Agenda: {one_line('; '.join(state.agenda))}"
    origins = counted(held.origins.independent, "independent origin")
    yield f"Told by: {origins} in {counted(held.origins.documents, 'document')}, first on {state.first_seen}"
    yield ""
    for told, attributes in passages(held):
        address = site.passage(told.document, told.span, told.version)
        yield f"{told.day}, {one_line(told.outlet or told.document)}, on {' and '.join(attributes)}:"
        yield f"“{one_line(told.text)}”{f' {address}' if address else ''}"


def passages(held: HeldEvent) -> list[tuple[Told, list[str]]]:
    """Return the passages that decide what is known, in the order of their days, each with what it decides."""
    found: dict[tuple[str, str], tuple[Told, list[str]]] = {}
    for told, attribute in sorted(held.state.evidence, key=lambda each: each[0].day):
        _, attributes = found.setdefault((told.document, told.number), (told, []))
        if attribute not in attributes:
            attributes.append(attribute)
    return list(found.values())

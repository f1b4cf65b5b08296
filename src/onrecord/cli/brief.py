"""The brief of one event for people: what stands, since when, who says so, how it came to be.

Promise: no value without the day since which it stands and whoever says so. The odd case that forced the shape: what is
not known is as much of the answer as what is, so that the brief has a line for what is still open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.cli.decide import decision_line
from onrecord.cli.events import told_value
from onrecord.ledger.changing import changes_of
from onrecord.publish.objects import still_open
from onrecord.publish.standing import fact_line

if TYPE_CHECKING:
    from onrecord.ledger.changing import Change
    from onrecord.ledger.corrections import Decision
    from onrecord.ledger.events import HeldEvent, Related
    from onrecord.ledger.origins import Origins
    from onrecord.ledger.state import Value

RELATIONS = {
    "prepares": "prepares", "part_of": "part of", "follows": "follows", "replaces": "replaces",
    "prepared_by": "prepared by", "has_part": "has as its part", "followed_by": "followed by",
    "replaced_by": "replaced by",
}  # fmt: skip


def brief(held: HeldEvent, related: Sequence[Related], decided: Sequence[Decision]) -> str:
    """Return all that a ledger holds on an event as people read it."""
    changes = changes_of(held.id, held.thread)
    state, support = held.state, held.origins.support
    late = ", overdue: its date has passed and nobody says that it was held" if held.overdue else ""
    rows = [
        f"{state.name}  [{held.id}]",
        f"  status        {state.status}{_since(changes, 'status')}{_by(support.status)}{late}",
        f"  date          {_standing(state.date, 'date')}{_by(support.date)}{_before(state.date)}",
        f"  venue         {_standing(state.venue, 'venue')}{_by(support.venue)}{_before(state.venue)}",
        f"  participants  {', '.join(state.participants) or 'not mentioned'}",
        f"  agenda        {'; '.join(state.agenda) or 'not mentioned'}",
        f"  still open    {', '.join(still_open(held)) or 'nothing of these'}",
        f"  told by       {_origins(held.origins)}, first on {state.first_seen}",
        *(f"  {RELATIONS[each.kind]:<12}  {_other(each.event)}" for each in related),
        *(f"  decided       {decision_line(each)}" for each in decided),
        "",
        "  What changed",
        *(f"    {each.day}  {fact_line(each)}" for each in changes),
        "",
        "  Who tells of it",
    ]
    for told, why in zip(held.thread.tellings, held.thread.reasons, strict=True):
        rows.append(f"    {told.day}  {told.outlet or told.document}: {told.status}")
        rows.append(f"        “{' '.join(told.text.split())}”")
        if why:
            rows.append(f"        the same event: {'; '.join(why)}")
    return "\n".join(rows)


def _standing(value: Value, attribute: str) -> str:
    """A value, how it stands, since when and who says so."""
    shown = told_value(value)
    if not shown or value.told is None:
        return shown or "not mentioned"
    cited = {
        claim.statement for claim in value.told.claims if claim.attribute == attribute and claim.value == value.value
    }
    sayers = dict.fromkeys(name for statement, name in value.told.sayers if statement in cited)
    return f"{shown}, since {value.told.day}" + (f", says {'; '.join(sayers)}" if sayers else "")


def _since(changes: list[Change], attribute: str) -> str:
    return next((f", since {each.day}" for each in reversed(changes) if each.attribute == attribute), "")


def _before(value: Value) -> str:
    return f"; before: {', '.join(value.previous)}" if value.previous else ""


def _by(origins: int) -> str:
    return f", told by {origins} origin{'s' if origins != 1 else ''}" if origins else ""


def _other(held: HeldEvent) -> str:
    date = told_value(held.state.date)
    return f"{held.state.name} ({held.state.status}{f', {date}' if date else ''})  [{held.id}]"


def _origins(origins: Origins) -> str:
    """How many tell of an event independently, and which of its documents are not."""
    told = f"{origins.independent} independent origin{'s' if origins.independent != 1 else ''}"
    texts = ", ".join(map(str, origins.one_text))
    alike = [f"{texts} have one text{' each' if len(origins.one_text) > 1 else ''}"] if texts else []
    if origins.one_quote:
        alike.append(f"{origins.one_quote} have it from the same spoken words")
    documents = f"{origins.documents} document{'s' if origins.documents != 1 else ''}"
    return f"{told} ({'; '.join((documents, *alike))})"

"""The brief of one event in words: what stands, since when, who says so, how it came to be.

Promise: no value without the day since which it stands and whoever says so; texts come out as they stand, and a view
has to make them harmless for where it shows them. The odd case that forced the shape: what is not known is as much of
the answer as what is, so that the brief has a line for what is still open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.ledger.changing import Change, changes_of
from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent, Related
from onrecord.ledger.origins import Origins
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.publish.facts import RELATIONS
from onrecord.publish.objects import still_open
from onrecord.publish.standing import counted, decision_line, told_value


@dataclass(frozen=True)
class Brief:
    """All that is told of one event."""

    held: HeldEvent
    related: Sequence[Related]
    decided: Sequence[Decision]

    @cached_property
    def changes(self) -> list[Change]:
        """What changed, in the order of the days."""
        return changes_of(self.held.id, self.held.thread)

    @property
    def told(self) -> list[tuple[Told, tuple[str, ...]]]:
        """The tellings in the order of their days, each with why it is of this event."""
        return list(zip(self.held.thread.tellings, self.held.thread.reasons, strict=True))


def brief_rows(brief: Brief) -> list[tuple[str, str]]:
    """Return what is known in lines, each with a name."""
    held, state, support = brief.held, brief.held.state, brief.held.origins.support
    late = ", overdue: its date has passed and nobody says that it was held" if held.overdue else ""
    since = next((f", since {each.day}" for each in reversed(brief.changes) if each.attribute == "status"), "")
    return [
        ("status", f"{state.status}{since}{_by(support.status)}{late}"),
        ("date", f"{_standing(state.date, 'date')}{_by(support.date)}{_before(state.date)}"),
        ("venue", f"{_standing(state.venue, 'venue')}{_by(support.venue)}{_before(state.venue)}"),
        ("participants", ", ".join(state.participants) or "not mentioned"),
        ("agenda", "; ".join(state.agenda) or "not mentioned"),
        ("still open", ", ".join(still_open(held)) or "nothing of these"),
        ("told by", f"{_origins(held.origins)}, first on {state.first_seen}"),
        *((RELATIONS[each.kind], _other(each.event)) for each in brief.related),
        *(("decided", decision_line(each)) for each in brief.decided),
    ]


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


def _before(value: Value) -> str:
    return f"; before: {', '.join(value.previous)}" if value.previous else ""


def _by(origins: int) -> str:
    return f", told by {counted(origins, 'origin')}" if origins else ""


def _other(held: HeldEvent) -> str:
    date = told_value(held.state.date)
    return f"{held.state.name} ({held.state.status}{f', {date}' if date else ''})  [{held.id}]"


def _origins(origins: Origins) -> str:
    """How many tell of an event independently, and which of its documents are not."""
    texts = ", ".join(map(str, origins.one_text))
    alike = [f"{texts} have one text{' each' if len(origins.one_text) > 1 else ''}"] if texts else []
    if origins.one_quote:
        alike.append(f"{origins.one_quote} have it from the same spoken words")
    documents = counted(origins.documents, "document")
    return f"{counted(origins.independent, 'independent origin')} ({'; '.join((documents, *alike))})"

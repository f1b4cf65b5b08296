"""The brief of one event in words: what stands, since when, who says so, how it came to be.

Promise: no value without the day since which it stands and whoever says so; texts come out as they stand, and a view
has to make them harmless for where it shows them. The odd case that forced the shape: what is not known is as much of
the answer as what is, so that the brief has a line for what is still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from onrecord.ledger.changing import Change, changes_of
from onrecord.ledger.corrections import Decision
from onrecord.ledger.events import HeldEvent, Related
from onrecord.ledger.items import Saying, Worded
from onrecord.ledger.origins import Origins
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.nouns import Span
from onrecord.publish.facts import ATTRIBUTE_NAMES, RELATIONS
from onrecord.publish.objects import still_open
from onrecord.publish.standing import TURNS, counted, decision_line, told_value


@dataclass(frozen=True)
class Brief:
    """All that is told of one event."""

    held: HeldEvent
    related: Sequence[Related]
    decided: Sequence[Decision]
    items: Sequence[Worded] = ()
    """Who takes part, what is on its agenda and the like, with their words."""

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


class ItemLines(NamedTuple):
    """One who takes part, or one point of an agenda, in words."""

    known: str
    """Who or what it is, since when, by how many origins, and who told it last."""
    told: Told
    """By which document."""
    span: Span
    """Where the words stand there."""
    words: str
    history: tuple[str, ...]
    """What tellings brought, each behind its day; empty where one telling is all."""


def item_lines(brief: Brief) -> Iterator[ItemLines]:
    """Yield what is known of each who takes part, each point of the agenda and the like."""
    for item, best, words in brief.items:
        sure = "" if best.settled == "settled" else f" ({best.settled})"
        known = (
            f"{ATTRIBUTE_NAMES[item.attribute]}: {item.value}{sure}, since {item.said[0].told.day}{_by(item.origins)}, "
            f"last by {_teller(best)} on {best.told.day}"
        )
        history = tuple(
            f"{turn.told.day}: {TURNS[turn.what]}{f' ({turn.called})' if turn.what == 'named' else ''}, {_teller(turn)}"
            for turn in item.turns
        )
        yield ItemLines(known, best.told, best.place.span, "".join(words), history if len(history) > 1 else ())


def _teller(saying: Saying) -> str:
    """Who says something, and who prints it."""
    printed = saying.told.outlet or saying.told.document
    return f"{saying.speaker}, {printed}" if saying.speaker else printed


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

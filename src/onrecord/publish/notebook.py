"""What answers look like in a notebook: a table of many, a brief of an event, a quote beside its original, a reading.

Promise: plain HTML without scripts, styles or anything that is fetched, in which whatever strangers wrote is text. The
odd case that forced the shape: a reading is an article with its passages marked, which takes a page with a style sheet
of its own; so it is the report, in a frame that may run and open nothing (``sandbox``), and a line of plain text where
a viewer takes frames away.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from markupsafe import Markup, escape
from msgspec.structs import fields

from onrecord.check import Edit
from onrecord.ledger.adding import Added
from onrecord.ledger.corrections import Decision
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.questions import HeldDocument, HeldStatement, Problem
from onrecord.ledger.sources import HeldCopies, HeldSource
from onrecord.nouns import Reading
from onrecord.publish.checked import MEANT
from onrecord.publish.findings import FamilyObject, FindingObject
from onrecord.publish.objects import BriefObject, ChangeObject, EventObject, FactObject, ItemObject, TellingObject
from onrecord.publish.report import environment, report

MOST: Final = 50
"""Rows that are shown of a table."""

SHOWN: dict[type, tuple[str, ...]] = {
    Added: ("place", "outcome", "reason"),
    ChangeObject: ("day", "name", "attribute", "what", "was", "now"),
    Decision: ("number", "observed", "person", "kind", "attribute", "value", "reason"),
    EventObject: ("date.value", "date.settled", "name", "status", "venue.value", "participants", "documents", "id"),
    FactObject: ("day", "attribute", "what", "was", "now"),
    FindingObject: ("verdict", "quote", "speaker", "said_by", "title", "date"),
    ItemObject: ("attribute", "value", "settled", "since", "origins", "passage.day", "passage.text"),
    HeldCopies: ("published", "outlet", "title", "document"),
    HeldDocument: ("published", "outlet", "title", "statements", "name"),
    HeldEntity: ("name", "type", "names", "documents", "statements", "id"),
    HeldSource: ("outlet", "documents", "statements", "copies", "first", "last"),
    HeldStatement: ("speaker", "words", "form", "published", "outlet", "document", "number"),
    Problem: ("place", "reason"),
    TellingObject: ("day", "document", "status", "text"),
    Edit: ("kind", "passage_words", "quote_words", "weight", "why"),
}
"""What of each kind of answer a row tells."""


def table_html(kind: type, found: Sequence[Any]) -> str:
    """Return a table of answers of a kind, the first `MOST` of them."""
    wanted = SHOWN[kind] if kind in SHOWN else tuple(each.name for each in fields(kind))
    named = [each.partition(".")[0] if each.endswith(".value") else each.replace(".", " ") for each in wanted]
    told = f"{len(found)} × {kind.__name__}"
    return str(_macro("table")(told, named, _rows(found[:MOST], wanted), max(0, len(found) - MOST)))


def brief_html(event: BriefObject) -> str:
    """Return what is known of an event: what stands, what changed, who tells of it."""
    told = {
        "items": _rows(event.items, SHOWN[ItemObject]),
        "changes": _rows(event.changes, SHOWN[FactObject]),
        "history": _rows(event.history, SHOWN[TellingObject]),
    }
    return str(_macro("brief", **told)(event))


def finding_html(found: FindingObject) -> str:
    """Return a checked quote with its verdict and every change."""
    edits = [each for each in found.edits if each.weight != "none"]
    return str(_macro("finding", meant=MEANT[found.verdict], edits=_rows(edits, SHOWN[Edit]))(found))


def family_html(found: FamilyObject) -> str:
    """Return the prints of a quote."""
    return table_html(FindingObject, found.prints)


def reading_html(reading: Reading) -> str:
    """Return a reading: a line that says what it is of, and the report in a frame."""
    page = Markup(escape(report([reading])))  # noqa: S704 - escaped here and now, as the value of an attribute
    return str(_macro("reading")(reading.document, len(reading.statements), len(reading.events), page))


def _macro(name: str, **told: Any) -> Any:
    return getattr(environment().get_template("notebook.html.jinja").make_module(told), name)


def _rows(found: Sequence[Any], wanted: Sequence[str]) -> list[list[str]]:
    return [[_cell(attrgetter(each)(answer)) for each in wanted] for answer in found]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)

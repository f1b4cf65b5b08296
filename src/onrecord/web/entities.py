"""People, bodies and places: the list of them, and one with its names, offices, words and events.

Promise: what is told of somebody is told by documents that are named; why they are taken to mean one is told too. The
odd case that forced the shape: of somebody who stands in a hundred thousand documents the latest count, which is
said where it is so.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, NamedTuple, get_args

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import entities as held_entities
from onrecord.ledger import statements, why
from onrecord.ledger.decided import decided_on
from onrecord.ledger.described import HeldRole
from onrecord.ledger.dossier import carriers, said_by, said_of, takes_part
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.facets import spoken_of
from onrecord.ledger.identities import now_identified
from onrecord.ledger.questions import Between
from onrecord.ledger.store import Ledger
from onrecord.nouns import EntityType
from onrecord.publish.snippets import snippet
from onrecord.publish.standing import counted
from onrecord.web.admission import may_write
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, a_type, moved, page

LISTED = 50
LOOKED = 200
"""Statements, the latest, of which outlets and events are counted."""
SHOWN = 20
"""Statements to a page."""
JOINED = 40
"""Documents of which it is told why they mean one."""

OFFERED = 12
"""Others of like names that are offered to whoever corrects who is one."""

TYPES: tuple[EntityType, ...] = get_args(EntityType)


@get("/entities", sync_to_thread=True, include_in_schema=False)
def entities(
    request: Request[Any, Any, Any], desk: OfDesk, as_of: AsOf = None, q: FromQuery[str] = "", type: FromQuery[str] = ""
) -> Template:
    """Return the list of those whom documents name, the most heard first."""
    day = a_day(as_of)
    kind = a_type(type)
    with desk.ledger() as ledger:
        found = held_entities(ledger, q, kind, day, LISTED)
    return page(
        request, "entities.html.jinja", title="People, bodies and places", as_of=day,
        found=found, q=q, type=kind or "", types=TYPES, most=LISTED,
    )  # fmt: skip


class Bar(NamedTuple):
    """An office with the time in which documents tell of it, in hundredths of all that is known of its holder."""

    role: HeldRole
    start: float
    width: float


@get("/entities/{id:str}", sync_to_thread=True, include_in_schema=False)
def entity(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    id: FromPath[str],
    as_of: AsOf = None,
    q: FromQuery[str] = "",
    of: FromQuery[str] = "",
    begin: Annotated[int, QueryParameter(ge=0, le=LOOKED)] = 0,
) -> Template | Redirect:
    """Return one of them; by a former id the way to where it is now.

    ``q``: only what was said with these words. ``of``: what others said about it instead. Raises NotFoundException
    where the ledger has nobody of this id by the day.
    """
    day = a_day(as_of)
    with desk.ledger() as ledger:
        now = now_identified(ledger, id)
        if now != id:
            return moved(request, f"/entities/{now}")
        found = next(iter(held_entities(ledger, id, None, day, 1)), None)
        if found is None or found.id != id:
            raise NotFoundException(f"the ledger has nobody of the id “{id}”{f' by {day}' if day else ''}")
        if q:
            asked = {"about": id} if of else {"by": id}
            said = statements(ledger, q, days=Between(None, day), most=LOOKED, **asked)
        else:
            said = (said_of if of else said_by)(ledger, id, day, LOOKED)
        topics = spoken_of(ledger, said)
        taking = takes_part(ledger, id, day)
        joined = why(ledger, id, most=JOINED)
        decided = decided_on(ledger, id)
        alike = _alike(ledger, found) if may_write(request) else []
    outlets, via = carriers(said)
    return page(
        request, "entity.html.jinja", title=found.name, as_of=day,
        one=found, bars=bars(found), said=[(each, snippet(each.words, q)) for each in said[begin : begin + SHOWN]],
        total=len(said), capped=len(said) == LOOKED, begin=begin, most=SHOWN, looked=LOOKED,
        topics=topics, outlets=outlets, via=via, taking=taking, joined=joined, decided=decided, alike=alike, q=q, of=of,
    )  # fmt: skip


def _alike(ledger: Ledger, one: HeldEntity) -> list[tuple[str, str]]:
    """Others that share the last of somebody's names, or the first of a body's or a place's: ids and names."""
    words = one.name.split()
    found = held_entities(ledger, words[-1 if one.type == "person" else 0], most=OFFERED)
    return [
        (each.id, f"{each.name}, {each.type}, in {counted(each.documents, 'document')}")
        for each in found
        if each.id != one.id
    ]


def bars(one: HeldEntity) -> list[Bar]:
    """Return the offices of somebody, the first told first, each with its time; those of no known day have no width."""
    days = [day for role in one.roles for day in (role.first, role.last) if day]
    if not days:
        return [Bar(role, 0, 0) for role in one.roles]
    low, high = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    whole = max(1, (high - low).days + 1)

    def bar(role: HeldRole) -> Bar:
        if role.first is None or role.last is None:
            return Bar(role, 0, 0)
        first, last = date.fromisoformat(role.first), date.fromisoformat(role.last)
        return Bar(role, round(100 * (first - low).days / whole, 2), round(100 * ((last - first).days + 1) / whole, 2))

    return [bar(role) for role in sorted(one.roles, key=lambda role: (role.first or "~", role.last or "~", role.title))]

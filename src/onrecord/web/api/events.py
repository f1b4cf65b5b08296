"""The API's answers about events: what is planned, one event in full, what changed, what people decided.

Promise: the objects are those of the command line (``publish/objects.py``), as of the day that is asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.params import Body, QueryParameter

from onrecord.ledger import changes, decisions, event, listed
from onrecord.ledger.choosing import Asked
from onrecord.ledger.events import in_full
from onrecord.ledger.naming import families
from onrecord.ledger.questions import Between
from onrecord.nouns import Status
from onrecord.publish.choosing import brief_of
from onrecord.publish.objects import (
    BriefObject,
    ChangeObject,
    DecisionObject,
    EventObject,
    brief_object,
    change_object,
    decision_object,
    event_object,
)
from onrecord.web.admission import writing
from onrecord.web.api.asking import AsOf, Day, EventId, HeldFirst, HeldLast, Words, iso
from onrecord.web.api.files import file_of_event
from onrecord.web.api.paging import USUAL, Added, Cursor, Most, Page, paged
from onrecord.web.comments import name_of, taken
from onrecord.web.deciding import DecisionGiven, decide
from onrecord.web.desk import OfDesk
from onrecord.web.pages import a_kind

OfStatus = Annotated[Status | None, QueryParameter(name="status", description="Only events in this state.")]
OfKind = Annotated[
    str | None,
    QueryParameter(
        name="kind",
        description="Only events of this kind, as `facets` of the search name it.",
        enum=families(),
    ),
]
Since = Annotated[Day, QueryParameter(name="since", description="Only what this day or a later one changed.")]
Until = Annotated[Day, QueryParameter(name="until", description="Only what this day or an earlier one changed.")]


@get(
    "/events", sync_to_thread=True, tags=["events"], summary="What is planned and what was held", operation_id="events"
)
def list_events(
    request: Request[Any, Any, Any], desk: OfDesk, q: Words = "", as_of: AsOf = None, first: HeldFirst = None,
    last: HeldLast = None, status: OfStatus = None, kind: OfKind = None, most: Most = USUAL, cursor: Cursor = None,
) -> Page[EventObject]:  # fmt: skip
    """Return events, best match with the words first; without words and days what lies ahead, the soonest first."""
    asked = Asked(q, iso(as_of), Between(iso(first), iso(last)), status, a_kind(kind))
    with desk.ledger() as ledger:  # of the events before the page no telling is read
        rows, following = paged(
            request, cursor, most, lambda n: listed(ledger, asked, n), lambda each: each.id, lambda each: each.id
        )
        return Page(tuple(map(event_object, in_full(ledger, rows, asked.as_of))), following)


@get(
    "/events/{id:str}", sync_to_thread=True, tags=["events"], summary="All about one event", operation_id="event",
    before_request=file_of_event,
)  # fmt: skip
def one_event(desk: OfDesk, id: EventId, as_of: AsOf = None) -> BriefObject:
    """Return an event as of a day: its state, what is open, how it came to be, and the passages that say so."""
    day = iso(as_of)
    with desk.ledger() as ledger:
        held = event(ledger, id, day)
        if held is None:
            raise NotFoundException(f"there is no event {id} by that day")
        return brief_object(brief_of(ledger, held, day))


@get("/changes", sync_to_thread=True, tags=["events"], summary="What changed", operation_id="changes")
def list_changes(
    request: Request[Any, Any, Any], desk: OfDesk, since: Since = None, until: Until = None, most: Most = USUAL,
    cursor: Cursor = None,
) -> Page[ChangeObject]:  # fmt: skip
    """Return the facts of events that became others, in the order of the days whose documents changed them."""
    days = Between(iso(since), iso(until))
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: changes(ledger, days, n),
            lambda each: repr((each.day, each.event, each.attribute, each.what, each.was, each.now, each.person)),
            change_object,
        )  # fmt: skip
    return Page(*found)


@post(
    "/decisions", sync_to_thread=True, guards=[writing], tags=["events"], summary="Correct something",
    operation_id="decide", security=[{"token": []}],
)  # fmt: skip
def decide_something(
    request: Request[Any, Any, Any], desk: OfDesk, data: Annotated[DecisionGiven, Body(description="The decision.")]
) -> Added:
    """Decide whether two are one, what is true of an event, how two stand, who said something; or undo a decision."""
    with desk.ledger() as ledger:
        return Added(taken(lambda: decide(ledger, data, name_of(request), datetime.now(UTC))))


@get("/decisions", sync_to_thread=True, tags=["events"], summary="What people decided", operation_id="decisions")
def list_decisions(
    request: Request[Any, Any, Any], desk: OfDesk, most: Most = USUAL, cursor: Cursor = None
) -> Page[DecisionObject]:
    """Return what people decided, the oldest first: who, why, and whether it was undone."""
    with desk.ledger() as ledger:
        held = decisions(ledger)
    found = paged(
        request, cursor, most, lambda n: held[:n], lambda each: str(each[0].number), lambda each: decision_object(*each)
    )
    return Page(*found)

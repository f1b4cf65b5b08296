"""The API's answers about who and what is named, and how much a ledger holds."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from onrecord.ledger import entities, problems, stats
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.questions import Problem as Unread
from onrecord.nouns import EntityType
from onrecord.web.api.asking import AsOf, EntityId, Words, iso
from onrecord.web.api.paging import USUAL, Cursor, Most, Page, paged
from onrecord.web.comments import may_moderate
from onrecord.web.desk import OfDesk
from onrecord.web.unread import as_told

OfType = Annotated[EntityType | None, QueryParameter(name="type", description="Only these.")]


@get("/entities", sync_to_thread=True, tags=["names"], summary="People, bodies, places", operation_id="entities")
def list_entities(
    request: Request[Any, Any, Any], desk: OfDesk, q: Words = "", type_: OfType = None, as_of: AsOf = None,
    most: Most = USUAL, cursor: Cursor = None,
) -> Page[HeldEntity]:  # fmt: skip
    """Return those whose names hold all the words, best match first; without words those that are heard most."""
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: entities(ledger, q, type_, iso(as_of), n), lambda each: each.id,
            lambda each: each,
        )  # fmt: skip
    return Page(*found)


@get("/entities/{id:str}", sync_to_thread=True, tags=["names"], summary="One of them", operation_id="entity")
def one_entity(desk: OfDesk, id: EntityId, as_of: AsOf = None) -> HeldEntity:
    """Return a person, body or place: its names, offices, and how often it is named and heard."""
    with desk.ledger() as ledger:
        found = entities(ledger, id, as_of=iso(as_of), most=1)
    if not found:
        raise NotFoundException(f"nobody and nothing has the id {id} by that day")
    return found[0]


@get("/stats", sync_to_thread=True, tags=["ledger"], summary="How much there is", operation_id="stats")
def count(desk: OfDesk) -> dict[str, int]:
    """Return how many documents, readings, statements, events, entities, decisions and problems the ledger holds."""
    with desk.ledger() as ledger:
        return {name: number for name, number in stats(ledger).items() if name != "bytes"}


@get("/problems", sync_to_thread=True, tags=["ledger"], summary="What could not be read", operation_id="problems")
def list_problems(
    request: Request[Any, Any, Any], desk: OfDesk, most: Most = USUAL, cursor: Cursor = None
) -> Page[Unread]:
    """Return the places that could not be read and have not been since, with the reasons.

    Of what is followed readers are told the host alone.
    """
    whole = may_moderate(request)
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: problems(ledger, n), lambda each: f"{each.place} {each.observed}",
            lambda each: as_told(each, whole),
        )  # fmt: skip
    return Page(*found)

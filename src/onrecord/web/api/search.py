"""The API's search over everything: the best of each kind at once, and each kind in pages with what narrows it.

Promise: what is counted are the best answers, those that the pages lead through. The odd case that forced the shape:
counts are of one kind of answers alone (an outlet is none of an event), so that each kind has its own address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar import Request, get
from litestar.params import QueryParameter

from onrecord.ledger import choosing, entities, events, statements
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.events import in_full
from onrecord.ledger.facets import Counted, Facet, Found
from onrecord.ledger.questions import Between, HeldDocument, HeldStatement
from onrecord.ledger.said import Asked
from onrecord.ledger.searching import search_documents, search_entities, search_events, search_statements
from onrecord.ledger.store import number_of
from onrecord.publish.objects import EventObject, event_object
from onrecord.web.api.asking import AT_MOST, LONGEST, AsOf, First, HeldFirst, HeldLast, Last, between, iso
from onrecord.web.api.events import OfKind, OfStatus
from onrecord.web.api.names import OfType
from onrecord.web.api.paging import USUAL, Cursor, Most, paged
from onrecord.web.api.texts import About, By, OfForm
from onrecord.web.desk import OfDesk
from onrecord.web.pages import a_kind

T = TypeVar("T")

SearchWords = Annotated[
    str, QueryParameter(name="q", min_length=1, max_length=LONGEST, description=f"What is looked for. {AT_MOST}")
]
Few = Annotated[int, QueryParameter(name="most", ge=1, le=USUAL, description="How many of each.")]
Outlet = Annotated[
    str | None, QueryParameter(name="outlet", max_length=LONGEST, description="Only what this outlet published.")
]
SpeakingIn = Annotated[
    str,
    QueryParameter(name="by", max_length=LONGEST, description="Who speaks in it: an id, or words of a name."),
]
ToldIn = Annotated[
    str,
    QueryParameter(
        name="about", max_length=LONGEST, description="An event that it tells of, or whom it names: an id, or a name."
    ),
]


class FoundObject(msgspec.Struct, frozen=True):
    """What a search over everything found, of each the best."""

    events: tuple[EventObject, ...]
    statements: tuple[HeldStatement, ...]
    entities: tuple[HeldEntity, ...]
    documents: tuple[HeldDocument, ...]
    """Articles and transcripts that hold all the words, with the passages."""


class SearchPage(msgspec.Struct, Generic[T], frozen=True):
    """Some of the best answers of one kind, and by what they can be narrowed."""

    items: tuple[T, ...]
    next: str | None
    """The address of the next page; null on the last one."""
    total: int
    """How many answers the pages lead through."""
    capped: bool
    """Whether there may be more than these."""
    facets: dict[Facet, tuple[Counted, ...]]
    """Values with how many of the answers have each, by the parameter that asks for them; ``month``: by its days."""


@get("/search", sync_to_thread=True, tags=["search"], summary="Search over everything", operation_id="search")
def search(desk: OfDesk, q: SearchWords, as_of: AsOf = None, most: Few = 10) -> FoundObject:
    """Return the events, statements, entities and documents that answer some words best."""
    day, days = iso(as_of), between(None, None, as_of)
    with desk.ledger() as ledger:
        return FoundObject(
            tuple(map(event_object, events(ledger, q, day, most=most))),
            tuple(statements(ledger, q, days=days, most=most)),
            tuple(entities(ledger, q, as_of=day, most=most)),
            tuple(search_documents(ledger, Asked(q, days=days), 0, most).items),
        )


@get(
    "/search/statements", sync_to_thread=True, tags=["search"], summary="Statements, with what narrows them",
    operation_id="search-statements",
)  # fmt: skip
def find_statements(
    request: Request[Any, Any, Any], desk: OfDesk, q: SearchWords, by: By = "", about: About = "",
    form: OfForm = None, outlet: Outlet = None, first: First = None, last: Last = None, as_of: AsOf = None,
    most: Most = USUAL, cursor: Cursor = None,
) -> SearchPage[HeldStatement]:  # fmt: skip
    """Return the best statements that hold all the words, with counts by speaker, form, outlet, event and month."""
    asked = Asked(q, by, about, form, outlet, between(first, last, as_of))
    with desk.ledger() as ledger:
        return _paged(
            request, cursor, most, lambda n: search_statements(ledger, asked, 0, n),
            lambda each: f"{number_of(ledger.connection, each.document, each.version)}#{each.number}",
        )  # fmt: skip


@get(
    "/search/documents", sync_to_thread=True, tags=["search"], summary="Full text, with what narrows it",
    operation_id="search-documents",
)  # fmt: skip
def find_documents(
    request: Request[Any, Any, Any], desk: OfDesk, q: SearchWords, by: SpeakingIn = "", about: ToldIn = "",
    outlet: Outlet = None, first: First = None, last: Last = None, as_of: AsOf = None, most: Most = USUAL,
    cursor: Cursor = None,
) -> SearchPage[HeldDocument]:  # fmt: skip
    """Return the best documents whose title or text holds all the words, with the passages.

    With counts by speaker, outlet, event and month.
    """
    asked = Asked(q, by, about, None, outlet, between(first, last, as_of))
    with desk.ledger() as ledger:
        return _paged(
            request, cursor, most, lambda n: search_documents(ledger, asked, 0, n),
            lambda each: str(number_of(ledger.connection, each.name, each.version)),
        )  # fmt: skip


@get(
    "/search/events", sync_to_thread=True, tags=["search"], summary="Events, with what narrows them",
    operation_id="search-events",
)  # fmt: skip
def find_events(
    request: Request[Any, Any, Any], desk: OfDesk, q: SearchWords, as_of: AsOf = None, first: HeldFirst = None,
    last: HeldLast = None, status: OfStatus = None, kind: OfKind = None, most: Most = USUAL, cursor: Cursor = None,
) -> SearchPage[EventObject]:  # fmt: skip
    """Return the events that answer the words best, with counts by status, kind and month."""
    asked = choosing.Asked(q, iso(as_of), Between(iso(first), iso(last)), status, a_kind(kind))
    with desk.ledger() as ledger:
        found = _paged(request, cursor, most, lambda n: search_events(ledger, asked, 0, n), lambda each: each.id)
        items = tuple(map(event_object, in_full(ledger, [each.id for each in found.items], asked.as_of)))
    return SearchPage(items, found.next, found.total, found.capped, found.facets)


@get(
    "/search/entities", sync_to_thread=True, tags=["search"], summary="Names, with what narrows them",
    operation_id="search-entities",
)  # fmt: skip
def find_entities(
    request: Request[Any, Any, Any], desk: OfDesk, q: SearchWords, type_: OfType = None, as_of: AsOf = None,
    most: Most = USUAL, cursor: Cursor = None,
) -> SearchPage[HeldEntity]:  # fmt: skip
    """Return whom documents name by the words, those heard most first, with counts by type."""
    with desk.ledger() as ledger:
        return _paged(
            request, cursor, most, lambda n: search_entities(ledger, q, type_, iso(as_of), 0, n), lambda each: each.id
        )


def _paged(
    request: Request[Any, Any, Any], cursor: str | None, most: int, search: Callable[[int], Found[T]],
    key: Callable[[T], str],
) -> SearchPage[T]:  # fmt: skip
    """A page of what a search finds; ``search`` gives that many of the best, ``key`` as `paged` has it."""
    last: list[Found[T]] = []

    def first(wanted: int) -> list[T]:
        last[:] = [search(wanted)]
        return last[0].items

    items, following = paged(request, cursor, most, first, key, lambda each: each)
    (found,) = last
    facets = {name: tuple(told) for name, told in found.facets.items()}
    return SearchPage(items, following, found.total, found.capped, facets)

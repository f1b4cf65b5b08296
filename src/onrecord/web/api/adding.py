"""Documents by POST: a page, a text, or what is known of it as JSON.

Promise: what is sent is kept as it came, and read once. The odd case that forced the shape: an article is sent as the
bytes that a crawler has (with what is known of it in the address) or as a record of a database (JSON), so both are
taken at one address, told apart by their media type.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import (
    ClientException,
    HTTPException,
    NotFoundException,
    ServiceUnavailableException,
    ValidationException,
)
from litestar.params import PathParameter, QueryParameter

from onrecord.acquire.bounded import LIMIT
from onrecord.acquire.records import source_of
from onrecord.errors import UnreadableInput
from onrecord.ledger.store import SENT
from onrecord.nouns import Source
from onrecord.web.adding import Adding, Addition, Full
from onrecord.web.admission import writing
from onrecord.web.api.asking import LONGEST
from onrecord.web.desk import OfDesk

Told = Annotated[str | None, QueryParameter(max_length=LONGEST, description="Of a page or text: what is known of it.")]
ToldId = Annotated[
    str | None,
    QueryParameter(name="id", max_length=LONGEST, description="Of a page or text: its id."),
]
AdditionId = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$", description="The id that the answer had.")]

MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown"}


class DocumentGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document with what is known of it; `html` or `text` has it."""

    html: str | None = None
    text: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    """A day or a time, ISO 8601 or as feeds write it."""


@post(
    "/documents", guards=[writing], request_max_body_size=LIMIT, tags=["texts"], summary="Add a document",
    operation_id="add-document", security=[{"token": []}],
)  # fmt: skip
async def add_document(
    request: Request[Any, Any, Any], id_: ToldId = None, title: Told = None,
    url: Told = None, outlet: Told = None, published: Told = None,
) -> Response[Addition]:  # fmt: skip
    """Read a document and keep it: HTML, plain text, Markdown, or JSON with `html` or `text` and what is known of it.

    201: it was added; 200: it was there; 202: it is being read, and `Location` will tell what became of it.
    """
    source = await _source(request, (id_, title, url, outlet, published))
    adding: Adding = request.app.state.adding
    try:
        made = await adding.add(source)
    except Full:
        raise ServiceUnavailableException("too many documents wait", headers={"Retry-After": "60"}) from None
    if made.outcome == "problem":
        raise HTTPException(made.reason or "it can't be read", status_code=HTTPStatus.UNPROCESSABLE_ENTITY)
    status = {"added": HTTPStatus.CREATED, "known": HTTPStatus.OK}.get(made.outcome, HTTPStatus.ACCEPTED)
    where = f"/reading?document={quote(made.document, safe='')}" if made.document else f"/additions/{made.id}"
    return Response(made, status_code=status, headers={"Location": f"/api/v1{where}"})


@get(
    "/additions/{name:str}", sync_to_thread=True, tags=["texts"], summary="What became of a document",
    operation_id="addition",
)  # fmt: skip
def one_addition(request: Request[Any, Any, Any], desk: OfDesk, name: AdditionId) -> Addition:
    """Return what became of a document that was sent and was still being read when the answer came."""
    adding: Adding = request.app.state.adding
    with desk.ledger() as ledger:
        found = adding.became(ledger, name)
    if found is None:
        raise NotFoundException("nothing of this id is in the ledger yet")
    return found


async def _source(request: Request[Any, Any, Any], told: tuple[str | None, ...]) -> Source:
    media, options = request.content_type
    body = await request.body()
    if media == "application/json":
        try:
            given = msgspec.json.decode(body, type=DocumentGiven)
            return source_of(msgspec.to_builtins(given), SENT)
        except msgspec.DecodeError as problem:
            raise ValidationException(str(problem)) from None
        except UnreadableInput as problem:
            raise HTTPException(problem.reason, status_code=HTTPStatus.UNPROCESSABLE_ENTITY) from None
    if media not in MEDIA:
        kinds = ", ".join(("application/json", *MEDIA))
        raise ClientException(f"a document is one of {kinds}", status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    name, title, url, outlet, published = told
    return Source(
        raw=body, media=cast(Any, MEDIA[media]), charset=options.get("charset"), id=name, title=title, url=url,
        outlet=outlet, published=published,
    )  # fmt: skip

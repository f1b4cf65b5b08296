"""Documents that people bring by a form: a pasted article, or a file of any kind that can be read.

Promise: of all that was brought the answer lists what became of it, each problem with its place; nothing is kept twice,
so a form that is sent again does no harm. The odd case that forced the shape: a file may hold a thousand documents, and
whoever sent it waits, so only some are taken by form, and what takes longer than he waits is told to be asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import islice
from typing import Annotated, Any, NamedTuple

from anyio import to_thread
from litestar import Request, Router, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter
from litestar.response import Template
from msgspec.structs import replace

from onrecord.acquire import Given, completed, open_file
from onrecord.acquire.bounded import LIMIT
from onrecord.errors import UnreadableInput
from onrecord.ledger.kept import Kept, kept
from onrecord.ledger.store import LedgerError
from onrecord.nouns import Source
from onrecord.web.adding import Adding, Addition, Full
from onrecord.web.admission import Form, writing
from onrecord.web.desk import Desk, OfDesk
from onrecord.web.pages import page

MOST = 50
"""Documents of one file that are taken by form; of more `onrecord add` is told of."""

PASTED = "pasted text"
"""How errors name what was pasted."""

FIELDS = 1_000_000
"""Bytes of a form beside its file and its pasted text."""


class Brought(NamedTuple):
    """What became of one document that was brought."""

    place: str
    """Where in the file it is, as errors name it; of one that is asked for later empty."""
    became: Addition
    held: Kept | None
    """The document, where it is in the ledger."""


@get("/", sync_to_thread=False, include_in_schema=False)
def form(request: Request[Any, Any, Any]) -> Template:
    """Return the form."""
    return _page(request, None)


@post("/", guards=[writing], request_max_body_size=LIMIT + FIELDS, include_in_schema=False)
async def bring(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Template:
    """Read what a form brings and tell what became of it."""
    file = (await request.form()).get("file")
    sent = (await file.read(), file.filename) if isinstance(file, UploadFile) and file.filename else None
    found = await to_thread.run_sync(_opened, posted, sent)
    adding: Adding = request.app.state.adding
    made = await asyncio.gather(*(_added(adding, desk, each) for each in found[:MOST]))
    became = [(_place(each), what) for each, what in zip(found, made, strict=False)]
    return _page(request, await to_thread.run_sync(_held, desk, became), more=len(found) > MOST, nothing=not found)


AdditionId = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")]


@get("/{name:str}", sync_to_thread=True, include_in_schema=False)
def one(request: Request[Any, Any, Any], desk: OfDesk, name: AdditionId) -> Template:
    """Return what became of a document that was still being read when the form was answered."""
    adding: Adding = request.app.state.adding
    with desk.ledger() as ledger:
        found = adding.became(ledger, name)
    if found is None:
        raise NotFoundException("nothing of this id has been brought, or it was not read when the server stopped")
    return _page(request, _held(desk, [("", found)]))


ADD = Router("/add", route_handlers=[form, bring, one])
"""All of them; why a router: `web.comments.COMMENTS`."""


def _page(
    request: Request[Any, Any, Any], brought: Iterable[Brought] | None, more: bool = False, nothing: bool = False
) -> Template:
    return page(
        request, "add.html.jinja", title="Add documents", brought=brought, more=more, nothing=nothing, most=MOST,
        limit=LIMIT,
    )  # fmt: skip


Found = Source | UnreadableInput


def _opened(posted: Mapping[str, str], sent: tuple[bytes, str] | None) -> list[Found]:
    """The documents that a form brings, at most one more than are taken; what it says of them is said of each."""
    said = {name: value for name in ("published", "outlet", "url") if (value := posted.get(name, "").strip())}
    found: list[Found] = []
    if pasted := posted.get("text", "").strip():
        for each in open_file(BytesIO(pasted.encode("utf-8", "replace")), PASTED):
            found.append(replace(each, charset=each.charset or "utf-8") if isinstance(each, Source) else each)
    if sent is not None and sent[0]:
        found += islice(open_file(BytesIO(sent[0]), sent[1]), MOST + 1 - len(found))
    found = list(completed(found[: MOST + 1], Given(**said)))
    if len(found) == 1 and isinstance(found[0], Source):
        own = {name: value for name in ("id", "title") if (value := posted.get(name, "").strip())}
        found = [replace(found[0], **own)]
    return found


def _place(found: Found) -> str:
    return found.where if isinstance(found, UnreadableInput) else found.path or ""


async def _added(adding: Adding, desk: Desk, found: Found) -> Addition:
    if isinstance(found, UnreadableInput):
        return Addition("", "problem", reason=found.reason)
    try:
        return await adding.add(found)
    except Full:
        return Addition("", "problem", reason="too many documents wait to be read; bring it again in a minute")
    except LedgerError as failure:
        return Addition("", "problem", reason=desk.told(failure))


def _held(desk: Desk, became: Iterable[tuple[str, Addition]]) -> list[Brought]:
    """What became of some documents, with what is known of those that are in the ledger."""
    with desk.ledger() as ledger:
        return [Brought(place, each, kept(ledger, each.document) if each.document else None) for place, each in became]

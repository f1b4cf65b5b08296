"""What pages show as files that other programs read: the table of formats, by the suffix of an address.

Promise: ``/events.ics?q=…`` is a calendar of what that search finds, and follows the ledger as it grows; so is
``/events/ID.ics`` of one event. The odd case that forced the shape: a reader asks for a feed every hour for years, so
without days a feed of changes is of the last weeks, and what has not changed is not sent again.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from typing import Annotated, Any, Self

from anyio import to_thread
from litestar import Request, get
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, NotFoundException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.params import QueryParameter
from litestar.response import Stream
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec.structs import replace

from onrecord.errors import OnrecordError
from onrecord.ledger import days_told
from onrecord.ledger.days import earlier
from onrecord.ledger.events import latest
from onrecord.ledger.questions import Between
from onrecord.ledger.threads import now_called
from onrecord.publish.choosing import Choice, chosen
from onrecord.publish.formats import FORMATS, Format, Kind
from onrecord.publish.site import Site
from onrecord.web.addresses import itself, pages_begin
from onrecord.web.desk import Desk, OfDesk
from onrecord.web.pages import AsOf, a_day, a_form, a_kind, a_status
from onrecord.web.problems import API_V1
from onrecord.web.unchanged import Unchanged

WEEKS = 28
"""Days before the last that the ledger knows from which on feeds and calendars are where no words (of statements: also
where words) or days are asked for: those of publication of a feed, those of the events of a calendar."""

PATHS: dict[str, tuple[Format, Kind]] = {
    f"/{kind}{each.suffix}": (each, kind) for each in FORMATS.values() for kind in each.kinds if kind != "briefs"
}
"""Where the files of a whole ledger lie, and what they are."""


def _taken_along(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    words: Annotated[str, QueryParameter(name="q", description="The search; of readings the document's id.")] = "",
    first: Annotated[str | None, QueryParameter(name="from", description="Only from this day on.")] = None,
    last: Annotated[str | None, QueryParameter(name="to", description="Only up to this day.")] = None,
    status: Annotated[str | None, QueryParameter(description="Only events in this state.")] = None,
    of_kind: Annotated[str | None, QueryParameter(name="kind", description="Only events of this kind.")] = None,
    by: Annotated[str, QueryParameter(description="Only statements of whoever is called so.")] = "",
    about: Annotated[str, QueryParameter(description="Only statements that speak of this.")] = "",
    how: Annotated[str | None, QueryParameter(name="form", description="Only direct, mixed or indirect ones.")] = None,
    outlet: Annotated[str, QueryParameter(description="Only statements that this outlet published.")] = "",
) -> Stream:
    """Return a file of all that a search, days and a status choose."""
    form, kind = PATHS[request.url.path.removeprefix(API_V1)]
    if kind != "statements" and (by or about or how or outlet):
        raise ValidationException("by, about, form and outlet choose statements alone")
    choice = Choice(
        words=words, as_of=a_day(as_of), days=Between(a_day(first), a_day(last)), status=a_status(status),
        kind=a_kind(of_kind), followed=bool(form.followed), by=by, about=about, form=a_form(how), outlet=outlet or None,
    )  # fmt: skip
    return _file(request, desk, form, kind, choice)


def files() -> list[HTTPRouteHandler]:
    """Return what answers to the addresses of files: those of pages, or those below the API's, where a token counts."""
    return [
        get(path, sync_to_thread=True, include_in_schema=False, middleware=[Unchanged()])(_taken_along)
        for path in PATHS
    ]


EVENT_KINDS: tuple[Kind, ...] = ("briefs", "events", "changes", "claims")
"""What a file of one event is of: the first of these that its format can hold."""

EVENT_FILES: dict[str, tuple[Format, Kind]] = {
    each.suffix: (each, next(kind for kind in EVENT_KINDS if kind in each.writers))
    for each in FORMATS.values()
    if not each.writers.keys().isdisjoint(EVENT_KINDS)
}
"""The suffixes of the files of one event, and what they are."""


def event_file(request: Request[Any, Any, Any], desk: Desk, name: str, as_of: str | None) -> Stream:
    """Return the file of one event, ``ID.SUFFIX``. Raises NotFoundException where there is no such event or format."""
    event, dot, suffix = name.partition(".")
    found = EVENT_FILES.get(dot + suffix)
    if found is None:
        raise NotFoundException(f"There is no format “{dot}{suffix}” of an event")
    with desk.ledger() as ledger:
        event = now_called(ledger, event)  # who follows the file of a former id asks for that one for years
        if not days_told(ledger, event):
            raise NotFoundException(f"There is no event “{event}” in this ledger")
    return _file(request, desk, *found, Choice(words=event, as_of=as_of))


def suffixes(*kinds: Kind) -> list[tuple[str, str]]:
    """Return the suffixes of the files that there are of any of some kinds of things, with what they are."""
    return [(form.suffix, form.told) for form in FORMATS.values() if any(kind in form.writers for kind in kinds)]


def _file(request: Request[Any, Any, Any], desk: Desk, form: Format, kind: Kind, choice: Choice) -> Stream:
    title = " · ".join(("On record", *choice.told))
    site = Site(title=title, base=pages_begin(request), itself=itself(request), as_of=choice.as_of)
    parts = _parts(desk, form, kind, choice, site)
    try:
        begin = next(parts, b"")  # what can't be written is told before anything is sent
    except OnrecordError as problem:
        raise ClientException(str(problem)) from problem
    headers = {"Content-Type": form.media}
    if not form.followed:
        headers["Content-Disposition"] = f'attachment; filename="onrecord-{kind}{form.suffix}"'
    request.scope["state"][_SENT] = parts
    return Stream(_Pieces(chain([begin], parts)), headers=headers)


_SENT = "onrecord_sent"


class Ending(ASGIMiddleware):
    """Gives back what a file is made from once its reader has it, has gone away, or it fails; not some time later."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer a request and end what it began."""
        try:
            await next_app(scope, receive, send)
        finally:
            parts = scope["state"].pop(_SENT, None)
            if parts is not None:
                parts.close()


class _Pieces:
    """The pieces of a file, each made in a thread that is waited for, so that none is at work when they end early."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        piece = await to_thread.run_sync(next, self._parts, None)
        if piece is None:
            raise StopAsyncIteration
        return piece


def _parts(desk: Desk, form: Format, kind: Kind, choice: Choice, site: Site) -> Generator[bytes]:
    with desk.streamed() as ledger:
        ranked = choice.words and kind != "statements"  # of statements a feed tells the new ones, not the best
        if form.followed and not ranked and choice.days == Between():
            now = choice.as_of or latest(ledger)
            choice = replace(choice, days=Between(earlier(now, WEEKS) if now else None))
        yield from form.write(kind, chosen(ledger, kind, choice), site)

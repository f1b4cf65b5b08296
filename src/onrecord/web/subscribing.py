"""The page by which calendars and feed readers subscribe, also where reading needs a login, which they can't do.

Promise: a key is shown once, to who made it, and he takes it back here. The odd case that forced the shape: the page
that answers the form is the one that shows the key, and no redirect, since an address would keep it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from litestar import Request, Router, get, post
from litestar.exceptions import NotFoundException, ValidationException
from litestar.params import QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger.access import KEY_DAYS, HeldToken, Person, add_token, keys, revoke_token
from onrecord.web.addresses import pages_begin
from onrecord.web.admission import Form, inside, known
from onrecord.web.comments import name_of
from onrecord.web.desk import Desk, OfDesk
from onrecord.web.feeds import KEY, OF_ALL, is_feed, without_key
from onrecord.web.pages import page

Wanted = Annotated[str, QueryParameter(name="to", max_length=4000, description="The feed or calendar.")]


@get("/", sync_to_thread=True, include_in_schema=False)
def subscribe_page(request: Request[Any, Any, Any], desk: OfDesk, wanted: Wanted = "") -> Template:
    """Return the page, with the address of a feed or calendar where one is wanted."""
    return _page(request, desk, _feed(wanted))


@post("/", sync_to_thread=True, include_in_schema=False, guards=[known], status_code=200)
def make_key(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Template:
    """Make a key, and return the page with the address that has it."""
    wanted = _feed(posted.get("to", ""))
    with desk.ledger() as ledger:
        made = add_token(ledger, name_of(request), "subscribe", datetime.now(UTC), KEY_DAYS)
    shown = _page(request, desk, wanted, made)
    shown.headers["Cache-Control"] = "no-store"
    return shown


@post("/revoke", sync_to_thread=True, include_in_schema=False, guards=[known])
def revoke_key(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Take back a key of one's own, and go back to the page."""
    prefix = posted.get("prefix", "")
    with desk.ledger() as ledger:
        if prefix not in {each.prefix for each in keys(ledger, name_of(request), datetime.now(UTC))}:
            raise NotFoundException("You have no such key that holds")
        revoke_token(ledger, prefix, datetime.now(UTC))
    return Redirect("/subscribe", status_code=303)


SUBSCRIBE = Router("/subscribe", route_handlers=[subscribe_page, make_key, revoke_key])
"""All of them; why a router: `web.comments.COMMENTS`."""


def _page(request: Request[Any, Any, Any], desk: Desk, wanted: str, key: str | None = None) -> Template:
    rules, person = request.app.state.rules, request.scope.get("user")
    own: list[HeldToken] = []
    if isinstance(person, Person):
        with desk.ledger() as ledger:
            own = keys(ledger, person.name, datetime.now(UTC))
    base = pages_begin(request).rstrip("/")
    mark = "&" if urlsplit(wanted).query else "?"
    return page(
        request, "subscribe.html.jinja", title="Subscribe", wanted=wanted, feeds=OF_ALL, keys=own, key=key,
        locked=rules.reading == "login",
        address=f"{base}{wanted}" + (f"{mark}{urlencode({KEY: key})}" if key else ""),
    )  # fmt: skip


def _feed(wanted: str) -> str:
    """The address of a feed, to which a key can be added; empty for none. Raises ValidationException for anything else.

    Of what was given a key is left out, since the first of two counts, and a fragment, which no server is sent.
    """
    given = urlsplit(wanted)
    if wanted and not (inside(wanted) == wanted and is_feed(given.path)):
        raise ValidationException(f"“{wanted}” is no feed and no calendar")
    return given._replace(query=without_key(given.query), fragment="").geturl()

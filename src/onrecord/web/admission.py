"""Who asks and what he may do: checked before any handler, once for pages and API.

Promise: nothing is written without a login or a token, nothing by a form of another site, and no other site's name is
answered to (a browser can be made to take this machine for one of another's). The odd case that forced the shape: a
browser sends its cookie with whatever it is made to send, so a login counts for pages and for reading alone; what is
written by API needs a token, which no browser adds by itself. Calendars and feed readers can do neither: they come with
a key in the address, which counts for feeds alone.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode, urlsplit

from anyio import to_thread
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.response import Redirect
from litestar.types import ASGIApp, Receive, Scope, Send

from onrecord.ledger.access import May, Person, by_key, by_session, by_token
from onrecord.web.addresses import pages_begin
from onrecord.web.desk import Desk
from onrecord.web.feeds import KEY, is_feed, without_key
from onrecord.web.problems import concerns

SESSION = "onrecord_session"
"""The cookie of a login."""
VISIT = "onrecord_visit"
"""The cookie that the form of the login is bound to, before there is one."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = ("/login", "/static/", "/palette.css")
"""What is there before anybody is logged in."""

BEARER = "Bearer"


class Rules(NamedTuple):
    """Whom the application answers."""

    names: frozenset[str] | None = None
    """The names by which it may be asked for, beside numbers and ``localhost``; None: any, for tests."""
    reading: Literal["open", "login"] = "open"
    """Whether reading needs a login or a token too."""
    base: str | None = None
    """Where the pages begin for those who read them (``https://desk.example``); None: as who asks calls it."""


ANYBODY = Rules()
"""Reading is open, under any name."""


class Admission(ASGIMiddleware):
    """Finds out who asks, and lets in those who may."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let a request in with who asks as its ``user``, or refuse it."""
        request: Request[Any, Any, Any] = Request(scope)
        if not served(request.headers.get("host", ""), self.rules.names):
            raise HTTPException("this is not served under that name; start it with --allow-host NAME", status_code=400)
        if request.method not in SAFE and not concerns(request) and not _own_form(request):
            raise PermissionDeniedException("this form is of another site")
        person = await to_thread.run_sync(_person, scope["litestar_app"].state.desk, request)
        scope["user"] = person
        public = any(request.url.path == path or request.url.path.startswith(path) for path in PUBLIC)
        if person is None and self.rules.reading == "login" and not public:
            raise unknown()
        await next_app(scope, receive, send)


def unknown() -> NotAuthorizedException:
    """Return the error for somebody who has to say first who he is."""
    return NotAuthorizedException("say who you are: by a token, or log in", headers={"WWW-Authenticate": BEARER})


def own_address(request: Request[Any, Any, Any]) -> str | None:
    """Return where the pages begin, for links that are sent to others; None: nobody has said so.

    A request's own word for it counts only where that name was allowed: a number may be anybody's, and ``localhost`` is
    another machine for whoever gets the message.
    """
    begin, rules = pages_begin(request), request.app.state.rules
    name = urlsplit(begin).hostname or ""
    said = rules.base is not None or rules.names is None or (name in rules.names and not _own(name))
    return begin if said else None


def _own(name: str) -> bool:
    """Whether a name is a number, or this machine's own."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def served(host: str, names: frozenset[str] | None) -> bool:
    """Return whether a name is ours. A number is: whoever has a browser taken in needs a name for it.

    ``host``: as a request names it; ``names``: those that are allowed, None: any.
    """
    if names is None:
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in names or _own(name)


def _own_form(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser says that a form is of our own pages; the form's own sign is checked besides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    asked = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return origin in (None, asked, pages_begin(request).rstrip("/"))


def _person(desk: Desk, request: Request[Any, Any, Any]) -> Person | None:
    now = datetime.now(UTC)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == BEARER.lower() and concerns(request):
        with desk.ledger() as ledger:
            person = by_token(ledger, token.strip(), now)
        if person is None:
            raise NotAuthorizedException("this token does not hold", headers={"WWW-Authenticate": BEARER})
        return person
    key = request.query_params.get(KEY)
    if key is not None and request.method in SAFE and is_feed(request.scope["path"]):
        with desk.ledger() as ledger:
            person = by_key(ledger, key, now)
        if person is None:
            raise PermissionDeniedException("the key in this address does not hold; make another one under Subscribe")
        return person
    secret = request.cookies.get(SESSION)
    if not secret or (concerns(request) and request.method not in SAFE):
        return None
    with desk.ledger() as ledger:
        return by_session(ledger, secret, now)


WRITES = 60, 60.0
"""How often in how many seconds somebody may write."""


def _needs(may: May, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    person = connection.scope.get("user")
    if not isinstance(person, Person):
        raise unknown()
    if not person.can(may):
        raise PermissionDeniedException(f"{person.name} may not do this; who may {may} can")
    connection.scope["litestar_app"].state.writes.take(person.name)


def may_write(request: Request[Any, Any, Any]) -> bool:
    """Return whether who asks may write, so that a page may offer it."""
    person = request.scope.get("user")
    return isinstance(person, Person) and person.can("write")


def known(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let through whoever has said who he is, for what is his alone. A guard of handlers."""
    _needs("read", connection)


def writing(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let through who may write, as often as one may. A guard of handlers."""
    _needs("write", connection)


def moderating(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Let through who may moderate. A guard of handlers."""
    _needs("moderate", connection)


def sign(request: Request[Any, Any, Any]) -> str:
    """Return the sign that forms carry, which only pages of this login can have; empty where there is none."""
    secret = request.cookies.get(SESSION) or request.cookies.get(VISIT)
    return signed(secret) if secret else ""


def signed(secret: str) -> str:
    """Return the sign of forms that are bound to a cookie."""
    return hmac.digest(secret.encode(), b"onrecord form", "sha256").hex()


async def given_form(request: Request[Any, Any, Any]) -> Mapping[str, str]:
    """Return the fields of a form of ours. Raises PermissionDeniedException where it lacks its sign."""
    return await _given(request, sign(request))


async def given_by_anybody(request: Request[Any, Any, Any]) -> Mapping[str, str]:
    """Return the fields of a form that who is not logged in sends too; of who is, it raises as `given_form`."""
    return _fields(await request.form()) if request.scope["user"] is None else await given_form(request)


async def given_login(request: Request[Any, Any, Any]) -> Mapping[str, str]:
    """Return the fields of the form of the login; raises as `given_form`.

    It is bound to the visit alone: a browser keeps the cookie of a login that no longer holds for days.
    """
    visit = request.cookies.get(VISIT)
    return await _given(request, signed(visit) if visit else "")


async def _given(request: Request[Any, Any, Any], expected: str) -> Mapping[str, str]:
    fields = _fields(await request.form())
    if not expected or not secrets.compare_digest(fields.get("sign", "").encode(), expected.encode()):
        raise PermissionDeniedException("this form is not of this login, or too old; go back and load the page again")
    return fields


def _fields(form: FormMultiDict) -> dict[str, str]:
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


Form = NamedDependency[Mapping[str, str]]
"""How a handler asks for the fields of a form, which is ours, as its parameter ``posted``."""


def inside(path: str) -> str:
    """Return an address of this application as it was given; anything else becomes the first page."""
    split = urlsplit(path)
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not split.netloc and not split.scheme
    return path if ours and all(" " < sign < "\x7f" and sign != "\\" for sign in path) else "/"


def to_login(request: Request[Any, Any, Any]) -> Redirect:
    """Return the way to the login, and from there back to where somebody was, without a key that the address had."""
    back = str(request.url) if request.method in SAFE else request.headers.get("referer", "")
    split = urlsplit(back)
    own, asked = split.netloc == request.url.netloc, without_key(split.query)
    where = inside(split.path + (f"?{asked}" if asked else "")) if own else "/"
    return Redirect(f"/login?{urlencode({'next': where})}", status_code=303)

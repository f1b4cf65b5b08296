"""The pages by which somebody logs in and out.

Promise: a wrong name and a wrong password are told alike, after as long; after a few attempts one has to wait. The odd
case that forced the shape: who may log in himself could do so between his guesses at others, so a login that succeeds
takes back itself alone.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.params import QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import access
from onrecord.web.addresses import over_tls
from onrecord.web.admission import SESSION, VISIT, Form, given_login, inside, signed
from onrecord.web.desk import OfDesk
from onrecord.web.pages import page

ATTEMPTS = 10, 300.0
"""How often in how many seconds from each address."""
GUESSES = 100, 300.0
"""How often for each name: more, or anybody could keep somebody out."""

KEY = 3 * access.LONGEST_NAME
"""Characters by which a name is counted: a user's has no more, in small letters either."""

Next = Annotated[str, QueryParameter(name="next", max_length=4000, description="Where to go from there.")]


@get("/login", sync_to_thread=False, include_in_schema=False)
def login_page(request: Request[Any, Any, Any], back: Next = "/") -> Template:
    """Return the form of the login."""
    return _form(request, inside(back), HTTPStatus.OK)


@post("/login", sync_to_thread=True, include_in_schema=False, dependencies={"posted": Provide(given_login)})
def login(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Template | Redirect:
    """Log somebody in, or show the form again."""
    name, back = posted.get("name", ""), inside(posted.get("next", "/"))
    address, state = request.client.host if request.client else "", request.app.state
    attempt = state.attempts.take(address)
    state.guesses.take(access.key_of(name)[:KEY])
    with desk.ledger() as ledger:
        secret = access.log_in(ledger, name, posted.get("password", ""), datetime.now(UTC))
    if secret is None:
        return _form(request, back, HTTPStatus.FORBIDDEN, name)
    state.attempts.give_back(address, attempt)
    kept = _cookie(request, SESSION, secret, int(access.SESSION.total_seconds()))
    return Redirect(back, status_code=303, cookies=[kept, _cookie(request, VISIT, "", 0)])


@post("/logout", sync_to_thread=True, include_in_schema=False)
def logout(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Log somebody out."""
    with desk.ledger() as ledger:
        access.log_out(ledger, request.cookies.get(SESSION, ""))
    return Redirect(inside(posted.get("next", "/")), status_code=303, cookies=[_cookie(request, SESSION, "", 0)])


def _form(request: Request[Any, Any, Any], back: str, status: HTTPStatus, name: str | None = None) -> Template:
    """The form, which takes back the cookie of a login that no longer holds; ``name``: of an attempt that failed."""
    visit = request.cookies.get(VISIT) or secrets.token_urlsafe(32)
    made = page(request, "login.html.jinja", title="Log in", status=status, back=back, name=name, visit=signed(visit))
    made.cookies.append(_cookie(request, VISIT, visit, 3600))
    if SESSION in request.cookies and request.scope["user"] is None:
        made.cookies.append(_cookie(request, SESSION, "", 0))
    return made


def _cookie(request: Request[Any, Any, Any], key: str, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=key, value=value, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=over_tls(request),
    )  # fmt: skip

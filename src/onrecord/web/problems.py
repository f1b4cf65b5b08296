"""What goes wrong in the API: one shape for all of it (RFC 9457, ``application/problem+json``).

Promise: every answer under ``/api`` that is no success is `ProblemDetails`, addresses that are not there and mistakes
of ours among them, and none tells how the program is made. The odd case that forced the shape: an address that is not
there has no handler whose errors one could catch, so the application asks here for all that lies under ``/api``.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, get_args

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

BELOW = "/api"
"""Where programs ask, whatever the version."""

API_V1 = f"{BELOW}/v1"
"""Where this version begins."""

MEDIA = "application/problem+json"


class Wrong(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request."""

    detail: str
    parameter: str | None = None
    """Which parameter or field, where it is one."""


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request that could not be answered."""

    title: str
    """The same for all problems of one status."""
    status: int
    type: str = "about:blank"
    detail: str | None = None
    """What is wrong with this request, and what to do."""
    errors: tuple[Wrong, ...] = ()
    """Of a request with wrong parameters: each of these."""


def concerns(request: Request[Any, Any, Any]) -> bool:
    """Whether a request is one to the API."""
    path = request.scope["path"]
    return path == BELOW or path.startswith(f"{BELOW}/")


def problem(
    status: HTTPStatus, detail: str = "", errors: tuple[Wrong, ...] = (), headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """Return a problem as the answer to a request."""
    told = ProblemDetails(status.phrase, status.value, detail=detail or None, errors=errors)
    body = msgspec.json.encode({"type": told.type, **msgspec.to_builtins(told)})
    return Response(body, status_code=status, media_type=MEDIA, headers=dict(headers or {}))


def http_problem(request: Request[Any, Any, Any], failure: HTTPException) -> Response[bytes]:
    """Return the answer to a request that was refused."""
    status = HTTPStatus(failure.status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE:
        return problem(status)
    return problem(status, in_words(request, failure), wrong_in(request, failure), failure.headers)


def in_words(request: Request[Any, Any, Any], failure: HTTPException) -> str:
    """Return what is wrong with a request, in one line; empty where its status says it all."""
    each = (f"{one.parameter}: {one.detail}" if one.parameter else one.detail for one in wrong_in(request, failure))
    if told := "; ".join(each):
        return told
    if failure.detail != HTTPStatus(failure.status_code).phrase:
        return failure.detail
    return "there is nothing at this address" if failure.status_code == HTTPStatus.NOT_FOUND else ""


def wrong_in(request: Request[Any, Any, Any], failure: HTTPException) -> tuple[Wrong, ...]:
    """Return what is wrong with the parameters of a request, each under the name that it has in addresses."""
    handler = request.scope.get("route_handler")
    asked = handler.parsed_fn_signature.parameters if handler is not None else {}
    found = []
    for each in failure.extra if isinstance(failure.extra, list) else []:
        if isinstance(each, dict):
            key, message = str(each.get("key") or ""), str(each.get("message", ""))
            field = asked.get(key)
            name = getattr(field.kwarg_definition, "name", None) if field else None
            if message.startswith(_NO_CHOICE) and field and (choices := _choices(field.raw)):
                message = f"{message}; there are {', '.join(choices)}"
            found.append(Wrong(_SAID.get(message, message), name or key or None))
    return tuple(found)


_NO_CHOICE = "Invalid enum value"
_SAID = {"Invalid RFC3339 encoded date": "this is no day; write it as 2031-05-24"}
"""What the libraries say that reads badly, and what is said instead."""


def _choices(told: Any) -> list[str]:
    """The words that a type allows."""
    parts = get_args(told)
    return [word for part in parts for word in ([part] if isinstance(part, str) else _choices(part))]

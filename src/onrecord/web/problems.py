"""What goes wrong in the API: one shape for all of it (RFC 9457, ``application/problem+json``).

Promise: every answer under ``/api`` that is no success is `ProblemDetails`, addresses that are not there and mistakes
of ours among them, and none tells how the program is made. The odd case that forced the shape: an address that is not
there has no handler whose errors one could catch, so the application asks here for all that lies under ``/api``.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

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


def http_problem(failure: HTTPException) -> Response[bytes]:
    """Return the answer to a request that was refused."""
    status = HTTPStatus(failure.status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE:
        return problem(status)
    wrong = tuple(
        Wrong(str(each.get("message", "")), str(each["key"]) if each.get("key") else None)
        for each in (failure.extra if isinstance(failure.extra, list) else [])
        if isinstance(each, dict)
    )
    detail = "; ".join(f"{each.parameter}: {each.detail}" if each.parameter else each.detail for each in wrong)
    return problem(status, detail or failure.detail, wrong, failure.headers)

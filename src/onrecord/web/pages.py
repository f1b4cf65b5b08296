"""How pages are made: one frame for all, the day as of which they tell, and addresses that stay.

Promise: every page has an address that gives it again, the day included. The odd case that forced the shape: a reader
who has gone back to a day goes on reading as of that day, so every link of a page carries it.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

from litestar import Request
from litestar.exceptions import ValidationException
from litestar.params import QueryParameter
from litestar.response import Template

AsOf = Annotated[
    str | None, QueryParameter(name="as_of", description="Only what was published by this day counts: 2031-05-24.")
]


def a_day(given: str | None) -> str | None:
    """Return a day as it was given, ISO 8601; None for none. Raises ValidationException for anything else."""
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise ValidationException(f"“{given}” is no day; write it as 2031-05-24") from None


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    title: str,
    as_of: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **told: Any,
) -> Template:
    """Return a page of a template, with what all pages have: ``title``, ``as_of``, ``here``, ``to``.

    ``to(path, **query)`` gives an address as of the same day; parts of a path are to be escaped by ``part``.
    """

    def to(path: str, **query: str | None) -> str:
        wanted = {key: value for key, value in ({"as_of": as_of} | query).items() if value}
        return path + (f"?{urlencode(wanted)}" if wanted else "")

    return Template(
        template,
        context={"title": title, "as_of": as_of, "here": request.url.path, "to": to, "part": part, **told},
        status_code=status,
    )


def part(name: str) -> str:
    """Return a name of strangers as one part of a path."""
    return quote(name, safe="")


def the_rest(request: Request[Any, Any, Any], before: int) -> str:
    """Return what stands in an address behind its first parts: a name of strangers, as `part` made it one.

    Slashes are the name's own, doubled ones and the last too, which the way to a handler leaves out.
    """
    path: bytes = request.scope["raw_path"].partition(b"?")[0]
    return unquote(path.decode("ascii", "replace").split("/", before + 1)[-1])

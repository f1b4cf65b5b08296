"""One quote in all its prints: the original, and what each outlet made of it, the earliest first.

Promise: each print is held against the same words, which are shown with it. The odd case that forced the shape: a quote
of somebody who is often printed has hundreds of prints, so they come some to a page.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from onrecord.ledger import family
from onrecord.publish.checked import MEANT, row
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page, part, the_rest

SHOWN = 25
"""Prints to a page."""


@get("/quotes/{number:str}/{document:path}", sync_to_thread=True, include_in_schema=False)
def quote(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    number: FromPath[str],
    document: FromPath[str],
    as_of: AsOf = None,
    begin: Annotated[int, QueryParameter(ge=0, le=10_000)] = 0,
) -> Template:
    """Return a quote with its prints, by one of them."""
    day, name = a_day(as_of), the_rest(request, 2)
    with desk.ledger() as ledger:
        found = family(ledger, f"{name}#{number}", day) if number else None
    if found is None or not found.prints:
        by = f" by {day}" if day else ""
        raise NotFoundException(f"the ledger has no quote “{number}” of a document “{name}”{by}")
    shown = [(each, row(each.finding)) for each in found.prints[begin : begin + SHOWN]]
    return page(
        request, "quote.html.jinja", title="One quote in all its prints", as_of=day,
        found=found, shown=shown, meant=MEANT, begin=begin, most=SHOWN,
        here_at=f"/quotes/{part(number)}/{part(name)}", asked=(name, number),
    )  # fmt: skip

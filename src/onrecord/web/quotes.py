"""One quote in all its prints: the original, and what each outlet made of it, the earliest first.

Promise: each print is held against the same words, which are shown with it. The odd case that forced the shape: a quote
of somebody who is often printed has hundreds of prints, so they come some to a page.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import Ledger, family
from onrecord.ledger.kept import Kept, kept
from onrecord.ledger.places import Meant, meant_by, nearest, span_of
from onrecord.ledger.spoken import printed
from onrecord.publish.checked import MEANT, row
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page, pages_as_of, part, the_rest
from onrecord.web.placed import to_place, to_words

SHOWN = 25
"""Prints to a page."""


@get("/quotes/{place:str}/{document:path}", sync_to_thread=True, include_in_schema=False)
def quote(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    place: FromPath[str],
    document: FromPath[str],
    as_of: AsOf = None,
    begin: Annotated[int, QueryParameter(ge=0, le=10_000)] = 0,
    version: FromQuery[str | None] = None,
    number: FromQuery[str] = "",
) -> Template | Redirect:
    """Return the quote at a place of a document with its prints; by a number, as `web.statement` does."""
    day, name = a_day(as_of), the_rest(request, 2)
    span = span_of(place)
    with desk.ledger() as ledger:
        found = family(ledger, f"{name}#{place}", day, version or None) if span else None
        held = kept(ledger, name, version or None, day) if number or found is None else None
        meant = _meant(ledger, held, number if span else place) if held else None
    if held and span is None:
        return to_place(pages_as_of(day).quote, held, place, meant)
    if held and span and found is None:
        return to_words(held, span, day)
    if span is None or found is None or not found.prints:
        by = f" by {day}" if day else ""
        raise NotFoundException(f"the ledger has no quote “{place}” of a document “{name}”{by}")
    own = (each for each in found.prints if each.document == name and version in (None, "", each.version))
    here = nearest(own, span, lambda each: each.finding.quote.span)
    shown = [(each, row(each.finding), each is here) for each in found.prints[begin : begin + SHOWN]]
    return page(
        request, "quote.html.jinja", title="One quote in all its prints", as_of=day,
        found=found, shown=shown, meant=MEANT, begin=begin, most=SHOWN, here_at=f"/quotes/{place}/{part(name)}",
        document=name, version=version, number=number, others=meant.others if meant else (),
    )  # fmt: skip


def _meant(ledger: Ledger, held: Kept, number: str) -> Meant | None:
    """What the number of a quote meant: the place of a statement, or of one of its quotes."""
    statement = meant_by(ledger.connection, held.number, number.partition(".")[0])
    quote = next(iter(printed(ledger, held.number, number)), None)
    if quote is None:
        return statement
    return Meant(quote.span, statement.others if statement else ())

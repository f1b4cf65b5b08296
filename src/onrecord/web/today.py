"""The first page: what changed since the reader looked last, what is coming, what is open and what is contested.

Promise: what a reader has seen is remembered in his browser and only where he says so. The odd case that forced the
shape: documents of an earlier day come late, so what was seen is remembered as the ledger's last document, not as a
day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import last_document, lately, latest, listed, undated
from onrecord.ledger.choosing import Asked
from onrecord.ledger.days import days_of, earlier
from onrecord.ledger.events import Listed
from onrecord.ledger.lately import Since
from onrecord.ledger.state import LASTING
from onrecord.publish.days import readable_day
from onrecord.web.addresses import over_tls
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

COMING, OPEN, CHANGED = 30, 12, 15
"""How many are shown of what is coming, of what has no date, and of what changed or is new."""

LATELY = 6
"""Days of publication before the last one that count where a reader has not said since when."""

SEEN = "seen"
"""The cookie that remembers the last document of the ledger that a reader has seen."""

KEPT = 400 * 24 * 60 * 60
"""Seconds that it is kept."""


Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class Due(NamedTuple):
    """What is coming in one stretch of time."""

    name: str
    events: tuple[Listed, ...]


@get("/", sync_to_thread=True, include_in_schema=False)
def today(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    since: Annotated[str | None, QueryParameter(description="What changed since this day: 2031-05-24.")] = None,
) -> Template:
    """Return the first page."""
    day, first = a_day(as_of), a_day(since)
    seen = request.cookies.get(SEEN, "")
    with desk.ledger() as ledger:
        now, last = day or latest(ledger), last_document(ledger)
        looked = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len(str(2**63)) else None
        by_look = looked is not None and first is None and day is None
        first = first or (earlier(now, LATELY) if now and not by_look else None)
        moved = lately(ledger, Since(document=looked) if by_look else Since(first), day, CHANGED)
        coming = listed(ledger, Asked(as_of=day), COMING)
        dateless = undated(ledger, day, OPEN)
    known = {each.id for each in coming if each.date.value is None}
    return page(
        request,
        "today.html.jinja",
        title="Today",
        as_of=day,
        now=now,
        since=first,
        by_look=by_look,
        last=last,
        moved=moved,
        contested=[each for each in coming if each.date.against or each.venue.against],
        due=list(due([each for each in coming if each.date.value], now)),
        open=[*(each for each in coming if each.id in known), *(each for each in dateless if each.id not in known)],
    )


@post("/seen", sync_to_thread=False, include_in_schema=False)
def seen(data: Form, request: Request[Any, Any, Any]) -> Redirect:
    """Have the reader's browser remember that what the ledger held until a document is seen."""
    document = data.get("document", "")
    number = document if document.isascii() and document.isdigit() else "0"
    cookie = Cookie(SEEN, path="/", value=number, max_age=KEPT, httponly=True, samesite="lax", secure=over_tls(request))
    return Redirect("/", status_code=303, cookies=[cookie])


def due(coming: Iterable[Listed], now: str | None) -> Iterator[Due]:
    """Yield what is coming by day, week or month: the farther off, the longer the stretches."""
    for name, some in groupby(coming, lambda each: _stretch(each.date.value or "", now or "")):
        yield Due(name, tuple(some))


def _stretch(value: str, now: str) -> str:
    days = days_of(value)
    if days is None or not now:
        return readable_day(value)
    if len(value) < len("2031-05-24"):
        return f"{readable_day(value)}, no day yet"
    first, today = date.fromisoformat(days.first), date.fromisoformat(now)
    if first < today:
        if days.last < now:
            return "Under way or overdue"
        return "Now" if days.length <= LASTING else f"Some time up to {readable_day(days.last)}"
    if first - today < timedelta(14):
        return f"{first:%A} {readable_day(days.first)}"
    if first - today < timedelta(56):
        monday = first - timedelta(first.weekday())
        return f"Week of {readable_day(monday.isoformat())}"
    return f"{first:%B} {first.year}"

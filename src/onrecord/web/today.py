"""The first page: what changed since the reader looked last, what is coming, what is open and what is contested.

Promise: what a reader has seen is remembered only where he says so: with him in the ledger, and in his browser of whom
it is not known who he is. The odd case that forced the shape: documents of an earlier day come late, so what was seen
is remembered as the ledger's last document, not as a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.params import QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import last_document, lately, latest, listed, undated
from onrecord.ledger.choosing import Asked
from onrecord.ledger.days import days_of, earlier
from onrecord.ledger.events import Listed
from onrecord.ledger.lately import Since
from onrecord.ledger.looks import look, looked
from onrecord.ledger.state import LASTING
from onrecord.publish.days import readable_day
from onrecord.web.addresses import over_tls
from onrecord.web.admission import Form, given_by_anybody
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

COMING, OPEN, CHANGED = 30, 12, 15
"""How many are shown of what is coming, of what has no date, and of what changed or is new."""

LATELY = 6
"""Days of publication before the last one that count where a reader has not said since when."""

SEEN = "seen"
"""The cookie that remembers the last document of the ledger that a reader has seen who has not said who he is."""

KEPT = 400 * 24 * 60 * 60
"""Seconds that it is kept."""


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
    person = request.scope["user"]
    with desk.ledger() as ledger:
        now, last = day or latest(ledger), last_document(ledger)
        seen = looked(ledger, person.name) if person else _number(request.cookies.get(SEEN, ""))
        by_look = seen is not None and first is None and day is None
        first = first or (earlier(now, LATELY) if now and not by_look else None)
        moved = lately(ledger, Since(document=seen) if by_look else Since(first), day, CHANGED)
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


@post("/seen", sync_to_thread=True, include_in_schema=False, dependencies={"posted": Provide(given_by_anybody)})
def seen(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Keep that the reader has seen what the ledger held until a document; his browser does where he is not known."""
    person, number = request.scope["user"], _number(posted.get("document", "")) or 0
    if person is None:
        cookie = Cookie(SEEN, path="/", value=str(number), max_age=KEPT, httponly=True, samesite="lax",
                        secure=over_tls(request))  # fmt: skip
        return Redirect("/", status_code=303, cookies=[cookie])
    request.app.state.writes.take(person.name)
    with desk.ledger() as ledger:
        look(ledger, person.name, number)
    return Redirect("/", status_code=303)


def _number(given: str) -> int | None:
    """The number of a document, as a form or a cookie has it; None for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < len(str(2**63)) else None


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

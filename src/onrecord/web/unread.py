"""What could not be read, as a page: which place, why, since when, and which source names it.

Promise: what is missing from the ledger is told to its readers as plainly as what is in it. The odd case that forced
the shape: the address of a feed that is not for everybody has a word in it that lets one in, so that of sources readers
are shown the host alone, as on the page of sources.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import QueryParameter
from litestar.response import Template
from msgspec.structs import replace

from onrecord.acquire.counting import is_address
from onrecord.ledger.questions import Problem, latest_problems
from onrecord.web.addresses import shown_of
from onrecord.web.comments import may_moderate
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

PART = 50
"""Places on one page."""


@get("/problems", sync_to_thread=True, include_in_schema=False)
def unread(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    at: Annotated[int, QueryParameter(name="part", ge=1, le=10_000, description="Which part of the list.")] = 1,
) -> Template:
    """Return the page of what could not be read and has not been since, the last first."""
    with desk.ledger() as ledger:
        found = latest_problems(ledger, PART + 1, (at - 1) * PART)
    return page(
        request, "unread.html.jinja", title="What could not be read", as_of=a_day(as_of), at=at,
        shown=[as_told(each, may_moderate(request)) for each in found[:PART]], more=len(found) > PART,
    )  # fmt: skip


def as_told(problem: Problem, whole: bool) -> Problem:
    """Return a problem as it may be told: a source is told by `shown_of`, also where its address stands elsewhere.

    So is an address that no feed or list names: it may be of one that is followed no longer, or was fetched once.
    """
    place, source = problem.place, problem.source
    asked = source or (place if is_address(place) else None)
    if asked is None:
        return problem
    shown = shown_of(asked, whole)
    own = place.startswith(asked) and place[len(asked) :][:1] in ("", ":")
    return replace(
        problem,
        place=shown + place[len(asked) :] if own else place,
        reason=problem.reason.replace(asked, shown),
        source=source and shown,
    )

"""What a reader should know of the desk: versions, what the signs mean, the licence; and the keys.

Promise: what the page says of the signs is what all pages show.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from litestar import Request, get
from litestar.response import Template

from onrecord.ledger import latest
from onrecord.ledger.questions import readers
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

STATUSES = {
    "mooted": "somebody speaks of it as possible",
    "planned": "somebody says that it will be, without a day",
    "scheduled": "it has a day, or is told as fixed",
    "postponed": "it was put off; until a new date is told it has none",
    "cancelled": "it was called off",
    "underway": "it has begun",
    "occurred": "it is told as held",
}
"""What each state of an event means (docs/planned-events.md)."""

SETTLED = {
    "settled": "told as fixed",
    "provisional": "told as likely, expected, or by one who is not sure",
    "open": "told as not decided yet",
    "contested": "two who are as firm say otherwise, within days of each other: both are shown",
    "not_mentioned": "nobody says",
}
"""What each sign of a value means (docs/ledger.md)."""


@get("/about", sync_to_thread=True, include_in_schema=False)
def about(request: Request[Any, Any, Any], desk: OfDesk, as_of: AsOf = None) -> Template:
    """Return the page about the desk."""
    with desk.ledger() as ledger:
        known, day = readers(ledger), latest(ledger)
    return page(
        request,
        "about.html.jinja",
        title="About",
        as_of=a_day(as_of),
        version=version("onrecord"),
        readers=known,
        latest=day,
        statuses=STATUSES,
        settled=SETTLED,
    )


@get("/keys", sync_to_thread=False, include_in_schema=False)
def keys(request: Request[Any, Any, Any], as_of: AsOf = None) -> Template:
    """Return the list of keys."""
    return page(request, "keys.html.jinja", title="Keys", as_of=a_day(as_of))

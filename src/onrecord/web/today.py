"""The first page: what changed, what is coming, what is open and what is contested."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.response import Template

from onrecord.ledger import events
from onrecord.publish.objects import event_object, still_open
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

MOST = 50


@get("/", sync_to_thread=True, include_in_schema=False)
def today(request: Request[Any, Any, Any], desk: OfDesk, as_of: AsOf = None) -> Template:
    """Return the first page."""
    day = a_day(as_of)
    with desk.ledger() as ledger:
        coming = [(event_object(held), still_open(held)) for held in events(ledger, "", day, most=MOST)]
    return page(request, "today.html.jinja", title="Today", as_of=day, coming=coming)

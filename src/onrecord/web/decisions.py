"""What people decided, as a page, and the forms by which they do.

Promise: every decision is listed with who, when and why, and can be taken back from there; nothing of it is ever lost.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import decisions
from onrecord.ledger.decided import is_there, of_relations
from onrecord.publish.objects import decision_object
from onrecord.web.admission import Form, inside, writing
from onrecord.web.comments import at_part, name_of, taken
from onrecord.web.deciding import SameGiven, decide, of_form
from onrecord.web.desk import OfDesk
from onrecord.web.pages import page

PART = 50
"""Decisions on one page."""

At = Annotated[int, QueryParameter(name="part", ge=1, le=10_000, description="Which part of the list.")]


@get("/", sync_to_thread=True, include_in_schema=False)
def decisions_page(request: Request[Any, Any, Any], desk: OfDesk, at: At = 1) -> Template:
    """Return the page of all decisions, the latest first."""
    with desk.ledger() as ledger:
        held = [decision_object(*each) for each in reversed(decisions(ledger))]
        shown = held[(at - 1) * PART : at * PART]
        beside = of_relations(ledger, shown)
    return page(
        request, "decisions.html.jinja", title="What people decided", shown=shown, at=at, more=len(held) > at * PART,
        beside=beside,
    )  # fmt: skip


@get("/{number:int}", sync_to_thread=True, include_in_schema=False)
def decision_at(desk: OfDesk, number: FromPath[int]) -> Redirect:
    """Lead to where a decision stands now: later ones move it on to another part of the list."""
    with desk.ledger() as ledger:
        made = [each.number for each, _ in decisions(ledger)]
    if number not in made:
        raise NotFoundException(f"there is no decision {number}")
    after = len(made) - 1 - made.index(number)
    return at_part("/decisions", after // PART, f"decision-{number}")


@post("/", sync_to_thread=True, include_in_schema=False, guards=[writing])
def decide_by_form(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Keep a decision and go back to where the form stood; of two that are one now to the one that has kept its id.

    A form that stands beside a fact names the place to which it leads back; from others one comes to the decision.
    """
    given, back = of_form(posted), inside(posted.get("next", "/decisions"))
    with desk.ledger() as ledger:
        number = taken(lambda: decide(ledger, given, name_of(request), datetime.now(UTC)))
        if isinstance(given, SameGiven) and not is_there(ledger, given.one):
            back = back.replace(given.one, given.other)
    return Redirect(back if "#" in back else f"{back}#decision-{number}", status_code=303)


DECISIONS = Router("/decisions", route_handlers=[decisions_page, decision_at, decide_by_form])
"""All of them; why a router: `web.comments.COMMENTS`."""

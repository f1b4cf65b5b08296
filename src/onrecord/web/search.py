"""Search over everything: statements, events, documents, people, bodies and places, with counts by which to narrow it.

Promise: what people type is words, whatever signs are in it, and each answer shows the words where they were found: in
an article's text with the way there. The odd case that forced the shape: an empty question has half a million answers,
so it has none, and the page shows how to ask.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from onrecord.ledger import choosing, entities
from onrecord.ledger.days import days_of
from onrecord.ledger.facets import Facet, Found
from onrecord.ledger.kept import outlets
from onrecord.ledger.questions import MOST_WORDS, Between, HeldStatement, left_out
from onrecord.ledger.searching import (
    BEST,
    Asked,
    search_documents,
    search_entities,
    search_events,
    search_statements,
)
from onrecord.ledger.store import Ledger
from onrecord.nouns import EntityType, Form
from onrecord.publish.facts import FORM_NAMES
from onrecord.publish.snippets import Bit, snippet
from onrecord.web.desk import OfDesk
from onrecord.web.files import suffixes
from onrecord.web.pages import AsOf, a_day, a_form, a_kind, a_status, a_type, one_of, page

What = Literal["statements", "events", "documents", "entities"]
WHAT: tuple[What, ...] = get_args(What)

SHOWN = 20
"""Answers to a page."""
BEST_BETS = 3
"""People, bodies or places that are named beside statements."""
AMONG = 100
"""Events that are looked at for a status, a kind or days, where no words are asked."""

_PUBLISHED = {"who says it": "by", "whom it is about": "about", "outlet": "outlet"}
_FACTS = {"form": "form"}
_EVENTS = {"status": "status", "kind": "kind"}
_NAMES = {"type": "type"}
_DAYS = {"the first day": "from", "the last day": "to"}
_NOT_OF: dict[What, dict[str, str]] = {
    "statements": _EVENTS | _NAMES,
    "events": _PUBLISHED | _FACTS | _NAMES,
    "documents": _FACTS | _EVENTS | _NAMES,
    "entities": _PUBLISHED | _FACTS | _EVENTS | _DAYS,
}
"""What does not choose among things of a kind, by what it is called, and the field in which it is asked."""

FACETS: dict[Facet, str] = {
    "by": "Who speaks", "form": "Form", "status": "Status", "kind": "Kind", "type": "Type", "outlet": "Outlet",
    "about": "About", "month": "When",
}  # fmt: skip
"""What facets are called, in their order."""

LONGEST = 500
"""Characters of a question that are looked at."""


@get("/search", sync_to_thread=True, include_in_schema=False)
def find(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    q: FromQuery[str] = "",
    what: FromQuery[str] = "statements",
    by: FromQuery[str] = "",
    about: FromQuery[str] = "",
    form: FromQuery[str] = "",
    outlet: FromQuery[str] = "",
    first: Annotated[str, QueryParameter(name="from")] = "",
    last: Annotated[str, QueryParameter(name="to")] = "",
    status: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    type: FromQuery[str] = "",
    begin: Annotated[int, QueryParameter(ge=0, le=BEST)] = 0,
) -> Template:
    """Return the answers to a question, or how to ask one."""
    day = a_day(as_of)
    what_of = one_of(WHAT, what, "what", "list of the search") or "statements"
    given = {"q": q, "what": "" if what_of == "statements" else what_of, "by": by, "about": about}
    given |= {"form": a_form(form) or "", "outlet": outlet, "from": first, "to": last, "as_of": day or ""}
    given |= {"status": a_status(status) or "", "kind": a_kind(kind) or "", "type": a_type(type) or ""}
    days = Between(a_day(first), a_day(last))
    nothing = not any((q.strip(), *(value for key, value in given.items() if key not in {"q", "what", "as_of"})))
    told: dict[str, Any] = {"found": None, "shown": [], "bets": []}
    with desk.ledger() as ledger:
        if not nothing:
            told |= _answers(ledger, what_of, given, days, day, begin)
        told["outlets"] = outlets(ledger, as_of=day) if nothing else []

    def narrowed(**changes: str) -> str:
        return "/search?" + urlencode([(key, value) for key, value in (given | changes).items() if value])

    return page(
        request, "search.html.jinja", title=f"Search: {q}" if q else "Search", as_of=day,
        asked=given, what=what_of, kinds=WHAT, facets=FACETS, names=_names(told["found"]), forms_known=get_args(Form),
        nothing=nothing, begin=begin, most=SHOWN, narrowed=narrowed, last_day=_last_day,
        unasked=[name for name, value in _NOT_OF[what_of].items() if given[value]],
        left_out=left_out(q[:LONGEST]) if what_of in {"statements", "documents"} else [], most_words=MOST_WORDS,
        take=suffixes(what_of) if what_of in {"statements", "events"} else [], **told,
    )  # fmt: skip


def _answers(
    ledger: Ledger, what: What, given: dict[str, str], days: Between, day: str | None, begin: int
) -> dict[str, Any]:
    """What a page shows of the answers of one kind; ``days``: of events those on which they take place."""
    words = given["q"][:LONGEST]
    if what == "events":
        asked = choosing.Asked(words, day, days, given["status"] or None, given["kind"] or None, AMONG)
        events = search_events(ledger, asked, begin, SHOWN)
        return {"found": events, "shown": events.items}
    if what == "entities":
        of_type: EntityType | None = next((each for each in get_args(EntityType) if each == given["type"]), None)
        names = search_entities(ledger, words, of_type, day, begin, SHOWN)
        return {"found": names, "shown": names.items}
    until = Between(days.first, min(filter(None, (days.last, day)), default=None))
    by, about = given["by"][:LONGEST], given["about"][:LONGEST]
    wanted = Asked(words, by, about, given["form"] or None, given["outlet"] or None, until)
    if what == "documents":
        documents = search_documents(ledger, wanted, begin, SHOWN)
        shown = [
            (each, snippet(each.title or each.name, words), [(at, snippet(at.text, words)) for at in each.passages])
            for each in documents.items
        ]
        return {"found": documents, "shown": shown}
    statements = search_statements(ledger, wanted, begin, SHOWN)
    return {
        "found": statements,
        "shown": [_hit(each, words) for each in statements.items],
        "bets": entities(ledger, words, None, day, BEST_BETS) if words.strip() and not begin else [],
    }


def _hit(each: HeldStatement, words: str) -> tuple[HeldStatement, list[Bit]]:
    return each, snippet(each.words, words)


def _names(found: Found[Any] | None) -> dict[str, str]:
    """What those values are called by which an answer can be narrowed."""
    told = (each for name in ("by", "about") for each in found.facets.get(name, ())) if found else ()
    return {each.value: each.label for each in told} | FORM_NAMES


def _last_day(month: str) -> str:
    found = days_of(month)
    return found.last if found else month

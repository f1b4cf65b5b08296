"""Search over everything: statements, events, documents, people, bodies and places, with counts by which to narrow it.

Promise: what people type is words, whatever signs are in it, and each answer shows the words where they were found. The
odd case that forced the shape: an empty question has half a million answers, so it has none, and the page shows how to
ask.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from onrecord.ledger import entities, events
from onrecord.ledger.days import days_of
from onrecord.ledger.kept import outlets
from onrecord.ledger.questions import Between, HeldStatement
from onrecord.ledger.searching import BEST, Asked, Counted, Found, search, titled
from onrecord.ledger.store import Ledger
from onrecord.nouns import Form
from onrecord.publish.facts import FORM_NAMES
from onrecord.publish.objects import event_object
from onrecord.publish.snippets import Bit, snippet
from onrecord.web.desk import OfDesk
from onrecord.web.files import suffixes
from onrecord.web.pages import AsOf, a_day, page

What = Literal["statements", "events", "documents", "entities"]
WHAT: tuple[What, ...] = get_args(What)

SHOWN = 20
"""Answers to a page."""
OTHERS = 50
"""Events, documents or entities that are listed: they are narrowed by words."""
BEST_BETS = 3
"""People, bodies or places that are named beside statements."""

_NOT_OF: dict[What, dict[str, str]] = {
    "statements": {},
    "events": {"who says it": "by", "whom it is about": "about", "form": "form", "outlet": "outlet"},
    "documents": {"who says it": "by", "whom it is about": "about", "form": "form"},
    "entities": {
        "who says it": "by", "whom it is about": "about", "form": "form", "outlet": "outlet",
        "the first day": "from", "the last day": "to",
    },
}  # fmt: skip
"""What does not choose among things of a kind, by what it is called, and the field in which it is asked."""

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
    begin: Annotated[int, QueryParameter(ge=0, le=BEST)] = 0,
) -> Template:
    """Return the answers to a question, or how to ask one."""
    day = a_day(as_of)
    asked = _asked(q, by, about, form, outlet, Between(a_day(first), a_day(last)), day)
    kind: What = next((each for each in WHAT if each == what), "statements")
    given = {"q": q, "what": "" if kind == "statements" else kind, "by": by, "about": about, "form": asked.form or ""}
    given |= {"outlet": outlet, "from": first, "to": last, "as_of": day or ""}
    unasked = [name for name, value in _NOT_OF[kind].items() if given[value]]
    nothing = not any((asked.words.strip(), by, about, asked.form, outlet, first, last))
    told: dict[str, Any] = {"found": None, "others": [], "hits": [], "bets": [], "names": {}}
    with desk.ledger() as ledger:
        if not nothing:
            told |= _answers(ledger, kind, asked, Between(a_day(first), a_day(last)), day, begin)
        told["outlets"] = outlets(ledger, as_of=day) if nothing else []

    def narrowed(**changes: str) -> str:
        return "/search?" + urlencode([(key, value) for key, value in (given | changes).items() if value])

    return page(
        request, "search.html.jinja", title=f"Search: {q}" if q else "Search", as_of=day,
        q=q, what=kind, kinds=WHAT, by=by, about=about, form=asked.form or "", outlet=outlet, first=first, last=last,
        forms_known=get_args(Form), nothing=nothing, begin=begin, most=SHOWN, best=BEST, narrowed=narrowed,
        last_day=_last_day, unasked=unasked, take=suffixes(kind) if kind in {"statements", "events"} else [], **told,
    )  # fmt: skip


def _asked(q: str, by: str, about: str, form: str, outlet: str, days: Between, day: str | None) -> Asked:
    until = min(filter(None, (days.last, day)), default=None)
    known = form if form in get_args(Form) else None
    return Asked(q[:LONGEST], by[:LONGEST], about[:LONGEST], known, outlet or None, Between(days.first, until))


def _answers(ledger: Ledger, kind: What, asked: Asked, days: Between, day: str | None, begin: int) -> dict[str, Any]:
    """What a page shows of the answers of one kind; ``days``: of events those on which they take place."""
    if kind == "events":
        return {"others": [event_object(each) for each in events(ledger, asked.words, day, days, most=OTHERS)]}
    if kind == "documents":
        return {"others": [(each, snippet(each.title or each.name, asked.words)) for each in titled(ledger, asked)]}
    if kind == "entities":
        return {"others": entities(ledger, asked.words, None, day, OTHERS)}
    found = search(ledger, asked, begin, SHOWN)
    bets = entities(ledger, asked.words, None, day, BEST_BETS) if asked.words.strip() and not begin else []
    return {
        "found": found,
        "hits": [_hit(each, asked.words) for each in found.statements],
        "bets": bets,
        "names": _names(found),
    }


def _hit(each: HeldStatement, words: str) -> tuple[HeldStatement, list[Bit]]:
    return each, snippet(each.words, words)


def _names(found: Found) -> dict[str, str]:
    """What those values are called by which an answer can be narrowed."""
    every: list[Counted] = [*found.who, *found.events]
    return {each.value: each.label for each in every} | FORM_NAMES


def _last_day(month: str) -> str:
    found = days_of(month)
    return found.last if found else month

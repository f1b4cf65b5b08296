"""Search over everything: what was read and what people wrote of it, with how many answers each list has.

Promise: what people type is words, whatever signs are in it, and each answer shows the words where they were found: in
an article's text with the way there. The odd case that forced the shape: an empty question has half a million answers,
so it has none, and the page shows how to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple, get_args
from urllib.parse import urlencode

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Template

from onrecord.ledger import choosing, entities, written
from onrecord.ledger.counts import Count
from onrecord.ledger.days import days_of
from onrecord.ledger.decided import of_relations
from onrecord.ledger.facets import Facet, Found
from onrecord.ledger.kept import outlets
from onrecord.ledger.questions import MOST_WORDS, Between, HeldStatement, left_out
from onrecord.ledger.said import Asked, count_statements
from onrecord.ledger.searching import (
    BEST,
    count_documents,
    count_entities,
    count_events,
    search_documents,
    search_entities,
    search_events,
    search_statements,
)
from onrecord.ledger.store import Ledger
from onrecord.nouns import EntityType, Form
from onrecord.publish.facts import FORM_NAMES
from onrecord.publish.formats import Kind as Of
from onrecord.publish.snippets import Bit, snippet
from onrecord.web.comments import may_moderate
from onrecord.web.desk import OfDesk
from onrecord.web.files import suffixes
from onrecord.web.pages import AsOf, a_day, a_form, a_kind, a_status, a_type, one_of, page

SHOWN = 20
"""Answers to a page."""
BEST_BETS = 3
"""People, bodies or places that are named beside statements."""
AMONG = 100
"""Events that are looked at for a status, a kind or days, where no words are asked."""
LONGEST = 500
"""Characters of a question that are looked at."""


class _Question(NamedTuple):
    """What is asked, as the lists of the search take it."""

    words: str
    said: Asked
    held: choosing.Asked
    """Of events: days are those on which they take place."""
    type: EntityType | None
    written: written.Asked
    """Of comments and decisions."""


class _Kind(NamedTuple):
    """A list of the search."""

    told: str
    """What its tab is called."""
    noun: str
    """What one of its answers is called."""
    chosen_by: frozenset[str]
    """The fields of a question by which it is chosen among what is in it."""
    find: Callable[[Ledger, _Question, int], dict[str, Any]]
    """What a page shows of the answers behind so many others: ``found``, ``shown`` and what goes with them."""
    how_many: Callable[[Ledger, _Question], Count | None]
    """None: it is not told without a look at the answers."""
    files: tuple[Of, ...] = ()
    """As what they can be taken along."""


CALLED = {
    "by": "who says it", "about": "whom it is about", "form": "form", "outlet": "outlet", "status": "status",
    "kind": "kind", "type": "type", "from": "the first day", "to": "the last day",
}  # fmt: skip
"""What the fields of a question are called but for its words, in their order."""

FACETS: dict[Facet, str] = {
    "by": "Who speaks", "form": "Form", "status": "Status", "kind": "Kind", "type": "Type", "outlet": "Outlet",
    "about": "About", "month": "When",
}  # fmt: skip
"""What facets are called, in their order."""


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
    chosen = one_of(tuple(KINDS), what, "what", "list of the search") or STATEMENTS
    given = {"q": q, "what": "" if chosen == STATEMENTS else chosen, "by": by, "about": about}
    given |= {"form": a_form(form) or "", "outlet": outlet, "from": first, "to": last, "as_of": day or ""}
    given |= {"status": a_status(status) or "", "kind": a_kind(kind) or "", "type": a_type(type) or ""}
    asked = _question(given, Between(a_day(first), a_day(last)), day, may_moderate(request))
    nothing = not any((q.strip(), *(given[each] for each in CALLED)))
    told: dict[str, Any] = {"found": None, "shown": [], "bets": [], "counts": {}}
    with desk.ledger() as ledger:
        if not nothing:
            told |= KINDS[chosen].find(ledger, asked, begin)
            told["counts"] = _counts(ledger, chosen, told["found"], given, asked)
        told["outlets"] = outlets(ledger, as_of=day) if nothing else []

    def narrowed(**changes: str) -> str:
        return "/search?" + urlencode([(key, value) for key, value in (given | changes).items() if value])

    return page(
        request, "search.html.jinja", title=f"Search: {q}" if q else "Search", as_of=day,
        asked=given, what=chosen, kinds=KINDS, facets=FACETS, names=_names(told["found"]), forms_known=get_args(Form),
        nothing=nothing, begin=begin, most=SHOWN, narrowed=narrowed, last_day=_last_day,
        unasked=[name for key, name in CALLED.items() if given[key] and key not in KINDS[chosen].chosen_by],
        left_out=left_out(asked.words) if chosen not in {"events", "entities"} else [], most_words=MOST_WORDS,
        take=suffixes(*KINDS[chosen].files), **told,
    )  # fmt: skip


def _question(given: Mapping[str, str], days: Between, day: str | None, moderator: bool) -> _Question:
    words, by, about = (given[each][:LONGEST] for each in ("q", "by", "about"))
    until = Between(days.first, min(filter(None, (days.last, day)), default=None))
    return _Question(
        words,
        Asked(words, by, about, given["form"] or None, given["outlet"] or None, until),
        choosing.Asked(words, day, days, given["status"] or None, given["kind"] or None, AMONG),
        a_type(given["type"]),
        written.Asked(words, by, day, moderator),
    )


def _counts(
    ledger: Ledger, shown: str, found: Found[Any], given: Mapping[str, str], asked: _Question
) -> dict[str, Count]:
    """How many answers each list has; of one in which nothing that is asked chooses it is not told.

    ``shown``: the list whose answers were ``found``; they are counted anew where they are the best `BEST` alone.
    """
    counts: dict[str, Count] = {}
    for name, kind in KINDS.items():
        known = Count(found.total, found.capped) if name == shown else None
        if known is None or known.number == BEST:
            wanted = any(given[each].strip() for each in kind.chosen_by)
            known = (kind.how_many(ledger, asked) if wanted else None) or known
        if known is not None:
            counts[name] = known
    return counts


def _statements(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found, words = search_statements(ledger, asked.said, begin, SHOWN), asked.words
    named = entities(ledger, words, None, asked.held.as_of, BEST_BETS) if words.strip() and not begin else []
    return {"found": found, "shown": [_hit(each, words) for each in found.items], "bets": named}


def _documents(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found, words = search_documents(ledger, asked.said, begin, SHOWN), asked.words
    shown = [
        (each, snippet(each.title or each.name, words), [(at, snippet(at.text, words)) for at in each.passages])
        for each in found.items
    ]
    return {"found": found, "shown": shown}


def _events(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found = search_events(ledger, asked.held, begin, SHOWN)
    return {"found": found, "shown": found.items}


def _count_events(ledger: Ledger, asked: _Question) -> Count | None:
    """Without words they are some of those that are looked at, whose number tells nothing."""
    return count_events(ledger, asked.held) if asked.words.strip() else None


def _entities(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found = search_entities(ledger, asked.words, asked.type, asked.held.as_of, begin, SHOWN)
    return {"found": found, "shown": found.items}


def _count_entities(ledger: Ledger, asked: _Question) -> Count | None:
    """Without words they are all of a type, each of whom is looked at to be counted."""
    return count_entities(ledger, asked.words, asked.type, asked.held.as_of) if asked.words.strip() else None


def _comments(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found = written.search_comments(ledger, asked.written, begin, SHOWN)
    return {"found": found, "shown": [(each, snippet(each.text, asked.words)) for each in found.items]}


def _decisions(ledger: Ledger, asked: _Question, begin: int) -> dict[str, Any]:
    found = written.search_decisions(ledger, asked.written, begin, SHOWN)
    shown = [(each.decision, each.documents, snippet(each.decision.reason, asked.words)) for each in found.items]
    beside = of_relations(ledger, [each.decision for each in found.items], asked.written.as_of)
    return {"found": found, "shown": shown, "beside": beside}


STATEMENTS = "statements"
"""The list that is shown where none is chosen."""

KINDS: dict[str, _Kind] = {
    STATEMENTS: _Kind(
        "Statements", "statement", frozenset({"q", "by", "about", "form", "outlet", "from", "to"}),
        _statements, lambda ledger, asked: count_statements(ledger, asked.said), ("statements",),
    ),
    "events": _Kind(
        "Events", "event", frozenset({"q", "status", "kind", "from", "to"}), _events, _count_events, ("events",),
    ),
    "documents": _Kind(
        "Documents", "document", frozenset({"q", "by", "about", "outlet", "from", "to"}),
        _documents, lambda ledger, asked: count_documents(ledger, asked.said),
    ),
    "entities": _Kind(
        "Who", "name", frozenset({"q", "type"}), _entities, _count_entities,
    ),
    "comments": _Kind(
        "Comments", "comment", frozenset({"q", "by"}),
        _comments, lambda ledger, asked: written.count_comments(ledger, asked.written),
    ),
    "decisions": _Kind(
        "Decisions", "decision", frozenset({"q", "by"}),
        _decisions, lambda ledger, asked: written.count_decisions(ledger, asked.written),
    ),
}  # fmt: skip
"""The lists of the search by what an address calls them, in their order."""


def _hit(each: HeldStatement, words: str) -> tuple[HeldStatement, list[Bit]]:
    return each, snippet(each.words, words)


def _names(found: Found[Any] | None) -> dict[str, str]:
    """What those values are called by which an answer can be narrowed."""
    told = (each for name in ("by", "about") for each in found.facets.get(name, ())) if found else ()
    return {each.value: each.label for each in told} | FORM_NAMES


def _last_day(month: str) -> str:
    found = days_of(month)
    return found.last if found else month

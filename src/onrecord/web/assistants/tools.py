"""The tools: what an assistant can ask of a ledger, each with what goes in and what comes out.

Promise: a tool reads and never writes; its inputs and outputs are described by JSON Schemas that are made of the very
types that it takes and gives. The odd case that forced the shape: an assistant reads names and descriptions and
nothing else, so that these are the manual, and every word in them is for somebody who has never seen a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from onrecord.answers import Ledger
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.naming import families
from onrecord.ledger.questions import HeldDocument, HeldStatement
from onrecord.nouns import EntityType, Form, Status
from onrecord.publish.findings import FindingObject
from onrecord.publish.objects import BriefObject, ChangeObject, EventObject
from onrecord.publish.site import Site, escaped
from onrecord.web.assistants.answer import Answer, Found, Item

T = TypeVar("T")

AsOf = Annotated[str | None, Meta(description="Only what was published by this day counts: 2031-05-24. Null: all.")]
Since = Annotated[str | None, Meta(description="Only what was published on this day or later: 2031-05-01.")]
Most = Annotated[int, Meta(ge=1, le=50, description="How many at most.")]
Cursor = Annotated[
    Annotated[str, Meta(pattern="^[0-9]{1,4}$")] | None, Meta(description="An answer's `more`, to go on behind it.")
]
Words = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=500)]

FARTHEST = 1_000
"""Answers behind which nothing is counted off any more: ask with more words or days."""

CONTEXT = 400
"""Characters before and behind a passage."""

PASSAGE = 8_000
"""Characters of a passage or of a document that are shown at once."""


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tool is asked, with the day as of which it is to answer."""

    as_of: AsOf = None


class Many(Asked, frozen=True, kw_only=True):
    """A question with many answers."""

    most: Most = 10
    cursor: Cursor = None


Version = Annotated[
    str | None, Meta(description="Which of the texts that came in under this id, as a statement's `version` has it.")
]


class SearchStatements(Many, frozen=True, kw_only=True):
    """What to search statements for."""

    words: Annotated[Words, Meta(description="Words that the statement holds, all of them. Empty: the latest.")] = ""
    by: Annotated[Words, Meta(description="Who said it: words of a name, or an entity's id (P…).")] = ""
    about: Annotated[Words, Meta(description="Of whom or what it speaks: a name, or an id of an entity or event.")] = ""
    form: Annotated[Form | None, Meta(description="direct: between quotation marks; indirect; mixed.")] = None
    since: Since = None


class SearchDocuments(Many, frozen=True, kw_only=True):
    """What to search documents for."""

    words: Annotated[
        Annotated[str, Meta(min_length=1, max_length=500)],
        Meta(description="Words that the article or its title holds, all of them, in any order."),
    ]
    by: Annotated[Words, Meta(description="Who speaks in it: words of a name, or an entity's id (P…).")] = ""
    about: Annotated[Words, Meta(description="An event that it tells of (E…), or whom it names: a name or id.")] = ""
    outlet: Annotated[Words | None, Meta(description="Only what this outlet published.")] = None
    since: Since = None


class ListEvents(Many, frozen=True, kw_only=True):
    """Which events to list."""

    words: Annotated[Words, Meta(description="What the event is called. Empty: what lies ahead, soonest first.")] = ""
    dated_from: Annotated[str | None, Meta(description="Only events that take place on this day or later.")] = None
    dated_to: Annotated[str | None, Meta(description="Only events that take place on this day or earlier.")] = None
    status: Annotated[Status | None, Meta(description="Only events in this state.")] = None
    kind: Annotated[
        str | None, Meta(description="Only events of this kind.", extra_json_schema={"enum": [*families(), None]})
    ] = None


class ShowEvent(Asked, frozen=True, kw_only=True):
    """Which event to show."""

    event: Annotated[Name, Meta(description="An event's id (E…), or words that name it.")]


class WhatChanged(Many, frozen=True, kw_only=True):
    """From when on changes are asked for."""

    since: Annotated[Name, Meta(description="The first day of publication that counts: 2031-05-01.")]


class CheckQuote(Asked, frozen=True, kw_only=True):
    """The quote to check."""

    quote: Annotated[str, Meta(min_length=1, max_length=10_000, description="The words as they were printed.")]
    speaker: Annotated[str | None, Meta(description="Who is told to have said them.")] = None
    date: Annotated[str | None, Meta(description="When they were printed: 2031-05-24.")] = None
    transcript: Annotated[str | None, Meta(description="The only document that counts, by its id.")] = None


class GetEvidence(Asked, frozen=True, kw_only=True):
    """The passage to show."""

    document: Annotated[Name, Meta(description="The document's id.")]
    start: Annotated[int, Meta(ge=0, description="Where the passage begins, in characters: a span's first number.")]
    stop: Annotated[int, Meta(ge=0, description="Where it ends: a span's second number.")]
    version: Version = None


class FindEntity(Many, frozen=True, kw_only=True):
    """Whom to find."""

    name: Annotated[Words, Meta(description="Words of the name, or an id (P…). Empty: those heard most.")] = ""
    type: Annotated[EntityType | None, Meta(description="Only persons, bodies, places and so on.")] = None


class ShowDocument(Asked, frozen=True, kw_only=True):
    """The document to show."""

    document: Annotated[Name, Meta(description="The document's id.")]
    start: Annotated[int, Meta(ge=0, description="Where to begin, in characters of its text.")] = 0
    version: Version = None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a document's text, with what stands before and behind it."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    """Where the document was published, as it says itself."""
    length: int
    """Characters of the whole text."""
    span: tuple[int, int]
    before: str
    text: str
    after: str


class Tool(NamedTuple):
    """A tool: its name, what it is for, what goes in, what comes out, and how it is answered."""

    name: str
    title: str
    told: str
    asks: type[Asked]
    finds: type
    find: Callable[[Ledger, Any, Site], Found]

    @property
    def answers(self) -> Any:
        """The type of its answer."""
        return Answer[self.finds]  # type: ignore[name-defined]


def uri(kind: str, name: str) -> str:
    """Return the address of a resource of this server."""
    return f"onrecord://{kind}/{escaped(name)}"


def _search_statements(ledger: Ledger, asked: SearchStatements, site: Site) -> Found:
    most, at = _wanted(asked)
    found = ledger.statements(
        asked.words, by=asked.by, about=asked.about, form=asked.form, since=asked.since, as_of=asked.as_of, most=most
    )
    return _page(
        asked, found[at:],
        lambda each: Item(
            uri("documents", each.document), site.statement(each.document, each.span, each.edition), each
        ),
    )  # fmt: skip


def _search_documents(ledger: Ledger, asked: SearchDocuments, site: Site) -> Found:
    most, at = _wanted(asked)
    found = ledger.documents(
        asked.words, by=asked.by, about=asked.about, outlet=asked.outlet, since=asked.since, as_of=asked.as_of,
        most=most,
    )  # fmt: skip
    return _page(
        asked, found[at:], lambda each: Item(uri("documents", each.name), site.document(each.name, each.version), each)
    )


def _list_events(ledger: Ledger, asked: ListEvents, site: Site) -> Found:
    most, at = _wanted(asked)
    found = ledger.events(
        asked.words, as_of=asked.as_of, dated_from=asked.dated_from, dated_to=asked.dated_to, status=asked.status,
        kind=asked.kind, most=most,
    )  # fmt: skip
    return _page(asked, found[at:], lambda each: Item(uri("events", each.id), site.event(each.id), each))


def _show_event(ledger: Ledger, asked: ShowEvent, site: Site) -> Found:
    found = ledger.event(asked.event, as_of=asked.as_of)
    return Found((Item(uri("events", found.id), site.event(found.id), found),), asked.as_of)


def _what_changed(ledger: Ledger, asked: WhatChanged, site: Site) -> Found:
    most, at = _wanted(asked)
    found = ledger.changes(since=asked.since, as_of=asked.as_of, most=most)
    return _page(asked, found[at:], lambda each: Item(uri("events", each.event), site.event(each.event), each))


def _check_quote(ledger: Ledger, asked: CheckQuote, site: Site) -> Found:
    found = ledger.check(
        asked.quote, speaker=asked.speaker, date=asked.date, transcript=asked.transcript, as_of=asked.as_of
    )
    name = found.transcript
    link = site.document(name) if name else None
    return Found((Item(uri("documents", name) if name else "", link, found),), asked.as_of)


def _get_evidence(ledger: Ledger, asked: GetEvidence, site: Site) -> Found:
    return _passage(ledger, asked, site, asked.stop, CONTEXT)


def _show_document(ledger: Ledger, asked: ShowDocument, site: Site) -> Found:
    return _passage(ledger, asked, site, None, 0)


def _find_entity(ledger: Ledger, asked: FindEntity, site: Site) -> Found:
    most, at = _wanted(asked)
    found = ledger.entities(asked.name, type=asked.type, as_of=asked.as_of, most=most)
    return _page(asked, found[at:], lambda each: Item(uri("entities", each.id), site.entity(each.id), each))


def _passage(ledger: Ledger, asked: GetEvidence | ShowDocument, site: Site, stop: int | None, context: int) -> Found:
    """A document's text from where it was asked for up to ``stop`` (None: its end), but no more than `PASSAGE`."""
    document = ledger.reading(asked.document, as_of=asked.as_of, version=asked.version).document
    text, start = document.text, asked.start
    wanted = len(text) if stop is None else min(stop, len(text))
    if wanted <= start:
        raise ValueError(f"no passage begins at {start} and ends at {wanted}: the text has {len(text)} characters")
    end = min(wanted, start + PASSAGE)
    passage = Passage(
        document=document.id, title=document.title, outlet=document.outlet,
        published=document.published.value if document.published else None, url=document.url, length=len(text),
        span=(start, end), before=text[max(0, start - context) : start], text=text[start:end],
        after=text[end : end + context],
    )  # fmt: skip
    item = Item(uri("documents", document.id), site.passage(document.id, (start, end), asked.version), passage)
    return Found((item,), asked.as_of, str(end) if end < wanted else None, longest=PASSAGE)


def _wanted(asked: Many) -> tuple[int, int]:
    """How many answers are needed for a page and to know whether there are more, and behind how many it begins."""
    at = int(asked.cursor or 0)
    if at > FARTHEST:
        raise ValueError(f"no more than {FARTHEST} answers are counted off; ask with more words or fewer days")
    return at + asked.most + 1, at


def _page(asked: Many, found: Sequence[T], item: Callable[[T], Item[T]]) -> Found:
    at = int(asked.cursor or 0)
    more = str(at + asked.most) if len(found) > asked.most else None
    return Found([item(each) for each in islice(found, asked.most)], asked.as_of, more, at)


TOOLS: dict[str, Tool] = {
    each.name: each
    for each in (
        Tool(
            "search_statements", "Search statements",
            "Who said what: statements in news articles and transcripts, best match first, each with its speaker, by "
            "way of whom it came, the document and the span of its words there. Quote only from `words`, and name the "
            "outlet; `get_evidence` shows the passage.",
            SearchStatements, HeldStatement, _search_statements,
        ),
        Tool(
            "search_documents", "Search documents",
            "Articles and transcripts by all words of their text, best match first, each with the passages that hold "
            "the words and their spans; for what nobody is told to have said. `get_evidence` shows what stands around "
            "a passage.",
            SearchDocuments, HeldDocument, _search_documents,
        ),
        Tool(
            "list_events", "List events",
            "What is planned and what took place, as of a day: date and venue with how settled they are (settled, "
            "provisional, open, contested), who takes part, and the passages that say so. Without words what lies "
            "ahead, soonest first. An event that is `overdue` may have been held without anybody saying so.",
            ListEvents, EventObject, _list_events,
        ),
        Tool(
            "show_event", "Show an event",
            "All that is known of one event as of a day: what stands, what is still open, every change with its day, "
            "who tells of it in which words, which events prepare or follow it, what people corrected.",
            ShowEvent, BriefObject, _show_event,
        ),
        Tool(
            "what_changed", "What changed",
            "The facts of events that what was published from a day on changed (new, confirmed, changed, withdrawn, "
            "contested, corrected), in the order of the days, each with the passage that tells it.",
            WhatChanged, ChangeObject, _what_changed,
        ),
        Tool(
            "check_quote", "Check a quote",
            "Whether a quote is what was said: verbatim, marked, trimmed, altered, spliced, reworded, elsewhere "
            "(somebody else's words) or not found, with the passage of the transcript and every change of the words.",
            CheckQuote, FindingObject, _check_quote,
        ),
        Tool(
            "get_evidence", "Get the evidence",
            "The passage of a document at a span, with what stands before and behind it. Spans come from the other "
            f"tools. Of more than {PASSAGE:,} characters the first are shown, and `more` is the next `start`.",
            GetEvidence, Passage, _get_evidence,
        ),
        Tool(
            "find_entity", "Find a person, body or place",
            "People, bodies and places that articles name, with their other names, their offices and from when to "
            "when these were told. The id (P…) can be asked for as `by` and `about` of statements.",
            FindEntity, HeldEntity, _find_entity,
        ),
        Tool(
            "show_document", "Show a document",
            f"The text of an article or transcript, {PASSAGE:,} characters at a time; `more` is the next `start`.",
            ShowDocument, Passage, _show_document,
        ),
    )
}  # fmt: skip
"""All tools by name."""

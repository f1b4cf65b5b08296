"""Documents: the list of them, and one with its facts at their passages.

Promise: every fact and every passage of a document has an address that shows it lit up, without a script; what the
article says is text. The odd case that forced the shape: the policy allows no style but that of our own sheets, so what
is lit is chosen by the address and not by rules made for the page, as in the report; a script only spares the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from litestar import Request, get
from litestar.exceptions import NotFoundException, ValidationException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from onrecord.ledger.comments import Remark, Subject, remarks
from onrecord.ledger.corrections import extent
from onrecord.ledger.events import counts_until
from onrecord.ledger.kept import Kept, copies_of, kept, listed, outlets
from onrecord.ledger.places import place_of
from onrecord.ledger.questions import Between
from onrecord.ledger.spoken import checked, has_record, printed
from onrecord.ledger.store import Ledger
from onrecord.nouns import Reading, Span
from onrecord.publish import facts
from onrecord.publish.checked import Row, row
from onrecord.publish.passages import Passage
from onrecord.publish.sections import Section, section
from onrecord.publish.wayback import WayBack
from onrecord.web.comments import SHOWN, talked
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page, part, the_rest
from onrecord.web.passage import PLACE, Chosen, Time, anchor, chosen, passage_of, remarked

LISTED = 50
FACTS = 200
"""Statements whose entries are on a page; a long briefing has thousands."""
CHECKED = 10
"""Quotes that are checked for a page: each takes a search through all that was said."""

KINDS = ("statements", "events", "times", "warnings")
"""What of an article can be shown and hidden."""

BESIDE = ("facts", "quotes", "comments", "about")
"""What can stand beside it."""


@get("/documents", sync_to_thread=True, include_in_schema=False)
def documents(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    outlet: FromQuery[str] = "",
    first: Annotated[str, QueryParameter(name="from")] = "",
    last: Annotated[str, QueryParameter(name="to")] = "",
    after: FromQuery[str | None] = None,
) -> Template:
    """Return the list of documents, the latest first."""
    day, days = a_day(as_of), Between(a_day(first), a_day(last))
    until = min(filter(None, (days.last, day)), default=None)
    with desk.ledger() as ledger:
        try:
            found = listed(ledger, outlet or None, Between(days.first, until), after or None, LISTED)
        except ValueError:
            raise ValidationException(f"“{after}” is no place in the list; begin again") from None
        known = outlets(ledger, as_of=day)
    return page(
        request, "documents.html.jinja", title="Documents", as_of=day,
        found=found, outlets=known, outlet=outlet, first=first, last=last, begun=bool(after),
    )  # fmt: skip


class Shown(NamedTuple):
    """What of a document its page shows."""

    section: Section
    times: list[Time]
    chosen: Chosen | None
    """The passage that was chosen."""
    lit: frozenset[str]
    """The facts whose passages are lit."""
    talks: dict[str, str]
    """What readers spoke of, and which part of the talks has it."""
    first: int
    """The number of the first statement whose entry is on the page."""
    bytes: dict[str, str]
    """Where in the original each statement, event and time and the chosen passage stands, in words."""


@get("/documents/{name:path}", sync_to_thread=True, include_in_schema=False)
def document(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    name: FromPath[str],
    as_of: AsOf = None,
    version: FromQuery[str | None] = None,
    fact: FromQuery[str] = "",
    passage: FromQuery[str] = "",
    show: FromQuery[list[str] | None] = None,
    beside: FromQuery[str] = "facts",
    begin: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
) -> Template:
    """Return one document."""
    day, name = a_day(as_of), the_rest(request, 1)
    span = passage_of(passage)
    if beside not in BESIDE or (span and beside == "comments"):  # those on a passage stand with it
        beside = "facts"
    with desk.ledger() as ledger:
        held = kept(ledger, name, version or None, day)
        if held is None:
            raise NotFoundException(f"the ledger has no document “{name}”")
        rows = _checked(ledger, held, day, begin) if beside == "quotes" else []
        quotes = len(printed(ledger, held.number))
        recorded = has_record(ledger)
        copies = copies_of(ledger, held.number, day)
        until = counts_until(ledger)
        spoken = remarks(ledger, name)
        asked = Subject(document=name, span=span, version=held.version if span else "")
        talk = talked(request, ledger, asked) if span or beside == "comments" else None
    path = f"/documents/{part(name)}"
    shown = _shown(held, fact, span, spoken)

    def address(beside: str, place: str, **chosen: str) -> str:
        given = [("as_of", day), ("version", version), *(("show", each) for each in show or ())]
        given += [("beside", "" if beside == "facts" else beside), *chosen.items()]
        return f"{path}?{urlencode([(key, value) for key, value in given if value])}#{place}"

    def back(fact: str) -> str:
        if shown.chosen and fact == shown.chosen.place:
            return "#chosen"
        if fact in shown.talks:
            return address("comments", f"comment-{fact[1:]}", fact=fact, talks=shown.talks[fact])
        return address("facts", f"f-{fact}", fact=fact)

    return page(
        request, "document.html.jinja", title=facts.headline(held.reading), as_of=day,
        held=held, shown=shown, section=shown.section, path=path, version=version or "", fact=fact, passage=passage,
        show=[each for each in KINDS if show is None or each in show], kinds=KINDS, beside=beside,
        at=lambda each: address(beside, each, fact=each), back=back, entry=lambda each: address("facts", f"f-{each}",
        passage=passage), chosen_at=lambda each: address(beside, anchor(each), passage=place_of(each)),
        rows=rows, quotes=quotes, recorded=recorded, begin=begin, most=CHECKED, facts_most=FACTS, copies=copies,
        later=bool(day and held.held.published and held.held.published[: len(day)] > day),
        mistaken=(held.held.published or "") > f"{until}~",
        who=_who(held), talked=talk, spoken=len(spoken), extent=extent, span=span,
    )  # fmt: skip


def _shown(held: Kept, fact: str, span: Span | None, spoken: Sequence[Remark]) -> Shown:
    reading = held.reading
    text = reading.document.text
    places = [Passage(f"t{n}", "time", time.span) for n, time in enumerate(reading.times, 1)]
    times = [
        Time(name, facts.words_at(reading, [time.span]), time.value or "")
        for (name, _, _), time in zip(places, reading.times, strict=True)
    ]
    if span:
        places.append(Passage(anchor(span), "passage", span))
    marked = remarked(spoken, held.number)
    parts = section("", reading, [*places, *(each.passage for each in marked)])
    labels = {each.passage.fact: each.label for each in marked} | ({anchor(span): PLACE} if span else {})
    parts = parts._replace(labels=parts.labels | labels)
    picked = chosen(span, text, parts, times) if span else None
    lit = {*([fact] if fact else []), *(picked.lit if picked else [])}
    numbers = {each.fact: n for n, each in enumerate(parts.statements)}
    first = next((numbers[each] for each in (fact, *_named(picked)) if each in numbers), 0) // FACTS * FACTS
    back = WayBack(reading.document)
    spans: list[tuple[str, Iterable[Span]]] = [
        *((each.fact, each.statement.content) for each in parts.statements[first : first + FACTS]),
        *((each.fact, (each.event.span,)) for each in (*parts.planned, *parts.happened)),
        *((each.fact, (each.span,)) for each in places),
    ]
    return Shown(
        parts, times, picked, frozenset(lit), {each.passage.fact: str(each.at // SHOWN + 1) for each in marked}, first,
        {name: bytes_told(back, each) for name, each in spans},
    )  # fmt: skip


def _named(picked: Chosen | None) -> list[str]:
    return [each.fact for each in picked.within] if picked else []


def bytes_told(back: WayBack, spans: Iterable[Span]) -> str:
    """Return in words where in the original some passages stand; with a ``~`` where more than these stands there."""
    found = [(span, held) for span in spans if (held := back.of(span)) is not None]
    told = [f"{'' if held.text == span else '~'}{held.bytes[0]:,}–{held.bytes[1]:,}" for span, held in found]
    return f"bytes {', '.join(told)}" if told else ""


class Who(NamedTuple):
    """Somebody or something that the article names."""

    id: str
    name: str
    mentions: int


def _who(held: Kept) -> list[Who]:
    """Whom and what the article names, the most named first."""
    named = [each for each in held.reading.entities if each.id in held.entities]
    named.sort(key=lambda each: (-len(each.mentions), each.name))
    return [Who(held.entities[each.id], each.name, len(each.mentions)) for each in named]


def _checked(ledger: Ledger, held: Kept, as_of: str | None, begin: int) -> list[Row]:
    """The article's quotes with what the record has of them, some of them."""
    quotes = printed(ledger, held.number)[begin : begin + CHECKED]
    return [row(checked(ledger, quote, held.held.name, as_of), held=True) for quote in quotes]


def entities_of(held: Kept, reading: Reading) -> dict[str, str]:
    """Return the id across documents of who speaks, by the ids of a reading's statements."""
    return {
        each.id: held.entities[key]
        for each in reading.statements
        if (key := each.speaker.entity or each.id) in held.entities
    }

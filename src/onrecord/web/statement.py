"""One statement: the words with their marks, who said them by way of whom, and what the record has of them.

Promise: all that the ledger knows of a statement is here or one link away, with the passage that says so. The odd case
that forced the shape: the bytes of the original are shown as text too, since "it stands there" is proved by them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec.structs import replace

from onrecord.check import Quote
from onrecord.ledger.comments import Subject
from onrecord.ledger.corrections import extent
from onrecord.ledger.facets import spoken_in
from onrecord.ledger.kept import Kept, kept, original
from onrecord.ledger.places import meant_by, place_of, span_of, statement_at
from onrecord.ledger.spoken import checked, printed
from onrecord.nouns import Reading, Span, Statement
from onrecord.publish import facts
from onrecord.publish.checked import row
from onrecord.publish.passages import MarkedSpan, Passage, Segment, segments
from onrecord.publish.sections import opened
from onrecord.publish.wayback import WayBack
from onrecord.web.comments import talked
from onrecord.web.desk import OfDesk
from onrecord.web.documents import bytes_told
from onrecord.web.pages import AsOf, a_day, page, pages_as_of, part, the_rest
from onrecord.web.placed import to_place, to_words

AROUND = 400
"""Characters of the article before and behind the words that are shown with them."""

RAW = 600
"""Bytes of the original that are shown."""

QUOTES = 5
"""Quotes of one statement that are checked for its page."""


class Link(NamedTuple):
    """One who carried the words, nearest to the reader first."""

    name: str
    id: str | None
    carried: bool


@get("/statements/{place:str}/{document:path}", sync_to_thread=True, include_in_schema=False)
def statement(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    place: FromPath[str],
    document: FromPath[str],
    as_of: AsOf = None,
    version: FromQuery[str | None] = None,
    number: FromQuery[str] = "",
) -> Template | Redirect:
    """Return the statement at a place; by a number, as addresses had it once, the way to its place."""
    day, name = a_day(as_of), the_rest(request, 2)
    span = span_of(place)
    with desk.ledger() as ledger:
        newest = kept(ledger, name, version or None, day)
        if newest is None:
            raise NotFoundException(f"the ledger has no document “{name}”")
        meant = meant_by(ledger.connection, newest.number, number if span else place)
        if span is None:
            return to_place(pages_as_of(day).statement, newest, place, meant)
        standing = statement_at(ledger, newest, span)
        if standing is None:
            return to_words(newest, span, day)
        held, found, counts = standing.held, standing.said, standing.earlier is None
        at = extent(found)
        quotes = printed(ledger, held.number, found.id) if counts else _within(printed(ledger, held.number), at)
        rows = [row(checked(ledger, quote, name, day), held=True) for quote in quotes[:QUOTES]]
        events = spoken_in(ledger, held.number, found.id) if counts else []
        raw = original(ledger, held.number)
        subject = Subject(document=name, version=held.version)
        of_it = replace(subject, statement=place_of(at)) if counts else replace(subject, span=at)
        talk = talked(request, ledger, of_it)
    reading = held.reading
    index = facts.indexed(reading)
    voice = facts.voice(index, found)
    back = WayBack(reading.document)
    inner = [each for each in reading.statements if each.inside == found.id]
    outer = next((each for each in reading.statements if each.id == found.inside), None)
    return page(
        request, "statement.html.jinja", title=f"{voice.name}: {_short(found.words)}", as_of=day,
        held=held, said=found, voice=voice, headline=facts.headline(reading), provenance=facts.provenance(reading),
        url=opened(reading.document.url), path=f"/documents/{part(name)}",
        later=bool(day and held.held.published and held.held.published[: len(day)] > day),
        pieces=facts.pieces(reading, found), chain=_chain(held, found), who=_id(held, found),
        cue=facts.words_at(reading, found.cue), named=facts.words_at(reading, found.speaker.span),
        addressee=facts.words_at(reading, found.addressee.span) if found.addressee else "",
        occasion=facts.words_at(reading, found.occasion.span) if found.occasion else "",
        context=_context(reading, found), rows=rows, events=events, decided=held.speakers.get(found.id),
        inner=inner, outer=outer, bytes=bytes_told(back, found.content), raw=_raw(back, found, raw, reading),
        talked=talk, extent=extent, place=place_of(at), asked=span, exact=standing.exact, earlier=standing.earlier,
        newest=newest.reading.reader, number=number, others=meant.others if meant else (),
    )  # fmt: skip


def _within(quotes: Sequence[Quote], span: Span) -> list[Quote]:
    return [each for each in quotes if span[0] <= each.span[0] and each.span[1] <= span[1]]


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def _id(held: Kept, said: Statement) -> str | None:
    return held.entities.get(said.speaker.entity or said.id)


def _chain(held: Kept, said: Statement) -> list[Link]:
    names = {entity.id: entity.name for entity in held.reading.entities}
    return [
        Link(
            names.get(via.entity or "") or facts.words_at(held.reading, via.span) or "a source not named",
            held.entities.get(via.entity or ""),
            via.carried,
        )
        for via in said.via
    ]


def _context(reading: Reading, said: Statement) -> list[Segment]:
    """The words where they stand, with what is before and behind them."""
    start, stop = extent(said)
    spans = [(start, stop), *said.cue, *said.speaker.span]
    for via in said.via if not any(via.carried for via in said.via) else ():
        spans += [*via.span, *via.cue]
    text = reading.document.text
    near = [span for span in spans if start - AROUND <= span[0] and span[1] <= stop + AROUND]
    low = _word(text, max(0, min(span[0] for span in near) - AROUND))
    high = min(len(text), max(span[1] for span in near) + AROUND)
    passages = [
        *(Passage("s", "content", span) for span in said.content),
        *(Passage("s", "cue", span) for span in said.cue),
        *(Passage("s", "speaker", span) for span in said.speaker.span),
        *(Passage("s", "via", span) for via in said.via for span in (*via.span, *via.cue)),
    ]
    marks = [MarkedSpan(mark.kind, mark.span) for mark in said.marks]
    (found,) = segments(text, [(low, high)], passages, marks)
    return found


def _word(text: str, place: int) -> int:
    """The beginning of the next word from a place on; the place itself at the beginning of the text."""
    blank = text.find(" ", place, place + 40) if place else -1
    return blank + 1 if blank >= 0 else place


def _raw(back: WayBack, said: Statement, raw: bytes, reading: Reading) -> str:
    """The bytes of the original in which the words stand, as text."""
    held = back.of(extent(said))
    if held is None:
        return ""
    start, stop = held.bytes
    shown = raw[start : min(stop, start + RAW)].decode(reading.document.encoding, "replace")
    return shown + (" …" if stop - start > RAW else "")

"""The quotes that an article prints: whose they are said to be, and which of its words they are.

Promise: every stretch in quotation marks that may be somebody's words is in one quote; what stands in pieces around a
cue is one. The odd case that forced the shape: an indirect statement with two quoted fragments in it; these are two
quotes, since nobody says that they were said together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from onrecord.check.checking import Quote
from onrecord.check.speakers import Named
from onrecord.check.weight import turns_round
from onrecord.check.words import words_of
from onrecord.language import find_quotations
from onrecord.nouns import Entity, PrintedQuote, Reading, Span, Statement
from onrecord.page import part_read

_BEFORE = 40
"""Code points before a quotation in which the article's own last words stand."""

FEWEST = 3
"""Words at least of a stretch that is checked where it is no statement by itself: fewer are found anywhere."""


def quotes_of(reading: Reading, language: str = "en") -> list[Quote]:
    """Return the quotes of an article, as far as it is read, in text order.

    Each id is its statement's, with a number where it has several; a quotation that is attributed to nobody has ``q``
    and the place where it begins. ``language``: whose quotation marks are looked for; what the page says of its own
    language is a stranger's word.
    """
    document = part_read(reading.document)
    text = document.text
    quotations = [each for each in find_quotations(document, language) if each.use == "speech"]
    outer = [each for each in quotations if each.parent is None]
    starts, ends = [each.inner[0] for each in outer], [each.inner[1] for each in outer]
    people = {entity.id: entity for entity in reading.entities}
    day = document.published.value[:10] if document.published else None
    found: list[tuple[int, Quote]] = []
    claimed: set[int] = set()
    direct = [each for each in reading.statements if each.form == "direct"]
    others = [each for each in reading.statements if each.form == "mixed"]
    for statement in (*direct, *others):
        if not statement.content:
            continue
        # a long text has thousands of both: only the quotations that reach into the statement are looked at
        low, high = min(start for start, _ in statement.content), max(end for _, end in statement.content)
        near = outer[bisect_right(ends, low) : bisect_left(starts, high)]
        pieces = [each for each in near if each.i not in claimed and _inside(each.inner, statement)]
        claimed.update(each.i for each in pieces)
        named = _named(statement, people)
        parts = [pieces] if statement.form == "direct" else [[each] for each in pieces]
        for number, part in enumerate(parts):
            if part:
                name = statement.id if len(parts) == 1 else f"{statement.id}.{number + 1}"
                found.append((part[0].inner[0], _quote(name, text, [each.inner for each in part], named, day)))
    for each in quotations:
        if each.i not in claimed and len(words_of(text, *each.inner)) >= FEWEST:
            found.append((each.inner[0], _quote(f"q{each.inner[0]}", text, [each.inner], Named(), day)))
    return [quote for _, quote in sorted(found, key=lambda pair: pair[0])]


def quote_alone(given: PrintedQuote) -> Quote:
    """Return a quote that is in no article, as it is given."""
    named = Named((given.speaker,)) if given.speaker else Named()
    return Quote(given.id, given.quote, named, (), given.date, given.transcript)


def _inside(span: Span, statement: Statement) -> bool:
    """Whether most of a quotation's words are of a statement's content."""
    shared = sum(max(0, min(span[1], high) - max(span[0], low)) for low, high in statement.content)
    return 2 * shared > span[1] - span[0]


def _named(statement: Statement, entities: Mapping[str, Entity]) -> Named:
    """Who is told to have said it; nobody where a body is told to, for which a person speaks."""
    entity = entities.get(statement.speaker.entity or "")
    if entity is None or entity.type != "person":
        return Named()
    names = dict.fromkeys(name for name in (entity.name, *entity.aliases) if name[:1].isupper())
    return Named(tuple(names), tuple(dict.fromkeys(role.title for role in entity.roles)))


def _quote(name: str, text: str, spans: Sequence[Span], named: Named, day: str | None) -> Quote:
    start, end = spans[0][0], spans[-1][1]
    pieces = tuple((low - start, high - start) for low, high in spans) if len(spans) > 1 else ()
    before = [word.shown for word in words_of(text, max(0, start - _BEFORE), start)]
    return Quote(name, text[start:end], named, pieces, day, at=start, negated=turns_round(before[-2:]))

"""What Parquet holds of a document: its reading whole, and beside it the same in columns that can be asked.

Promise: a row is what became of one document. `readings.COLUMNS` make its reading again without loss; the other columns
say of it what people ask (statements, events with their claims, names, paragraphs), by the names that the tables of a
ledger have (`publish/rows.py`). The odd case that forced the shape: an archive has no ledger that says which documents
print one text, so each paragraph has its digest, by which copies are found in one query.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from hashlib import sha256

import msgspec

from onrecord.acquire.readings import outside
from onrecord.errors import UnreadableInput
from onrecord.ledger.adding import digest
from onrecord.ledger.corrections import extent
from onrecord.ledger.days import days_of
from onrecord.ledger.naming import caller
from onrecord.nouns import Claim, Event, Reading, Source, Speaker, Statement, Via
from onrecord.publish.rows import Row, around, day_of

Day = datetime.date

WORDS = 8
"""Words from which on a paragraph has a digest: shorter ones ("More follows.") stand in documents that have nothing
else in common."""

HEXADECIMALS = 16
"""Of the SHA-256 of a paragraph so much is kept, 64 bits: that any two among a thousand million different paragraphs
have the same has a chance of 3 in 100 (the birthday bound)."""


class StatementColumns(Row, frozen=True, kw_only=True):
    """Words attributed to somebody, as `publish.rows.StatementRow` has them."""

    statement: str
    speaker: str | None
    via: tuple[str, ...]
    words: str
    start: int
    end: int
    form: str
    kind: str
    polarity: str
    confidence: float


class ClaimColumns(Row, frozen=True, kw_only=True):
    """What the document says of one attribute of an event, as `publish.rows.ClaimRow` has it."""

    attribute: str
    value: str | None
    settled: str
    statement: str | None
    by: str | None
    start: int | None
    end: int | None
    by_rule: str
    confidence: float


class EventColumns(Row, frozen=True, kw_only=True):
    """An event as this document tells it."""

    event: str
    name: str
    kind: str
    status: str
    plover: str | None
    faint: bool
    """Of which the document tells too little to count by itself."""
    date: str | None
    """The first date that it is given, as told: of any precision."""
    date_first: Day | None
    date_last: Day | None
    date_settled: str | None
    venue: str | None
    participants: tuple[str, ...]
    start: int
    end: int
    confidence: float
    claims: tuple[ClaimColumns, ...]


class EntityColumns(Row, frozen=True, kw_only=True):
    """Somebody or something that the document names."""

    name: str
    type: str
    aliases: tuple[str, ...]
    mentions: int


class ReadingRow(Row, frozen=True, kw_only=True):
    """What became of a document: its reading or, with nearly all else null, the problem why there is none."""

    place: str | None
    """Where it was, as errors name it."""
    problem: str | None
    document: str | None
    """Its id."""
    title: str | None
    outlet: str | None
    url: str | None
    language: str | None
    kind: str | None
    published: str | None
    """As the page has it, with the hour where it gives one."""
    day: Day | None
    digest: str | None
    """By which a ledger knows whether it has this very document."""
    text: str | None
    """What spans count code points of."""
    text_digest: str | None
    """The SHA-256 of the text."""
    paragraphs: tuple[str, ...]
    """The digests of its paragraphs of at least `WORDS` words."""
    entities: tuple[EntityColumns, ...]
    statements: tuple[StatementColumns, ...]
    events: tuple[EventColumns, ...]
    warnings: tuple[str, ...]
    source: str | None
    """What was known of it from outside its bytes (`Source`), JSON."""
    original: bytes | None
    """The bytes that were read."""
    reading: str | None
    """The reading whole, JSON as docs/reading-format.md tells."""


def row_of(found: Source | UnreadableInput, result: Reading | UnreadableInput) -> ReadingRow:
    """Return the row of a document and what was made of it."""
    if isinstance(result, UnreadableInput) or isinstance(found, UnreadableInput):
        problem = result if isinstance(result, UnreadableInput) else found
        return ReadingRow(
            place=problem.where if isinstance(problem, UnreadableInput) else problem.path,
            problem=problem.reason if isinstance(problem, UnreadableInput) else None,
            document=None, title=None, outlet=None, url=None, language=None, kind=None, published=None, day=None,
            digest=None, text=None, text_digest=None, paragraphs=(), entities=(), statements=(), events=(),
            warnings=(), source=None, original=None, reading=None,
        )  # fmt: skip
    document = result.document
    published = document.published.value if document.published else None
    called = caller(result)
    sayers = {each.id: called(each.speaker) for each in result.statements}
    return ReadingRow(
        place=found.path, problem=None, document=document.id, title=document.title, outlet=document.outlet,
        url=document.url, language=document.language, kind=document.kind, published=published, day=day_of(published),
        digest=digest(found).hex(), text=document.text,
        text_digest=sha256(document.text.encode()).hexdigest(),
        paragraphs=_paragraphs(result),
        entities=tuple(
            EntityColumns(name=each.name, type=each.type, aliases=each.aliases, mentions=len(each.mentions))
            for each in result.entities
        ),
        statements=tuple(_statement(each, called) for each in result.statements),
        events=(
            *(_event(each, result, sayers, faint=False) for each in result.events),
            *(_event(each, result, sayers, faint=True) for each in result.faint),
        ),
        warnings=tuple(each.kind for each in result.warnings),
        source=outside(found), original=found.raw, reading=msgspec.json.encode(result).decode(),
    )  # fmt: skip


def _paragraphs(reading: Reading) -> tuple[str, ...]:
    text = reading.document.text
    words = (text[slice(*block.span)].split() for block in reading.document.blocks if block.kind == "paragraph")
    return tuple(sha256(" ".join(each).encode()).hexdigest()[:HEXADECIMALS] for each in words if len(each) >= WORDS)


def _statement(said: Statement, called: Callable[[Speaker | Via], str]) -> StatementColumns:
    start, end = extent(said)
    return StatementColumns(
        statement=said.id, speaker=called(said.speaker) or None, via=tuple(map(called, said.via)), words=said.words,
        start=start, end=end, form=said.form, kind=said.kind, polarity=said.polarity,
        confidence=said.confidence,
    )  # fmt: skip


def _event(event: Event, reading: Reading, sayers: dict[str, str], *, faint: bool) -> EventColumns:
    date, venue = _first(event, "date"), _first(event, "venue")
    days = days_of(date.value) if date else None
    start, end = event.span
    return EventColumns(
        event=event.id, name=reading.document.text[start:end], kind=event.kind, status=event.status,
        plover=event.code.plover if event.code else None, faint=faint, date=date.value if date else None,
        date_first=day_of(days and days.first), date_last=day_of(days and days.last),
        date_settled=date.settled if date else None, venue=venue.value if venue else None,
        participants=tuple(
            dict.fromkeys(each.value for each in event.claims if each.attribute == "participant" and each.value)
        ),
        start=start, end=end, confidence=event.confidence,
        claims=tuple(_claim(each, sayers) for each in event.claims),
    )  # fmt: skip


def _first(event: Event, attribute: str) -> Claim | None:
    """The first claim that gives an attribute a value."""
    return next((each for each in event.claims if each.attribute == attribute and each.value), None)


def _claim(claim: Claim, sayers: dict[str, str]) -> ClaimColumns:
    start, end = around(claim.span)
    return ClaimColumns(
        attribute=claim.attribute, value=claim.value, settled=claim.settled, statement=claim.statement,
        by=sayers.get(claim.statement or "") or None, start=start, end=end, by_rule=claim.by_rule,
        confidence=claim.confidence,
    )  # fmt: skip

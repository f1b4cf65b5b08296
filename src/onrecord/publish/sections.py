"""One reading cut into what a page shows of it: the article in segments, and the facts that stand beside it.

Promise: the report and the pages of `onrecord serve` show the same facts at the same passages, since both are made of
these parts. The odd case that forced the shape: a page may ask for more to be cut out than the facts (times, a passage
that somebody chose), which has a place in the article and no entry beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from onrecord.nouns import Block, Event, Reading, Span, Statement
from onrecord.publish import facts
from onrecord.publish.passages import MarkedSpan, Passage, Segment, segments


class BlockPart(NamedTuple):
    """One block of the article, cut into segments."""

    kind: str
    segments: list[Segment]
    span: Span
    speaker: str = ""
    """Of a transcript's turn: whose it is, where its own words do not begin with that."""


class StatementPart(NamedTuple):
    """One statement as the report shows it."""

    fact: str
    number: int
    depth: int
    statement: Statement
    voice: facts.Voice
    chain: list[str]
    pieces: list[facts.Piece]


class EventPart(NamedTuple):
    """One event as the report shows it: its rows by attribute, each with the name of its passage."""

    fact: str
    letter: str
    event: Event
    words: str
    groups: list[tuple[str, list[tuple[str, facts.Row]]]]


class Section(NamedTuple):
    """One document of the report."""

    anchor: str
    title: str
    provenance: list[str]
    address: str
    url: str | None
    """The address, where it is one that a browser may open."""
    language: str
    heading: BlockPart | None
    """The article's headline, to stand over the section; None where it has none."""
    blocks: list[BlockPart]
    planned: list[EventPart]
    happened: list[EventPart]
    statements: list[StatementPart]
    warnings: list[tuple[str | None, str]]
    dropped: list[tuple[str, str]]
    labels: dict[str, tuple[str, str]]
    """For each fact that the article points to: what is printed there and what it means."""
    places: frozenset[str]
    """The facts and claims that have a place in the article to go to."""
    marks: list[str]
    """The kinds of editorial marks in the article, for the key."""


def section(anchor: str, reading: Reading, more: Sequence[Passage] = ()) -> Section:
    """Return a reading as a page shows it.

    ``anchor``: what the names of its facts begin with, which are unique in the page: ``d1`` makes ``d1s2`` of a
    statement. ``more``: further passages that segments are to be cut at and covered by.
    """
    document = reading.document
    index = facts.indexed(reading)
    numbers = {statement.id: n for n, statement in enumerate(reading.statements, 1)}
    statements = [
        StatementPart(
            fact=f"{anchor}s{numbers[statement.id]}",
            number=numbers[statement.id],
            depth=depth,
            statement=statement,
            voice=facts.voice(index, statement),
            chain=facts.chain(index, statement),
            pieces=facts.pieces(reading, statement),
        )
        for depth, statement in facts.threads(reading)
    ]
    planned = [_event(anchor, n, index, event) for n, event in enumerate(facts.planned(reading), 1)]
    happened = [_event(anchor, n, index, event) for n, event in enumerate(facts.happened(reading), len(planned) + 1)]
    warnings = [(f"{anchor}w{n}" if w.span else None, w.message) for n, w in enumerate(reading.warnings, 1)]
    passages = [
        *_statement_passages(statements),
        *_event_passages((*planned, *happened)),
        *(Passage(f"{anchor}w{n}", "warning", w.span) for n, w in enumerate(reading.warnings, 1) if w.span),
        *more,
    ]
    marks = [MarkedSpan(mark.kind, mark.span) for each in reading.statements for mark in each.marks]
    blocks = _blocks(reading)
    cut = segments(document.text, [block.span for block in blocks], passages, marks)
    parts = [
        BlockPart(block.kind, pieces, block.span, _unnamed(document.text, block))
        for block, pieces in zip(blocks, cut, strict=True)
    ]
    heading = next((part for part in parts if part.kind == "headline"), None)
    labels = {part.fact: (str(part.number), f"Statement {part.number}") for part in statements}
    labels |= {part.fact: (part.letter, f"Planned event {part.letter}") for part in planned}
    return Section(
        anchor=anchor,
        title=facts.headline(reading),
        provenance=facts.provenance(reading),
        address=facts.address(reading),
        url=opened(document.url),
        language=document.language or "",
        heading=heading,
        blocks=[part for part in parts if part is not heading],
        planned=planned,
        happened=happened,
        statements=statements,
        warnings=warnings,
        dropped=[(dropped.kind, " ".join(dropped.text.split())) for dropped in document.dropped],
        labels=labels,
        places=frozenset(fact for pieces in cut for segment in pieces for fact in segment.begins),
        marks=[kind for kind in facts.MARK_NAMES if any(mark.kind == kind for mark in marks)],
    )


def _unnamed(text: str, block: Block) -> str:
    """Who speaks in a block that does not say so itself: the second paragraph of an answer."""
    speaker = block.speaker or ""
    return "" if speaker and text.startswith(speaker, block.span[0]) else speaker


def opened(url: str | None) -> str | None:
    """Return an address where it is one that a browser may open: none that runs a script or reads a file."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def _blocks(reading: Reading) -> list[Block]:
    """The blocks in text order; a text without blocks is shown as one."""
    text = reading.document.text
    blocks = sorted(reading.document.blocks, key=lambda block: block.span)
    return blocks or [Block(kind="paragraph", span=(0, len(text)), source=())]


def _event(anchor: str, number: int, index: facts.Indexed, event: Event) -> EventPart:
    fact = f"{anchor}v{number}"
    rows = [(f"{fact}c{n}", row) for n, row in enumerate(facts.rows(index, event), 1)]
    groups = [
        (name, list(group)) for name, group in groupby(rows, lambda each: facts.ATTRIBUTE_NAMES[each[1].attribute])
    ]
    return EventPart(fact, _letter(number), event, facts.words_at(index.reading, [event.span]), groups)


def _letter(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _statement_passages(statements: Iterable[StatementPart]) -> Iterable[Passage]:
    for part in statements:
        said = part.statement
        yield from (Passage(part.fact, "content", span) for span in said.content)
        yield from (Passage(part.fact, "cue", span) for span in said.cue)
        yield from (Passage(part.fact, "speaker", span) for span in said.speaker.span)
        for via in said.via:
            yield from (Passage(part.fact, "via", span) for span in (*via.span, *via.cue))


def _event_passages(events: Iterable[EventPart]) -> Iterable[Passage]:
    for part in events:
        spans: tuple[Span, ...] = (part.event.span, *part.event.mentions)
        yield from (Passage(part.fact, "event", span) for span in dict.fromkeys(spans))
        for fact, row in (each for _, group in part.groups for each in group):
            yield from (Passage(fact, "claim", span) for span in row.claim.span)
            yield from (Passage(fact, "cue", span) for span in row.claim.cue)

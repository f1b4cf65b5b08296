"""A passage that a reader chose in a document, and those of which readers spoke: which facts stand there.

Promise: whatever of a statement, an event or a time lies in the passage, the fact is named. The odd case that forced
the shape: who can't see what is lit up is told the same in a list, each with the way to its entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litestar.exceptions import ValidationException

from onrecord.ledger.comments import Remark
from onrecord.ledger.places import place_of, span_of
from onrecord.nouns import Span
from onrecord.publish.passages import Passage
from onrecord.publish.sections import BlockPart, EventPart, Section
from onrecord.publish.standing import counted

SHOWN = 300
"""Characters of a chosen passage that are told again beside the article."""

PLACE = ("→", "Passage that you chose: what stands in it, and what is said of it")
"""What stands behind a chosen passage."""

SPOKEN = "※"
"""What stands behind words of which readers spoke."""


class Time(NamedTuple):
    """A time that the article names."""

    fact: str
    words: str
    value: str


class Within(NamedTuple):
    """A fact that stands in a passage, at least in part: what it is, and whose or what."""

    fact: str
    label: str
    told: str


class Chosen(NamedTuple):
    """A passage that was chosen."""

    span: Span
    place: str
    """What its place in the page is called."""
    words: str
    within: tuple[Within, ...]
    lit: frozenset[str]
    """What of the article is lit up: the passage, and the facts and claims that stand in it."""


def passage_of(given: str) -> Span | None:
    """Return a passage as it stands in an address; None for none. Raises ValidationException for anything else."""
    span = span_of(given)
    if given and span is None:
        raise ValidationException(f"“{given}” is no passage; write it as 120-156, in characters of the text")
    return span


def anchor(span: Span) -> str:
    """Return what the place of a passage is called in its page."""
    return f"p{place_of(span)}"


def chosen(span: Span, text: str, section: Section, times: Sequence[Time]) -> Chosen:
    """Return a chosen passage of an article; ``section``: the article, which has been cut at it too."""
    place = anchor(span)
    lit = frozenset(_covering(section, place))
    words = text[span[0] : span[1]]
    told = words if len(words) <= SHOWN else next(iter(words[:SHOWN].rsplit(None, 1)), "") + " …"
    within = tuple(_within(section, times, lit))
    return Chosen(span, place, told, within, lit | {place, *(each.fact for each in within)})


class Remarked(NamedTuple):
    """Words of which readers spoke."""

    passage: Passage
    label: tuple[str, str]
    at: int
    """How many talks on the document were begun since the last about these words."""


def remarked(spoken: Sequence[Remark], document: int) -> list[Remarked]:
    """Return the words of a text of which readers spoke; ``spoken``: all talks on the texts of its id, the last first.

    ``document``: what the ledger numbers the text with. Each is named by the last talk: ``k12``.
    """
    found: dict[Span, list[tuple[int, int]]] = {}
    for at, each in enumerate(spoken):
        if each.document == document:
            found.setdefault(each.span, []).append((at, each.talk))
    return [
        Remarked(
            Passage(f"k{ats[0][1]}", "comment", span),
            (SPOKEN, f"Comments on these words: {counted(len(ats), 'talk')}"),
            ats[0][0],
        )
        for span, ats in found.items()
    ]


def _covering(section: Section, place: str) -> Iterator[str]:
    """The facts and claims of which something lies in a passage; what is only warned of is none."""
    blocks: list[BlockPart] = [*([section.heading] if section.heading else []), *section.blocks]
    for segment in (each for block in blocks for each in block.segments):
        if any(passage.fact == place for passage in segment.covering):
            yield from (each.fact for each in segment.covering if each.role not in ("warning", "comment"))


def _within(section: Section, times: Sequence[Time], lit: frozenset[str]) -> Iterator[Within]:
    """The facts of some passages, as they stand beside the article."""
    for event in (each for each in section.planned if _touched(each, lit)):
        yield Within(event.fact, f"Planned event {event.letter}", _event(event, lit))
    for said in (each for each in section.statements if each.fact in lit):
        yield Within(said.fact, f"Statement {said.number}", said.voice.name)
    for event in (each for each in section.happened if _touched(each, lit)):
        yield Within(event.fact, "What happened", _event(event, lit))
    for time in (each for each in times if each.fact in lit):
        yield Within(time.fact, "Time", f"{time.words}, {time.value}" if time.value else time.words)


def _touched(event: EventPart, lit: frozenset[str]) -> bool:
    return event.fact in lit or any(fact in lit for _, rows in event.groups for fact, _ in rows)


def _event(event: EventPart, lit: frozenset[str]) -> str:
    """The words that name an event, and what of it stands in the passage."""
    claims = dict.fromkeys(name for name, rows in event.groups for fact, _ in rows if fact in lit)
    return ": ".join(filter(None, (event.words, ", ".join(claims))))

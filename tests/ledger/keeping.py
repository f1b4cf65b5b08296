"""How the tests of this room fill a ledger: readings made by hand, no model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from onrecord.errors import UnreadableInput
from onrecord.ledger import Added, By, Ledger, add, open_ledger
from onrecord.nouns import Document, Entity, Kept, Reader, Reading, Source, Sourced, Speaker, Statement, Via

OLD = Reader(version="0.1", models={"statements": "one"})
NEW = replace(OLD, models={"statements": "two"})
NOON = datetime(2032, 1, 1, 12, tzinfo=UTC)
BY = By("Ida Ruhl", "the ministry's own page says so", datetime(2031, 6, 1, 9, tzinfo=UTC))


def source(
    name: str, text: str = "", published: str | None = "2031-04-30", outlet: str | None = "The Courier"
) -> Source:
    text = text or f"Dalgard said the bridge {name} would open."
    return Source(raw=text.encode(), path=f"{name}.txt", id=name, published=published, outlet=outlet)


def reading_of(given: Source) -> Reading:
    """One statement a document: all its words, said by the name that they begin with, via the outlet."""
    text = given.raw.decode()
    name = text.split()[0]
    entities = (Entity(id="e1", type="person", name=name), Entity(id="e2", type="organization", name="VNA"))
    speaker = Speaker(entity="e1", span=((0, 1),), how="name")
    said = Statement(
        id="s1", form="indirect", content=((0, len(text)),), cue=(), speaker=speaker,
        via=(Via(entity="e2", span=((0, 1),), cue=()),), words=text, by_rule="made", confidence=0.9,
    )  # fmt: skip
    day = Sourced(value=given.published, source="given", confidence=1.0) if given.published else None
    document = Document(id=given.id or "", path=given.path, outlet=given.outlet, text=text, published=day)
    return Reading(reader=OLD, document=document, entities=entities, statements=(said,))


def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading | UnreadableInput]:
    """Readings as `reading_of` makes them; bytes that hold "unreadable" can't be read."""
    for each in sources:
        if isinstance(each, UnreadableInput):
            yield each
        elif b"unreadable" in each.raw:
            yield UnreadableInput(each.path or "", "it is unreadable")
        else:
            yield reading_of(each)


def filled(path: Path, *sources: Source | UnreadableInput | Kept, reader: Reader = OLD) -> tuple[Ledger, list[Added]]:
    """Return a ledger with these documents, and what became of each."""
    ledger = open_ledger(path, create=True)
    return ledger, list(add(ledger, sources, reader, lambda: NOON))

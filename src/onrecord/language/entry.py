"""One entry of a diary, and the words by which diaries are known.

Promise: an entry has its words as spans of the document and nothing that it does not say: no day means that none was
told. The odd case that forced its shape: a day may be told and yet to be confirmed, a place one of two.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from onrecord.nouns import EventKind, Span
from onrecord.tables import table

Off = Literal["cancelled", "postponed"]
OFF: tuple[Off, ...] = ("cancelled", "postponed")


class DiaryEntry(NamedTuple):
    """One entry of a diary, in code points of the document."""

    what: Span
    """The words that tell what happens."""
    day: Span | None
    """The words that tell its day; None where it has none."""
    hour: Span | None
    undecided: Span | None
    """The words by which its day is yet to be told."""
    places: tuple[Span, ...]
    """Where it is; several of which one will be it."""
    choice: Span | None
    """The word between those."""
    placeless: Span | None
    """The words by which its place is yet to be told."""
    kind: EventKind | None
    """The kind of event that the heads tell of."""
    off: tuple[Off, Span] | None
    """That it was called off or put off, with the words that say so."""
    ahead: bool
    """False where it tells of what was: its day is past, or its row has a result."""


class EntryWords(NamedTuple):
    """The table of diaries: the heads of columns by what they hold, the kinds they tell of, and other words."""

    heads: dict[str, frozenset[str]]
    kinds: dict[EventKind, frozenset[str]]
    words: dict[str, frozenset[str]]


@cache
def entry_words(language: str) -> EntryWords:
    """Return the words of a language."""
    raw = table("language", language, "entries")
    return EntryWords(*({key: frozenset(each) for key, each in raw[part].items()} for part in EntryWords._fields))

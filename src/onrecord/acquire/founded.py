"""Whether a reading that comes from elsewhere stands on its document: every span in the text, every word at its span.

Promise: what is found here to stand can be shown with its passage; that the text is that of the bytes is not looked at,
since that is to read the page again. The odd case that forced the shape: readings travel as files, and a file says what
somebody wrote into it: a statement whose words are nobody's words would be a record with forged evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.nouns import Entity, Event, Reading, Span, Statement

_OF_TEXT = frozenset({"span", "content", "cue", "mentions"})
"""The fields that hold spans of the document's text; those of others count in bytes."""


def unfounded(reading: Reading) -> str | None:
    """Return what of a reading does not stand on its document, as a clause that says so; None: all of it does."""
    text = reading.document.text
    for start, end in _spans(reading):
        if not 0 <= start <= end <= len(text):
            return f"a span from {start} to {end} lies outside of its text"
    numbered: tuple[tuple[Statement | Event | Entity, ...], ...] = reading.statements, reading.events, reading.entities
    if any(len({each.id for each in some}) < len(some) for some in numbered):
        return "two things in it have one id"
    for statement in reading.statements:
        said = "".join(text[start:end] for start, end in statement.content)
        if not _runs_through(statement.words, said):
            return f"the words of {statement.id} are not those of its passage"
    return None


def _spans(value: Any, of_text: bool = False) -> Iterator[Span]:
    """All spans of the text in a value, whatever they belong to; ``of_text``: it is one or holds nothing else."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name), name in _OF_TEXT)
    elif isinstance(value, tuple):
        if of_text and value and isinstance(value[0], int):
            yield value
        else:
            for each in value:
                yield from _spans(each, of_text)


def _runs_through(words: str, said: str) -> bool:
    """Whether the letters of words stand in this order in what is said: marks are taken out of words, none put in."""
    letters = (sign for sign in said if sign.isalnum())
    return all(sign in letters for sign in words if sign.isalnum())

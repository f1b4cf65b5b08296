"""Annotated documents and their statements to events: what is planned and what occurred."""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.nouns import Event, Statement


def find_events(annotated: Annotated, statements: tuple[Statement, ...]) -> tuple[Event, ...]:
    """Placeholder until the room is built."""
    return ()

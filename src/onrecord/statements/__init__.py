"""Annotated documents to statements: who said what, in which words, by way of whom."""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.nouns import Statement


def find_statements(annotated: Annotated) -> tuple[Statement, ...]:
    """Placeholder until the room is built."""
    return ()

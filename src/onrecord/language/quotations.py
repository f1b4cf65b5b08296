"""Quotation marks as a state machine over the text."""

from __future__ import annotations

from onrecord.language.annotated import Quotation
from onrecord.nouns import Document


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Placeholder until the state machine lands."""
    return ()

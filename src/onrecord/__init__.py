"""onrecord reads news and keeps the record: who said what, what is planned, what is open, and the passage that says so.

>>> import onrecord
>>> for result in onrecord.read_many(onrecord.open_paths(["page.html"])):  # doctest: +SKIP
...     if isinstance(result, onrecord.UnreadableInput):
...         print(result)
...     else:
...         print(result.document.title, len(result.statements))

Names are loaded when they are first used, so that ``import onrecord`` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.acquire import open_paths
    from onrecord.errors import OnrecordError, UnreadableInput
    from onrecord.nouns import (
        Claim,
        Document,
        Entity,
        Event,
        Mark,
        Reading,
        Source,
        Span,
        Statement,
        TimeExpression,
    )
    from onrecord.reading import read, read_many

_HOMES = {
    "open_paths": "acquire",
    "read": "reading",
    "read_many": "reading",
    "OnrecordError": "errors",
    "UnreadableInput": "errors",
    **dict.fromkeys(
        (
            "Claim",
            "Document",
            "Entity",
            "Event",
            "Mark",
            "Reading",
            "Source",
            "Span",
            "Statement",
            "TimeExpression",
        ),
        "nouns",
    ),
}

__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Mark",
    "OnrecordError",
    "Reading",
    "Source",
    "Span",
    "Statement",
    "TimeExpression",
    "UnreadableInput",
    "open_paths",
    "read",
    "read_many",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the room it lives in."""
    if name in _HOMES:
        return getattr(import_module(f"onrecord.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")

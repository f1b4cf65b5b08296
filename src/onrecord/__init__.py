"""onrecord reads news and keeps the record: who said what, what is planned, what is open, and the passage that says so.

>>> import onrecord
>>> with onrecord.Ledger("story.ledger") as ledger:  # doctest: +SKIP
...     ledger.add(["pages/"])
...     for event in ledger.events("summit", as_of="2031-05-24"):
...         print(event.name, event.status, event.date.value)

Names are loaded when they are first used, so that ``import onrecord`` takes no time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.acquire import open_paths
    from onrecord.answers import Answers, Ledger, NoFrames, NotThere, check, read, read_many
    from onrecord.errors import OnrecordError, UnreadableInput
    from onrecord.nouns import (
        Claim,
        Document,
        Entity,
        Event,
        Mark,
        PrintedQuote,
        Reading,
        Source,
        Span,
        Statement,
        TimeExpression,
    )

_HOMES = {
    "open_paths": "acquire",
    **dict.fromkeys(("Answers", "Ledger", "NoFrames", "NotThere", "check", "read", "read_many"), "answers"),
    "OnrecordError": "errors",
    "UnreadableInput": "errors",
    **dict.fromkeys(
        (
            "Claim",
            "Document",
            "Entity",
            "Event",
            "Mark",
            "PrintedQuote",
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
    "Answers",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Ledger",
    "Mark",
    "NoFrames",
    "NotThere",
    "OnrecordError",
    "PrintedQuote",
    "Reading",
    "Source",
    "Span",
    "Statement",
    "TimeExpression",
    "UnreadableInput",
    "check",
    "open_paths",
    "read",
    "read_many",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the room it lives in."""
    if name in _HOMES:
        return getattr(import_module(f"onrecord.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


class _Package(ModuleType):
    """The package as users see it: ``check`` is the verb, although a room of the house has that name too."""

    @property
    def check(self) -> Any:
        """What `onrecord.answers.check` does."""
        return __getattr__("check")

    @check.setter
    def check(self, _: ModuleType) -> None:
        """Python puts a room here when it is loaded; the verb stays."""


sys.modules[__name__].__class__ = _Package

"""The formats that others read: one table of what there is, which the command line and the pages both go by.

Promise: what a format can hold, the suffix of its addresses, its media type and the function that writes it stand here
and nowhere else. The odd case that forced the shape: a library of 45 MB writes one of them and `onrecord --help` has to
answer at once, so that functions are named here and loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Literal, NamedTuple, get_args

from onrecord.publish.site import NOWHERE, Site

Kind = Literal["documents", "statements", "events", "claims", "evidence", "changes", "readings"]
"""What is written: `HeldDocument`, `HeldStatement`, `HeldEvent` (also for ``claims`` and ``evidence``, which are rows
of events), `Change`, `Reading`."""

KINDS: tuple[Kind, ...] = get_args(Kind)


class Format(NamedTuple):
    """A format and what it can hold."""

    name: str
    suffix: str
    media: str
    """The media type, as HTTP gives it."""
    told: str
    """What it is, in a few words."""
    writers: dict[Kind, str]
    """For each kind of things the function that writes them, as ``module:function``; the first kind is the usual."""
    binary: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it can hold."""
        return tuple(self.writers)

    def write(self, kind: Kind, things: Iterable[Any], site: Site = NOWHERE) -> Iterator[bytes]:
        """Yield the parts of a file of things of a kind. Raises KeyError for a kind that the format can't hold."""
        module, _, function = self.writers[kind].partition(":")
        parts: Iterator[bytes] = getattr(import_module(f"onrecord.publish.{module}"), function)(things, site)
        return parts


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "icalendar", ".ics", "text/calendar; charset=utf-8", "events for calendar programs (RFC 5545)",
            {"events": "calendar:calendar"},
        ),
    )
}  # fmt: skip
"""All formats by name."""


def format_of(suffix: str, kind: Kind) -> Format | None:
    """Return the format that a suffix stands for among those that can hold a kind of things; None where none does."""
    return next((each for each in FORMATS.values() if each.suffix == suffix and kind in each.writers), None)

"""A date of an event, as the words around a time expression give it.

Promise: frozen, with the span of its words. The odd case that forced its shape: a date may be the one that an event was
moved from, the one it was moved to, or one that it is only meant to be moved to.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.nouns import Span


class Dated(NamedTuple):
    """A date of an event. ``fine``: of month precision or finer; ``ends``: last day, where resolved."""

    which: Literal["date", "previous_date"]
    value: str | None
    span: Span
    fine: bool
    first: str | None
    ends: str | None
    provisional: tuple[int, ...]
    """Tokens of the words that make it provisional; empty where it is settled."""
    undecided: bool
    """True where the words say that there is no date ("put off indefinitely")."""
    moved: bool
    """True for the date that a plan was moved to ("put off until June")."""
    near: int
    """Steps between the event and the time in the tree: the nearest is the date."""
    wished: bool = False
    """True for a date that a plan is only meant to be moved to ("wants to move the summit to June")."""
    hour: Span | None = None
    """The words of the hour, where these stand apart from those of the day."""

    def within(self, other: Dated) -> bool:
        """Whether all its days are days of another date."""
        if not (self.first and self.ends and other.first and other.ends):
            return False
        return other.first <= self.first and self.ends <= other.ends

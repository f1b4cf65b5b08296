"""How questions are asked of the API: the parameters that several addresses have, each described once.

Promise: a day is a day, a name is no longer than any is, and what does not fit is told by name.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Request
from litestar.exceptions import ValidationException
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from onrecord.ledger.questions import MOST_WORDS, Between

LONGEST = 2_000
"""Code points of what is asked for at most."""

AT_MOST = f"Statements and documents are looked for by the first {MOST_WORDS} different words alone."

Day = date | None
AsOf = Annotated[
    Day,
    QueryParameter(
        name="as_of",
        description="Only what was published by this day counts; without it all that is in the ledger.",
        examples=[Example(summary="a day in the past", value="2031-05-10")],
    ),
]
First = Annotated[Day, QueryParameter(name="from", description="Only what was published on this day or later.")]
Last = Annotated[Day, QueryParameter(name="to", description="Only what was published by this day.")]
HeldFirst = Annotated[
    Day, QueryParameter(name="from", description="Only events dated this day or later, those held too.")
]
HeldLast = Annotated[Day, QueryParameter(name="to", description="Only events dated this day or earlier.")]
Words = Annotated[
    str,
    QueryParameter(
        name="q", max_length=LONGEST, description=f"Words, all of which count; without them all there is. {AT_MOST}"
    ),
]
Document = Annotated[
    str, QueryParameter(name="document", min_length=1, max_length=LONGEST, description="The document's id.")
]
EventId = Annotated[
    str,
    PathParameter(pattern="^E[0-9a-f]{10}$", description="The event's id.", examples=[Example(value="E86305d0a46")]),
]
EntityId = Annotated[str, PathParameter(pattern="^P[0-9a-f]{10}$", description="The id of a person, body or place.")]


def iso(day: Day) -> str | None:
    """Return a day as the ledger has it."""
    return day.isoformat() if day else None


def between(first: Day, last: Day, as_of: Day = None) -> Between:
    """Return the days of publication that are asked for: the earlier of two last ones counts."""
    return Between(iso(first), iso(min(filter(None, (last, as_of)), default=None)))


TYPED = frozenset({"as_of", "from", "to", "since", "until", "status", "type", "form"})
"""Parameters that are no text, of which Litestar would take the word "null" as if they had been left out."""


async def refuse_nulls(request: Request[Any, Any, Any]) -> None:
    """Raise ValidationException where a parameter is said to be null: an address leaves out what it does not say."""
    wrong = [key for key, value in request.query_params.multi_items() if value == "null" and key in TYPED]
    if wrong:
        told = "null is no value; leave it out"
        raise ValidationException(told, extra=[{"key": key, "message": told} for key in wrong])

"""From addresses that no longer hold as they are to those that do: by the number of a reading, of words without a fact.

Promise: who comes by a number is led to the place that it meant, and told where other readings meant another one; the
words of a place are shown whatever is found in them. The odd case that forced the shape: a ledger that was made anew
has none of the readings in which an address was made, but the same texts.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from onrecord.ledger.kept import Kept
from onrecord.ledger.places import Meant
from onrecord.nouns import Span
from onrecord.web.pages import pages_as_of

At = Callable[[str, Span, str | None], str | None]
"""The address of something by its document, its place there and the version of the text."""


def to_place(at: At, held: Kept, number: str, meant: Meant | None) -> Redirect:
    """Return the way from the address of a number in a document to that of its place.

    Browsers don't keep it: the next reading may number anew. Raises NotFoundException where it meant nothing.
    """
    if meant is None:
        raise NotFoundException(f"the ledger has no “{number}” of a document “{held.held.name}”")
    also = f"&{urlencode({'number': number})}" if meant.others else ""
    return Redirect(f"{at(held.held.name, meant.span, held.version)}{also}", status_code=307)


def to_words(held: Kept, span: Span, as_of: str | None) -> Redirect:
    """Return the way to the words of a place of which nothing was found. Raises NotFoundException where none are."""
    name = held.held.name
    if span[1] > len(held.reading.document.text):
        raise NotFoundException(f"the text of “{name}” has no words from {span[0]} to {span[1]}")
    return Redirect(pages_as_of(as_of).passage(name, span, held.version) or "", status_code=307)

"""What came with the document from outside, a day of publication above all.

Promise: a given date is believed as it is, or not at all. ``03-02-2009`` may be a day in February or in March, and all
relative dates of the text hang on it, so it is kept among the publisher's claims, and the day stays unknown. The odd
case that forced the shape: a feed dates an article weeks ahead of the day on which it is fetched, and until then that
one would count as the last word on its events.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from onrecord.nouns import Document, PublisherClaim, Source, Sourced

# Who dated it: the kind of source that a reading names, and the very field.
_SAYS = {"given": ("given", None), "feed": ("feed", "the item of the feed"), "mail": ("given", "Date of the mail")}

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")


def given_date(source: Source) -> Sourced | None:
    """Return the date of publication that came with the source, or None where none did that can be understood."""
    if source.published and _is_date(source.published):
        by, detail = _SAYS[source.dated_by]
        return Sourced(value=source.published, source=by, confidence=1.0, detail=detail)
    return None


def given_outlet(source: Source) -> str | None:
    """Return the outlet that came with a source, on one line; None where there is none."""
    return " ".join((source.outlet or "").split()) or None


def given_claims(source: Source) -> tuple[PublisherClaim, ...]:
    """Return what came with the source and could not be understood, as it was written."""
    if source.published and not _is_date(source.published):
        return (PublisherClaim(source="given", key="published", value=source.published[:100]),)
    return ()


EARLIEST, LATEST = 1600, 2200
"""The years in which something may have been published: there was no news in print before, and a program that knows
no day writes the first of all (0001-01-01)."""


def _is_date(value: str) -> bool:
    """Whether ``value`` is a year, a month, a day or a time as ISO 8601 writes them, in a year that can be."""
    with suppress(ValueError):
        if _YEAR_OR_MONTH.fullmatch(value):
            found = date.fromisoformat(f"{value}-01-01"[:10])
        else:
            found = datetime.fromisoformat(value)
        return EARLIEST <= found.year <= LATEST
    return False


AHEAD = "published.ahead"
"""The key of a publisher's claim: a date of publication that lies after the document was there to be captured."""

_SLACK = timedelta(days=1)
"""By how much a date may lie ahead: on the other side of the world it is tomorrow already."""


_FIRST_ARCHIVE = 1996
"""The year in which the Internet Archive began to keep pages of the web; a clock that is not set tells 1970."""


def possible(document: Document) -> Document:
    """Return a document that is dated no later than it was captured: else from then on, and the date is but a claim.

    Where nobody says when it was captured, its date is believed.
    """
    stated, seen = document.published, _captured(document)
    if stated is None or seen is None or stated.value[:10] <= (seen + _SLACK).date().isoformat():
        return document
    claim = PublisherClaim(source=stated.source, key=AHEAD, value=stated.value)
    since = seen.isoformat() if seen.tzinfo else seen.date().isoformat()
    dated = Sourced(value=since, source="captured", confidence=0.5)
    return replace(document, published=dated, publisher_claims=(*document.publisher_claims, claim))


def _captured(document: Document) -> datetime | None:
    """When a document was captured, where its archive or server says so; a clock that was never set does not."""
    with suppress(ValueError):
        seen = datetime.fromisoformat((document.provenance and document.provenance.captured) or "")
        return seen if _FIRST_ARCHIVE <= seen.year <= LATEST else None
    return None

"""Where the things of a ledger have their pages, so that what is written elsewhere can lead back to them.

Promise: without an address to begin with there are no links, and none is made up; names are the documents' own and may
hold anything, so they are escaped. The odd case that forced the shape: an id must stay the same wherever the pages
move, so that ids are URNs and only links are addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from onrecord.ledger.places import place_of
from onrecord.nouns import Span


@dataclass(frozen=True, kw_only=True)
class Site:
    """What a file or feed says of itself, and where its links lead."""

    title: str = "On record"
    base: str | None = None
    """The address at which the pages begin (``https://desk.example/``); None: there are none."""
    itself: str | None = None
    """The address of the feed or calendar itself."""
    as_of: str | None = None
    """The day as of which it tells what is known; None: all that is."""

    def event(self, name: str) -> str | None:
        """Return the address of an event."""
        return self._page("events", name)

    def document(self, name: str, version: str | None = None) -> str | None:
        """Return the address of a document; ``version``: of one that is not the last of its id."""
        return self._page("documents", name, version=version)

    def passage(self, document: str, span: Span, version: str | None = None) -> str | None:
        """Return the address of a passage, lit up in its document (as in `document`)."""
        place = place_of(span)
        page = self._page("documents", document, passage=place, version=version)
        return page and f"{page}#p{place}"

    def statement(self, document: str, span: Span, version: str | None = None) -> str | None:
        """Return the address of the statement whose words stand at a place of a document (as in `document`).

        It leads there whatever newer readings of the text number it; to this text alone where ``version`` tells which
        it is, also of one that is the last as yet (`HeldStatement.edition`).
        """
        return self._page("statements", place_of(span), document, version=version)

    def quote(self, document: str, span: Span, version: str | None = None) -> str | None:
        """Return the address of the prints of a quote, by the place of its words (as in `statement`)."""
        return self._page("quotes", place_of(span), document, version=version)

    def entity(self, name: str) -> str | None:
        """Return the address of a person, body or place."""
        return self._page("entities", name)

    def _page(self, *parts: str, **asked_of_it: str | None) -> str | None:
        if self.base is None:
            return None
        asked = urlencode({key: each for key, each in ({"as_of": self.as_of} | asked_of_it).items() if each})
        where = "/".join(escaped(part) for part in parts)
        return f"{self.base.rstrip('/')}/{where}{'?' if asked else ''}{asked}"


_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f-\xa0<>\"{}|\\^`\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
"""What RFC 3987 allows in an address, and nothing that turns the direction of writing around."""

NOWHERE = Site()
"""No pages to lead to."""


def escaped(part: str) -> str:
    """Return a name as one part of an address."""
    return quote(part, safe="", errors="replace")


def web_address(url: str | None) -> str | None:
    """Return the address of a page where it is one that may be written as a link or an id as it is, else None."""
    return url if url and _WEB.fullmatch(url) else None


def urn(*parts: str) -> str:
    """Return the id of something of a ledger, the same wherever its pages are."""
    return ":".join(("urn:onrecord", *map(escaped, parts)))

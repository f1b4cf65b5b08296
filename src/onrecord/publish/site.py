"""Where the things of a ledger have their pages, so that what is written elsewhere can lead back to them.

Promise: without an address to begin with there are no links, and none is made up; names are the documents' own and may
hold anything, so they are escaped. The odd case that forced the shape: an id must stay the same wherever the pages
move, so that ids are URNs and only links are addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode


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

    def statement(self, document: str, number: str, version: str | None = None) -> str | None:
        """Return the address of a statement, by its document (as in `document`) and its id there."""
        return self._page("statements", number, document, version=version)

    def entity(self, name: str) -> str | None:
        """Return the address of a person, body or place."""
        return self._page("entities", name)

    def _page(self, *parts: str, version: str | None = None) -> str | None:
        if self.base is None:
            return None
        asked = urlencode({key: each for key, each in (("as_of", self.as_of), ("version", version)) if each})
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

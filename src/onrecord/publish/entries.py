"""Feeds of whatever there is new, as readers of feeds take them: Atom (RFC 4287) and JSON Feed 1.1.

Promise: what stands in a feed comes from its entries alone, and no clock is asked. The odd case that forced the shape:
Atom wants a moment also of a feed in which nothing has happened yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from onrecord.publish.site import Site, urn
from onrecord.publish.standing import one_line

LATEST = 200
"""Entries that a feed has at most, the newest."""

NEVER = "1970-01-01"
"""The day of a feed in which nothing has happened yet."""

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"


class Entry(NamedTuple):
    """What a feed shows of one thing that is new."""

    id: str
    """A URN; readers of feeds hide what they have shown under it."""
    title: str
    """One line."""
    moment: str
    """When it was told, as RFC 3339 has it."""
    authors: tuple[str, ...]
    address: str | None
    """Of its page; None: there is none."""
    tags: tuple[str, ...]
    content: str
    """HTML."""


def atom_of_entries(found: Sequence[Entry], site: Site) -> Iterator[bytes]:
    """Yield an Atom feed of entries, the newest first."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(feed, "id", site.itself or urn("feed", site.title))
    _add(feed, "title", one_line(site.title))
    _add(feed, "updated", found[0].moment if found else f"{site.as_of or NEVER}T00:00:00Z")
    _add(_add(feed, "author"), "name", "onrecord")
    _add(feed, "generator", "onrecord", version=version("onrecord"))
    if site.itself:
        _add(feed, "link", rel="self", type="application/atom+xml", href=site.itself)
    if site.base:
        _add(feed, "link", rel="alternate", type="text/html", href=site.base)
    for each in found:
        entry = _add(feed, "entry")
        _add(entry, "id", each.id)
        _add(entry, "title", each.title, type="text")
        _add(entry, "updated", each.moment)
        _add(entry, "published", each.moment)
        for name in each.authors:
            _add(_add(entry, "author"), "name", name)
        if each.address:
            _add(entry, "link", rel="alternate", type="text/html", href=each.address)
        for tag in each.tags:
            _add(entry, "category", term=tag)
        _add(entry, "content", each.content, type="html")
    yield etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)


def json_feed_of_entries(found: Sequence[Entry], site: Site, told: str) -> Iterator[bytes]:
    """Yield a JSON Feed of entries, the newest first; ``told``: what the feed says of itself."""
    feed: dict[str, Any] = {"version": JSON_FEED, "title": one_line(site.title)}
    feed |= {"home_page_url": site.base} if site.base else {}
    feed |= {"feed_url": site.itself} if site.itself else {}
    feed |= {"description": told, "language": "en"}
    feed["items"] = [
        {
            "id": each.id,
            **({"url": each.address} if each.address else {}),
            "title": each.title,
            "content_html": each.content,
            "date_published": each.moment,
            **({"authors": [{"name": name} for name in each.authors]} if each.authors else {}),
            "tags": list(each.tags),
        }
        for each in found
    ]
    yield msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    found = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    found.text = text
    return found

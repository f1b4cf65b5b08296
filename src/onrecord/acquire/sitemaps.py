"""Sitemaps and outlines of feeds (OPML): XML that names addresses and has no text itself."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from onrecord.acquire.listed import Listed, listed, mark_of
from onrecord.acquire.markup import XML, children, name_of, text_of
from onrecord.acquire.records import iso_time
from onrecord.errors import UnreadableInput


def read_sitemap(root: XML, where: str) -> Iterator[Listed | UnreadableInput]:
    """Yield the addresses of a sitemap or of a list of sitemaps, with what a news sitemap says of each.

    Sources: sitemaps.org 0.9; Google's news extension (``news:publication_date``). The ``lastmod`` of a page is no day
    of publication, but tells whether there is something new.
    """
    for number, each in enumerate(children(root, "url", "sitemap"), 1):
        news = next(children(each, "news"), None)
        publication = None if news is None else next(children(news, "publication"), None)
        named = listed(text_of(each, "loc"), f"{where}:{number}")
        if isinstance(named, UnreadableInput):
            yield named
            continue
        changed = text_of(each, "lastmod")
        if news is None:
            yield named._replace(mark=mark_of(changed))
            continue
        title, published = text_of(news, "title"), text_of(news, "publication_date")
        yield named._replace(
            title=title or None,
            outlet=(publication is not None and text_of(publication, "name")) or None,
            published=iso_time(published),
            mark=mark_of(changed, title, published),
        )


def read_outline(root: XML, where: str) -> Iterator[Listed | UnreadableInput]:
    """Yield the feeds of an OPML file, as readers of feeds keep and exchange them."""
    number = 0
    for each in root.iter(etree.Element):
        address = next((value for key, value in each.attrib.items() if key.lower() == "xmlurl"), None)
        if name_of(each) == "outline" and address is not None:
            number += 1
            yield listed(address, f"{where}:{number}")

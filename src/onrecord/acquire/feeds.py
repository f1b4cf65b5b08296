"""Feeds (RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1): each item with content is a document.

Promise: an item's time is its best day of publication, with the zone in which it was written; the feed's title is its
outlet (of an item taken over from another feed, that one's title); an item that has only a summary is told as such, and
one that has no text at all is an address. The odd case that forced the shape: libraries for feeds give times in UTC,
where "today" of a text from the east is the day before, and complete half a date from the clock; here a time stays as
it was written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin

import msgspec
from lxml import etree

from onrecord.acquire.listed import LONGEST, Listed, mark_of
from onrecord.acquire.markup import XML, children, name_of, space_of, text_of, words_of
from onrecord.acquire.records import iso_time
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MEDIA = ("http://search.yahoo.com/mrss/", "http://www.itunes.com/dtds/podcast-1.0.dtd", "media", "itunes")
_PUBLISHED = ("pubdate", "published", "issued", "date", "updated", "modified")
"""By trust; Atom's ``updated`` is the only time that every entry must have."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

Media = Literal["html", "text"]


class _Content(NamedTuple):
    words: str
    media: Media
    whole: bool


class _Item(NamedTuple):
    """What all kinds of feeds say of an item, as it stands there. Empty: not said."""

    address: str
    id: str
    title: str
    outlet: str
    published: str
    updated: str
    content: _Content | None


def read_feed(root: XML, where: str, address: str | None = None) -> Iterator[Source | Listed | UnreadableInput]:
    """Yield the items of an XML feed in its order; place *n* is ``where:n``.

    ``address``: where the feed was fetched from, which its relative addresses count from.
    """
    channel = next(children(root, "channel"), root)
    outlet = _title(channel)
    base = root.get(_BASE) or address or _link(channel, None)
    items = [each for each in root.iter(etree.Element) if name_of(each) in ("item", "entry")]
    yield from _read((_item(each, outlet, base) for each in items), where)


def read_json_feed(raw: bytes, where: str) -> Iterator[Source | Listed | UnreadableInput]:
    """Yield the items of a JSON Feed (jsonfeed.org, 1.1). Raises UnreadableInput where it is none."""
    try:
        feed = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise UnreadableInput(where, f"this JSON Feed is damaged ({problem})") from problem
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableInput(where, "this JSON Feed has no list of items")
    outlet = _string(feed, "title")
    yield from _read((_json_item(each, outlet) for each in items if isinstance(each, dict)), where)


def _read(items: Iterator[_Item], where: str) -> Iterator[Source | Listed | UnreadableInput]:
    number = 0
    for number, item in enumerate(items, 1):
        yield _document(item, f"{where}:{number}")
    if not number:
        yield UnreadableInput(where, "there are no items in this feed")


def _document(item: _Item, place: str) -> Source | Listed | UnreadableInput:
    """What an item is: a document, an address (with its summary as a document instead), or neither."""
    address = item.address if item.address.startswith(("http://", "https://")) else ""
    address = address if len(address) <= LONGEST else ""
    title, outlet, published = item.title or None, item.outlet or None, iso_time(item.published)
    source = None
    if item.content is not None:
        source = Source(
            raw=item.content.words.encode("utf-8"),
            path=place,
            media=item.content.media,
            charset="utf-8",
            title=title,
            url=address or None,
            outlet=outlet,
            published=published,
            dated_by="feed",
            provenance=Provenance(by="feed", record=item.id or None, part="whole" if item.content.whole else "summary"),
        )
        if item.content.whole or not address:
            return source
    if address:
        words = item.content.words if item.content else ""
        mark = mark_of(item.id, item.title, item.published, item.updated, words)
        return Listed(address, place, title, outlet, published, source, mark)
    return UnreadableInput(place, "this item of the feed has neither text nor address")


def _item(element: XML, outlet: str, base: str) -> _Item:
    taken_from = next(children(element, "source"), None)
    named = "" if taken_from is None else text_of(taken_from, "title") or words_of(taken_from)
    return _Item(
        address=_link(element, base),
        id=text_of(element, "guid", "id"),
        title=_title(element),
        outlet=_plain(named) or outlet,
        published=text_of(element, *_PUBLISHED),
        updated=text_of(element, "updated", "modified"),
        content=_content(element),
    )


def _title(element: XML) -> str:
    """The title as text: what looks like markup is markup only where the feed says so (Atom's ``type="html"``)."""
    for each in children(element, "title"):
        if space_of(each) not in _MEDIA:
            words = words_of(each)
            return _plain(_TAG.sub("", words) if each.get("type") == "html" else words)
    return ""


def _plain(words: str) -> str:
    """Words on one line, references resolved: feeds write ``&amp;#8217;`` too."""
    return " ".join(html.unescape(words).split())


def _link(element: XML, base: str | None) -> str:
    """The address of what an element tells of."""
    for each in children(element, "link"):
        if each.get("rel", "alternate") == "alternate" and (found := (each.get("href") or words_of(each)).strip()):
            with suppress(ValueError):
                return str(urljoin(each.get(_BASE) or element.get(_BASE) or base or "", found))
    for each in children(element, "guid"):
        if each.get("isPermaLink", "true").lower() == "true":
            return words_of(each)
    return ""


def _content(element: XML) -> _Content | None:
    for whole, names in ((True, ("encoded", "content")), (False, ("description", "summary"))):
        for each in children(element, *names):
            if space_of(each) in _MEDIA:
                continue
            kind = (each.get("type") or "html").lower()
            if "xhtml" in kind:
                words = "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in each)
            else:
                words = words_of(each)
            if words.strip() and ("html" in kind or kind in ("text", "text/plain")):
                return _Content(words, "html" if "html" in kind else "text", whole)
    return None


def _json_item(item: dict[str, Any], outlet: str) -> _Item:
    parts: tuple[tuple[str, Media, bool], ...] = (
        ("content_html", "html", True),
        ("content_text", "text", True),
        ("summary", "text", False),
    )
    contents = (_Content(words, media, whole) for key, media, whole in parts if (words := _string(item, key)).strip())
    return _Item(
        address=_string(item, "url") or _string(item, "external_url"),
        id=_string(item, "id"),
        title=_plain(_string(item, "title")),
        outlet=_plain(outlet),
        published=_string(item, "date_published") or _string(item, "date_modified"),
        updated=_string(item, "date_modified"),
        content=next(contents, None),
    )


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""

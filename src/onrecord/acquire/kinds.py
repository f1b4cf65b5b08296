"""What an input is: told from its first bytes, and from its name only where bytes of two kinds look the same.

Promise: a feed that is named ``.txt`` is read as a feed, and an archive without a name as an archive; what onrecord
does not open is refused with what to do instead. The odd case that forced the shape: HTML, text and Markdown can't be
told apart by their beginning, and there the name is believed.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from onrecord.acquire.listed import is_list_of_addresses
from onrecord.acquire.mail import is_mailbox, is_message
from onrecord.acquire.saved import is_saved_page

Holding = Literal[
    "html", "text", "markdown", "saved", "records", "tei", "archive", "zipped", "feed", "json feed", "outline",
    "sitemap", "addresses", "message", "mailbox", "readings",
]  # fmt: skip

HOLDINGS: dict[str, Holding] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "saved",
    ".mht": "saved",
    ".txt": "text",
    ".md": "markdown",
    ".jsonl": "records",
    ".ndjson": "records",
    ".warc": "archive",
    ".wacz": "zipped",
    ".rss": "feed",
    ".atom": "feed",
    ".opml": "outline",
    ".eml": "message",
    ".mbox": "mailbox",
    ".parquet": "readings",
}
"""What a file holds, by the end of its name; each may be followed by ``.gz``. Files of other names in a folder are
somebody's own."""

MANY: frozenset[Holding | None] = frozenset(
    {"archive", "zipped", "feed", "json feed", "outline", "sitemap", "mailbox", "readings"}
)
"""What holds so many documents as only reading it tells."""

# What is certainly no page, by its first bytes (the formats' own magic numbers), with what to do instead.
_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "this is a PDF; save its text as .txt and read that"),
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"\x28\xb5\x2f\xfd", "this is packed with zstd; unpack it first"),
    (b"BZh", "this is packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "this is packed with xz; unpack it first"),
)

# XML and JSON that is no page: the name of the root element, and the beginning of a list of records. The quantifiers
# are possessive: a page may begin with a thousand comments.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(<\?xml\b[^>]*>\s*+)?(?><!--.*?-->\s*+|<\?xml-[^>]*>\s*+|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>\s*+)*+"
    rb"<([A-Za-z][\w:.-]*)",
    re.S,
)
_FEEDS = frozenset({"rss", "feed", "rdf"})
_JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org")
_TEI = frozenset({"tei", "teicorpus", "teicorpus.2", "tei.2"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_LIST_OF_RECORDS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_OUR_EXPORT = "this is a feed or an export that onrecord wrote; read the pages it was made of"

# What an earlier run wrote, in the folder that the next one reads: as news it would be everything told twice. Each sign
# counts only in what begins as such a file does: a page may hold our schema.org graph, and a text may quote a calendar.
_REPORT = b'<meta name="generator" content="onrecord '
_PRINTED = (
    (b'{"format":"onrecord.reading/', "these are readings that onrecord printed; read the pages they were made of"),
    (b'{"format":"onrecord.problem/', "this is a list of what onrecord could not read; read the pages themselves"),
)
_REPORTED = "this is a report that onrecord wrote; read the pages it was made of"
_LINKED_DATA = re.compile(rb"\{\s*\"@context\"")
_OUR_ID = re.compile(rb"\"@?id\":\s?\"urn:onrecord:")

OUR_OWN = frozenset((_OUR_EXPORT, _REPORTED, *(reason for _, reason in _PRINTED)))
"""Why what onrecord itself wrote is not read."""

UNASKED = "these are readings in Parquet; `onrecord add` loads them into a ledger"
"""Why readings are refused where pages are asked for."""


def named(path: Path) -> tuple[Holding | None, bool]:
    """What a file holds by its name (None: its name does not say), and whether the name says gzip."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    named_gz = bool(suffixes) and suffixes[-1] == ".gz"
    if named_gz:
        suffixes.pop()
    return (HOLDINGS.get(suffixes[-1]) if suffixes else None), named_gz


def is_archive(first: bytes) -> bool:
    """Whether bytes that begin so are a WARC file, packed or not; it is not unpacked as a whole."""
    if first.startswith(b"\x1f\x8b"):
        try:
            first = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(first, 64)
        except zlib.error:
            return False
    return first.startswith(b"WARC/")


def holding_of(first: bytes, by_name: Holding | None) -> Holding | None:
    """What bytes hold that begin so; None leaves HTML and text to the page room, which reads more."""
    if first.startswith(b"PK\x03\x04"):
        return "zipped"
    if first.startswith(b"PAR1"):
        return "readings"
    root = _root_of(first)
    if root in _FEEDS:
        return "feed"
    if root == "opml":
        return "outline"
    if root in _SITEMAPS:
        return "sitemap"
    if root in _TEI:
        return "tei"
    if _object(first) and _JSON_FEED.search(first):
        return "json feed"
    if by_name in ("html", "saved", "records", "markdown", "message"):
        return by_name
    if is_mailbox(first):
        return "mailbox"
    if is_message(first):
        return "message"
    if is_saved_page(first):
        return "saved"
    if is_list_of_addresses(first):
        return "addresses"
    if by_name == "text":
        return "text"
    return "records" if _object(first) else None


def refusal(first: bytes) -> str | None:
    """Why what begins so is not read, with what to do instead; None where it may be."""
    for reason in (
        *(reason for magic, reason in _OTHER_FORMATS if first.startswith(magic)),
        *_ours(first),
    ):
        return reason
    if _LIST_OF_RECORDS.match(first):
        return "this is a JSON list; write its records one a line (JSON Lines) and read that"
    root = _ROOT.match(first)
    if root and root[1] and _root_of(first) not in {"html", "opml", *_FEEDS, *_SITEMAPS, *_TEI}:
        return f"this is XML ({root[2].decode('ascii')}), which this version does not open; save its text as .txt"
    return None


def _ours(first: bytes) -> Iterator[str]:
    """Why what begins so is not read, where onrecord wrote it."""
    first = first.removeprefix(codecs.BOM_UTF8).lstrip()
    yield from (reason for sign, reason in _PRINTED if first.startswith(sign))
    root = _root_of(first)
    if first.startswith(b"<!doctype html>") and _REPORT in first:
        yield _REPORTED
    linked = _LINKED_DATA.match(first) or (_object(first) and _JSON_FEED.search(first))
    if (
        (linked and _OUR_ID.search(first))
        or (root == "feed" and b">onrecord</generator>" in first)
        or (first.startswith(b"BEGIN:VCALENDAR") and b"PRODID:-//onrecord//" in first)
    ):
        yield _OUR_EXPORT


def _object(first: bytes) -> bool:
    return first.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def _root_of(first: bytes) -> str:
    """The name of the root element of XML or HTML that begins so, without namespace; empty where it is neither."""
    if first.startswith(_WIDE):
        first = first[: len(first) // 2 * 2].decode("utf-16", "ignore").encode("utf-8")
    root = _ROOT.match(first)
    return root[2].decode("ascii").lower().rpartition(":")[2] if root else ""

"""Bytes to a Document: the one way into onrecord for a page, whatever it is made of.

Promise: `read_page` returns a Document whose every block can be found again in the bytes, or raises `UnreadableInput`
with a full sentence; it does no more than `limits.LIMITS` allows. The odd case that forced the shape: what the bytes
are is often not said, so they are looked at before anything is decoded.
"""

from __future__ import annotations

import re

from onrecord.errors import UnreadableInput
from onrecord.nouns import Document, Source
from onrecord.page.decode import decode
from onrecord.page.given import possible
from onrecord.page.limits import LIMITS
from onrecord.page.plain import read_text

_BINARY = (
    (b"%PDF-", "a PDF file; save its text as a text file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip file (or an office document); unpack it or save its text"),
    (b"\x1f\x8b", "gzip; unpack it"),
    (b"BZh", "bzip2; unpack it"),
    (b"\xfd7zXZ", "xz; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save its text"),
    (b"{\\rtf", "a rich text (RTF) document; save its text"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1|script|link|section|main|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(rb"\s*[\w-]+:[ \t]")
_ENVELOPE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_ENVELOPE_BYTES = 4_000
"""A saved page (MHTML) says what it is in its first lines; its page is taken out before it comes here."""
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"</(?:p|div|a|h[1-6]|li|td|span|html|body|article)\s*>", re.IGNORECASE)


def read_page(source: Source) -> Document:
    """Return the Document of one source.

    In: the original bytes and what is known from outside of them; what is given wins over what the page says.
    Out: text, blocks with runs of byte offsets into ``source.raw``, what was dropped, repairs and metadata.
    Raises UnreadableInput where the bytes are too many, no text, of an unreadable encoding, or hold no article.
    """
    where = source.path or "<bytes>"
    _refuse(source.raw, where)
    media = source.media or _media(source)
    try:
        decoded = decode(source.raw, source.charset, html=media == "html")
    except LookupError as problem:
        raise UnreadableInput(where, str(problem.args[0])) from problem
    if _is_binary(decoded.text):
        raise UnreadableInput(where, "the bytes are no text (too many control characters); give a page or a text file")
    if not decoded.text or decoded.text.isspace():
        raise UnreadableInput(where, "there is nothing in it but white space")
    if media == "html":
        from onrecord.page.webpage import read_html  # late: with trafilatura and htmldate, no matter of plain texts

        return possible(read_html(source, decoded, where))
    return possible(read_text(source, decoded, media == "markdown", where))


def _refuse(raw: bytes, where: str) -> None:
    if not raw:
        raise UnreadableInput(where, "there is nothing in it")
    if len(raw) > LIMITS.raw_bytes:
        limit = LIMITS.raw_bytes // 1_000_000
        raise UnreadableInput(
            where, f"{len(raw):,} bytes are more than the {limit} MB that one page may have; split it"
        )
    for magic, what in _BINARY:
        if raw.startswith(magic):
            raise UnreadableInput(where, f"this is not a page or a text but {what}")
    if _HEADER.match(raw) and _ENVELOPE.search(raw, 0, _ENVELOPE_BYTES):
        raise UnreadableInput(where, "this is a page saved as MHTML; name the file .mhtml, or save the page as .html")


def _is_binary(text: str) -> bool:
    head = text[:20_000]
    return len(_CONTROL.findall(head)) > 0.02 * len(head) + 8 or head.count("\x00") > 0.05 * len(head) + 8


def _media(source: Source) -> str:
    """What the bytes are, by the name of the file or by the bytes themselves."""
    name = (source.path or "").lower().removesuffix(".gz")
    if name.endswith((".html", ".htm", ".xhtml")):
        return "html"
    if name.endswith((".md", ".markdown")):
        return "markdown"
    head = source.raw[:4000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")  # the byte order marks
    if _HTML.match(head) or len(_MARKUP.findall(source.raw[:200_000].replace(b"\x00", b""))) >= 3:
        return "html"
    return "text"

"""Bytes to a Document: the one way into onrecord for a page, whatever it is made of.

Promise: `read_page` returns a Document whose every block can be found again in the bytes, or raises `UnreadableInput`
with a full sentence; it does no more than `limits.LIMITS` allows. The odd case that forced the shape: what the bytes
are is often not said, so they are looked at before anything is decoded.
"""

from __future__ import annotations

import hashlib
import re

from onrecord.errors import UnreadableInput
from onrecord.nouns import Block, BlockKind, Document, Dropped, DroppedKind, Repair, Source, Sourced, Span
from onrecord.page.decode import Decoded, decode
from onrecord.page.limits import LIMITS
from onrecord.page.lines import byline_names, date_line
from onrecord.page.mojibake import broken
from onrecord.page.text import Piece, pieces_of_text

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
_MARKUP = re.compile(rb"</(?:p|div|a|h[1-6]|li|td|span|html|body|article)\s*>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,3} \S", re.MULTILINE)


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
    if not decoded.text.strip():
        raise UnreadableInput(where, "there is nothing in it but white space")
    return _read_text(source, decoded, media == "markdown", where)


def _refuse(raw: bytes, where: str) -> None:
    if not raw:
        raise UnreadableInput(where, "the file is empty")
    if len(raw) > LIMITS.raw_bytes:
        limit = LIMITS.raw_bytes // 1_000_000
        raise UnreadableInput(
            where, f"{len(raw):,} bytes are more than the {limit} MB that one page may have; split it"
        )
    for magic, what in _BINARY:
        if raw.startswith(magic):
            raise UnreadableInput(where, f"this is not a page or a text but {what}")


def _is_binary(text: str) -> bool:
    head = text[:20_000]
    odd = sum(1 for c in head if c < "\x20" and c not in "\t\n\r\f\x1b\x00")
    nulls = head.count("\x00")
    return odd > 0.02 * len(head) + 8 or nulls > 0.05 * len(head) + 8


def _media(source: Source) -> str:
    """What the bytes are, by the name of the file or by the bytes themselves."""
    name = (source.path or "").lower().removesuffix(".gz")
    if name.endswith((".html", ".htm", ".xhtml", ".mhtml", ".mht")):
        return "html"
    if name.endswith((".md", ".markdown")):
        return "markdown"
    head = (
        source.raw[:4000]
        .replace(b"\x00", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    if _HTML.match(head) or len(_MARKUP.findall(source.raw[:200_000].replace(b"\x00", b""))) >= 3:
        return "html"
    return "text"


def _read_text(source: Source, decoded: Decoded, markdown: bool, where: str) -> Document:
    text = decoded.text
    if len(text) > LIMITS.text:
        raise UnreadableInput(
            where, f"{len(text):,} characters are more than the {LIMITS.text:,} that one text may have; split it"
        )
    pieces, transcript = pieces_of_text(text, source.title, markdown)
    blocks = tuple(
        Block(kind=_kind(p), span=(p.start, p.end), source=(_run(decoded, p.start, p.end),), speaker=p.speaker)
        for p in pieces
        if p.kind not in ("repeated", "boilerplate")
    )
    dropped = tuple(
        Dropped(kind=_dropped(p), text=text[p.start : p.end], source=(_run(decoded, p.start, p.end),))
        for p in pieces
        if p.kind in ("repeated", "boilerplate")
    )
    if not blocks:
        raise UnreadableInput(where, "there is no text in it, only marks")
    headline = next((text[b.span[0] : b.span[1]] for b in blocks if b.kind == "headline"), None)
    return Document(
        id=source.id or hashlib.sha256(source.raw).hexdigest(),
        path=source.path,
        url=source.url,
        outlet=source.outlet,
        authors=tuple(n for b in blocks if b.kind == "byline" and (n := byline_names(text[b.span[0] : b.span[1]]))),
        title=source.title or headline,
        published=_given(source) or _stated(text, blocks),
        kind="transcript" if transcript else "article",
        encoding=decoded.encoding,
        text=text,
        blocks=blocks,
        dropped=dropped,
        repairs=_repairs(decoded),
    )


def _kind(piece: Piece) -> BlockKind:
    return piece.kind  # type: ignore[return-value]


def _dropped(piece: Piece) -> DroppedKind:
    return piece.kind  # type: ignore[return-value]


def _run(decoded: Decoded, start: int, end: int) -> tuple[int, int, int, int]:
    return start, end, decoded.byte(start), decoded.byte(end)


def _given(source: Source) -> Sourced | None:
    return Sourced(value=source.published, source="given", confidence=1.0) if source.published else None


def _stated(text: str, blocks: tuple[Block, ...]) -> Sourced | None:
    """The date that a dateline of the text states in full."""
    for block in blocks:
        if block.kind == "dateline":
            line = date_line(text[slice(*block.span)])
            if line and line.day and not line.updated:
                return Sourced(value=line.day.isoformat(), source="text", confidence=0.8, detail="dateline")
    return None


def _repairs(decoded: Decoded) -> tuple[Repair, ...]:
    """What had to be mended in the bytes of a plain text, and what was seen and left as it is."""
    found: list[Repair] = []
    if decoded.declared:
        found.append(Repair(kind="encoding", span=None, was=decoded.declared, now=decoded.encoding))
    for start, end, byte_start, byte_end in decoded.bad[: LIMITS.repairs]:
        was = f"bytes {byte_start + decoded.bytes_before} to {byte_end + decoded.bytes_before}"
        found.append(Repair(kind="invalid-bytes", span=(start, end), was=was, now=decoded.text[start:end]))
    spans: list[Span] = [(start, end) for start, end, _ in broken(decoded.text)][: LIMITS.repairs]
    found += [
        Repair(kind="mojibake", span=span, was=decoded.text[slice(*span)], now=decoded.text[slice(*span)])
        for span in spans
    ]
    return tuple(found)

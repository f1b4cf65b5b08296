"""The part of a document that is read: all of it, but of a very long one no more than reading can take.

Promise: what is left unread is kept and shown, and a warning says where it begins; the part ends behind a sentence
wherever one ends there. The odd case that forced the shape: a paragraph of 5 MB is a page that somebody may have to
look at, yet to read a million characters of one takes a minute and a gigabyte, so size alone must not refuse it.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from onrecord.nouns import Document
from onrecord.page.limits import LIMITS

_LOOKED_AT = 10_000
"""Code points before the limit in which a sentence may end; where none does, the part ends at the limit."""

_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+|\n+")


def sentence_end(text: str, low: int, high: int) -> int:
    """Return where the last sentence or line of a stretch ends, with the blanks behind it; its end if none does."""
    return max((found.end() for found in _SENTENCE_END.finditer(text, low, high)), default=high)


def part_end(document: Document) -> int:
    """Return up to where a document's text is read; its length: all of it is."""
    text = document.text
    if len(text) <= LIMITS.read:
        return len(text)
    return len(text[: sentence_end(text, LIMITS.read - _LOOKED_AT, LIMITS.read)].rstrip())


def part_read(document: Document) -> Document:
    """Return a document with what of its text and blocks is read, at the same places; itself where all of it is."""
    end = part_end(document)
    if end == len(document.text):
        return document
    return replace(
        document,
        text=document.text[:end],
        blocks=tuple(
            replace(block, span=(block.span[0], min(block.span[1], end)))
            for block in document.blocks
            if block.span[0] < end
        ),
    )

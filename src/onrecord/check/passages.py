"""What of a document can be the original of a quote: its turns in passages, and the keys that find them.

Promise: a passage is a slice of the document's text, spoken by one person in one turn, without the speaker's label. The
odd case that forced the shape: a speech is one turn of five thousand words, and a paragraph of a hostile page is one of
a million; so long turns are cut, at a paragraph's end where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from onrecord.check.words import keys_of
from onrecord.nouns import Block, Document

ENOUGH = 400
"""Code points with which a passage ends at its paragraph's end: about 70 words."""
MOST = 1600
"""Code points of a passage at most; a longer paragraph is cut at a sentence's end, else at a blank."""

_STEM = 6
"""Letters of a word by which it is found in another form."""
_SHORT = 4
"""Letters at least of a word that is looked for by itself."""

_SPOKEN = frozenset({"paragraph", "turn", "list", "pullquote"})
_SENTENCE_END = re.compile(r"[.?!][\"”’)]*\s")


class Passage(NamedTuple):
    """A stretch of what one person said in one turn."""

    number: int
    """Which of the document's passages it is, counted from 0."""
    start: int
    end: int
    """Code points of the document's text."""
    turn: int
    """Which turn of the document it is of, counted from 0."""
    speaker: str | None
    """The label as the transcript writes it; None where nobody is named."""
    text: str


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of a document in text order: of a transcript its turns, else its paragraphs."""
    found: list[Passage] = []
    text = document.text
    for turn, speaker, start, end in _turns(document):
        for low, high in _cut(text, start, end):
            found.append(Passage(len(found), low, high, turn, speaker, text[low:high]))
    return found


def _turns(document: Document) -> Iterator[tuple[int, str | None, int, int]]:
    """The stretches of one turn each that end where a paragraph does, with enough words each."""
    text = document.text
    spoken = any(block.speaker for block in document.blocks)
    turn = 0
    begun: tuple[str | None, int, int] | None = None
    for block in document.blocks:
        start, end = block.span
        if block.kind not in _SPOKEN or (spoken and not block.speaker):
            continue
        label = _label(block, text)
        begins = label > start or (begun is not None and begun[0] != block.speaker)
        if begun is not None and (begins or begun[2] - begun[1] >= ENOUGH or not _next(text, begun[2], start)):
            yield turn, *begun
            turn += begins
            begun = None
        begun = (block.speaker, begun[1] if begun else label, end)
    if begun is not None:
        yield turn, *begun


def _label(block: Block, text: str) -> int:
    """Where the words of a block begin behind its speaker's label."""
    start, end = block.span
    if not block.speaker or not text.startswith(block.speaker, start):
        return start
    at = start + len(block.speaker)
    while at < end and (text[at] in ":." or text[at].isspace()):
        at += 1
    return at


def _next(text: str, end: int, start: int) -> bool:
    """Whether nothing but blanks and notes in brackets stands between two paragraphs."""
    return not re.sub(r"[(\[][^()\[\]]*[)\]]", "", text[end:start]).strip()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MOST:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, start + MOST // 2, start + MOST)]
        at = ends[-1] if ends else text.rfind(" ", start + 1, start + MOST) + 1 or start + MOST
        yield start, at
        start = at
    if text[start:end].strip():
        yield start, end


def grams(keys: Sequence[str]) -> list[str]:
    """Return the runs of three words of a text: with one word in four changed some of a quote's are left.

    Each is a number in hexadecimal digits, which fits in an index as a word.
    """
    return [f"{crc32(f'{a} {b} {c}'.encode()):x}" for a, b, c in zip(keys, keys[1:], keys[2:], strict=False)]


def terms(keys: Sequence[str]) -> list[str]:
    """Return what of a text's words finds it where no run of them is the same: the beginnings of the longer ones."""
    return [f"w{stem}" for key in keys if len(key) >= _SHORT and (stem := _plain(key)[:_STEM])]


def _plain(key: str) -> str:
    return key if key.isalnum() else "".join(c for c in key if c.isalnum())


def indexed(text: str) -> str:
    """Return what a passage is found by: its runs and its longer words, with blanks between."""
    keys = keys_of(text)
    return " ".join((*grams(keys), *terms(keys)))

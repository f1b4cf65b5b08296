"""Documents to windows of word pieces: what the tagger sees, the same in training as in reading.

Promise: every piece of every block stands in exactly one window, with its place in the text; a window is made of whole
paragraphs where they fit, and either of prose or of a transcript's turns, in which only plans are looked for. The odd
case that forced the shape: the model was trained on lower case and on curly double marks, so capital letters and the
state of quotation are told to it apart, and whatever marks a text quotes in are written as one kind before it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from onrecord.language import Quotation
from onrecord.nouns import Document
from onrecord.statements.tagger import FOLDER

LENGTH = 192
"""Most word pieces of a window, those at its ends and between paragraphs included."""

CLS, SEP = 101, 102
"""The pieces of the vocabulary that begin a window and end a paragraph."""

SHAPES = {"none": 0, "lower": 1, "title": 2, "capital": 3, "upper": 4, "mixed": 5, "digit": 6, "inner": 7}
STATES = {"outside": 0, "opening": 1, "inside": 2, "closing": 3, "nested": 4}
PLACES = 3
"""The first block of a document, the second, and all later ones."""

_SENTENCE_END = frozenset({".", "!", "?", "”", "’"})


class Window(NamedTuple):
    """Word pieces in text order. ``starts`` and ``ends`` are code points of the text; -1: no word."""

    ids: list[int]
    shapes: list[int]
    states: list[int]
    places: list[int]
    starts: list[int]
    ends: list[int]


@cache
def tokenizer() -> Any:
    """Return the tokenizer of the model's vocabulary, loaded once."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def windows(
    document: Document, quotations: Sequence[Quotation], length: int = LENGTH, turns: bool = False
) -> list[Window]:  # fmt: skip
    """Return the windows of a document's prose, or of its transcribed ``turns``, of at most ``length`` pieces each."""
    blocks = [(n, block.span) for n, block in enumerate(document.blocks) if (block.kind == "turn") == turns]
    if not blocks:
        return []
    text, states = _quoted(document.text, quotations)
    encodings = tokenizer().encode_batch([text[start:end] for _, (start, end) in blocks], add_special_tokens=False)
    found: list[Window] = []
    window = _opened()
    for (number, (start, _)), encoding in zip(blocks, encodings, strict=True):
        pieces = _pieces(document.text, states, start, encoding, min(number, PLACES - 1))
        for part in _parts(pieces, encoding.tokens, length - 2):
            if len(window.ids) + len(part.ids) + 1 > length and len(window.ids) > 1:
                found.append(window)
                window = _opened()
            for whole, more in zip(window, part, strict=True):
                whole.extend(more)
            _mark_end(window, min(number, PLACES - 1))
    if len(window.ids) > 1:
        found.append(window)
    return found


def _opened() -> Window:
    return Window([CLS], [0], [0], [0], [-1], [-1])


def _mark_end(window: Window, place: int) -> None:
    for column, value in zip(window, (SEP, 0, 0, place, -1, -1), strict=True):
        column.append(value)


def _pieces(text: str, states: bytearray, base: int, encoding: Any, place: int) -> Window:
    ids, offsets = encoding.ids, encoding.offsets
    starts = [base + start for start, _ in offsets]
    ends = [base + end for _, end in offsets]
    shapes = [
        SHAPES["inner"] if piece.startswith("##") else _shape(text[start:end])
        for piece, start, end in zip(encoding.tokens, starts, ends, strict=True)
    ]
    return Window(ids, shapes, [states[start] for start in starts], [place] * len(ids), starts, ends)


def _parts(block: Window, words: Sequence[str], most: int) -> Iterator[Window]:
    """A block's pieces, cut behind a sentence where they are more than a window holds."""
    at = 0
    while len(block.ids) - at > most:
        cut = next((i for i in range(at + most, at + most // 2, -1) if words[i - 1] in _SENTENCE_END), at + most)
        yield Window(*(column[at:cut] for column in block))
        at = cut
    if at < len(block.ids):
        yield Window(*(column[at:] for column in block))


def _shape(word: str) -> int:
    if word.islower():
        return SHAPES["lower"]
    if word.isupper():
        return SHAPES["capital"] if len(word) == 1 else SHAPES["upper"]
    if not word.isalpha():
        return SHAPES["digit"] if word.isdigit() else SHAPES["none"]
    return SHAPES["title"] if word[0].isupper() and word[1:].islower() else SHAPES["mixed"]


def _quoted(text: str, quotations: Sequence[Quotation]) -> tuple[str, bytearray]:
    """The text with its marks written alike, as long as before, and the state of quotation of each code point."""
    states = bytearray(len(text))
    marks: list[tuple[int, str]] = []
    for each in quotations:
        (start, end), (low, high) = each.span, each.inner
        nested = each.parent is not None
        states[low:high] = bytes([STATES["nested" if nested else "inside"]]) * (high - low)
        states[start:low] = bytes([STATES["opening"]]) * (low - start)
        states[high:end] = bytes([STATES["closing"]]) * (end - high)
        if low - start == 1:
            marks.append((start, "‘" if nested else "“"))
        if end - high == 1:
            marks.append((high, "’" if nested else "”"))
    plain = list(text.replace("’", "'"))
    for at, mark in marks:
        plain[at] = mark
    return "".join(plain), states

"""What an editor put into somebody's words: insertions, elisions, glosses, [sic]; and the words without them.

Promise: marks lie inside the content, in text order, and do not overlap; only words in quotation marks have marks. The
odd case that forced the shape: round brackets. In quoted speech they are nearly always the reporter's (speech has
none), but a stage direction ``(laughs)`` is a gloss of nothing, and ``(…)`` is an elision.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.language import Quotation
from onrecord.nouns import Mark, Span
from onrecord.statements.spans import meeting
from onrecord.tables import table

_DOTS = r"(?:…|\.{3,4}|\.\s\.\s\.(?:\s\.)?)"
_CANDIDATE = re.compile(
    rf"(?P<elision>[\[<({{/‹]\s*{_DOTS}\s*[\]>)}}/›])"
    r"|\[(?P<square>[^\[\]\n]{1,400})\]"
    r"|\((?P<round>[^()\n]{1,600})\)"
    rf"|(?P<dots>{_DOTS})"
)
_NAME = re.compile(r"\b[A-Z][^\W\d_]+")
_GLOSS_WORDS = 4
"""Round brackets with this many words are the reporter's: speakers do not speak in brackets."""

_OPENING = "“„‟”«»‹›‘‚‛\"'「『`"
_CLOSING = "”“‟»«›‹’‘\"'」』"
_BLANK = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?])(?![.])")


@cache
def _table(language: str, name: str) -> frozenset[str]:
    return frozenset(table("statements", language, "marks")[name])


def find_marks(
    text: str, content: tuple[Span, ...], outer: tuple[Quotation, ...], language: str = "en"
) -> tuple[Mark, ...]:
    """Return the editorial marks of a content in text order; ``outer`` are the document's outermost quotations."""
    found = []
    for start, end in content:
        if _CANDIDATE.search(text, start, end) is None:
            continue
        for quotation in meeting((start, end), outer):
            low, high = max(start, quotation.inner[0]), min(end, quotation.inner[1])
            if low < high:
                found += marks_in(text, low, high, language)
    return tuple(found)


def marks_in(text: str, start: int, end: int, language: str = "en") -> list[Mark]:
    """Return the editorial marks of somebody's words, ``text`` from ``start`` to ``end``, in text order."""
    found = []
    for match in _CANDIDATE.finditer(text, start, end):
        span = match.span()
        if match["elision"]:
            found.append(Mark(kind="elision", span=span))
        elif match["square"] is not None:
            is_sic = match["square"].strip().lower() in _table(language, "sic")
            found.append(Mark(kind="sic" if is_sic else "insertion", span=span))
        elif match["round"] is not None:
            if match["round"].strip().lower() in _table(language, "sic"):
                found.append(Mark(kind="sic", span=span))
            elif _is_gloss(match["round"], language):
                found.append(Mark(kind="gloss", span=span))
        elif _is_left_out(text, span, start, end):
            found.append(Mark(kind="elision", span=span))
    return found


def _is_gloss(inside: str, language: str) -> bool:
    """Whether the words in round brackets explain the ones before: long, or a name, or opened as explanations are."""
    words = inside.split()
    if not words or inside.strip(" .!,").lower() in _table(language, "stage"):
        return False
    opening = words[0].lower().strip(",:")
    return (
        len(words) >= _GLOSS_WORDS
        or opening in _table(language, "explains")
        or (len(words) > 1 and _NAME.search(inside) is not None)
        or (inside[0].isupper() and inside[1:2].islower())
    )


def _is_left_out(text: str, span: Span, start: int, end: int) -> bool:
    """Whether bare dots stand for words left out: between blanks or before a new sentence; not a voice trailing off."""
    before, after = text[start : span[0]].rstrip(), text[span[1] : end].lstrip()
    if not after or not text[span[1]].isspace():
        return False
    if not before:
        return True  # nobody begins to speak by trailing off
    return text[span[0] - 1].isspace() or after.lstrip(_OPENING)[:1].isupper()


def words_of(text: str, content: tuple[Span, ...], marks: tuple[Mark, ...], direct: bool) -> str:
    """Return the attributed words: insertions, glosses and [sic] out, elisions as ``…``, white space tidied.

    Of a ``direct`` statement the outermost quotation marks are taken off, piece by piece.
    """
    pieces = []
    for start, end in content:
        parts = []
        at = start
        for mark in marks:
            if mark.span[0] < at or mark.span[1] > end:
                continue
            parts.append(text[at : mark.span[0]])
            parts.append("…" if mark.kind == "elision" else _letter(text, mark))
            at = mark.span[1]
        parts.append(text[at:end])
        piece = "".join(parts).strip()
        if direct:
            piece = _unmarked(piece)
        pieces.append(_BEFORE_MARK.sub(r"\1", _BLANK.sub(" ", piece)).strip())
    return " ".join(piece for piece in pieces if piece)


def _letter(text: str, mark: Mark) -> str:
    """The letter of ``[T]hey``, which the word would lack without it; of any other mark nothing."""
    inside, after = text[mark.span[0] + 1 : mark.span[1] - 1], text[mark.span[1] : mark.span[1] + 1]
    return inside if mark.kind == "insertion" and len(inside) == 1 and inside.isalpha() and after.isalpha() else ""


def _unmarked(piece: str) -> str:
    """The piece without the quotation marks at its ends, and without those of the paragraphs that it runs on over."""
    for mark in ("``", "''"):
        piece = piece.removeprefix(mark).removesuffix(mark)
    if piece[:1] and piece[0] in _OPENING:
        piece = piece[1:]
    stripped = piece.rstrip(".,; ")
    if stripped and stripped[-1] in _CLOSING:
        piece = stripped[:-1] + piece[len(stripped) :].strip()
    return piece.strip()

"""Plain text and Markdown: the text stays as it is, and its blocks are told apart.

Promise: nothing is taken out of the text and no paragraph is lost; furniture and repeated headlines are listed as
dropped by where they stand. The odd case that forced the shape: in most texts each line is a paragraph, in hard-wrapped
ones each group of lines is; a line was wrapped if the next line's first word would not have fitted (`_wrapped`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.nouns import BlockKind, Cell, DroppedKind
from onrecord.page.lines import byline_names, date_line, is_furniture, words_of
from onrecord.page.transcript import label, turns

_LINE = re.compile(r"[^\s\ufeff](?:[^\r\n]*\S)?")
_BLANK = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]*$")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"(?:[-*+•‣▪◦·–][ \t]+|\d{1,3}[.)][ \t]+)(?P<words>\S.*)$", re.DOTALL)
_QUOTE = re.compile(r"(?:>[ \t]?)+(?P<words>\S.*)?$", re.DOTALL)
_RULE = re.compile(r"(?:[-*_=~#][ \t]*){3,}$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_SLACK = 4
"""Code points by which a line may be shorter than the words would allow: not all programs break lines greedily."""


class Piece(NamedTuple):
    """A block to be, or something dropped: ``start`` and ``end`` in code points of the text."""

    kind: BlockKind | DroppedKind
    start: int
    end: int
    speaker: str | None = None
    cell: Cell | None = None


class _Line(NamedTuple):
    start: int
    end: int
    words: str
    group: int
    """Lines with no blank line between them share a number."""


def pieces_of_text(
    text: str, title: str | None, markdown: bool, first: int = 0, language: str = "en"
) -> tuple[list[Piece], bool]:
    """Return the pieces of a plain text from code point ``first`` on in order, and whether it is a transcript.

    ``title`` is the headline where it is known from elsewhere. Markdown's marks stay outside of the pieces.
    """
    lines = _lines(text, first)
    spoken = turns([line.words for line in lines], language)
    begins = [turn.begins for turn in spoken] if spoken else [False] * len(lines)
    paragraphs = _joined(lines, begins, language)
    pieces = [_piece(text, start, end, markdown) for start, end in paragraphs]
    pieces = [each for each in pieces if each.start < each.end]
    pieces = _front(text, pieces, title, language)
    if spoken is not None:  # "BY PRESS SECRETARY …" stands above a transcript as part of its title
        pieces = [each._replace(kind="paragraph") if each.kind == "byline" else each for each in pieces]
        pieces = _turns(text, pieces, language)
    return _furniture(text, pieces, language), spoken is not None


def _lines(text: str, at: int) -> list[_Line]:
    found: list[_Line] = []
    group = 0
    for match in _LINE.finditer(text, at):
        start, end = match.span()
        if _BLANK.search(text, at, start):
            group += 1
        found.append(_Line(start, end, match.group(), group))
        at = end
    return found


def _joined(lines: Sequence[_Line], begins: Sequence[bool], language: str) -> list[tuple[int, int]]:
    """The paragraphs; a label of a transcript always begins one."""
    paragraphs: list[tuple[int, int]] = []
    part: list[_Line] = []
    for line, begin in zip(lines, begins, strict=True):
        if begin and part:
            paragraphs += _paragraphs(part, language)
            part = []
        part.append(line)
    return paragraphs + _paragraphs(part, language)


def _paragraphs(lines: Sequence[_Line], language: str) -> list[tuple[int, int]]:
    """The paragraphs: each line one, but lines that were wrapped belong together."""
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and groups[-1][0].group == line.group:
            groups[-1].append(line)
        else:
            groups.append([line])
    width = max((_width(group) for group in groups), default=0)
    paragraphs: list[tuple[int, int]] = []
    for group in groups:
        start = 0
        for i in range(1, len(group) + 1):
            if i == len(group) or not _wrapped(group[i - 1], group[i], width, language):
                paragraphs.append((group[start].start, group[i - 1].end))
                start = i
    return paragraphs


def _width(group: Sequence[_Line]) -> int:
    """The width to which a group of three lines or more was wrapped; 0 where it was not."""
    lengths = [line.end - line.start for line in group]
    width = max(lengths)
    if len(group) < 3 or not 40 <= width <= 120 or any(_marked(line.words) for line in group):
        return 0
    forced = all(
        n + 1 + len(after.words.split(None, 1)[0]) > width - _SLACK
        for n, after in zip(lengths, group[1:], strict=False)
    )
    return width if forced else 0


def _marked(words: str) -> bool:
    return bool(_HEADING.match(words) or _ITEM.match(words) or _QUOTE.match(words) or _UNDERLINE.match(words))


def _wrapped(line: _Line, after: _Line, width: int, language: str) -> bool:
    """Tell whether ``after`` goes on with the paragraph of ``line``."""
    if _UNDERLINE.match(after.words) and line.group == after.group:
        return True
    if _marked(after.words) or _HEADING.match(line.words) or _RULE.match(line.words):
        return False
    length = line.end - line.start
    room = length + 1 + len(after.words.split(None, 1)[0])
    if width:
        return length <= width + _SLACK and room > width - _SLACK
    soft = length <= 120 and not _SENTENCE_END.search(line.words) and not line.words.endswith(":")
    return soft and length >= 30 and after.words[0].islower() and label(line.words, language) is None


def _piece(text: str, start: int, end: int, markdown: bool) -> Piece:
    """One paragraph without the marks of a heading, a list or a quotation before it."""
    words = text[start:end]
    if _RULE.match(words):
        return Piece("paragraph", start, end if not markdown else start)
    if found := _ITEM.match(words):
        bullet = markdown or not words[0].isdigit()
        return Piece("list", start + (found.start("words") if bullet else 0), end)
    if markdown:
        if found := _HEADING.match(words):
            kind: BlockKind = "headline" if len(found[1]) == 1 else "subheading"
            return Piece(kind, start + found.end(), start + _heading_end(words, found.end()))
        if found := _QUOTE.match(words):
            return Piece("paragraph", start + (found.start("words") if found["words"] else len(words)), end)
        first, _, last = words.rpartition("\n")
        if first and _UNDERLINE.match(last):
            return Piece("headline" if last[0] == "=" else "subheading", start, start + len(first.rstrip()))
    return Piece("paragraph", start, end)


def _heading_end(words: str, first: int) -> int:
    """Where the words of a heading end, which begin at ``first``: before the ``##`` that may close it."""
    bare = words.rstrip("#")
    return len(bare.rstrip(" \t")) if len(bare) > first and bare[-1] in " \t" else len(words)


def _front(text: str, pieces: list[Piece], title: str | None, language: str) -> list[Piece]:
    """Tell headline, standfirst, byline and dateline apart, and the headline's repetitions."""
    result = list(pieces)
    words = [words_of(text[p.start : min(p.end, p.start + 400)]) for p in result[:12]]
    heads = [i for i, p in enumerate(result) if p.kind == "headline"]
    head = heads[0] if heads else _headline(text, result, words, title, language)
    for i in heads[1:]:
        result[i] = result[i]._replace(kind="subheading")
    after = 0
    if head is not None:
        result[head] = result[head]._replace(kind="headline")
        head_words = words_of(text[result[head].start : result[head].end])
        after = head + 1
        for i in range(after, min(after + 6, len(result))):
            if head_words and words_of(text[result[i].start : result[i].end]) == head_words:
                result[i] = result[i]._replace(kind="repeated")
    for i in range(min(12, len(result))):
        line = text[result[i].start : result[i].end]
        if result[i].kind != "paragraph" or "\n" in line:
            continue
        if byline_names(line, language) and i <= 6:
            result[i] = result[i]._replace(kind="byline")
        elif date_line(line, language):
            result[i] = result[i]._replace(kind="dateline")
    if head is not None:
        _standfirst(text, result, after, language)
    return _subheadings(text, result, head, language)


def _headline(
    text: str, pieces: Sequence[Piece], words: Sequence[tuple[str, ...]], title: str | None, language: str
) -> int | None:
    """Index of the headline among the first pieces; None where no line is one."""
    if title and (wanted := words_of(title)):
        for i, each in enumerate(words):
            if each == wanted:
                return i
    at = 0
    while at < len(pieces) - 2 and _states_origin(text[pieces[at].start : pieces[at].end], language):
        at += 1
    if len(pieces) < at + 2 or pieces[at].kind != "paragraph" or not 2 <= len(words[at]) <= 30:
        return None
    line = text[pieces[at].start : pieces[at].end]
    if "\n" in line or len(line) > 200 or line.endswith(":"):
        return None
    if label(line, language) or _states_origin(line, language):
        return None
    if words[at] in words[at + 1 : at + 6]:
        return at
    rest = max(p.end - p.start for p in pieces[at + 1 : at + 5])
    if rest < 1.2 * len(line) or rest < 60:
        return None
    if not _SENTENCE_END.search(line):
        return at if not line.endswith((",", ";", "-", "–", "—", "_")) else None
    big = [w for w in re.findall(r"[^\W\d_][\w'’]*", line) if len(w) > 3]
    capital = sum(w[0].isupper() for w in big)
    return at if len(words[at]) <= 20 and len(big) >= 3 and capital >= 0.8 * len(big) else None


def _states_origin(line: str, language: str) -> bool:
    """A line with nothing but a date or the author, which may stand above the headline as well."""
    return date_line(line, language) or byline_names(line, language) is not None


def _standfirst(text: str, pieces: list[Piece], after: int, language: str) -> None:
    """Mark the line between the headline and the article, where it is no sentence like the article's own."""
    at = after
    while at < len(pieces) and pieces[at].kind in ("repeated", "byline", "dateline"):
        at += 1
    if at + 1 >= len(pieces) or pieces[at].kind != "paragraph":
        return
    line = text[pieces[at].start : pieces[at].end]
    repeated_next = pieces[at + 1].kind in ("repeated", "byline", "dateline")
    open_end = not _SENTENCE_END.search(line) and not line.endswith((":", ",", ";", "-", "–", "—", "_"))
    if "\n" in line or not 4 <= len(line.split()) <= 45 or label(line, language):
        return
    if open_end or (repeated_next and at == after):
        pieces[at] = pieces[at]._replace(kind="standfirst")


def _subheadings(text: str, pieces: list[Piece], head: int | None, language: str) -> list[Piece]:
    """Mark short lines without an end between long paragraphs."""
    for i in range((head if head is not None else 0) + 1, len(pieces) - 1):
        piece, before, after = pieces[i], pieces[i - 1], pieces[i + 1]
        if piece.kind != "paragraph" or before.kind != "paragraph" or after.kind != "paragraph":
            continue
        if not 3 <= piece.end - piece.start <= 60 or before.end - before.start < 100 or after.end - after.start < 100:
            continue
        line = text[piece.start : piece.end]
        short = "\n" not in line and len(line.split()) <= 8
        if short and line[0].isupper() and line[-1].isalnum() and not label(line, language):
            pieces[i] = piece._replace(kind="subheading")
    return pieces


def _turns(text: str, pieces: list[Piece], language: str) -> list[Piece]:
    spoken = turns([text[p.start : min(p.end, p.start + 200)] for p in pieces], language) or []
    return [
        piece._replace(kind="turn", speaker=turn.speaker) if turn.speaker and piece.kind != "repeated" else piece
        for piece, turn in zip(pieces, spoken, strict=False)
    ] or pieces


def _furniture(text: str, pieces: list[Piece], language: str) -> list[Piece]:
    """Mark furniture; a text that would be nothing but furniture is left as it is."""
    soft = ("paragraph", "subheading", "list", "standfirst")
    result = [
        p._replace(kind="boilerplate") if p.kind in soft and is_furniture(text[p.start : p.end], language) else p
        for p in pieces
    ]
    return result if any(p.kind not in ("boilerplate", "repeated") for p in result) else pieces

"""Tables in plain text: lines whose cells stand between upright strokes or tabs, as Markdown and mails have them.

Promise: the text stays as it is; the strokes stand outside of the blocks. The odd case that forced the shape: a line of
links or credits has strokes too (``Home | News | Sport``), so a table has two lines or more, one after the other, with
the same number of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.nouns import Cell
from onrecord.page.text import Piece

_RULE = "|:+=-"
_EDGE = re.compile(r"\s*\|?\s*")
_BETWEEN = re.compile(r"\t\s*(?:\|\s*)?|\|\s*")
"""Begins with the stroke, not with the blanks before it, which would be tried from each of them on."""


def with_cells(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a text with each line of a table as its cells; lines of nothing but rules are left out."""
    found: list[Piece] = []
    number = first = 0
    while first < len(pieces):
        last = first
        width = 0
        while last < len(pieces) and pieces[last].kind in ("paragraph", "subheading", "standfirst", "headline"):
            cells = _cells(text, pieces[last])
            if len(cells) < 2 or (width and len(cells) != width):
                break
            width, last = len(cells), last + 1
        if last - first < 2:
            found.append(pieces[first])
            first += 1
            continue
        rows = [each for each in pieces[first:last] if not _is_rule(text[each.start : each.end])]
        for row, piece in enumerate(rows):
            for column, (start, end) in enumerate(_cells(text, piece)):
                if start < end:
                    found.append(Piece("paragraph", start, end, cell=Cell(table=number, row=row, column=column)))
        number, first = number + 1, last
    return found


def _is_rule(line: str) -> bool:
    return "-" in line and all(sign.isspace() or sign in _RULE for sign in line)


def _cells(text: str, piece: Piece) -> list[tuple[int, int]]:
    """The cells of a line, in code points of the text; one where it has no stroke."""
    line = text[piece.start : piece.end]
    if "\n" in line:
        return []
    bare = line.rstrip().removesuffix("|").rstrip()
    at = _EDGE.match(bare)
    low = at.end() if at else 0
    cells: list[tuple[int, int]] = []
    for found in _BETWEEN.finditer(bare, low):
        cells.append((piece.start + low, piece.start + low + len(bare[low : found.start()].rstrip())))
        low = found.end()
    return [*cells, (piece.start + low, piece.start + len(bare))]

"""Which leaves of a page are cells of a table, and in which row and column each stands.

Promise: only tables that hold data have cells; what lays a page out has none. The odd case that forced its shape: old
pages are tables within tables, with a whole article in a cell, so a table counts by what its cells hold: a few words
each, side by side in two rows or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from onrecord.nouns import Cell
from onrecord.page.scan import Scan
from onrecord.page.tree import Leaf, Place

_CELLS = ("td", "th")
_LAYOUT = ("presentation", "none")
"""Roles by which a page says that a table only lays it out (WAI-ARIA)."""
_LONGEST = 300
"""Code points of the longest cell of data."""
_LEAVES = 4
"""Paragraphs or lines that a cell of data has at most."""
_ROWS = 2
"""Rows with cells side by side that a table of data has at least."""
_DIGITS = re.compile(r"[0-9]{1,4}")
_SPAN = 200
"""Columns or rows that one cell is taken to span at most."""


class _Placed(NamedTuple):
    """Where a cell stands in its table: first row, first column, rows, columns."""

    row: int
    column: int
    rows: int
    columns: int


def cells_of(leaves: Sequence[Leaf], scan: Scan) -> dict[int, Cell]:
    """Return for the first stretch of each leaf that stands in a table of data its cell; tables count from 0.

    Asked before the judge, which takes the tree apart.
    """
    inside: dict[Any, dict[Any, list[Leaf]]] = {}
    outer: set[Any] = set()
    for leaf in leaves:
        tables = list(_tables(leaf.places[0]))
        if tables:
            inside.setdefault(tables[0][1], {}).setdefault(tables[0][0], []).append(leaf)
            outer.update(table for _, table in tables[1:])
    found: dict[int, Cell] = {}
    number = 0
    for table, cells in inside.items():
        if table in outer or table.get("role") in _LAYOUT or any(_is_long(each, scan) for each in cells.values()):
            continue
        grid = _grid(table)
        placed = [grid[element] for element in cells if element in grid]
        last = max((each.row for each in placed), default=0)
        filled = Counter(row for each in placed for row in range(each.row, min(each.row + each.rows, last + 1)))
        if sum(count > 1 for count in filled.values()) < _ROWS:
            continue
        for element, within in cells.items():
            if element in grid:
                head = element.tag == "th"
                found.update(
                    (leaf.stretches[0], Cell(table=number, head=head, **grid[element]._asdict())) for leaf in within
                )
        number += 1
    return found


def _tables(place: Place | None) -> Iterator[tuple[Any, Any]]:
    """The cells that a place stands in, each with its table, the innermost first."""
    cell = None
    while place is not None and place.element is not None:
        tag = place.element.tag
        if tag in _CELLS:
            cell = cell if cell is not None else place.element
        elif tag == "table" and cell is not None:
            yield cell, place.element
            cell = None
        place = place.above


def _is_long(leaves: Sequence[Leaf], scan: Scan) -> bool:
    if len(leaves) > _LEAVES:
        return True
    return sum(scan.ends[i] - scan.starts[i] for leaf in leaves for i in leaf.stretches) > _LONGEST


def _grid(table: Any) -> dict[Any, _Placed]:
    """The cells of a table that holds no other, with their places; one over several rows pushes those below aside."""
    placed: dict[Any, _Placed] = {}
    taken: dict[int, int] = {}
    """For each column the first row in which it is free."""
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for element in line:
            if element.tag not in _CELLS:
                continue
            while taken.get(column, 0) > row:
                column += 1
            rows, columns = _number(element.get("rowspan")), _number(element.get("colspan"))
            placed[element] = _Placed(row, column, rows, columns)
            taken.update(dict.fromkeys(range(column, column + columns), row + rows))
            column += columns
    return placed


def _number(value: str | None) -> int:
    """How many rows or columns an attribute says; one where it says nothing that counts."""
    digits = _DIGITS.match(value or "")
    return min(max(int(digits[0]), 1), _SPAN) if digits else 1

"""Tables as CSV and Parquet, written some rows at a time.

Promise: CSV (RFC 4180) opens in a spreadsheet as text: no cell is run as a formula, curly quotes are right, control
characters are visible signs; Parquet keeps words as they stand and columns by type. The odd case that forced the shape:
``=cmd|…`` in a quote is a program to a spreadsheet, and ``'Nothing is agreed'`` is none, so only what a spreadsheet
would run gets an apostrophe before it, and what looks so already gets one more, so that it can be taken away again. A
spreadsheet of a country that parts cells by semicolons begins one behind each of them, and inside of a quoted cell too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from onrecord.errors import PARQUET, from_extra
from onrecord.publish.formats import Kind
from onrecord.publish.harmless import harmless
from onrecord.publish.rows import TABLES, Row
from onrecord.publish.site import NOWHERE, Site

BATCH = 5_000
"""Rows that are written together; so many are in memory at a time."""

_FORMULA = "[ '\"]*[=+\\-@＝＋－＠]"
"""What a spreadsheet takes for a formula (OWASP, CSV Injection), with blanks and quotation marks that it takes away."""

_BEGINS = rf"(?:{_FORMULA}|[ '\"]*[\t\r\n])"
"""What is one where a cell begins: of a blank some spreadsheets look at what follows."""

_PARTED = r"(?<=[;\t\n])"
"""Where a spreadsheet that is told so begins another cell, though the one that we wrote goes on."""

_RUN = re.compile(rf"\A(?={_BEGINS})|{_PARTED}(?={_FORMULA})")
"""The places before what a spreadsheet would run."""

_MADE = re.compile(rf"\A'(?={_BEGINS})|{_PARTED}'(?={_FORMULA})")
"""The apostrophes that `cell` put there."""

BETWEEN = "; "
"""What stands between the values of a cell that holds several."""


def csv_table(things: Iterable[Any], site: Site = NOWHERE, kind: Kind = "events") -> Iterator[bytes]:
    """Yield the parts of a CSV file of things of a kind: UTF-8 with a byte order mark, CRLF, names in the first row."""
    table = TABLES[kind]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    yield b"\xef\xbb\xbf"
    for rows in _batches(table.of(things)):
        writer.writerows([_cell(getattr(row, name)) for name in table.columns] for row in rows)
        yield out.getvalue().encode("utf-8")
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode("utf-8")


def cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs; `text_of` undoes it."""
    return _RUN.sub("'", harmless(text))


def text_of(shown: str) -> str:
    """Return the text of a cell that `cell` made."""
    return _MADE.sub("", shown)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return cell(BETWEEN.join(value))
    if isinstance(value, date):
        return value.isoformat()
    return cell(value) if isinstance(value, str) else value


def parquet_table(things: Iterable[Any], site: Site = NOWHERE, kind: Kind = "events") -> Iterator[bytes]:
    """Return the parts of a Parquet file of things of a kind. Raises MissingExtra where pyarrow is not installed."""
    parquet = from_extra("pyarrow.parquet", *PARQUET)
    table = TABLES[kind]
    schema = arrow_schema(table.row)

    def parts() -> Iterator[bytes]:
        out = _Drained()
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            for rows in _batches(table.of(things)):
                writer.write_table(arrow_table(rows, schema))
                yield out.taken()
        yield out.taken()

    return parts()


def arrow_schema(row: type[Row]) -> Any:
    """Return the schema of a table, a column a field of its rows; rows in a row are a list of structures."""
    arrow = from_extra("pyarrow", *PARQUET)
    return arrow.schema(_fields(arrow, row))


def arrow_table(rows: Sequence[Row], schema: Any) -> Any:
    """Return rows as a table of Arrow. ``schema``: what `arrow_schema` made of their kind."""
    arrow = from_extra("pyarrow", *PARQUET)
    columns = (arrow.array([_plain(getattr(row, field.name)) for row in rows], field.type) for field in schema)
    return arrow.Table.from_arrays(list(columns), schema=schema)


def _plain(value: object) -> object:
    """A value as Arrow takes it: rows in a row as dictionaries."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {name: _plain(getattr(value, name)) for name in value.__struct_fields__} if isinstance(value, Row) else value


def _fields(arrow: Any, row: type[Row]) -> list[Any]:
    return [_field(arrow, name, hint) for name, hint in get_type_hints(row).items()]


def _field(arrow: Any, name: str, hint: Any) -> Any:
    """The column of a field of a row."""
    nullable = get_origin(hint) is UnionType
    return arrow.field(name, _type(arrow, get_args(hint)[0] if nullable else hint), nullable=nullable)


def _type(arrow: Any, hint: Any) -> Any:
    """What a column holds: a value, several of these, or rows in the row."""
    known = {
        str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_(), date: arrow.date32(),
        datetime: arrow.timestamp("us", tz="UTC"), bytes: arrow.binary(),
    }  # fmt: skip
    if get_origin(hint) is tuple:
        return arrow.list_(_type(arrow, get_args(hint)[0]))
    return known[hint] if hint in known else arrow.struct(_fields(arrow, hint))


class _Drained(io.RawIOBase):
    """A file that is only written to, and of which what was written is taken away."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Return how much was written in all."""
        return self._at

    def write(self, content: Any) -> int:
        """Keep what is written until it is taken."""
        part = bytes(content)
        self._parts.append(part)
        self._at += len(part)
        return len(part)

    def taken(self) -> bytes:
        """Return what was written since it was last asked for."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, BATCH)):
        yield some

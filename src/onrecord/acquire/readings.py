"""Parquet of readings, as `onrecord scale` writes it: what was read before, with the bytes that it was read from.

Promise: each row comes out as its document with its reading, or as the problem that it was; a file of another program
and a row group that is damaged come out as the `UnreadableInput` that names them, and the rest goes on. The odd case
that forced the shape: a row group is the least that Parquet unpacks, and check sums stand by its pages, so what is
damaged is told by file and row group (``pages.parquet:3`` is the fourth).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.acquire.bounded import Reader
from onrecord.acquire.founded import unfounded
from onrecord.errors import PARQUET, MissingExtra, UnreadableInput, from_extra
from onrecord.nouns import Kept, Reading, Source

FORMAT = "onrecord.readings/1"
"""What the file says that it is, under the key `SIGN`."""

SIGN = b"onrecord"
"""The key of the file's metadata under which stands, as JSON, what it is."""

COLUMNS = ("place", "problem", "source", "original", "reading")
"""The columns of which a reading is made again: where the document was, why it has no reading, what was known of it
from outside (JSON), its bytes, the reading (JSON)."""

GROUP_LIMIT = 1 << 30
"""Bytes that a row group may unpack to: those of `onrecord scale` have less than a tenth, but of the largest pages."""

_SOURCE = msgspec.json.Decoder(Source)
_READING = msgspec.json.Decoder(Reading)


def outside(source: Source) -> str:
    """Return as JSON what is known of a source from outside its bytes; `read_readings` undoes it."""
    return msgspec.json.encode(replace(source, raw=b"")).decode()


def read_readings(reader: Reader, where: str) -> Iterator[Kept | UnreadableInput]:
    """Yield what each row of a file of readings holds, in order. ``where``: the file as errors name it."""
    try:
        arrow, parquet = from_extra("pyarrow", *PARQUET), from_extra("pyarrow.parquet", *PARQUET)
    except MissingExtra as problem:
        raise UnreadableInput(where, str(problem)) from None
    try:
        file = parquet.ParquetFile(reader, page_checksum_verification=True)
    except (arrow.ArrowException, OSError) as problem:
        raise UnreadableInput(where, f"this Parquet file is damaged ({_told(problem)}); write it again") from None
    if not is_ours(file.metadata.metadata) or not set(COLUMNS) <= set(file.schema_arrow.names):
        raise UnreadableInput(where, "this Parquet file was not written by `onrecord scale`; add the pages themselves")
    for group in range(file.num_row_groups):
        if file.metadata.row_group(group).total_byte_size > GROUP_LIMIT:
            yield UnreadableInput(f"{where}:{group}", f"row group {group} unpacks to more than {GROUP_LIMIT:,} bytes")
            continue
        try:
            rows = file.read_row_group(group, columns=list(COLUMNS)).to_pylist()
        except (arrow.ArrowException, OSError) as problem:
            whole = f"row group {group} of {file.num_row_groups} is damaged ({_told(problem)})"
            yield UnreadableInput(f"{where}:{group}", f"{whole}; run `onrecord scale` again")
        else:
            yield from (_kept(row, f"{where}:{group}") for row in rows)


def is_ours(metadata: dict[bytes, bytes] | None) -> bool:
    """Whether a Parquet file with these metadata holds readings."""
    try:
        said = msgspec.json.decode((metadata or {}).get(SIGN, b"{}"))
    except msgspec.DecodeError:
        return False
    return isinstance(said, dict) and said.get("format") == FORMAT


def _kept(row: dict[str, Any], where: str) -> Kept | UnreadableInput:
    if row["problem"] is not None:
        return UnreadableInput(row["place"] or where, row["problem"])
    try:
        source, reading = _SOURCE.decode(row["source"]), _READING.decode(row["reading"])
        amiss = unfounded(reading) if isinstance(row["original"], bytes) else "its original bytes are missing"
    except (msgspec.DecodeError, TypeError) as problem:
        amiss = str(problem)
    if amiss is not None:
        return UnreadableInput(row["place"] or where, f"its row in {where} holds no reading ({amiss})")
    return Kept(source=replace(source, raw=row["original"]), reading=reading)


def _told(problem: Exception) -> str:
    """What a library found, on one line."""
    return " ".join(str(problem).split())[:200]

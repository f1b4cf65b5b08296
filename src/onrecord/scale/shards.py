"""Shards: so many documents of an input, read into one Parquet file that says itself what it was made of.

Promise: a file is there whole or not at all; by what it says of itself (`Made`, in its footer) a later run knows that
nothing has to be read again. The odd case that forced the shape: the machine that reads may be another than the one
that plans, and may be killed at any moment, so a shard names all that it needs, and whoever begins it anew comes to the
same file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from onrecord.acquire import open_paths
from onrecord.acquire.readings import FORMAT, SIGN, is_ours
from onrecord.cores import Lost
from onrecord.errors import PARQUET, Defect, UnreadableInput, from_extra
from onrecord.nouns import Noun, Reader, Reading, Source
from onrecord.publish.tables import arrow_schema, arrow_table
from onrecord.scale.rows import ReadingRow, row_of
from onrecord.spent import Meter

GROUP = 250
"""Documents of a row group: what is unpacked, and may be damaged, at once."""

GROUP_BYTES = 64_000_000
"""Bytes of pages and readings from which on a row group is full before it has `GROUP` documents."""

TRIES = 3
"""How often a shard is begun and not ended, since whoever reads it is killed, before it is given up."""

LONG = ["text", "original", "reading", "source", "digest", "text_digest", "document", "place", "url"]
"""Columns whose values hardly come again, of which Parquet need keep no dictionary."""


class Input(Noun, frozen=True, kw_only=True):
    """What is read as one: a file of many documents, or the pages of a folder."""

    name: str
    """The file or folder, as an absolute path."""
    paths: tuple[str, ...]
    """As the user named them: they are the places of documents."""


class Shard(Noun, frozen=True, kw_only=True):
    """So many documents of an input, and where their readings go."""

    input: Input
    digest: str
    """The SHA-256 of the input."""
    size: int
    """Its bytes."""
    part: int
    parts: int
    documents: int
    """How many documents and problems a shard has at most."""
    folder: str

    @property
    def file(self) -> str:
        """The name of the file: of one input all shards begin alike, and another content has another name."""
        return f"{stem(self.input, self.digest)}-{self.part:05}.parquet"


class Counts(Noun, frozen=True, kw_only=True):
    """How much a file of readings holds."""

    documents: int = 0
    problems: int = 0
    statements: int = 0
    events: int = 0

    def and_(self, other: Counts) -> Counts:
        """Return how much two hold together."""
        return Counts(
            documents=self.documents + other.documents,
            problems=self.problems + other.problems,
            statements=self.statements + other.statements,
            events=self.events + other.events,
        )


class Made(Noun, frozen=True, kw_only=True):
    """What a file of readings was made of, as its footer and the manifest say."""

    format: str = FORMAT
    input: str
    input_digest: str
    input_bytes: int
    part: int
    parts: int
    shard_documents: int
    """How many documents and problems a shard has at most."""
    reader: Reader
    """By which rules and weights."""
    counts: Counts


class Entry(Noun, frozen=True, kw_only=True):
    """A file of readings in the manifest."""

    file: str
    bytes: int
    sha256: str
    rows: int
    made: Made


class Failed(Noun, frozen=True, kw_only=True):
    """An input or a shard of which there are no readings, and why."""

    input: str
    part: int | None
    reason: str


def stem(read: Input, digest: str) -> str:
    """Return how the names of the files of an input begin."""
    name = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in Path(read.name).name).lstrip(".")
    return f"{name[:80] or 'input'}-{digest[:12]}"


def read_shard(shard: Shard, meter: Meter) -> Entry | Failed:
    """Read a shard and write its file; what can't be written is told. This is what runs on every core and machine."""
    try:
        return _read(shard, meter)
    except OSError as problem:
        reason = f"{problem.filename or shard.file} can't be written or read: {problem.strerror or problem}"
    except Exception as error:  # a mistake of ours costs one shard
        reason = Defect(shard.file, error).reason
    return Failed(input=shard.input.name, part=shard.part, reason=reason)


def _read(shard: Shard, meter: Meter) -> Entry | Failed:
    from onrecord.reading import read_beside, reader

    first = shard.part * shard.documents
    found = islice(open_paths(shard.input.paths), first, first + shard.documents)
    path = Path(shard.folder, shard.file)
    left = list(path.parent.glob(f".{path.name}.*"))
    if len(left) >= TRIES:
        for each in left:
            each.unlink(missing_ok=True)
        return Failed(input=shard.input.name, part=shard.part, reason=Lost().reason)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    parquet, schema = from_extra("pyarrow.parquet", *PARQUET), arrow_schema(ReadingRow)
    counts = Counts()
    short = [name for name in _leaves(schema) if name not in LONG]
    try:
        with parquet.ParquetWriter(
            beside, schema, compression="zstd", use_dictionary=short, write_page_checksum=True
        ) as writer:
            for rows in _groups(_row(source, result, meter) for source, result in read_beside(found, meter)):
                counts = counts.and_(_counts(rows))
                with meter.of("writing"):
                    writer.write_table(arrow_table(rows, schema))
            made = Made(
                input=shard.input.name, input_digest=shard.digest, input_bytes=shard.size, part=shard.part,
                parts=shard.parts, shard_documents=shard.documents, reader=reader(), counts=counts,
            )  # fmt: skip
            writer.add_key_value_metadata({SIGN.decode(): msgspec.json.encode(made).decode()})
        entry = _entry(beside, path.name, made)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    for each in left:
        each.unlink(missing_ok=True)
    return entry


def _row(source: Source | UnreadableInput, result: Reading | UnreadableInput | None, meter: Meter) -> ReadingRow:
    assert result is not None, "sources and errors come back with what was made of them"  # noqa: S101
    try:
        with meter.of("packing"):
            return row_of(source, result)
    except Exception as error:  # a mistake of ours costs one document, as everywhere
        return row_of(source, Defect(str(source.path) if isinstance(source, Source) else source.where, error))


def _groups(rows: Iterator[ReadingRow]) -> Iterator[list[ReadingRow]]:
    """Rows as they are written together."""
    group: list[ReadingRow] = []
    held = 0
    for row in rows:
        group.append(row)
        held += len(row.original or b"") + len(row.text or "") + len(row.reading or "")
        if len(group) == GROUP or held >= GROUP_BYTES:
            yield group
            group, held = [], 0
    if group:
        yield group


def _counts(rows: Sequence[ReadingRow]) -> Counts:
    problems = sum(row.problem is not None for row in rows)
    return Counts(
        documents=len(rows) - problems,
        problems=problems,
        statements=sum(len(row.statements) for row in rows),
        events=sum(len(row.events) for row in rows),
    )


def _leaves(schema: Any) -> list[str]:
    """The columns that Parquet makes of a schema, by their paths."""
    found: list[str] = []

    def walk(path: str, kind: Any) -> None:
        if hasattr(kind, "value_type"):
            walk(f"{path}.list.element", kind.value_type)
        elif kind.num_fields:
            for field in kind:
                walk(f"{path}.{field.name}", field.type)
        else:
            found.append(path)

    for field in schema:
        walk(field.name, field.type)
    return found


def made_of(path: Path) -> Made | None:
    """Return what a file of readings says that it was made of; None where it is none, or damaged."""
    arrow, parquet = from_extra("pyarrow", *PARQUET), from_extra("pyarrow.parquet", *PARQUET)
    try:
        metadata = parquet.read_metadata(path).metadata
        return msgspec.json.decode(metadata[SIGN], type=Made) if is_ours(metadata) else None
    except (OSError, arrow.ArrowException, msgspec.DecodeError):
        return None


def entry_of(path: Path) -> Entry | None:
    """Return a file as the manifest has it; None where it holds no readings."""
    made = made_of(path)
    return None if made is None else _entry(path, path.name, made)


def problems_of(path: Path) -> Iterator[tuple[str | None, str]]:
    """Yield place and reason of each document of a file that has no reading; where the file is damaged, that."""
    arrow, parquet = from_extra("pyarrow", *PARQUET), from_extra("pyarrow.parquet", *PARQUET)
    try:
        rows = parquet.read_table(path, columns=["place", "problem"]).to_pylist()
    except (OSError, arrow.ArrowException):
        yield str(path), "this file is damaged; remove it and run `onrecord scale` again"
        return
    yield from ((row["place"], row["problem"]) for row in rows if row["problem"] is not None)


def _entry(path: Path, name: str, made: Made) -> Entry:
    rows = made.counts.documents + made.counts.problems
    return Entry(file=name, bytes=path.stat().st_size, sha256=file_digest(path), rows=rows, made=made)


def file_digest(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file. Raises OSError where it can't be read."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Inputs cut into shards, before anything is read.

Promise: the same inputs are cut alike on every machine; of what is read already nothing but the digest is looked at.
The odd case that forced the shape: a folder may hold archives of a gigabyte and ten thousand single pages, so files of
many documents are inputs by themselves, and the pages of a folder are one input together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from onrecord.acquire import open_paths
from onrecord.acquire.counting import is_folder, pages_below
from onrecord.acquire.kinds import MANY, OUR_OWN, named, refusal
from onrecord.errors import Defect, UnreadableInput
from onrecord.nouns import Noun
from onrecord.scale.shards import Failed, Input, Shard, file_digest, made_of
from onrecord.spent import Meter

_LOOK = 4096
"""Bytes in which a file has told what it is."""


class Cut(Noun, frozen=True, kw_only=True):
    """How inputs are cut, and where their readings go."""

    folder: str
    documents: int
    """How many documents a shard has at most."""


class Plan(Noun, frozen=True, kw_only=True):
    """The shards of an input."""

    shards: tuple[Shard, ...]
    input: Input


class Ask(Noun, frozen=True, kw_only=True):
    """An input that is to be cut."""

    input: Input
    cut: Cut


def inputs_of(paths: Sequence[str]) -> Iterator[Input | Failed]:
    """Yield what the paths are: each file an input, of a folder each file of many documents, and its pages as one."""
    for path in paths:
        name = str(Path(path).absolute())
        if not is_folder(path):
            yield Input(name=name, paths=(path,))
            continue
        try:
            files = [file for file in pages_below(Path(path)) if not _is_our_own(file)]
        except OSError as problem:
            yield Failed(input=name, part=None, reason=f"it can't be opened: {problem.strerror}")
            continue
        many = [file for file in files if named(file)[0] in {*MANY, "records"}]
        yield from (Input(name=str(file.absolute()), paths=(str(file),)) for file in many)
        pages = tuple(str(file) for file in files if file not in set(many))
        if pages:
            yield Input(name=name, paths=pages)
        elif not many:
            yield Failed(input=name, part=None, reason="there are no pages in this folder")


def _is_our_own(file: Path) -> bool:
    """Whether onrecord wrote a file of a folder: it is no input. Raises OSError where it can't be opened."""
    holding, packed = named(file)
    if holding != "records" or packed:
        return holding == "readings"
    with file.open("rb") as opened:
        return refusal(opened.read(_LOOK)) in OUR_OWN


def cut(asked: Ask, meter: Meter) -> Plan | Failed:
    """Cut an input into shards. What can't be read is told."""
    try:
        with meter.of("cutting"):
            return _cut(asked.input, asked.cut)
    except OSError as problem:
        reason = f"it can't be opened: {problem.strerror or problem}"
    except Exception as error:  # a mistake of ours costs one input
        reason = Defect(asked.input.name, error).reason
    return Failed(input=asked.input.name, part=None, reason=reason)


def _cut(read: Input, how: Cut) -> Plan | Failed:
    digest, size = _digest(read)

    def shard(part: int, parts: int) -> Shard:
        return Shard(
            input=read, digest=digest, size=size, part=part, parts=parts, documents=how.documents, folder=how.folder
        )

    parts = _known_parts(shard(0, 1)) or _parts(read, how)
    if isinstance(parts, str):
        return Failed(input=read.name, part=None, reason=parts)
    return Plan(input=read, shards=tuple(shard(part, parts) for part in range(parts)))


def _digest(read: Input) -> tuple[str, int]:
    """The SHA-256 and the bytes of an input; of several files: that of their names and digests."""
    size = sum(Path(path).stat().st_size for path in read.paths)
    if len(read.paths) == 1:
        return file_digest(read.paths[0]), size
    together = sha256()
    for path in read.paths:
        together.update(f"{Path(path).name}\n{file_digest(path)}\n".encode("utf-8", "surrogateescape"))
    return together.hexdigest(), size


def _known_parts(first: Shard) -> int | None:
    """How many parts an input has, where its first was read before."""
    made = made_of(Path(first.folder, first.file))
    known = made is not None and (made.input_digest, made.shard_documents) == (first.digest, first.documents)
    return made.parts if made is not None and known else None


def _parts(read: Input, how: Cut) -> int | str:
    """How many parts an input has, which only opening all of it tells; or why it can't be opened."""
    count, only = 0, None
    for count, each in enumerate(open_paths(read.paths), 1):  # noqa: B007
        only = each
    if count == 1 and isinstance(only, UnreadableInput) and len(read.paths) == 1 and only.where == read.paths[0]:
        return only.reason
    return max(1, -(-count // how.documents))

"""What a folder of readings holds: ``manifest.json``, and ``problems.jsonl`` with all that could not be read.

Promise: both are made from the files themselves, whoever wrote them and when, so that they are right after a run that
was killed, and where several machines fill one folder. The odd case that forced the shape: ten thousand files take an
hour to be read for their digests, so what the last manifest says of a file of the same size is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal
from uuid import uuid4

import msgspec

from onrecord.nouns import Noun
from onrecord.scale.shards import Counts, Entry, Failed, entry_of, problems_of

MANIFEST = "manifest.json"
PROBLEMS = "problems.jsonl"


class Manifest(Noun, frozen=True, kw_only=True):
    """All files of readings of a folder, and what there are none of."""

    format: Literal["onrecord.manifest/1"] = "onrecord.manifest/1"
    counts: Counts
    files: tuple[Entry, ...]
    failed: tuple[Failed, ...]
    """Of the last run."""


class Problem(Noun, frozen=True, kw_only=True):
    """A document without a reading; null: it was a whole input, or a part of one."""

    format: Literal["onrecord.problem/1"] = "onrecord.problem/1"
    input: str
    file: str | None
    place: str | None
    reason: str


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder; None where it has none that can be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def write_manifest(
    folder: Path, made: Iterable[Entry], failed: Sequence[Failed], whole: Mapping[str, frozenset[str]]
) -> Manifest:
    """Write manifest and problems of a folder, and return the manifest. Raises OSError where that fails.

    ``made``: what this run wrote; ``failed``: what it could not. ``whole``: inputs all of whose files are there, with
    the names of these: other files of theirs are of what they held before, or were cut otherwise, and are removed.
    """
    before = read_manifest(folder)
    known = {each.file: each for each in (*(before.files if before else ()), *made)}
    files = []
    for each in _entries(folder, known):
        if each.file in whole.get(each.made.input, (each.file,)):
            files.append(each)
        else:
            (folder / each.file).unlink(missing_ok=True)
    counts = Counts()
    for each in files:
        counts = counts.and_(each.made.counts)
    manifest = Manifest(counts=counts, files=tuple(files), failed=tuple(failed))
    _write(folder / MANIFEST, [msgspec.json.format(msgspec.json.encode(manifest), indent=1), b"\n"])
    if counts.problems or failed:
        _write(folder / PROBLEMS, _problems(folder, manifest))
    else:
        (folder / PROBLEMS).unlink(missing_ok=True)
    return manifest


def _entries(folder: Path, known: Mapping[str, Entry]) -> Iterator[Entry]:
    for path in sorted(folder.glob("*.parquet")):
        entry = known.get(path.name)
        if entry is None or entry.bytes != path.stat().st_size:
            entry = entry_of(path)
        if entry is not None:
            yield entry


def _problems(folder: Path, manifest: Manifest) -> Iterator[bytes]:
    """The lines of the list of problems."""
    for failed in manifest.failed:
        yield _line(Problem(input=failed.input, file=None, place=None, reason=failed.reason))
    for entry in manifest.files:
        for place, reason in problems_of(folder / entry.file) if entry.made.counts.problems else ():
            yield _line(Problem(input=entry.made.input, file=entry.file, place=place, reason=reason))


def _line(problem: Problem) -> bytes:
    return msgspec.json.encode(problem) + b"\n"


def _write(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

"""Files, folders and standard input to sources, in the order given.

Promise: each path comes out as its documents or as the `UnreadableInput` that names it and says what to do; one bad
path never ends the run. The odd case that forced the shape: what a file is depends on its name first and on its first
bytes second, and a pipe can be read only once, so each file is opened once and looked into without taking bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar

from onrecord.acquire.bounded import Reader, beginning, buffered, read_bounded, unpacked
from onrecord.acquire.records import read_records, source_of, source_or_quote
from onrecord.acquire.saved import is_saved_page, read_saved_page
from onrecord.errors import UnreadableInput
from onrecord.nouns import PrintedQuote, Source

Holding = Literal["html", "text", "markdown", "saved", "records", "tei"]

HOLDINGS: dict[str, Holding] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "saved",
    ".mht": "saved",
    ".txt": "text",
    ".md": "markdown",
    ".jsonl": "records",
    ".ndjson": "records",
}
"""What a file holds, by the end of its name; each may be followed by ``.gz``."""

STANDARD_INPUT = "-"

T = TypeVar("T")
Made = Callable[[Any, str], T]
"""What makes of a decoded record, and its place, what it holds."""

# What is certainly no page, by its first bytes (the formats' own magic numbers), with what to do instead.
_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "this is a PDF; save its text as .txt and read that"),
    (b"PK\x03\x04", "this is a ZIP archive or an office document; unpack it or save its text as .txt"),
    (b"\x89PNG", "this is a picture"),
    (b"\xff\xd8\xff", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"WARC/", "this is a web archive (WARC), which this version does not open; save the pages out of it"),
    (b"\x28\xb5\x2f\xfd", "this is packed with zstd; unpack it first"),
    (b"BZh", "this is packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "this is packed with xz; unpack it first"),
)

# XML and JSON that is no page: the name of the root element, and the beginning of a list of records. The quantifiers
# are possessive: a page may begin with a thousand comments.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(<\?xml\b[^>]*>\s*+)?(?><!--.*?-->\s*+|<!DOCTYPE[^>\[]*>\s*+)*+<([A-Za-z][\w:.-]*)", re.S
)
_FEEDS = frozenset({b"rss", b"feed", b"rdf:rdf", b"opml", b"urlset", b"sitemapindex"})
_TEI = frozenset({b"tei", b"tei:tei", b"teicorpus", b"teicorpus.2", b"tei.2"})
_LIST_OF_RECORDS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")

# What an earlier run wrote, in the folder that the next one reads: as news it would be everything told twice.
_OUR_OWN: dict[bytes, str] = {
    b'<meta name="generator" content="onrecord ': "this is a report that onrecord wrote; read the pages it was made of",
    b'{"format":"onrecord.reading/': "these are readings that onrecord printed; read the pages they were made of",
}


def open_paths(paths: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Source | UnreadableInput]:
    """Yield the documents of each path in order; what can't be opened comes out as the error that names it.

    A path is a file, a folder (the files in and below it whose names say that they hold pages, sorted, without what
    onrecord wrote), or ``-`` for ``stdin``. At most one document, of at most `onrecord.acquire.bounded.LIMIT` bytes,
    is held at a time.
    """
    return _open(paths, stdin, source_of)


def open_quotes(
    paths: Iterable[str], stdin: BinaryIO | None = None
) -> Iterator[Source | PrintedQuote | UnreadableInput]:
    """Yield what is to be checked, as `open_paths`; a record with a ``quote`` is a quote by itself."""
    return _open(paths, stdin, source_or_quote)


def _open(paths: Iterable[str], stdin: BinaryIO | None, made: Made[T]) -> Iterator[Source | T | UnreadableInput]:
    for path in paths:
        if path == STANDARD_INPUT:
            if stdin is None:
                yield UnreadableInput("-", "there is no standard input here; name a file")
            else:
                yield from _opened(buffered(stdin), "-", None, False, made)
        elif not path:
            yield UnreadableInput('""', "this name is empty; name a file, a folder or - for standard input")
        elif path.lower().startswith(("http://", "https://")):
            yield UnreadableInput(
                path, "onrecord does not fetch pages yet; save the page and read the file with --url " + path
            )
        elif _is_folder(path):
            yield from _folder(Path(path), made)
        else:
            yield from _file(Path(path), made)


def count_documents(paths: Sequence[str]) -> int | None:
    """Return how many documents the paths hold, or None where only reading them would tell (pipes, packed records).

    A path that can't be looked at counts as one: reading it gives one error.
    """
    total = 0
    for path in paths:
        if path == STANDARD_INPUT:
            return None
        if not path:
            total += 1
            continue
        try:
            for file in _pages_below(Path(path)) if _is_folder(path) else [Path(path)]:
                holding, named_gz = _named(file)
                if (named_gz and holding == "records") or (file.exists() and not file.is_file()):
                    return None
                total += _count_lines(file) if holding == "records" and file.is_file() else 1
        except OSError:
            total += 1
    return total


def _count_lines(file: Path) -> int:
    """How many lines of a file are not empty, whether or not the last one is ended."""
    total, empty = 0, True
    with file.open("rb") as lines:
        for piece in iter(lambda: lines.readline(1 << 20), b""):
            empty = empty and not piece.strip()
            if piece.endswith(b"\n"):
                total += not empty
                empty = True
    return total + (not empty)


def _is_folder(path: str) -> bool:
    """Whether the path is a folder; what can't even be looked at is not, and opening it will say why."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _folder(folder: Path, made: Made[T]) -> Iterator[Source | T | UnreadableInput]:
    empty = True
    try:
        for path in _pages_below(folder):
            for found in _file(path, made):
                if not (isinstance(found, UnreadableInput) and found.reason in _OUR_OWN.values()):
                    empty = False
                    yield found
    except OSError as problem:
        yield _unopened(problem.filename or str(folder), problem)
        return
    if empty:
        names = " ".join(HOLDINGS)
        yield UnreadableInput(str(folder), f"there are no pages in this folder (looked for {names}, also with .gz)")


def _pages_below(folder: Path) -> Iterator[Path]:
    """Yield the files that hold pages by their names, sorted, folder by folder; hidden ones are somebody's own."""

    def refuse(problem: OSError) -> None:
        raise problem

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _named(Path(name))[0] is not None:
                yield Path(parent, name)


def _file(path: Path, made: Made[T]) -> Iterator[Source | T | UnreadableInput]:
    holding, named_gz = _named(path)
    try:
        with path.open("rb") as reader:
            yield from _opened(reader, str(path), holding, named_gz, made)
    except (OSError, ValueError) as problem:
        yield _unopened(str(path), problem)


def _opened(
    reader: Reader, where: str, holding: Holding | None, named_gz: bool, made: Made[T]
) -> Iterator[Source | T | UnreadableInput]:
    try:
        reader = unpacked(reader, where, named_gz)
        first = beginning(reader, where)
        refused = next((reason for magic, reason in _OTHER_FORMATS if first.startswith(magic)), None)
        refused = refused or next((reason for sign, reason in _OUR_OWN.items() if sign in first), None)
        refused = refused or _no_page(first)
        if refused:
            raise UnreadableInput(where, refused)
        holding = holding or _sniffed(first)
        if holding == "records":
            yield from read_records(reader, where, made)
            return
        raw = read_bounded(reader, where)
        if holding == "saved":
            yield read_saved_page(raw, where)
        elif holding == "tei":
            from onrecord.acquire.tei import read_tei  # late: with lxml, no matter of most files

            yield read_tei(raw, where)
        else:
            yield Source(raw=raw, path=where, media=holding)
    except UnreadableInput as problem:
        yield problem


def _named(path: Path) -> tuple[Holding | None, bool]:
    """What a file holds by its name (None: its name does not say), and whether the name says gzip."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    named_gz = bool(suffixes) and suffixes[-1] == ".gz"
    if named_gz:
        suffixes.pop()
    return (HOLDINGS.get(suffixes[-1]) if suffixes else None), named_gz


def _sniffed(first: bytes) -> Holding | None:
    """What bytes hold whose name does not say so; None leaves HTML and text to the page room, which reads more."""
    if is_saved_page(first):
        return "saved"
    if _root_of(first) in _TEI:
        return "tei"
    return "records" if first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else None


def _root_of(first: bytes) -> bytes:
    """The name of the root element of XML or HTML that begins so, in small letters; empty where it is neither."""
    root = _ROOT.match(first)
    return root[2].lower() if root else b""


def _no_page(first: bytes) -> str | None:
    """Why XML or JSON that begins so is no page, with what to do instead; None where it may be one."""
    if _LIST_OF_RECORDS.match(first):
        return "this is a JSON list; write its records one a line (JSON Lines) and read that"
    root = _ROOT.match(first)
    name = _root_of(first)
    if name in _TEI:
        return None
    if name in _FEEDS:
        return "this is a feed or a list of addresses, not a page; save the pages that it names"
    if root and root[1] and name != b"html":
        return f"this is XML ({root[2].decode('ascii')}), which this version does not open; save its text as .txt"
    return None


def _unopened(where: str, problem: OSError | ValueError) -> UnreadableInput:
    if isinstance(problem, FileNotFoundError):
        return UnreadableInput(where, "there is no such file; check the name")
    if isinstance(problem, PermissionError):
        return UnreadableInput(where, "no permission to read it; change its permissions or copy it")
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return UnreadableInput(where, f"it can't be opened: {reason}")

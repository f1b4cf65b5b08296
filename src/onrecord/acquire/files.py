"""Files, folders, standard input and addresses to sources, in the order given.

Promise: each path comes out as its documents or as the `UnreadableInput` that names it and says what to do; one bad
path never ends the run. The odd case that forced the shape: what a file is depends on its first bytes, and a pipe can
be read only once, so each file is opened once and looked into without taking bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from msgspec.structs import replace

from onrecord.acquire.bounded import Reader, beginning, buffered, read_bounded, unpacked
from onrecord.acquire.counting import STANDARD_INPUT, is_address, is_folder, pages_below
from onrecord.acquire.kinds import (
    HOLDINGS,
    OUR_OWN,
    UNASKED,
    Holding,
    holding_of,
    is_archive,
    named,
    refusal,
)
from onrecord.acquire.listed import Listed, read_addresses, told
from onrecord.acquire.records import read_records, source_of, source_or_quote
from onrecord.acquire.saved import read_saved_page
from onrecord.errors import UnreadableInput
from onrecord.nouns import Kept, PrintedQuote, Provenance, Source

LEFT = frozenset((*OUR_OWN, UNASKED))
"""Why files of a folder are passed over: nobody asked for them."""

FURTHER = 3
"""How far addresses are followed: from an outline to a feed to a page, and no page names more."""

Found = Source | PrintedQuote | Kept
Made = Callable[[Any, str], Found]
"""What makes of a decoded record, and its place, what it holds."""


class Fetched(NamedTuple):
    """What a server answered: its bytes unpacked, and what it says of them. Empty: not said."""

    raw: bytes
    address: str
    """Where it came from in the end, after redirects."""
    media: str
    charset: str
    fetched: str
    """When, ISO 8601."""


class Fetcher(Protocol):
    """What goes to the network, where the user asks for that (`onrecord.acquire.fetch`)."""

    def ahead(
        self, found: Iterable[Found | UnreadableInput | Listed]
    ) -> Iterator[tuple[Found | UnreadableInput | Listed, Fetched | UnreadableInput | None]]:
        """Yield what was found in order, each address with its answer; None: it is no address, or nothing is new."""


class _Run(NamedTuple):
    made: Made
    fetcher: Fetcher | None = None
    taken: Callable[[int], None] | None = None
    """Is told of each piece of a file how many bytes it has."""
    kept: bool = False
    """Whether what was read before is asked for too."""


def open_paths(
    paths: Iterable[str],
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    taken: Callable[[int], None] | None = None,
) -> Iterator[Source | UnreadableInput]:
    """Yield the documents of each path in order; what can't be opened comes out as the error that names it.

    A path is a file, a folder (the files in and below it whose names say that they hold pages, sorted, without what
    onrecord wrote), an address, or ``-`` for ``stdin``. Addresses, given or named by a feed or a list, are fetched only
    with a ``fetcher``. ``taken`` is told the bytes of files as they are read. At most one document, of at most
    `onrecord.acquire.bounded.LIMIT` bytes, is held at a time.
    """
    found = _open(paths, stdin, _Run(source_of, fetcher, taken))
    return cast(Iterator[Source | UnreadableInput], found)  # source_of makes no quotes


def open_to_keep(
    paths: Iterable[str],
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    taken: Callable[[int], None] | None = None,
) -> Generator[Source | Kept | UnreadableInput]:
    """Yield what is to be kept in a ledger, as `open_paths`; Parquet of readings gives what was read before."""
    found = _open(paths, stdin, _Run(source_of, fetcher, taken, kept=True))
    return cast(Generator[Source | Kept | UnreadableInput], found)


def open_quotes(
    paths: Iterable[str], stdin: BinaryIO | None = None
) -> Iterator[Source | PrintedQuote | UnreadableInput]:
    """Yield what is to be checked, as `open_paths`; a record with a ``quote`` is a quote by itself."""
    found = _open(paths, stdin, _Run(source_or_quote))
    return cast(Iterator[Source | PrintedQuote | UnreadableInput], found)


def open_file(raw: BinaryIO, name: str) -> Iterator[Source | UnreadableInput]:
    """Yield the documents of a file that came by another way than the disk, as `open_paths` those of a path.

    ``raw``: its bytes, in which one can go back; ``name``: what it is called, by which errors name it.
    """
    run = _Run(source_of)
    holding, named_gz = named(Path(name))
    found = _followed(_opened(io.BufferedReader(cast("io.RawIOBase", raw)), name, holding, named_gz, run), name, run)
    return cast(Iterator[Source | UnreadableInput], found)


def _open(paths: Iterable[str], stdin: BinaryIO | None, run: _Run) -> Generator[Found | UnreadableInput]:
    for path in paths:
        if path == STANDARD_INPUT:
            if stdin is None:
                yield UnreadableInput("-", "there is no standard input here; name a file")
            else:
                yield from _followed(_opened(buffered(stdin), "-", None, False, run), "-", run)
        elif not path:
            yield UnreadableInput('""', "this name is empty; name a file, a folder or - for standard input")
        elif is_address(path):
            if run.fetcher is None:
                save = "save the page and read the file with --url " + path
                yield UnreadableInput(path, f"this is an address; add --fetch to fetch it, or {save}")
            else:
                yield from _followed([Listed(path, path)], path, run)
        elif is_folder(path):
            yield from _folder(Path(path), run)
        else:
            yield from _file(Path(path), run)


def _followed(
    found: Iterable[Found | UnreadableInput | Listed], where: str, run: _Run, depth: int = 0
) -> Iterator[Found | UnreadableInput]:
    """What was found, the pages in place of the addresses that it names."""
    if run.fetcher is None or depth >= FURTHER:
        unread = []
        for each in found:
            if not isinstance(each, Listed):
                yield each
            elif each.instead is not None:
                yield each.instead
            else:
                unread.append(each)
        if unread:
            yield told(unread, where)
        return
    for named_or_read, answer in run.fetcher.ahead(found):
        if not isinstance(named_or_read, Listed):
            yield named_or_read
        elif isinstance(answer, Fetched):
            yield from _followed(_answered(named_or_read, answer, run), named_or_read.address, run, depth + 1)
        elif answer is not None:
            if named_or_read.instead is not None:
                yield named_or_read.instead
            yield answer


def _answered(listed: Listed, answer: Fetched, run: _Run) -> Iterator[Found | UnreadableInput | Listed]:
    """What a server's answer holds, with what the feed or list says of it and how it came."""
    by_media: dict[str, Holding] = {"text/html": "html", "application/xhtml+xml": "html", "text/markdown": "markdown"}
    reader, where = buffered(io.BytesIO(answer.raw)), listed.address
    for each in _opened(reader, where, by_media.get(answer.media), False, run, answer):
        if isinstance(each, Source) and each.path == where:
            dated = replace(each, published=listed.published, dated_by="feed") if listed.published else each
            yield replace(
                _captured(dated, answer),
                charset=answer.charset or each.charset,
                title=each.title or listed.title,
                url=answer.address,
                outlet=each.outlet or listed.outlet,
            )
        elif isinstance(each, Source):
            yield _captured(each, answer)
        elif isinstance(each, Listed) and each.instead is not None:
            yield each._replace(instead=_captured(each.instead, answer))
        else:
            yield each


def _captured(source: Source, answer: Fetched) -> Source:
    """A document of a server's answer, which was there when that came, unless its archive knows better."""
    provenance = source.provenance or Provenance(by="web")
    if provenance.captured:
        return source
    return replace(source, provenance=replace(provenance, captured=answer.fetched))


def _folder(folder: Path, run: _Run) -> Iterator[Found | UnreadableInput]:
    empty = True
    try:
        for path in pages_below(folder):
            for found in _file(path, run):
                if not (isinstance(found, UnreadableInput) and found.reason in LEFT):
                    empty = False
                    yield found
    except OSError as problem:
        yield _unopened(problem.filename or str(folder), problem)
        return
    if empty:
        names = " ".join(HOLDINGS)
        yield UnreadableInput(str(folder), f"there are no pages in this folder (looked for {names}, also with .gz)")


class _Counted(io.FileIO):
    """A file that tells how many bytes were taken from it."""

    def __init__(self, path: Path, taken: Callable[[int], None]) -> None:
        super().__init__(path)
        self._taken = taken

    def readinto(self, buffer: Any) -> int | None:
        """Read into a buffer and tell how much."""
        count = super().readinto(buffer)
        self._taken(count or 0)
        return count


def _file(path: Path, run: _Run) -> Iterator[Found | UnreadableInput]:
    holding, named_gz = named(path)
    try:
        with path.open("rb") if run.taken is None else io.BufferedReader(_Counted(path, run.taken), 1 << 16) as reader:
            yield from _followed(_opened(reader, str(path), holding, named_gz, run), str(path), run)
    except (OSError, ValueError) as problem:
        yield _unopened(str(path), problem)


def _opened(
    reader: Reader, where: str, by_name: Holding | None, named_gz: bool, run: _Run, answer: Fetched | None = None
) -> Iterator[Found | UnreadableInput | Listed]:
    try:
        first = beginning(reader, where)
        if is_archive(first):
            from onrecord.acquire.warc import read_archive  # late, as all that few runs need

            yield from read_archive(reader, where)
            return
        packed, reader = reader, unpacked(reader, where, named_gz)
        first = beginning(reader, where)
        refused = refusal(first)
        if refused:
            raise UnreadableInput(where, refused)
        holding = holding_of(first, by_name)
        if holding == "records":
            yield from read_records(reader, where, run.made)
        elif holding == "readings":
            yield from _readings(packed if packed is reader else None, where, run)
        elif holding == "zipped":
            yield from _zipped(packed if packed is reader else None, where)
        elif holding == "mailbox":
            from onrecord.acquire.mail import read_mailbox

            yield from read_mailbox(reader, where)
        else:
            yield from _read(read_bounded(reader, where), where, holding, answer)
    except UnreadableInput as problem:
        yield problem


def _zipped(reader: Reader | None, where: str) -> Iterator[Source | UnreadableInput]:
    from onrecord.acquire.warc import read_zipped

    yield from read_zipped(_a_file(reader, where, "this is a ZIP archive"), where)


def _readings(reader: Reader | None, where: str, run: _Run) -> Iterator[Kept | UnreadableInput]:
    from onrecord.acquire.readings import read_readings

    if not run.kept:
        raise UnreadableInput(where, UNASKED)
    yield from read_readings(_a_file(reader, where, "this is a Parquet file"), where)


def _a_file(reader: Reader | None, where: str, what: str) -> io.BufferedReader:
    """What is read from its end. Raises UnreadableInput where it comes through a pipe or was packed once more."""
    if not isinstance(reader, io.BufferedReader) or not reader.seekable():
        raise UnreadableInput(where, f"{what}; from a pipe it can't be read, save it as a file")
    return reader


def _read(
    raw: bytes, where: str, holding: Holding | None, answer: Fetched | None
) -> Iterator[Source | Listed | UnreadableInput]:
    """What the bytes of one document, or of one list of documents, hold."""
    charset = (answer.charset if answer else "") or None
    if holding in ("feed", "outline", "sitemap"):
        from onrecord.acquire.feeds import read_feed
        from onrecord.acquire.markup import parse
        from onrecord.acquire.sitemaps import read_outline, read_sitemap

        root = parse(raw, charset, where)
        if holding == "feed":
            yield from read_feed(root, where, answer.address if answer else None)
        else:
            yield from read_outline(root, where) if holding == "outline" else read_sitemap(root, where)
    elif holding == "json feed":
        from onrecord.acquire.feeds import read_json_feed

        yield from read_json_feed(raw, where)
    elif holding == "addresses":
        yield from read_addresses(raw.decode("utf-8-sig", "replace"), where)
    elif holding == "message":
        from onrecord.acquire.mail import read_message

        yield read_message(raw, where)
    elif holding == "saved":
        yield read_saved_page(raw, where)
    elif holding == "tei":
        from onrecord.acquire.tei import read_tei

        yield read_tei(raw, where)
    elif holding in ("html", "text", "markdown") or holding is None:
        yield Source(raw=raw, path=where, media=holding)
    else:
        raise UnreadableInput(where, f"by its name this is one of a kind ({holding}), and its bytes are not; rename it")


def _unopened(where: str, problem: OSError | ValueError) -> UnreadableInput:
    if isinstance(problem, FileNotFoundError):
        return UnreadableInput(where, "there is no such file; check the name")
    if isinstance(problem, PermissionError):
        return UnreadableInput(where, "no permission to read it; change its permissions or copy it")
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return UnreadableInput(where, f"it can't be opened: {reason}")

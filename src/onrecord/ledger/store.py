"""One ledger file: opened, brought up to date, written to in whole transactions.

Promise: what is in the file is whole, whenever the program or the machine stops; a file that is no ledger, is newer
than the program or can't be written to is an error that says what to do. The odd case that forced the shape: two
programs may add at once, so a writer waits for the other a while and then says who is in the way.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self, TypeVar

import msgspec
from msgspec.structs import replace

from onrecord.errors import OnrecordError
from onrecord.garbage import uncollected
from onrecord.ledger.migrations import APPLICATION, MIGRATIONS
from onrecord.nouns import Reading

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""

CACHE = 65536
"""KiB of the file that are kept in memory: what is found by chance keys (copies, names) lies all over it."""

PATCHES = 10_000
"""Pages that wait in the file beside the ledger before they are put in their places. With SQLite's thousand, a few
documents fill that up, and pages that the next ones change again are put in place again and again."""

PACKING = 3
"""zlib's level for readings: half the time of its usual 6, and a ledger is one hundredth larger."""

SENT = "http:"
"""How the place of a document begins that was sent to a server and lay in no file; the beginning of its id follows."""

Watch = Callable[[str, int, int], None]
"""Takes what is worked on, how much of it is done, and of how much."""

T = TypeVar("T")

_INSIDE = re.compile(r"\w+://([^/?#]*)[/?#].*:([0-9]+)\Z", re.DOTALL)
"""A place in what stands at an address, as the item of a feed: the host, and which."""

_READING = msgspec.json.Decoder(Reading)


def packed(reading: Reading) -> bytes:
    """Return a reading as the ledger keeps it."""
    return zlib.compress(msgspec.json.encode(reading), PACKING)


def unpacked(body: bytes) -> Reading:
    """Return a reading that the ledger keeps."""
    return _READING.decode(zlib.decompress(body))


def marks(values: Sized) -> str:
    """Return as many question marks as there are values, for a query that asks for any of them."""
    return ",".join("?" * len(values))


DIGITS = "lower(substr(hex(d.digest), 1, 12))"
"""What tells the documents (``d``) of one id apart: the beginning of the digest of what came in."""

OLDER = f"(SELECT {DIGITS} WHERE EXISTS (SELECT 1 FROM superseded o WHERE o.document = d.id))"
"""The version of a document behind which another came in under its id; NULL of the last one, which the id means."""


def number_of(connection: sqlite3.Connection, document: str, version: str | None = None) -> int | None:
    """Return what the ledger numbers a document with; None where there is none.

    ``document``: its id; ``version``: which of the texts that came in under it, as `DIGITS` has it; None: the last.
    """
    row = connection.execute(
        "SELECT d.id FROM documents d JOIN current c ON c.document = d.id "
        f"WHERE d.name = ? AND (? IS NULL OR {DIGITS} = ?) ORDER BY d.id DESC LIMIT 1",
        (document, version, version),
    ).fetchone()
    return int(row[0]) if row else None


def last_versions(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return the versions of the last texts that came in under some ids, as `DIGITS` has them, by the ids."""
    rows = connection.execute(
        f"SELECT d.name, {DIGITS}, max(d.id) FROM json_each(?) asked CROSS JOIN documents d ON d.name = asked.value "
        "JOIN current c ON c.document = d.id GROUP BY d.name",
        (json.dumps(sorted(documents)),),
    )
    return {name: version for name, version, _ in rows}


class LedgerError(OnrecordError):
    """A ledger that can't be opened or written to; the text says which and why."""


class Refused(LedgerError):
    """What somebody wants written can't be, by what the ledger holds: there is no such event, statement, talk."""


class Ledger:
    """An open ledger. ``path`` is its file. Any thread may use it, one at a time."""

    watch: Watch | None = None
    """Who is told how far a ledger is that is brought up to date, where that takes long."""

    folders: bool = True
    """Whether files are told of with the folders that they lie in, and feeds with all of their addresses, which are no
    business of readers elsewhere."""

    of: object | None = None
    """What the connections to one file that are used side by side have in common, and what is remembered of it with
    them; None: this one remembers for itself."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    def through(self, what: str, rows: Sequence[T]) -> Iterator[T]:
        """Yield rows, and tell whoever watches how many of them are done; ``what``: of what they are, in words."""
        for done, row in enumerate(rows):
            if self.watch is not None:
                self.watch(what, done, len(rows))
            yield row
        if self.watch is not None and rows:
            self.watch(what, len(rows), len(rows))

    def told(self, place: str | None) -> str | None:
        """Return the place of a document as it may be told.

        Without `folders` a file by name, of what was sent none, and what stands in a feed or an archive of the web by
        its host: the address of a feed that is not for everybody has a word in it that lets one in.
        """
        if self.folders or place is None:
            return place
        if "://" in place:
            inside = _INSIDE.match(place)
            return f"{inside[1].rpartition('@')[2]}:{inside[2]}" if inside else place
        return None if place.startswith(SENT) else place.rpartition("/")[2]

    def unpacked(self, body: bytes) -> Reading:
        """Return a reading that is kept, with its document's place as it may be told."""
        reading = unpacked(body)
        place = self.told(reading.document.path)
        if place == reading.document.path:
            return reading
        return replace(reading, document=replace(reading.document, path=place))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, problem: BaseException | None, *__: object) -> None:
        """Close the file. Raises LedgerError for what SQLite found wrong with it in between."""
        self.close()
        if isinstance(problem, sqlite3.Error):
            raise LedgerError(f"{self.path}: {_reason(problem)}") from problem

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside one transaction: all of it is kept, or nothing. Raises LedgerError.

        What is written inside another `writing` is a part of that.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                with uncollected():
                    yield self.connection
            except BaseException:
                if self.connection.in_transaction:  # a full disk has rolled it back already
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.Error as problem:
            raise LedgerError(f"{self.path}: {_reason(problem)}") from problem

    @contextmanager
    def viewing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection with the file as it is now, whatever others write meanwhile; nothing may be written."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        finally:
            self.connection.execute("ROLLBACK")


def open_ledger(path: Path, create: bool = False, watch: Watch | None = None) -> Ledger:
    """Return the ledger in a file, brought up to date. Raises LedgerError where there is none that can be used.

    ``create``: make the file where it is not there, for its owner alone: logins and addresses of chats come to lie in
    it. Once there it is touched by SQLite alone, which makes the files beside it with the same permissions: whoever
    opens and closes it otherwise takes this process's locks away with it (POSIX), and the next program to close the
    ledger, which finds none, removes the file beside it into which this one goes on writing. ``watch``: who is told how
    far it is that a file is brought up to date, now and later.
    """
    if not path.exists() and not create:
        raise LedgerError(f"{path}: there is no such ledger; `onrecord add --ledger {path} PATH` makes one")
    if path.is_dir():
        raise LedgerError(f"{path}: this is a folder; a ledger is one file")
    if create:
        with suppress(OSError):  # it is there, or SQLite says why it can't be made
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR))
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        with _closed_where_refused(connection):
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {PATCHES}")
            _bring_up_to_date(path, connection, watch)
    except OSError as problem:
        raise LedgerError(f"{path}: {problem.strerror or problem}") from problem
    except sqlite3.Error as problem:
        raise LedgerError(f"{path}: {_reason(problem)}") from problem
    opened = Ledger(path, connection)
    opened.watch = watch
    return opened


@contextmanager
def _closed_where_refused(connection: sqlite3.Connection) -> Iterator[None]:
    """Leave no file of a ledger open, nor one of SQLite's beside it, that can't be used."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def ledger_in_memory() -> Ledger:
    """Return an empty ledger that is in no file and is gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _bring_up_to_date(Path(":memory:"), connection)
    return Ledger(Path(":memory:"), connection)


TABLES = "pages of the file, whose tables are changed"
"""What is worked on while a file becomes one of this version: all of its pages may be looked through at each step."""


def _bring_up_to_date(path: Path, connection: sqlite3.Connection, watch: Watch | None = None) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if application != APPLICATION and not empty:
        raise LedgerError(f"{path}: this is another program's database, no ledger; name another file")
    if version > len(MIGRATIONS):
        raise LedgerError(
            f"{path}: this ledger is of version {version}, and this onrecord knows {len(MIGRATIONS)}; "
            "install a newer onrecord"
        )
    if version == len(MIGRATIONS):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    steps = MIGRATIONS[version:]
    for done, step in enumerate(steps):
        if watch is not None and not empty:
            watch(TABLES, done * pages, len(steps) * pages)
        _taken(connection, version + done + 1, step)
    if watch is not None and not empty:
        watch(TABLES, len(steps) * pages, len(steps) * pages)


def _taken(connection: sqlite3.Connection, number: int, step: str) -> None:
    """Take one step, whole or not at all, unless a program that opened the file at the same moment has taken it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < number:
            for statement in _statements(step):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would end the transaction in which the version was read."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _reason(problem: sqlite3.Error) -> str:
    """What SQLite found, in words that help."""
    name = getattr(problem, "sqlite_errorname", "") or ""
    told = {
        "SQLITE_BUSY": "another program is writing to it; try again when that is done",
        "SQLITE_READONLY": "it can't be written to; check its permissions and those of its folder",
        "SQLITE_FULL": "the disk is full; nothing of this step was kept, all before it is",
        "SQLITE_CORRUPT": "the file is damaged; bring back a copy of it",
        "SQLITE_NOTADB": "this is no ledger; name another file",
        "SQLITE_CANTOPEN": "it can't be opened; check the folder and its permissions",
    }
    return next((sentence for code, sentence in told.items() if name.startswith(code)), str(problem))

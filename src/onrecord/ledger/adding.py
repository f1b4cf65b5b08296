"""Documents into a ledger: read over all cores, written by one, each with its reading or not at all.

Promise: a document that is there already, read by this very reader, is not read again; whenever the run stops, what was
kept is whole, and the same command goes on from there. The odd case that forced the shape: reading takes a hundred
times as long as writing, so the cores read pieces of the run and one process writes what comes back, in order.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import chain, islice, repeat
from sqlite3 import Connection, IntegrityError
from typing import NamedTuple

import msgspec

from onrecord.cores import Lost, over_cores
from onrecord.errors import UnreadableInput
from onrecord.ledger.captured import is_captured, keep_address
from onrecord.ledger.copies import compare, find_copies
from onrecord.ledger.identities import identify
from onrecord.ledger.spoken import find_spoken, keep_heard
from onrecord.ledger.store import Ledger, marks, packed, unpacked
from onrecord.ledger.taking_out import keep_statements, take_out
from onrecord.ledger.texts import find_texts, keep_text
from onrecord.ledger.threads import bring_together
from onrecord.nouns import Kept, Reader, Reading, Source
from onrecord.spent import UNMEASURED, Clocks, Meter, Spent, Step

PIECE = 12
"""Documents that are kept together, and that one of several cores reads at once: few enough to lose little when a run
stops. A core by itself reads on and on, as `read_many` does, which the models like best."""

Result = Reading | UnreadableInput


class Added(NamedTuple):
    """What became of one document: ``added``, ``known`` (it was there, read by this reader) or the problem."""

    place: str
    outcome: str
    reason: str = ""


def digest(source: Source) -> bytes:
    """Return what makes a document the same: its bytes, and what is said of it from outside, its path left out."""
    said = msgspec.json.encode((source.media, source.id, source.title, source.url, source.outlet, source.published))
    return sha256(sha256(source.raw).digest() + said).digest()


def add(
    ledger: Ledger,
    found: Iterable[Source | UnreadableInput | Kept],
    reader: Reader,
    now: Callable[[], datetime],
    workers: int = 1,
    meter: Meter = UNMEASURED,
) -> Iterator[Added]:
    """Add documents to a ledger and yield what became of each, in order.

    ``reader`` is what reads now (`onrecord.reading.reader`); ``now`` tells the time in UTC. What was read before
    (`Kept`) is not read again: it is kept with the version of its own reader, unless the one that reads now has read
    the document already. ``meter`` counts what the steps take, the workers' too. Raises LedgerError where the ledger
    can't be written to; all that was yielded before is kept.
    """
    ledger.connection.execute("PRAGMA temp_store = MEMORY")  # else each row that has a trigger is noted in a file too
    with meter.of("copies"):
        find_copies(ledger)
    with meter.of("quotes"):
        find_spoken(ledger)
    with meter.of("texts"):
        find_texts(ledger)
    number = _reader_number(ledger, reader)
    (latest,) = ledger.connection.execute(
        "SELECT coalesce(max(substr(published, 1, 10)), '') FROM documents"
    ).fetchone()
    done: str | None = latest
    pieces = _read(meter.each("input", _unknown(ledger, found, number)), workers, meter)
    for first, piece in zip(chain([True], repeat(False)), pieces, strict=False):
        moment = now().isoformat(timespec="seconds")
        with meter.of("writing"), ledger.writing() as connection:
            keeping = _Keeping(connection, number, moment, meter)
            added = [_keep(keeping, each) for each in piece]
            if first and len(piece) < PIECE:  # it is all; else who reads meanwhile would put it together, and wait
                _put_together(ledger, meter)
        yield from added
        if workers > 1 and done is not None:
            done = _meanwhile(ledger, done, meter)
    _put_together(ledger, meter)


class Became(NamedTuple):
    """What became of a document: its id in the ledger, or why it can't be read; neither: it is not there."""

    document: str | None
    reason: str | None = None


def became_of(ledger: Ledger, name: str, place: str) -> Became:
    """Return what became of a document, by its `digest` in hexadecimal and the place under which it was to be read."""
    row = ledger.connection.execute("SELECT name FROM documents WHERE digest = ?", (bytes.fromhex(name),)).fetchone()
    if row is not None:
        return Became(str(row[0]))
    row = ledger.connection.execute(
        "SELECT reason FROM problems WHERE place = ? AND solved IS NULL ORDER BY id DESC", (place,)
    ).fetchone()
    return Became(None, str(row[0]) if row else None)


def _put_together(ledger: Ledger, meter: Meter, before: str | None = None) -> None:
    with meter.of("threads"):
        bring_together(ledger, before)
    with meter.of("names"):
        identify(ledger, before)


def _meanwhile(ledger: Ledger, done: str, meter: Meter) -> str | None:
    """Put together what the other cores' documents tell of days that are over, while they read; return till when.

    Only as long as documents come in the order of their days, from ``done`` on; None: one did not, and the rest waits
    till all have come, since what comes late has the days after it put together again.
    """
    first, last = ledger.connection.execute(
        "SELECT min(place), max(place) FROM unidentified WHERE place < '?'"
    ).fetchone()
    if first is None:
        return done
    if first < done:
        return None
    before = str(last)[: len("2031-01-01")]
    if first < before:
        _put_together(ledger, meter, before)
    return before


class _Read(NamedTuple):
    """A document with what was made of it."""

    source: Source | UnreadableInput
    result: Result | bytes | None
    """Its reading, packed where another core read it, or the problem; None: the ledger has it."""
    reader: int | None = None
    """What the ledger numbers the reader with, where that is another than the one that reads now."""


Waiting = Source | UnreadableInput | _Read
"""What is to be read, and what needs no reading any more."""


def _unknown(ledger: Ledger, found: Iterable[Source | UnreadableInput | Kept], now: int) -> Iterator[Waiting]:
    """What was found, what is in the ledger already marked as known; ``now``: the number of who reads now."""
    readers: dict[bytes, int] = {}
    later: dict[bytes, list[int]] = {}
    for each in found:
        if isinstance(each, UnreadableInput):
            yield each
        elif isinstance(each, Source):
            yield _Read(each, None) if _is_known(ledger, each, now) else each
        else:
            key = msgspec.json.encode(each.reading.reader, order="sorted")
            if key not in readers:
                readers[key] = _reader_number(ledger, each.reading.reader)
                later = {}  # this one may be later than others
            by = readers[key]
            if key not in later:
                later[key] = _later(ledger, each.reading.reader)
            held = _holds(ledger, each.source, by, now, *later[key])
            yield _Read(each.source, None if held else each.reading, by)


def _later(ledger: Ledger, reader: Reader) -> list[int]:
    """The readers of later versions that a ledger knows: what they read counts, whatever is brought in after it."""
    return [
        int(number)
        for number, version in ledger.connection.execute("SELECT id, version FROM readers").fetchall()
        if _counted(version) > _counted(reader.version)
    ]


def _counted(version: str) -> list[int]:
    """A version by its numbers, as they are compared: 1.10 is later than 1.9."""
    return [int(number) for number in re.findall(r"[0-9]{1,9}", version)]


def _is_known(ledger: Ledger, source: Source, reader: int) -> bool:
    """Whether a document needs no reading: this reader has read it, or it is a page that is there in other bytes."""
    if _number(ledger.connection, source) is None:
        return is_captured(ledger.connection, source)
    return _holds(ledger, source, reader)


def _holds(ledger: Ledger, source: Source, *readers: int) -> bool:
    """Whether one of these readers has read a document."""
    held = ledger.connection.execute(
        "SELECT 1 FROM readings JOIN documents ON documents.id = readings.document "
        f"WHERE digest = ? AND reader IN ({marks(readers)})",
        (digest(source), *readers),
    )
    return held.fetchone() is not None


def _place(source: Source) -> str:
    return source.path or source.id or "-"


class _Packed(NamedTuple):
    """What a worker made of a document."""

    result: bytes | UnreadableInput
    """Its reading as the ledger keeps it: so it is handed over in a fifth of the time."""
    spent: dict[Step, Spent]
    """What it took since the one before."""


def _read(waiting: Iterator[Waiting], workers: int, meter: Meter) -> Iterator[list[_Read]]:
    """Pieces of the run with their readings, in order."""
    if workers < 2:
        from onrecord.reading import read_beside

        read = (
            each if isinstance(each, _Read) else _Read(each, result) for each, result in read_beside(waiting, meter)
        )
        yield from iter(lambda: list(islice(read, PIECE)), [])
        return
    taken: deque[list[Waiting]] = deque()

    def unread() -> Iterator[list[Source | UnreadableInput]]:
        for piece in iter(lambda: list(islice(waiting, PIECE)), []):
            taken.append(piece)
            yield [each for each in piece if not isinstance(each, _Read)]

    for results in meter.each("waiting", over_cores(partial(_packed_results, meter.clocks), unread(), workers)):
        for each in results:
            if isinstance(each, _Packed):
                meter.count(each.spent)
        yield _together(taken.popleft(), results)


def _together(piece: Iterable[Waiting], results: Iterable[_Packed | Lost]) -> list[_Read]:
    """A piece of the run with what was made of it."""
    each = iter(results)
    return [waiting if isinstance(waiting, _Read) else _Read(waiting, _told(waiting, next(each))) for waiting in piece]


def _told(source: Source | UnreadableInput, made: _Packed | Lost) -> bytes | UnreadableInput:
    if isinstance(made, Lost):
        return UnreadableInput(source.where if isinstance(source, UnreadableInput) else _place(source), made.reason)
    return made.result


def _packed_results(clocks: Clocks | None, sources: Sequence[Source | UnreadableInput]) -> list[_Packed]:
    """What was made of sources, in a worker."""
    from onrecord.reading import read_beside

    meter = Meter(clocks)

    def made(result: Result) -> _Packed:
        with meter.of("packing"):
            body = packed(result) if isinstance(result, Reading) else result
        return _Packed(body, meter.so_far())

    return [made(result) for _, result in read_beside(sources, meter) if result is not None]


def _reader_number(ledger: Ledger, reader: Reader) -> int:
    key = reader.version, msgspec.json.encode(reader.models, order="sorted").decode()
    with ledger.writing() as connection:
        connection.execute("INSERT OR IGNORE INTO readers (version, models) VALUES (?, ?)", key)
        (number,) = connection.execute("SELECT id FROM readers WHERE (version, models) = (?, ?)", key).fetchone()
    return int(number)


class _Keeping(NamedTuple):
    """How a piece of the run is kept: in which transaction, by the number of which reader, when, and how measured."""

    connection: Connection
    reader: int
    moment: str
    meter: Meter


def _keep(keeping: _Keeping, read: _Read) -> Added:
    source, result, by = read
    connection = keeping.connection
    if isinstance(source, UnreadableInput) or isinstance(result, UnreadableInput):
        problem = result if isinstance(result, UnreadableInput) else source
        assert isinstance(problem, UnreadableInput), "what could not be opened has no reading"  # noqa: S101
        return _keep_problem(keeping, problem)
    if result is None:
        return Added(_place(source), "known")
    if by is None:
        return _keep_reading(keeping, source, result, keeping.reader)
    connection.execute("SAVEPOINT kept")
    try:
        return _keep_reading(keeping, source, result, by)
    except (ArithmeticError, LookupError, TypeError, ValueError, IntegrityError) as error:
        # a reading that another program made up, or that is damaged
        connection.execute("ROLLBACK TO kept")
        told = f"the reading that came with it can't be kept ({type(error).__name__}: {error}); add the page itself"
        return _keep_problem(keeping, UnreadableInput(_place(source), told))
    finally:
        connection.execute("RELEASE kept")


def _keep_problem(keeping: _Keeping, problem: UnreadableInput) -> Added:
    keeping.connection.execute(
        "INSERT INTO problems (place, reason, observed) SELECT ?, ?, ? WHERE NOT EXISTS "
        "(SELECT 1 FROM problems WHERE place = ? AND reason = ? AND solved IS NULL)",
        (problem.where, problem.reason, keeping.moment, problem.where, problem.reason),
    )
    return Added(problem.where, "problem", problem.reason)


def _keep_reading(keeping: _Keeping, source: Source, result: Reading | bytes, reader: int) -> Added:
    connection, _, moment, meter = keeping
    body, reading = (result, unpacked(result)) if isinstance(result, bytes) else (packed(result), result)
    place = _place(source)
    connection.execute("UPDATE problems SET solved = ? WHERE place = ? AND solved IS NULL", (moment, place))
    document = _number(connection, source)
    if document is None:
        if is_captured(connection, source, reading.document):  # by a document of this very run
            return Added(place, "known")
        document = _kept_document(connection, source, reading, moment)
    cursor = connection.execute(
        "INSERT OR IGNORE INTO readings (document, reader, body, observed) VALUES (?, ?, ?, ?)",
        (document, reader, body, moment),
    )
    if cursor.rowcount:
        kept = int(cursor.lastrowid or 0)
        keep_statements(connection, reading, kept)
        keep_address(connection, document, reading.document)
        with meter.of("copies"):
            compare(connection, document, reading.document.text)
        with meter.of("texts"):
            keep_text(connection, document, reading.document.text)
        take_out(connection, reading, kept, document, meter)
        with meter.of("quotes"):
            keep_heard(connection, document, reading)
    return Added(place, "added" if cursor.rowcount else "known")


def _number(connection: Connection, source: Source) -> int | None:
    """What the ledger numbers a document with; None: it is not there."""
    row = connection.execute("SELECT id FROM documents WHERE digest = ?", (digest(source),)).fetchone()
    return None if row is None else int(row[0])


def _kept_document(connection: Connection, source: Source, reading: Reading, moment: str) -> int:
    document = reading.document
    published = document.published.value if document.published else None
    cursor = connection.execute(
        "INSERT INTO documents (digest, name, path, url, title, outlet, published, original, observed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest(source), document.id, document.path, document.url, document.title, document.outlet, published,
            zlib.compress(source.raw), moment,
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)

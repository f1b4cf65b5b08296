"""What adding costs beside reading, what a second worker brings, and that memory stays as it is over a long run.

Run as ``python -m evaluation.bench_adding reading|workers|memory``; ``--help`` tells the rest. Each run is a process of
its own, and runs that are compared are made by turns: what else a machine does changes within minutes. Processor time
holds on a busy machine, wall time (what two workers are for) on a quiet one alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from evaluation.benchmarks import SAMPLES, SHARED
from evaluation.kills import content
from onrecord.acquire import open_paths
from onrecord.garbage import trimmer
from onrecord.ledger import add, open_ledger
from onrecord.nouns import Kept, Reading, Source
from onrecord.reading import read_many, reader

T = TypeVar("T")

NEWS = SHARED / "data" / "polnear" / "dev.jsonl"

FIRST = date(2031, 1, 1)
A_DAY = 100
"""Made-up documents of one day."""

WORLDS = 400
"""Sets of names among them: a name is in one of so many documents, as in years of news."""

EVERY = 1_000
"""Documents between two lines of the table of memory."""

TRIM = trimmer()
"""Gives back what is free in the heap before it is looked how much is held, as the reader does now and then."""

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_DAYS = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
    ]
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstv"

ADDING = "from onrecord.cli import main; main()"
READING = "import sys; from evaluation.bench_adding import only_read; only_read(sys.argv[1:])"


class Cost(NamedTuple):
    """What a run took: seconds of wall time, seconds of all its processors, MiB of its largest process at most."""

    wall: float
    processor: float
    memory: float


def cost(program: str, *arguments: str | Path) -> Cost:
    """Run a program of Python in a process of its own and return what it took, with all processes that it started."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in (0, 4):
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def only_read(paths: Sequence[str]) -> None:
    """Read documents and keep nothing."""
    for _ in read_many(open_paths(paths)):
        pass


def adding(paths: Sequence[str], workers: int, ledger: Path) -> Cost:
    """Return what adding documents to a new ledger took."""
    return cost(ADDING, "add", "--ledger", ledger, "--workers", str(workers), *paths)


def compare_reading(paths: Sequence[str], rounds: int) -> None:
    """Print what reading documents and adding them take on one core, by turns, the share of the first, and the rate."""
    documents = sum(isinstance(each, Source) for each in open_paths(paths))
    read, added = list[Cost](), list[Cost]()
    for number in range(rounds):
        read.append(cost(READING, *paths))
        with tempfile.TemporaryDirectory() as folder:
            added.append(adding(paths, 1, Path(folder) / "a.ledger"))
        _say(f"round {number + 1}: reading", read[-1])
        _say(f"round {number + 1}: adding ", added[-1])
    for name in ("processor", "wall"):
        alone, kept = (statistics.median(getattr(each, name) for each in run) for run in (read, added))
        print(f"by {name} time adding is {100 * alone / kept:.1f} % as fast as reading,", end=" ")
        print(f"{documents / kept:.2f} of {documents} documents a second from bytes to ledger", flush=True)


def compare_workers(paths: Sequence[str], rounds: int) -> None:
    """Print what adding documents takes with two workers and with one, by turns, and how much faster two are.

    Raises SystemExit where their ledgers hold something else.
    """
    runs: dict[int, list[Cost]] = {2: [], 1: []}
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for workers, taken in runs.items():
                taken.append(adding(paths, workers, Path(folder) / f"{workers}.ledger"))
                _say(f"round {number + 1}: {workers} worker{'s' * (workers > 1)}", taken[-1])
            two, one = (content(Path(folder) / f"{workers}.ledger", asked=True) for workers in runs)
        if two != one:
            raise SystemExit("the ledgers of two workers and of one DIFFER")
        print(f"both ledgers hold the same: {len(one[0])} documents, {len(one[2])} statements, {len(one[3])} events")
    fast, slow = (statistics.median(each.wall for each in runs[workers]) for workers in (2, 1))
    busy = [taken.processor / taken.wall for taken in runs[1]]
    print(f"two workers are {slow / fast:.2f} times as fast as one by the clock on the wall")
    print(f"(one worker had {min(busy):.0%} to {max(busy):.0%} of a core; on a quiet machine all of one)")


def _say(what: str, taken: Cost) -> None:
    print(
        f"{what}: {taken.wall:.1f} s, {taken.processor:.1f} s of processors, {taken.memory:.0f} MiB at most", flush=True
    )


def short_news(seed: int) -> Iterator[Source]:
    """Yield made-up short documents without end, of 60 to 100 words: paragraphs of news at random in other names."""
    draw = random.Random(seed)
    given = open_paths([str(NEWS if NEWS.exists() else SAMPLES)])
    texts = [each.raw.decode("utf-8", "replace") for each in given if isinstance(each, Source)]
    paragraphs = [part for text in texts for part in _PARAGRAPH.split(text) if 8 <= len(part.split()) <= 60]
    worlds: list[dict[str, str]] = [{} for _ in range(WORLDS)]
    for number in count():
        world = draw.choice(worlds)
        chosen = list[str]()
        while sum(len(each.split()) for each in chosen) < 60:
            chosen.append(draw.choice(paragraphs))
        text = _renamed("\n\n".join(chosen), world, draw)
        day = (FIRST + timedelta(number // A_DAY)).isoformat()
        yield Source(raw=text.encode(), id=f"short-{number}", published=day, outlet=f"Outlet {number % 40}")


def _renamed(text: str, world: dict[str, str], draw: random.Random) -> str:
    """A text with the names of a world in place of its own, which learns those that it does not know."""

    def another(found: re.Match[str]) -> str:
        name = found.group()
        if name in _DAYS:
            return name
        if name not in world:
            letters = [draw.choice(_CONSONANTS if at % 2 == 0 else _VOWELS) for at in range(len(name))]
            world[name] = "".join(letters).capitalize()
        return world[name]

    return _NAME.sub(another, text)


def watch_memory(documents: int) -> None:
    """Print what a process that reads short documents holds, and then one that adds what it read to a ledger.

    Each is a process of its own that is fed from a file: nothing of what makes the documents up, and of their names,
    is in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        made, read = Path(folder) / "made.jsonl", Path(folder) / "read.jsonl"
        for name, *arguments in (("make", made, documents), ("read", made, read), ("keep", read)):
            program = f"import sys; from evaluation import bench_adding; bench_adding.{name}_short(*sys.argv[1:])"
            subprocess.run([sys.executable, "-c", program, *map(str, arguments)], check=True)


def make_short(path: str, documents: str) -> None:
    """Write so many short documents as JSON Lines."""
    words = 0
    with Path(path).open("w", encoding="utf-8") as file:
        for each in islice(short_news(1), int(documents)):
            text = each.raw.decode()
            words += len(text.split())
            record = {"id": each.id, "text": text, "published": each.published, "outlet": each.outlet}
            file.write(json.dumps(record) + "\n")
    print(f"{documents} documents, {words} words", flush=True)


def read_short(path: str, to: str) -> None:
    """Read documents, write each with its reading as a line of JSON, and print what this process holds."""
    sources = deque[Source]()

    def taken() -> Iterator[Source]:
        for each in open_paths([path]):
            if isinstance(each, Source):
                sources.append(each)
                yield each

    with Path(to).open("wb") as file:
        for reading in _watched("one that only reads", read_many(taken())):
            if isinstance(reading, Reading):
                file.write(msgspec.json.encode(Kept(source=sources.popleft(), reading=reading)) + b"\n")


def keep_short(path: str) -> None:
    """Add what was read before to a new ledger, and print what this process holds."""
    decoder = msgspec.json.Decoder(Kept)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "a.ledger", create=True) as ledger,
        Path(path).open("rb") as file,
    ):
        kept = (decoder.decode(line) for line in file)
        for _ in _watched("one that only writes", add(ledger, kept, reader(), lambda: datetime.now(UTC), workers=2)):
            pass
        print(f"a ledger of {ledger.path.stat().st_size / 2**20:.0f} MiB", flush=True)


def _watched(what: str, each: Iterable[T]) -> Iterator[T]:
    """The same, while every thousandth has a line printed of what this process holds."""
    print(f"documents  MiB held by {what}  and free in its heap  seconds of its processor", flush=True)
    for number, one in enumerate(each, 1):
        yield one
        if number % EVERY == 0:
            held, free = _own()
            print(f"{number:9}  {held:6.1f}  {free:5.1f}  {time.process_time():8.1f}", flush=True)


def _own() -> tuple[float, float]:
    """MiB that this process holds, and that were free in its heap: these are given back, else they count as held.

    Pages of files are not counted, which the system takes away and brings back.
    """
    before = anonymous()
    if TRIM is not None:
        TRIM(0)
    held = anonymous()
    return held, before - held


def anonymous(process: int | str = "self") -> float:
    """Return the MiB that a process holds, without pages of files."""
    return int(Path(f"/proc/{process}/status").read_text().partition("RssAnon:")[2].split()[0]) / 1024


def main() -> None:
    """Measure what the first argument names."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench_adding", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("what", choices=["reading", "workers", "memory"])
    parser.add_argument("paths", nargs="*", default=[str(NEWS if NEWS.exists() else SAMPLES)], help="what is added")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", type=int, default=20_000, help="of the table of memory")
    given = parser.parse_intermixed_args()
    if given.what == "memory":
        watch_memory(given.documents)
    else:
        (compare_reading if given.what == "reading" else compare_workers)(given.paths, given.rounds)


if __name__ == "__main__":
    main()

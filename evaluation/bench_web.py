"""How fast the pages answer while many read and one writes: ``python -m evaluation.bench_web LEDGER``.

Starts ``onrecord serve`` on a ledger, has 8 readers at once open pages of each kind (each waits for its page, first
without a break and then thinking between two pages as people do) while one writer adds documents, and prints a line a
kind: how many, the median, the slowest twentieth. A machine that is shared makes a clock lie, so what each kind costs
is measured first as the server's processor time, by one reader alone. The ledger is added to: give it a copy.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from sqlite3 import Connection
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import onrecord
from onrecord.ledger.days import earlier
from onrecord.nouns import Source

SAMPLED = 60
"""Addresses of each kind: pages that nobody has opened for a while come from the disk, as they do for a desk."""

ALONE = 20
"""Pages of each kind that one reader opens alone."""

THINKING = 2.0
"""Seconds that a reader looks at a page on average."""

SEED = 20310524

Addresses = Mapping[str, list[str]]


class Opened(NamedTuple):
    """One page that was opened."""

    kind: str
    seconds: float


class _Said(NamedTuple):
    """A statement that a desk may look for, and where it stands."""

    document: str
    place: str
    day: str
    words: str
    speaker: str | None


def addresses(path: Path, chance: random.Random) -> Addresses:
    """Return what a desk opens on a ledger, by the kind of page, spread over all of its days."""
    found: dict[str, list[str]] = defaultdict(list)
    with onrecord.Ledger(path) as ledger:
        connection = ledger.connection
        for said in map(_Said._make, _sample(connection, chance, "documents", _SAID)):
            part = quote(said.document, safe="")
            long = sorted(set(re.findall(r"[^\W\d_]{5,}", said.words))) or ["said"]
            asked = {"q": chance.choice(long)}
            found["document"].append(f"/documents/{part}")
            found["documents"].append(f"/documents?as_of={said.day}")
            found["search"].append(f"/search?{urlencode(asked)}")
            found["search, as of a day"].append(f"/search?{urlencode(asked | {'as_of': said.day})}")
            found["statement"].append(f"/statements/{said.place}/{part}")
            found["today, as of a day"].append(f"/?as_of={said.day}")
            if said.speaker:
                found["search, of a speaker"].append(f"/search?{urlencode(asked | {'by': said.speaker})}")
        for thread, day in _sample(connection, chance, "events", _EVENT):
            found["event"].append(f"/events/{thread}")
            found["event, as of a day"].append(f"/events/{thread}?as_of={day}")
        for (identity,) in _sample(connection, chance, "entities", _IDENTITY):
            found["entity"].append(f"/entities/{identity}")
        for document, place in _sample(connection, chance, "quotes", _QUOTE):
            found["quote family"].append(f"/quotes/{place}/{quote(document, safe='')}")
        for event in ledger.events(most=SAMPLED):
            found["events by words"].append(f"/events?{urlencode({'words': event.name})}")
        (last,) = connection.execute("SELECT max(day) FROM events").fetchone()
        week = urlencode({"since": earlier(last, 6), "until": last})
        found |= {"today": ["/"], "events": ["/events"], "people": ["/entities"], "sources": ["/sources"]}
        found["changes (API)"] = [f"/api/v1/changes?{week}"]
    return found


_SAID = (
    "SELECT d.name, s.start || '-' || s.stop, substr(d.published, 1, 10), s.words, s.speaker FROM documents d "
    "JOIN current c ON c.document = d.id JOIN statements s ON s.reading = c.reading "
    "WHERE d.id >= ? AND d.published IS NOT NULL LIMIT 1"
)
_EVENT = "SELECT t.thread, e.day FROM events e JOIN threads t ON t.event = e.id WHERE e.id >= ? LIMIT 1"
_IDENTITY = "SELECT identity FROM identified WHERE entity >= ? LIMIT 1"
_QUOTE = (
    "SELECT d.name, q.start || '-' || (q.start + length(q.text)) FROM quotes q JOIN documents d ON d.id = q.document "
    "WHERE q.id >= ? LIMIT 1"
)


def _sample(connection: Connection, chance: random.Random, table: str, query: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a query at or behind rows of a table that are drawn."""
    (last,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()  # noqa: S608 - names of ours
    for _ in range(SAMPLED):
        row = connection.execute(query, (chance.randint(0, last),)).fetchone()
        if row is not None:
            yield row


@contextmanager
def served(ledger: Path, workers: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Yield the port and the process of a server of a ledger, which has answered once."""
    port = free_port()
    program = "from onrecord.cli import main; main()"
    more = ["--workers", str(workers)] if workers > 1 else []
    command = [sys.executable, "-c", program, "serve", "--ledger", str(ledger), "--port", str(port), *more]
    process = subprocess.Popen(command)
    try:
        while process.poll() is None:  # an older ledger is brought up to date first
            try:
                open_page(HTTPConnection("127.0.0.1", port), "/palette.css")
                break
            except OSError:
                time.sleep(0.1)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def open_page(connection: HTTPConnection, address: str) -> int:
    """Open a page and read it to its end; return its status."""
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def processor_time(process: int) -> float:
    """Return the seconds of processor time of a process and of those that it started (Linux)."""
    ticks = 0
    waiting = [process]
    while waiting:
        number = waiting.pop()
        stat = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        ticks += int(stat[11]) + int(stat[12])
        for task in Path(f"/proc/{number}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return ticks / os.sysconf("SC_CLK_TCK")


def alone(port: int, process: int, wanted: Addresses) -> Iterator[str]:
    """Yield a line for each kind of page: what one page costs the server in processor time, and whether it answers."""
    connection = HTTPConnection("127.0.0.1", port)
    for kind, pages in wanted.items():
        statuses: defaultdict[int, int] = defaultdict(int)
        times = []
        before = processor_time(process)
        chosen = (pages * ALONE)[:ALONE]
        for address in chosen:
            start = time.perf_counter()
            statuses[open_page(connection, address)] += 1
            times.append(time.perf_counter() - start)
        spent = (processor_time(process) - before) / len(chosen)
        failed = f", {len(chosen) - statuses[HTTPStatus.OK]} failed" if set(statuses) != {HTTPStatus.OK} else ""
        slowest = f"{max(times) * 1000:7.1f} ms at most"
        yield f"{kind:<22} {spent * 1000:7.1f} ms of processor time, {slowest}{failed}"


def together(port: int, wanted: Addresses, readers: int, seconds: float, thinking: float) -> list[Opened]:
    """Return the pages that readers opened at once in some time; each waits for its page and thinks before the next.

    Who thinks begins at a moment of his own: eight who open their first page in the same one are no desk.
    """
    opened: list[Opened] = []
    stop = Event()

    def read(seed: int) -> None:
        chance = random.Random(seed)
        connection = HTTPConnection("127.0.0.1", port)
        kinds = list(wanted)
        stop.wait(chance.uniform(0, 1.5) * thinking)
        while not stop.is_set():
            kind = chance.choice(kinds)
            start = time.perf_counter()
            open_page(connection, chance.choice(wanted[kind]))
            opened.append(Opened(kind, time.perf_counter() - start))
            if thinking:
                stop.wait(chance.uniform(0.5, 1.5) * thinking)

    threads = [Thread(target=read, args=(SEED + number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    return opened


@contextmanager
def written_to(ledger: Path) -> Iterator[None]:
    """Have another process add documents to a ledger, one after the other."""
    writer = subprocess.Popen([sys.executable, "-m", "evaluation.bench_web", str(ledger), "--write"])
    try:
        yield
    finally:
        writer.terminate()
        writer.wait()


def write(path: Path) -> None:
    """Add documents to a ledger until stopped."""
    with onrecord.Ledger(path) as ledger:
        (last,) = ledger.connection.execute("SELECT max(substr(published, 1, 10)) FROM documents").fetchone()
        number = 0
        while True:
            number += 1
            words = (
                f"Talks number {number} between Velmark and Karsenia will be held in Mereth next week, Mara Lindqvist "
                f"said. “We expect {number} delegates,” she added. Irena Dalgard confirmed the plan on Tuesday.\n"
            )
            name = f"bench-{os.getpid()}-{number}"
            ledger.add(Source(raw=words.encode(), media="text", id=name, outlet="The Dravik Courier"), published=last)


def told(opened: list[Opened]) -> Iterator[str]:
    """Yield a line for each kind of page, and one for all."""
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for each in opened:
        by_kind[each.kind].append(each.seconds * 1000)
        by_kind["all"].append(each.seconds * 1000)
    for kind, times in sorted(by_kind.items(), key=lambda row: (row[0] == "all", row[0])):
        slow = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        yield f"{kind:<22} {len(times):5} pages, median {statistics.median(times):7.1f} ms, p95 {slow:7.1f} ms"


def main() -> None:
    """Print what pages cost alone, then how soon they come to many readers, with and without thinking."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("ledger", type=Path)
    asked.add_argument("--readers", type=int, default=8)
    asked.add_argument("--seconds", type=float, default=60, help="of each of the two loads; 0: only what pages cost")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--write", action="store_true", help="only add documents, as the writer does")
    given = asked.parse_args()
    if given.write:
        write(given.ledger)
        return
    wanted = addresses(given.ledger, random.Random(SEED))
    with served(given.ledger, given.workers) as (port, process):
        print("One reader alone, nobody writes:")
        for line in alone(port, process.pid, wanted):
            print(f"  {line}", flush=True)
        if not given.seconds:
            return
        with written_to(given.ledger):
            for thinking in (0.0, THINKING):
                before, start = processor_time(process.pid), time.perf_counter()
                opened = together(port, wanted, given.readers, given.seconds, thinking)
                busy = (processor_time(process.pid) - before) / (time.perf_counter() - start)
                print(
                    f"{given.readers} readers who think {thinking:g} s, one writer; the server took {busy:.2f} cores:"
                )
                for line in told(opened):
                    print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()

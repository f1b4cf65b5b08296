"""What `onrecord scale` costs, by its pool and by Ray: ``python -m evaluation.scale [PATH…] [--documents N]``.

Reads what is found in PATHs, or short documents of ours (two paragraphs of the sample story each), with each engine,
and prints seconds of processor time of all processes, seconds by the clock, the machine's load, and whether the files
are the same.
``--unread`` reads nothing: what is left is what sharing out, Parquet and Ray cost by themselves. ``--kill`` kills a
worker of each run amid its first shard. ``--ask N`` then asks the queries of docs/archives.md of as many documents.
Exit code 1 where the files differ.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeVar

from evaluation.benchmarks import ROOT, SAMPLES

T = TypeVar("T")
R = TypeVar("R")

MARK = "ONRECORD_MEASURED"
"""The variable of the environment by which processes of a run are known, whoever started them."""

OFTEN = 0.5
"""Seconds between two looks at what processes have taken: so much of each may be missed."""

TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What a run took."""

    processor: float
    """Seconds of all processes, user and system."""
    clock: float
    load: float
    killed: int
    """Workers that were killed."""


def short_documents(path: Path, documents: int) -> None:
    """Write so many short documents as JSON Lines, each another one."""
    from onrecord.nouns import Source
    from onrecord.page import read_page

    paragraphs = []
    for page in sorted(SAMPLES.glob("*.html")):
        document = read_page(Source(raw=page.read_bytes(), path=page.name))
        paragraphs += [document.text[slice(*block.span)] for block in document.blocks if block.kind == "paragraph"]
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            first = number * 2 % (len(paragraphs) - 1)
            text = f"{paragraphs[first]}\n\n{paragraphs[first + 1]}\n\nItem {number}."
            day = f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}"
            file.write(json.dumps({"id": f"n{number}", "text": text, "published": day, "outlet": "The Courier"}) + "\n")


def _unread(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> list[R]:
    """In a worker: the work, with readings in which nothing was looked for."""
    import onrecord.reading
    from onrecord.errors import UnreadableInput
    from onrecord.nouns import Document, Reader, Reading, Source
    from onrecord.spent import UNMEASURED, Meter

    reader = Reader(version="none", models={})

    def read_many(
        sources: Iterable[Source | UnreadableInput], meter: Meter = UNMEASURED
    ) -> Iterator[Reading | UnreadableInput]:
        for source in sources:
            if isinstance(source, UnreadableInput):
                yield source
            else:
                yield Reading(reader=reader, document=Document(id=source.id or "", text=source.raw.decode()))

    onrecord.reading.read_many = read_many
    onrecord.reading.reader = lambda: reader
    return work(each)


def run(engine: str, paths: Sequence[str], folder: Path, shard: int, unread: bool) -> None:
    """Read what some paths hold with an engine; this is the process that is measured, with all that it starts."""
    from onrecord.scale import Engine, over_pool, scale
    from onrecord.scale.on_ray import over_ray

    chosen: Engine = over_pool(2) if engine == "pool" else over_ray(2)

    def over(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        return chosen(partial(_unread, work) if unread else work, each)

    scale(paths, folder, over, shard)


def measured(arguments: list[str], kill: bool, folder: Path) -> Cost:
    """Run this program anew, and return what it took with all its processes."""
    name = sha256(f"{os.getpid()} {time.time_ns()}".encode()).hexdigest()
    environment = {**os.environ, MARK: name, "OMP_NUM_THREADS": "1"}
    taken: dict[int, float] = {}
    killed, began = 0, time.monotonic()
    with subprocess.Popen([sys.executable, "-m", "evaluation.scale", *arguments], env=environment, cwd=ROOT) as running:
        while running.poll() is None:
            time.sleep(OFTEN)
            taken |= _taken(name)
            if kill and not killed and (worker := _writer(folder, taken)):
                os.kill(worker, signal.SIGKILL)
                killed = 1
    if running.returncode:
        raise SystemExit(f"the run ended with {running.returncode}")
    return Cost(sum(taken.values()), time.monotonic() - began, os.getloadavg()[0], killed)


def _taken(name: str) -> dict[int, float]:
    """Seconds of processor time that each process of a run has taken so far."""
    found = {}
    for process in Path("/proc").iterdir():
        try:
            if not process.name.isdigit() or f"{MARK}={name}".encode() not in (process / "environ").read_bytes():
                continue
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
            found[int(process.name)] = (int(after_name[11]) + int(after_name[12])) / TICKS
        except OSError:
            continue
    return found


def _writer(folder: Path, processes: Iterable[int]) -> int | None:
    """A process that has a file of readings open that is not done; None where none has."""
    for process in processes:
        try:
            files = [str(file.readlink()) for file in Path(f"/proc/{process}/fd").iterdir()]
        except OSError:
            continue
        if any(file.startswith(f"{folder}/.") and ".parquet." in file for file in files):
            return process
    return None


def asked(folder: Path, documents: int) -> Iterator[str]:
    """Yield what each query of docs/archives.md takes of so many documents: those of a folder, over and over."""
    import duckdb

    files = sorted(folder.glob("*.parquet"))
    page = (ROOT / "docs" / "archives.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as made, duckdb.connect() as connection:
        here = Path(made, "readings")
        here.mkdir()
        held = 0
        for number in count():
            if held >= documents:
                break
            file = files[number % len(files)]
            os.link(file, here / f"{number:06}.parquet")
            held += int(connection.sql(f"SELECT count(*) FROM '{file}'").fetchall()[0][0])  # noqa: S608
        yield f"{held:,} documents, {sum(each.stat().st_size for each in here.iterdir()):,} bytes"
        os.chdir(made)
        for query in re.findall(r"```sql\n(.*?)```", page, re.S):
            began, clock = time.process_time(), time.monotonic()
            connection.execute(query)
            rows = len(connection.fetchall())
            first = " ".join(query.split("\n\n")[-1].split())[:70]
            seconds, clocked = time.process_time() - began, time.monotonic() - clock
            yield f"{seconds:7.2f} s, {clocked:.2f} by the clock, {rows:,} rows: {first}"


def main() -> int:
    """Measure, and print it."""
    from onrecord.scale import read_manifest

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="*", metavar="PATH", help="what is read (default: short documents of ours)")
    options.add_argument("--documents", type=int, default=5_000, metavar="N", help="how many short documents")
    options.add_argument("--shard", type=int, default=500, metavar="N", help="documents of a shard")
    options.add_argument("--unread", action="store_true", help="read nothing: only what the engines cost")
    options.add_argument("--kill", action="store_true", help="kill a worker of each run")
    options.add_argument("--engines", default="pool,ray")
    options.add_argument("--ask", type=int, default=0, metavar="N", help="ask the queries of so many documents")
    options.add_argument("--run", nargs=2, metavar=("ENGINE", "FOLDER"), help="the run that is measured")
    given = options.parse_args()
    if given.run:
        run(given.run[0], given.paths, Path(given.run[1]), given.shard, given.unread)
        return 0
    digests = []
    with tempfile.TemporaryDirectory() as made:
        paths = [str(Path(path).absolute()) for path in given.paths]
        if not paths:
            paths = [str(Path(made, "short.jsonl"))]
            short_documents(Path(paths[0]), given.documents)
        for engine in given.engines.split(","):
            folder = Path(made, engine)
            flags = ["--shard", str(given.shard), *(["--unread"] if given.unread else [])]
            cost = measured(["--run", engine, str(folder), *flags, *paths], given.kill, folder)
            files = sorted(folder.glob("*.parquet"))
            manifest = read_manifest(folder)
            assert manifest is not None, "a run that ends well has written it"
            counts = manifest.counts
            digests.append([(each.name, sha256(each.read_bytes()).hexdigest()) for each in files])
            size = sum(each.stat().st_size for each in files)
            sys.stdout.write(
                f"{engine}: {counts.documents:,} documents, {counts.problems} problems, {len(files)} files, "
                f"{size:,} bytes; {cost.processor:.1f} s of processor time, {cost.clock:.1f} s by the clock, "
                f"load {cost.load:.1f}{', a worker killed' if cost.killed else ''}\n"
            )
            sys.stdout.flush()
        same = all(each == digests[0] for each in digests)
        sys.stdout.write(f"the files are {'the same' if same else 'DIFFERENT'}\n")
        if given.ask:
            sys.stdout.writelines(f"{line}\n" for line in asked(Path(made, given.engines.split(",")[0]), given.ask))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())

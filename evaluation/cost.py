"""What a million articles need, worked out from measured figures: ``python -m evaluation.cost [--write]``.

Reads news articles into Parquet and adds them to a ledger, here and on one core, takes pages of HTML apart, and holds
each figure against the one that docs/performance.md is worked out from (`evaluation/cost.toml`). Exit code 1 where one
is further off than `APART`: then the page is out of date, or the machine is another. ``--write`` writes the figures and
the page anew. The odd case that forced the shape: of what nobody has read at this size the page can only say what
follows from figures, so it is made of them and can't be mended by hand.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from evaluation.bench_adding import NEWS
from evaluation.benchmarks import ROOT, SAMPLES, SHARED
from onrecord.acquire import open_paths, open_to_keep
from onrecord.ledger import add, open_ledger
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.reading import read, reader
from onrecord.scale import scale

T = TypeVar("T")
R = TypeVar("R")

FIGURES = ROOT / "evaluation" / "cost.toml"
PAGE = ROOT / "docs" / "performance.md"
BEGINS, ENDS = "<!-- written by evaluation.cost: begins -->\n", "<!-- written by evaluation.cost: ends -->\n"

APART = 1.5
"""By how much a figure may differ: neighbours of a machine change what processors take by that much."""

GROWN = 1.4
"""How much longer keeping takes where a ledger holds 109,000 documents than where it is small, by the slower of the two
turns of docs/performance.md, Keeping and asking (18.6 against 13.7 ms)."""

ARTICLES, WORDS = 1_000_000, 450
HOUR = 3_600
SMALL, LARGE = 2, 64
"""Cores of a machine at hand and of a cluster."""


class Measured(msgspec.Struct, frozen=True):
    """What was measured, all of it in one process."""

    version: str
    """Of the program."""
    day: str
    load: float
    """Of the machine while it was measured, other programs and this one."""
    articles: int
    words: int
    reading: float
    """Words a second from text to Parquet."""
    keeping: float
    """Words a second from Parquet into a small ledger."""
    page: float
    """Pages of HTML a second from bytes to text."""
    parquet: float
    """Bytes a word."""
    ledger: float
    """Bytes a word."""
    packed: float
    """Bytes a page of HTML, as a ledger keeps it."""
    memory: float
    """MiB of the process at most, which read, wrote Parquet, and kept."""


class Need(NamedTuple):
    """What an archive needs."""

    reading: float
    """Core-hours to Parquet."""
    keeping: float
    """Hours of the one that writes, in a ledger that stays small."""
    parquet: float
    """Bytes."""
    ledger: float
    """Bytes."""

    @property
    def workers(self) -> tuple[float, float]:
        """With how many workers the one that writes keeps up, in a large ledger and in a small one."""
        return self.reading / self.keeping / GROWN, self.reading / self.keeping


def needed(by: Measured, articles: int, words: int, html: bool) -> Need:
    """Return what so many articles of so many words need, texts or pages of HTML."""
    all_words, pages = articles * words, articles * html
    return Need(
        reading=(all_words / by.reading + pages / by.page) / HOUR,
        keeping=all_words / by.keeping / HOUR,
        parquet=all_words * by.parquet + pages * by.packed,
        ledger=all_words * by.ledger + pages * by.packed,
    )


def section(by: Measured) -> str:
    """Return what docs/performance.md says of a million articles."""
    texts, pages = (needed(by, ARTICLES, WORDS, html) for html in (False, True))

    def row(what: str, told: Callable[[Need], str]) -> str:
        return f"| {what} | {told(texts)} | {told(pages)} |"

    both: Callable[[Need], float] = lambda need: need.reading + need.keeping  # noqa: E731
    return "\n".join(
        [
            f"Measured on {by.day} with onrecord {by.version}, in processor time, while the machine had a load of "
            f"{by.load:.1f} (1: nothing else ran):",
            f"{by.articles} news articles of {by.words / by.articles:.0f} words are read into Parquet at "
            f"{by.reading:,.0f} words/s and kept at {by.keeping:,.0f} words/s;",
            f"{by.page:.0f} pages of HTML a second are taken apart. A word takes {by.ledger:.0f} bytes of a ledger and "
            f"{by.parquet:.0f} of Parquet, a page of HTML as it came, compressed, {by.packed / 1000:.0f} kB more.",
            f"The process, which reads and keeps, took {by.memory:.0f} MiB at most.",
            "",
            f"| a million articles of {WORDS} words | plain texts | web pages |",
            "|---|---|---|",
            row("**core-hours** to Parquet (`onrecord scale`)", lambda need: f"**{need.reading:.0f}**"),
            row("one core", lambda need: f"{need.reading / 24:.1f} days"),
            row(f"{SMALL} cores", lambda need: f"{need.reading / SMALL:.0f} hours"),
            row(
                f"{LARGE} cores, if none is in another's way",
                lambda need: f"{60 * need.reading / LARGE:.0f} minutes",
            ),
            row(
                "from Parquet into one ledger, by its one writer",
                lambda need: f"{need.keeping:.1f} to {GROWN * need.keeping:.1f} hours",
            ),
            row("read and kept by one core (`onrecord add --workers 1`)", lambda need: f"{both(need):.0f} hours"),
            row(
                "workers with which that writer keeps up",
                lambda need: f"{need.workers[0]:.0f} to {need.workers[1]:.0f}",
            ),
            row("Parquet", lambda need: f"{need.parquet / 1e9:.0f} GB"),
            row("a ledger", lambda need: f"{need.ledger / 1e9:.0f} GB"),
            row(
                f"memory, {SMALL} and {LARGE} workers and who writes",
                lambda need: " and ".join(f"{by.memory * (cores + 1) / 1024:.1f} GiB" for cores in (SMALL, LARGE)),
            ),
            "",
        ]
    )


def measured(texts: Sequence[str], pages: Sequence[str]) -> Measured:
    """Measure with articles that are texts and with pages of HTML, in this process."""
    documents = [each for each in open_paths(texts) if isinstance(each, Source)]
    words = sum(len(each.raw.split()) for each in documents)
    read(documents[0])  # the models are loaded
    with tempfile.TemporaryDirectory() as made:
        parquet, ledger = Path(made, "readings"), Path(made, "a.ledger")
        began = time.process_time()
        scale(texts, parquet, _here)
        reading = time.process_time() - began
        with open_ledger(ledger, create=True) as opened:
            empty, began = ledger.stat().st_size, time.process_time()
            for _ in add(opened, open_to_keep([str(parquet)]), reader(), lambda: datetime.now(UTC)):
                pass
            keeping = time.process_time() - began
        sizes = sum(each.stat().st_size for each in parquet.glob("*.parquet")), ledger.stat().st_size - empty
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    html = [each for each in open_paths(pages) if isinstance(each, Source)]
    began = time.process_time()
    for each in html:
        read_page(each)
    paging = time.process_time() - began
    packed = sum(len(zlib.compress(each.raw)) for each in html)
    return Measured(
        version=reader().version, day=datetime.now(UTC).date().isoformat(), load=round(os.getloadavg()[0], 1),
        articles=len(documents), words=words, reading=round(words / reading, 1), keeping=round(words / keeping, 1),
        page=round(len(html) / paging, 2), parquet=round(sizes[0] / words, 1), ledger=round(sizes[1] / words, 1),
        packed=round(packed / len(html)), memory=round(memory, 1),
    )  # fmt: skip


def _here(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
    """The engine that is this process."""
    yield from work(each)


def apart(known: Measured, now: Measured) -> Mapping[str, tuple[float, float]]:
    """Return the rates and sizes that differ by more than `APART`, each as it was and as it is."""
    names = ("reading", "keeping", "page", "parquet", "ledger", "packed", "memory")
    pairs = {name: (getattr(known, name), getattr(now, name)) for name in names}
    return {name: (was, is_now) for name, (was, is_now) in pairs.items() if not 1 / APART <= is_now / was <= APART}


def with_section(page: str, made: str) -> str:
    """Return a page with what was made in its place."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{made}{ENDS}{after}"


def known_figures() -> Measured:
    """Return the figures that the page is worked out from."""
    return msgspec.toml.decode(FIGURES.read_bytes(), type=Measured)


def main() -> int:
    """Measure, and compare with the page or write it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write the figures and the page anew")
    given = options.parse_args()
    html = SHARED / "data" / "pages" / "html"
    now = measured([str(NEWS if NEWS.exists() else SAMPLES)], [str(html if html.exists() else SAMPLES)])
    print(section(now))
    if given.write:
        lines = [f"{name} = {value!r}\n" for name, value in msgspec.structs.asdict(now).items()]
        FIGURES.write_text("".join(lines).replace("'", '"'), encoding="utf-8")
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), section(now)), encoding="utf-8")
        return 0
    differing = apart(known_figures(), now)
    for name, (was, is_now) in differing.items():
        print(f"OUT OF DATE: {name} is {is_now:,.1f}, docs/performance.md was worked out from {was:,.1f}")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())

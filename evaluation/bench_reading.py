"""Speed and memory of the whole line on one core: run as ``make bench``.

Gold of ../shared is read where it is there, else the sample corpus. What each figure must reach stands in
docs/performance.md; nothing here fails by time, since a busy machine is no defect.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from evaluation.benchmarks import ROOT, SHARED
from onrecord import Source, UnreadableInput, open_paths, read_many
from onrecord.events.find import Found
from onrecord.language import annotate, parse
from onrecord.page import read_page
from onrecord.statements import tag

reading = import_module("onrecord.reading")
laying = import_module("onrecord.language.annotate")

ONRECORD = Path(sys.executable).parent / "onrecord"
NEWS = SHARED / "data" / "polnear" / "dev.jsonl"
SAMPLES = ROOT / "samples" / "summit"


def sources() -> list[Source]:
    """Texts of news to read."""
    paths = [str(NEWS if NEWS.exists() else SAMPLES)]
    return [source for source in open_paths(paths) if isinstance(source, Source)]


def test_whole_reading(benchmark: Any) -> None:
    """Words a second from bytes to readings; the first round loads the models and warms the caches."""
    read = sources()
    words = sum(len(source.raw.split()) for source in read)

    def line() -> int:
        return sum(not isinstance(result, UnreadableInput) for result in read_many(read))

    assert benchmark.pedantic(line, rounds=3, warmup_rounds=1) == len(read)
    benchmark.extra_info["words"] = words
    benchmark.extra_info["words_per_second"] = round(words / benchmark.stats.stats.min)
    print(f"\nwhole reading: {benchmark.extra_info['words_per_second']} words/s at best")


@pytest.mark.parametrize("part", ["parser", "tagger"])
def test_parts(benchmark: Any, part: str) -> None:
    """Words a second of the parser (spaCy and what we copy out of it) and of the tagger, each by itself."""
    documents = [read_page(source) for source in sources()]
    words = sum(len(document.text.split()) for document in documents)
    laid = list(annotate(documents))
    work = (lambda: len(list(parse(documents)))) if part == "parser" else (lambda: len(tag(laid)))
    assert benchmark.pedantic(work, rounds=3, warmup_rounds=1) == len(documents)
    print(f"\n{part} alone: {round(words / benchmark.stats.stats.min)} words/s at best")


def test_events_and_times(benchmark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What finding times and events adds to a reading without them: processor time of both by turns, the least of each.

    By turns and in one process, since a neighbour's load changes the seconds of a whole run more than they add.
    """
    read = sources()
    spent: dict[bool, list[float]] = {True: [], False: []}

    def turn(full: bool) -> None:
        with monkeypatch.context() as patch:
            if not full:
                patch.setattr(reading, "find_events", lambda *_: Found((), ()))
                patch.setattr(laying, "find_times", lambda *_: ())
            start = time.process_time()
            assert len(list(read_many(read))) == len(read)
            spent[full].append(time.process_time() - start)

    turn(True)  # loads the models and warms the caches
    spent[True].clear()

    def both() -> None:
        turn(False)
        turn(True)

    benchmark.pedantic(both, rounds=4)
    share = 100 * (min(spent[True]) / min(spent[False]) - 1)
    benchmark.extra_info["added_percent"] = round(share, 1)
    print(f"\nevents and times add {share:.1f} % to a reading without them")


def test_help(benchmark: Any) -> None:
    """Seconds from nothing to the help text."""
    benchmark.pedantic(lambda: subprocess.run([ONRECORD, "--help"], capture_output=True, check=True), rounds=5)


def test_first_short_reading(benchmark: Any, tmp_path: Path) -> None:
    """Seconds from nothing to the reading of one short text."""
    page = tmp_path / "page.txt"
    page.write_text("The talks will be held on Friday, Mara Lindqvist said.\n", encoding="utf-8")
    benchmark.pedantic(
        lambda: subprocess.run([ONRECORD, "read", "--json", page], capture_output=True, check=True), rounds=3
    )


@pytest.mark.parametrize("documents", [100, 1000])
def test_memory(benchmark: Any, tmp_path: Path, documents: int) -> None:
    """Peak memory of a process that reads few and many documents: it must not grow with their number."""
    read = sources()
    page = tmp_path / "many.jsonl"
    with page.open("w", encoding="utf-8") as out:
        for number in range(documents):
            text = read[number % len(read)].raw.decode("utf-8", "replace")[:2000]
            out.write(json.dumps({"id": str(number), "text": text}) + "\n")
    benchmark.pedantic(
        lambda: subprocess.run([ONRECORD, "read", "--json", page], stdout=subprocess.DEVNULL, check=True), rounds=1
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    benchmark.extra_info["peak_mib"] = peak
    print(f"\n{documents} documents: peak memory of any reading process so far {peak} MiB")

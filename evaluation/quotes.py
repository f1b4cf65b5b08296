"""How well quotes are checked against all of a press room's transcripts, and how fast.

Run by the gate as ``python evaluation/quotes.py CASES TRANSCRIPTS SCORER MAKER``; the last line that it prints is JSON.
The cases are cut out of the transcripts and edited by a program that lies beside the project, which knows what it did;
a second set of them is made at run time with a seed of its own, for rules are worked from the first. Each case is
checked twice: in the transcript that it says it is from, as the scorer wants it, and in all of them at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from onrecord.acquire import open_paths
from onrecord.check import Finding, Named, Quote
from onrecord.ledger import Ledger, record_of
from onrecord.ledger.spoken import spoken
from onrecord.nouns import Source
from onrecord.page import read_page

SEED, FURTHER = 20310501, 600
"""The seed of the cases that are made at run time, and how many."""

Case = dict[str, Any]


def cases_of(path: Path) -> list[Case]:
    """Return the cases of a file, a line each."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def quote_of(case: Case, hinted: bool) -> Quote:
    """Return the quote of a case; ``hinted``: with the transcript that it is said to be from."""
    return Quote(
        case["id"], case["quote"], Named((case["speaker"],)), transcript=case["transcript"] if hinted else None
    )


def findings(ledger: Ledger, quotes: Sequence[Quote]) -> tuple[list[Finding], list[float]]:
    """Return what became of each quote, and the milliseconds of processor time that each took."""
    found, spent = [], []
    for quote in quotes:
        begun = time.process_time()
        found.append(spoken(ledger, quote))
        spent.append(1000 * (time.process_time() - begun))
    return found, spent


def result_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as the scorer reads it."""
    return {
        "id": finding.quote.id,
        "verdict": finding.verdict,
        "transcript": finding.original.document if finding.original else None,
        "passage": finding.passage,
        "edits": [asdict(edit) for edit in finding.edits],
    }


def scored(scorer: Path, cases: Path, found: Sequence[Finding], folder: Path) -> dict[str, Any]:
    """Return what the scorer prints of the findings on the cases of a file."""
    results = folder / f"{cases.stem}.results.jsonl"
    results.write_text("".join(json.dumps(result_of(each)) + "\n" for each in found), encoding="utf-8")
    printed = subprocess.run([sys.executable, scorer, cases, results], capture_output=True, check=True, text=True)
    told: dict[str, Any] = json.loads(printed.stdout)
    return told


def anywhere(cases: Sequence[Case], found: Sequence[Finding]) -> float:
    """Return the share of cases whose place was found: the passage of the right transcript; none is asked of some."""
    asked = [pair for pair in zip(cases, found, strict=True) if pair[0]["passage"] and pair[0]["kind"] != "spliced"]
    right = 0
    for case, finding in asked:
        (low, high), (start, end) = case["passage"], finding.passage or (0, 0)
        shared = min(high, end) - max(low, start)
        right += (
            finding.original is not None
            and finding.original.document == case["transcript"]
            and shared >= 0.8 * (high - low)
            and end - start <= 1.5 * (high - low)
        )
    return round(100 * right / len(asked), 1)


def figures(ledger: Ledger, cases: Path, scorer: Path, folder: Path) -> dict[str, float]:
    """Return what is measured of the cases of a file."""
    asked = cases_of(cases)
    found, _ = findings(ledger, [quote_of(case, hinted=True) for case in asked])
    told = scored(scorer, cases, found, folder)
    free, spent = findings(ledger, [quote_of(case, hinted=False) for case in asked])
    alarms, honest = map(int, told["false_alarms"].split("/"))
    comfort, changed = map(int, told["false_comfort"].split("/"))
    for (kind, others), number in ((key.split(" -> "), n) for key, n in told["confusion"].items()):
        print(f"{cases.stem}: {kind} taken for {others}: {number}")
    spent.sort()
    print(f"{cases.stem}: 95 of 100 quotes under {spent[len(spent) * 95 // 100]:.1f} ms in all transcripts")
    return {
        "verdict, mean over kinds": told["verdict_mean_over_kinds"],
        "passage": told["passage"],
        "passage in all transcripts": anywhere(asked, free),
        "changes named": told["named"],
        "changed quotes not called verbatim or marked": round(100 * (1 - comfort / changed), 2),
        "honest quotes without alarm": round(100 * (1 - alarms / honest), 2),
    }


def main() -> None:
    """Measure the cases that the command line names, and further ones."""
    cases, transcripts, scorer, maker = map(Path, sys.argv[1:])
    sources = [each for each in open_paths([str(transcripts)]) if isinstance(each, Source)]
    documents = [read_page(source) for source in sources]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    begun = time.process_time()
    ledger = record_of(documents)
    seconds = time.process_time() - begun
    documents.clear()
    with tempfile.TemporaryDirectory() as folder:
        further = Path(folder) / "further.jsonl"
        made = subprocess.run(
            [sys.executable, maker, transcripts, str(SEED), str(FURTHER)], capture_output=True, check=True, text=True
        )
        further.write_text(made.stdout, encoding="utf-8")
        told = figures(ledger, cases, scorer, Path(folder))
        more = figures(ledger, further, scorer, Path(folder))
    print(f"indexed: {size:.1f} MB of text in {seconds:.1f} s")
    further_told = {f"further cases: {name}": value for name, value in more.items()}
    print(json.dumps(told | further_told | {"transcripts": len(sources)}))


if __name__ == "__main__":
    main()

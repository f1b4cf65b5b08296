"""How often a careful reader's judgment on a printed quote is given: verdict, changes, weight.

Run by the gate as ``python score.py QUOTES TRANSCRIPTS``; the last line that it prints is JSON. All transcripts are
searched for each quote. Of quotes that are looked at (no ``held`` in the name) each mistake is printed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from evaluation.quotes import Case, cases_of
from onrecord.check import Finding, Named, Quote
from onrecord.ledger.spoken import record_of, spoken
from onrecord.nouns import Source
from onrecord.page import read_page

WEIGHTS = ("none", "form", "sense")


def findings(cases: list[Case], transcripts: list[Case]) -> list[Finding]:
    """Return what becomes of each case's quote in the transcripts."""
    sources = [
        Source(raw=each["text"].encode(), id=each["id"], title=each["title"], published=each["date"])
        for each in transcripts
    ]
    with record_of(read_page(source) for source in sources) as ledger:
        quotes = [Quote(case["id"], case["quote"], Named((case["speaker"],))) for case in cases]
        return [spoken(ledger, quote) for quote in quotes]


def weight_of(finding: Finding) -> str:
    """Return the gravest weight of a finding's edits."""
    return max((edit.weight for edit in finding.edits), key=WEIGHTS.index, default="none")


def named(case: Case, finding: Finding) -> bool:
    """Return whether all words that were changed stand in the finding's edits."""
    told = " ".join(f"{edit.quote_words} {edit.passage_words}" for edit in finding.edits).casefold().replace("’", "'")
    return all(words.casefold() in told for words in case["changed"])


def figures(cases: list[Case], transcripts: list[Case], shown: bool) -> dict[str, float]:
    """Return the figures; ``shown``: each mistake is printed."""
    right, weighed, weight, changed, told = 0, 0, 0, 0, 0
    for case, finding in zip(cases, findings(cases, transcripts), strict=True):
        right += finding.verdict == case["verdict"]
        if case["weight"] is not None:
            weighed += 1
            weight += weight_of(finding) == case["weight"]
        if case["changed"]:
            changed += 1
            told += named(case, finding)
        wrong = finding.verdict != case["verdict"] or (case["weight"] not in (None, weight_of(finding)))
        if shown and (wrong or not named(case, finding)):
            edits = [(edit.kind, edit.quote_words, edit.passage_words, edit.weight, edit.why) for edit in finding.edits]
            print(case["id"], case["verdict"], case["weight"], "is", finding.verdict, case["quote"], edits)
    return {
        "verdict": round(100 * right / len(cases), 1),
        "weight": round(100 * weight / weighed, 1),
        "changes named": round(100 * told / changed, 1),
        "quotes": len(cases),
    }


def main() -> None:
    """Measure the quotes that the command line names."""
    quotes, transcripts = map(Path, sys.argv[1:])
    print(json.dumps(figures(cases_of(quotes), cases_of(transcripts), "held" not in quotes.name)))


if __name__ == "__main__":
    main()

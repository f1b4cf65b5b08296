"""Whether a word lies ahead or not: ``ahead.py GOLD.jsonl`` with MEANTIME's events (``time``: FUTURE or NON_FUTURE).

Each annotated event is asked of by its head alone, as `onrecord.language.outlook` tells it of the words over a time.
Prints precision, recall and F1 of FUTURE in per cent.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from onrecord.language import Annotated, annotate
from onrecord.language.outlook import Outlook
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.tables import table


def head_of(annotated: Annotated, span: tuple[int, int]) -> int | None:
    """Return the token of a span that none of its other tokens governs; None where it holds no token."""
    first, last = annotated.token_range(span)
    inside = range(first, last)
    return next((i for i in inside if annotated.tokens[i].head not in inside or annotated.tokens[i].head == i), None)


def main(path: str) -> None:
    """Print the figures."""
    records = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    sources = [
        Source(raw=r["text"].encode(), media="text", charset="utf-8", id=r["id"], published=r["published"])
        for r in records
    ]
    right = told = gold = 0
    for record, annotated in zip(records, annotate(map(read_page, sources)), strict=True):
        outlook = Outlook.of(table("language", "en", "times")["words"], annotated.tokens)
        for event in record.get("events", ()):
            head = head_of(annotated, tuple(event["span"]))
            if head is None or event["time"] not in {"FUTURE", "NON_FUTURE"}:
                continue
            ahead, future = outlook.direction(head) > 0, event["time"] == "FUTURE"
            right += ahead and future
            told += ahead
            gold += future
    precision, recall = right / max(1, told), right / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(json.dumps({k: round(100 * v, 1) for k, v in (("F1", f1), ("precision", precision), ("recall", recall))}))


if __name__ == "__main__":
    main(*sys.argv[1:])

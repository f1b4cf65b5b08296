"""Gold of planned events that stands off its texts: ids, offsets and labels here, the texts beside the project.

Promise: no word of a text that is not ours lies in the project; what is restored is in the form of the scorer. The odd
case that forced the shape: a fifth of the texts is held back by its id, so that no list of them has to be kept.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.gold.marked import documents
from onrecord.nouns import Source

HELD = 5
"""One text in so many is held back."""


def is_held(name: str) -> bool:
    """Return whether the text with this id is held back: nobody looks at it while rules or models are made."""
    return int(sha256(name.encode()).hexdigest(), 16) % HELD == 0


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a file: texts of ours (``.txt``), a story with questions, or JSON Lines, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        if path.suffix == ".txt":
            yield from documents(file.read())
        elif path.suffix == ".json":
            yield from json.load(file)["documents"]
        else:
            yield from map(json.loads, file)


def annotated(annotations: Path, texts: tuple[Path, ...], held: bool | None = None) -> list[dict[str, Any]]:
    """Return annotated texts, ``{"id", "published", "outlet", "text", "events"}``, with their spans.

    ``annotations`` is a JSON Lines file of ``{"id", "corpus", "events"}``, spans ``[start, end)`` in code points; with
    ``"range"`` of a passage alone, in which its spans count. ``texts`` are JSON Lines files, packed or not, of ``{"id",
    "published" or "date", "text"}``. ``held`` keeps those that are held back (True), those that are not (False) or all
    (None). Raises KeyError for an annotation whose text is not there.
    """
    known = {record["id"]: record for path in texts for record in records(path)}
    found = []
    for line in annotations.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if held is None or is_held(record["id"]) == held:
            document = known[record["id"]]
            kept = {key: document.get(key) for key in ("id", "published", "outlet")}
            kept["published"] = kept["published"] or document.get("date")
            kept["text"] = document["text"][slice(*record.get("range", (None,)))]
            told = {key: value for key, value in kept.items() if value is not None}
            found.append({**told, "events": record["events"]})
    return found


def restored(annotations: Path, texts: tuple[Path, ...], held: bool | None = None) -> list[dict[str, Any]]:
    """Return `annotated` texts as the scorer of planned events wants them: spans as the words that stand there."""
    found = annotated(annotations, texts, held)
    return [{**each, "events": [_event(each["text"], event) for event in each["events"]]} for each in found]


def sources(records: list[dict[str, Any]]) -> list[Source]:
    """Return annotated texts as pages to read: each with its id, and its day of publication where it has one."""
    return [
        Source(raw=r["text"].encode(), media="text", charset="utf-8", id=r["id"], published=r.get("published"))
        for r in records
    ]


def _event(text: str, event: dict[str, Any]) -> dict[str, Any]:
    told = {**event, "span": text[slice(*event["span"])]}
    told["participants"] = [text[slice(*span)] for span in event["participants"]]
    for key in ("date", "previous_date", "venue"):
        if key in event:
            told[key] = {**event[key], "span": text[slice(*event[key]["span"])]}
    if "by" in event:
        told["by"] = text[slice(*event["by"])]
    return told

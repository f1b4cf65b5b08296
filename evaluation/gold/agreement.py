"""How far two people agree on planned events: ``python -m evaluation.gold.agreement SCORER FIRST SECOND TEXTS``.

SCORER is the scorer of planned events, FIRST and SECOND the annotations of two people in `planned/` (``items
second``, ``briefings second-briefings``), TEXTS the JSON Lines file that they stand off. The second is scored against
the first as a reading would be.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from evaluation.gold.standoff import restored

PLANNED = Path(__file__).parent / "planned"


def as_reading(document: dict[str, Any]) -> dict[str, Any]:
    """Return annotated events in the form of a reading: each mentioned where its words first stand."""
    events = []
    for event in document["events"]:
        start = document["text"].index(event["span"])
        span = [start, start + len(event["span"])]
        claims = [{"attribute": "participant", "value": name} for name in event["participants"]]
        for attribute, key in (("date", "value"), ("venue", "span")):
            if attribute in event:
                told = event[attribute]
                claims.append({"attribute": attribute, "value": told[key], "settled": told["settled"]})
        kept = {key: event[key] for key in ("kind", "status")}
        events.append({"span": span, "mentions": [span], **kept, "claims": claims})
    return {"document": {"id": document["id"], "text": document["text"]}, "events": events}


def main(scorer: str, one: str, other: str, texts: str) -> None:
    """Print the scorer's figures."""
    second = restored(PLANNED / f"{other}.jsonl", (Path(texts),))
    both = {document["id"] for document in second}
    first = [each for each in restored(PLANNED / f"{one}.jsonl", (Path(texts),)) if each["id"] in both]
    with tempfile.TemporaryDirectory() as folder:
        gold, readings = Path(folder) / "gold.jsonl", Path(folder) / "readings.jsonl"
        gold.write_text("".join(json.dumps(each) + "\n" for each in first), encoding="utf-8")
        readings.write_text("".join(json.dumps(as_reading(each)) + "\n" for each in second), encoding="utf-8")
        subprocess.run([sys.executable, scorer, gold, readings], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

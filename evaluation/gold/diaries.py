"""Score the entries of diaries: ``diaries.py GOLD.jsonl READINGS.jsonl [--wrong]``.

GOLD: ``{"id", "html" or "text", "gold": {"events": […], "perhaps": […]}}``. An event has ``event``, the words that tell
it, its ``date`` (ISO 8601 or EDTF, None where it has none), ``settled`` as of the date, and the ``venues``, ``placed``
as settled as they are; an open place is the one venue None. ``perhaps`` are words that may be an event or none. An
event is found when a mention of one that lies ahead meets an occurrence of its words, one to one. Prints in per cent
how well events are found, dates and places of those found, and the F1 of events with both right.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]

AHEAD = {"mooted", "planned", "scheduled", "postponed", "cancelled"}


def meets(words: str, event: Row, text: str) -> bool:
    """Return whether a mention of an event meets an occurrence of words in a text."""
    at = text.find(words)
    while at >= 0:
        if any(low < at + len(words) and at < high for low, high in event["mentions"]):
            return True
        at = text.find(words, at + 1)
    return False


def date_right(gold: Row, event: Row) -> bool:
    """Return whether the first date of an event is that of the gold; an open one has no value."""
    told: Row = next((claim for claim in event["claims"] if claim["attribute"] == "date"), {})
    return (told.get("value"), told.get("settled")) == (gold["date"], gold["settled"])


def place_right(gold: Row, event: Row) -> bool:
    """Return whether an event has the places of the gold and no others."""
    told = [(claim["value"], claim["settled"]) for claim in event["claims"] if claim["attribute"] == "venue"]
    want = [(venue, gold["placed"]) for venue in gold["venues"]]
    return sorted(told, key=str) == sorted(want, key=str)


def score(item: Row, reading: Row) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Return each event of the gold with the one that was found for it, and the events that are none."""
    text, gold = reading["document"]["text"], item["gold"]
    left = [event for event in reading["events"] if event["status"] in AHEAD]
    pairs: list[tuple[Row, Row | None]] = []
    for want in gold["events"]:
        near = [event for event in left if meets(want["event"], event, text)]
        best = max(near, key=lambda event: date_right(want, event) + place_right(want, event), default=None)
        left = [event for event in left if event is not best]
        pairs.append((want, best))
    return pairs, [event for event in left if not any(meets(words, event, text) for words in gold.get("perhaps", ()))]


def main(gold: str, read: str, *options: str) -> None:
    """Print the figures; ``--wrong``: what is missed, wrong or none as well."""
    items = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    lines = Path(read).read_text(encoding="utf-8").splitlines()
    readings = {reading["document"]["id"]: reading for reading in map(json.loads, lines)}
    wanted = found = dated = placed = whole = told = 0
    for item in items:
        pairs, none = score(item, readings[item["id"]])
        wanted += len(pairs)
        told += sum(event is not None for _, event in pairs) + len(none)
        for want, event in pairs:
            date, place = event is not None and date_right(want, event), event is not None and place_right(want, event)
            found, dated, placed = found + (event is not None), dated + date, placed + place
            whole += date and place
            if "--wrong" in options and not (date and place):
                claims = [(c["attribute"], c["value"], c["settled"]) for c in event["claims"]] if event else "missed"
                print(item["id"], want, claims, file=sys.stderr)
        if "--wrong" in options:
            text = readings[item["id"]]["document"]["text"]
            for event in none:
                print(item["id"], "none:", text[slice(*event["span"])], event["status"], file=sys.stderr)
    print(
        json.dumps(
            {
                "events found F1": _f1(found, told, wanted),
                "date right of those found": _share(dated, found),
                "place right of those found": _share(placed, found),
                "whole events F1": _f1(whole, told, wanted),
            }
        )
    )


def _f1(right: int, told: int, wanted: int) -> float:
    return _share(2 * right, told + wanted)


def _share(part: int, of: int) -> float:
    return round(100 * part / max(1, of), 1)


if __name__ == "__main__":
    main(*sys.argv[1:])

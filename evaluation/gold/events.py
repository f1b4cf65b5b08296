"""Score one event of each item, by date, code or status: ``events.py dates|codes|statuses GOLD.jsonl READINGS.jsonl``.

GOLD: ``{"id", "published", "text", "gold": {"event": the words that name it, …}}`` with, for dates, ``date``,
``settled`` and ``previous_date`` (values in ISO 8601 or EDTF, None where there is none), for codes ``root``, ``mode``,
``source`` and ``target``, for statuses all that are right as ``status`` (``none``: nothing is told that counts) beside
``date`` and ``settled``, None where it is not scored. An event is found when one of its mentions meets the words; of
several the best counts. Two names are the same where one contains the other as whole words, articles aside. Prints the
figures in per cent.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]

NOTHING = "none"
"""The status of what is no plan: a habit, a condition, what was."""


def words(name: str | None) -> list[str]:
    """Return the words of a name in lower case, without articles."""
    return [word for word in re.findall(r"\w+", (name or "").lower()) if word not in {"the", "a", "an"}]


def same(one: str | None, other: str | None) -> bool:
    """Return whether two names are the same, or both are none."""
    short, long = sorted((words(one), words(other)), key=len)
    if not short:
        return not long
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def met(item: Row, reading: Row) -> list[Row]:
    """Return the events of a reading that meet the words of the item's event."""
    start = item["text"].index(item["gold"]["event"])
    end = start + len(item["gold"]["event"])
    return [
        event
        for event in reading["events"]
        if any(low < end and start < high for low, high in (*event["mentions"], event["span"]))
    ]


def date_right(gold: Row, event: Row) -> bool:
    """Return whether date, settledness and previous date are those of the gold."""
    claims = {claim["attribute"]: claim for claim in reversed(event["claims"])}
    date = claims.get("date", {})
    if (gold["settled"] or "") == "open":
        return bool(date.get("settled") == "open")
    told = date.get("value"), date.get("settled"), claims.get("previous_date", {}).get("value")
    return told == (gold["date"], gold["settled"], gold.get("previous_date"))


def dates(items: list[Row], readings: dict[str, Row]) -> dict[str, float]:
    """Return the share of items whose event is found, and whose event has the right date."""
    found = [(item["gold"], met(item, readings[item["id"]])) for item in items]
    right = sum(any(date_right(gold, event) for event in events) for gold, events in found)
    return {"event found": _share(sum(bool(e) for _, e in found), items), "date right": _share(right, items)}


def codes(items: list[Row], readings: dict[str, Row]) -> dict[str, float]:
    """Return the shares of items with the right root, of those the mode, and the parties right of those given."""
    rooted, moded, parties = 0, 0, {"source": [0, 0], "target": [0, 0]}
    for item in items:
        gold = item["gold"]
        events = [event for event in met(item, readings[item["id"]]) if event["code"]]
        right = next((event["code"] for event in events if event["code"]["plover"] == gold["root"]), None)
        rooted += right is not None
        moded += right is not None and right["mode"] == gold["mode"]
        for role, counts in parties.items():
            if right is not None and right[role]:
                told = item["text"][slice(*right[role]["span"])]
                counts[0] += bool(gold[role]) and same(gold[role], told)
                counts[1] += 1
    return {
        "root right": _share(rooted, items),
        "root and mode right": _share(moded, items),
        **{f"{role} right where given": round(100 * a / max(1, b), 1) for role, (a, b) in parties.items()},
    }


def statuses(items: list[Row], readings: dict[str, Row]) -> dict[str, float]:
    """Return the shares of plans that are found, with a right status, with date as well; of others, of those left."""
    plans = [item for item in items if NOTHING not in item["gold"]["status"]]
    others = [item for item in items if NOTHING in item["gold"]["status"]]
    found = [(item["gold"], met(item, readings[item["id"]])) for item in plans]
    right = [(gold, [event for event in events if event["status"] in gold["status"]]) for gold, events in found]
    left = sum(
        all(event["status"] in item["gold"]["status"] for event in met(item, readings[item["id"]])) for item in others
    )
    return {
        "plan found": _share(sum(bool(e) for _, e in found), plans),
        "status right": _share(sum(bool(e) for _, e in right), plans),
        "status and date right": _share(sum(any(_dated(gold, each) for each in e) for gold, e in right), plans),
        "others left alone": _share(left, others),
    }


def _dated(gold: Row, event: Row) -> bool:
    """Whether an event has the date of the gold, as far as it is scored."""
    date: Row = next((claim for claim in event["claims"] if claim["attribute"] == "date"), {})
    value = gold["date"] is None or date.get("value") == gold["date"]
    return value and (gold["settled"] is None or date.get("settled") == gold["settled"])


def _share(count: int, items: list[Row]) -> float:
    return round(100 * count / len(items), 1)


def main(what: str, gold: str, read: str) -> None:
    """Print the figures."""
    items = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    lines = Path(read).read_text(encoding="utf-8").splitlines()
    readings = {reading["document"]["id"]: reading for reading in map(json.loads, lines)}
    print(json.dumps({"dates": dates, "codes": codes, "statuses": statuses}[what](items, readings)))


if __name__ == "__main__":
    main(*sys.argv[1:])

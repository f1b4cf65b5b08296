"""Our own gold of diaries: its words stand in its pages, and a score says what its name says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from evaluation.gold import diaries
from evaluation.gold.diaries import date_right, place_right, score

from onrecord.nouns import Source
from onrecord.page import read_page

GOLD = Path(diaries.__file__).parent
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}-\d\d-\d\d)?")


def pages(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["diaries.jsonl", "diaries-held.jsonl"])
def test_the_gold_is_of_its_pages(name: str) -> None:
    found = pages(name)
    assert len({each["id"] for each in found}) == len(found)
    for each in found:
        raw = (each.get("html") or each["text"]).encode()
        text = read_page(Source(raw=raw, media="html" if "html" in each else "text", charset="utf-8")).text
        for event in each["events"]:
            assert event["event"] in text, (each["id"], event["event"])
            assert event["date"] is None or DAY.fullmatch(event["date"])
            assert (event["date"] is None) == (event["settled"] in ("open", None))


TEXT = "10 April: Talks, Tarn. 11 April: Vote."
WANTED = {
    "events": [
        {"event": "Talks", "date": "2031-04-10", "settled": "settled", "venues": ["Tarn"], "placed": "settled"},
        {"event": "Vote", "date": "2031-04-11", "settled": "settled", "venues": [], "placed": "settled"},
    ]
}


def told(words: str, status: str = "scheduled", **claims: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "span": [start, start + len(words)], "mentions": [[start, start + len(words)]], "status": status,
        "claims": [{"attribute": name, "value": value, "settled": "settled"} for name, value in claims.items()],
    }  # fmt: skip


def test_each_event_is_found_once() -> None:
    talks, again, held = told("Talks", date="2031-04-10", venue="Tarn"), told("Talks"), told("Vote", "occurred")
    reading = {"document": {"text": TEXT}, "events": [again, talks, held]}
    pairs, none = score({"gold": WANTED}, reading)
    assert [event for _, event in pairs] == [talks, None]
    assert none == [again]
    assert score({"gold": {**WANTED, "perhaps": ["Talks"]}}, reading)[1] == []


def test_right_is_the_day_and_all_the_places() -> None:
    talks = WANTED["events"][0]
    assert date_right(talks, told("Talks", date="2031-04-10"))
    assert not date_right(talks, told("Talks", date="2031-04-11"))
    assert place_right(talks, told("Talks", venue="Tarn"))
    assert not place_right(talks, told("Talks"))
    assert not place_right(WANTED["events"][1], told("Vote", venue="Tarn"))

"""Stand-off gold of planned events: no words in it, and put together with its text it says what stands there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.gold import standoff
from evaluation.gold.agreement import as_reading
from evaluation.gold.standoff import is_held, restored

FILES = sorted((Path(standoff.__file__).parent / "planned").glob("*.jsonl"))
STATUSES = {"mooted", "planned", "scheduled", "postponed", "cancelled"}


def test_a_text_and_its_labels_come_together(tmp_path: Path) -> None:
    text = "Ostrev said that the talks with Dravik, due on 3 May, will be in Bresk."
    event = {
        "span": [21, 26], "kind": "talks", "status": "scheduled", "participants": [[32, 38]],
        "date": {"span": [47, 52], "value": "2031-05-03", "settled": "settled"},
        "venue": {"span": [65, 70], "settled": "settled"}, "by": [0, 6],
    }  # fmt: skip
    (tmp_path / "gold").write_text(json.dumps({"id": "one", "corpus": "own", "events": [event]}) + "\n")
    (tmp_path / "texts").write_text(json.dumps({"id": "one", "published": "2031-04-02", "text": text}) + "\n")
    [found] = restored(tmp_path / "gold", (tmp_path / "texts",))
    [told] = found["events"]
    assert (told["span"], told["participants"], told["by"]) == ("talks", ["Dravik"], "Ostrev")
    assert (told["date"]["span"], told["venue"]["span"]) == ("3 May", "Bresk")
    assert restored(tmp_path / "gold", (tmp_path / "texts",), held=not is_held("one")) == []
    [read] = as_reading(found)["events"]
    assert read["mentions"] == [[21, 26]] and read["status"] == "scheduled"
    assert [(claim["attribute"], claim["value"]) for claim in read["claims"]] == [
        ("participant", "Dravik"), ("date", "2031-05-03"), ("venue", "Bresk"),
    ]  # fmt: skip
    with pytest.raises(KeyError, match="one"):
        restored(tmp_path / "gold", ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_gold_holds_labels_and_places_and_no_words(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert set(record) - {"range"} == {"id", "corpus", "events"}
        for event in record["events"]:
            assert event["status"] in STATUSES
            spans = [
                event["span"],
                *event["participants"],
                *(event[k]["span"] for k in ("date", "venue") if k in event),
                *event.get("again", ()),
            ]
            assert all(len(span) == 2 and 0 <= span[0] < span[1] for span in spans)

"""Stand-off episodes: no words in them; put together with their texts they have the form that the scorer asks."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from evaluation.gold import episodes

FILES = sorted((Path(episodes.__file__).parent / "asof").glob("*.jsonl"))
OURS = {"next.jsonl", "apart.jsonl", "blind.jsonl"}
"""The files whose documents are our own and stand in them whole."""

STATUSES = {"mooted", "planned", "scheduled", "postponed", "cancelled", "held", "unknown"}
SETTLED = {"settled", "provisional", "open", "not_mentioned"}

TEXT = "Bresk. The river talks open on 3 May. It rained. The ferry is late. The talks may be short."


def test_a_document_is_whole_or_the_ranges_of_it_that_count(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "long.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "1", "title": "The river", "date": None, "text": TEXT}) + "\n")
    story = {"documents": [{"id": "s", "date": "2031-05-04", "outlet": "The Courier", "text": "They opened."}]}
    (tmp_path / "story.json").write_text(json.dumps(story))
    line = {
        "episode": "river", "distractors": [], "questions": [],
        "documents": [
            {"id": "1", "corpus": "long.jsonl.gz", "date": "2031-04-20", "ranges": [[7, 37], [68, 91]]},
            {"id": "s", "corpus": "story.json"},
        ],
    }  # fmt: skip
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n")
    [found] = episodes.restored(tmp_path / "gold.jsonl", tmp_path)
    long, short = found["documents"]
    assert long["text"] == "The river talks open on 3 May.\n\n[…]\n\nThe talks may be short."
    assert (long["date"], long["title"], long["outlet"]) == ("2031-04-20", "The river", None)
    assert (short["text"], short["date"], short["outlet"]) == ("They opened.", "2031-05-04", "The Courier")
    line["documents"] = [{"id": "2", "corpus": "story.json"}]
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n")
    with pytest.raises(KeyError, match="2"):
        episodes.restored(tmp_path / "gold.jsonl", tmp_path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_episodes_hold_places_and_answers_and_no_words(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        episode = json.loads(line)
        assert set(episode) == {"episode", "event", "documents", "distractors", "questions"}
        known = {each["id"] for each in episode["documents"]}
        assert len(known) == len(episode["documents"]) and known > set(episode["distractors"])
        given = {"id", "date", "title", "outlet", "text"} if path.name in OURS else {"id", "corpus", "date", "ranges"}
        assert all(set(each) <= given for each in episode["documents"])
        assert all(0 <= start < end for each in episode["documents"] for start, end in each.get("ranges", []))
        for question in episode["questions"]:
            assert question["status"] and set(question["status"]) <= STATUSES
            assert set(question["evidence"]) <= known - set(episode["distractors"])
            out = {each["id"] for each in episode["documents"] if each.get("date", "") <= question["as_of"]}
            assert set(question["evidence"]) <= out
            assert all(set(question[each]["settled"]) <= SETTLED for each in ("date", "venue"))


def test_no_episode_is_in_both_halves() -> None:
    names = [json.loads(line)["episode"] for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    assert names and len(names) == len(set(names))

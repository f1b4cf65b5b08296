"""What the tagger learns from: of the turns of a transcript planned events, and nothing about who said what."""

from __future__ import annotations

from typing import Any

from training.statements.examples import Example, articles, examples

TEXT = (
    "The hall filled early, the usher said.\n\n"
    "Q: Will the premier travel next week?\n\n"
    "MS. ODRIN: She will meet the president of Velmora in Sarn on Tuesday.\n"
)


def learnt(record: dict[str, Any]) -> list[Example]:
    return list(examples(articles([{"id": "one", "text": TEXT, **record}])))


def span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def test_events_are_learnt_from_turns_and_attributions_are_not() -> None:
    event = {
        "span": span("meet"), "kind": "meeting", "status": "scheduled", "participants": [span("the president")],
        "date": {"span": span("Tuesday")}, "venue": {"span": span("Sarn")},
    }  # fmt: skip
    said = {"source": [span("the usher")], "cue": [span("said")], "content": [span("The hall filled early")]}
    prose, turns = learnt({"events": [event], "attrs": [said]})
    assert (prose.tags > 0).any() and (prose.plans[:, 0] == 0).any() and not (prose.plans[:, 0] > 0).any()
    assert (turns.tags == -1).all()
    [first, last] = turns.events[0]
    assert TEXT[turns.window.starts[first] : turns.window.ends[last]] == "meet"
    assert (turns.plans[:, 0] == 1).sum() == 1 and len(turns.events) == 1 and turns.parts.any()


def test_a_transcript_without_events_teaches_nothing_by_its_turns() -> None:
    [prose] = learnt({"attrs": []})
    assert max(prose.window.ends) < TEXT.index("Q:")

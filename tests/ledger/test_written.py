"""Comments and decisions are found by their words and by who wrote them, and what is hidden by moderators alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ledger import Ledger, decide_claim, events, undo
from onrecord.ledger.comments import Action, Subject, comment, moderate, reply
from onrecord.ledger.counts import Count
from onrecord.ledger.facets import Found
from onrecord.ledger.written import (
    Asked,
    FoundComment,
    FoundDecision,
    count_comments,
    count_decisions,
    search_comments,
    search_decisions,
)
from tests.ledger.keeping import BY, NOON
from tests.ledger.test_events import MORE, STORY, ledger_of, told

__all__ = ["told"]


@pytest.fixture
def ledger(tmp_path: Path, told: None) -> Iterator[Ledger]:
    with ledger_of(tmp_path / "a.ledger", *STORY, MORE[0]) as ledger:
        yield ledger


def summit(ledger: Ledger) -> str:
    return events(ledger, "summit")[0].id


def comments(ledger: Ledger, words: str = "", **more: object) -> list[int]:
    asked = Asked(words, **more)  # type: ignore[arg-type]
    found = search_comments(ledger, asked)
    assert count_comments(ledger, asked) == Count(found.total) == Count(len(found.items))
    return [each.number for each in found.items]


def decided(ledger: Ledger, words: str = "", **more: object) -> list[int]:
    asked = Asked(words, **more)  # type: ignore[arg-type]
    found = search_decisions(ledger, asked)
    assert count_decisions(ledger, asked) == Count(found.total) == Count(len(found.items))
    return [each.decision.number for each in found.items]


def test_comments_are_found_by_all_their_words_and_by_who_wrote_them(ledger: Ledger) -> None:
    subject = Subject(event=summit(ledger), attribute="date")
    first = comment(ledger, subject, "The café by the harbour was closed.", "Ida Holm", NOON)
    second = reply(ledger, first, "The harbour, not the cafe; ask Ida.", "Per", NOON)
    assert comments(ledger, "CAFE harbour") == [second, first] == comments(ledger)
    assert comments(ledger, "closed harbour") == [first] == comments(ledger, by="holm")
    assert comments(ledger, "Ida") == [second], "a name is looked for in what is written"
    assert comments(ledger, "harbour", by="Per") == [second]
    assert comments(ledger, "harbours") == [] == comments(ledger, '"*(') == comments(ledger, by="Nobody")
    assert comments(ledger, by='"*(') == [] == decided(ledger, by='"*(')
    found = search_comments(ledger, Asked("closed")).items
    assert [(each.about, each.attribute, each.words != "", each.hidden) for each in found] == [
        ("event", "date", True, False)
    ]


def test_what_is_hidden_is_found_and_counted_by_moderators_alone(ledger: Ledger) -> None:
    number = comment(ledger, Subject(event=summit(ledger)), "A rumour of the harbour.", "Ida", NOON)
    done: tuple[tuple[Action, list[int]], ...] = (
        ("hide", []), ("close", []), ("restore", [number]), ("reopen", [number]), ("hide", []),
    )  # fmt: skip
    for what, seen in done:
        moderate(ledger, number, what, "Ada", "so that it is known", NOON)
        for asked in ({"words": "rumour"}, {"by": "Ida"}, {}):
            assert comments(ledger, **asked) == seen
            assert comments(ledger, **asked, moderator=True) == [number]
        assert search_comments(ledger, Asked(moderator=True)).items[0].hidden == (not seen)
    assert search_comments(ledger, Asked("rumour")).facets == {"by": []}


def test_decisions_are_found_by_reason_and_values(ledger: Ledger) -> None:
    name = summit(ledger)
    was = events(ledger, "summit")[0].state.date.value
    assert was
    dated = decide_claim(ledger, name, "date", "2031-07-09", was, "settled", BY._replace(reason="read again"))
    first = decide_claim(ledger, name, "venue", "Café Orvik", None, "settled", BY._replace(reason="the host said so"))
    second = undo(ledger, first, BY._replace(person="Per Lund", reason="the host has said otherwise since"))
    assert decided(ledger, "cafe orvik") == [first] == decided(ledger, "so HOST")
    assert sorted(decided(ledger, "host")) == [first, second]
    assert decided(ledger, "host", by="lund") == [second] == decided(ledger, by="Per")
    assert decided(ledger, was) == [dated] == decided(ledger, "2031-07-09")
    assert decided(ledger) == [second, first, dated] and decided(ledger, "lund") == [] == decided(ledger, '"*(')
    (found,) = search_decisions(ledger, Asked("orvik")).items
    assert not found.decision.stands and found.documents
    assert {each.value: each.count for each in search_decisions(ledger, Asked("host")).facets["by"]} == {
        BY.person: 1, "Per Lund": 1,
    }  # fmt: skip


def test_what_is_about_something_later_is_not_known_on_a_day(ledger: Ledger) -> None:
    days = sorted(ledger.connection.execute("SELECT published, name FROM documents").fetchall())
    (early, first), (late, last) = days[0], days[-1]
    for name in (first, last):
        comment(ledger, Subject(document=name, span=(0, 5)), "Well said", "Ida", NOON)
    assert comments(ledger, "well") == [2, 1] == comments(ledger, as_of=late[:10])
    assert comments(ledger, "well", as_of=early[:10]) == [1] == comments(ledger, as_of=early[:10])
    assert comments(ledger, as_of="2030-01-01") == []
    number = decide_claim(ledger, summit(ledger), "venue", "Orvik", None, "settled", BY)
    assert decided(ledger, as_of=late[:10]) == [number] and decided(ledger, as_of="2030-01-01") == []


@pytest.mark.parametrize("most", [1, 2])
def test_they_come_in_parts(ledger: Ledger, most: int) -> None:
    name = summit(ledger)
    for number in range(4):
        comment(ledger, Subject(event=name), f"Rumour {number}", "Ida", NOON)
        decide_claim(ledger, name, "venue", f"Orvik {number}", None, "settled", BY)
    every: Found[FoundComment] = search_comments(ledger, Asked("rumour"))
    parts = [search_comments(ledger, Asked("rumour"), begin, most) for begin in range(0, 4, most)]
    assert [each for part in parts for each in part.items] == every.items and all(part.total == 4 for part in parts)
    all_made: Found[FoundDecision] = search_decisions(ledger, Asked("orvik"))
    made = [search_decisions(ledger, Asked("orvik"), begin, most) for begin in range(0, 4, most)]
    assert [each for part in made for each in part.items] == all_made.items and len(all_made.items) == 4

"""What is denied is no fact of the document, and a denied putting off leaves the plan standing."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values, words

PLAN = "The summit of Anton Velik and Irena Dalgard will be held on 22 May. "


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Hale denied that a summit with Velmark was planned for June.",
        "The spokesman said that no such meeting is planned.",
        "There are no plans for a summit, Mara Lindqvist said.",
        "Irena Dalgard ruled out a summit in June.",
        "Irena Dalgard ruled out meeting President Velik in June.",
        "Mara Lindqvist dismissed reports of a summit in Mereth on 22 May.",
        "Mara Lindqvist denied reports that the leaders had met in Mereth.",
        "The government said there would be no summit before the autumn.",
        "Velmark has no intention of holding talks with Karsenia.",
        "Anton Velik does not plan to meet Irena Dalgard in June.",
        "The president will not meet the prime minister in Mereth on Friday.",
        "Lindqvist said it was not true that a summit was scheduled for 3 June.",
    ],
)
def test_what_is_denied_is_no_event(text: str) -> None:
    assert events_of(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Velmark denied it, saying that a summit would be held in June.", "scheduled"),
        ("Jonas Hale did not deny that a summit was planned for June.", "scheduled"),
        ("Irena Dalgard has not ruled out a summit.", "mooted"),
        ("The council rejected a proposal for talks with Karsenia.", "mooted"),
        ("Velmark denied visas to six guests of the summit, which will be held on 22 May.", "scheduled"),
        ("The leaders of Velmark and Karsenia will not meet until 3 June.", "scheduled"),
    ],
)
def test_a_denial_reaches_no_further_than_its_clause(text: str, status: str | None) -> None:
    assert [event.status for event in events_of(text)] == ([status] if status else [])


def test_who_denies_that_a_plan_was_put_off_says_that_it_stands() -> None:
    event = only(PLAN + "Jonas Hale denied that the summit had been postponed to 3 June.")
    assert event.status == "scheduled"
    assert values(event, "date") == ["2031-05-22"]
    assert len(event.mentions) == 2


def test_a_denied_place_is_not_the_place() -> None:
    event = only(PLAN + "Jonas Hale denied that the summit would take place in Dravik.")
    assert values(event, "venue") == []
    assert len(event.mentions) == 2


def test_a_denied_cancellation_is_a_claim_with_the_words_of_denial() -> None:
    text = "Mara Lindqvist denied a report that the president had threatened to call off the summit."
    event = only(text)
    assert event.status == "planned"
    assert [words(text, claim.cue) for claim in event.claims] == [["denied"]]


@pytest.mark.parametrize(
    "text",
    [
        "Those reports of a secret summit are just wrong.",
        "The claim of a planned meeting is baseless.",
        "She will not get into hypotheticals about a summit.",
        "In the past the two lands would hold a joint exercise each autumn.",
    ],
)
def test_what_is_untrue_thought_up_or_was_a_habit_is_no_event(text: str) -> None:
    assert events_of(text) == ()

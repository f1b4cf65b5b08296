"""What answers say of the events that their questions name, and what a question takes for granted."""

from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Event, Source
from onrecord.page import read_page
from onrecord.statements import find_statements, tag
from tests.events.reading import TOLD_ON, values

BRIEFING = (
    "MS. BRANDT: Good afternoon.\n\nQ    {asked}\n\nMS. BRANDT: {answer}\n\nQ    And the ferry?\n\nMS. BRANDT: No news."
)


def events_of(text: str) -> tuple[Event, ...]:
    """The events of a text, with what the tagger sees in it."""
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    [seen] = tag([annotated])
    return find_events(annotated, find_statements(annotated), seen.plans).events


@pytest.mark.parametrize(
    ("asked", "answer", "status", "date"),
    [
        ("So is the Selm trip off, or is it postponed?", "Postponed. She wants to go.", "postponed", None),
        ("What becomes of the hunger conference?", "We moved that back to the 18th.", "scheduled", "2031-04-18"),
        ("What about the Dravik summit?", "Well, we called it off on Monday.", "cancelled", None),
        ("Do you have a date for the Dravik summit?", "The 12th of June, in Selm.", "scheduled", "2031-06-12"),
        ("Is the Dravik summit still on?", "It's on. Monday the 12th of May, as announced.", "scheduled", "2031-05-12"),
        ("When do the ministers meet in Selm?", "On Monday.", "scheduled", "2031-04-14"),
    ],
)
def test_an_answer_tells_of_the_event_of_its_question(asked: str, answer: str, status: str, date: str | None) -> None:
    told = [each for each in events_of(BRIEFING.format(asked=asked, answer=answer)) if each.status == status]
    assert len(told) == 1 and values(told[0], "date") == ([date] if date else [])


def test_a_bare_day_after_a_question_of_what_is_past_dates_no_plan() -> None:
    told = events_of(BRIEFING.format(asked="When did the ministers meet in Selm?", answer="On Friday."))
    assert all(not values(each, "date") for each in told)


def test_what_is_asked_about_as_known_to_both_is_a_plan() -> None:
    [event] = events_of(BRIEFING.format(asked="What are her goals on the Selm trip?", answer="Many."))
    assert (event.kind, event.status) == ("visit", "planned")


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(
            "Would she ever make a trip there?",
            marks=pytest.mark.xfail(strict=True, reason="the tagger's layers of talk take the trip for one considered"),
        ),
        "How did she like the Selm trip?",
        "Did today's Selm summit help the talks?",
    ],
)
def test_what_is_unknown_or_may_be_over_is_none(asked: str) -> None:
    assert all(each.status == "occurred" for each in events_of(BRIEFING.format(asked=asked, answer="No idea.")))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("Can you say why the president will travel to Karsenia in May?", "scheduled"),
        ("Is she planning a trip to Karsenia in May?", "mooted"),
        ("Will the president travel to Karsenia in May?", "mooted"),
        ("Will the president still travel to Karsenia in May?", "scheduled"),
        ("When will the president travel to Karsenia in May?", "scheduled"),
        ("The president will travel to Karsenia in May. Are you glad?", "scheduled"),
    ],
)
def test_what_is_only_asked_about_is_not_yet_a_plan(asked: str, status: str) -> None:
    [event] = events_of(BRIEFING.format(asked=asked, answer="I have nothing for you on that."))
    assert event.status == status
    hedged = [claim.settled for claim in event.claims if claim.by_rule.endswith(":asked whether")]
    assert hedged == (["provisional"] if status == "mooted" else [])


@pytest.mark.parametrize(
    ("asked", "answer", "status"),
    [
        ("Does the president still mean to go to Karsenia this spring?", "She has accepted the invitation.", "planned"),
        ("Will the president travel to Karsenia in May?", "Yes. She is keen to.", "scheduled"),
        ("So is the Dravik summit off?", "That's right.", "cancelled"),
    ],
)
def test_a_yes_tells_what_was_asked(asked: str, answer: str, status: str) -> None:
    [event] = [each for each in events_of(BRIEFING.format(asked=asked, answer=answer)) if each.kind != "other"]
    assert event.status == status
    assert any(claim.by_rule.endswith(":answered") for claim in event.claims)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("When would she travel to Karsenia?", "Yes, good question."),
        ("Will the president travel to Karsenia in May?", "I have nothing for you on that."),
        ("Will the president travel to Karsenia in May?", "Yesterday you asked the same."),
    ],
)
def test_what_is_no_yes_adds_nothing(asked: str, answer: str) -> None:
    told = events_of(BRIEFING.format(asked=asked, answer=answer))
    assert not any(claim.by_rule.endswith(":answered") for each in told for claim in each.claims)


WHEN = "Is the Selm trip still on?\n\nMS. BRANDT: {first}\n\nQ    {asked}"


@pytest.mark.parametrize(
    ("asked", "answer", "day"),
    [
        ("When?", "We are leaving on schedule on Friday.", "2031-04-11"),
        ("And when?", "She will go on Friday.", "2031-04-11"),
        ("When?", "We are leaving the talks on Friday.", None),
        ("When?", "We are not leaving on Friday.", None),
        ("Is the ferry to Ossin late?", "It is leaving on Friday.", None),
    ],
)
def test_the_day_on_which_somebody_sets_out_is_that_of_the_journey(asked: str, answer: str, day: str | None) -> None:
    told = events_of(BRIEFING.format(asked=WHEN.format(first="We plan to take the trip.", asked=asked), answer=answer))
    [journey] = [each for each in told if each.kind == "visit"]
    assert values(journey, "date") == ([day] if day else [])

"""What names an event, where it is, and who only knows of it."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("An inspection of the dam is planned for 6 May.", "other", "2031-05-06"),
        ("A walk along the border is planned for Sunday.", "other", "2031-04-13"),
        ("The ferry launch is planned for October.", "launch", "2031-10"),
        ("Parliament is due to vote on Thursday.", "vote", "2031-04-10"),
        ("Lawmakers will vote next week.", "vote", "2031-04-14/2031-04-20"),
    ],
)
def test_planned_things_are_found(text: str, kind: str, date: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == (kind, "scheduled")
    assert values(event, "date") == [date]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dalgard was six days ahead of the Selm caucuses.", "Selm caucuses"),
        ("Velik gave a speech before the state's first-in-the-nation primary.", "first-in-the-nation primary"),
        ("All You Need To Know Before The 2032 Selm Primaries", "2032 Selm Primaries"),
        ("Dalgard said that the summit with Karsenia stands.", "summit"),
    ],
)
def test_what_a_text_takes_for_granted_is_planned(text: str, name: str) -> None:
    assert name in {text[slice(*e.span)] for e in events_of(text) if e.status in {"planned", "scheduled"}}


@pytest.mark.parametrize(
    "text",
    [
        "It is an exercise in futility, he said.",
        "Dalgard likes to walk to the office.",
        "A deal is close, according to a person familiar with the talks.",
        "Two sailors will go free, said a person familiar with the talks, who was not authorised to speak.",
        "Two officials briefed on the talks said a deal was within reach.",
        "A diplomat close to the talks said they would fail.",
    ],
)
def test_what_plans_nothing(text: str) -> None:
    assert not [e for e in events_of(text) if e.status in {"mooted", "planned", "scheduled"}]


@pytest.mark.parametrize(
    ("text", "visitor", "place"),
    [
        ("President Anton Velik is scheduled to visit Lunoria on Thursday.", "Anton Velik", "Lunoria"),
        ("Tomas Reyk is scheduled to visit Dravik on Thursday.", "Tomas Reyk", "Dravik"),
        ("Karsenian Foreign Minister Tomas Reyk is due to visit Ostrev on Thursday.", "Tomas Reyk", "Ostrev"),
        ("Inspectors are scheduled to visit the plant on Thursday.", "Inspectors", "plant"),
        ("Inspectors are scheduled to visit a hangar on Thursday.", "Inspectors", "hangar"),
        ("Anton Velik is scheduled to visit the Orsa Park Academy on Thursday.", "Anton Velik", "Orsa Park Academy"),
        ("Anton Velik is scheduled to travel to the Harl Memorial on Thursday.", "Anton Velik", "Harl Memorial"),
    ],
)
def test_a_visit_has_its_visitor_place_and_day(text: str, visitor: str, place: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == ("visit", "scheduled")
    assert values(event, "date") == ["2031-04-10"]
    assert values(event, "participant") == [visitor]
    assert values(event, "venue") == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Velik and Dalgard will meet in Port Selm next week, according to two people.",
        "Velik and Dalgard will meet for the first time since the war in Port Selm next week, according to two people.",
        "Velik and Dalgard will meet for talks on the border dispute in Port Selm next week.",
        "Delegations of the two sides will meet behind closed doors in Port Selm next week.",
    ],
)
def test_a_place_before_the_time_is_the_venue(text: str) -> None:
    event = only(text)
    assert values(event, "venue") == ["Port Selm"]
    assert values(event, "date") == ["2031-04-14/2031-04-20"]


def test_a_place_of_what_lies_behind_is_no_venue() -> None:
    event = next(e for e in events_of("Velik and Dalgard will meet in May after the flood in Mereth last week."))
    assert values(event, "venue") == []


@pytest.mark.parametrize(
    "text",
    [
        "Talks on the Harl dam are planned for June.",
        "Velmark and Karsenia will resume talks on the Harl dam next week.",
        "Talks on Karsenia are planned for June.",
        "Talks on the border are planned for June.",
    ],
)
def test_a_topic_is_no_venue(text: str) -> None:
    assert values(only(text), "venue") == []


def test_an_event_by_no_better_word_is_one_and_events_at_large_are_none() -> None:
    text = "The campaign event that Velik had planned for Wednesday in Mereth has been postponed."
    assert only(text).status == "postponed"
    assert events_of("Anton Velik worries about the recent events in Karsenia.") == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tomorrow Dalgard sits down with Premier Renn.", "meeting"),
        ("The two sides are going to sit down in Karsenia on the 25th.", "meeting"),
        ("The president will welcome the premier to the palace on Thursday.", "visit"),
        ("Tram drivers will walk out on 30 April.", "protest"),
        ("There will be a bilateral with the Karsenian delegation on Thursday.", "meeting"),
    ],
)
def test_words_of_press_rooms_for_meetings_and_strikes(text: str, kind: str) -> None:
    assert [event.kind for event in events_of(text)] == [kind]


@pytest.mark.parametrize(
    "text", ["Why not have the two leaders sit down?", "The premier welcomed the decision.", "Doors sit down the hall."]
)
def test_words_like_them_that_name_no_meeting(text: str) -> None:
    assert events_of(text) == ()

"""Events that are called by a name without a noun of kind."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The federation postpones the Copa América until 2032.", "Copa América"),
        ("The 2031 Mereth Open is cancelled.", "2031 Mereth Open"),
        ("The Karsenian Grand Prix is called off because of floods.", "Karsenian Grand Prix"),
        ("Documenta 2032 in Port Selm is put off.", "Documenta"),
        ("The organisers have cancelled the Port Selm Motor Show.", "Port Selm Motor Show"),
        ("Euro 2032 is postponed.", "Euro 2032"),
    ],
)
def test_a_name_is_an_event(text: str, name: str) -> None:
    event = only(text)
    start, end = event.span
    assert text[start:end] == name


def test_a_name_that_goes_on_names_something_else() -> None:
    assert not [e for e in events_of("The Mereth Open University is closed.") if e.kind == "sport"]


def test_a_name_comes_back_by_its_last_word() -> None:
    (event,) = [
        e for e in events_of("Organisers of the Harl Island Games want to cancel the Games.") if e.kind == "sport"
    ]
    assert len(event.mentions) > 1


def test_a_group_of_states_is_a_meeting_only_where_a_place_follows() -> None:
    (event,) = events_of("We have cancelled the G20 in Mereth.")
    assert (event.kind, event.status) == ("meeting", "cancelled")
    assert not events_of("The G20 is divided over trade.")


def test_the_year_in_a_name_is_not_its_date_once_it_is_put_off() -> None:
    event = only("The 2031 Mereth Open is put off to 2032.")
    assert (values(event, "date"), values(event, "previous_date")) == (["2032"], ["2031"])


def test_a_group_of_states_is_no_place() -> None:
    assert values(only("The G7 summit will be held in Mereth."), "venue") == ["Mereth"]


def test_meetings_with_two_partners_and_summits_of_two_groups_are_two() -> None:
    text = (
        "President Anton Velik will hold a bilateral meeting with Prime Minister Ida Ruhl in Mereth on Tuesday. "
        "He will hold a bilateral meeting with President Olen Sorn in Port Selm on Wednesday. "
        "The G7 summit will be held in Mereth. The G8 summit has been cancelled."
    )
    assert len([e for e in events_of(text) if e.kind == "meeting"]) == 4


@pytest.mark.parametrize("end", ["", " 31"])
def test_an_exercise_is_called_by_what_follows_its_first_word(end: str) -> None:
    text = f"Exercise Bold Lynx{end} is to run from 12 to 23 May in the Gulf of Selm."
    event = only(text)
    assert text[slice(*event.span)] == f"Exercise Bold Lynx{end}" and event.kind == "exercise"
    assert values(event, "date") == ["2031-05-12/2031-05-23"] and not values(event, "participant")


def test_a_plain_exercise_has_no_name() -> None:
    assert events_of("Exercise is good for the heart.") == ()

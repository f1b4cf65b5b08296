"""Who sets out for a place visits it; what is only thought of, or was called off before, is told as that."""

from __future__ import annotations

import pytest

from tests.events.reading import claim, events_of, only, values


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("The president leaves for Karsenia on Friday.", "scheduled", "2031-04-11"),
        ("The President leaves for Karsenia on 3 May.", "scheduled", "2031-05-03"),
        ("Anton Velik will head to Karsenia next week.", "scheduled", "2031-04-14/2031-04-20"),
        ("He is going to Karsenia in June.", "scheduled", "2031-06"),
    ],
)
def test_who_sets_out_for_a_place_visits_it(text: str, status: str, day: str) -> None:
    visit = only(text)
    assert (visit.kind, visit.status, values(visit, "venue")) == ("visit", status, ["Karsenia"])
    assert claim(visit, "date").value == day


def test_where_one_departs_from_is_not_where_the_journey_leads() -> None:
    visit = only("On Friday the president will depart Velmark en route Karsenia.")
    assert (visit.kind, visit.status, values(visit, "venue")) == ("visit", "scheduled", ["Karsenia"])


def test_another_office_is_another_traveller() -> None:
    asked = "Are there any plans for the president to travel to Karsenia in the coming days?"
    text = f"Tomorrow Interior Secretary Lena Ohm will travel to Karsenia. {asked}"
    assert [values(each, "participant") for each in events_of(text)] == [["Lena Ohm"], ["president"]]
    one = only("Energy Minister Lena Ohm will visit Karsenia on 9 June. The minister will travel to Karsenia by train.")
    assert values(one, "participant") == ["Lena Ohm"]


@pytest.mark.parametrize("guests", ["the Harl Rovers", "the Harl Rovers handball team", "the club"])
def test_a_team_that_is_welcomed_comes_on_a_visit(guests: str) -> None:
    visit = only(f"On Friday, the president will welcome {guests} to the Old Palace to celebrate their title.")
    assert (visit.kind, visit.status, claim(visit, "date").value) == ("visit", "scheduled", "2031-04-11")
    assert not events_of("On Friday, the president will welcome the plan to the bank.")


def test_a_day_in_the_name_of_what_one_travels_to_is_that_of_both() -> None:
    journey, summit = events_of("Anton Velik will travel to Karsenia for the June 4th and 5th R7 Harbour Summit.")
    assert {claim(each, "date").value for each in (journey, summit)} == {"2031-06-04/2031-06-05"}


def test_this_before_a_month_and_a_day_belongs_to_the_event() -> None:
    assert claim(only("Irena Dalgard will not attend this May 25th summit."), "date").value == "2031-05-25"


def test_who_leaves_no_place_for_another_is_on_no_visit() -> None:
    assert not [each for each in events_of("The money goes to Karsenia.") if each.kind == "visit"]
    assert only("Ministers will leave the coalition in May.").kind != "visit"


def test_one_goes_on_a_trip_and_the_trip_names_it() -> None:
    text = "The President is going on the trip on 21 April."
    trip = only(text)
    assert (text[slice(*trip.span)], trip.status, claim(trip, "date").value) == ("trip", "scheduled", "2031-04-21")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Velik will speak in Port Selm before travelling to Karsenia.", "planned"),
        ("President Anton Velik is set on visiting Karsenia.", "planned"),
        ("Velik said he is considering visiting Karsenia.", "mooted"),
        ("The President decided against visiting Karsenia.", "cancelled"),
        ("It is a question whether or not the President will visit Karsenia.", "mooted"),
    ],
)
def test_a_visit_told_of_by_a_gerund_or_behind_whether(text: str, status: str) -> None:
    assert next(each.status for each in events_of(text) if each.kind == "visit") == status


def test_an_interest_in_visiting_is_no_visit() -> None:
    assert events_of("Velik spoke in 2029 of his interest in visiting Karsenia.") == ()


def test_what_was_called_off_before_is_another_than_what_is_planned() -> None:
    planned, off = events_of("Anton Velik is set on visiting Karsenia after cancelling a trip to Lunoria in 2030.")
    assert (planned.status, off.status) == ("planned", "cancelled")


def test_a_postponement_that_would_be_is_none() -> None:
    assert only("Two parties say that a postponement of the election would be unlawful.").status == "planned"
    assert only("Velmark announced a postponement of the election.").status == "postponed"


def test_a_place_named_before_is_no_place_by_itself() -> None:
    text = "Anton Velik will visit Karsenia. His visit to that country is due on 3 May."
    assert [values(each, "venue") for each in events_of(text)] == [["Karsenia"]]


def test_a_session_that_was_completed_has_been_held() -> None:
    assert only("Anton Velik has completed the first session of the summit with Irena Dalgard.").status == "occurred"


def test_was_that_only_follows_the_tense_of_who_said_so_tells_of_nothing_held() -> None:
    text = "All three agreed that it was an important trip for the President to make to Karsenia."
    assert not [each for each in events_of(text) if each.status == "occurred"]
    assert only("Anton Velik said that it was a good meeting.").status == "occurred"


def test_a_trip_put_off_is_on_the_day_on_which_somebody_goes_on_it() -> None:
    text = "Anton Velik put off his trip to Karsenia by three days. Velik is going on the trip on 21 April."
    trip = only(text)
    assert (trip.status, claim(trip, "date").value) == ("scheduled", "2031-04-21")


def test_a_clause_that_tells_when_something_was_said_is_of_that_time() -> None:
    visit = only("Anton Velik said so in March when he visited Karsenia.", "2031-04-08")
    assert (visit.status, claim(visit, "date").value) == ("occurred", "2031-03")


def test_the_same_goal_makes_one_journey_of_a_noun_and_a_verb() -> None:
    text = "Anton Velik looks forward to his trip to Karsenia in May. It is important for him to travel to Karsenia."
    assert [(each.kind, len(each.mentions)) for each in events_of(text)] == [("visit", 2)]


def test_travel_is_a_journey_where_it_leads_to_a_place() -> None:
    assert only("Anton Velik's travel to Karsenia has been postponed.").kind == "visit"
    assert not [each for each in events_of("Travel has been suspended by the railway.") if each.kind == "visit"]


def test_visits_that_others_made_are_not_the_one_that_follows_them() -> None:
    text = "Anton Velik will visit Karsenia. That visit follows visits that were made by his ambassador."
    assert {each.status for each in events_of(text)} == {"planned", "occurred"}


def test_how_something_is_done_has_happened_only_where_that_has() -> None:
    meant = "The ministers spoke on Monday. Velik is interested in ending the row by visiting Karsenia."
    assert not [each for each in events_of(meant) if each.kind == "visit" and each.status == "occurred"]
    done = "The ministers spoke on Monday. Velik ended the row by visiting Karsenia."
    assert [each.status for each in events_of(done) if each.kind == "visit"] == ["occurred"]


def test_who_will_be_in_a_place_on_a_day_goes_there() -> None:
    visit = only("The ministers spoke on Monday. The president will be in Karsenia on Friday.", "2031-05-06")
    assert (visit.kind, values(visit, "venue"), claim(visit, "date").value) == ("visit", ["Karsenia"], "2031-05-09")
    assert not [e for e in events_of("The president will be in Karsenia for years.") if e.kind == "visit"]


def test_in_the_evening_goes_on_with_the_day_before_it() -> None:
    text = "On Friday, Velik will travel to Karsenia. In the evening, Velik will travel to Lunoria."
    found = events_of(text, "2031-05-06")
    assert [claim(each, "date").value for each in found] == ["2031-05-09", "2031-05-09"]


def test_what_was_earlier_today_dates_no_plan() -> None:
    text = "We had a briefing on the president's trip to Karsenia earlier today. The trip is planned."
    assert not [c for each in events_of(text) if each.kind == "visit" for c in each.claims if c.attribute == "date"]


def test_where_a_trip_leads_stands_in_what_it_is_for() -> None:
    told = "This is an important trip for Velmark for the President to go to Karsenia. She keeps that trip in May."
    [journey] = [each for each in events_of(told) if each.kind == "visit"]
    assert values(journey, "venue") == ["Karsenia"] and values(journey, "date") == ["2031-05"]

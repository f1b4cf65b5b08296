"""Dates that move or are not fixed yet: what a plan was set for, what it is moved to, what it may slip to."""

from __future__ import annotations

import pytest

from onrecord.nouns import Event
from tests.events.reading import claim, events_of, only, values, words


def dates(event: Event) -> list[tuple[str, str | None, str]]:
    return [(c.attribute, c.value, c.settled) for c in event.claims if c.attribute in {"date", "previous_date"}]


def test_a_month_is_no_march() -> None:
    event = only("The summit, originally set for March, was delayed.")
    assert (event.kind, event.status) == ("meeting", "postponed")
    assert values(event, "previous_date") == ["2031-03"]


def test_a_march_is_one_in_any_month() -> None:
    event = only("The march is planned for May.")
    assert (event.kind, event.status) == ("protest", "scheduled")
    assert values(event, "date") == ["2031-05"]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between the two sides were to have taken place in February but were put off.",
        "The talks were due to have been held in February but were postponed.",
    ],
)
def test_what_was_to_have_been_is_the_old_date(text: str) -> None:
    event = only(text)
    assert event.status == "postponed"
    assert dates(event) == [("previous_date", "2031-02", "settled")]


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("The assembly postponed the vote on the treaty from Thursday to 6 May.", ["2031-04-10"]),
        ("The vote on the treaty was postponed and will now be held on 6 May.", []),
        ("Parliament delayed Thursday's vote on the treaty; it will now take place on 6 May.", ["2031-04-10"]),
        ("The vote has been postponed. It will now take place on 6 May.", []),
        ("The council postponed Thursday's vote; lawmakers will now vote on 6 May.", ["2031-04-10"]),
        ("The vote, postponed from February, will be held on 6 May.", ["2031-02"]),
    ],
)
def test_the_new_date_of_a_vote_is_its_date(text: str, old: list[str]) -> None:
    event = only(text)
    assert (event.kind, event.status) == ("vote", "scheduled")
    assert values(event, "date") == ["2031-05-06"]
    assert values(event, "previous_date") == old


def test_what_may_slip_stays_where_it_is_and_may_move() -> None:
    event = only("The summit is planned for April, but may slip to May.")
    assert event.status == "scheduled"
    assert dates(event) == [("date", "2031-04", "settled"), ("date", "2031-05", "provisional")]


def test_what_may_slip_from_a_month_is_in_that_month_so_far() -> None:
    event = only("The launch could slip from May to June.")
    assert dates(event) == [("date", "2031-05", "settled"), ("date", "2031-06", "provisional")]


def test_what_slipped_was_moved() -> None:
    event = only("The launch has slipped to June.")
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-06"])


def test_what_slides_into_a_state_was_not_moved() -> None:
    assert all(event.status == "occurred" for event in events_of("The talks slid into chaos."))


@pytest.mark.parametrize(
    "text",
    [
        "The council will hold a meeting in May, though no date has been fixed.",
        "Velmark and Karsenia will hold a summit. The date hasn't been set, but it will be in May.",
        "Velmark and Karsenia will hold a summit. The date has not been set, but it will be in May.",
    ],
)
def test_a_month_is_provisional_while_the_day_is_open(text: str) -> None:
    event = only(text)
    assert dates(event) == [("date", "2031-05", "provisional"), ("date", None, "open")]


def test_a_day_that_is_told_is_settled_whatever_else_is_open() -> None:
    event = events_of("The summit will be held on 6 May. The date of a later meeting has not been set.")[0]
    assert claim(event, "date").settled == "settled"


def test_the_words_that_leave_a_date_open_are_its_cue() -> None:
    text = "The summit is on. Its date hasn't been set."
    event = only(text)
    assert words(text, claim(event, "date").cue) == ["n't been set"]


@pytest.mark.parametrize(
    "text",
    [
        "The exercise will start on 9 June and last until 14 June.",
        "The exercise, called Northern Shield, will begin on 9 June and is due to end on 14 June.",
    ],
)
def test_first_and_last_day_are_one_date(text: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == ("exercise", "scheduled")
    assert values(event, "date") == ["2031-06-09/2031-06-14"]


def test_hostages_that_will_be_held_are_no_event() -> None:
    assert events_of("Two sailors were taken in May. They will be held until June.") == ()


def test_a_pronoun_makes_no_event_of_its_own() -> None:
    text = "The talks broke off on Friday. They will take place again in May."
    assert all(words(text, (event.span,)) != ["They"] for event in events_of(text))


def test_the_place_of_a_plan_that_was_another_is_not_where_it_is() -> None:
    event = only("The congress is to be in Mereth on 8 June. The congress had been planned for 22 May in Port Selm.")
    assert values(event, "venue") == ["Mereth"]
    assert values(event, "previous_date") == ["2031-05-22"]


def test_what_is_put_off_keeps_its_place() -> None:
    event = only("The congress, originally planned for 8 June in Mereth, has been postponed.")
    assert event.status == "postponed" and values(event, "venue") == ["Mereth"]


def test_the_days_between_which_an_act_is_moved_are_its_own_whatever_it_is_about() -> None:
    vote, *_ = events_of(
        "Karsenia's assembly has delayed a vote on the 2032 budget from Tuesday to June 23, its speaker said."
    )
    assert vote.status == "scheduled"
    assert values(vote, "date") == ["2031-06-23"] and values(vote, "previous_date") == ["2031-04-08"]


def test_the_year_of_a_budget_is_not_when_it_is_told() -> None:
    assert all(values(event, "date") == [] for event in events_of("The minister will present the budget for 2032."))


@pytest.mark.parametrize(
    "text",
    [
        "The festival will move to the Customs Hall, the organisers decided on Friday.",
        "The festival has moved to the Customs Hall because of the flood.",
        "The trial has been switched to the Customs Hall.",
    ],
)
def test_a_plan_that_goes_elsewhere_is_there(text: str) -> None:
    event = only(text)
    assert event.status == "planned" and values(event, "venue") == ["Customs Hall"]


def test_what_is_done_at_a_meeting_is_when_and_where_it_is_held() -> None:
    text = "A general meeting will be held on 9 May at the Guild Hall to consider and vote on the merger."
    vote = next(event for event in events_of(text) if event.kind == "vote")
    assert (values(vote, "date"), values(vote, "venue")) == (["2031-05-09"], ["Guild Hall"])


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("The Harl Tunnel opens on Sunday, 5 October, after a summer's delay, the council announced on Friday.", True),
        ("The trial of Anton Velik will begin on 5 October after several delays.", True),
        ("The trial of Anton Velik will begin on 5 October, after the summer.", False),
    ],
)
def test_what_opens_after_a_delay_was_put_off_to_its_day(text: str, moved: bool) -> None:
    assert claim(only(text), "date").by_rule.endswith("moved to") == moved


def test_the_opening_of_a_trial_that_is_adjourned_to_a_day_is_the_trial() -> None:
    event = only(
        "The trial of Anton Velik won't begin on Monday. The former minister is in hospital, and judge Ana Dalgard has "
        "adjourned the opening to 30 May, the court said on Friday."
    )
    assert (event.kind, event.status, values(event, "date")) == ("hearing", "scheduled", ["2031-05-30"])


def test_a_place_set_off_behind_the_days_is_where_it_is() -> None:
    event = only(
        "The twelfth Harl Film Festival will run from 9 to 18 June 2032, once more in the Palace Cinema, its director "
        "Anton Velik told the press on Friday."
    )
    assert values(event, "venue") == ["Palace Cinema"]
    assert not values(only("The summit will be held on 9 June, as agreed in Selm last week."), "venue")

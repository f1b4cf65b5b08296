"""Turns of phrase of wires: what replaces what, who sits by itself, days of one month, journeys for talks."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "date", "previous"),
    [
        ("The trial will begin on 19 May instead of 28 April.", "2031-05-19", "2031-04-28"),
    ],
)
def test_a_date_that_another_takes_the_place_of_is_the_old_one(text: str, date: str, previous: str) -> None:
    event = only(text)
    assert (values(event, "date"), values(event, "previous_date")) == ([date], [previous])


def test_rescheduled_for_a_day_is_scheduled_for_it() -> None:
    event = only("The launch, delayed twice by high winds, has been rescheduled for Thursday.")
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-04-10"])


def test_what_was_pencilled_in_and_pushed_back_has_an_old_date() -> None:
    event = only("The summit had been pencilled in for March but was pushed back.")
    assert (event.status, values(event, "previous_date")) == ("postponed", ["2031-03"])


def test_what_was_due_to_open_has_its_old_day_through_its_name() -> None:
    event = only("The annual congress of the Workers' League, originally due to open on 1 May, has been put off.")
    assert (event.status, values(event, "previous_date")) == ("postponed", ["2031-05-01"])


def test_what_was_called_off_keeps_its_date() -> None:
    event = only("Dalgard has cancelled a stopover in Orsa that had been planned for 5 May.")
    assert (event.kind, event.status, values(event, "date")) == ("visit", "cancelled", ["2031-05-05"])


def test_the_object_may_stand_behind_the_new_date() -> None:
    event = only("Lawmakers put off until 15 April a vote on the treaty.")
    assert (event.kind, event.status, values(event, "date")) == ("vote", "scheduled", ["2031-04-15"])


@pytest.mark.parametrize(
    "text",
    [
        "The exercise will run from 6 to 17 October off the northern coast.",
        "The exercise will be held on October 6-17.",
        "The exercise will be held on October 6–17.",
        "The exercise will be held on 6–17 October.",
        "The exercise will be held from October 6 to 17 off the northern coast.",
    ],
)
def test_days_of_one_month_are_one_date(text: str) -> None:
    assert values(only(text), "date") == ["2031-10-06/2031-10-17"]


def test_a_count_after_a_day_is_no_last_day() -> None:
    event = only("The exercise will be held on October 6 to 17 shipyards' delight.")
    assert values(event, "date") == ["2031-10-06"]


def test_a_cabinet_meets_by_itself() -> None:
    event = only("The Karsenian cabinet meets on Friday.")
    assert (event.kind, event.status, values(event, "date")) == ("meeting", "scheduled", ["2031-04-11"])


def test_a_council_that_met_nobody_at_no_time_is_no_meeting() -> None:
    assert events_of("The council met the target.") == ()


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Negotiators from both sides will return to Port Selm on 22 April for talks.", "talks", "Port Selm"),
        ("Velik called for calm hours before Dalgard flies to Lunoria for a visit.", "visit", "Lunoria"),
    ],
)
def test_a_journey_for_an_event_gives_its_place(text: str, kind: str, place: str) -> None:
    event = only(text)
    assert (event.kind, values(event, "venue")) == (kind, [place])
    assert event.status in {"planned", "scheduled"}


def test_a_vote_on_something_is_no_election() -> None:
    text = "Lawmakers will hold a vote on the treaty on 15 April. The opposition may boycott next month's elections."
    assert {(e.kind, *values(e, "date")) for e in events_of(text)} == {
        ("vote", "2031-04-15"),
        ("election", "2031-05"),
    }


def test_a_crowd_marches_and_what_is_in_protest_is_no_protest() -> None:
    event = only("Fishermen plan to march through Ostrev on Saturday in protest.")
    assert (event.kind, event.status, values(event, "date")) == ("protest", "scheduled", ["2031-04-12"])
    assert [event.kind for event in events_of("The minister resigned in protest.")] == ["measure"]


def test_under_a_condition_a_meeting_is_mooted() -> None:
    assert only("The row will go on unless the ministry agreed to meet union leaders.").status == "mooted"


def test_too_early_to_name_a_date_leaves_it_open() -> None:
    text = "Velik and Dalgard could hold a summit. Lindqvist said it was too early to name a date."
    assert [c.settled for c in only(text).claims if c.attribute == "date"] == ["open"]


@pytest.mark.parametrize(
    "text",
    [
        "An inspection of the dam, put off twice because of high water, has been set for 6 May.",
        "The inspection, put off twice because of high water, is set for 6 May.",
        "The inspection was postponed in March and has been set for 6 May.",
    ],
)
def test_what_was_put_off_and_has_been_set_anew_is_scheduled(text: str) -> None:
    event = only(text)
    assert (event.kind, event.status, values(event, "date")) == ("other", "scheduled", ["2031-05-06"])


def test_an_earlier_plan_that_was_called_off_does_not_call_off_the_new_one() -> None:
    text = (
        "Velik and Dalgard will hold a summit in June. "
        "The summit was originally to have taken place in Port Selm in February, but was called off."
    )
    event = only(text)
    assert (event.status, values(event, "date"), values(event, "previous_date")) == (
        "scheduled",
        ["2031-06"],
        ["2031-02"],
    )


def test_a_plan_that_was_called_off_is_cancelled_though_its_old_date_is_told() -> None:
    event = only("The summit was called off. It had been set for 6 May.")
    assert (event.status, values(event, "date")) == ("cancelled", ["2031-05-06"])


def test_an_island_that_one_meets_on_is_the_venue_and_no_topic() -> None:
    event = only("Lunoria has offered to host a summit between Anton Velik and Irena Dalgard on the island of Orsa.")
    assert values(event, "venue") == ["island of Orsa"]
    assert values(event, "agenda") == []


def test_those_told_ahead_of_a_conference_leave_it_ahead() -> None:
    events = events_of("He will brief officials ahead of a conference that opens on 28 April and ends on 30 April.")
    (event,) = (each for each in events if each.kind == "conference")  # and what he will do is an act
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-04-28/2031-04-30"])


def test_what_had_to_be_postponed_was() -> None:
    event = only("The signing ceremony, initially planned for last Friday, had to be postponed.")
    assert (event.status, values(event, "previous_date")) == ("postponed", ["2031-04-04"])


def test_no_day_chosen_leaves_the_month_provisional() -> None:
    event = only("The opening would be moved to May, a spokesman said, but no day had been chosen.")
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "date"] == [
        ("2031-05", "provisional"),
        (None, "open"),
    ]


def test_a_deal_is_signed_and_a_book_is_not() -> None:
    event = only("Velmark and Karsenia are to sign a quota agreement in Mereth on Friday.")
    assert (event.kind, values(event, "date"), values(event, "venue")) == ("signing", ["2031-04-11"], ["Mereth"])
    assert set(values(event, "participant")) == {"Velmark", "Karsenia"}
    assert events_of("She will sign her book in Mereth on Friday.") == ()

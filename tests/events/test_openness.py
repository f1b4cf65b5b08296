"""What is settled, provisional or open of an event, in the many ways in which that is said."""

from __future__ import annotations

import pytest

from onrecord.nouns import Settled
from tests.events.reading import claim, events_of, only


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Velmark and Karsenia will hold talks, though no venue has been named.", "venue"),
        ("Velmark and Karsenia will hold talks, but have yet to agree on a venue.", "venue"),
        ("The venue of the summit is still being negotiated.", "venue"),
        ("The six lands keep to the dates of 4 to 7 May for the summit; where they will meet is open.", "venue"),
        ("The summit will be held at an undisclosed location.", "venue"),
        ("The leaders will hold a summit, but it was too early to say where.", "venue"),
        ("The minister declined to say when the visit would take place.", "date"),
        ("The government has not set a date for the referendum.", "date"),
        ("The ministers will meet Brandt again, but gave no date.", "date"),
        ("Neither side has confirmed the date of the summit.", "date"),
        ("There is no word yet on when the talks will be held.", "date"),
        ("The talks will resume at a later date.", "date"),
        ("The timing of the visit remains up in the air.", "date"),
        ("The ministry hasn't disclosed the date of the summit.", "date"),
        ("The leaders will hold talks, though details were not immediately available.", "date"),
    ],
)
def test_what_is_open(text: str, attribute: str) -> None:
    opened = [c for event in events_of(text) for c in event.claims if c.settled == "open"]
    assert attribute in [c.attribute for c in opened]
    assert all(c.value is None for c in opened)


def test_what_is_said_of_something_else_opens_nothing() -> None:
    text = "The summit will be held in Mereth on 3 May. The minister did not confirm the list of guests by that date."
    assert all(c.settled != "open" for event in events_of(text) for c in event.claims)


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("A meeting is pencilled in for 3 May.", "provisional"),
        ("The summit will take place on 3 May, subject to approval by parliament.", "provisional"),
        ("The election will be held on 3 May, weather permitting.", "provisional"),
        ("The launch will take place on 3 May at the earliest.", "provisional"),
        ("The summit will take place as early as 3 May.", "provisional"),
        ("The minister wants the vote to be held on 3 May.", "provisional"),
        ("The mediators called for a new round of talks to be held on 3 May.", "provisional"),
        ("Karsenia has called an election for 3 May.", "settled"),
        ("The election, scheduled for 3 May, may be postponed.", "settled"),
        ("The election set for 3 May is not expected to be postponed.", "settled"),
        ("The vote will take place on 3 May if both sides agree to it.", "settled"),
        ("Velmark will hold talks on 3 May and expects to win its election.", "settled"),
    ],
)
def test_how_settled_a_date_is(text: str, settled: Settled) -> None:
    dated = [event for event in events_of(text) if any(c.attribute == "date" for c in event.claims)]
    assert claim(dated[0], "date").settled == settled


def test_the_place_is_open_where_it_is_what_is_not_ready_to_be_announced() -> None:
    text = "Velik and Dalgard will meet in August. The place is not yet ready to be announced."
    assert [(c.value, c.settled) for c in only(text).claims if c.attribute == "venue"] == [(None, "open")]


@pytest.mark.parametrize(
    "text",
    [
        "A date for the summit will be announced next week.",
        "The date of the referendum shall be fixed by the president within thirty days.",
        "New strike dates will be named on Monday.",
        "The day of the vote is to be set by parliament on Friday.",
    ],
)
def test_the_day_on_which_a_date_is_to_be_fixed_is_none_of_the_event(text: str) -> None:
    told = [each for each in events_of(text) if each.kind in {"meeting", "election", "protest", "vote"}]
    assert told and all(c.value is None for each in told for c in each.claims if c.attribute == "date")


@pytest.mark.parametrize(
    "text",
    [
        "The agency called off Sunday's launch of the satellite after a leak was found. It gave no new date.",
        "The summit in Mereth on 12 May was cancelled on Friday. No new date has been set.",
        "The summit in Mereth on 12 May has been cancelled. The ministers are working to find a new date.",
        "The council called off Sunday's concert because of the storm; a new date will be announced next week.",
    ],
)
def test_what_is_called_off_while_a_new_date_is_awaited_is_put_off(text: str) -> None:
    [event] = events_of(text)
    assert event.status == "postponed" and claim(event, "date").settled == "open"


def test_what_is_called_off_without_a_date_for_something_else_stays_off() -> None:
    text = "The concert on 12 May has been cancelled. No date was given for the refund."
    assert only(text).status == "cancelled"

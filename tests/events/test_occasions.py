"""Occasions that only their day makes events, and the turns of phrase by which news sets a day."""

from __future__ import annotations

import pytest

from onrecord.nouns import Event
from tests.events.reading import claim, events_of, values, words
from tests.events.test_timetable import weighed

DAY = "2031-05-12"


def named(text: str, name: str) -> Event:
    """The one event of a text that has ``name`` among its mentions."""
    (event,) = (e for e in weighed(text) if any(name in each for each in words(text, e.mentions)))
    return event


@pytest.mark.parametrize("noun", ["recount", "banquet", "vaccination", "amnesty"])
@pytest.mark.parametrize(
    "sentence",
    [
        "The {} is on 12 May.",
        "The {} begins on 12 May.",
        "The {} follows on 12 May.",
        "The {} gets under way on 12 May.",
        "The {} is due on 12 May.",
        "The {} was moved to 12 May.",
        "On 12 May comes the {} in Selm.",
        "Tickets for the {} on 12 May are sold out.",
        "Selm to hold {} on 12 May",
        "12 May: {} in Selm.",
    ],
)
def test_an_occasion_is_an_event_on_its_day(noun: str, sentence: str) -> None:
    assert values(named(sentence.format(noun), noun), "date") == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "The recount found twelve ballots more.",
        "The banquet room was painted in 2029.",
        "He said on Monday that the amnesty had been a mistake.",
    ],
)
def test_without_a_day_to_come_it_is_none(text: str) -> None:
    assert all(event.status == "occurred" for event in events_of(text))


def test_a_headline_leaves_out_what_makes_it_passive() -> None:
    assert values(named("Recital set for 12 May in Selm", "Recital"), "date") == [DAY]
    assert values(named("Recital postponed to 12 May", "Recital"), "date") == [DAY]


def test_pencilled_in_is_provisional() -> None:
    assert claim(named("A banquet is pencilled in for 12 May.", "banquet"), "date").settled == "provisional"


def test_another_name_of_what_an_act_does_is_no_event_beside_it() -> None:
    text = "The regulator will publish the decision on 12 May."
    (event,) = weighed(text)
    assert {"publish", "decision"} <= {word for each in words(text, event.mentions) for word in each.split()}


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        ("The choir defends its title in a fortnight.", "defends", "2031-04-22"),
        ("On 12 May, when the last of the guards will go home, the camp closes.", "go", DAY),
        ("Members vote on the sale at a general meeting on 12 May.", "vote", DAY),
        ("Voters in Lower Sarn choose a mayor in a by-election over the coming weekend.", "by-election", None),
        ("Masons begin restoring the tower in May 2032.", "restoring", "2032-05"),
        ("Two days before the polls open on 14 May, the rivals square off in a debate.", "debate", DAY),
        ("The clerk has to publish the roll no later than 12 May.", "publish", "2031-04-08/2031-05-12"),
        ("Hundreds are expected at the 12 May funeral of the pilot.", "funeral", DAY),
        ("Nurses will go on strike on 12 May.", "strike", DAY),
        ("The congress is to convene in Selm. It will run from 12 to 14 May.", "congress", "2031-05-12/2031-05-14"),
        ("Results for the year to March are due on 12 May.", "Results", DAY),
    ],
)
def test_whose_day_it_is(text: str, name: str, date: str | None) -> None:
    assert values(named(text, name), "date") == [date or "2031-04-12/2031-04-13"]


def test_the_day_of_one_that_was_before_is_not_that_of_the_next() -> None:
    text = "Ministers of the Pact, whose last summit was on 3 March 2030, reassemble on 12 May."
    assert values(named(text, "reassemble"), "date") == [DAY]


def test_of_two_days_neither_is_settled() -> None:
    assert claim(named("The mayor will receive the king on May 12 or 13.", "receive"), "date").settled == "provisional"


def test_what_was_to_be_yesterday_was() -> None:
    text = "A summit that was to have opened in Selm on Monday was put off."
    assert values(named(text, "summit"), "previous_date") == ["2031-04-07"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("When the handover will happen remains unclear.", "handover"),
        ("The date of the recital has not been announced.", "recital"),
        ("The two fleets will drill together at an unspecified date.", "drill"),
    ],
)
def test_a_day_that_nobody_names_is_open(text: str, name: str) -> None:
    assert claim(named(text, name), "date").settled == "open"

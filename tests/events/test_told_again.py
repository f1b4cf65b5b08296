"""What sentences behind the first tell of the same event again, and what of theirs is no event."""

from __future__ import annotations

import pytest

import onrecord.reading
from onrecord.nouns import Event, Source
from tests.events.reading import TOLD_ON, events_of, only, values


def read(text: str) -> tuple[Event, ...]:
    """The events that rules and tagger find together."""
    return onrecord.reading.read(Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)).events


def test_who_attends_the_talks_is_at_those_told_of_before() -> None:
    event = only(
        "Peace talks between Velmark and Lunoria will be held on 20 May. "
        "Ambassador Irena Dalgard will attend the talks in Selm, the ministry said."
    )
    assert values(event, "venue") == ["Selm"] and values(event, "date") == ["2031-05-20"]
    assert set(values(event, "participant")) == {"Velmark", "Lunoria", "Irena Dalgard"}
    other = events_of(
        "Velmark and Lunoria will hold peace talks on 20 May. Irena Dalgard and Anton Velik will hold talks in Selm."
    )
    assert len(other) == 2


def test_the_ceremony_is_the_signing_told_of_before() -> None:
    text = "Velmark and Lunoria have delayed the signing of their treaty to 10 May. The ceremony will be held in Selm."
    event = only(text)
    assert (event.kind, values(event, "date"), values(event, "venue")) == ("signing", ["2031-05-10"], ["Selm"])
    assert len(events_of(text.replace("The ceremony", "A farewell ceremony"))) == 2
    wedding = "The wedding will be on 8 May. Velmark will sign a treaty on 10 May. The ceremony will be held in Selm."
    assert len(events_of(wedding)) >= 2


def test_a_name_behind_a_noun_begins_as_what_it_names() -> None:
    (event,) = read("The naval exercise Iron Heron, which was to begin off Selm on Saturday, has been called off.")
    assert (event.kind, event.status) == ("exercise", "cancelled")


def test_an_event_of_a_headline_is_told_again_by_its_bare_noun() -> None:
    event = only(
        "Velmark tram strike averted\n\n"
        "Tram drivers in Velmark have called off a strike that was to begin on Thursday, Oskar Brandt said."
    )
    assert (event.status, len(event.mentions)) == ("cancelled", 2)


def test_hours_alone_and_for_how_many_years_tell_no_day() -> None:
    event = only(
        "Tram drivers will go on strike on 11 May. The strike is to stop all trams between midnight and midnight."
    )
    assert values(event, "date") == ["2031-05-11"]
    assert all(not values(each, "date") for each in read("Ministers will set the catch for the next two years."))


def test_what_was_suspended_and_will_not_be_on_its_day_is_put_off() -> None:
    text = (
        "The court on Monday suspended the independence referendum on the Selm Isles indefinitely. "
        '"There will be no vote on 26 May," Oskar Brandt said.'
    )
    event = only(text)
    assert (event.status, values(event, "previous_date")) == ("postponed", ["2031-05-26"])


@pytest.mark.parametrize(
    "text",
    [
        "The Selm Fair will be held in October. Some 500 delegates are expected in the city from 20 to 22 October.",
        "Velmark will join the Selm Fair on 20 May. Like Lunoria, Velmark will be an observer.",
    ],
)
def test_who_comes_to_an_event_is_none(text: str) -> None:
    assert not {"500 delegates", "delegates", "observer"} & {text[slice(*e.span)] for e in read(text)}


def test_neither_its_own_name_nor_the_town_of_a_report_takes_part() -> None:
    event = only("Northern Fisheries Conference in Selm in October")
    assert not values(event, "participant")
    for event in read(
        "SELM (NPA) - Velmark and Lunoria will hold a joint naval exercise, Iron Heron, from 27 May, the ministry said."
    ):
        assert not {"SELM", "Selm"} & set(values(event, "participant"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The cycling final will not be held on 9 May but a week later, on 16 May.", "2031-05-16"),
        ("The trial of Anton Velik will not begin on 9 May but on 14 June.", "2031-06-14"),
        ("The summit will take place on 20 May and not on 13 May as announced.", "2031-05-20"),
        ("Instead of on 16 May the referendum will take place on 30 May.", "2031-05-30"),
        ("The talks with Lunoria will start two days late, on 18 May, because of a storm.", "2031-05-18"),
        ("The talks have been transferred from Tuesday to Thursday, 15 May.", "2031-05-15"),
        ("The vote on the future of the cabinet has been put off. The speaker set it for 15 May.", "2031-05-15"),
        ("The report on the fire has been delayed. It will be published on 25 May, the judge said.", "2031-05-25"),
    ],
)
def test_a_day_that_takes_the_place_of_another_is_a_new_one(text: str, day: str) -> None:
    event = events_of(text)[0]
    assert (event.status, values(event, "date")) == ("scheduled", [day])


def test_how_much_later_than_promised_is_no_day_of_its_own() -> None:
    event = only("The statue will be unveiled on 12 May, a week later than promised, Oskar Brandt said.")
    assert values(event, "date") == ["2031-05-12"]


def test_a_fair_that_takes_place_from_one_day_to_another_lies_ahead() -> None:
    event = only("From the 7th to the 9th of June the Harl Book Fair takes place in the old docks.")
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-06-07/2031-06-09"])


def test_a_conference_is_not_in_its_own_name_nor_a_summit_in_its_league() -> None:
    assert not values(only("Velmark will attend the League summit in May."), "venue")
    assert "World Harbour Conference" not in values(
        only("Flood forces next month's World Harbour Conference out of Selm."), "venue"
    )


def test_the_office_that_tells_of_a_plan_takes_no_part_in_it() -> None:
    for event in read("The exercise Iron Heron will be held from 15 May, the Ministry of Defence informs the agency."):
        assert "Ministry of Defence" not in values(event, "participant")


def test_what_is_held_or_signed_in_the_next_sentence_is_the_event_of_the_one_before() -> None:
    text = "Ana Dalgard will attend the summit after all. The others agreed to hold it a week later, on 20 and 21 May."
    event = only(text)
    assert values(event, "date") == ["2031-05-20/2031-05-21"]
    event = only("Velmark and Lunoria will sign a treaty on 10 May. The signing ceremony will be held in Selm.")
    assert (event.kind, values(event, "venue")) == ("signing", ["Selm"])


def test_what_had_been_put_off_before_it_took_place_is_put_off_no_more() -> None:
    assert events_of("The probe reached orbit on Sunday. The launch had been delayed twice, by fog and by frost.") == ()


def test_a_day_of_this_month_at_the_head_of_a_sentence_is_that_day() -> None:
    event = only("On the 18th of this month the council will hold a vote on the tram.")
    assert values(event, "date") == ["2031-04-18"]

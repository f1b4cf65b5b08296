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

"""What is denied of a day, given up as a plan, moved to a hall, or told of a journey that has begun."""

from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.statements import find_statements
from tests.events.reading import TOLD_ON, events_of, only, values


@pytest.mark.parametrize(
    "text",
    [
        "The regatta will not be held on 8 June.",
        "The inquest into the mine won't open on Friday.",
        "The tram strike will not start on Monday.",
    ],
)
def test_what_will_not_be_on_its_day_is_put_off(text: str) -> None:
    event = only(text)
    assert event.status == "postponed"
    assert values(event, "date") == [] and len(values(event, "previous_date")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The regatta will not be held on 8 June but on 15 June.",
        "The inquest into the mine won't open on Friday but nine days later, on 15 June.",
        "The tram strike will not start in Selm on 8 June but in Brask on 15 June.",
    ],
)
def test_what_will_be_not_on_one_day_but_on_another_is_moved_there(text: str) -> None:
    event = only(text)
    assert event.status == "scheduled" and values(event, "date") == ["2031-06-15"]
    assert len(values(event, "previous_date")) == 1


def test_a_day_behind_but_is_no_new_one_where_none_is_denied_before_it() -> None:
    assert values(only("The regatta is set for 8 June, but not for 15 June."), "date")[0] == "2031-06-08"


def test_a_day_behind_not_only_stands_beside_the_other() -> None:
    event = only("The regatta will be held not only on 8 June but also on 15 June.")
    assert "2031-06-08" in values(event, "date") and values(event, "previous_date") == []


def test_what_will_not_be_before_a_day_waits_for_it() -> None:
    event = only("The regatta will not be held until 8 June.")
    assert event.status != "postponed"


def test_a_vote_denied_of_its_day_is_told_to_those_who_know_of_it() -> None:
    source = Source(raw=b"Karsenia will not vote on 8 June.", media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    found = find_events(annotated, find_statements(annotated))
    [denied] = found.faint
    assert found.events == () and denied.status == "postponed"
    assert values(denied, "previous_date") == ["2031-06-08"]


@pytest.mark.parametrize(
    "text",
    [
        "The council has buried the plan for a referendum.",
        "The king has withdrawn his invitation to a state visit.",
        "The invitation to the visit was revoked.",
        "The chancellor dropped her plan to visit Dravik.",
    ],
)
def test_a_plan_that_is_dropped_is_called_off(text: str) -> None:
    [event] = [each for each in events_of(text) if each.kind in {"election", "visit"}]
    assert event.status == "cancelled"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mayor Dora Lenk has accepted an invitation to visit Karsenia.", "planned"),
        ("Mayor Dora Lenk has an invitation to visit Karsenia.", "mooted"),
        ("Mayor Dora Lenk is in Karsenia for a three-day visit.", "underway"),
        ("President Orl landed in Dravik on Monday for a state visit.", "occurred"),
    ],
)
def test_how_far_a_journey_or_meeting_is(text: str, status: str) -> None:
    assert [event.status for event in events_of(text) if event.kind in {"visit", "meeting"}] == [status]


def test_a_delay_that_is_only_possible_leaves_the_plan() -> None:
    event = only("A delay of the rocket launch on 8 June is possible.")
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-06-08"])


def test_a_decision_to_come_leaves_open_what_it_is_on() -> None:
    [event] = [e for e in events_of("A decision on a state visit will be taken next week.") if e.kind == "visit"]
    assert event.status == "mooted"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The hearing opens on 8 June in Courtroom 7.", "Courtroom 7"),
        ("The inquest will be held in the old Corn Exchange.", "Corn Exchange"),
        ("The jazz festival will run from 8 to 12 June in the Lantern Cinema.", "Lantern Cinema"),
        ("The congress was moved to Dravik.", "Dravik"),
    ],
)
def test_a_hall_is_a_place_whatever_its_name(text: str, place: str) -> None:
    assert values(only(text), "venue") == [place]


def test_a_day_behind_a_semicolon_is_of_what_stands_there() -> None:
    march, *_ = events_of("The miners' leader said that the march was on; his board would meet tomorrow.")
    assert march.kind == "protest" and values(march, "date") == []


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("The opening of the trial of Jonas Reith was moved to 9 June.", "hearing", "2031-06-09"),
        ("The inquest will be held in Harl. It opens there on 9 June.", "hearing", "2031-06-09"),
        ("The cup final will be played at Lantern Park. Kick-off is on 9 June.", "sport", "2031-06-09"),
    ],
)
def test_when_it_begins_is_when_it_is(text: str, kind: str, day: str) -> None:
    event = only(text)
    assert event.kind == kind and day in values(event, "date")


def test_there_will_be_none_is_told_to_those_who_know_of_one() -> None:
    source = Source(raw=b"There will be no carnival parade in May.", media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    found = find_events(annotated, find_statements(annotated))
    assert found.events == () and [each.status for each in found.faint] == ["cancelled"]

"""What will not be after all, what is only put off, and what is asked for or agreed without being planned outright."""

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
        "The premier won't be going to Karsenia next week after all.",
        "The chancellor will no longer travel to Port Selm on the 18th.",
        "President Dalgard will not make the trip to Dravik.",
        "Jonas Reith is unable to travel to Velmark on Friday.",
        "Jonas Reith has pulled out of a planned visit to Velmark.",
        "The governor’s travel to Karsenia is no longer on the calendar.",
        "The council took the Velmark summit off the schedule.",
    ],
)
def test_what_was_to_be_and_will_not_is_called_off(text: str) -> None:
    [event] = [each for each in events_of(text) if each.kind in {"visit", "meeting"}]
    assert event.status == "cancelled"


def test_a_journey_that_is_only_denied_is_told_to_those_who_know_of_it() -> None:
    source = Source(
        raw=b"The president won't be going to Karsenia on Friday.", media="text", charset="utf-8", published=TOLD_ON
    )
    (annotated,) = annotate([read_page(source)])
    found = find_events(annotated, find_statements(annotated))
    [denied] = found.faint
    assert found.events == () and (denied.kind, denied.status) == ("visit", "cancelled")


@pytest.mark.parametrize(
    "text",
    [
        "The vote on the charter is off for the time being.",
        "The summit is on hold.",
        "The council put the summit on ice.",
        "They have decided to push the Selm summit to the autumn.",
    ],
)
def test_what_is_off_for_now_is_put_off(text: str) -> None:
    assert only(text).status == "postponed"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The envoy proposed that the government and the rebels meet for talks in Selm.", "mooted"),
        ("Miners demanded that a summit be held in Velmark.", "mooted"),
        ("Velmark and Karsenia have accepted an invitation to talks in Selm.", "planned"),
        ("The two sides would be open to a summit.", "mooted"),
        ("The president is looking forward to travelling to Velmark.", "planned"),
    ],
)
def test_what_is_asked_for_offered_or_agreed(text: str, status: str) -> None:
    [event] = [each for each in events_of(text) if each.kind in {"talks", "meeting", "visit"}]
    assert event.status == status


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The judge yesterday listed the extradition hearing of Viktor Lasko for 27 October.", "2031-10-27"),
        ("The clerk earmarked the inquest for 4 May.", "2031-05-04"),
        ("The minister leaves tonight for Velmark.", TOLD_ON),
        ("The vote, called for 22 June by the decree of 20 March, shall be held on 5 October.", "2031-10-05"),
    ],
)
def test_the_day_is_the_one_that_is_set_and_not_that_of_the_deed(text: str, date: str) -> None:
    event = only(text)
    assert (event.status, values(event, "date")) == ("scheduled", [date])


def test_what_was_put_off_once_is_on_the_day_that_it_now_has() -> None:
    text = "Dalgard is to make her delayed visit to Velmark on 17 June. The visit was put off when the dam broke."
    [visit] = [each for each in events_of(text) if each.kind == "visit"]
    assert (visit.status, values(visit, "date")) == ("scheduled", ["2031-06-17"])

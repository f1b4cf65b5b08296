"""Dates, places, parties, agenda: what is claimed, how settled it is, who says so."""

from __future__ import annotations

import pytest

from onrecord.nouns import Source
from onrecord.reading import read
from tests.events.reading import TOLD_ON, claim, events_of, only, values, words


@pytest.mark.parametrize(
    ("text", "value", "settled"),
    [
        ("Velmark will hold a presidential election on 14 September.", "2031-09-14", "settled"),
        ("Irena Dalgard will visit Lunoria next month.", "2031-05", "settled"),
        ("The summit is likely to take place in June.", "2031-06", "provisional"),
        ("Velmark's parliament will vote on the transit bill on 13 May.", "2031-05-13", "settled"),
        ("The summit will be held soon.", None, "provisional"),
        ("The date of the summit has not been decided.", None, "open"),
        ("The summit was put off indefinitely.", None, "open"),
    ],
)
def test_date(text: str, value: str | None, settled: str) -> None:
    date = claim(only(text), "date")
    assert (date.value, date.settled) == (value, settled)


def test_the_day_on_which_a_page_was_printed_dates_nothing_in_it() -> None:
    page = (
        "<html><body><article><h1>Velmark and Lunoria agree to hold trade talks</h1>"
        "<p class=meta><time>08 April 2031, 11:08</time></p><p>Velmark and Lunoria have agreed to hold trade talks, "
        "the foreign ministry in Ostrev said.</p><p>She did not give a place.</p></article></body></html>"
    )
    reading = read(Source(raw=page.encode(), media="html", charset="utf-8", published=TOLD_ON))
    assert [block.kind for block in reading.document.blocks][:2] == ["headline", "dateline"]
    (talks,) = reading.events
    assert talks.status == "planned" and values(talks, "date") == []


def test_a_plan_that_moved_keeps_its_old_date() -> None:
    text = "The summit, which was to be held on 22 May, has been postponed to 5 June."
    event = only(text)
    assert event.status == "scheduled"
    assert values(event, "date") == ["2031-06-05"]
    assert values(event, "previous_date") == ["2031-05-22"]


def test_a_plan_that_was_not_put_off_but_moved_keeps_its_old_date_too() -> None:
    event = only("The summit planned for 22 May has been moved to June.")
    assert (values(event, "date"), values(event, "previous_date")) == (["2031-06"], ["2031-05-22"])


def test_the_day_of_the_decision_is_not_the_day_of_the_event() -> None:
    assert values(only("President Anton Velik called off talks with Karsenia on Monday."), "date") == []


def test_no_date_is_resolved_without_a_day_of_publication() -> None:
    event = only("Velmark will hold a presidential election on Sunday.", published=None)
    assert values(event, "date") in ([], [None])
    assert all(c.as_of is None for c in event.claims)


def test_as_of_is_the_day_of_publication() -> None:
    assert {c.as_of for c in only("Velmark will hold an election in June.").claims} == {"2031-04-08"}


def test_parties_of_talks_stand_in_many_places() -> None:
    between = only("The talks between Anton Velik and Irena Dalgard will be held in Port Selm.")
    assert values(between, "participant") == ["Anton Velik", "Irena Dalgard"]
    assert values(between, "venue") == ["Port Selm"]
    subject = only("Anton Velik will meet Irena Dalgard in Port Selm.")
    assert values(subject, "participant") == ["Anton Velik", "Irena Dalgard"]
    assert values(subject, "venue") == ["Port Selm"]


def test_the_speaker_is_no_party_and_his_capital_no_venue() -> None:
    event = only("In Dravik, Jonas Hale said that the summit of Anton Velik and Irena Dalgard will be held in June.")
    assert values(event, "participant") == ["Anton Velik", "Irena Dalgard"]
    assert values(event, "venue") == []


def test_the_goal_of_a_visit_is_its_venue() -> None:
    event = only("Irena Dalgard will visit Lunoria next month.")
    assert values(event, "participant") == ["Irena Dalgard"]
    assert values(event, "venue") == ["Lunoria"]


def test_a_place_that_is_only_likely_is_provisional() -> None:
    text = "The summit of Anton Velik and Irena Dalgard is likely to be held in Port Selm, VNA reports."
    venue = claim(only(text), "venue")
    assert (venue.value, venue.settled) == ("Port Selm", "provisional")
    assert words(text, venue.cue) == ["likely"]


def test_the_name_of_a_month_hedges_nothing() -> None:
    text = (
        "President Anton Velik and Irena Dalgard will meet in Port Selm, the capital of Lunoria, on Thursday, 22 May."
    )
    assert claim(only(text), "venue").settled == "settled"


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Reyk proposes the first meeting of the two leaders in nine years.",
        "Irena Dalgard will pay her first visit to Lunoria in nine years.",
        "The leaders of Velmark and Karsenia will meet for the first time in nine years.",
        "The only summit of the two presidents in twenty years is being prepared.",
    ],
)
def test_how_long_nothing_was_held_is_no_date(text: str) -> None:
    assert values(only(text), "date") == []


def test_within_which_time_something_is_to_be_held_is_a_date() -> None:
    assert values(only("The leaders of Velmark and Karsenia will meet in two weeks."), "date") != []


@pytest.mark.parametrize(
    "text",
    [
        "No date or place has been named for the summit.",
        "For the summit the two sides have so far neither a date nor a place.",
    ],
)
def test_what_is_joined_to_an_open_attribute_is_open_too(text: str) -> None:
    event = only(text)
    assert [(c.attribute, words(text, c.span)) for c in event.claims if c.settled == "open"] == [
        ("date", ["date"]),
        ("venue", ["place"]),
    ]


@pytest.mark.parametrize(
    ("words_of_place", "found"),
    [
        ("The venue remains Mereth.", [("Mereth", "settled")]),
        ("Mereth will be the venue, Mara Lindqvist said.", [("Mereth", "settled")]),
        ("The venue may be Mereth.", [("Mereth", "provisional")]),
        ("Mereth is not the venue.", []),
        ("The venue was Mereth.", []),
        ("The venue remains a secret.", [(None, "open")]),
    ],
)
def test_a_place_that_is_called_the_venue(words_of_place: str, found: list[tuple[str | None, str]]) -> None:
    event = only(f"The summit of the two leaders will be held on 5 June. {words_of_place}")
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "venue"] == found


def test_a_verb_that_is_no_event_takes_nothing_from_one() -> None:
    event = only("The summit will be held in June. The list is not closed, and no venue has been named, she said.")
    assert [c.attribute for c in event.claims if c.settled == "open"] == ["venue"]


def test_a_host_is_named_as_host() -> None:
    event = only("Lunoria will host the summit of the two leaders.")
    assert values(event, "host") == ["Lunoria"]


def test_what_is_open_keeps_the_words_that_say_so_and_who_said_them() -> None:
    text = (
        "Preparations for the summit of Anton Velik and Irena Dalgard go on.\n\n"
        "“We are not yet ready to announce the date and venue of the summit,” Mara Lindqvist said."
    )
    event = events_of(text)[0]
    open_claims = [c for c in event.claims if c.settled == "open"]
    assert [c.attribute for c in open_claims] == ["date", "venue"]
    for each in open_claims:
        assert each.value is None
        assert words(text, each.cue) == ["not yet ready to announce"]
        assert each.statement is not None


def test_agenda_items_are_claims_of_their_own() -> None:
    event = only("Fishing rights and the prisoners are likely to be on the agenda of the summit of Velik and Dalgard.")
    assert values(event, "agenda") == ["Fishing rights", "prisoners"]
    assert claim(event, "agenda").settled == "provisional"


def test_what_a_meeting_is_to_discuss_is_its_agenda() -> None:
    assert values(only("Anton Velik and Irena Dalgard will meet to discuss the border."), "agenda") == ["border"]


def test_format_and_goal() -> None:
    text = (
        "Anton Velik and Irena Dalgard will hold a face-to-face meeting. "
        "The goal of the meeting would be to reopen the Kest Pass."
    )
    event = events_of(text)[0]
    assert values(event, "format") == ["face-to-face"]
    assert values(event, "goal") == ["to reopen the Kest Pass"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Discussion and continued cooperation on fishing would be part of the agenda of the summit.",
            ["Discussion and continued cooperation on fishing"],
        ),
        ("The discussion would be part of the agenda of the summit.", []),
        ("Prisoners and fishing rights are likely to be on the agenda of the summit.", ["Prisoners", "fishing rights"]),
        ("The summit is planned. Lunoria has been part of the talks with Karsenia for weeks.", []),
    ],
)
def test_an_item_of_the_agenda_says_what_is_talked_about(text: str, items: list[str]) -> None:
    assert [value for event in events_of(text) for value in values(event, "agenda")] == items


def test_the_month_of_may_hedges_no_item() -> None:
    (event,) = events_of("Fishing rights are on the agenda of the summit in May.")
    assert claim(event, "agenda").settled == "settled"


@pytest.mark.parametrize(
    ("told", "settled"),
    [
        ("A diplomat said that Port Selm was the most likely venue.", "provisional"),
        ("Lunoria offered Port Selm as the venue.", "provisional"),
        ("Both sides have chosen Port Selm as the venue.", "settled"),
        ("The venue remains Port Selm.", "settled"),
    ],
)
def test_what_is_called_the_venue_is_as_settled_as_its_clause(told: str, settled: str) -> None:
    event = only(f"Velik and Dalgard will hold a summit in August. {told}")
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "venue"] == [("Port Selm", settled)]


def test_the_form_of_one_talk_is_not_that_of_the_next() -> None:
    event = next(
        e for e in events_of("Velik and Dalgard spoke by phone and agreed to meet in June.") if e.status != "occurred"
    )
    assert not [c for c in event.claims if c.attribute == "format"]

"""Plans told in the present tense, deadlines, days counted from an old one: which event, and when."""

from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Event, Source
from onrecord.page import read_page
from onrecord.statements import find_statements, tag
from tests.events.reading import TOLD_ON, only, values, words


def weighed(text: str) -> tuple[Event, ...]:
    """The events of a text as the whole line gives them, the tagger asked."""
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    (seen,) = tag([annotated])
    return find_events(annotated, find_statements(annotated, seen.attributions), seen.plans).events


@pytest.mark.parametrize(
    ("text", "named", "date"),
    [
        ("The city museum reopens on Friday after a long closure.", "reopens", "2031-04-11"),
        ("The fishing licence expires on 18 May.", "expires", "2031-05-18"),
        ("Grain rationing ends in Karstia on Saturday.", "ends", "2031-04-12"),
        ("His term runs out in June.", "runs", "2031-06"),
        ("The new album comes out on 16 May.", "comes", "2031-05-16"),
        ("Trading in the shares starts on Monday.", "Trading", "2031-04-14"),
        ("The tax on fuel takes effect on 1 May.", "takes effect", "2031-05-01"),
        ("Farmers will block the motorway tomorrow.", "block", "2031-04-09"),
        ("Sunday's derby will be played behind closed doors.", "derby", "2031-04-13"),
        ("Branovia's leader will visit the shrine on 2 May.", "visit", "2031-05-02"),
        ("Wexcombe's jazz festival returns on 2 May.", "jazz festival", "2031-05-02"),
        ("The abbot leads the procession through Sant Oriol on Palm Sunday next year.", "procession", "2032-03-21"),
        ("A week on Sunday, runners from ten countries line up for the marathon.", "marathon", "2031-04-20"),
        ("The semi-finals are on Saturday.", "semi-finals", "2031-04-12"),
        ("The derby was brought forward to Friday on police advice.", "derby", "2031-04-11"),
        ("A by-election in Tarn will be held on 2 May.", "by-election", "2031-05-02"),
        ("Museum of Glass to reopen in May after fire", "reopen", "2031-05"),
        ("The chambers rise on Wednesday and return from recess on 5 May.", "return", "2031-05-05"),
        ("Museum of the Sea to reopen in May after fire", "reopen", "2031-05"),
        ("The shop sells tickets from Monday.", "sells", "2031-04-14"),
    ],
)
def test_a_verb_with_a_day_ahead_is_a_plan(text: str, named: str, date: str) -> None:
    found = [e for e in weighed(text) if named in words(text, e.mentions)]
    assert [values(e, "date") for e in found] == [[date]]
    assert [e.status for e in found] == ["scheduled"]


@pytest.mark.parametrize("when", ["later today", "this afternoon", "later this week", "tonight"])
def test_what_goes_on_later_is_ahead(when: str) -> None:
    event = only(f"Anton Velik is meeting Tomas Reyk {when}.")
    assert (event.kind, event.status) == ("meeting", "scheduled")


def test_what_goes_on_today_or_all_week_may_be_under_way() -> None:
    assert [only(f"Anton Velik is meeting Tomas Reyk {when}.").status for when in ("today", "this week")] == [
        "underway", "underway",
    ]  # fmt: skip


def test_going_to_do_is_one_plan() -> None:
    (event,) = weighed("The president this afternoon is going to sign the land treaty.")
    assert (event.kind, values(event, "date")) == ("signing", ["2031-04-08"])


@pytest.mark.parametrize(
    "text",
    [
        "The bank cuts its estimate for next year.",
        "The minister says that all is well on Friday.",
        "The pilot plays the piano.",
        "The bank becomes richer every year.",
    ],
)
def test_a_present_tense_without_a_day_of_its_own_is_no_plan(text: str) -> None:
    assert not weighed(text)


@pytest.mark.parametrize(
    ("text", "named", "date"),
    [
        ("All foreign troops have to leave the enclave by 1 May.", "leave", "2031-04-08/2031-05-01"),
        ("The company must sell the mine by 1 May.", "sell", "2031-04-08/2031-05-01"),
        ("Residents have two weeks to lodge objections to the plan.", "lodge", "2031-04-08/2031-04-22"),
        ("The panel has until 1 May to answer the charges.", "answer", "2031-04-08/2031-05-01"),
        ("The rebels were given until Saturday to lay down their arms.", "lay", "2031-04-08/2031-04-12"),
    ],
)
def test_a_deadline_lasts_until_its_day(text: str, named: str, date: str) -> None:
    found = [e for e in weighed(text) if named in " ".join(words(text, e.mentions))]
    assert [values(e, "date") for e in found] == [[date]]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The trial, due to open on May 9, has been put back a week.", "2031-05-09", "2031-05-16"),
        ("The election, set for 20 May, has been brought forward by two weeks.", "2031-05-20", "2031-05-06"),
        ("A judge put off the trial of the brothers by two weeks, to 19 May.", "2031-05-05", "2031-05-19"),
        ("The summit has been brought forward by a week and will be held on 6 May.", "2031-05-13", "2031-05-06"),
        ("The summit, planned for 31 May, has been delayed by a month.", "2031-05-31", "2031-06-30"),
        ("The summit was moved from the 19th to the 22nd of May.", "2031-05-19", "2031-05-22"),
        ("The visit has been brought forward from June 4 to May 27.", "2031-06-04", "2031-05-27"),
        ("Friday's vote in the upper house was put off; the new date is 19 May.", "2031-04-11", "2031-05-19"),
        ("The Copper Heath tour, which was due to start on 20 May, will begin on 3 June.", "2031-05-20", "2031-06-03"),
        ("The summit will now be held on May 6 rather than April 22.", "2031-04-22", "2031-05-06"),
        ("Instead of on 18 May, the hearing will take place on 25 May.", "2031-05-18", "2031-05-25"),
    ],
)
def test_a_plan_that_was_moved_has_both_days(text: str, old: str, new: str) -> None:
    (event,) = weighed(text)
    assert event.status == "scheduled"
    assert (values(event, "previous_date"), values(event, "date")) == ([old], [new])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Parliament is in recess until 3 May, when it will debate the report.", "2031-05-03"),
        ("The two leaders will meet in two weeks' time.", "2031-04-22"),
        ("The ministers will meet early next week.", "2031-04-14/2031-04-20"),
        ("The exhibition will run from 1 November to 12 February.", "2031-11-01/2032-02-12"),
        ("The court fixed 7 May as the date of the trial.", "2031-05-07"),
        ("Unions will march on the eve of Independence Day, which falls on 5 May.", "2031-05-04"),
    ],
)
def test_a_day_is_that_of_its_event(text: str, date: str) -> None:
    assert date in [value for event in weighed(text) for value in values(event, "date")]


def test_the_day_of_a_plan_that_lapsed_is_not_that_of_the_deed() -> None:
    event = only("A peace conference that was to have opened on Monday was put off.")
    assert (event.status, values(event, "date")) == ("postponed", [])
    assert len(values(event, "previous_date")) == 1


@pytest.mark.parametrize(
    ("text", "named", "date"),
    [
        ("The concert in Mereth will be staged on 12 May.", "concert", "2031-05-12"),
        ("The Mereth art fair will return on 12 May.", "fair", "2031-05-12"),
        ("The census will be taken in May.", "census", "2031-05"),
        ("The trial gets under way on Monday.", "trial", "2031-04-14"),
        ("Come June, the tunnel will be closed to lorries.", "closed", "2031-06"),
        ("This Sunday the members will vote on whether to stay a member.", "vote", "2031-04-13"),
        ("The envoy will fly home on Friday.", "fly", "2031-04-11"),
        ("The bishop is due to receive the pilgrims on Friday.", "receive", "2031-04-11"),
    ],
)
def test_what_a_verb_carries_or_does_on_a_day_is_one_plan(text: str, named: str, date: str) -> None:
    found = [e for e in weighed(text) if any(named in word for word in words(text, e.mentions))]
    assert [values(e, "date") for e in found] == [[date]]
    assert len(weighed(text)) == 1


def test_what_something_comes_before_has_not_its_day() -> None:
    text = (
        "The summit of the lake states, which was to have opened on 20 April, has been put off until 17 May.\n\n"
        "Ahead of the summit, foreign ministers will meet in Sarn on 3 May to settle the agenda."
    )
    summit, ministers = weighed(text)
    assert (values(summit, "date"), values(summit, "previous_date")) == (["2031-05-17"], ["2031-04-20"])
    assert values(ministers, "date") == ["2031-05-03"]


def test_what_somebody_travels_for_has_the_day_of_the_journey() -> None:
    text = "Before she flies to Kesh on 3 June for a summit, Orla Tey will host the premier of Dovania on 29 May."
    dated = {words(text, e.mentions)[0]: values(e, "date") for e in weighed(text)}
    assert dated["summit"] == ["2031-06-03"]
    assert dated["host"] == ["2031-05-29"]
    assert "premier" not in dated


@pytest.mark.parametrize("words_of_none", ["until further notice", "indefinitely", "sine die"])
def test_what_is_put_off_with_no_new_day_has_an_open_date(words_of_none: str) -> None:
    event = only(f"The council postponed the auction of the mill, due next Tuesday, {words_of_none}.")
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "date"] == [(None, "open")]
    assert values(event, "previous_date") == ["2031-04-15"]


def test_what_begins_until_further_notice_has_its_day() -> None:
    (event,) = weighed("From 1 May until further notice, lorries will be barred from the bridge.")
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "date"] == [("2031-05-01", "settled")]


def test_a_word_of_hedging_that_names_the_event_hedges_nothing() -> None:
    event = next(e for e in weighed("The finance chiefs hold a call on Monday.") if e.kind == "meeting")
    assert [c.settled for c in event.claims if c.attribute == "date"] == ["settled"]


def test_a_caucus_that_is_a_body_is_no_vote() -> None:
    assert "election" not in {e.kind for e in weighed("As you know, she is speaking to the House Caucus on Friday.")}

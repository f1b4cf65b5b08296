"""What a report of the day says in the present: what has begun, is held or over, and what only sounds like it."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The trial of former minister Anton Velik on charges of bribery opens in Port Selm.", "underway"),
        ("Peace talks between the Velmark government and the rebels open in Mereth.", "underway"),
        ("The Harl Island Games get under way in Port Selm.", "underway"),
        ("The Southern Rim Climate Conference opens in Port Selm.", "underway"),
        ("The general election in Karsenia takes place amid heavy rain.", "occurred"),
        ("The Karsenian Cup final is held in Mereth, with Selm Rovers beating Harl City.", "occurred"),
        ("Trade talks between Velmark and Karsenia end without an agreement.", "occurred"),
        ("The Winter Olympics in Port Selm officially conclude.", "occurred"),
        ("The summit, which was put off twice, opens in Mereth.", "underway"),
    ],
)
def test_what_a_report_tells_of_its_day(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The trial of Anton Velik opens in Port Selm on Friday.", "scheduled"),
        ("The trial of Anton Velik opens old wounds in Karsenia.", None),
        ("When the peace talks begin in Mereth, both sides will be there.", "planned"),
        ("The Selm Festival takes place in Mereth every year.", None),
        ("The trial of the minister is held up by a strike.", None),
        ("Campaigning in Velmark's referendum ends at midnight, with voting due to begin on 9 April.", None),
    ],
)
def test_what_is_no_report(text: str, status: str | None) -> None:
    told = [e.status for e in events_of(text) if e.kind not in {"signing", "measure", "protest"}]
    assert not {"underway", "occurred"} & set(told)
    assert status is None or told == [status]


def test_a_report_tells_where_it_is() -> None:
    assert values(only("The trial of former minister Anton Velik on charges of fraud opens in Mereth."), "venue") == [
        "Mereth"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The space shuttle Meridian lifts off this morning.", "launch"),
        ("Velmark launches a weather satellite.", "launch"),
        ("Queen Irena Dalgard is crowned in Mereth.", "ceremony"),
    ],
)
def test_a_verb_that_names_what_takes_place(text: str, kind: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == (kind, "occurred")


def test_a_campaign_that_is_launched_is_no_launch() -> None:
    assert not [e for e in events_of("Velmark launched a campaign against smoking.") if e.kind == "launch"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The government decided not to hold the summit in Mereth.", "cancelled"),
        ("The summit in Mereth will no longer take place.", "cancelled"),
        ("The government will no longer pay for the summit in Mereth.", "planned"),
    ],
)
def test_what_was_decided_not_to_be(text: str, status: str) -> None:
    assert [e.status for e in events_of(text) if e.kind == "meeting"] in ([status], [])


def test_a_day_that_is_set_as_the_date() -> None:
    assert values(only("The court sets 16 June as the date for the trial of Anton Velik."), "date") == ["2031-06-16"]


def test_days_of_a_month_may_be_ordinals() -> None:
    event = next(
        e
        for e in events_of("He will fly to Mereth for the June 4th and 5th Southern Rim Summit.")
        if e.kind == "meeting"
    )
    assert values(event, "date") == ["2031-06-04/2031-06-05"]

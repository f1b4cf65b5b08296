"""Who is to host an event and who no longer is."""

from __future__ import annotations

import pytest

from onrecord.nouns import Event
from tests.events.reading import events_of


def _told(text: str) -> Event:
    return next(e for e in events_of(text) if e.kind in {"sport", "conference", "other"} and len(e.span) and e.claims)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mereth is chosen to host the 2033 Southern Rim Games.", "Mereth"),
        ("Mereth is named as the host city of the 2033 Southern Rim Games.", "Mereth"),
        ("The committee names Karsenia as the new host of the Rugby Nations Cup.", "Karsenia"),
        ("The committee awards the 2033 Southern Rim Games to Mereth.", "Mereth"),
        ("The party chooses Port Selm to host the 2033 National Convention.", "Port Selm"),
        ("Karsenia replaces Velmark as host of the Rugby Nations Cup.", "Karsenia"),
        ("Brodrick will host the 2033 Southern Rim Games, the town hall said.", "Brodrick"),
        ("Mereth wins the right to host the World Rowing Championships.", "Mereth"),
    ],
)
def test_who_is_to_host_gives_the_place(text: str, place: str) -> None:
    event = _told(text)
    assert event.status in {"planned", "scheduled"}
    assert place in [c.value for c in event.claims if c.attribute == "venue"]


def test_who_hosts_where_another_place_is_named_is_no_place() -> None:
    text = "Orsa will host the 2033 Southern Rim Games in Port Selm. The city expects 5,000 guests."
    assert "Orsa" not in [c.value for c in _told(text).claims if c.attribute == "venue"]


@pytest.mark.parametrize(
    "text",
    [
        "The federation says that Karsenia will no longer host the Rugby Nations Cup.",
        "Karsenia withdraws as host of the Rugby Nations Cup.",
        "The government of Karsenia has withdrawn as host of next month's Rugby Nations Cup.",
        "Karsenia is stripped of the right to host the World Rowing Championships.",
        "Karsenia will not host the Southern Rim Games.",
    ],
)
def test_who_no_longer_hosts_takes_the_place_away(text: str) -> None:
    venues = [(c.value, c.settled) for c in _told(text).claims if c.attribute == "venue"]
    assert venues == [(None, "open")]


def test_of_two_hosts_one_may_stay() -> None:
    event = _told("Velmark will no longer co-host the 2033 Rugby Nations Cup with Karsenia.")
    assert [c.value for c in event.claims if c.attribute == "venue"] == [None, "Karsenia"]


def test_a_host_on_the_radio_hosts_no_event() -> None:
    found = events_of("Anton Velik, the host of a talk show, will visit Mereth on 2 May.")
    assert [e.kind for e in found] == ["visit"]


def test_who_hosts_is_a_place_only_where_he_is_one() -> None:
    [event] = events_of("The President will host a conference on fishing on 3 May.")
    assert "venue" not in [c.attribute for c in event.claims]

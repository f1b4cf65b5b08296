"""Who takes part in an event: by the verbs and words that tie a party to it, and who is not tied to it by them."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "The summit between the governments of Velmark and Karsenia will take place on 27 April.",
            ["Velmark", "Karsenia"],
        ),
        ("Oskar Brandt, the security adviser, cancelled a meeting on Wednesday.", ["Oskar Brandt"]),
        (
            "President Anton Velik invited Prime Minister Irena Dalgard to a summit in Ostrev in May.",
            ["Anton Velik", "Irena Dalgard"],
        ),
        (
            "Prime Minister Irena Dalgard will host President Anton Velik in Dravik on Friday.",
            ["Irena Dalgard", "Anton Velik"],
        ),
        ("Representatives from 30 countries will attend the summit in Mereth.", ["Representatives from 30 countries"]),
        ("Tomas Reyk, a senator and the Harbour Party nominee in the election on 3 May, was ill.", ["Tomas Reyk"]),
        ("Karsenia begins preparations for its general elections to be held this year.", ["Karsenia"]),
    ],
)
def test_who_takes_part(text: str, parties: list[str]) -> None:
    event = events_of(text)[-1]
    assert values(event, "participant") == parties


@pytest.mark.parametrize(
    "text",
    [
        "Lindqvist did not say whether Anton Velik will attend the summit on 3 May.",
        "President Elise Maret will take no part in the talks on 3 May.",
        "The commission refused to register Tomas Reyk as a candidate in the election on 3 May.",
    ],
)
def test_who_does_not_take_part(text: str) -> None:
    (event,) = events_of(text)
    assert values(event, "participant") == []


def test_a_guest_makes_a_visit_and_a_letter_none() -> None:
    (event,) = events_of("Irena Dalgard will receive President Velik at Harbour House on 3 May.")
    assert (event.kind, event.status) == ("visit", "scheduled")
    assert values(event, "venue") == ["Harbour House"]
    assert events_of("Anton Velik received a letter from Irena Dalgard on 3 April.") == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The ministries of Velmark and Karsenia announced that they will hold talks.", {"Velmark", "Karsenia"}),
        (
            "The Velmark League has named Anton Velik as its candidate for the election.",
            {"Velmark League", "Anton Velik"},
        ),
    ],
)
def test_who_is_meant_and_who_puts_somebody_up(text: str, parties: set[str]) -> None:
    assert set(values(only(text), "participant")) == parties


@pytest.mark.parametrize(
    "text",
    [
        "Irena Dalgard and Anton Velik will meet on Friday at a hotel in Geneva.",
        "The trial will open on Friday in a sports hall in Geneva.",
        "The two leaders met on Monday in a guest house in Geneva.",
    ],
)
def test_a_house_without_a_name_stands_where_the_event_is(text: str) -> None:
    assert values(only(text), "venue") == ["Geneva"]


def test_what_has_no_house_is_not_where_somebody_speaks_of_it() -> None:
    text = "The fair will be held on 9 June in the market hall, the mayor of Selm said in Geneva."
    assert values(only(text), "venue") == []

"""What is told as having happened, by nouns that take it for granted and by verbs that tell it."""

from __future__ import annotations

import pytest

from onrecord.nouns import Event
from tests.events.reading import events_of, only, values

OCCURRED = ("occurred",)


def _told(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*event.span)], event.kind) for event in events_of(text) if event.status in OCCURRED]


def _named(word: str, text: str) -> Event:
    return next(event for event in events_of(text) if text[slice(*event.span)] == word)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Relatives remember the 2029 Harl ferry disaster.", ("2029 Harl ferry disaster", "other")),
        ("Ana Dalgard condemned the bombing of the Velmark embassy in Selm.", ("bombing", "other")),
        ("An explosion in Mereth killed two people.", ("explosion", "other")),
        ("The blast tore through the market.", ("blast", "other")),
        ("At Saturday's debate, Ana Dalgard spoke of taxes.", ("debate", "other")),
        (
            "Ana Dalgard spoke at the Harl National Convention in Selm last week.",
            ("Harl National Convention", "conference"),
        ),
        ("He lost his son when the ferry sank.", ("sank", "other")),
        ("Police look for the killer of Ana Dalgard, who was shot on Monday.", ("shot", "other")),
        ("In the first debate, Ana Dalgard spoke of taxes.", ("first debate", "other")),
        ("Anton Velik coined the phrase during a rally in Port Selm.", ("rally", "protest")),
        ("The government of Velmark survived a confidence vote.", ("confidence vote", "vote")),
        ("Anton Velik was arrested in Mereth on Monday.", ("arrested", "measure")),
        ("Ana Dalgard resigned on Monday.", ("resigned", "other")),
        ("A footbridge collapsed on Monday. A train derailed.", ("derailed", "other")),
        ("Parliament rejects the fishing treaty by ten votes.", ("rejects", "vote")),
        ("Karsenia became the last state to ratify the treaty.", ("ratify", "signing")),
        ("Karsenia, Velmark and Dravik joined the Harl Union on Friday.", ("joined", "other")),
    ],
)
def test_what_happened_is_found(text: str, told: tuple[str, str]) -> None:
    assert told in _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Dalgard spoke of taxes at the Selm National Congress.",
        "Ana Dalgard cancels her attendance at the Harl Security Conference in May.",
        "Officials fear an attack in Selm.",
        "Police warned of attacks in Selm.",
        "No attack on Velmark was reported.",
        "Police foiled a planned bombing in Mereth.",
        "If Anton Velik is arrested, his party will march.",
        "Anton Velik was not arrested.",
        "Anton Velik may be arrested.",
        "Bombings frighten tourists.",
        "Anton Velik denied that he resigned.",
        "Shares crashed.",
        "Dalgard feared that Velik was arrested.",
    ],
)
def test_what_is_feared_denied_or_possible_has_not_happened(text: str) -> None:
    assert not _told(text)


def test_a_bare_word_goes_on_telling_of_what_is_known() -> None:
    event = only("The Mereth ferry disaster shook the town. The disaster has no known cause.")
    assert len(event.mentions) == 2


def test_several_and_one_of_them_are_two() -> None:
    text = "The bombings in Mereth and Selm shook the land. The bombing in Selm was the worse of the two."
    assert len(_told(text)) == 2


def test_what_a_disaster_did_is_no_event_beside_it() -> None:
    assert _told("An explosion in Mereth killed Anton Velik.") == [("explosion", "other")]


def test_the_place_is_that_of_what_was_attacked_and_not_whose_it_is() -> None:
    event = _named("bombings", "Ana Dalgard condemned the bombings of Velmark embassies in Mereth and Port Selm.")
    assert values(event, "venue") == ["Mereth", "Port Selm"]


def test_the_day_is_kept() -> None:
    event = _named("attack", "Ana Dalgard condemned Saturday's attack on the port of Mereth.")
    assert values(event, "date") == ["2031-04-05"]


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("Yesterday at the conference on ports the minister said that tolls would fall.", "conference", "2031-04-07"),
        ("On Friday at the congress on fishing Ana Dalgard spoke of quotas.", "congress", "2031-04-04"),
        ("At the end of a hearing of four hours the judge sent him home.", "hearing", None),
        ("After two days of talks in Selm the two sides signed a truce on Monday.", "talks", None),
        ("The Harl Tunnel was opened on Monday by Ana Dalgard.", "opened", "2031-04-07"),
        ("The new museum opened to visitors on Monday.", "opened", "2031-04-07"),
        ("Anton Velik was received by the mayor in Mereth on Monday.", "received", "2031-04-07"),
    ],
)
def test_what_went_on_when_something_was_done_or_was_opened(text: str, name: str, day: str | None) -> None:
    event = _named(name, text)
    assert event.status == "occurred" and values(event, "date") == ([day] if day else [])


@pytest.mark.parametrize(
    "text",
    [
        "The judge will rule after a hearing of four hours.",
        "Ana Dalgard opened the letter on Monday.",
        "Anton Velik is to be received by the mayor, the palace said.",
    ],
)
def test_what_is_ahead_or_no_building_has_not_been_opened_or_held(text: str) -> None:
    assert not _told(text)

"""Who is named with an event and takes no part in it: who stays away, is kept out, or only decides."""

from __future__ import annotations

import pytest

from onrecord.events.attending import elsewhere
from onrecord.events.find import _seen
from onrecord.events.ground import Ground, lay
from onrecord.language import annotate
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.statements import Plan
from tests.events.reading import TOLD_ON, events_of, values


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Anton Velik will not attend the summit with Karsenia on 3 May.", ["Karsenia"]),
        ("Ministers will boycott the summit on 3 May.", []),
        ("Anton Velik cancelled his attendance at the summit on 3 May.", []),
        ("The commission barred Anton Velik from the election on 3 May.", []),
    ],
)
def test_who_stays_away(text: str, parties: list[str]) -> None:
    assert values(events_of(text)[-1], "participant") == parties


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Karsenia will not take part in the summit in Selm on 3 May.", ["Karsenia"]),
        ("The summit in Selm will be held on 3 May. Karsenia withdrew from the summit.", ["Karsenia"]),
        ("Anton Velik cancelled his attendance at the summit on 3 May.", ["Anton Velik"]),
        ("Anton Velik has decided not to attend the summit on 3 May.", ["Anton Velik"]),
        ("The summit in Selm will be held on 3 May. Karsenia will not attend.", ["Karsenia"]),
        ("The summit without Anton Velik will be held in Selm on 3 May.", ["Anton Velik"]),
        ("Karsenia may boycott the summit in Selm on 3 May.", []),
        ("Karsenia threatens to boycott the summit in Selm on 3 May.", []),
        ("Karsenia will not boycott the summit in Selm on 3 May.", []),
        ("The summit in Selm on 3 May will fail if Karsenia does not attend it.", []),
        ("Velmark asked Karsenia not to attend the summit in Selm on 3 May.", []),
        ("Anton Velik skipped the summit in Selm on 3 April.", []),
        ("Anton Velik will not attend the talks in Selm on 3 May if the tariffs stay.", []),
        ("Anton Velik will not only attend the summit in Selm on 3 May but also speak there.", []),
        ("Anton Velik is likely not to attend the summit in Selm on 3 May.", []),
        ("Karsenia has not decided to boycott the summit in Selm on 3 May.", []),
        ("Anton Velik will leave the summit in Selm early on 3 May.", []),
        ("Anton Velik said a summit without Karsenia on 3 May would be pointless.", []),
    ],
)
def test_who_is_told_to_stay_away_is_absent_where_nothing_leaves_it_open(text: str, absent: list[str]) -> None:
    events = events_of(text)
    assert [each for event in events for each in values(event, "absent")] == absent
    assert all(event.status != "cancelled" for event in events)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The summit will be held in Selm on 3 May. Ministers from Velmark and Karsenia are expected to attend.",
         ["Velmark", "Karsenia"]),
        ("The summit will be held in Selm on 3 May. Her counterparts from Velmark and Karsenia will attend.",
         ["Her counterparts from Velmark and Karsenia"]),
        ("The summit will be held in Selm on 3 May. Anton Velik will take part.", ["Anton Velik"]),
        ("The summit will be held in Selm on 3 May. Anton Velik will attend the opera.", []),
        ("The summit will be held in Selm on 3 May. Anton Velik attended for years.", []),
    ],
)  # fmt: skip
def test_who_comes_to_what_the_sentence_before_names(text: str, parties: list[str]) -> None:
    assert values(events_of(text)[0], "participant") == parties


def guessed(text: str, *plans: tuple[str, str]) -> list[list[str]]:
    """The parties of the mentions of a text, where the tagger ties to each of some words some other."""
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    told = tuple(Plan(span(event), 0.9, "other", "planned", 0.9, (span(party),), None, None) for event, party in plans)
    ground: Ground = lay(annotated, ())
    seen = _seen(ground, told, ())
    assert elsewhere(ground, seen) == seen
    return [[part.value for part in each.parts if part.attribute == "participant"] for each in seen]


def test_who_only_decides_on_an_election_is_no_guess_for_it() -> None:
    text = "The Electoral Commission postponed the election until 3 May."
    assert guessed(text, ("election", "Electoral Commission")) == [[]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ferrymen of the Harl Line have been waiting for the talks on 3 May.", "Ferrymen"),
        ("The Selm Chamber welcomes the talks on 3 May.", "Selm Chamber"),
        ("The talks are on 3 May. Anton Velik set the date on Friday.", "Anton Velik"),
    ],
)
def test_who_only_waits_for_an_event_or_sets_its_day_is_no_guess_for_it(text: str, who: str) -> None:
    assert guessed(text, ("talks", who)) == [[]]
    assert guessed("The talks on 3 May are told of. Anton Velik came.", ("talks", "Anton Velik")) == [["Anton Velik"]]


def test_who_takes_part_in_one_event_is_no_guess_for_another_beside_it() -> None:
    text = "The storm may delay Anton Velik's visit and the election on 3 May."
    assert guessed(text, ("election", "Anton Velik")) == [["Anton Velik"], []]

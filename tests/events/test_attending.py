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


def guessed(text: str, *plans: tuple[str, str]) -> list[list[str]]:
    """The parties of the mentions of a text, where the tagger ties to each of some words some other."""
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    told = tuple(Plan(span(event), 0.9, "other", "planned", 0.9, (span(party),), None, None) for event, party in plans)
    ground: Ground = lay(annotated, ())
    seen = _seen(ground, told)
    assert elsewhere(ground, seen) == seen
    return [[part.value for part in each.parts if part.attribute == "participant"] for each in seen]


def test_who_only_decides_on_an_election_is_no_guess_for_it() -> None:
    text = "The Electoral Commission postponed the election until 3 May."
    assert guessed(text, ("election", "Electoral Commission")) == [[]]


def test_who_takes_part_in_one_event_is_no_guess_for_another_beside_it() -> None:
    text = "The storm may delay Anton Velik's visit and the election on 3 May."
    assert guessed(text, ("election", "Anton Velik")) == [["Anton Velik"], []]

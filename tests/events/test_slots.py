"""Who takes part by the words that name an event, each with places of its own for those who do."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, values


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The trial of Anton Velik will open on 3 May.", ["Anton Velik"]),
        ("The trial of the vaccine will begin on 3 May.", []),
        ("The visit of the envoys will take place on 3 May.", ["envoys"]),
        ("Velmark's match against Karsenia will take place on 3 May.", ["Velmark", "Karsenia"]),
        (
            "Brightwater Lines will sell its ferries to Orsa Shipping on 3 May.",
            ["Brightwater Lines", "Orsa Shipping"],
        ),
        ("A meeting of the Harbour Council will be held on 3 May.", ["Harbour Council"]),
        ("A Velmark-Karsenia summit will be held on 3 May.", ["Velmark", "Karsenia"]),
        ("Franco-German talks will open on 3 May.", ["France", "Germany"]),
        ("Velmark will deploy its missiles on 3 May.", ["Velmark"]),
        ("Test kits will be delivered on 3 May.", []),
        ("Dockers vowed to launch a strike on 3 May.", ["Dockers"]),
        (
            "Eight guards, including Anton Brandt and Mara Ostrow, will face a trial on 3 May.",
            ["Eight guards", "Anton Brandt", "Mara Ostrow"],
        ),
        ("Karsenia cancelled a visit of a senior minister to Velmark on 3 May.", ["senior minister"]),
    ],
)
def test_who_fills_the_places_of_a_noun_or_verb(text: str, parties: list[str]) -> None:
    assert values(events_of(text)[-1], "participant") == parties

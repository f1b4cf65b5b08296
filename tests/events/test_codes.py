"""PLOVER roots of what is planned and what was done, who does it and to whom."""

from __future__ import annotations

import pytest

from onrecord.events.roots import roots
from onrecord.nouns import Event
from tests.events.reading import events_of


def coded(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Root, mode, source and target of the events of a text that have a root."""

    def actor(event: Event, role: str) -> str | None:
        found = getattr(event.code, role)
        return text[slice(*found.span)] if found else None

    return [
        (event.code.plover, event.code.mode, actor(event, "source"), actor(event, "target"))
        for event in events_of(text)
        if event.code
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Velmark expelled two diplomats of Karsenia on Monday.",
            ("SANCTION", "occurred", "Velmark", "two diplomats of Karsenia"),
        ),
        ("Velmark severed ties with Karsenia.", ("SANCTION", "occurred", "Velmark", "Karsenia")),
        ("Karsenia accused Velmark of spying.", ("ACCUSE", "occurred", "Karsenia", "Velmark")),
        ("Velmark called on Karsenia on Sunday to open its hospitals.", ("REQUEST", "occurred", "Velmark", "Karsenia")),
        ("The minister resigned.", ("CONCEDE", "occurred", "minister", None)),
        ("Velmark will withdraw its troops from Karsenia.", ("RETREAT", "planned", "Velmark", "Karsenia")),
        ("Brandt and Ostrow will meet on 3 May.", ("CONSULT", "planned", "Brandt", "Ostrow")),
        ("Dravik was bombed by Karsenia on Sunday.", ("ASSAULT", "occurred", "Karsenia", "Dravik")),
        ("An air strike by Karsenia hit Dravik on Sunday.", ("ASSAULT", "occurred", "Karsenia", None)),
        ("Velmark test-fired a missile on Sunday.", ("MOBILIZE", "occurred", "Velmark", "missile")),
        ("Riots broke out in Dravik on Sunday.", ("PROTEST", "occurred", None, None)),
        (
            "Three beekeepers filed a lawsuit against Brightwater on Sunday.",
            ("ACCUSE", "occurred", "Three beekeepers", "Brightwater"),
        ),
        (
            "The council gave its backing to Anton Velik on Sunday.",
            ("SUPPORT", "occurred", "council", "Anton Velik"),
        ),
        ("The union suspended Karsenia from its council on Sunday.", ("SANCTION", "occurred", "union", "Karsenia")),
        ("Dockers will march through Ostrev on 3 May.", ("PROTEST", "planned", "Dockers", None)),
    ],
)
def test_root_mode_source_and_target(text: str, code: tuple[str, str, str | None, str | None]) -> None:
    assert coded(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "He praised the weather.",  # what is done with words needs somebody it is done to
        "Velmark did not expel anybody.",
        "The river flooded the town.",
    ],
)
def test_what_is_no_deed_of_somebody(text: str) -> None:
    assert coded(text) == []


def test_the_longest_phrase_decides() -> None:
    strike = dict(roots("en").nouns["strike"])
    assert strike[frozenset()] == "PROTEST" and strike[frozenset({"air"})] == "ASSAULT"
    assert len(roots("en").nouns["strike"][0][0]) >= len(roots("en").nouns["strike"][-1][0])


def test_all_sixteen_roots_have_verbs_and_nouns() -> None:
    known = roots("en")
    for phrases in (known.verbs, known.nouns):
        assert len({root for each in phrases.values() for _, root in each}) == 16

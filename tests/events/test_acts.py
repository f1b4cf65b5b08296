"""Acts that are announced and have no noun."""

from __future__ import annotations

import pytest

from onrecord.events.acts import FEATURES, acts
from tests.events.reading import events_of, only, values


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The minister will resign.", "other", "planned"),
        ("Velmark said it will withdraw its troops from Karsenia.", "measure", "planned"),
        ("Karsenia will lift the curfew on 3 May.", "measure", "scheduled"),
        ("Velmark plans to ban the sale of coal.", "measure", "planned"),
    ],
)
def test_an_announced_act_is_an_event(text: str, kind: str, status: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == (kind, status)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will help both sides.",
        "Velmark will continue to support the truce.",
        "The new rules will allow shops to sell wine.",
        "The minister resigned.",
        "He will remain in Dravik.",
    ],
)
def test_courses_effects_and_what_is_done_are_no_acts(text: str) -> None:
    assert [event.kind for event in events_of(text) if event.status in ("planned", "scheduled", "mooted")] == []


def test_the_noun_names_the_event_where_the_verb_only_carries_it() -> None:
    assert only("Reyk will return to Dravik for talks on 3 May.").kind == "talks"


def test_its_first_day_is_the_date_of_a_measure() -> None:
    event = only("Karsenia will ban air travel for visitors beginning on 3 May.")
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-05-03"])


def test_a_verb_that_was_counted_often_has_its_own_rate() -> None:
    known = acts("en")
    assert len(known.weights) == len(FEATURES)
    cases, events, kind = known.verbs["resign"]
    assert events / cases > known.rate and kind == "other"

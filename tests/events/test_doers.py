"""Who does what a verb names: whose plan it is and who is asked to act, not the nearest subject."""

from __future__ import annotations

import pytest

from tests.events.reading import events_of, values


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Protesters marched against the Velmark government's plan to close the border on 3 May.",
            ["Velmark government"],
        ),
        ("Farmers are angry about government plans to ban the fertiliser from 3 May.", ["government"]),
        ("Velmark is going ahead with plans to close the border on 3 May.", ["Velmark"]),
        ("Velmark has announced plans to close the border on 3 May.", ["Velmark"]),
        ("Brandt opposed the plan to close the border on 3 May.", []),
        ("Karsenia ordered the aid agency Brightwater to leave the country on 3 May.", ["Brightwater"]),
    ],
)
def test_who_carries_out_what_is_planned(text: str, parties: list[str]) -> None:
    assert values(events_of(text)[-1], "participant") == parties

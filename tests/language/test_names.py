"""Of what a name is the name, and where it ends: places, halls, states and bodies that no list knows."""

from __future__ import annotations

import pytest

from onrecord.language import annotate
from tests.strategies import document


def types(text: str) -> dict[str, str]:
    return {entity.name: entity.type for entity in next(iter(annotate([document(text)]))).entities}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The envoys met at Tarnholm Castle. Tarnholm Castle was closed.", "Tarnholm Castle", "facility"),
        ("He spoke at Kest Hall. Kest Hall was full.", "Kest Hall", "facility"),
        ("The envoys were seen at Orre House on Monday.", "Orre House", "facility"),
        ("Jerry Hall left at noon.", "Jerry Hall", "person"),
        ("Mr. Castle left at noon.", "Castle", "person"),
        ("Talks were held in Mereth. Mereth would host them again.", "Mereth", "place"),
        ("They will gather in the lakeside town of Tarnholm. Tarnholm expects guests.", "Tarnholm", "place"),
        ("As she noted, Lunoria remains the only house on the street.", "Lunoria", "place"),
        ("Lena Heredia spoke. Heredia was cheered.", "Lena Heredia", "person"),
        ("The bank took a stake in Kestron. Kestron rose.", "Kestron", "organization"),
    ],
)
def test_types_of_names(text: str, name: str, kind: str) -> None:
    assert types(text).get(name) == kind


def test_a_place_and_the_surname_behind_it_are_two() -> None:
    found = types("She said that in Mereth Brandt had raised the fate of prisoners. Oskar Brandt flew home.")
    assert found == {"Mereth": "place", "Oskar Brandt": "person"}


def test_a_body_and_the_newspaper_that_reports_on_it_are_two() -> None:
    found = types("Lawmakers in the National Assembly Dravik Daily reported on Tuesday left early.")
    assert found == {"National Assembly": "organization", "Dravik Daily": "organization"}


def test_a_place_that_the_model_takes_for_a_date_is_found_where_it_sees_it_elsewhere() -> None:
    text = "Talks were held in Mereth. Mereth lies on a lake. He left Mereth on Friday."
    (entity,) = next(iter(annotate([document(text)]))).entities
    assert [text[slice(*mention.span)] for mention in entity.mentions] == ["Mereth"] * 3

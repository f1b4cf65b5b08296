"""Whether the speaker that an article names is the one whom a transcript labels: yes, no, or not known."""

from __future__ import annotations

import pytest

from onrecord.check import Named, names_of
from onrecord.check.speakers import same
from onrecord.nouns import Document, Sourced
from tests.check.briefing import transcript

LABELS = ["MS. LINDQVIST", "MR. BRANDT", "THE PRESIDENT", "Q"]


@pytest.mark.parametrize(
    ("names", "roles", "label", "answer"),
    [
        (("Mara Lindqvist",), (), "MS. LINDQVIST", True),
        (("Lindqvist",), (), "MS. LINDQVIST", True),
        (("MS. LINDQVIST",), (), "MS. LINDQVIST", True),
        (("Mr. Lindqvist",), (), "MS. LINDQVIST", False),
        (("Mara Lindqvist",), (), "MR. BRANDT", False),
        (("Edda Thorne",), (), "MR. BRANDT", False),
        (("Mara Lindqvist",), (), "Q", False),
        (("Edda Thorne",), (), "Q", None),
        (("Edda Thorne",), (), "THE PRESIDENT", None),
        ((), ("president",), "THE PRESIDENT", True),
        ((), ("harbour master",), "MR. BRANDT", None),
        ((), (), "MR. BRANDT", None),
    ],
)
def test_the_one_named(names: tuple[str, ...], roles: tuple[str, ...], label: str, answer: bool | None) -> None:
    assert same(Named(names, roles), label, None, LABELS) is answer


def test_nobody_is_labelled() -> None:
    assert same(Named(("Mara Lindqvist",)), None) is None


def test_an_office_that_means_somebody() -> None:
    assert same(Named(("Anton Velik",)), "THE PRESIDENT", "Anton Velik", LABELS) is True
    assert same(Named(("Anton Velik",)), "THE PRESIDENT", "Pavel Ostrow", LABELS) is False


def test_two_people_of_one_surname() -> None:
    labels = ["KARL BRANDT", "EDDA BRANDT"]
    assert same(Named(("Edda Brandt",)), "EDDA BRANDT", None, labels) is True
    assert same(Named(("Edda Brandt",)), "KARL BRANDT", None, labels) is False
    assert same(Named(("Edda Brandt",)), "MR. BRANDT", None, ["MR. BRANDT", "MS. BRANDT"]) is not True


def with_title(text: str, title: str, day: str | None = "2031-03-11", outlet: str | None = None) -> Document:
    document = transcript(text, day=day)
    published = Sourced(value=day, source="given", confidence=1.0) if day else None
    changed = {"title": title, "published": published, "outlet": outlet}
    return Document(**{**{name: getattr(document, name) for name in document.__struct_fields__}, **changed})


TURNS = "MS. LINDQVIST:  Good morning.\n\nQ  Why?\n\nTHE PRESIDENT:  We are ready.\n\nMS. LINDQVIST:  Thank you."


def test_a_title_names_a_label() -> None:
    document = with_title(TURNS, "Press Briefing by Press Secretary Mara Lindqvist and the Harbour Master")
    assert names_of(document) == {"MS. LINDQVIST": "Mara Lindqvist"}


def test_a_title_names_an_office() -> None:
    document = with_title(TURNS, "Remarks by President Anton Velik and Ms. Lindqvist in Mereth")
    assert names_of(document)["THE PRESIDENT"] == "Anton Velik"


def test_another_label_names_an_office() -> None:
    document = with_title(TURNS.replace("MS. LINDQVIST", "PRESIDENT VELIK"), "A meeting")
    assert names_of(document)["THE PRESIDENT"] == "Velik"


@pytest.mark.parametrize(
    ("day", "outlet", "name"),
    [
        ("2012-05-01", "The White House", "Barack Obama"),
        ("2017-01-19", "The White House", "Barack Obama"),
        ("2017-01-20", "The White House", "Donald Trump"),
        ("2021-06-01", "The White House", "Joe Biden"),
        ("2012-05-01", "Palace of Ostrev", None),
        ("1980-05-01", "The White House", None),
        (None, "The White House", None),
    ],
)
def test_a_table_tells_who_held_an_office_that_day(day: str | None, outlet: str, name: str | None) -> None:
    assert names_of(with_title(TURNS, "A meeting", day, outlet)).get("THE PRESIDENT") == name


def test_a_title_of_many_words_takes_no_time() -> None:
    assert names_of(with_title(TURNS, "Lord Of The Harbour " * 20_000)) == {}


@pytest.mark.parametrize(
    ("name", "label", "answer"),
    [
        ("the Presidency of Velmark", "MR. BRANDT", None),
        ("Juan de la Torre", "MR. DE LA TORRE", True),
        ("Ban Su-moon", "SECRETARY-GENERAL BAN", True),
        ("Karl Brandt Jr.", "MR. BRANDT", True),
        ("Brandt, Karl", "MR. BRANDT", True),
        ("John Lindqvist", "MS. LINDQVIST", False),
    ],
)
def test_forms_of_names(name: str, label: str, answer: bool | None) -> None:
    assert same(Named((name,)), label) is answer

"""How names are taken apart and which block they lie in."""

from __future__ import annotations

import pytest

from onrecord.ledger.calling import Called, alike, body, called
from onrecord.ledger.named import office_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Mara Lindqvist", Called("lindqvist", "mara")),
        ("Mara J. Lindqvist", Called("lindqvist", "mara", ("j",))),
        ("M.J. Lindqvist", Called("lindqvist", "m", ("j",))),
        ("Oskar Brandt Jr.", Called("brandt", "oskar", (), "jr")),
        ("Bashar al-Assad", Called("assad", "bashar")),
        ("Xi Jinping", Called("xi", "jinping")),
        ("Kim Jong Un", Called("kim", "jongun")),
        ("Kim Jong-un", Called("kim", "jongun")),
        ("Kim Cattrall", Called("cattrall", "kim")),
        ("Ursula von der Leyen", Called("leyen", "ursula")),
        ("Muammar Qaddafi", Called("gaddafi", "muammar")),
        ("Zelenskyy", Called("zelensky")),
        ("Bill de Vries", Called("vries", "bill")),
        ("de Vries", Called("vries")),
        ("Le Pen", Called("pen")),
        ("Ben Carden", Called("carden", "ben")),
        ("Ms Velik", Called("velik")),
        ("President Velik", Called("velik")),
        ("Søren Łącki’s", Called("lacki", "soren")),
    ],
)
def test_the_parts_of_a_name(name: str, parts: Called) -> None:
    assert called(name) == parts


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Mara Lindqvist", "MARA Lindqvist", "name"),
        ("Robert Brandt", "Bob Brandt", "short"),
        ("R. Brandt", "Robert Brandt", "initial"),
        ("Brandt", "Robert Brandt", "bare"),
        ("Willard Mitt Brandt", "Mitt Brandt", "middle"),
        ("Hanna Wasserman Orre", "Wasserman Orre", "middle"),
        ("Anna Lindqvist", "Mara Lindqvist", None),
        ("C. Rick Brandt", "Carla Brandt", None),
        ("C. Rick Brandt", "Rick Brandt", "middle"),
        ("Oskar W. Brandt", "Oskar H.W. Brandt", None),
        ("Oskar Brandt Jr.", "Oskar Brandt Sr.", None),
        ("Oskar Brandt Jr.", "Oskar Brandt", "name"),
    ],
)
def test_names_of_one_and_of_two(one: str, other: str, how: str | None) -> None:
    assert alike(called(one), called(other)) == alike(called(other), called(one)) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department of Justice", "Justice Department"),
        ("the Velmark Grain Board", "Velmark Grain Board Inc."),
        ("United Nations", "U.N."),
        ("U.S. Federal Bureau of Investigation (FBI", "FBI"),
        ("Russian Foreign Ministry", "Foreign Ministry of Russia"),
    ],
)
def test_one_body_by_two_names(one: str, other: str) -> None:
    assert body(one) == body(other)


def test_letters_lie_in_the_block_of_the_names_whose_initials_they_are() -> None:
    full, letters = body("Kestron Bridge and Tunnel Authority"), body("KBTA")
    assert full.block == letters.block and full.letters == letters.letters and full.words and not letters.words


def test_a_body_that_every_land_has_is_kept_apart_from_its_land() -> None:
    assert body("Foreign Ministry").block == body("Russian Foreign Ministry").block
    assert (body("Foreign Ministry").land, body("Russian Foreign Ministry").land) == ("", "russia")
    assert body("Kestron Opera").block != body("Russian Kestron Opera").block


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("White House press secretary", "spokesperson|united states|#seat"),
        ("U.S. Treasury Secretary", "finance_minister|united states"),
        ("Polish deputy foreign minister", "foreign_minister|poland|deputy"),
        ("Polish foreign minister", "foreign_minister|poland"),
        ("minister of foreign affairs of Poland", "foreign_minister|poland"),
        ("president", None),
    ],
)
def test_an_office_by_its_class_land_and_body(title: str, key: str | None) -> None:
    office = office_of(title)
    assert office is not None and office.key == key and not office.past


def test_what_is_no_office_and_what_was_one() -> None:
    former = office_of("former Polish president")
    assert former is not None and former.past
    assert office_of("a long road") is None

"""With whom an entity is compared, however many bear its name."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord.reading
from onrecord.ledger import Ledger, candidates
from onrecord.ledger.candidates import Candidates
from onrecord.ledger.identity import Telling
from onrecord.ledger.named import named_by
from tests.ledger.keeping import filled
from tests.ledger.naming import Who, by_id, naming, readings

LAST = 10_000
"""A number in the ledger behind all others."""

VOWELS = "aeiou"


def told(path: Path, monkeypatch: pytest.MonkeyPatch, *names: tuple[int, Who]) -> Ledger:
    """A ledger of documents that name one each, by the day of April."""
    every = [naming(f"2031-04-{day:02}", f"{who.name} met.", who, name=f"d{n}") for n, (day, who) in enumerate(names)]
    known = readings(*every)
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: by_id(known, sources))
    return filled(path, *(given for given, _ in every))[0]


def asked(ledger: Ledger, day: str, who: Who) -> tuple[set[str], bool]:
    """The names of those with whom one who is told of on a day is compared, and whether others are left out."""
    [named], _ = named_by(naming(day, f"{who.name} met.", who)[1])
    found, others = Candidates(ledger.connection).of(Telling(named, f"{day} z", LAST), LAST)
    rows = ledger.connection.execute(
        "SELECT i.identity, e.name FROM identities n JOIN identified i ON (i.identity, i.place) = (n.id, n.first) "
        "JOIN entities e ON e.id = i.entity"
    )
    return {name for identity, name in rows if identity in found}, others


def test_of_bodies_with_the_same_initials_only_what_has_the_same_words_or_no_words_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "CROWD", 3)
    bodies = [(n + 1, Who(f"K{a}stron Bridge Tunnel Office", "organization")) for n, a in enumerate(VOWELS)]
    ledger = told(
        tmp_path / "a", monkeypatch, *bodies, (9, Who("KBTO", "organization")), (9, Who("OTBK", "organization"))
    )
    named = [who.name for _, who in bodies]
    assert asked(ledger, "2031-04-20", Who(named[0], "organization")) == ({named[0]}, False)
    assert asked(ledger, "2031-04-20", Who("Kyrna Bridge Tunnel Office", "organization"))[0] == set()
    assert asked(ledger, "2031-04-20", Who("KBTO", "organization"))[0] == set(named[-3:])


def test_of_many_people_of_one_surname_those_are_compared_who_were_told_of_last_as_of_that_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "CROWD", 2)
    given = ("Mara", "Milo", "Mirko", "Moritz", "Anton")
    people = [(n + 1, Who(f"{each} Ostrava")) for n, each in enumerate(given)]
    ledger = told(tmp_path / "a", monkeypatch, *people, (20, Who("Mara Ostrava")))
    assert asked(ledger, "2031-04-25", Who("M. Ostrava")) == ({"Mara Ostrava", "Moritz Ostrava"}, True)
    assert asked(ledger, "2031-04-10", Who("M. Ostrava")) == ({"Mirko Ostrava", "Moritz Ostrava"}, True)
    assert asked(ledger, "2031-04-10", Who("Anton Ostrava")) == ({"Anton Ostrava"}, True)
    assert asked(ledger, "2031-04-25", Who("Ostrava")) == ({"Mara Ostrava", "Anton Ostrava"}, False)

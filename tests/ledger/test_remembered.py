"""What the program that writes remembers has an end, and the ledger is the same with little of it.

A long run is no test; `evaluation.bench_adding memory` measures one.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator, Sequence
from functools import _lru_cache_wrapper
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger import bearing, summaries
from onrecord.ledger.tellings import Outline
from onrecord.nouns import Kept
from tests.ledger.keeping import filled
from tests.ledger.test_events import STORY, telling

OF_THE_PROGRAM = {"language", "seats", "letter"}
"""What there are few of, however many documents come."""

PEOPLE = ("Mara Tolm", "Ivo Sevrin", "Hela Osk", "Jon Brenn", "Nika Quill")
MANY = (
    *STORY,
    *(
        telling(f"2031-04-{day:02}", f"{one} will meet {other} at a summit.", "summit", "scheduled",
                ("participant", one, "settled"), ("participant", other, "settled"),
                ("date", f"2031-06-{10 + number:02}", "settled"))
        for day in (2, 9, 16)
        for number, (one, other) in enumerate(combinations(PEOPLE, 2))
    ),
)  # fmt: skip
"""Summits of which each is a candidate for others, by one of the two who meet."""


def _remembering() -> Iterator[tuple[str, Any]]:
    for room in map(import_module, ("onrecord.check", "onrecord.ledger")):
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = import_module(found.name)
            for name, each in vars(module).items():
                if isinstance(each, _lru_cache_wrapper) and each.__module__ == module.__name__:
                    yield f"{found.name}.{name}", each


def test_what_is_asked_by_words_of_documents_is_remembered_of_the_last_ones_alone() -> None:
    known = dict(_remembering())
    assert "onrecord.ledger.naming.plain" in known
    for name, each in known.items():
        asked = set(inspect.signature(each).parameters)
        most = each.cache_parameters()["maxsize"]
        assert most is not None or asked <= OF_THE_PROGRAM, f"{name}: what {asked} gives has no end"
        assert most is None or most <= 2**14, f"{name}: {most} are remembered"


def test_with_few_outlines_and_names_in_memory_the_ledger_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, asked, most = list[list[str]](), list[int](), list[int]()

    class Watched(summaries.Summaries):
        def _read(self, names: Sequence[str]) -> dict[str, Outline]:
            asked[-1] += len(names)
            return super()._read(names)

        def add(self, *one: Any) -> None:
            super().add(*one)
            most[-1] = max(most[-1], len(self._asked), len(self._changed))

    monkeypatch.setattr("onrecord.ledger.threads.Summaries", Watched)
    monkeypatch.setattr(summaries, "FEW", 1)
    for few in (False, True):
        if few:
            monkeypatch.setattr(summaries, "REMEMBERED", 2)
            monkeypatch.setattr(summaries, "CHANGED", 2)
            monkeypatch.setattr(bearing, "REMEMBERED", 2)
        asked.append(0)
        most.append(0)
        with filled(tmp_path / str(few), *(Kept(source=given, reading=reading) for given, reading in MANY))[
            0
        ] as ledger:
            ledger.connection.executescript("UPDATE chronicle_stamps SET stamp = x''; DELETE FROM day_stamps")
            held.append(sorted(ledger.connection.iterdump()))
    assert held[0] == held[1]
    assert most[1] <= 3 < most[0]
    assert asked[1] > asked[0], "what is let go of is read again"

"""docs/python.md does what it says: its examples are run on the sample story."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from onrecord.answers.ledger import Ledger

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "python.md"


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 20 and not failed


def test_every_verb_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    verbs = {name for name, value in vars(Ledger).items() if callable(value) and not name.startswith("_")}
    assert {name for name in verbs if f"{name}(" not in text and f".{name}" not in text} == set()

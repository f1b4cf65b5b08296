"""The scorer of episodes asks in this process: what it gets is what the commands print and end with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation import asof

TEXT = "Morland will hold the river summit in Bresk on 3 May, the foreign ministry said."


def test_commands_are_answered_here_as_they_are_outside(tmp_path: Path) -> None:
    ledger = str(tmp_path / "episode.ledger")
    record = {"id": "d1", "published": "2031-04-20", "text": TEXT}
    (tmp_path / "documents.jsonl").write_text(json.dumps(record) + "\n")
    added = asof.run("add", "--ledger", ledger, str(tmp_path / "documents.jsonl"))
    assert (added.returncode, added.stdout) == (0, "") and "1 added" in added.stderr
    told = asof.run("events", "--ledger", ledger, "--as-of", "2031-04-20", "--json", "river summit")
    assert json.loads(told.stdout)["date"]["value"] == "2031-05-03"
    assert asof.run("events", "--ledger", ledger, "--as-of", "2031-04-19", "--json", "river summit").stdout == ""
    assert asof.run("add", "--ledger", ledger, "--workers", "0").returncode == 2


def test_a_scorer_asks_by_the_function_in_place_of_its_own(tmp_path: Path) -> None:
    lines = ["def run(*args):", "    raise OSError", "def ask():", "    return run('--version')"]
    (tmp_path / "scorer.py").write_text("\n".join(lines) + "\n")
    assert asof.scorer(tmp_path / "scorer.py").ask().stdout.startswith("onrecord ")
    with pytest.raises(FileNotFoundError):
        asof.scorer(tmp_path / "none.py")

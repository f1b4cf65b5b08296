"""`onrecord add` and the questions to a ledger, as a user and a script meet them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

import onrecord.reading
from onrecord.cli import main
from tests.ledger.keeping import OLD, read_many


class Run(Protocol):
    """Runs ``onrecord`` with these arguments on one ledger."""

    def __call__(self, *arguments: str) -> Result: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.setattr(onrecord.reading, "reader", lambda: OLD)
    lines = [
        {"id": "a", "text": "Dalgard said yes.", "published": "2031-04-01", "outlet": "The Post"},
        {"id": "b", "text": "Velik said no.", "published": "2031-05-01"},
        {"id": "c", "text": "unreadable"},
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    def run(*arguments: str) -> Result:
        ledger = str(tmp_path / "a.ledger")
        return CliRunner().invoke(main, [*arguments, "--ledger", ledger], catch_exceptions=False)

    return run


def add(run: Run, tmp_path: Path) -> Result:
    return run("add", str(tmp_path / "news.jsonl"), "--cores", "1")


def test_adding_says_what_became_of_the_documents(run: Run, tmp_path: Path) -> None:
    first, again = add(run, tmp_path), add(run, tmp_path)
    assert first.exit_code == again.exit_code == 4
    assert "2 added, 0 there already, 1 could not be read" in first.stderr and first.stdout == ""
    assert "0 added, 2 there already, 1 could not be read" in again.stderr


def test_questions_for_people_and_for_programs(run: Run, tmp_path: Path) -> None:
    add(run, tmp_path)
    found = run("statements", "yes")
    assert found.stdout == "Dalgard, via VNA: Dalgard said yes.\n  — a (2031-04-01, The Post)\n"
    [line] = run("statements", "--as-of", "2031-04-30", "--json").stdout.splitlines()
    assert json.loads(line)["document"] == "a" and json.loads(line)["span"] == [0, 17]
    listed = run("documents").stdout
    assert listed.splitlines()[0].startswith("2031-05-01  b")
    assert "unreadable" in run("problems").stdout
    assert json.loads(run("stats", "--json").stdout)["documents"] == 2


def test_a_ledger_that_is_not_there_is_named(run: Run) -> None:
    result = run("statements")
    assert result.exit_code == 5 and "there is no such ledger" in result.stderr


def test_a_retry_reads_the_files_that_failed(run: Run, tmp_path: Path) -> None:
    add(run, tmp_path)
    text = (tmp_path / "news.jsonl").read_text()
    (tmp_path / "news.jsonl").write_text(text.replace("unreadable", "Reyk said so."))
    result = run("add", "--retry", "--cores", "1")
    assert result.exit_code == 0 and "1 added, 2 there already" in result.stderr
    assert run("problems").stdout == ""

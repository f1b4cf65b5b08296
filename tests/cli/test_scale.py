"""`onrecord scale` as a user and a script meet it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord.reading
from onrecord.cli import main
from onrecord.cli.progress import time_left
from onrecord.scale import DOCUMENTS
from tests.ledger.keeping import OLD, read_many


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of three documents, of which one can't be read; no model is asked."""
    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.setattr(onrecord.reading, "reader", lambda: OLD)
    lines = [
        {"id": name, "text": text} for name, text in (("a", "Dalgard said yes."), ("b", "unreadable"), ("c", "No."))
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path / "news.jsonl"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["scale", *map(str, arguments), "--workers", "1"], catch_exceptions=False)


def test_a_run_tells_how_far_it_is_and_what_came_of_it(news: Path) -> None:
    done = run(news, "--to", news.parent / "out", "--documents", 2)
    assert done.exit_code == 4 and done.stdout == ""
    begins, first, _, ends = done.stderr.splitlines()
    assert begins == "onrecord: 2 shards to read, 0 are there already"
    assert first.startswith("onrecord: 1 of 2: news.jsonl-") and "1 documents, 1 problems; " in first
    assert "documents/s, " in first and first.endswith(" left")
    assert ends.endswith("out: 2 documents, 2 statements, 0 events, 1 could not be read")
    again = run(news, "--to", news.parent / "out", "--documents", 2).stderr.splitlines()
    assert again[0] == "onrecord: 0 shards to read, 2 are there already" and again[1] == ends


def test_what_it_made_goes_into_a_ledger(news: Path) -> None:
    run(news, "--to", news.parent / "out")
    ledger = news.parent / "a.ledger"
    added = CliRunner().invoke(main, ["add", "--ledger", str(ledger), str(news.parent / "out"), "--workers", "1"])
    assert added.exit_code == 4 and "2 added, 0 there already, 1 could not be read" in added.stderr


def test_nothing_that_could_be_read(news: Path) -> None:
    gone = run(news.parent / "gone.warc", "--to", news.parent / "out")
    assert gone.exit_code == 3 and "1 inputs or shards failed" in gone.stderr
    assert f"onrecord: {news.parent / 'gone.warc'}: it can't be opened: No such file" in gone.stderr
    assert "gone.warc" in (news.parent / "out" / "problems.jsonl").read_text()


@pytest.mark.parametrize("wrong", [["-"], ["https://courier.example/"], ["news.jsonl", "--address", "auto"], []])
def test_what_is_no_input_is_wrong_usage(news: Path, wrong: list[str]) -> None:
    assert run(*wrong, "--to", news.parent / "out").exit_code == 2
    assert not (news.parent / "out").exists()


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [("ray", ["--engine", "ray"], "onrecord[ray]"), ("pyarrow", [], "onrecord[parquet]")],
)
def test_what_is_not_installed_is_named(
    news: Path, monkeypatch: pytest.MonkeyPatch, module: str, arguments: list[str], extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    missing = run(news, "--to", news.parent / "out", *arguments)
    assert missing.exit_code == 2 and f"pip install '{extra}'" in missing.stderr


def test_a_folder_that_cant_be_made(news: Path) -> None:
    assert run(news, "--to", news / "out").exit_code == 74


def test_times_as_people_say_them() -> None:
    assert [time_left(seconds) for seconds in (0.4, 59.7, 60, 3599, 3600, 90_061)] == [
        "0 s", "60 s", "1 min", "1 h 00 min", "1 h 00 min", "25 h 01 min"
    ]  # fmt: skip


def test_the_usual_number_of_documents_is_the_one_that_is_told() -> None:
    (option,) = (each for each in main.commands["scale"].params if each.name == "documents")
    assert option.default == DOCUMENTS

"""``--profile``: the table adds up and comes on standard error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.cli.profile import TOLD, profiled, table
from onrecord.spent import UNMEASURED, Spent, Step

PAGES = "\n".join(f'{{"id": "d{n}", "text": "Ana Dalgard said talks begin on Monday {n}."}}' for n in range(3))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


def test_what_no_step_took_is_told_too() -> None:
    spent: dict[Step, Spent] = {"page": Spent(1.0, 1.0, 4), "waiting": Spent(0.0, 3.0, 2), "tagger": Spent(2.0, 2.0, 4)}
    lines = list(table(spent, 4.0, 6.5))
    assert lines[0] == "onrecord: 4.0 s of processor time in 6.5 s, 4 documents read:"
    told = [re.split(r"\s{2,}", line.strip()) for line in lines[2:]]
    assert told == [
        [TOLD["page"], "1.0", "25.0%", "250.0 ms"],
        [TOLD["tagger"], "2.0", "50.0%", "500.0 ms"],
        [TOLD["waiting"], "0.0", "0.0%", "0.0 ms", "3.0 s"],
        ["all else: starting, libraries, handing over", "1.0", "25.0%", "250.0 ms"],
    ]


def test_what_workers_took_that_the_system_does_not_know_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    with profiled(True, apart=True) as meter:
        meter.count({"tagger": Spent(10_000.0, 10_000.0, 1)})
    first, _, tagger, _ = capsys.readouterr().err.splitlines()
    assert float(first.split()[1]) >= 10_000 and re.search(r"tagger +10000\.0 +(?:100\.0|99\.\d)%", tagger)


def test_a_run_without_pages_has_no_figure_a_document() -> None:
    lines = list(table({"asking": Spent(1.0, 1.0, 9)}, 1.0, 1.0))
    assert "documents" not in lines[0] and lines[2].split()[-2:] == ["1.0", "100.0%"]


def test_a_run_that_is_stopped_tells_where_its_time_went(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), profiled(True) as meter, meter.of("page"):
        raise KeyboardInterrupt
    assert TOLD["page"] in capsys.readouterr().err
    with profiled(False) as meter:
        assert meter is UNMEASURED
    assert capsys.readouterr().err == ""


def test_checking_tells_where_time_went(tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text("THE PRESIDENT: We will open the bridge of Selm in May.")
    (tmp_path / "news.jsonl").write_text('{"id": "q", "quote": "We will open the bridge"}\n' + PAGES)
    checked = run("check", "--json", "--profile", "--against", tmp_path / "said.txt", tmp_path / "news.jsonl")
    assert checked.stdout.count("\n") == 1 and "4 documents read:" in checked.stderr
    steps = set(TOLD) - {"cutting", "packing", "waiting", "copies", "texts", "names", "threads"}
    assert [TOLD[step] in checked.stderr for step in steps] == [True] * len(steps)
    assert TOLD["page"] not in run("check", "--json", "--against", tmp_path / "said.txt", "--quote", "We will").stderr


def test_adding_reading_scaling_and_exporting_tell_where_time_went(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(PAGES)
    read = run("read", "--json", "--profile", tmp_path / "news.jsonl")
    assert read.stdout.count("\n") == 3 and "3 documents read:" in read.stderr and TOLD["writing"] in read.stderr
    added = run("add", "--profile", "--workers", "1", "--ledger", tmp_path / "l", tmp_path / "news.jsonl")
    assert added.exit_code == 0 and added.stdout == "" and "3 documents read:" in added.stderr
    steps = set(TOLD) - {"cutting", "asking", "waiting", "packing"}
    assert [TOLD[step] in added.stderr for step in steps] == [True] * len(steps)
    readings = tmp_path / "readings"
    scaled = run("scale", "--profile", "--workers", "1", "--to", readings, tmp_path / "news.jsonl")
    assert scaled.exit_code == 0 and scaled.stdout == "" and "3 documents read:" in scaled.stderr
    steps = set(TOLD) - {"asking", "waiting", "copies", "quotes", "texts", "names", "threads"}
    assert [TOLD[step] in scaled.stderr for step in steps] == [True] * len(steps)
    written = run("export", "csv", "--of", "documents", "--profile", "--ledger", tmp_path / "l")
    assert written.exit_code == 0 and TOLD["asking"] in written.stderr and TOLD["asking"] not in written.stdout

"""How far a long run is: drawn for people on a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from onrecord.cli.progress import Of, progress


class Screen(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Put a terminal in the place of standard error (in the test itself, since pytest puts its own there before it)."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("NO_COLOR", raising=False)
    made = Screen()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_a_run_whose_end_is_not_known_tells_how_many_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    with progress(None, results_on_stdout=False, of=Of("writing", "events")) as bar:
        for _ in range(3):
            bar.advance()
    assert all(told in shown.getvalue() for told in ("writing", "3/?", "events/s"))


def test_a_run_over_files_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    with progress(4, results_on_stdout=False) as bar:
        bar.advance()
    assert all(told in shown.getvalue() for told in ("reading", "1/4", "documents/s", ":--"))


def test_a_log_has_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    moments = iter([0.0, 30.0, 60.0, 61.0, 180.0])
    monkeypatch.setattr("onrecord.cli.progress.monotonic", lambda: next(moments))
    with progress(8, results_on_stdout=False) as bar:
        for _ in range(4):
            bar.advance()
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "onrecord: reading: 2 of 8 documents, 0.0 documents/s, 3 min left",
        "onrecord: reading: 4 of 8 documents, 0.0 documents/s, 3 min left",
    ]


def test_a_log_of_an_archive_tells_the_time_left_by_its_bytes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([0.0, 50.0, 100.0])
    monkeypatch.setattr("onrecord.cli.progress.monotonic", lambda: next(moments))
    with progress(None, results_on_stdout=True, size=1_000) as bar:
        bar.advance()
        bar.taken(10)
        bar.advance()
    assert capsys.readouterr().err == "onrecord: reading: 2 documents, 0.0 documents/s, 2 h 45 min left\n"


def test_nothing_is_drawn_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(4, results_on_stdout=False) as bar:
        bar.advance()
        bar.taken(10)
    assert capsys.readouterr() == ("", "")

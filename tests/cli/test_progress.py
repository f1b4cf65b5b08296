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


def test_nothing_is_drawn_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(4, results_on_stdout=False) as bar:
        bar.advance()
        bar.taken(10)
    assert capsys.readouterr() == ("", "")

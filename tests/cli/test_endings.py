"""A Ctrl-C that Python could not raise ends every command that runs for long, all the same."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import onrecord.reading
from onrecord.cli import main
from onrecord.nouns import Reading
from onrecord.scale.running import Step
from tests.strategies import sample_reading


class Thrown:
    """What takes the press with it while it is thrown away, where Python can't raise it."""

    def __init__(self, number: signal.Signals) -> None:
        self._number = number

    def __del__(self) -> None:
        signal.raise_signal(self._number)


def lose_a_press(number: signal.Signals = signal.SIGINT) -> None:
    thrown = Thrown(number)
    del thrown


def of_three(done: list[int]) -> Iterator[Reading]:
    """Three readings; while the first is made a press is lost."""
    for number in range(3):
        done.append(number)
        if number == 0:
            lose_a_press()
        yield sample_reading()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_LEDGER", "a.ledger")
    Path("a.txt").write_text("Talks go on.\n")
    CliRunner().invoke(main, ["source", "add", "missing.txt"], catch_exceptions=False)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_a_report_that_is_read_for(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(onrecord.reading, "read_many", lambda *_: of_three(done))
    assert run("read", "--html", "out.html", "a.txt").exit_code == 130
    assert done == [0] and not Path("out.html").exists()


def test_a_file_that_is_exported(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr("onrecord.publish.choosing.chosen", lambda *_: of_three(done))
    assert run("export", "annotations", "--output", "out.jsonl").exit_code == 130
    assert done == [0] and not Path("out.jsonl").exists()


def test_archives_that_are_read(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def scale(
        paths: Iterable[str], folder: Path, engine: object, documents: int, told: Callable[[Step], None], meter: object
    ) -> Any:
        for number in range(3):
            done.append(number)
            lose_a_press()
            told(Step(0, 3, 0, None))

    monkeypatch.setattr("onrecord.scale.scale", scale)
    assert run("scale", "a.txt", "--to", "out").exit_code == 130
    assert done == [0]


def test_a_watch_before_it_polls(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def due(*_: object) -> list[str]:
        lose_a_press()
        return ["missing.txt"]

    monkeypatch.setattr("onrecord.ledger.followed.due", due)
    ended = run("watch", "--once")
    assert ended.exit_code == 130 and "missing.txt" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_before_it_waits(
    number: signal.Signals, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(seconds: float) -> None:
        raise AssertionError(seconds)

    monkeypatch.setattr(sys.modules["onrecord.cli.source"], "poll_due", lambda *_: lose_a_press(number))
    monkeypatch.setattr("time.sleep", sleep)
    was = signal.getsignal(signal.SIGTERM)
    try:
        assert run("watch").exit_code == 130
    finally:
        signal.signal(signal.SIGTERM, was)


def test_a_watch_between_the_documents_of_a_source(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []

    def keep(ledger: object, addresses: object, found: object, way: object, done: Callable[[None], None]) -> None:
        lose_a_press()
        done(None)
        reached.append("the next document")

    monkeypatch.setattr("onrecord.acquire.taking.keep", keep)
    assert run("watch", "--once").exit_code == 130
    assert reached == []

"""What `onrecord read` makes of readings: JSON Lines, the view, the report.

Promise: each output takes readings one at a time and keeps none that it has printed (the report has to keep its
sections until the file is whole); whatever is printed is printed as whole lines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from onrecord.cli.endings import NotWritten, whole

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.nouns import Reading

STANDARD_OUTPUT = Path("-")

_HEAD = 4096
"""Bytes in which a report has told what it is."""


class Output(Protocol):
    """A place where readings go."""

    def write(self, reading: Reading) -> None:
        """Take one reading."""

    def close(self) -> None:
        """Say that there are no more."""


class JsonLines:
    """One JSON object a line on standard output, UTF-8 whatever the locale, each as soon as it is known."""

    def write(self, reading: Reading) -> None:
        """Print one line."""
        from onrecord.publish.jsonl import json_line

        with whole():
            sys.stdout.buffer.write(json_line(reading))
            sys.stdout.buffer.flush()

    def close(self) -> None:
        """Nothing is left to do."""


def standard_console(color: bool | None) -> Console:
    """Return the console of the view on standard output; ``color`` None: colours on a terminal only."""
    from onrecord.cli.view import view_console

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a locale without “ is no reason to stop
    return view_console(sys.stdout, color)


class View:
    """The view for people on standard output."""

    def __init__(self, color: bool | None) -> None:
        self._console = standard_console(color)
        self._first = True

    def write(self, reading: Reading) -> None:
        """Print one document, ruled off from the one before."""
        from onrecord.cli.view import print_reading

        with whole():
            if not self._first:
                self._console.rule(style="dim")
            print_reading(self._console, reading)
            sys.stdout.flush()
        self._first = False

    def close(self) -> None:
        """Nothing is left to do."""


class ReportFile:
    """The HTML file that a user named; ``-`` is standard output.

    Only a report is written over: ``--html *.html``, as a shell spells it out, names the first page as the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if path == STANDARD_OUTPUT:
            return
        if not path.parent.is_dir():
            raise click.UsageError(f"--html {path}: there is no folder {path.parent}; make it first.")
        if _is_something_else(path):
            raise click.UsageError(f"--html {path}: this file is there already and is no report; name another file.")

    def write(self, page: str) -> None:
        """Write the file. Raises NotWritten where that fails; what was there then stays."""
        if self._path == STANDARD_OUTPUT:
            with whole():
                sys.stdout.buffer.write(page.encode("utf-8"))
                sys.stdout.buffer.flush()
            return
        write_file(self._path, [page.encode("utf-8")])
        click.echo(f"onrecord: wrote {self._path}", err=True)


class Report:
    """One HTML file with a section a document, written when all are read."""

    def __init__(self, path: Path) -> None:
        self._file = ReportFile(path)
        self._readings: list[Reading] = []

    def write(self, reading: Reading) -> None:
        """Keep one reading for the file."""
        self._readings.append(reading)

    def close(self) -> None:
        """Write the file, unless nothing was read. Raises NotWritten where that fails."""
        from onrecord.publish.report import report

        if self._readings:
            self._file.write(report(self._readings))


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file whole or not at all; what is no plain file (a pipe, a device) is written as it comes.

    Raises NotWritten where that fails; what was there then stays.
    """
    plain = path.is_file() or not path.exists()
    beside = path.with_name(f".{path.name}.{os.getpid()}") if plain else path
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
        if plain:
            beside.replace(path)
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise NotWritten(f"{path} can't be written: {problem.strerror}") from problem
    finally:
        if plain:
            beside.unlink(missing_ok=True)


def _is_something_else(path: Path) -> bool:
    """Whether a file is there that holds something and is no report (a report says what generated it)."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            beginning = file.read(_HEAD)
    except OSError:
        return False  # writing it will say why
    return bool(beginning) and b'<meta name="generator" content="onrecord ' not in beginning

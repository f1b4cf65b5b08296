"""How a command ends: exit codes, Ctrl-C, a reader that leaves early, a disk that is full.

Promise: what stands on standard output when a command ends is whole lines, and a program that calls onrecord can tell
from the exit code alone whether everything was read. The odd case that forced the shape: Ctrl-C arrives at any byte,
so while a line is being written it is put off until the line is out; a second Ctrl-C is not put off, since the reader
of a pipe may have stopped reading for good. Where it arrives in what a library calls back, or while something is thrown
away, Python can't raise it and goes on; so each press is noted too, and looked for between documents.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType

import click

ALL_READ = 0
USAGE = click.UsageError.exit_code
NOTHING_READ = 3
SOME_UNREAD = 4
NOT_WRITTEN = 74
"""EX_IOERR of sysexits.h."""
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""
READER_LEFT = 141
"""128 + SIGPIPE: what other tools end with when ``| head`` has had enough."""


class NotWritten(Exception):
    """What was read could not be written; the text says where, and why."""


@contextmanager
def quiet_endings() -> Iterator[None]:
    """End the program without a traceback when the user or the reader of standard output has had enough.

    What standard output did not take is an error of its own, since results are lost.
    """
    try:
        with _noted():
            yield
        with whole():
            sys.stdout.flush()
    except KeyboardInterrupt:
        _abandon_stdout()
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        _abandon_stdout()
        raise SystemExit(READER_LEFT) from None
    except NotWritten as problem:
        _abandon_stdout()
        click.echo(f"onrecord: {problem}; the results are not complete", err=True)
        raise SystemExit(NOT_WRITTEN) from None


_presses: list[int] = []
"""The presses of Ctrl-C that were raised, of which some may have been lost on their way."""


def stop(number: int, frame: FrameType | None) -> None:
    """Note a Ctrl-C and raise it; to be the handler of other signals that end a command as Ctrl-C does."""
    _presses.append(number)
    raise KeyboardInterrupt


@contextmanager
def _noted() -> Iterator[None]:
    """Note each Ctrl-C that is raised in here; one that Python could not raise is not told of as a defect."""

    def lost(told: sys.UnraisableHookArgs) -> None:
        if not issubclass(told.exc_type, KeyboardInterrupt):
            told_of(told)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or current_thread() is not main_thread():
        yield  # somebody else sees to it, or nobody is to stop the program so
        return
    told_of = sys.unraisablehook
    signal.signal(signal.SIGINT, stop)
    sys.unraisablehook = lost
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _presses.clear()  # what ended otherwise has ended
        sys.unraisablehook = told_of


def not_stopped() -> None:
    """Raise KeyboardInterrupt where Ctrl-C was pressed and what it raised was lost.

    To be asked between documents, and before a command waits.
    """
    if _presses:
        _presses.clear()
        raise KeyboardInterrupt


@contextmanager
def whole() -> Iterator[None]:
    """Put off Ctrl-C while what stands inside is written to standard output. Raises NotWritten where that fails.

    Raises KeyboardInterrupt for one that came before and was lost.
    """
    not_stopped()
    pending: list[int] = []

    def put_off(number: int, frame: FrameType | None) -> None:
        if pending:
            raise KeyboardInterrupt
        pending.append(number)

    try:
        before = signal.signal(signal.SIGINT, put_off)
    except ValueError:  # not in the main thread, where no Ctrl-C arrives
        before = None
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise NotWritten(f"standard output can't be written: {problem.strerror or problem}") from problem
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    if pending:
        raise KeyboardInterrupt


def _abandon_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's own last flush has nowhere to fail."""
    with suppress(OSError, ValueError):  # standard output may be no file (a test's): then nothing is flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

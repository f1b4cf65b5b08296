"""How a command ends: exit codes, Ctrl-C, a reader that leaves early, a disk that is full.

Promise: what stands on standard output when a command ends is whole lines, and a program that calls onrecord can tell
from the exit code alone whether everything was read. The odd case that forced the shape: Ctrl-C arrives at any byte,
so while a line is being written it is put off until the line is out; a second Ctrl-C is not put off, since the reader
of a pipe may have stopped reading for good.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def whole() -> Iterator[None]:
    """Put off Ctrl-C while what stands inside is written to standard output. Raises NotWritten where that fails."""
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

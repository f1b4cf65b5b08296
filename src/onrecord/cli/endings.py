"""How a command ends: exit codes, Ctrl-C, a reader that leaves early.

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

ALL_READ = 0
USAGE = 2
NOTHING_READ = 3
SOME_UNREAD = 4
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""
READER_LEFT = 141
"""128 + SIGPIPE: what other tools end with when ``| head`` has had enough."""


@contextmanager
def quiet_endings() -> Iterator[None]:
    """End the program without a traceback when the user or the reader of standard output has had enough."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        _abandon_stdout()
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        _abandon_stdout()
        raise SystemExit(READER_LEFT) from None


@contextmanager
def whole() -> Iterator[None]:
    """Put off Ctrl-C while what stands inside is written."""
    pending: list[int] = []

    def put_off(number: int, frame: FrameType | None) -> None:
        if pending:
            raise KeyboardInterrupt
        pending.append(number)

    try:
        before = signal.signal(signal.SIGINT, put_off)
    except ValueError:  # not in the main thread, where no Ctrl-C arrives
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pending:
        raise KeyboardInterrupt


def _abandon_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's own last flush has nowhere to fail."""
    with suppress(OSError, ValueError):  # standard output may be no file (a test's): then nothing is flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

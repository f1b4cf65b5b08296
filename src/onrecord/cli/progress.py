"""How far a long run is, on standard error: a bar for people, a line now and then for logs.

Promise: where nobody knows how many documents there are (an archive), the bytes of the files tell how far it is;
nothing is told where one document is to be read; where results are printed to the same terminal nothing is drawn
either, since they are the progress and a bar would run through them. The odd case that forced the shape: a run of hours
under cron or in a container has no terminal, and who looks at its log wants to know how far it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import NamedTuple, Protocol

import click


class Bar(Protocol):
    """What a run reports to."""

    def taken(self, count: int) -> None:
        """So many more bytes of the files were read."""

    def advance(self) -> None:
        """One more document is done, read or not."""

    def say(self, sentence: str) -> None:
        """Tell the user something on standard error."""


class _Silent:
    def taken(self, count: int) -> None:
        pass

    def advance(self) -> None:
        pass

    def say(self, sentence: str) -> None:
        from onrecord.publish.harmless import harmless

        click.echo(harmless(sentence), err=True)


class _Logged(_Silent):
    """Tells on a line every now and then how far a run is; one that is soon done says nothing."""

    def __init__(self, total: int | None, size: int | None, of: Of) -> None:
        self._total, self._size, self._of = total, size, of
        self._taken = self._done = 0
        self._began = self._told = monotonic()

    def taken(self, count: int) -> None:
        self._taken += count

    def advance(self) -> None:
        self._done += 1
        now = monotonic()
        if now - self._told < LOGGED:
            return
        self._told, seconds = now, now - self._began
        share = self._done / self._total if self._total else self._taken / self._size if self._size else 0.0
        of = f" of {self._total:,}" if self._total else ""
        rate = f"{self._done / seconds:.1f} {self._of.things}/s"
        left = f", {time_left(seconds / share - seconds)} left" if 0 < share <= 1 else ""
        self.say(f"onrecord: {self._of.doing}: {self._done:,}{of} {self._of.things}, {rate}{left}")


def time_left(seconds: float) -> str:
    """Return a time as people say it: ``2 h 05 min``, ``12 min``, ``40 s``."""
    minutes = round(seconds / 60)
    if minutes >= 60:
        return f"{minutes // 60:,} h {minutes % 60:02} min"
    return f"{minutes} min" if seconds >= 60 else f"{seconds:.0f} s"


class Of(NamedTuple):
    """What a run does, and with what, in words."""

    doing: str
    things: str


READING = Of("reading", "documents")

LOGGED = 60.0
"""Seconds between two lines of a log that tell how far a run is."""


@contextmanager
def progress(
    total: int | None, results_on_stdout: bool = True, size: int | None = None, of: Of = READING
) -> Iterator[Bar]:
    """Yield the bar of a run over ``total`` documents (None: nobody knows how many), of ``size`` bytes in files."""
    if total == 1 or (sys.stderr.isatty() and results_on_stdout and sys.stdout.isatty()):
        yield _Silent()
        return
    if not sys.stderr.isatty():
        yield _Logged(total, size, of)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from onrecord.publish.harmless import harmless

    console = Console(stderr=True)
    by_bytes = total is None and bool(size)
    columns = (
        TextColumn(of.doing),
        BarColumn(),
        DownloadColumn() if by_bytes else MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as drawing:
        task = drawing.add_task(of.doing, total=size if by_bytes else total, rate="")
        done, started = 0, monotonic()

        class Drawn:
            def taken(self, count: int) -> None:
                if by_bytes:
                    drawing.update(task, advance=count)

            def advance(self) -> None:
                nonlocal done
                done += 1
                rate = f"{done / max(monotonic() - started, 0.001):.1f} {of.things}/s"
                drawing.update(task, advance=0 if by_bytes else 1, rate=rate)

            def say(self, sentence: str) -> None:
                console.print(harmless(sentence), markup=False, highlight=False, soft_wrap=True)

        yield Drawn()


LONG = 2_000
"""Rows of a ledger from which on it takes a while to bring them up to date."""

OFTEN = 0.2
"""Seconds between two tellings of how far that is."""


class Watching:
    """Tells on one line of a terminal how far a ledger is that is brought up to date by a newer onrecord."""

    def __init__(self, beforehand: Callable[[], str] = str) -> None:
        """Take what says why it is brought up to date, which stands above that line; empty: nothing is to be said."""
        self._beforehand = beforehand
        self._said = ""
        self._last = 0.0
        self._shown = False
        self._begun = "", 0, 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is, a few times a second, and nothing any more at its end."""
        if self._begun[0] != what or done < self._begun[1]:
            self._begun = what, done, monotonic()
        if done == total:
            self._clear()
            return
        screen = sys.stderr.isatty()
        since = self._last if screen else max(self._last, self._begun[2])  # a log is not told what is soon done
        if total < LONG or monotonic() - since < (OFTEN if screen else LOGGED):
            return
        self._say()
        self._last, self._shown = monotonic(), screen
        line = f"onrecord: bringing the ledger up to date: {what}, {done:,} of {total:,}{self._rate(done, total)}"
        sys.stderr.write(f"\r{line}\x1b[K" if screen else f"{line}\n")
        sys.stderr.flush()

    def _rate(self, done: int, total: int) -> str:
        """How many a second, and how long the others take at that rate; nothing where it has hardly begun."""
        _, first, since = self._begun
        took = monotonic() - since
        if took < 1 or done == first:
            return ""
        rate = (done - first) / took
        return f", {rate:,.0f}/s, {timedelta(seconds=round((total - done) / rate))} left"

    def _say(self) -> None:
        told = self._beforehand()
        if told and told != self._said:
            self._clear()
            self._said = told
            sys.stderr.write(f"onrecord: {told}\n")

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

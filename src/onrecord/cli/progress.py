"""How far a long run is: a bar on standard error, for people only.

Promise: where nobody knows how many documents there are (an archive), the bytes of the files tell how far it is;
nothing is drawn unless standard error is a terminal and more than one document is to be read; where results are printed
to the same terminal nothing is drawn either, since they are the progress and a bar would run through them.
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


class Of(NamedTuple):
    """What a run does, and with what, in words."""

    doing: str
    things: str


READING = Of("reading", "documents")


@contextmanager
def progress(
    total: int | None, results_on_stdout: bool = True, size: int | None = None, of: Of = READING
) -> Iterator[Bar]:
    """Yield the bar of a run over ``total`` documents (None: nobody knows how many), of ``size`` bytes in files."""
    drawn = sys.stderr.isatty() and total != 1 and not (results_on_stdout and sys.stdout.isatty())
    if not drawn:
        yield _Silent()
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
        elif total >= LONG and sys.stderr.isatty() and monotonic() - self._last >= OFTEN:
            self._say()
            self._last, self._shown = monotonic(), True
            line = f"onrecord: bringing the ledger up to date: {what}, {done:,} of {total:,}{self._rate(done, total)}"
            sys.stderr.write(f"\r{line}\x1b[K")
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

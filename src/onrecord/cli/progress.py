"""How far a long run is: a bar on standard error, for people only.

Promise: nothing is drawn unless standard error is a terminal and more than one document is to be read; where results
are printed to the same terminal nothing is drawn either, since they are the progress and a bar would run through them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Bar(Protocol):
    """What a run reports to."""

    def advance(self) -> None:
        """One more document is done, read or not."""

    def say(self, sentence: str) -> None:
        """Tell the user something on standard error."""


class _Silent:
    def advance(self) -> None:
        pass

    def say(self, sentence: str) -> None:
        from onrecord.publish.harmless import harmless

        click.echo(harmless(sentence), err=True)


@contextmanager
def progress(total: int | None, results_on_stdout: bool = True) -> Iterator[Bar]:
    """Yield the bar of a run over ``total`` documents (None: nobody knows how many)."""
    drawn = sys.stderr.isatty() and total != 1 and not (results_on_stdout and sys.stdout.isatty())
    if not drawn:
        yield _Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from onrecord.publish.harmless import harmless

    console = Console(stderr=True)
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as drawing:
        task = drawing.add_task("reading", total=total, rate="")

        class Drawn:
            def advance(self) -> None:
                speed = drawing.tasks[0].speed
                drawing.update(task, advance=1, rate=f"{speed:.1f} documents/s" if speed else "")

            def say(self, sentence: str) -> None:
                console.print(harmless(sentence), markup=False, highlight=False, soft_wrap=True)

        yield Drawn()

"""``onrecord scale``: archives into Parquet of readings, over the cores of one machine or a cluster.

Promise: each shard that is done is one line on standard error, as logs of long runs like it: how far, how fast, how
long it still takes; the manifest tells the rest.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from onrecord.cli.endings import ALL_READ, NOTHING_READ, SOME_UNREAD, NotWritten, not_stopped, quiet_endings
from onrecord.cli.ledger import MANY, workers_option
from onrecord.cli.profile import profile_option, profiled
from onrecord.cli.progress import time_left

if TYPE_CHECKING:
    from onrecord.scale import Engine, Step


@click.command(short_help="Archives into Parquet of readings, on one machine or a cluster.")
@click.argument("paths", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where the Parquet files, the manifest and the list of problems go.",
)
@click.option(
    "--engine",
    type=click.Choice(["pool", "ray"]),
    default="pool",
    show_default=True,
    help="What shares the work out: processes of this machine, or Ray over many.",
)
@workers_option
@click.option("--address", metavar="RAY", help="Of Ray's cluster; without it Ray runs on this machine alone.")
@click.option(
    "--documents",
    type=MANY,
    default=1_000,
    show_default=True,
    metavar="N",
    help="How many documents a Parquet file has at most.",
)
@profile_option
def scale(
    paths: tuple[str, ...], folder: Path, engine: str, workers: int | None, address: str | None, documents: int,
    profile: bool,
) -> None:  # fmt: skip
    """Read archives, JSON Lines and whatever else each INPUT is into Parquet of readings.

    Every input becomes a file of readings, a large one several. A file that is there, of the same input read by this
    version, is not made again, so that a run that was stopped goes on with the same command. `onrecord add FOLDER`
    loads readings into a ledger; DuckDB asks them as they are.

    Exit codes: 0 all read; 2 wrong usage; 3 nothing could be read; 4 some documents or inputs could not be read (they
    are in problems.jsonl); 74 the manifest can't be written; 130 stopped by Ctrl-C.
    """
    if address is not None and engine != "ray":
        raise click.UsageError("--address is for --engine ray.")
    for path in paths:
        if path in {"", "-"} or path.lower().startswith(("http://", "https://")):
            raise click.UsageError(f"{path or '(empty)'}: inputs are files, which each worker opens; save it as one.")
    with quiet_endings(), profiled(profile, apart=engine == "ray") as meter:
        from onrecord.errors import OnrecordError
        from onrecord.publish.harmless import harmless
        from onrecord.scale import scale as run

        try:
            over = _engine(engine, workers or os.cpu_count() or 1, address)
            manifest = run(paths, folder, over, documents, _Told(), meter)
        except OnrecordError as problem:
            raise click.UsageError(str(problem)) from None
        except OSError as problem:
            raise NotWritten(f"{problem.filename or folder} can't be written: {problem.strerror or problem}") from None
    counts = manifest.counts
    held = f"{counts.documents:,} documents, {counts.statements:,} statements, {counts.events:,} events"
    unread = f"{counts.problems:,} could not be read"
    for each in manifest.failed:
        if each.part is None:  # those of shards were told as they came
            click.echo(harmless(f"onrecord: {each.input}: {each.reason}"), err=True)
    failed = f", {len(manifest.failed):,} inputs or shards failed" if manifest.failed else ""
    click.echo(f"onrecord: {folder}: {held}, {unread}{failed}", err=True)
    whole = not counts.problems and not manifest.failed
    sys.exit(ALL_READ if whole else SOME_UNREAD if counts.documents else NOTHING_READ)


def _engine(name: str, workers: int, address: str | None) -> Engine:
    from onrecord.scale import over_pool

    if name == "pool":
        return over_pool(workers)
    from onrecord.scale.on_ray import over_ray

    return over_ray(workers, address)


class _Told:
    """Prints how far a run is."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._documents = 0

    def __call__(self, step: Step) -> None:
        """Print a line."""
        from onrecord.publish.harmless import harmless
        from onrecord.scale.shards import Entry

        if step.result is None:
            self._began = monotonic()
            line = f"{step.shards:,} shards to read, {step.there:,} are there already"
        else:
            seconds = max(monotonic() - self._began, 0.001)
            if isinstance(step.result, Entry):
                counts = step.result.made.counts
                self._documents += counts.documents
                told = f"{step.result.file}: {counts.documents:,} documents, {counts.problems:,} problems"
            else:
                told = f"{step.result.input}: {step.result.reason}"
            left = seconds / step.done * (step.shards - step.done)
            rate = self._documents / seconds
            line = f"{step.done:,} of {step.shards:,}: {told}; {rate:.1f} documents/s, {time_left(left)} left"
        click.echo(harmless(f"onrecord: {line}"), err=True)
        not_stopped()

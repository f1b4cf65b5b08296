"""``--profile``: at the end of a run, where its time went, on standard error.

Promise: a run that is not profiled reads no clock for it, and what is told adds up: what no step took (starting Python,
loading libraries, handing over to workers) is told as such. The odd case that forced the shape: workers are processes
that are gone by then, so their steps come with what they read, and what they took in all from the operating system,
which does not know those of other machines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, process_time
from typing import TypeVar

import click

from onrecord.spent import UNMEASURED, Clocks, Meter, Spent, Step

F = TypeVar("F", bound=Callable[..., object])

SHOWN = 0.05
"""Seconds of waiting that are worth a figure."""

TOLD: dict[Step, str] = {
    "cutting": "cutting inputs into shards",
    "input": "opening files, records and addresses",
    "page": "pages: text, blocks, metadata",
    "models": "loading the models",
    "parser": "parser",
    "language": "names, roles, times",
    "tagger": "tagger",
    "statements": "statements",
    "events": "events, warnings",
    "packing": "packing readings, in workers",
    "waiting": "taking over what workers read",
    "asking": "asking the ledger",
    "writing": "writing",
    "copies": "copies",
    "quotes": "quotes",
    "texts": "texts for the search",
    "names": "people, bodies and places over documents",
    "threads": "threads of events",
}
"""The steps in the order in which a document takes them."""


def profile_option(command: F) -> F:
    """Option of a long command."""
    return click.option("--profile", is_flag=True, help="Tell at the end where processor time went.")(command)


@contextmanager
def profiled(wanted: bool, apart: bool = False) -> Iterator[Meter]:
    """Yield what measures the steps of a run; where it is wanted, tell where time went, also if the run was stopped.

    ``apart``: workers are no processes that this one started, so that what they took is known from their steps alone.
    """
    if not wanted:
        yield UNMEASURED
        return
    meter, began = Meter(Clocks(process_time, monotonic)), monotonic()
    try:
        yield meter
    finally:
        used = os.times()
        total = used.user + used.system + used.children_user + used.children_system
        spent = meter.so_far()
        total += sum(taken.processor for taken in spent.values()) if apart else 0
        for line in table(spent, total, monotonic() - began):
            click.echo(line, err=True)


def table(spent: dict[Step, Spent], processor: float, wall: float) -> Iterator[str]:
    """Yield the lines that tell where ``processor`` seconds went, in ``wall`` seconds of the clock on the wall."""
    documents = spent["page"].times if "page" in spent else 0
    read = f", {documents:,} documents read" if documents else ""
    yield f"onrecord: {processor:.1f} s of processor time in {wall:.1f} s{read}:"
    yield f"{'':46}{'seconds':>9}{'share':>8}{'a document':>12}{'waited':>10}"
    steps = [(told, spent[step]) for step, told in TOLD.items() if step in spent]
    for told, taken in steps:
        waited = taken.wall - taken.processor
        yield _line(told, taken.processor, processor, documents, f"{waited:.1f} s" if waited > SHOWN else "")
    rest = max(processor - sum(taken.processor for _, taken in steps), 0.0)
    yield _line("all else: starting, libraries, handing over", rest, processor, documents, "")


def _line(told: str, taken: float, processor: float, documents: int, waited: str) -> str:
    share = taken / processor if processor else 0.0
    each = f"{1000 * taken / documents:.1f} ms" if documents else ""
    return f"  {told:<44}{taken:9.1f}{share:>8.1%}{each:>12}{waited:>10}".rstrip()

"""Archives to Parquet of readings, over the cores of one machine or over many machines.

Promise: what was read with these rules and weights is not read again; however a run ends, the files that are there are
whole, and the same command goes on. The odd case that forced the shape: an engine may lose what it was given (a worker
that runs out of memory each time takes its shard with it), so what comes back is held against what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec

from onrecord.cores import Lost, over_cores
from onrecord.errors import PARQUET, from_extra
from onrecord.scale.inputs import Ask, Cut, Plan, cut, inputs_of
from onrecord.scale.manifest import Manifest, write_manifest
from onrecord.scale.shards import Entry, Failed, Input, Shard, made_of, read_shard
from onrecord.spent import UNMEASURED, Clocks, Meter, Spent
from onrecord.spent import Step as Spending

T = TypeVar("T")
R = TypeVar("R")

DOCUMENTS = 1_000
"""Documents of a shard, where the user does not say: some minutes of one core, so that little is lost when it is
killed, and files of some megabytes, which DuckDB reads at full speed."""


class Engine(Protocol):
    """What has work done by many workers; their models stay loaded from one piece of work to the next."""

    def __call__(self, work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        """Yield what ``work`` makes of each, in any order; what ends every worker that works on it is left out."""


class Step(NamedTuple):
    """How far a run is."""

    done: int
    """Shards that this run has read, or failed to."""
    shards: int
    """Shards that it has to read."""
    there: int
    """Shards that were there before."""
    result: Entry | Failed | None
    """What came last; None: it begins."""


def over_pool(workers: int) -> Engine:
    """Return the engine that has so many processes on this machine."""

    def over(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        for results in over_cores(work, ([one] for one in each), workers):
            yield from (result for result in results if not isinstance(result, Lost))

    return over


def scale(
    paths: Sequence[str],
    folder: Path,
    engine: Engine,
    documents: int = DOCUMENTS,
    told: Callable[[Step], None] = lambda step: None,
    meter: Meter = UNMEASURED,
) -> Manifest:
    """Read all that the paths hold into Parquet files in a folder, and return what the folder holds then.

    ``documents``: how many documents a file has at most. ``told`` hears how far it is; ``meter`` counts what
    the steps take, the workers' too. Raises OSError where the folder or the manifest can't be written, and MissingExtra
    where a library is not installed.
    """
    from onrecord.reading import reader  # late: whoever cuts inputs in a process of its own reads none

    from_extra("pyarrow", *PARQUET)
    folder.mkdir(parents=True, exist_ok=True)
    plans, failed = _planned(paths, Cut(folder=str(folder.absolute()), documents=documents), engine, meter)
    shards = {shard.file: shard for plan in plans for shard in plan.shards}
    now = reader()
    coming = {name: shard for name, shard in shards.items() if not _is_there(shard, now)}
    made: list[Entry] = []
    _clear(folder, coming)
    told(Step(0, len(coming), len(shards) - len(coming), None))
    try:
        for done, result in enumerate(_over(engine, read_shard, list(coming.values()), meter), 1):
            made += [result] if isinstance(result, Entry) else []
            failed += [result] if isinstance(result, Failed) else []
            told(Step(done, len(coming), len(shards) - len(coming), result))
        failed += _lost(coming, made, failed)
    finally:
        there = {name for name in shards if name not in coming} | {each.file for each in made}
        files = {plan.input.name: frozenset(shard.file for shard in plan.shards) for plan in plans}
        whole = {name: names for name, names in files.items() if names <= there}
        manifest = write_manifest(folder, made, failed, whole)
    return manifest


def _planned(paths: Sequence[str], how: Cut, engine: Engine, meter: Meter) -> tuple[list[Plan], list[Failed]]:
    """The shards of what the paths hold, and what can't be opened."""
    found = list(inputs_of(paths))
    asked = [Ask(input=each, cut=how) for each in dict.fromkeys(found) if isinstance(each, Input)]
    results = list(_over(engine, cut, asked, meter))
    plans = [each for each in results if isinstance(each, Plan)]
    failed = [each for each in (*found, *results) if isinstance(each, Failed)]
    answered = {each.input.name for each in plans} | {each.input for each in failed}
    lost = [each.input.name for each in asked if each.input.name not in answered]
    return plans, [*failed, *(Failed(input=name, part=None, reason=Lost().reason) for name in lost)]


class _Done(msgspec.Struct, Generic[R], frozen=True):  # no tuple, which Ray makes a list of
    """What was made of a piece of work, and what that took."""

    result: R
    spent: dict[Spending, Spent]


def _over(engine: Engine, work: Callable[[T, Meter], R], each: Sequence[T], meter: Meter) -> Iterator[R]:
    """What an engine makes of each, while the meter counts what that takes in whatever process."""
    for done in engine(partial(_measured, work, meter.clocks), each):
        meter.count(done.spent)
        yield done.result


def _measured(work: Callable[[T, Meter], R], clocks: Clocks | None, each: Sequence[T]) -> list[_Done[R]]:
    """What is made of each, in a worker."""
    meter = Meter(clocks)
    return [_Done(work(one, meter), meter.so_far()) for one in each]


def _is_there(shard: Shard, now: object) -> bool:
    """Whether a file is there that was made of the same, by who reads now."""
    made = made_of(Path(shard.folder, shard.file))
    if made is None:
        return False
    same = (made.input_digest, made.part, made.parts, made.shard_documents)
    return same == (shard.digest, shard.part, shard.parts, shard.documents) and made.reader == now


def _clear(folder: Path, coming: dict[str, Shard]) -> None:
    """Remove what a run that was killed left of the files that are made now."""
    for path in folder.glob(".*.parquet.*"):
        if path.name[1:].rpartition(".")[0] in coming:
            path.unlink(missing_ok=True)


def _lost(coming: dict[str, Shard], made: Sequence[Entry], failed: Sequence[Failed]) -> list[Failed]:
    """What was asked for and did not come back."""
    came = {(each.made.input, each.made.part) for each in made} | {(each.input, each.part) for each in failed}
    return [
        Failed(input=each.input.name, part=each.part, reason=Lost().reason)
        for each in coming.values()
        if (each.input.name, each.part) not in came
    ]

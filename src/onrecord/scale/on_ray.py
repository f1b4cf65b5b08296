"""Ray Data as the engine: the same work over the machines of a cluster, by actors that keep their models loaded.

Promise: what comes back is what the pool of one machine gives, since both run the same functions; an actor that is
killed is started again and its shard with it. Nothing goes to the network but between the machines of the cluster. The
odd case that forced the shape: Ray begins anew for ever what kills each actor, so a shard itself sees that it was begun
too often (`shards.TRIES`).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from onrecord.errors import OnrecordError, from_extra
from onrecord.scale.running import Engine

T = TypeVar("T")
R = TypeVar("R")

RAY = ("ray", "`onrecord scale --engine ray` runs on Ray")

STORE = 256 << 20
"""Bytes of Ray's store of objects on this machine: what goes through it are names of shards, not pages."""


def over_ray(workers: int, address: str | None = None) -> Engine:
    """Return the engine that has so many actors, each on one core. Raises MissingExtra where Ray is not installed.

    ``address``: of the cluster (``ray://…``, ``auto``); None: Ray on this machine alone. The engine raises NoCluster
    where that can't be started or reached.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray sends statistics to its makers unless told not to
    ray, data = from_extra("ray", *RAY), from_extra("ray.data", *RAY)
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)

    def over(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        if not each:
            return
        _begin(ray, workers, address)
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1  # what fails is known by its not coming back
        rows = [{"asked": (work, one)} for one in each]
        actors = data.ActorPoolStrategy(size=min(workers, len(rows)))
        made = data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Worker, batch_size=1, compute=actors, num_cpus=1
        )
        yield from (row["made"] for row in made.iter_rows())

    return over


class _Worker:
    """An actor: a process of its own, in which models stay loaded."""

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Return what their work makes of some rows."""
        return {"made": [result for work, one in batch["asked"] for result in work([one])]}


class NoCluster(OnrecordError):
    """Ray can't be started or reached; the text says why."""


def _begin(ray: Any, workers: int, address: str | None) -> None:
    if ray.is_initialized():
        return
    try:
        _start(ray, workers, address)
    except Exception as problem:  # Ray raises bare exceptions here
        where = address or "this machine"
        told = " ".join(str(problem).split())[:300]
        raise NoCluster(f"Ray can't be started on {where}: {told}; --engine pool does without it") from None


def _start(ray: Any, workers: int, address: str | None) -> None:
    quiet = {"configure_logging": False, "logging_level": logging.ERROR, "log_to_driver": False}
    if address is not None:
        ray.init(address=address, **quiet)
    else:
        ray.init(num_cpus=workers, include_dashboard=False, object_store_memory=STORE, **quiet)

"""What the tests of this room read: JSON Lines of ours, by `tests.ledger.keeping`, in whatever process reads."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.nouns import Reading, Source
from onrecord.scale import Engine, over_pool
from onrecord.scale.shards import Shard
from onrecord.spent import UNMEASURED, Meter
from tests.ledger.keeping import OLD, read_many

T = TypeVar("T")
R = TypeVar("R")


def records(path: Path, names: Iterable[str], bad: Iterable[str] = ()) -> Path:
    """Write an input, a document for each name; those that are ``bad`` can't be read."""
    wrong = set(bad)
    lines = [
        {"id": name, "text": "unreadable" if name in wrong else f"Dalgard said the bridge {name} would open.",
         "published": "2031-04-30", "outlet": "The Courier"}
        for name in names
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


class Kill(NamedTuple):
    """Who reads a document is killed, while a file is not there; it is made then."""

    name: str
    mark: str

    def reading(
        self, sources: Iterable[Source | UnreadableInput], meter: Meter = UNMEASURED
    ) -> Iterator[Reading | UnreadableInput]:
        """Read, or be killed in the midst of it."""
        for each in sources:
            if isinstance(each, Source) and each.id == self.name and not Path(self.mark).exists():
                Path(self.mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield from read_many([each])


def _by_hand(work: Callable[[Sequence[T]], list[R]], kill: Kill | None, each: Sequence[T]) -> list[R]:
    onrecord.reading.read_many = kill.reading if kill else read_many  # type: ignore[assignment]
    onrecord.reading.reader = lambda: OLD
    return work(each)


def by_hand(engine: Engine, kill: Kill | None = None) -> Engine:
    """Return an engine whose workers, processes of their own, ask no model; inputs are cut in this process."""

    def over(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        shards = bool(each) and isinstance(each[0], Shard)
        return engine(partial(_by_hand, work, kill), each) if shards else over_pool(1)(work, each)

    return over

"""The watch of the month, a process of its own that can be killed: ``python -m evaluation.month.watching LEDGER``.

Promise: a round is the one of `onrecord watch`, over the network to the month's server; only the clock is told, a
moment a line on standard input, with how many senders run along: in the background, as `watch` and `serve` have them,
or with none after each poll that brought something and at the round's end. Each round is answered by a line of JSON
once nothing is left to send. The odd cases that forced the shape: a server that is silent has to be given up in the
time of this machine, while hours go by in a second; and a round must not end before its senders, or they would send by
the clock of the next one, so that they are started and ended with it.
"""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from onrecord.acquire.fetch import Manners, Memory, WebFetcher
from onrecord.alerts import alert, in_background
from onrecord.cli.source import poll_due
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.alerting import behind
from onrecord.ledger.followed import next_due
from onrecord.ledger.outbox import waiting

IDLE = 0.25
"""Seconds after which a silent server is given up: loopback answers in a hundredth of this."""

PATIENCE = 120.0
"""Seconds that senders have for a round: on a busy machine a second is long, and this is for what hangs."""

AGAIN = 0.01
"""Seconds after which it is looked at again whether all is sent."""

MANNERS = Manners(allow_private=True, delay=0, idle=IDLE, seconds=5)


@dataclass(frozen=True)
class Clock:
    """A moment at which the time stands still."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        return self.moment

    def lend(self, memory: Memory | None) -> AbstractContextManager[WebFetcher]:
        """Return what fetches from loopback without waiting."""
        return WebFetcher(MANNERS, self, wait=lambda seconds: None, memory=memory)


class Round(msgspec.Struct, frozen=True):
    """What became of a round."""

    next: datetime
    """When the next poll is due."""


class Asked(msgspec.Struct, frozen=True):
    """What a round is asked for."""

    now: datetime
    senders: int
    """How many send in the background; 0: none does, and the watch itself sends."""


def turn(ledger: Ledger, path: Path, asked: Asked) -> Round:
    """Do one round of a watch. Raises RuntimeError where senders leave what is to be sent."""
    clock = Clock(asked.now)
    with ExitStack() as along:
        wakes = [along.enter_context(in_background(path, clock, _say)) for _ in range(asked.senders)]

        def look() -> None:
            for wake in wakes:
                wake()
            if not wakes:
                alert(ledger, clock, _say)

        poll_due(ledger, clock.lend, clock, look)
        look()
        begun = time.monotonic()
        while behind(ledger) or waiting(ledger, clock()):
            if time.monotonic() - begun > PATIENCE:
                raise RuntimeError(f"the senders leave what is to be sent at {clock()}")
            time.sleep(AGAIN)
    return Round(next_due(ledger) or clock())


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main(path: str) -> None:
    """Watch until standard input ends."""
    with open_ledger(Path(path)) as ledger:
        for line in sys.stdin:
            done = turn(ledger, Path(path), msgspec.json.decode(line, type=Asked))
            sys.stdout.buffer.write(msgspec.json.encode(done) + b"\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])

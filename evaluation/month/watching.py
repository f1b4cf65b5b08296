"""The watch of the month, a process of its own that can be killed: ``python -m evaluation.month.watching LEDGER``.

Promise: a round is the one of `onrecord watch`, over the network to the month's server; only the clock is told, one
moment a line on standard input, and nothing waits; alerts go after each poll that brought something, and what could not
be sent at the end of each round. Each round is answered by a line of JSON. The odd case that forced the shape: a server
that is silent has to be given up in the time of this machine, while hours go by in a second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from onrecord.acquire.fetch import Manners, Validators, WebFetcher
from onrecord.alerts import alert
from onrecord.cli.source import poll_due
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.followed import next_due

IDLE = 0.25
"""Seconds after which a silent server is given up: loopback answers in a hundredth of this."""

MANNERS = Manners(allow_private=True, delay=0, idle=IDLE, seconds=5)


@dataclass(frozen=True)
class Clock:
    """A moment at which the time stands still."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        return self.moment

    def fetching(self, known: Callable[[str], Validators | None]) -> AbstractContextManager[WebFetcher]:
        """Return what fetches from loopback without waiting."""
        return WebFetcher(MANNERS, self, wait=lambda seconds: None, known=known)


class Round(msgspec.Struct, frozen=True):
    """What became of a round."""

    next: datetime
    """When the next poll is due."""


def turn(ledger: Ledger, clock: Clock) -> Round:
    """Do one round of a watch."""

    def look() -> None:
        alert(ledger, clock)

    poll_due(ledger, clock.fetching, clock, look)
    look()
    return Round(next_due(ledger) or clock())


def main(path: str) -> None:
    """Watch until standard input ends."""
    with open_ledger(Path(path)) as ledger:
        for line in sys.stdin:
            done = turn(ledger, Clock(datetime.fromisoformat(line.strip())))
            sys.stdout.buffer.write(msgspec.json.encode(done) + b"\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])

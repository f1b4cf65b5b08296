"""A month from its first minute to its last: the clock, the server, the watch, and what is done to it.

Promise: nothing sleeps; the clock goes from one moment at which a poll is due to the next. The watch is a process that
is killed (SIGKILL) while it polls, and started again as a service manager does: with the same command. By days in turn
it sends by itself, has a sender in the background, and has two, as where `watch` and `serve` run on one ledger.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from evaluation.benchmarks import ROOT
from evaluation.month.judging import Alerted, Judged, judged
from evaluation.month.receiver import Fact, Receiver, receiving
from evaluation.month.script import FIRST, Script, utc
from evaluation.month.server import Stand, served
from evaluation.month.watching import Asked, Round
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.alerting import Rule, add_rule
from onrecord.ledger.alerting import alerts as list_alerts
from onrecord.ledger.changing import Change
from onrecord.ledger.followed import follow, unfollow
from onrecord.ledger.told import Told

EVERYTHING = "everything"
"""The rule of the month, which has no condition."""

MOST = 100_000
"""Alerts that are looked at."""

SENDERS = (0, 1, 2)
"""How many send in the background, by days in turn; 0: the watch sends between its polls, as with `--once`."""

LONGEST_LIFE = 0.5
"""Seconds that a watch lives at most after it was sent what it is to be killed over: it reads for about as long."""


class Ran(NamedTuple):
    """What a month was, and what it cost."""

    judged: Judged
    alerts: list[Alerted]
    answered: dict[str, dict[datetime, bool]]
    """Of each outlet when its feed was asked for, and whether it came."""
    undelivered: set[Fact]
    """Changes that were found and that no message brought."""
    unfound: set[Fact]
    """Changes that messages brought and that the ledger does not have."""
    twice: set[Fact]
    """Changes that messages of two ids brought."""
    messages: int
    sent_again: int
    """Messages that came twice, under one id."""
    refused: int
    """Messages that came while the receiver was down."""
    unsigned: int
    polls: int
    failed: dict[str, int]
    """Of each way to fail in how many polls."""
    kills: int
    documents: int
    seconds: float
    """Processor time of the watch, all its starts together."""

    @property
    def is_as_promised(self) -> bool:
        """Whether each planned change was told once and in time, and nothing else was.

        A kill leaves the messages that were just being sent, one a sender, to be sent again under their ids.
        """
        judged = self.judged
        wrong = judged.late, judged.missed, judged.again, judged.false, self.undelivered, self.unfound, self.twice
        return not any(wrong) and not self.unsigned and self.sent_again <= self.kills * max(SENDERS)


class Watch:
    """The watch's process, which is started again whenever it has ended."""

    def __init__(self, ledger: Path, log: IO[bytes]) -> None:
        self._command = [sys.executable, "-m", "evaluation.month.watching", str(ledger)]
        self._log = log
        self.kills = 0
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))},
        )  # fmt: skip

    def round(self, asked: Asked) -> Round:
        """Have it do what is due, as often as it takes. Raises RuntimeError where it ends by itself."""
        while True:
            process = self._process
            assert process.stdin is not None and process.stdout is not None
            with suppress(BrokenPipeError):
                process.stdin.write(msgspec.json.encode(asked) + b"\n")
                process.stdin.flush()
            if line := process.stdout.readline():
                return msgspec.json.decode(line, type=Round)
            if process.wait() != -signal.SIGKILL:
                raise RuntimeError(f"the watch ended by itself ({process.returncode}) at {asked.now}")
            self._ended()
            self._process = self._started()

    def kill(self) -> None:
        """End it at once."""
        self.kills += 1
        self._process.kill()

    def _ended(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()

    def stop(self) -> None:
        """Have it end by itself."""
        self._ended()
        self._process.wait()


class _Month(NamedTuple):
    """All that takes part in a month."""

    script: Script
    stand: Stand
    receiver: Receiver
    ledger: Ledger
    watch: Watch


def month(script: Script, ledger: Path, days: int, kills: int, seed: int) -> Ran:
    """Run a month over a new ledger and return what became of it."""
    ledger.unlink(missing_ok=True)
    stand = Stand(script)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    receiver = Receiver(lambda: stand.now, script.down)
    with (
        served(stand),
        receiving(receiver),
        open_ledger(ledger, create=True) as opened,
        ledger.with_suffix(".log").open("wb") as log,
    ):
        for outlet in script.outlets:
            follow(opened, stand.address(outlet), outlet.every, utc(FIRST))
        watch = Watch(ledger, log)
        kept = add_rule(opened, Rule(name=EVERYTHING, to=(receiver.address,), private=True), utc(FIRST))
        receiver.secret = kept.targets[0].secret or ""
        _days(_Month(script, stand, receiver, opened, watch), days, kills, random.Random(seed))
        watch.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        alerts = _alerted(opened, receiver)
        found, told = {each.fact for each in alerts}, receiver.told_by
        (documents,) = opened.connection.execute("SELECT count(*) FROM documents").fetchone()
        return Ran(
            judged=judged(script, opened, alerts, stand.answered),
            alerts=alerts,
            answered=stand.answered,
            undelivered=found - told.keys(),
            unfound=told.keys() - found,
            twice={fact for fact, messages in told.items() if len(messages) > 1},
            messages=len(receiver.came),
            sent_again=sum(count > 1 for count in receiver.came.values()),
            refused=receiver.refused,
            unsigned=receiver.unsigned,
            polls=sum(map(len, stand.answered.values())),
            failed={way: len(times) for way, times in stand.failed.items()},
            kills=watch.kills,
            documents=documents,
            seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        )


def _days(month: _Month, days: int, kills: int, draw: random.Random) -> None:
    """Let the days go by."""
    stand = month.stand
    end = FIRST + timedelta(days=days)
    deadly = [FIRST + (end - FIRST) * (number + draw.random()) / (kills + 1) for number in range(kills)]
    now, gone = utc(FIRST), set[str]()
    while now < end:
        stand.now = now
        _follow(month, gone)
        if deadly and deadly[0] <= now:
            deadly.pop(0)
            _arm(month, draw.random() * LONGEST_LIFE if len(deadly) % 2 else None)
        asked = Asked(now, SENDERS[(now - utc(FIRST)).days % len(SENDERS)])
        now = max(month.watch.round(asked).next, now + timedelta(seconds=1))
    stand.told = month.receiver.told = lambda: None


def _follow(month: _Month, gone: set[str]) -> None:
    """Remove sources from those that are followed, or add them again; ``gone``: those that are removed, kept here."""
    now = month.stand.now
    for each in month.script.absent:
        outlet = month.stand.outlet(each.outlet)
        if outlet is not None and each.first <= now < each.last and each.outlet not in gone:
            gone.add(each.outlet)
            unfollow(month.ledger, month.stand.address(outlet))
        elif outlet is not None and each.last <= now and each.outlet in gone:
            gone.remove(each.outlet)
            follow(month.ledger, month.stand.address(outlet), outlet.every, now)


def _arm(month: _Month, after: float | None) -> None:
    """Have the watch killed so many seconds after it is sent a feed with something new; None: as it sends a message."""

    def polled() -> None:
        month.stand.told = lambda: None
        threading.Timer(after or 0, month.watch.kill).start()

    def sent() -> None:
        month.receiver.told = lambda: None
        month.watch.kill()

    if after is None:
        month.receiver.told = sent
    else:
        month.stand.told = polled


def _alerted(ledger: Ledger, receiver: Receiver) -> list[Alerted]:
    """All that was alerted, in its order, of the events that its passages tell of now, with when it came.

    Ids change on an event's first day, with each report of it that goes before the others.
    """
    addresses = dict(ledger.connection.execute("SELECT name, url FROM documents").fetchall())
    threads = {(document, number): thread for document, number, thread in ledger.connection.execute(_THREADS)}
    return [
        Alerted(
            datetime.fromisoformat(alert.moment), min(receiver.told_by.get(fact, {}).values(), default=None),
            threads.get((told.document, told.number), change.event),
            change.attribute, change.what, change.was, change.now, addresses.get(told.document) or "", told.text, fact,
        )
        for alert in reversed(list_alerts(ledger, EVERYTHING, MOST))
        for change in (alert.change,)
        if (told := change.told) is not None
        for fact in (_fact(change, told),)
    ]  # fmt: skip


def _fact(change: Change, told: Told) -> Fact:
    passage = (told.document, *told.span)
    return Fact(change.event, change.day, change.attribute, change.what, change.was, change.now, passage)


_THREADS = (
    "SELECT d.name, e.number, t.thread FROM current c JOIN documents d ON d.id = c.document "
    "JOIN events e ON e.reading = c.reading JOIN threads t ON t.event = e.id"
)

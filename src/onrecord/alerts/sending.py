"""Sending what the outbox holds: by whoever comes first, one message after the other, each outcome kept at once.

Promise: a target that fails is put off by itself; one that takes its time holds up each other by one message; no page
or poll waits for either. Nothing here reads a clock: callers give theirs. The odd case that forced the shape: a watch
and a server may run on one ledger, and documents come in by others too, so that whoever sends looks for itself every
few seconds, and a message is taken before it is sent.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import Defect, OnrecordError
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.alert_rules import KeptRule, Target
from onrecord.ledger.alerting import behind, evaluate
from onrecord.ledger.outbox import Alert, Delivery, delivered, failed, take
from onrecord.ledger.replaced import SameFile
from onrecord.ledger.store import LedgerError

EVERY = 5.0
"""Seconds after which who sends in the background looks again."""

ROUND = 20
"""Messages after which it is looked again whether there is something new to alert."""

PATIENT = 5
"""Further times that it is tried to keep that a message was sent, of `onrecord.ledger.store.PATIENCE` each at most."""

PATIENCE = 20.0
"""Seconds that a program which ends waits for a message that is being sent."""

Clock = Callable[[], datetime]
Say = Callable[[str], None]


class Sent(NamedTuple):
    """What became of a run: what was alerted, how many messages were sent and how many failed."""

    alerts: list[Alert]
    sent: int
    failed: int


def alert(ledger: Ledger, now: Clock, say: Say = lambda line: None) -> Sent:
    """Alert what changed since the last time, and send what is due. ``say`` is told of each message.

    Raises LedgerError where the ledger can't be used.
    """
    found: list[Alert] = []
    sent = not_sent = 0
    left = behind(ledger)
    while True:
        found += evaluate(ledger, now())
        _, more, less = send_due(ledger, now, say, ROUND)
        sent, not_sent = sent + more, not_sent + less
        before, left = left, behind(ledger)
        if not 0 < left < before and more + less < ROUND:
            return Sent(found, sent, not_sent)


def send_due(ledger: Ledger, now: Clock, say: Say = lambda line: None, most: int | None = None) -> Sent:
    """Send what is due, at most so many; what fails is put off. Raises LedgerError where the ledger can't be used."""
    sent = not_sent = 0
    while sent + not_sent != most and (delivery := take(ledger, now())) is not None:
        where = f"alert {delivery.rule.name} to {delivery.target.shown}"
        try:
            send(delivery, now())
        except OnrecordError as problem:
            failed(ledger, delivery, now(), str(problem))
            not_sent += 1
            say(f"{where}: not sent: {problem}")
        else:
            _tell(ledger, delivery, now)
            sent += 1
            say(f"{where}: sent")
    return Sent([], sent, not_sent)


def _tell(ledger: Ledger, delivery: Delivery, now: Clock) -> None:
    """Keep that a message has been sent, however long another program writes: what is not kept is sent again."""
    for _ in range(PATIENT):
        with suppress(LedgerError):
            return delivered(ledger, delivery, now())
    delivered(ledger, delivery, now())


def send(delivery: Delivery, now: datetime) -> None:
    """Send one message. Raises NotSent, or MissingExtra where a library is to be installed first."""
    if delivery.target.is_webhook:
        from onrecord.alerts.webhooks import post

        post(delivery, now)
    else:
        from onrecord.alerts.people import notify

        notify(delivery)


def try_out(kept: KeptRule, now: Clock) -> list[tuple[Target, str | None]]:
    """Send a trial message to each target of a rule; return for each why it failed, None where it went well.

    Who has the ledger keeps what went well (`outbox.reached`): such a target is no longer put off.
    """
    outcome: list[tuple[Target, str | None]] = []
    for number, target in enumerate(kept.targets):
        moment = now()
        trial = Delivery(
            number=0, message=f"msg_trial_{moment:%Y%m%d%H%M%S%f}_{number}", made=moment.isoformat(timespec="seconds"),
            rule=kept.rule, target=target, alerts=(),
        )  # fmt: skip
        try:
            send(trial, moment)
        except OnrecordError as problem:
            outcome.append((target, str(problem)))
        else:
            outcome.append((target, None))
    return outcome


@contextmanager
def in_background(path: Path, now: Clock, say: Say) -> Iterator[Callable[[], None]]:
    """Alert and send in a thread as long as this is open; yields what has it look at once.

    A ledger that can't be used for a while is told and tried again, and where another file has taken its place that one
    is used. At the end it waits for the message that is being sent, no longer than `PATIENCE`; what is not told as sent
    by then goes again, under the same id.
    """
    wake, ending, same = threading.Event(), threading.Event(), SameFile(path)

    def work() -> None:
        told = ""
        while not ending.is_set():
            try:
                same.look()
                with open_ledger(path) as ledger:
                    while not ending.is_set() and same.look():
                        alert(ledger, now, say)
                        told = ""
                        wake.wait(EVERY)
                        wake.clear()
            except Exception as problem:  # a thread that ended would be missed by nobody
                why = str(problem) if isinstance(problem, OnrecordError) else str(Defect("alerts", problem))
                if why != told:
                    told = why
                    say(f"alerts: {why}")
                ending.wait(EVERY)

    thread = threading.Thread(target=work, name="alerts", daemon=True)
    thread.start()
    try:
        yield wake.set
    finally:
        ending.set()
        wake.set()
        thread.join(PATIENCE)

"""What waits to be sent: each message once, in the order in which it was found, with how sending went.

Promise: a message that is taken to be sent is nobody else's till its time is over (`LEASE`), so that two programs that
send at once do not both send it, and one that ends in between leaves it to the next; it keeps its id, by which whoever
receives it twice can tell. The odd case that forced the shape: a target that is down must not be asked once for each
message that waits, so what is put off is the target.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha256
from sqlite3 import Connection

import msgspec
from msgspec.structs import replace

from onrecord.ledger.alert_rules import Rule, Target, is_web, stamp
from onrecord.ledger.changing import Change
from onrecord.ledger.store import DIGITS, OLDER, Ledger

LEASE = timedelta(minutes=5)
"""After so long a message counts as not sent whose sender has told nothing; sending has to take less."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
"""After the first failure; each further one in a row doubles it, up to the longest."""

GIVEN_UP = timedelta(days=3)
"""A message that waited so long for a target that failed as long is sent no more, and told as given up. What waits
because nobody was there to send it is not."""

MORNING = time(6)
"""When the messages of a day go, UTC."""

SEPARATE = 10
"""Events that are told in a message each; of more that one step finds all come in one, as after an archive is added."""


MOST_TOLD = 100
"""Changes that a message to a webhook tells."""


ALL = 1 << 60
"""As many as a message to people has: it says how many more there are than it tells."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A change that a rule asked for."""

    change: Change
    origins: int | None = None
    """How many tell it independently of each other, of a status, a date or a venue; None: not counted."""
    who: tuple[str, ...] = ()
    venue: str | None = None
    """Who takes part in the event, and where it is, where its name alone says too little: two at most."""
    document: int | None = None
    """What the ledger numbers the document of its passage with."""
    edition: str | None = None
    """Which of the texts of that document's id it is, as `HeldStatement.edition`."""
    number: int = 0
    rule: str = ""
    moment: str = ""
    """When it was found, UTC."""
    sent: int = 0
    waiting: int = 0
    given_up: int = 0
    """Of its messages, one a target."""

    @property
    def key(self) -> str:
        """What makes it the same: the fact, its day and the passage that tells it, or the decision."""
        change = self.change
        told = change.told and (change.told.document, change.told.number)
        same = (change.event, change.day, change.attribute, change.what, change.was, change.now, change.person, told)
        decided = () if change.decision is None else (change.decision,)
        return sha256(ascii((*same, *decided)).encode()).hexdigest()[:32]


class _Kept(msgspec.Struct, frozen=True):
    """An alert as the ledger keeps it."""

    change: Change
    origins: int | None
    who: tuple[str, ...] = ()
    venue: str | None = None
    document: int | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way."""

    number: int
    message: str
    """Its id, the same however often it is tried."""
    made: str
    """When what it tells was found, UTC."""
    rule: Rule
    """Without where to."""
    target: Target
    alerts: tuple[Alert, ...]


_KEPT = msgspec.json.Decoder(_Kept)
_RULE = msgspec.json.Decoder(Rule)


def keep(connection: Connection, rule: int, asked: Rule, alerts: Sequence[Alert], now: datetime) -> list[Alert]:
    """Keep what a rule (its number) alerts, with a message for each target, in the caller's transaction; return it.

    What was alerted before is left out.
    """
    kept = []
    for each in alerts:
        body = msgspec.json.encode(
            _Kept(each.change, each.origins, each.who, each.venue, each.document), order="deterministic"
        ).decode()
        cursor = connection.execute(
            "INSERT OR IGNORE INTO alerts (rule, key, moment, body) VALUES (?, ?, ?, ?)",
            (rule, each.key, stamp(now), body),
        )
        if cursor.rowcount:
            number = int(cursor.lastrowid or 0)
            kept.append(replace(each, number=number, rule=asked.name, moment=stamp(now)))
    targets = connection.execute("SELECT id, address FROM alert_targets WHERE rule = ? ORDER BY id", (rule,)).fetchall()
    due = due_at(asked, now)
    for target, address in targets:
        most = MOST_TOLD if is_web(address) else ALL
        for some in _messages(kept, asked.digest is not None, most):
            delivery = _open_digest(connection, target, due, most - len(some)) if asked.digest else None
            if delivery is None:
                delivery = _message(connection, target, now, due)
            connection.executemany(
                "INSERT INTO delivering (delivery, alert) VALUES (?, ?)", [(delivery, each.number) for each in some]
            )
    return kept


def _messages(alerts: Sequence[Alert], together: bool, most: int) -> list[list[Alert]]:
    """Alerts, those that one message tells taken together: those of one event, of very many events all.

    ``most``: how many one tells at most. A message to people says how many it leaves out, one to a program leaves out
    none, so that of very many there are several.
    """
    events: dict[str, list[Alert]] = {}
    for each in alerts:
        events.setdefault(each.change.event, []).append(each)
    if not alerts or not (together or len(events) > SEPARATE):
        return list(events.values())
    return [list(alerts[at : at + most]) for at in range(0, len(alerts), most)]


def _message(connection: Connection, target: int, now: datetime, due: datetime) -> int:
    cursor = connection.execute(
        "INSERT INTO deliveries (target, message, made, due) VALUES (?, ?, ?, ?)",
        (target, f"msg_{secrets.token_urlsafe(18)}", stamp(now), stamp(due)),
    )
    return int(cursor.lastrowid or 0)


def _open_digest(connection: Connection, target: int, due: datetime, most: int) -> int | None:
    """The message of a digest that further alerts can still go into; ``most``: how many it may tell already."""
    row = connection.execute(
        "SELECT d.id FROM deliveries d WHERE target = ? AND due = ? AND taken IS NULL AND given_up IS NULL "
        "AND (SELECT count(*) FROM delivering g WHERE g.delivery = d.id) <= ?",
        (target, stamp(due), most),
    ).fetchone()
    return int(row[0]) if row else None


def due_at(rule: Rule, now: datetime) -> datetime:
    """Return when what a rule finds now is to be sent: with a digest at its next hour or day, else at once."""
    if rule.digest is None:
        return now
    if rule.digest == "hourly":
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    morning = datetime.combine(now.date(), MORNING, now.tzinfo)
    return morning if now < morning else morning + timedelta(days=1)


_DUE = (
    "FROM deliveries d JOIN alert_targets t ON t.id = d.target JOIN alert_rules r ON r.id = t.rule "
    "WHERE d.sent IS NULL AND d.given_up IS NULL AND d.due <= ?1 AND t.due <= ?1 AND coalesce(t.taken, '') <= ?1"
)


def take(ledger: Ledger, now: datetime) -> Delivery | None:
    """Take a message to send it, so that nobody else does; None: none is due.

    It is the first that waits for the target whose turn was longest ago, so that one that takes its time holds up each
    other by one message. Whoever takes it says `delivered` or `failed` within `LEASE`. Raises LedgerError.
    """
    if not waiting(ledger, now):
        return None
    with ledger.writing() as connection:
        row = connection.execute(
            "SELECT d.id, d.message, d.made, d.target, t.address, t.secret, t.private, r.body "
            f"{_DUE} ORDER BY t.due, d.id LIMIT 1",
            (stamp(now),),
        ).fetchone()
        if row is None:
            return None
        number, message, made, target, address, secret, private, body = row
        connection.execute("UPDATE alert_targets SET taken = ? WHERE id = ?", (stamp(now + LEASE), target))
        connection.execute("UPDATE deliveries SET taken = coalesce(taken, ?) WHERE id = ?", (stamp(now), number))
    return Delivery(
        number=number, message=message, made=made, rule=_RULE.decode(body),
        target=Target(address, secret, bool(private)), alerts=tuple(_alerts_of(ledger.connection, number)),
    )  # fmt: skip


def waiting(ledger: Ledger, now: datetime) -> int:
    """Return how many messages are due."""
    (count,) = ledger.connection.execute(f"SELECT count(*) {_DUE}", (stamp(now),)).fetchone()
    return int(count)


def delivered(ledger: Ledger, delivery: Delivery, now: datetime) -> None:
    """Keep that a message has been sent. Raises LedgerError."""
    with ledger.writing() as connection:
        connection.execute("UPDATE deliveries SET sent = ? WHERE id = ?", (stamp(now), delivery.number))
        connection.execute(
            "UPDATE alert_targets SET due = ?, taken = NULL, failing = NULL, failures = 0, succeeded = ?, error = NULL "
            "WHERE id = (SELECT target FROM deliveries WHERE id = ?)",
            (stamp(now), stamp(now), delivery.number),
        )


def failed(ledger: Ledger, delivery: Delivery, now: datetime, why: str) -> None:
    """Keep that a message could not be sent, and put its target off; what waits too long is given up.

    Raises LedgerError.
    """
    with ledger.writing() as connection:
        row = connection.execute(
            "SELECT t.id, t.failures, coalesce(t.failing, ?) "
            "FROM deliveries d JOIN alert_targets t ON t.id = d.target WHERE d.id = ?",
            (stamp(now), delivery.number),
        ).fetchone()
        if row is None:
            return  # the rule was removed meanwhile
        target, failures, failing = row
        wait = min(FIRST_WAIT * 2 ** min(failures, 20), LONGEST_WAIT)
        connection.execute(
            "UPDATE alert_targets SET due = ?, taken = NULL, failing = ?, failures = failures + 1, error = ? "
            "WHERE id = ?",
            (stamp(now + wait), failing, why, target),
        )
        connection.execute(
            "UPDATE deliveries SET given_up = ?1 "
            "WHERE target = ?2 AND sent IS NULL AND given_up IS NULL AND due < ?3 AND ?4 < ?3",
            (stamp(now), target, stamp(now - GIVEN_UP), failing),
        )


def reached(ledger: Ledger, rule: str, address: str, now: datetime) -> None:
    """Keep that a target of a rule was reached by a trial, so that it is no longer put off. Raises LedgerError."""
    with ledger.writing() as connection:
        connection.execute(
            "UPDATE alert_targets SET due = min(due, ?), failing = NULL, failures = 0, succeeded = ?, error = NULL "
            "WHERE address = ? "
            "AND rule = (SELECT id FROM alert_rules WHERE json_extract(body, '$.name') = ?)",
            (stamp(now), stamp(now), address, rule),
        )


_ALERT = (
    "SELECT a.id, json_extract(r.body, '$.name'), a.moment, a.body, "
    "(SELECT count(d.sent) FROM delivering g JOIN deliveries d ON d.id = g.delivery WHERE g.alert = a.id), "
    "(SELECT count(*) FROM delivering g JOIN deliveries d ON d.id = g.delivery WHERE g.alert = a.id "
    "AND d.sent IS NULL AND d.given_up IS NULL), "
    "(SELECT count(d.given_up) FROM delivering g JOIN deliveries d ON d.id = g.delivery WHERE g.alert = a.id), "
    f"{OLDER}, {DIGITS} FROM alerts a JOIN alert_rules r ON r.id = a.rule "
    "LEFT JOIN documents d ON d.id = a.body ->> '$.document'"
)


def alerts(ledger: Ledger, rule: str | None = None, most: int = 200) -> list[Alert]:
    """Return at most ``most`` alerts, the last found first; ``rule``: only those of the rule that is called so."""
    rows = ledger.connection.execute(
        f"{_ALERT} WHERE ? IS NULL OR json_extract(r.body, '$.name') = ? ORDER BY a.id DESC LIMIT ?", (rule, rule, most)
    )
    return list(_read(rows))


def _alerts_of(connection: Connection, delivery: int) -> Iterable[Alert]:
    rows = connection.execute(
        f"{_ALERT} WHERE a.id IN (SELECT alert FROM delivering WHERE delivery = ?) ORDER BY a.id", (delivery,)
    )
    return _read(rows)


def _read(rows: Iterable[tuple[int, str, str, str, int, int, int, str | None, str | None]]) -> Iterable[Alert]:
    for number, rule, moment, body, sent, waits, given_up, version, edition in rows:
        held = _KEPT.decode(body)
        told = held.change.told
        change = held.change if told is None else held.change._replace(told=replace(told, version=version))
        yield Alert(
            change=change, origins=held.origins, document=held.document, edition=edition or None, who=held.who,
            venue=held.venue, number=number, rule=rule, moment=moment, sent=sent, waiting=waits, given_up=given_up,
        )  # fmt: skip

"""Alert rules: of which changes of planned events somebody wants to be told, and where the messages go.

Promise: a rule sees what comes after it was added, and each change once; what it is told to watch is checked when it is
added. The odd case that forced the shape: an id of an event comes from the passage that tells of it first, and a
document that comes late may take that place, so a rule holds to the passage, and finds the event that has it now.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from base64 import b64encode
from datetime import datetime
from sqlite3 import Connection
from typing import Literal, NamedTuple, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from onrecord.ledger.access import Person
from onrecord.ledger.changing import Changeable
from onrecord.ledger.lately import last_document
from onrecord.ledger.naming import families
from onrecord.ledger.questions import is_event, words_in
from onrecord.ledger.store import Ledger, Refused
from onrecord.ledger.threads import bring_together, first_told
from onrecord.nouns import Status

What = Literal["new", "confirmed", "changed", "withdrawn", "contested", "corrected", "settled"]
"""What a change is, as `changing.Change` has it; ``settled``: what stands now is, and was not or was another value."""

Digest = Literal["hourly", "daily"]

MOST_RULES, MOST_NAMED, MOST_TARGETS = 200, 100, 10
"""Rules of a ledger; events or people that a rule names; targets of one."""

LONGEST = 2_000
"""Characters of an address."""

_NAME = re.compile(r"[^\W_][\w -]{0,79}")
_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\x00-\x20\x7f-\xa0\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)
_MARKUP = re.compile(r"[<>\"{}|\\^`]")
"""What RFC 3986 allows in no address of the web, and what would be markup where it is shown."""
_SECRET = 32
"""Bytes of a webhook's secret; Standard Webhooks asks for 24 to 64."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be alerted and where to: of each condition that is given one has to hold; without any, all changes."""

    name: str
    events: tuple[str, ...] = ()
    """Ids of events, or words that an event's names have all of them."""
    who: tuple[str, ...] = ()
    """Ids of those who take part, or words of a name."""
    kinds: tuple[str, ...] = ()
    """As `naming.families` has them."""
    statuses: tuple[Status, ...] = ()
    """The event's state becomes one of these."""
    attributes: tuple[Changeable, ...] = ()
    what: tuple[What, ...] = ()
    digest: Digest | None = None
    """One message with all that changed, at each full hour or each day at `outbox.MORNING`; None: at once."""
    address: str | None = None
    """Where the pages of this ledger begin, for links: ``https://desk.example``."""
    to: tuple[str, ...] = ()
    """Addresses: of webhooks (https), or as Apprise takes them."""
    private: bool = False
    """Whether its webhooks may lead to this machine and the local network, and go without TLS."""


class Target(NamedTuple):
    """Where messages of a rule go, and how that went."""

    address: str
    secret: str | None
    """Of a webhook: what it is signed with."""
    private: bool
    failures: int = 0
    """Since the last that went well."""
    succeeded: str | None = None
    error: str | None = None
    """Why the last one failed; None where it did not."""
    waiting: int = 0
    """Messages that are still to go."""
    given_up: int = 0
    """Messages that could not be sent for too long (`outbox.GIVEN_UP`)."""

    @property
    def is_webhook(self) -> bool:
        """Whether it is one; else Apprise knows what it is."""
        return is_web(self.address)

    @property
    def shown(self) -> str:
        """The address without what lets one write there: the host of a webhook, the kind of all else."""
        split = urlsplit(self.address)
        return f"{split.scheme}://{split.hostname if self.is_webhook else ''}…"


class KeptRule(NamedTuple):
    """A rule of the ledger with its targets."""

    rule: Rule
    added: str
    targets: tuple[Target, ...]
    person: str | None = None
    """Who added it; None: somebody with the ledger's file, by the command line."""

    def removable_by(self, person: Person) -> bool:
        """Whether somebody may remove it over the web: who added it, and who moderates."""
        return person.can("moderate") or (self.person is not None and self.person == person.name)


class RuleEvent(NamedTuple):
    """That a rule was added or removed."""

    name: str
    what: Literal["added", "removed"]
    person: str | None
    """Who did; None: the command line."""
    moment: str


class Mark(NamedTuple):
    """Up to where a rule has been held against the ledger: its last document and its last decision."""

    document: int
    decision: int


def is_web(address: str) -> bool:
    """Return whether a target is a webhook."""
    return address.lower().startswith(("https://", "http://"))


def add_rule(ledger: Ledger, rule: Rule, now: datetime, person: str | None = None) -> KeptRule:
    """Add a rule, and return it with the secrets of its webhooks. Raises Refused where it asks for what can't be.

    ``person``: who adds it; None: the command line.
    """
    _check(rule)
    places = {name: first_told(ledger, name) for name in rule.events if is_event(name)}
    missing = next((name for name, passage in places.items() if passage is None), None)
    if missing:
        raise Refused(f"there is no event {missing}; `onrecord events WORDS` finds its id")
    targets = [Target(each, _secret() if is_web(each) else None, rule.private) for each in dict.fromkeys(rule.to)]
    with ledger.writing() as connection:
        (count,) = connection.execute("SELECT count(*) FROM alert_rules").fetchone()
        if connection.execute("SELECT 1 FROM alert_rules WHERE key = ?", (_key(rule.name),)).fetchone():
            raise Refused(f"{rule.name}: there is such a rule already; remove it first, or take another name")
        if count >= MOST_RULES:
            raise Refused(f"a ledger has {MOST_RULES} rules at most; remove one first")
        mark = mark_of(ledger)
        cursor = connection.execute(
            "INSERT INTO alert_rules (key, body, added, document, decision, person) VALUES (?, ?, ?, ?, ?, ?)",
            (_key(rule.name), msgspec.json.encode(replace(rule, to=())).decode(), stamp(now), *mark, person),
        )
        number = int(cursor.lastrowid or 0)
        connection.executemany(
            "INSERT INTO alert_events (rule, name, document, start, stop) VALUES (?, ?, ?, ?, ?)",
            [(number, name, each.document, *each.span) for name, each in places.items() if each is not None],
        )
        connection.executemany(
            "INSERT INTO alert_targets (rule, address, secret, private, due) VALUES (?, ?, ?, ?, ?)",
            [(number, each.address, each.secret, int(each.private), stamp(now)) for each in targets],
        )
        _note(connection, RuleEvent(rule.name, "added", person, stamp(now)))
    return KeptRule(rule, stamp(now), tuple(targets), person)


def remove_rule(ledger: Ledger, name: str, now: datetime, person: str | None = None) -> bool:
    """Remove a rule with what it alerted and what still waits; return whether there was one. Raises LedgerError.

    That it was removed, and by whom, stays (`rule_events`). ``person``: as in `add_rule`; whether he may is the
    caller's to ask (`KeptRule.removable_by`).
    """
    with ledger.writing() as connection:
        row = connection.execute(
            "DELETE FROM alert_rules WHERE key = ? RETURNING json_extract(body, '$.name')", (_key(name),)
        ).fetchone()
        if row is not None:
            _note(connection, RuleEvent(row[0], "removed", person, stamp(now)))
        return row is not None


def rule_events(ledger: Ledger, most: int = 50) -> list[RuleEvent]:
    """Return at most ``most`` rules that were added or removed, the last first."""
    rows = ledger.connection.execute(
        "SELECT name, what, person, moment FROM alert_rules_kept ORDER BY id DESC LIMIT ?", (most,)
    )
    return [RuleEvent(*row) for row in rows]


def _note(connection: Connection, event: RuleEvent) -> None:
    connection.execute("INSERT INTO alert_rules_kept (name, what, person, moment) VALUES (?, ?, ?, ?)", event)


def rules(ledger: Ledger) -> list[KeptRule]:
    """Return all rules by their names, with how their targets are."""
    rows = ledger.connection.execute("SELECT id, body, added, person FROM alert_rules ORDER BY key").fetchall()
    return [
        KeptRule(replace(rule, to=tuple(each.address for each in targets)), added, targets, person)
        for number, body, added, person in rows
        for rule, targets in [(msgspec.json.decode(body, type=Rule), _targets(ledger.connection, number))]
    ]


def rule_named(ledger: Ledger, name: str) -> KeptRule | None:
    """Return the rule of a name; None where there is none."""
    return next((each for each in rules(ledger) if _key(each.rule.name) == _key(name)), None)


def mark_of(ledger: Ledger) -> Mark:
    """Return the mark of all that the ledger holds now."""
    (decision,) = ledger.connection.execute("SELECT coalesce(max(id), 0) FROM decisions").fetchone()
    return Mark(last_document(ledger), decision)


def stamp(now: datetime) -> str:
    """Return a moment as it is kept."""
    return now.isoformat(timespec="seconds")


def watched(connection: Connection) -> dict[str, set[str]]:
    """Return for each rule that names events by their ids (its key) the threads that these are now."""
    found: dict[str, set[str]] = {}
    for key, thread in connection.execute(
        "SELECT DISTINCT a.key, t.thread FROM alert_rules a JOIN alert_events p ON p.rule = a.id "
        "JOIN current c ON c.document = p.document JOIN events e ON e.reading = c.reading "
        "AND p.start < e.body ->> '$.span[1]' AND e.body ->> '$.span[0]' < p.stop JOIN threads t ON t.event = e.id"
    ):
        found.setdefault(key, set()).add(thread)
    return found


def watched_by(ledger: Ledger, name: str) -> list[str]:
    """Return the events that a rule names by ids, by the ids that they have now. Raises LedgerError."""
    bring_together(ledger)
    return sorted(watched(ledger.connection).get(_key(name), ()))


def _targets(connection: Connection, rule: int) -> tuple[Target, ...]:
    rows = connection.execute(
        "SELECT address, secret, private, failures, succeeded, error, "
        "(SELECT count(*) FROM deliveries d WHERE d.target = t.id AND sent IS NULL AND given_up IS NULL), "
        "(SELECT count(*) FROM deliveries d WHERE d.target = t.id AND given_up IS NOT NULL) "
        "FROM alert_targets t WHERE rule = ? ORDER BY id",
        (rule,),
    )
    return tuple(Target(address, secret, bool(private), *health) for address, secret, private, *health in rows)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(_SECRET)).decode()


def _check(rule: Rule) -> None:
    """Raise Refused for what no rule can be."""
    if not _NAME.fullmatch(rule.name):
        raise Refused(f"{rule.name!r}: a rule's name has 1 to 80 letters, digits, blanks, - and _, a letter first")
    for given, known in (
        (rule.kinds, families()), (rule.statuses, get_args(Status)), (rule.attributes, get_args(Changeable)),
        (rule.what, get_args(What)), ((rule.digest,) if rule.digest else (), get_args(Digest)),
    ):  # fmt: skip
        unknown = next((each for each in given if each not in known), None)
        if unknown is not None:
            raise Refused(f"{unknown}: there is no such; there are {', '.join(known)}")
    for name in (*rule.events, *rule.who):
        if not words_in(name) or len(name) > LONGEST:
            raise Refused(f"{json.dumps(name[:80], ensure_ascii=False)} names nothing; give an id or words of a name")
    if len(rule.events) > MOST_NAMED or len(rule.who) > MOST_NAMED or len(rule.to) > MOST_TARGETS:
        raise Refused(f"a rule has {MOST_NAMED} events, as many people and {MOST_TARGETS} targets at most")
    if rule.statuses and rule.attributes and "status" not in rule.attributes:
        raise Refused("a change of the state is none of another attribute; leave one of the two out")
    if rule.address is not None and not _is_written_as_web(rule.address):
        raise Refused("the pages are at an address such as https://desk.example; what was given is none")
    for address in rule.to:
        _check_target(address, rule.private)


def _check_target(address: str, private: bool) -> None:
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise Refused(  # without the address: passwords stand in them
            "a target is https://… for a webhook, or an address as Apprise takes it (mailto://…); this is neither"
        )
    if not is_web(address):
        return
    try:
        split = urlsplit(address)
        _ = split.port
    except ValueError:
        split = None
    if split is None or not _is_written_as_web(address):
        raise Refused(
            "a webhook's address is one of the web, https://alerts.example/hook; what was given is no web address"
        )
    if not split.hostname or split.username or split.password:
        raise Refused(f"{split.scheme}://{split.hostname or ''}: a webhook's address has a host, and no password in it")
    if split.scheme == "http" and not private:
        raise Refused(f"http://{split.hostname}: a webhook goes over https; without it only with --allow-private")


def _is_written_as_web(address: str) -> bool:
    return is_web(address) and bool(_ADDRESS.fullmatch(address)) and not _MARKUP.search(address)

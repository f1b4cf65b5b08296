"""Alert rules in words and as objects for other programs: the command line, the API, pages.

Promise: nothing that lets somebody write to a target comes out: of an address the host at most, of a secret nothing.
The odd case that forced the shape: addresses of chats are made of tokens, and those of mailboxes of passwords.
"""

from __future__ import annotations

import msgspec

from onrecord.ledger.alert_rules import Digest, KeptRule, Rule, Target, What
from onrecord.ledger.changing import Changeable
from onrecord.ledger.conditions import Named
from onrecord.nouns import Status


class TargetObject(msgspec.Struct, frozen=True):
    """Where messages of a rule go, and how that went."""

    to: str
    """The host of a webhook, the kind of all else."""
    failures: int
    """Messages that failed since the last that did not."""
    succeeded: str | None
    """When the last one was sent; None: none yet."""
    error: str | None
    """Why the last one failed; None where it did not."""
    waiting: int
    given_up: int
    """Messages that could not be sent for three days."""


class RuleObject(msgspec.Struct, frozen=True, kw_only=True):
    """An alert rule: a line of ``onrecord alert list --json``."""

    name: str
    events: tuple[str, ...]
    """Ids of events, or words that an event's names have all of them."""
    who: tuple[str, ...]
    kinds: tuple[str, ...]
    statuses: tuple[Status, ...]
    attributes: tuple[Changeable, ...]
    what: tuple[What, ...]
    digest: Digest | None
    address: str | None
    """Where the pages begin to which its messages lead."""
    added: str
    person: str | None
    """Who added it; null: somebody on the command line."""
    targets: tuple[TargetObject, ...]


def rule_object(kept: KeptRule) -> RuleObject:
    """Return a rule for other programs."""
    rule = kept.rule
    return RuleObject(
        name=rule.name, events=rule.events, who=rule.who, kinds=rule.kinds, statuses=rule.statuses,
        attributes=rule.attributes, what=rule.what, digest=rule.digest, address=rule.address, added=kept.added,
        person=kept.person,
        targets=tuple(target_object(each) for each in kept.targets),
    )  # fmt: skip


def target_object(target: Target) -> TargetObject:
    """Return a target for other programs, without what lets one write there."""
    return TargetObject(
        target.shown, target.failures, target.succeeded, target.error, target.waiting, target.given_up
    )  # fmt: skip


def asked(rule: Rule) -> str:
    """Return what a rule asks for, in words."""
    parts = [" or ".join(each for each in (*rule.attributes,)) or "any fact"]
    parts += [f"that is {' or '.join(rule.what)}"] if rule.what else []
    parts = [f"status becomes {' or '.join(rule.statuses)}"] if rule.statuses else parts
    parts += [f"of {' or '.join(f'“{each}”' for each in rule.events)}"] if rule.events else []
    parts += [f"of kind {' or '.join(rule.kinds)}"] if rule.kinds else []
    parts += [f"with {' or '.join(rule.who)}"] if rule.who else []
    return " ".join(parts) + (f", {rule.digest}" if rule.digest else "")


def names(found: list[Named]) -> str:
    """Return in words which events the words of a rule name now, or why they name none."""
    called = [f"{each.event.state.name} ({each.event.state.status}) [{each.event.id}]" for each in found]
    lacking = [f"“{word}”" for word in found[0].lacking] if found else []
    if not lacking:
        return f"names now: {'; '.join(called) or 'no event yet'}"
    where = "is nowhere in its names" if len(lacking) == 1 else "are nowhere in its names"
    return f"names no event yet, and not {called[0]}: {', '.join(lacking)} {where}; its id would"

"""The API's webhooks: programs say of which changes they want to be told, and where.

Promise: a secret is told once, to who made the webhook; a webhook leads to the public internet alone. The odd case that
forced the shape: a trial takes as long as the server that is tried, so one is sent at a time, and whoever comes then is
told to come again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException, ServiceUnavailableException
from litestar.params import Body, PathParameter

from onrecord.alerts import try_out
from onrecord.ledger import Ledger
from onrecord.ledger.alert_rules import LONGEST, Digest, KeptRule, Rule, What, add_rule, rule_named, rules
from onrecord.ledger.changing import Changeable
from onrecord.ledger.outbox import reached
from onrecord.nouns import Status
from onrecord.publish.alerted import RuleObject, rule_object
from onrecord.web.admission import own_address, writing
from onrecord.web.alerts import take_away
from onrecord.web.api.paging import USUAL, Cursor, Most, Page, paged
from onrecord.web.comments import name_of, taken
from onrecord.web.desk import OfDesk

NAME = r"^[^\W_][\w \-]{0,79}$"
"""What a rule may be called, as `alert_rules` has it."""

Named = Annotated[str, PathParameter(pattern=NAME, max_length=80, description="The webhook's name.")]
Several = Annotated[list[str], msgspec.Meta(max_length=100)]


class WebhookGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A webhook: where it leads, and of which changes of planned events it tells; without conditions of all."""

    name: Annotated[str, msgspec.Meta(pattern=NAME, max_length=80)]
    url: Annotated[str, msgspec.Meta(pattern="^https://", max_length=LONGEST)]
    """On the public internet."""
    events: Several = []
    """Ids of events, or words that an event's names have all of them; any of these."""
    who: Several = []
    """Who takes part, by name or id; any of these."""
    kinds: Several = []
    """Kinds of events: `meeting`, `election`; any of these."""
    statuses: Annotated[list[Status], msgspec.Meta(max_length=20)] = []
    """The event becomes one of these."""
    attributes: Annotated[list[Changeable], msgspec.Meta(max_length=20)] = []
    what: Annotated[list[What], msgspec.Meta(max_length=20)] = []
    """What a change is; `settled`: what stands now is, and was not or was another value."""
    digest: Digest | None = None
    """One message an hour or a day with all that changed; null: at once."""


class WebhookMade(msgspec.Struct, frozen=True):
    """A webhook that was made."""

    name: str
    secret: str
    """By which messages are signed (Standard Webhooks); it is told this once."""


class TrialObject(msgspec.Struct, frozen=True):
    """How a trial message went."""

    sent: bool
    error: str | None
    """Why it was not sent; null where it was."""


@get("/webhooks", sync_to_thread=True, tags=["webhooks"], summary="Who is told what", operation_id="webhooks")
def list_webhooks(
    request: Request[Any, Any, Any], desk: OfDesk, most: Most = USUAL, cursor: Cursor = None
) -> Page[RuleObject]:
    """Return the rules that have a webhook, by name, with what they ask for and how the last messages went."""
    with desk.ledger() as ledger:
        held = [each for each in rules(ledger) if _leads_to_programs(each)]
    return Page(*paged(request, cursor, most, lambda n: held[:n], lambda each: each.rule.name, rule_object))


@post(
    "/webhooks", sync_to_thread=True, guards=[writing], tags=["webhooks"], summary="Make a webhook",
    operation_id="make-webhook", security=[{"token": []}], cache_control=CacheControlHeader(no_store=True),
)  # fmt: skip
def make_webhook(
    request: Request[Any, Any, Any], desk: OfDesk, data: Annotated[WebhookGiven, Body(description="The webhook.")]
) -> WebhookMade:
    """Have a program told of changes from now on, and return the secret of what it will be sent."""
    given = msgspec.structs.asdict(data)
    url = given.pop("url")
    address = own_address(request)
    rule = msgspec.convert({**given, "to": [url], "address": address}, Rule)
    with desk.ledger() as ledger:
        made = taken(lambda: add_rule(ledger, rule, _now(), name_of(request)))
    return WebhookMade(rule.name, made.targets[0].secret or "")


@get(
    "/webhooks/{name:str}", sync_to_thread=True, tags=["webhooks"], summary="One webhook", operation_id="webhook",
)  # fmt: skip
def one_webhook(desk: OfDesk, name: Named) -> RuleObject:
    """Return the webhook of a name, with how the last messages went."""
    with desk.ledger() as ledger:
        return rule_object(_found(ledger, name))


@delete(
    "/webhooks/{name:str}", sync_to_thread=True, guards=[writing], tags=["webhooks"], summary="Remove a webhook",
    operation_id="remove-webhook", security=[{"token": []}],
)  # fmt: skip
def remove_webhook(request: Request[Any, Any, Any], desk: OfDesk, name: Named) -> None:
    """Remove a webhook of one's own, with what it alerted and what still waits; who moderates removes any."""
    with desk.ledger() as ledger:
        take_away(request, ledger, _found(ledger, name))


@post(
    "/webhooks/{name:str}/test", sync_to_thread=True, guards=[writing], tags=["webhooks"],
    summary="Send a trial message", operation_id="try-webhook", security=[{"token": []}], status_code=200,
)  # fmt: skip
def try_webhook(desk: OfDesk, name: Named) -> TrialObject:
    """Send a trial message, and return how that went. One that has failed is no longer put off if it goes well."""
    with desk.ledger() as ledger:
        kept = _found(ledger, name)
    if not _TRIALS.acquire(blocking=False):
        raise ServiceUnavailableException("another trial is being sent; try again", headers={"Retry-After": "15"})
    try:
        outcome = try_out(kept._replace(targets=tuple(each for each in kept.targets if each.is_webhook)), _now)
    finally:
        _TRIALS.release()
    with desk.ledger() as ledger:
        for target, problem in outcome:
            if problem is None:
                reached(ledger, kept.rule.name, target.address, _now())
    error = next((problem for _, problem in outcome if problem), None)
    return TrialObject(error is None, error)


_TRIALS = BoundedSemaphore(1)


def _found(ledger: Ledger, name: str) -> KeptRule:
    kept = rule_named(ledger, name) if re.fullmatch(NAME, name) else None  # "$" lets a line end pass
    if kept is None or not _leads_to_programs(kept):
        raise NotFoundException(f"there is no webhook {name}")
    return kept


def _leads_to_programs(kept: KeptRule) -> bool:
    return any(each.is_webhook for each in kept.targets)


def _now() -> datetime:
    return datetime.now(UTC)

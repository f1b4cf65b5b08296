"""The page of alerts: the rules that there are, what they alerted, how sending went, and the forms to add and remove.

Promise: a rule's feed has an address of its own, so that whoever wants no messages reads it there; nothing on the page
lets anybody write to a target. The odd case that forced the shape: the secret of a webhook is shown once, so the page
that answers the form is the one that shows it, and no redirect.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException, ValidationException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from onrecord.alerts.messages import said
from onrecord.ledger import Ledger
from onrecord.ledger.access import Person
from onrecord.ledger.alert_rules import KeptRule, Rule, add_rule, remove_rule, rule_events, rule_named, rules
from onrecord.ledger.conditions import named_now
from onrecord.ledger.naming import families
from onrecord.ledger.outbox import alerts
from onrecord.ledger.questions import is_event
from onrecord.publish.alerted import asked, names, rule_object
from onrecord.publish.feeds import alerted, atom_of, json_feed_of
from onrecord.publish.formats import FORMATS, format_of
from onrecord.publish.site import Site
from onrecord.web.addresses import itself, pages_begin
from onrecord.web.admission import Form, own_address, writing
from onrecord.web.comments import name_of, taken
from onrecord.web.desk import Desk, OfDesk
from onrecord.web.pages import page
from onrecord.web.unchanged import Unchanged

SHOWN = 100
"""Alerts on the page, the last."""


@get("/", sync_to_thread=True, include_in_schema=False)
def alerts_page(request: Request[Any, Any, Any], desk: OfDesk) -> Template:
    """Return the page of alerts."""
    return _page(request, desk)


@post("/", sync_to_thread=True, include_in_schema=False, guards=[writing], status_code=200)
def add_by_form(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Template:
    """Add a rule, and return the page with the secret of its webhook."""
    rule = _rule(posted, own_address(request))
    with desk.ledger() as ledger:
        made = taken(lambda: add_rule(ledger, rule, datetime.now(UTC), name_of(request)))
    shown = _page(request, desk, made)
    shown.headers["Cache-Control"] = "no-store"
    return shown


@post("/remove", sync_to_thread=True, include_in_schema=False, guards=[writing])
def remove_by_form(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Remove a rule, and go back to the page."""
    with desk.ledger() as ledger:
        kept = rule_named(ledger, posted.get("name", ""))
        if kept is None:
            raise NotFoundException("There is no such rule any more")
        take_away(request, ledger, kept)
    return Redirect("/alerts", status_code=303)


@get("/{name:str}", sync_to_thread=True, include_in_schema=False, middleware=[Unchanged()])
def rule_feed(request: Request[Any, Any, Any], desk: OfDesk, name: FromPath[str]) -> Response[bytes]:
    """Return what a rule alerted as a feed: ``NAME.atom``, ``NAME.feed.json``."""
    rule, dot, suffix = name.partition(".")
    form = format_of(dot + suffix, "changes")
    if form is None or not form.followed:
        raise NotFoundException(f"There is no feed “{dot}{suffix}” of a rule")
    with desk.ledger() as ledger:
        kept = rule_named(ledger, rule)
        if kept is None:
            raise NotFoundException(f"There is no rule “{rule}”")
        found = alerted(alerts(ledger, kept.rule.name))
    site = Site(title=f"Alerts: {kept.rule.name}", base=pages_begin(request), itself=itself(request))
    written = atom_of(found, site) if form.name == "atom" else json_feed_of(found, site)
    return Response(b"".join(written), headers={"Content-Type": form.media})


ALERTS = Router("/alerts", route_handlers=[alerts_page, add_by_form, remove_by_form, rule_feed])
"""All of them; why a router: `web.comments.COMMENTS`."""


def take_away(request: Request[Any, Any, Any], ledger: Ledger, kept: KeptRule) -> None:
    """Remove a rule. Raises PermissionDeniedException where it is neither his who asks nor his to moderate."""
    if not kept.removable_by(request.scope["user"]):
        whose = f"{kept.person} added" if kept.person else "was added on the command line"
        raise PermissionDeniedException(f"“{kept.rule.name}” {whose}: who added a rule removes it, or who moderates")
    remove_rule(ledger, kept.rule.name, datetime.now(UTC), name_of(request))


def _page(request: Request[Any, Any, Any], desk: Desk, made: KeptRule | None = None) -> Template:
    with desk.ledger() as ledger:
        words = [each for each in made.rule.events if not is_event(each)] if made else []
        named = [(each, names(named_now(ledger, each))) for each in words]
        kept, found, happened = rules(ledger), alerts(ledger, most=SHOWN + 1), rule_events(ledger)
    person = request.scope.get("user")
    own = {each.rule.name for each in kept if isinstance(person, Person) and each.removable_by(person)}
    return page(
        request, "alerts.html.jinja", title="Alerts", made=made, named=named,
        rules=[(rule_object(e), asked(e.rule)) for e in kept], own=own, happened=happened,
        alerts=found[:SHOWN], more=len(found) > SHOWN, said=said, kinds=families(),
        feeds=[(each.suffix, each.followed, each.media.partition(";")[0]) for each in FORMATS.values()
               if each.followed and "changes" in each.writers],
    )  # fmt: skip


class _Given(msgspec.Struct, frozen=True):
    """The fields of the form; of those with a tick each has one of its own."""

    name: str = ""
    events: str = ""
    who: str = ""
    kind: str = ""
    status: str = ""
    attribute: str = ""
    what: str = ""
    digest: str = ""
    webhook: str = ""


def _rule(posted: Mapping[str, str], address: str | None) -> Rule:
    """The rule that a form asks for. Raises ValidationException where it is none."""
    given = msgspec.convert({name: value.strip() for name, value in posted.items()}, _Given)
    if given.webhook and not given.webhook.startswith("https://"):
        raise ValidationException("a webhook’s address begins with https://")
    conditions = {
        "kinds": given.kind, "statuses": given.status, "attributes": given.attribute, "what": given.what,
    }  # fmt: skip
    asked_for = {
        "name": given.name, "address": address, "digest": given.digest or None,
        "events": _lines(given.events), "who": _lines(given.who), "to": (given.webhook,) if given.webhook else (),
        **{name: (value,) if value else () for name, value in conditions.items()},
    }  # fmt: skip
    try:
        return msgspec.convert(asked_for, Rule)
    except msgspec.ValidationError as problem:
        raise ValidationException(str(problem)) from None


def _lines(text: str) -> tuple[str, ...]:
    """What stands in the lines of a field."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())

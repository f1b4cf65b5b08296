"""``onrecord alert``: who is told of which changes of planned events, and telling them.

Promise: a rule is checked when it is added, down to whether its targets can be addressed; secrets are shown once. The
odd case that forced the shape: whoever watches for an event gives words, and learns only months later that they named
another one, so `add` says which events of the ledger the words name now.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.events import STATUSES
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.alert_rules import KeptRule, Target

ATTRIBUTES = ("status", "date", "venue", "participant", "agenda")
WHAT = ("new", "confirmed", "changed", "withdrawn", "contested", "corrected", "settled")
"""Those of `alert_rules`, which is not imported for the sake of a fast ``--help``."""

FAILED = 1


@click.group(short_help="Be told when something about planned events changes.")
def alert() -> None:
    """Say of which changes of planned events whom to tell: programs by signed webhooks, people by mail, desktop, chat.

    Messages go out while `onrecord watch` or `onrecord serve` runs, and by `onrecord alert run`.

    Exit codes: 0 done; 1 there is no such rule, or a message could not be sent; 2 wrong usage; 5 the ledger can't be
    used, or refuses the rule.
    """


def _several(allowed: tuple[str, ...]) -> Any:
    """What takes values that are parted by commas, each of them one of some."""

    def taken(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
        values = tuple(value.strip() for each in given for value in each.split(",") if value.strip())
        for value in values:
            if value not in allowed:
                raise click.BadParameter(f"{value!r} is none of {', '.join(allowed)}.", param=parameter)
        return tuple(dict.fromkeys(values))

    return taken


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


@alert.command("add", short_help="Add a rule.")
@click.argument("name")
@ledger_option
@click.option("--event", "events", multiple=True, metavar="ID|WORDS", help="Only of this event; may be given again.")
@click.option("--who", multiple=True, metavar="NAME|ID", help="Only where this one takes part; may be given again.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only events of this kind: meeting, election, …")
@click.option(
    "--status", "statuses", multiple=True, callback=_several(STATUSES), metavar="STATUS,…",
    help=f"Only where the event becomes this: {', '.join(STATUSES)}.",
)  # fmt: skip
@click.option(
    "--attribute", "attributes", multiple=True, callback=_several(ATTRIBUTES), metavar="WHICH,…",
    help=f"Only changes of this: {', '.join(ATTRIBUTES)}.",
)  # fmt: skip
@click.option(
    "--what", multiple=True, callback=_several(WHAT), metavar="WHAT,…",
    help=f"Only what has become this: {', '.join(WHAT)}.",
)  # fmt: skip
@click.option("--to", multiple=True, metavar="ADDRESS", help="https://… for a webhook, else as Apprise takes it.")
@click.option("--digest", type=click.Choice(["hourly", "daily"]), help="One message an hour, or a day, with all of it.")
@click.option("--address", metavar="URL", help="Where the pages of this ledger begin, for links in messages.")
@click.option("--allow-private", is_flag=True, help="Targets may be on this machine and the local network.")
def add_alert(name: str, ledger: Path, to: tuple[str, ...], allow_private: bool, **given: Any) -> None:
    """Alert what changes about planned events from now on, under NAME; without conditions every change.

    Of several conditions all have to hold; of one that is given several times, or with commas, any. WORDS name an event
    where all of them stand in its names, or in those of its place or of who takes part. A rule without --to has its
    feed and its page. The secret of a webhook is printed once, on standard output.
    """
    with _using(ledger) as opened:
        from onrecord.errors import OnrecordError
        from onrecord.ledger.alert_rules import Rule, add_rule, is_web
        from onrecord.ledger.conditions import named_now
        from onrecord.ledger.questions import is_event
        from onrecord.publish.alerted import names

        rule = Rule(name=name, to=to, private=allow_private, **given)
        try:
            for target in to:
                if "://" in target and not is_web(target):
                    from onrecord.alerts.people import check

                    check(target, allow_private)
        except OnrecordError as problem:
            raise click.BadParameter(f"{problem}", param_hint="--to") from None
        kept = add_rule(opened, rule, now())
        for words in rule.events:
            if not is_event(words):
                click.echo(f"onrecord: “{words}” {names(named_now(opened, words))}", err=True)
        for each in kept.targets:
            if each.secret:
                write_line(f"{each.address}  {each.secret}")
    click.echo(f"onrecord: {name}: alerted from now on", err=True)
    if _leads_nowhere(kept):
        click.echo(
            f"onrecord: {name}: its messages will have no link to the event; for one remove the rule, and add it again "
            "with --address URL, where the pages of `onrecord serve` begin",
            err=True,
        )


@alert.command("list", short_help="The rules, and how their targets are.")
@ledger_option
@json_option
def list_alerts(ledger: Path, as_json: bool) -> None:
    """List the rules, each with what it asks for and how the last messages to its targets went."""
    with _using(ledger) as opened:
        from onrecord.ledger.alert_rules import rules
        from onrecord.publish.alerted import rule_object

        for each in rules(opened):
            write_line(rule_object(each) if as_json else _shown(each))


@alert.command("remove", short_help="Remove a rule.")
@click.argument("name")
@ledger_option
def remove_alert(name: str, ledger: Path) -> None:
    """Alert NAME no longer; what it alerted and what still waits goes with it."""
    with _using(ledger) as opened:
        from onrecord.ledger.alert_rules import remove_rule

        if not remove_rule(opened, name, now()):
            _missing(name)


@alert.command("test", short_help="Send a trial message.")
@click.argument("name")
@ledger_option
def test_alert(name: str, ledger: Path) -> None:
    """Send a trial message to each target of the rule NAME, and say how that went."""
    with _using(ledger) as opened:
        from onrecord.alerts import try_out
        from onrecord.ledger.alert_rules import rule_named
        from onrecord.ledger.outbox import reached

        kept = rule_named(opened, name)
        if kept is None:
            _missing(name)
            return
        outcome = try_out(kept, now)
        for target, problem in outcome:
            if problem is None:
                reached(opened, kept.rule.name, target.address, now())
            click.echo(f"onrecord: {target.shown}: {problem or 'sent'}", err=True)
    sys.exit(FAILED if any(problem for _, problem in outcome) else 0)


@alert.command("run", short_help="Look for changes and send what is due, now.")
@ledger_option
@json_option
def run_alerts(ledger: Path, as_json: bool) -> None:
    """Hold what came since the last time against the rules, print what is alerted, and send what is due.

    `onrecord watch` and `onrecord serve` do this by themselves; this is for ledgers that are filled otherwise.
    """
    with _using(ledger) as opened:
        from onrecord.alerts import alert as alerting
        from onrecord.alerts.messages import said
        from onrecord.ledger.alert_rules import rules
        from onrecord.publish.objects import alert_object
        from onrecord.publish.site import Site

        sites = {each.rule.name: Site(base=each.rule.address) for each in rules(opened)}
        done = alerting(opened, now, _say)
        for each in done.alerts:
            told = f"{each.rule}: {each.change.name} ({each.change.event})  {said(each.change)}"
            write_line(alert_object(each, sites.get(each.rule, Site())) if as_json else told)
    click.echo(f"onrecord: {len(done.alerts)} alerted, {done.sent} messages sent, {done.failed} not sent", err=True)
    sys.exit(FAILED if done.failed else 0)


@contextmanager
def alerting_along(ledger: Path, once: bool = False) -> Iterator[Callable[[], None]]:
    """Alert and send in the background while a command runs; yields what has it look at once.

    ``once``: only when the command has done its work, and then all of it.
    """
    from onrecord.alerts import alert as alerting
    from onrecord.alerts import in_background
    from onrecord.ledger import open_ledger

    if once:
        yield lambda: None
        with open_ledger(ledger) as opened:
            alerting(opened, now, _say)
        return
    with in_background(ledger, now, _say) as look:
        yield look


@contextmanager
def _using(ledger: Path) -> Iterator[Ledger]:
    with quiet_endings(), using_ledger(ledger) as opened:
        yield opened


def _say(line: str) -> None:
    from onrecord.publish.harmless import harmless

    click.echo(f"onrecord: {harmless(line)}", err=True)


def _missing(name: str) -> None:
    click.echo(f"onrecord: {name}: there is no such rule; `onrecord alert list` shows them", err=True)
    sys.exit(FAILED)


def _shown(kept: KeptRule) -> str:
    """A rule as people read it."""
    from onrecord.publish.alerted import asked

    lines = [f"{kept.rule.name}: {asked(kept.rule)}", *map(_target_line, kept.targets)]
    lines += [] if kept.targets else ["  no target: it has its feed and its page"]
    lines += ["  no --address: its messages have no link"] if _leads_nowhere(kept) else []
    return "\n".join(lines)


def _leads_nowhere(kept: KeptRule) -> bool:
    """Whether messages go out that can't say where the event's page is; feeds know, from who serves them."""
    return bool(kept.targets) and kept.rule.address is None


def _target_line(target: Target) -> str:
    from onrecord.publish.standing import counted

    went = f"failed {counted(target.failures, 'time')}: {target.error}" if target.error else "well"
    if target.succeeded is None and not target.error:
        went = "nothing sent yet"
    last = f", last success {target.succeeded}" if target.succeeded else ""
    waits = f"; {target.waiting} waiting" if target.waiting else ""
    given_up = f"; {target.given_up} given up" if target.given_up else ""
    return f"  to {target.shown} {went}{last}{waits}{given_up}"

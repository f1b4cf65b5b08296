"""``onrecord source`` and ``onrecord watch``: which sources a ledger follows, and following them.

Promise: a watch that is stopped, by Ctrl-C, by its service or by force, goes on with the same command where it was:
what is due stands in the ledger, and no document is read twice.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from onrecord.cli.endings import not_stopped, quiet_endings, stop
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line
from onrecord.cli.profile import profile_option, profiled
from onrecord.spent import UNMEASURED, Meter

if TYPE_CHECKING:
    from onrecord.acquire.fetch import WebFetcher
    from onrecord.cli.fetching import Lend
    from onrecord.errors import UnreadableInput
    from onrecord.ledger import Added, Ledger
    from onrecord.ledger.followed import Followed
    from onrecord.nouns import Kept, Source

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST = timedelta(minutes=1)
AT_ONCE = 8
"""Sources that are asked at one time."""

AHEAD = 32
"""What each of them may bring before it is read."""

_LONGEST_SLEEP = 60.0
"""Seconds after which a watch looks again: sources may have been added meanwhile."""


def interval(context: click.Context, parameter: click.Parameter, value: str) -> timedelta:
    """Return how often, as given (``15m``). Raises BadParameter with what to write instead."""
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
    every = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if every < _SHORTEST:
        raise click.BadParameter(f"{value!r} is no time of a minute or more. Write for example 15m, 2h or 1d.")
    return every


@click.group(short_help="Choose which sources a ledger follows.")
def source() -> None:
    """Choose which sources `onrecord watch` polls: feeds, sitemaps, lists, pages or files, each with how often.

    Exit codes: 0 done; 1 there is no such source; 2 wrong usage; 5 the ledger can't be used.
    """


@source.command("add", short_help="Follow sources.")
@click.argument("addresses", metavar="URL|FILE...", nargs=-1, required=True)
@ledger_option
@click.option(
    "--every", default="15m", show_default=True, callback=interval, metavar="TIME", help="How often: 15m, 2h, 1d."
)
def add_source(addresses: tuple[str, ...], ledger: Path, every: timedelta) -> None:
    """Follow each URL or FILE; one that is followed already is polled as often as said now."""
    with quiet_endings():
        from datetime import UTC

        from onrecord.acquire.counting import has_host, is_address
        from onrecord.ledger.followed import follow

        with using_ledger(ledger, create=True) as opened:
            for given in addresses:
                address = given if is_address(given) else str(Path(given).resolve())
                if is_address(given) and not has_host(given):
                    raise click.UsageError(f"{given}: this is no address of the web.")
                new = follow(opened, address, every, datetime.now(UTC))
                click.echo(
                    f"onrecord: {address}: {'followed from now on' if new else 'was followed already'}", err=True
                )


@source.command("remove", short_help="Follow sources no longer.")
@click.argument("addresses", metavar="URL|FILE...", nargs=-1, required=True)
@ledger_option
def remove_source(addresses: tuple[str, ...], ledger: Path) -> None:
    """Follow each URL or FILE no longer; what it brought stays in the ledger."""
    missing = False
    with quiet_endings():
        from onrecord.acquire.counting import is_address
        from onrecord.ledger.followed import unfollow

        with using_ledger(ledger) as opened:
            for given in addresses:
                address = given if is_address(given) else str(Path(given).resolve())
                if not unfollow(opened, address):
                    click.echo(f"onrecord: {address}: this source is not followed", err=True)
                    missing = True
    sys.exit(int(missing))


@source.command("list", short_help="The sources and how they are.")
@ledger_option
@json_option
def list_sources(ledger: Path, as_json: bool) -> None:
    """List the sources, each with its last success, its error, and what it brings a day, last week and before."""
    with quiet_endings():
        from datetime import UTC

        from onrecord.ledger.followed import followed

        with using_ledger(ledger) as opened:
            for each in followed(opened, datetime.now(UTC)):
                write_line(each if as_json else _shown(each))


def _shown(source: Followed) -> str:
    """A source as people read it."""
    from onrecord.publish.facts import DRIFTS
    from onrecord.publish.standing import counted

    rate = "no rate yet" if source.items_a_day is None else f"{source.items_a_day:g} a day"
    before = "" if source.items_a_day_before is None else f" (before: {source.items_a_day_before:g})"
    drift = f", {DRIFTS[source.drift]}" if source.drift else ""
    went = f"failed {counted(source.failures, 'time')}: {source.error}" if source.error else "well"
    if source.succeeded is None and not source.error:
        went = "not polled yet"
    last = f", last success {source.succeeded}" if source.succeeded else ""
    return f"{source.address}\n  {went}{last}; {rate}{before}{drift}; due {source.due}"


@click.command(short_help="Follow the sources of a ledger.")
@ledger_option
@click.option("--once", is_flag=True, help="Poll what is due now, and end.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and the local network.")
@profile_option
def watch(ledger: Path, once: bool, allow_private: bool, profile: bool) -> None:
    """Poll the sources of a ledger as often as `onrecord source add` says, and add what is new, until it is stopped.

    Each poll is a line on standard error. A source that fails is asked less and less often, at least once a day. What
    alert rules (`onrecord alert`) ask for of what came in is sent meanwhile.

    Exit codes: 0 ended after --once; 2 wrong usage; 5 the ledger can't be used; 130 stopped by Ctrl-C or a
    service manager.
    """
    with quiet_endings(), profiled(profile) as meter, using_ledger(ledger) as opened:
        import time
        from datetime import UTC, datetime

        from onrecord.cli.alert import alerting_along
        from onrecord.cli.fetching import fetching
        from onrecord.ledger.followed import next_due

        if not once:
            signal.signal(signal.SIGTERM, stop)  # a service manager ends it as Ctrl-C does
        with alerting_along(ledger, once) as look, fetching(True, allow_private) as lend:
            while True:
                poll_due(opened, lend, lambda: datetime.now(UTC), look, meter)
                if once:
                    return
                not_stopped()
                upcoming = next_due(opened)
                left = (upcoming - datetime.now(UTC)).total_seconds() if upcoming else _LONGEST_SLEEP
                time.sleep(min(max(left, 0.1), _LONGEST_SLEEP))


def poll_due(
    ledger: Ledger,
    lend: Lend,
    now: Callable[[], datetime],
    look: Callable[[], None],
    meter: Meter = UNMEASURED,
) -> None:
    """Poll the sources that are due, those that wait longest first: one round of a watch.

    Up to `AT_ONCE` of them are asked side by side, and what they bring is added in their order. ``lend`` lends what
    fetches, given what earlier polls have learnt; ``now`` tells the time in UTC; ``look`` is called after each poll
    that brought something new; ``meter`` counts what the steps take. Raises LedgerError where the ledger can't be
    written to.
    """
    from onrecord.acquire.beside import overlapping
    from onrecord.ledger.followed import due

    begun = (_begun(ledger, address, lend, now) for address in due(ledger, now()))
    with closing(overlapping(begun, AT_ONCE)) as polls:
        for poll in polls:
            not_stopped()
            if _poll(ledger, poll, now, meter):
                look()


class _Begun(NamedTuple):
    """A source that is being asked for what is new."""

    address: str
    fetcher: WebFetcher | None
    found: Iterator[Source | Kept | UnreadableInput]


@contextmanager
def _begun(ledger: Ledger, address: str, lend: Lend, now: Callable[[], datetime]) -> Iterator[_Begun]:
    """Ask a source for what is new, beside others, as long as this is open."""
    from onrecord.acquire.beside import drawn
    from onrecord.acquire.files import open_to_keep
    from onrecord.acquire.taking import asking_due
    from onrecord.ledger import open_ledger

    with (
        open_ledger(ledger.path) as beside,  # as the other one is written to meanwhile
        lend(asking_due(beside, now())) as fetcher,
        drawn(open_to_keep([address], fetcher=fetcher), AHEAD) as found,
    ):
        yield _Begun(address, fetcher, found)


def _poll(ledger: Ledger, poll: _Begun, now: Callable[[], datetime], meter: Meter) -> bool:
    """Add what is new at one source, and keep and tell how that went; return whether there was something new."""
    import random

    from onrecord.acquire.taking import Way, keep
    from onrecord.cli.progress import progress
    from onrecord.ledger.followed import polled

    address = poll.address
    with progress(None, results_on_stdout=False) as bar:

        def done(_: Added) -> None:
            bar.advance()
            not_stopped()

        taken = keep(ledger, [address], poll.found, Way(now, poll.fetcher, meter=meter), done)
    error = next((reason for place, reason in taken.problems if place == address), None)
    polled(ledger, address, now(), taken.added, error, random.random())  # noqa: S311  spreads polls, no secret
    others = len(taken.problems) - (error is not None)
    unread = f", {others} could not be read" if others else ""
    told = error or f"{taken.added} added, {taken.known} there already{unread}"
    click.echo(f"onrecord: {now().isoformat(timespec='seconds')} {address}: {told}", err=True)
    return taken.added > 0

"""``onrecord events``, ``event``, ``changes``: what is planned, as of a day, and what changed, over a whole ledger.

Promise: every answer names the passages that say so; lines of JSON keep the shape that docs/ledger.md gives. The odd
case that forced its shape: the same state is a line in a list, a brief for a reader and an object for a program.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import between, json_option, ledger_option, most_option, using_ledger, write_line
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    from onrecord.ledger.changing import Change
    from onrecord.ledger.events import HeldEvent

NOT_FOUND = 1

STATUSES = ("mooted", "planned", "scheduled", "postponed", "cancelled", "underway", "occurred")
"""Those of `nouns.Status`, which is not imported for the sake of a fast ``--help``."""


def _known(_: click.Context, __: click.Parameter, kind: str | None) -> str | None:
    """A kind of event. Raises BadParameter for a word that is none."""
    if kind is None:
        return None
    from onrecord.ledger.naming import families

    if kind not in families():
        raise click.BadParameter(f"“{kind}” is no kind of event; there are {', '.join(families())}.")
    return kind


kind_option = click.option(
    "--kind", "event_kind", callback=_known, metavar="KIND", help="Only events of this kind: meeting, election, …"
)


def no_such_event(asked: str, as_of: str | None) -> NoReturn:
    """End with the sentence that a ledger has no event that is called so, by a day."""
    click.echo(f"onrecord: {asked}: the ledger has no such event{f' by {as_of}' if as_of else ''}", err=True)
    raise SystemExit(NOT_FOUND)


_as_of = click.option(
    "--as-of", callback=iso_date, metavar="DATE", help="What was known on this day; by default all that is."
)


@click.command(short_help="What is planned, as of a day, over all pages of a ledger.")
@click.argument("words", nargs=-1)
@ledger_option
@_as_of
@click.option("--from", "first", callback=iso_date, metavar="DATE", help="Only events dated on this day or later.")
@click.option("--to", "last", callback=iso_date, metavar="DATE", help="Only events dated on this day or earlier.")
@click.option("--status", type=click.Choice(STATUSES), help="Only events in this state.")
@kind_option
@most_option
@json_option
def events(
    words: tuple[str, ...], ledger: Path, as_of: str | None, first: str | None, last: str | None, status: str | None,
    event_kind: str | None, most: int, as_json: bool,
) -> None:  # fmt: skip
    """List the events that WORDS name, best match first; without words what lies ahead, soonest first.

    Only what was published by the day of --as-of counts. An event whose date has passed with no word of it is overdue.
    """
    with quiet_endings():
        from onrecord.ledger import events as events_of
        from onrecord.publish.objects import event_object

        with using_ledger(ledger) as opened:
            for held in events_of(opened, " ".join(words), as_of, between(first, last), status, most, event_kind):
                write_line(event_object(held) if as_json else _line(held))


@click.command(short_help="All that a ledger holds on one event.")
@click.argument("name", metavar="ID|WORDS", nargs=-1, required=True)
@ledger_option
@_as_of
@json_option
def event(name: tuple[str, ...], ledger: Path, as_of: str | None, as_json: bool) -> None:
    """Tell the state of one event, named by its ID or by WORDS, and the passages of each day that made it so.

    Exit codes: 0 found; 1 no such event; 2 wrong usage; 5 the ledger can't be used.
    """
    with quiet_endings():
        from onrecord.cli.brief import brief
        from onrecord.ledger import event as event_of
        from onrecord.ledger.questions import is_event
        from onrecord.publish.choosing import brief_of
        from onrecord.publish.objects import brief_object

        with using_ledger(ledger) as opened:
            held = event_of(opened, asked := " ".join(name), as_of)
            if held is None:
                no_such_event(asked, as_of)
            if is_event(asked) and held.id != asked:
                click.echo(f"onrecord: {asked} is {held.id} now", err=True)
            found = brief_of(opened, held, as_of)
            write_line(brief_object(found) if as_json else brief(found))


@click.command(short_help="What changed about events between two days.")
@ledger_option
@click.option("--since", callback=iso_date, metavar="DATE", help="Only what was published on this day or later.")
@click.option("--until", callback=iso_date, metavar="DATE", help="Only what was published by this day.")
@json_option
def changes(ledger: Path, since: str | None, until: str | None, as_json: bool) -> None:
    """List the facts that changed (status, date, venue, who takes part, agenda), in the order of the days that told it.

    Each is new, confirmed, changed, withdrawn, contested, or corrected by a person.
    """
    with quiet_endings():
        from onrecord.ledger import changes as changes_of
        from onrecord.publish.objects import change_object

        with using_ledger(ledger) as opened:
            for change in changes_of(opened, between(since, until)):
                write_line(change_object(change) if as_json else _change_line(change))


def _change_line(change: Change) -> str:
    from onrecord.publish.standing import fact_line

    return f"{change.day}  {change.name} ({change.event})  {fact_line(change)}"


def _line(held: HeldEvent) -> str:
    from onrecord.publish.standing import told_value

    state = held.state
    when = told_value(state.date) or "no date"
    where = f", {told_value(state.venue)}" if state.venue.value else ""
    who = f" — {', '.join(state.participants[:4])}" if state.participants else ""
    late = ", overdue" if held.overdue else ""
    return f"{when}  {state.name} ({state.status}{late}){where}{who}  [{held.id}]"

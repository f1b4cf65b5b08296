"""``onrecord decide``, ``decisions``: what people decide about events, claims and speakers, and what was decided.

Promise: nothing is decided without a name and a reason; each decision answers with its number, by which it can be
undone. The odd case that forced the shape: one who corrects a date thinks of the event, not of the five passages that
give it, so events are named by their ids and the ledger finds the passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.deciding import By

F = TypeVar("F", bound=Callable[..., Any])

CORRECTABLE = ("name", "kind", "status", "date", "venue", "participant", "agenda", "absent", "host", "format", "goal")
"""Those of `deciding.Correctable`, which is not imported for the sake of a fast ``--help``."""

RELATIONS = ("prepares", "part_of", "follows", "replaces", "prepared_by", "has_part", "followed_by", "replaced_by")
"""Those of `relating.Standing`, for the same reason."""


def _signed(command: F) -> F:
    """Options of every decision: which ledger, by whom and why."""
    for option in (
        click.option("--reason", required=True, metavar="TEXT", help="Why."),
        click.option("--by", "person", required=True, envvar="ONRECORD_BY", show_envvar=True, metavar="NAME",
                     help="Who decides."),
        ledger_option,
    ):  # fmt: skip
        command = option(command)
    return command


version_option = click.option(
    "--version",
    metavar="DIGITS",
    help="Which of the texts that came in under the document's id, as JSON has it.",
)


@contextmanager
def _deciding(ledger: Path, person: str, reason: str) -> Iterator[tuple[Ledger, By]]:
    with quiet_endings():
        from datetime import UTC, datetime

        from onrecord.ledger.deciding import By

        with using_ledger(ledger) as opened:
            yield opened, By(person, reason, datetime.now(UTC))


def _say(number: int) -> None:
    click.echo(f"onrecord: decision {number} is kept; `onrecord decide undo {number}` takes it back", err=True)


@click.group(short_help="Correct what a ledger says of events, entities and speakers.")
def decide() -> None:
    """Decide what the machine got wrong; a decision wins over it and is kept when documents are read again.

    Ledgers keep who decided, why and when.
    """


@decide.command(short_help="Two events or entities are one.")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@_signed
def same(one: str, other: str, ledger: Path, person: str, reason: str) -> None:
    """Make two events, or two entities, one.

    ID is what `onrecord events` or `onrecord entities` prints, or an entity of a document as DOCUMENT#e3.
    """
    from onrecord.ledger.deciding import decide_same

    with _deciding(ledger, person, reason) as (opened, by):
        _say(decide_same(opened, one, other, by))


@decide.command(short_help="Two events or entities are not one.")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID|DOCUMENT[#e3]")
@version_option
@_signed
def apart(one: str, other: str, version: str | None, ledger: Path, person: str, reason: str) -> None:
    """Take what a DOCUMENT tells out of an event or an entity, or forbid that two are taken for one.

    ID is what `onrecord events` or `onrecord entities` prints, or an entity of a document as DOCUMENT#e3.
    """
    from onrecord.ledger.deciding import decide_apart

    with _deciding(ledger, person, reason) as (opened, by):
        _say(decide_apart(opened, one, other, by, version))


@decide.command(short_help="What is true of an event.")
@click.argument("event", metavar="ID")
@click.argument("attribute", type=click.Choice(CORRECTABLE))
@click.argument("value", required=False)
@click.option("--reject", "was", metavar="VALUE", help="The value that is wrong; without VALUE it is taken away.")
@click.option("--provisional", "settled", flag_value="provisional", help="VALUE is likely, but not settled.")
@_signed
def claim(
    event: str, attribute: Any, value: str | None, was: str | None, settled: Any, ledger: Path, person: str, reason: str
) -> None:
    """Confirm a VALUE of an event, or give one in place of what stands; dates as 2031-05-22.

    Of a name, a kind, a status, a date and a venue VALUE takes the place of all that stands. Who takes part or stays
    away, hosts, goals and the like may be several: VALUE is added to them, unless `--reject` names the one whose place
    it takes; with one and the same VALUE twice that one is confirmed.
    """
    if value is None and was is None:
        raise click.UsageError("name a VALUE, or the wrong one with --reject")
    from onrecord.ledger.deciding import decide_claim

    with _deciding(ledger, person, reason) as (opened, by):
        _say(decide_claim(opened, event, attribute, value, was, settled or "settled", by))


@decide.command(short_help="How an event stands to another.")
@click.argument("one", metavar="ID")
@click.argument("kind", metavar="RELATION", type=click.Choice(RELATIONS))
@click.argument("other", metavar="ID")
@click.option("--reject", is_flag=True, help="It does not, whoever says so.")
@_signed
def relation(one: str, kind: Any, other: str, reject: bool, ledger: Path, person: str, reason: str) -> None:
    """Say how an event stands to another: prepares, part_of, follows or replaces it.

    The other way round RELATION is prepared_by, has_part, followed_by or replaced_by.
    """
    from onrecord.ledger.deciding import decide_relation

    with _deciding(ledger, person, reason) as (opened, by):
        _say(decide_relation(opened, one, kind, other, not reject, by))


@decide.command(short_help="Who said a statement.")
@click.argument("document")
@click.argument("statement")
@click.argument("name")
@version_option
@_signed
def speaker(
    document: str, statement: str, name: str, version: str | None, ledger: Path, person: str, reason: str
) -> None:
    """Say that NAME said a STATEMENT of a DOCUMENT; both by their ids, as `onrecord statements --json` prints them.

    A STATEMENT can be given by its place (120-156) as well, which no newer reading changes.
    """
    from onrecord.ledger.deciding import decide_speaker

    with _deciding(ledger, person, reason) as (opened, by):
        _say(decide_speaker(opened, document, statement, name, by, version))


@decide.command(short_help="Take a decision back.")
@click.argument("number", type=int)
@_signed
def undo(number: int, ledger: Path, person: str, reason: str) -> None:
    """Take back the decision of this NUMBER, an undoing too; it stays on record."""
    from onrecord.ledger.deciding import undo as undo_in

    with _deciding(ledger, person, reason) as (opened, by):
        _say(undo_in(opened, number, by))


@click.command(short_help="What people decided, who and why.")
@ledger_option
@json_option
def decisions(ledger: Path, as_json: bool) -> None:
    """List all decisions, the oldest first; those that were undone say so."""
    with quiet_endings():
        from onrecord.ledger.decided import decisions as decisions_of
        from onrecord.publish.objects import decision_object
        from onrecord.publish.standing import decision_line

        with using_ledger(ledger) as opened:
            for each, documents in decisions_of(opened):
                write_line(decision_object(each, documents) if as_json else decision_line(each, documents))

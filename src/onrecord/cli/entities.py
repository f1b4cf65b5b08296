"""``onrecord entities``: the people, bodies and places of a ledger, under all their names.

Promise: every id that is printed can be asked for again; lines of JSON keep the shape that docs/ledger.md gives.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import json_option, ledger_option, most_option, using_ledger, write_line
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    from onrecord.ledger.entities import HeldEntity
    from onrecord.nouns import EntityType

SHOWN = 6
"""Offices and other names of one entity that people are shown: those that most documents tell."""

TYPES = ("person", "organization", "place", "group", "document", "facility", "other")
"""Those of `nouns.EntityType`, which is not imported for the sake of a fast ``--help``."""


@click.command(short_help="Who and what is named over all pages of a ledger.")
@click.argument("words", nargs=-1)
@ledger_option
@click.option("--type", "kind", type=click.Choice(TYPES), help="Only entities of this type.")
@click.option(
    "--as-of", callback=iso_date, metavar="DATE", help="What was known on this day; by default all that is."
)  # fmt: skip
@most_option
@json_option
def entities(
    words: tuple[str, ...], ledger: Path, kind: EntityType | None, as_of: str | None, most: int, as_json: bool
) -> None:
    """List the people, bodies and places whose names hold all WORDS; without words those who are heard most.

    WORDS may be an id, also one that somebody had before. Each comes with its other names and, for people, the offices
    that documents give them, with the first and the last day of publication.
    """
    with quiet_endings():
        from onrecord.ledger import entities as entities_of
        from onrecord.ledger.entities import is_entity

        with using_ledger(ledger) as opened:
            asked = " ".join(words)
            for held in entities_of(opened, asked, kind, as_of, most):
                if is_entity(asked) and held.id != asked:
                    click.echo(f"onrecord: {asked} is {held.id} now", err=True)
                write_line(held if as_json else _told(held))


def _told(held: HeldEntity) -> str:
    others = f"  also {', '.join(held.names[:SHOWN])}" if held.names else ""
    lines = [f"{held.name} ({held.type})  [{held.id}]{others}"]
    lines += [f"    {role.title}, {_days(role.first, role.last)}" for role in held.roles[:SHOWN]]
    lines += [f"    and {len(held.roles) - SHOWN} more titles"] if len(held.roles) > SHOWN else []
    days = f", {_days(held.first_seen, held.last_seen)}" if held.first_seen else ""
    lines.append(f"  — {_number(held.documents, 'document')}, {_number(held.statements, 'statement')}{days}")
    return "\n".join(lines)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _days(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return "no day known"
    return first if first == last else f"{first} to {last}"

"""``onrecord entities``, ``why``: the people, bodies and places of a ledger, and why what names them is one.

Promise: every id that is printed can be asked for again; lines of JSON keep the shape that docs/ledger.md gives.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    from onrecord.ledger.entities import HeldEntity, Joined
    from onrecord.nouns import EntityType

NOT_FOUND = 1

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
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many are shown.")
@json_option
def entities(
    words: tuple[str, ...], ledger: Path, kind: EntityType | None, as_of: str | None, most: int, as_json: bool
) -> None:
    """List the people, bodies and places whose names hold all WORDS; without words those who are heard most.

    WORDS may be an id. Each comes with its other names and, for people, the offices that documents give them, with the
    first and the last day of publication.
    """
    with quiet_endings():
        from onrecord.ledger import entities as entities_of

        with using_ledger(ledger) as opened:
            for held in entities_of(opened, " ".join(words), kind, as_of, most):
                write_line(_object(held) if as_json else _told(held))


@click.command(short_help="Why entities of documents are taken for one.")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="[ID]", required=False)
@ledger_option
@json_option
def why(one: str, other: str | None, ledger: Path, as_json: bool) -> None:
    """Tell what documents name of an entity and why each is taken for it; of two, also what keeps them apart.

    ID is an id that `onrecord entities` prints, or an entity of a document as DOCUMENT#e3.

    Exit codes: 0 found; 1 no such entity; 2 wrong usage; 5 the ledger can't be used.
    """
    with quiet_endings():
        from onrecord.ledger import why as why_of
        from onrecord.ledger.entities import compared

        with using_ledger(ledger) as opened:
            joined = [why_of(opened, each) for each in (one, other) if each is not None]
            if not all(joined):
                click.echo("onrecord: the ledger has no such entity", err=True)
                raise SystemExit(NOT_FOUND)
            for each in (row for rows in joined for row in rows):
                write_line(_reason(each) if as_json else _reason_line(each))
            ids = list(dict.fromkeys(rows[0].id for rows in joined))
            if len(ids) > 1:
                reason = compared(opened, *ids)
                write_line({"apart": ids, "why": reason} if as_json else f"{' and '.join(ids)} are two: {reason}")


def _object(held: HeldEntity) -> dict[str, Any]:
    """An entity as `--json` prints it."""
    return held._asdict() | {"names": list(held.names), "roles": [role._asdict() for role in held.roles]}


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


def _reason(joined: Joined) -> dict[str, Any]:
    told = joined._asdict()
    reason = told.pop("why")
    return told | {"rule": reason.rule, "score": reason.score, "shares": list(reason.shares)}


def _reason_line(joined: Joined) -> str:
    place = f"{joined.day or 'no day known'}  {joined.name or 'by office'}  ({joined.document}#{joined.number})"
    return f"{place}  [{joined.id}]\n    {_because(joined)}"


def _because(joined: Joined) -> str:
    if joined.why.rule == "first":
        return "the first of it"
    if joined.why.rule == "undecided":
        return "could be one of several, or nobody in particular: stands by itself"
    return f"{joined.why.rule}, {joined.why.score:g}: {'; '.join(joined.why.shares)}"

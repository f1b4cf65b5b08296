"""``onrecord why``: why what documents tell is one event, or one person, body or place, and what keeps two apart.

Promise: every id that other commands print can be asked about. The odd case that forced its shape: events and entities
are matched by other rules, and who asks should not have to know which of the two an id is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.entities import Joined
    from onrecord.ledger.reasons import Compared, Reason

NOT_FOUND = 1


@click.command(short_help="Why events or entities are taken for one, or for two.")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="[ID|DOCUMENT]", required=False)
@ledger_option
@json_option
def why(one: str, other: str | None, ledger: Path, as_json: bool) -> None:
    """Tell what documents tell of an event or an entity and why each is taken for it; of two, what keeps them apart.

    ID is an id that `onrecord events` or `onrecord entities` prints, also one that an event or an entity had before, or
    an entity of a document as DOCUMENT#e3; of an event and a DOCUMENT that tells of it only why that one does.

    Exit codes: 0 found; 1 no such id; 2 wrong usage; 5 the ledger can't be used.
    """
    with quiet_endings(), using_ledger(ledger) as opened:
        one, other = _now(opened, one), other and _now(opened, other)
        if one[:1] == "E" and "#" not in one:
            _events(opened, one, other, as_json)
        else:
            _entities(opened, one, other, as_json)


def _now(ledger: Ledger, name: str) -> str:
    """The id that an event or an entity has now; of what is no id the same."""
    from onrecord.ledger.entities import is_entity
    from onrecord.ledger.identities import now_identified
    from onrecord.ledger.questions import is_event
    from onrecord.ledger.threads import now_called

    now = now_called(ledger, name) if is_event(name) else now_identified(ledger, name) if is_entity(name) else name
    if now != name:
        click.echo(f"onrecord: {name} is {now} now", err=True)
    return now


def _events(ledger: Ledger, one: str, other: str | None, as_json: bool) -> None:
    from onrecord.ledger.reasons import compared, reasons

    rows = reasons(ledger, one, other) if other else []
    if not rows:
        rows = [row for name in filter(None, (one, other)) for row in (reasons(ledger, name) or _nothing(name))]
    for row in rows:
        write_line(row if as_json else _reason_line(row))
    if other and other != one and {row.event for row in rows} == {one, other}:
        found = compared(ledger, one, other) or _nothing(other)
        told = {"apart": [one, other], "because": found.apart, "score": found.score, "why": list(found.why)}
        write_line(told if as_json else _apart_line(one, other, found))


def _nothing(name: str) -> NoReturn:
    click.echo(f"onrecord: {name}: the ledger has nothing of this id", err=True)
    raise SystemExit(NOT_FOUND)


def _reason_line(row: Reason) -> str:
    because = f"{row.score:g}: {'; '.join(row.why)}" if row.why else "the first of it"
    return f"{row.day}  {row.name}  ({row.document}#{row.number})  [{row.event}]\n    {because}"


def _apart_line(one: str, other: str, found: Compared) -> str:
    shared = f"what they share weighs {found.score:g}: {'; '.join(found.why) or 'nothing'}"
    return f"{one} and {other} are two: {found.apart or 'too little is shared'}\n    {shared}"


def _entities(ledger: Ledger, one: str, other: str | None, as_json: bool) -> None:
    from onrecord.ledger import why as why_of
    from onrecord.ledger.entities import compared

    joined = [why_of(ledger, each) or _nothing(each) for each in (one, other) if each is not None]
    for each in (row for rows in joined for row in rows):
        write_line(_joined(each) if as_json else _joined_line(each))
    ids = list(dict.fromkeys(rows[0].id for rows in joined))
    if len(ids) > 1:
        reason = compared(ledger, *ids)
        write_line({"apart": ids, "why": reason} if as_json else f"{' and '.join(ids)} are two: {reason}")


def _joined(joined: Joined) -> dict[str, Any]:
    told = joined._asdict()
    reason = told.pop("why")
    return told | {"rule": reason.rule, "score": reason.score, "shares": list(reason.shares)}


def _joined_line(joined: Joined) -> str:
    place = f"{joined.day or 'no day known'}  {joined.name or 'by office'}  ({joined.document}#{joined.number})"
    return f"{place}  [{joined.id}]\n    {joined.because}"

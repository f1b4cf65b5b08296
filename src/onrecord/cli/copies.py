"""``onrecord sources``, ``copies``: whose texts the outlets of a ledger print, and what they changed in them.

Promise: whatever is said to be a copy is shown with its share and the passages that differ, so that it can be checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import between, json_option, ledger_option, publication_days, using_ledger, write_line
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    from onrecord.ledger.differences import Difference
    from onrecord.ledger.sources import HeldCopies, HeldSource, HeldText

NOT_FOUND = 1

WIDTH = 160
"""Characters of a passage that people are shown."""


@click.command(short_help="The outlets of a ledger, and whose texts they print.")
@ledger_option
@publication_days
@json_option
def sources(ledger: Path, first: str | None, last: str | None, as_of: str | None, as_json: bool) -> None:
    """List the outlets, those with the most documents first: how many of these are copies of another outlet's text."""
    with quiet_endings():
        from onrecord.ledger import sources as sources_of

        with using_ledger(ledger) as opened:
            for held in sources_of(opened, between(first, last, as_of)):
                write_line(held if as_json else _source_line(held))


@click.command(short_help="Documents that have one text, and what each changed in it.")
@click.argument("document", default="")
@ledger_option
@click.option("--as-of", callback=iso_date, metavar="DATE", help="Only what was published by this day.")
@json_option
def copies(document: str, ledger: Path, as_of: str | None, as_json: bool) -> None:
    """List the texts that several documents have, or the one of DOCUMENT (its id): the earliest, then its copies.

    For each copy the passages that it added, cut or changed.

    Exit codes: 0 found, or none is asked for; 1 DOCUMENT is no copy, has none or is not there; 2 wrong usage; 5 the
    ledger can't be used.
    """
    with quiet_endings():
        from onrecord.ledger import copies as copies_of

        with using_ledger(ledger) as opened:
            found = False
            for held in copies_of(opened, document, as_of):
                found = True
                write_line(held if as_json else _group_lines(held))
            if document and not found:
                click.echo(
                    f"onrecord: no other document of the ledger has the text of {document} by that day", err=True
                )
                raise SystemExit(NOT_FOUND)


def _source_line(held: HeldSource) -> str:
    whose = ", ".join(f"{each.documents} of {each.outlet or 'outlets not known'}" for each in held.copied)
    copied = f", {held.copies} of them copies ({whose})" if held.copies else ""
    days = f", {held.first} to {held.last}" if held.first else ""
    documents, statements = counted(held.documents, "document"), counted(held.statements, "statement")
    return f"{held.outlet or 'outlet not known'}: {documents}{copied}, {statements}{days}"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _group_lines(held: HeldCopies) -> str:
    lines = [_named(held)]
    for each in held.copies:
        lines.append(f"  {_named(each)}: {each.share:.0%} in common")
        lines += [f"      {_told(passage)}" for passage in each.differs]
    return "\n".join(lines)


def _named(text: HeldText) -> str:
    day = (text.published or "")[:10] or "no day known"
    title = f", {text.title}" if text.title else ""
    return f"{day}  {text.outlet or 'outlet not known'}{title}  [{text.document}]"


def _told(passage: Difference) -> str:
    """A passage as a line: what is cut behind a minus, what is added behind a plus."""
    cut, added = (f"{sign} {_short(words)}" for sign, words in (("−", passage.was), ("+", passage.now)))
    return {"cut": cut, "added": added, "changed": f"{cut}\n      {added}"}[passage.kind]


def _short(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= WIDTH:
        return line
    half = WIDTH // 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"

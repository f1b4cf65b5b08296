"""``onrecord quote``: one quote across outlets, against the original or, where none is known, against each other.

Promise: each print comes with its verdict and its changes, and what they are held against is named.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.endings import quiet_endings, whole
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line
from onrecord.cli.outputs import standard_console
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    pass

NOT_FOUND = 1


@click.command(short_help="One quote across outlets: who printed it first, and who changed what.")
@click.argument("wanted", metavar="ID|WORDS...", nargs=-1, required=True)
@ledger_option
@click.option("--as-of", callback=iso_date, metavar="DATE", help="Only what was published by this day.")
@json_option
@click.option("--color/--no-color", default=None, help="Colour in the view; by default on a terminal only.")
def quote(wanted: tuple[str, ...], ledger: Path, as_of: str | None, as_json: bool, color: bool | None) -> None:
    """Show all prints of a quote, the earliest first, each held against the original.

    ID is a statement of a document by its number or its place, as DOCUMENT#s3 or DOCUMENT#120-156; of WORDS the quote
    that holds most is taken. Where no transcript of the ledger has the words, the prints are held against the longest
    of them.

    Exit codes: 0 found; 1 the ledger has no such quote; 2 wrong usage; 5 the ledger can't be used.
    """
    with quiet_endings(), using_ledger(ledger) as opened:
        from onrecord.ledger import family

        words = " ".join(wanted)
        found = family(opened, words, as_of)
        if found is None or not found.prints:
            by = f" by {as_of}" if as_of else ""
            click.echo(f"onrecord: “{words}”: no article of the ledger quotes this{by}", err=True)
            raise SystemExit(NOT_FOUND)
        if as_json:
            from onrecord.publish.findings import family_object

            write_line(family_object(found))
            return
        from onrecord.cli.differing import print_family

        with whole():
            print_family(standard_console(color), found)
            sys.stdout.flush()

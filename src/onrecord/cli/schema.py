"""``onrecord schema``: the promise about the output, as a program can check it."""

from __future__ import annotations

import sys

import click

from onrecord.cli.endings import quiet_endings, whole
from onrecord.publish.formats import KINDS, Kind


@click.command(short_help="Print the JSON Schema of a line of JSON.")
@click.argument("kind", metavar="[KIND]", type=click.Choice(KINDS), default="readings")
def schema(kind: Kind) -> None:
    """Print the JSON Schema (2020-12) of what `onrecord export jsonl --of KIND` writes on each line.

    By default that of readings, which `onrecord read --json` prints.
    """
    from onrecord.publish.schema import schema_text

    with quiet_endings(), whole():
        sys.stdout.buffer.write(schema_text(kind).encode("utf-8"))

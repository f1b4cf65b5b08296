"""``onrecord schema``: the promise about the output, as a program can check it."""

from __future__ import annotations

import sys

import click

from onrecord.cli.endings import quiet_endings, whole


@click.command(short_help="Print the JSON Schema of a reading.")
def schema() -> None:
    """Print the JSON Schema (2020-12) of what `onrecord read --json` prints on each line."""
    from onrecord.publish.schema import schema_text

    with quiet_endings(), whole():
        sys.stdout.buffer.write(schema_text().encode("utf-8"))

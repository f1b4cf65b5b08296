"""The command line: one file a group of commands, gathered here.

Promise: ``onrecord --help`` answers in under 0.3 seconds, so nothing here or at the top of a command's file imports
what reads pages (lxml, spaCy, rich, Jinja2); each command imports what it needs when it runs.
"""

from __future__ import annotations

import click

from onrecord.cli.access import token, user
from onrecord.cli.alert import alert
from onrecord.cli.check import check
from onrecord.cli.copies import copies, sources
from onrecord.cli.decide import decide, decisions
from onrecord.cli.entities import entities
from onrecord.cli.events import changes, event, events
from onrecord.cli.export import export
from onrecord.cli.ledger import add, documents, problems, statements, stats
from onrecord.cli.mcp import mcp
from onrecord.cli.quote import quote
from onrecord.cli.read import read
from onrecord.cli.scale import scale
from onrecord.cli.schema import schema
from onrecord.cli.serve import serve
from onrecord.cli.source import source, watch
from onrecord.cli.why import why

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Read news and keep the record: who said what, what is planned, what is settled or open, and where it says so."""


for command in (
    read, check, add, events, event, changes, entities, why, statements, quote, documents, sources, copies, decide,
    decisions, export, scale, problems, stats, serve, mcp, user, token, schema, source, watch, alert,
):  # fmt: skip
    main.add_command(command)

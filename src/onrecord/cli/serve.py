"""``onrecord serve``: the ledger as pages and as an HTTP API.

Promise: nothing is served to other machines unless somebody asked for that.
"""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import ledger_option, using_ledger


@click.command(short_help="Serve a ledger as pages and as an HTTP API.")
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port.")
def serve(ledger: Path, host: str, port: int) -> None:
    """Serve a ledger until stopped with Ctrl-C.

    Exit codes: 0 stopped; 2 wrong usage; 5 the ledger can't be used.
    """
    with quiet_endings():
        import uvicorn

        from onrecord.web.app import application

        with using_ledger(ledger):
            click.echo(f"onrecord: {ledger} at http://{host}:{port}/ (Ctrl-C stops it)", err=True)
            uvicorn.run(application(ledger), host=host, port=port, log_level="warning")

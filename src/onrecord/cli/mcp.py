"""``onrecord mcp``: the ledger as tools for an assistant, by the Model Context Protocol.

Promise: it reads and never writes what people decide or articles say; other machines are not answered.
"""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.endings import quiet_endings
from onrecord.cli.ledger import ledger_option, using_ledger
from onrecord.cli.serve import own


@click.command(short_help="The ledger as tools for assistants (Model Context Protocol).")
@ledger_option
@click.option("--base-url", metavar="URL", help="Where `onrecord serve` shows the ledger, for links to its pages.")
@click.option("--http", is_flag=True, help="Listen at an address, instead of speaking over standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="With --http: the address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="With --http: the port.")
def mcp(ledger: Path, base_url: str | None, http: bool, host: str, port: int) -> None:
    """Serve an assistant: search statements, show events as of a day, what changed, check quotes, get the evidence.

    Assistants start this command themselves and speak with it over standard input and output (docs/mcp.md tells how to
    set that up); with --http it listens at http://ADDRESS:PORT/mcp until stopped with Ctrl-C.

    Exit codes: 0 stopped; 2 wrong usage, or the package mcp is not installed; 5 the ledger can't be used.
    """
    with quiet_endings():
        try:
            from onrecord.web.assistants import server
        except ModuleNotFoundError as problem:
            if (problem.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
                raise
            raise click.UsageError(
                "assistants are spoken with by the package mcp, which is not installed; install it with: "
                "pip install 'onrecord[mcp]'"
            ) from None
        if not own(host):
            raise click.UsageError(
                f"--host {host}: other machines could read the ledger there, and nothing asks who they are; "
                "listen at 127.0.0.1 and have them come by way of SSH or a proxy that does"
            )
        with using_ledger(ledger):
            pass  # an assistant shows nobody why a program that it started ended: say now what is wrong with the file
        if not http:
            server.speak(ledger, base_url)
            return
        import uvicorn

        click.echo(f"onrecord: {ledger} for assistants at http://{host}:{port}/mcp (Ctrl-C stops it)", err=True)
        uvicorn.run(server.http_application(ledger, base_url), host=host, port=port, log_level="warning")

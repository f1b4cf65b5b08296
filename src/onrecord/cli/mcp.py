"""``onrecord mcp``: the ledger as tools for an assistant, by the Model Context Protocol.

Promise: it reads and never writes what people decide or articles say; other machines are answered only where somebody
asked for that, and then only those that have a token.
"""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import click

from onrecord.cli.access import KEY
from onrecord.cli.endings import INTERRUPTED, USAGE, quiet_endings
from onrecord.cli.ledger import ledger_option, using_ledger
from onrecord.cli.serve import own


@click.command(short_help="The ledger as tools for assistants (Model Context Protocol).")
@ledger_option
@click.option(
    "--base-url", default="http://127.0.0.1:8000/", show_default=True, metavar="URL",
    help="Where `onrecord serve` shows the ledger, for links to its pages; empty: no links.",
)  # fmt: skip
@click.option("--http", is_flag=True, help="Listen at an address, instead of speaking over standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="With --http: the address.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="With --http: a name by which others may ask."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="With --http: the port.")
def mcp(ledger: Path, base_url: str, http: bool, host: str, names: tuple[str, ...], port: int) -> None:
    """Serve an assistant: search statements, show events as of a day, what changed, check quotes, get the evidence.

    Assistants start this command themselves and speak with it over standard input and output (docs/mcp.md tells how to
    set that up); with --http it listens at http://ADDRESS:PORT/mcp until stopped with Ctrl-C. There everybody on this
    machine may ask; where others can (--host, --allow-host), each needs a token (`onrecord token add`).

    Exit codes: 0 stopped, or nobody speaks any more; 2 wrong usage, there is no token, or the package mcp is not
    installed; 5 the ledger can't be used; 130 stopped by Ctrl-C while it speaks with an assistant.
    """
    with quiet_endings():
        try:
            from onrecord.ledger.access import holding
            from onrecord.web.assistants import server
        except ModuleNotFoundError as problem:
            if (problem.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
                raise
            raise click.UsageError(
                "assistants are spoken with by the package mcp, which is not installed; install it with: "
                "pip install 'onrecord[mcp]'"
            ) from None
        ours = own(host) and all(map(own, names))
        # an assistant shows nobody why a program ended that it started: what is wrong with the file is said now
        with using_ledger(ledger) as opened:
            if http and not ours and all(each.may == KEY for each in holding(opened, datetime.now(UTC))):
                click.echo(
                    "onrecord: others could ask here, and nobody has a token: make one with `onrecord token add NAME`, "
                    "or listen at 127.0.0.1", err=True,
                )  # fmt: skip
                raise SystemExit(USAGE)
        if not http:
            if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # a host may keep it to itself
                # nothing is written, and what waits for a line of standard input can't be woken
                signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
            server.speak(ledger, base_url or None)
            return
        import uvicorn

        asked = None if ours else frozenset(name.lower() for name in (host, *names))
        click.echo(f"onrecord: {ledger} for assistants at http://{host}:{port}/mcp (Ctrl-C stops it)", err=True)
        uvicorn.run(
            server.http_application(ledger, base_url or None, asked), host=host, port=port, log_level="warning",
            server_header=False, proxy_headers=False,  # a token is all that counts, not who asks by whose word
        )  # fmt: skip

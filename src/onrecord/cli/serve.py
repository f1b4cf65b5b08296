"""``onrecord serve``: the ledger as pages and as an HTTP API.

Promise: nothing is served to other machines unless somebody asked for that, and then only to those who log in, unless
somebody said that too. The odd case that forced the shape: behind a server that speaks TLS the address is this
machine's own, and yet the readers are others; so another name than this machine's counts as another address.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from ipaddress import ip_address, ip_network
from pathlib import Path
from secrets import token_hex
from typing import Any

import click

from onrecord.cli.endings import USAGE, quiet_endings
from onrecord.cli.ledger import ledger_option, using_ledger

THIS_MACHINE = ("127.0.0.1", "::1")
"""From where a server before this one is always believed."""


@click.command(short_help="Serve a ledger as pages and as an HTTP API.")
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port.")
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name by which others may ask for the pages, as it stands in their addresses; may be given again.",
)
@click.option(
    "--base-url", metavar="URL",
    help="Where others find the pages: links lead there, and with https a login goes over TLS alone.",
)  # fmt: skip
@click.option(
    "--behind", "before", multiple=True, metavar="ADDRESS",
    help="A server before this one, or its network: believed when it says who asks, and whether over TLS "
    "(X-Forwarded-For, X-Forwarded-Proto), as this machine always is; may be given again.",
)  # fmt: skip
@click.option(
    "--reading", type=click.Choice(["open", "login"]),
    help="Whether reading needs a login; by default only where others can reach the pages (--host, --allow-host).",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Processes that answer: one core each, and up to half a GiB.",
)  # fmt: skip
def serve(
    ledger: Path, host: str, port: int, names: tuple[str, ...], base_url: str | None, before: tuple[str, ...],
    reading: str | None, workers: int,
) -> None:  # fmt: skip
    """Serve a ledger until stopped with Ctrl-C.

    On this machine everybody may read. Where others can reach the pages they have to log in, and there has to be a user
    (`onrecord user add`), unless --reading open lets everybody read. Writing always needs a login or a token. What
    alert rules (`onrecord alert`) ask for is sent meanwhile.

    Exit codes: 0 stopped; 2 wrong usage, or there is no user; 5 the ledger can't be used.
    """
    with quiet_endings():
        import uvicorn
        from uvicorn.supervisors import Multiprocess

        from onrecord.cli.alert import alerting_along
        from onrecord.ledger import renew
        from onrecord.ledger.access import users
        from onrecord.publish.site import web_address
        from onrecord.web.admission import Rules
        from onrecord.web.app import application

        if base_url is not None and web_address(base_url) is None:
            raise click.BadParameter("the pages begin at an address: https://desk.example.", param_hint="--base-url")
        if not all(map(is_network, before)):
            raise click.BadParameter("an address or a network: 10.88.0.1, 10.88.0.0/16.", param_hint="--behind")
        wanted = reading or ("open" if own(host) and all(map(own, names)) else "login")
        with using_ledger(ledger) as opened:
            if wanted == "login" and not any(each.removed is None for each in users(opened)):
                click.echo(
                    "onrecord: others could reach these pages, and nobody could log in: let somebody in with `onrecord "
                    "user add NAME`, or let everybody read with --reading open", err=True,
                )  # fmt: skip
                raise SystemExit(USAGE)
            renew(opened)
            known = frozenset(name.lower() for name in (host, *names))
            rules = Rules(known, "login" if wanted == "login" else "open", base_url)
            click.echo(f"onrecord: {ledger} at http://{host}:{port}/ (Ctrl-C stops it)", err=True)
            signal.signal(
                signal.SIGTERM, lambda *_: sys.exit(0)
            )  # uvicorn sends it on: what is being sent is told first
            settings: dict[str, Any] = {
                "host": host, "port": port, "log_level": "warning", "server_header": False,
                "forwarded_allow_ips": [*THIS_MACHINE, *before],
            }  # fmt: skip
            with alerting_along(ledger):
                if workers == 1:
                    uvicorn.run(application(ledger, rules), **settings)
                    return
                answering = partial(application, ledger, rules, token_hex(8))
                config = uvicorn.Config(answering, factory=True, workers=workers, **settings)
                Multiprocess(config, [config.bind_socket()]).run()


def is_network(given: str) -> bool:
    """Return whether something is an address or a network (``10.88.0.0/16``)."""
    try:
        ip_network(given)
    except ValueError:
        return False
    return True


def own(host: str) -> bool:
    """Return whether a name or address is this machine's own, which nobody else reaches."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

"""``onrecord user``, ``token``: who may write to a ledger by its pages and its API.

Promise: no password or token ever stands on the command line, where others see it; a token is shown once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.endings import quiet_endings, whole
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.ledger import Ledger

MAY = click.Choice(["read", "write", "moderate"])
"""`ledger.access.May`, which is not imported for the sake of a fast ``--help``."""

may_option = click.option(
    "--may", type=MAY, default="write", show_default=True,
    help="What may be done: read, write (comment, correct, add), moderate (hide and close too).",
)  # fmt: skip


@contextmanager
def _using(ledger: Path, create: bool = False) -> Iterator[tuple[Ledger, datetime]]:
    with quiet_endings():
        from datetime import UTC, datetime

        with using_ledger(ledger, create=create) as opened:
            yield opened, datetime.now(UTC)


def _password() -> str:
    """A new password: asked for twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.group(short_help="Who may log in to the pages of a ledger.")
def user() -> None:
    """Say who may log in to the pages of a ledger and what they may do there; passwords are asked for.

    Where standard input is no terminal, its first line is the password.
    """


@user.command("add", short_help="Let somebody in.")
@click.argument("name")
@may_option
@ledger_option
def add_user(name: str, may: Any, ledger: Path) -> None:
    """Add a user, or let one in again who was removed. A ledger that is not there is made: a desk may begin empty."""
    from onrecord.ledger.access import add_user as add_to

    with _using(ledger, create=True) as (opened, now):
        add_to(opened, name, _password(), may, now)
        click.echo(f"onrecord: {name} may log in ({may})", err=True)


@user.command("list", short_help="Who may log in.")
@ledger_option
@json_option
def list_users(ledger: Path, as_json: bool) -> None:
    """List all users, those who were removed too."""
    from onrecord.ledger.access import users

    with _using(ledger) as (opened, _):
        for each in users(opened):
            gone = f", removed {each.removed[:10]}" if each.removed else ""
            write_line(each if as_json else f"{each.name}  {each.may}, since {each.added[:10]}{gone}")


@user.command("remove", short_help="Let somebody in no longer.")
@click.argument("name")
@ledger_option
def remove_user(name: str, ledger: Path) -> None:
    """End all logins and tokens of a user and let him in no longer; what he wrote stays."""
    from onrecord.ledger.access import remove_user as remove_from

    with _using(ledger) as (opened, now):
        remove_from(opened, name, now)
        click.echo(f"onrecord: {name} may log in no longer", err=True)


@user.command("password", short_help="Give somebody another password.")
@click.argument("name")
@ledger_option
def password(name: str, ledger: Path) -> None:
    """Give a user another password; all his logins end, and his keys to feeds and calendars hold no longer."""
    from onrecord.ledger.access import change_password

    with _using(ledger) as (opened, now):
        change_password(opened, name, _password(), now)
        click.echo(f"onrecord: {name} has a new password; earlier logins and keys hold no longer", err=True)


KEY = "subscribe"
"""What `ledger.access.Grant` has besides."""


@click.group(short_help="By what programs may write to a ledger over HTTP.")
def token() -> None:
    """Make and take back the tokens by which programs say who they are to the HTTP API."""


@token.command("add", short_help="Make a token for a user's programs.")
@click.argument("name")
@click.option(
    "--may", type=click.Choice([KEY, *MAY.choices]), default="write", show_default=True,
    help="What may be done by it: as of users, or subscribe: read feeds and calendars, by ?key=TOKEN in their address.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it holds.")
@ledger_option
def add_token(name: str, may: Any, days: int, ledger: Path) -> None:
    """Print a new token of the user NAME, once; the ledger keeps only what it can be recognised by.

    One that may subscribe opens nothing but feeds and calendars, and is for programs that can't log in.
    """
    from onrecord.ledger.access import add_token as add_to

    with _using(ledger) as (opened, now):
        made = add_to(opened, name, may, now, days)
        with whole():
            sys.stdout.write(made + "\n")
        click.echo(f"onrecord: this token of {name} ({may}) is shown once and holds for {days} days", err=True)


@token.command("list", short_help="Which tokens there are.")
@ledger_option
@json_option
def list_tokens(ledger: Path, as_json: bool) -> None:
    """List all tokens by their first letters, those that no longer hold too."""
    from onrecord.ledger.access import tokens

    with _using(ledger) as (opened, _):
        for each in tokens(opened):
            until = f"revoked {each.revoked[:10]}" if each.revoked else f"until {each.expires[:10]}"
            write_line(each if as_json else f"{each.prefix}…  {each.user}, {each.may}, {until}")


@token.command("revoke", short_help="Take a token back.")
@click.argument("prefix")
@ledger_option
def revoke_token(prefix: str, ledger: Path) -> None:
    """Take back the token that begins with PREFIX, as `onrecord token list` prints it."""
    from onrecord.ledger.access import revoke_token as revoke_in

    with _using(ledger) as (opened, now):
        revoke_in(opened, prefix.rstrip("…"), now)
        click.echo(f"onrecord: {prefix} holds no longer", err=True)

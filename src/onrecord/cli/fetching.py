"""The options of commands that may go to the network, and what they fetch with.

Promise: without ``--fetch`` nothing here is even imported, and no command reaches any other machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.acquire.fetch import Manners, Memory, WebFetcher

F = TypeVar("F", bound=Callable[..., Any])

Lend = Callable[["Memory | None"], AbstractContextManager["WebFetcher | None"]]
"""What lends, for one run, what fetches, given what earlier runs have learnt; None: nothing is to be fetched."""


def fetch_options(command: F) -> F:
    """Whether a command fetches, and from where it may."""
    private = "With --fetch: also from this machine and the local network, which pages of others could lead to."
    command = click.option("--allow-private", is_flag=True, help=private)(command)
    told = "Fetch addresses, those given and those that feeds and lists name; nothing is fetched without it."
    return click.option("--fetch", is_flag=True, help=told)(command)


@contextmanager
def fetching(fetch: bool, allow_private: bool) -> Iterator[Lend]:
    """Yield what lends, for one run after another, what fetches, all over the same connections.

    Raises UsageError for a half-told wish.
    """
    if not fetch:
        if allow_private:
            raise click.UsageError("--allow-private says from where --fetch may fetch; add --fetch")
        yield lambda memory: nullcontext()
        return
    from onrecord.acquire.fetch import Lines, WebFetcher

    manners = _manners(allow_private)
    with closing(Lines(manners)) as lines:
        yield lambda memory: WebFetcher(manners, _now, memory=memory, lines=lines)


def _manners(allow_private: bool) -> Manners:
    from importlib.metadata import version

    from onrecord.acquire.fetch import AGENT, Manners

    return Manners(agent=f"{AGENT}/{version('onrecord')}", allow_private=allow_private)


def _now() -> datetime:
    return datetime.now(UTC)

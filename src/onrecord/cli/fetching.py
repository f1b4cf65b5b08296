"""The options of commands that may go to the network, and what they fetch with.

Promise: without ``--fetch`` nothing here is even imported, and no command reaches any other machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.acquire.fetch import Manners, Memory, WebFetcher

F = TypeVar("F", bound=Callable[..., Any])


def fetch_options(command: F) -> F:
    """Whether a command fetches, and from where it may."""
    private = "With --fetch: also from this machine and the local network, which pages of others could lead to."
    command = click.option("--allow-private", is_flag=True, help=private)(command)
    told = "Fetch addresses, those given and those that feeds and lists name; nothing is fetched without it."
    return click.option("--fetch", is_flag=True, help=told)(command)


@contextmanager
def fetching(fetch: bool, allow_private: bool, memory: Memory | None = None) -> Iterator[WebFetcher | None]:
    """Yield what fetches, None where nothing is to be fetched. Raises UsageError for a half-told wish.

    ``memory``: what earlier runs have learnt; None: nothing.
    """
    if not fetch:
        if allow_private:
            raise click.UsageError("--allow-private says from where --fetch may fetch; add --fetch")
        yield None
        return
    from onrecord.acquire.fetch import Memory, WebFetcher

    with WebFetcher(_manners(allow_private), _now, memory=memory or Memory()) as fetcher:
        yield fetcher


@contextmanager
def fetching_often(allow_private: bool) -> Iterator[Callable[[Memory], WebFetcher]]:
    """Yield what lends, for one run after another, what fetches, all over the same connections."""
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

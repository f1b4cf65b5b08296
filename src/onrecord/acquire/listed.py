"""Addresses that a feed, a sitemap or a list names, with what it says of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source

LONGEST = 2_000
"""Code points of an address; longer ones are refused, as most servers do."""

_ADDRESS = re.compile(r"(?i)https?://[^\s<>\"]+")
_SHOWN = 3


class Listed(NamedTuple):
    """An address that something names. None: not said."""

    address: str
    place: str
    """Where it is named: ``feed.xml:3``."""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    instead: Source | None = None
    """What can be read without the page: a feed's summary of it."""
    mark: str = ""
    """Another one as soon as anything else is said of the page. Empty: nothing is said by which that shows."""

    @property
    def by(self) -> str:
        """What names it: ``feed.xml``."""
        return self.place.rpartition(":")[0]


def mark_of(*said: str) -> str:
    """Return what tells whether something else is said of a page: one and the same for the same words."""
    return sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()[:32] if any(said) else ""


def read_addresses(text: str, where: str) -> Iterator[Listed | UnreadableInput]:
    """Yield the addresses of a plain list, one a line; ``#`` begins a remark."""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition(" #")[0].strip()
        if line and not line.startswith("#"):
            yield listed(line, f"{where}:{number}")


def is_list_of_addresses(first: bytes) -> bool:
    """Whether a text that begins so has nothing but addresses and remarks, the last line of many may be cut."""
    lines = [line.strip() for line in first.decode("utf-8", "replace").lstrip("\ufeff").splitlines()]
    lines = [line.partition(" #")[0].strip() for line in lines if line and not line.startswith("#")]
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in (lines[:-1] if len(lines) > 1 else lines))


def told(named: Iterable[Listed], where: str) -> UnreadableInput:
    """What is said of addresses that nobody asked to fetch: how many, the first of them, and how to read them."""
    addresses = [each.address for each in named]
    shown = ", ".join(addresses[:_SHOWN]) + (", …" if len(addresses) > _SHOWN else "")
    many = "an address" if len(addresses) == 1 else f"{len(addresses)} addresses"
    return UnreadableInput(where, f"it names {many} and no text ({shown}); add --fetch to read what stands there")


def listed(address: str, place: str) -> Listed | UnreadableInput:
    """Return the address that stands at a place, or why it is none."""
    address = address.strip()
    if _ADDRESS.fullmatch(address) and len(address) <= LONGEST:
        return Listed(address, place)
    return UnreadableInput(place, f"this is no web address: {address[:80]!r}")

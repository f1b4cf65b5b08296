"""By what the address of a page is known: one key for all addresses that name one page.

Promise: what two addresses differ in that have one key is no part of what they name: the order of parameters, what
stands behind ``#``, and parameters that only track (`any/tracking.toml`). The key is never asked for, since a server
may mean what is left out. The odd case that forced the shape: a page may say of itself that it stands at
``https://[news/``, which names nothing; that is no reason to lose it, or what is read after it.
"""

from __future__ import annotations

from w3lib.url import canonicalize_url

from onrecord.tables import table


def key_of(address: str) -> str:
    """Return by what an address of the web is known: two that name one page have the same. What is none is itself."""
    try:
        head, _, query = canonicalize_url(address).partition("?")
    except ValueError:
        return address
    tracking = table("page", "any", "tracking")
    begins, names = tuple(tracking["begins"]), tracking["names"]
    named = ((each, each.partition("=")[0]) for each in query.split("&"))
    kept = "&".join(each for each, name in named if name not in names and not name.startswith(begins))
    return f"{head}?{kept}" if kept else head

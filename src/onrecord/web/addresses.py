"""Where the pages are for who reads them, which a server before this one may know alone.

Promise: links, feeds and cookies are made for one and the same address. The odd case that forced the shape: a server
that speaks TLS asks for the pages without it and under whatever name it likes, so what was said when this one was
started goes before what a request says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from litestar import Request

from onrecord.acquire.counting import has_host, is_address
from onrecord.web.feeds import without_key


def pages_begin(request: Request[Any, Any, Any]) -> str:
    """Return where the pages begin: `Rules.base`, else as who asks calls it."""
    return request.app.state.rules.base or str(request.base_url)


def over_tls(request: Request[Any, Any, Any]) -> bool:
    """Return whether the pages are read over TLS, so that a cookie goes over it alone."""
    return pages_begin(request).startswith("https://")


def itself(request: Request[Any, Any, Any]) -> str:
    """Return the address that was asked for, without a key in it."""
    asked = urlsplit(str(request.url))
    kept = without_key(request.scope["query_string"].decode("latin-1"))  # what reads it keeps no order
    return f"{pages_begin(request).rstrip('/')}{asked.path}{'?' if kept else ''}{kept}"


def shown_of(address: str, whole: bool) -> str:
    """Return what is shown of a source: no folder of this machine, and the path only to who moderates.

    Feeds that are not for everybody have a word in it that lets one in.
    """
    if not is_address(address):
        return Path(address).name
    if not has_host(address):
        return "an address that cannot be read"
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path if whole else ''}"

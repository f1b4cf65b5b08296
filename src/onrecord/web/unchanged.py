"""What has not changed is not sent again: an ETag on every answer, and 304 to whoever has that already.

Promise: an answer is worked out only where it may be another one than the reader has. The odd case that forced the
shape: who asks may see more or less of the same (what moderators have hidden), so that is part of the tag.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version as version_of
from typing import Any

from anyio import to_thread
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.ledger import version
from onrecord.web.desk import Desk


class Unchanged(ASGIMiddleware):
    """Answers 304 where what the reader has is still right, and tags what is sent."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, of: Callable[[str], bool] = lambda path: True) -> None:
        """``of``: tells by an address's path whether it is so there; pages have forms, which are of one login."""
        self._of = of

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer a request, or let it through."""
        if scope.get("method") != "GET" or not self._of(scope["path"]):
            await next_app(scope, receive, send)
            return
        tag = await to_thread.run_sync(_tag, scope["litestar_app"].state.desk, scope)

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                headers = MutableScopeHeaders.from_message(message)
                headers["ETag"] = tag
                headers["Cache-Control"] = "private, no-cache"
                headers["Vary"] = "Accept, Authorization, Cookie"
            await send(message)

        known = Headers.from_scope(scope).get("if-none-match", "")
        if tag in {each.strip() for each in known.split(",")}:  # "*" is any answer, so it has to be worked out
            await tagged({"type": "http.response.start", "status": 304, "headers": []})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await next_app(scope, receive, tagged)


def _tag(desk: Desk, scope: Scope) -> str:
    with desk.ledger() as ledger:
        stamp, held = desk.stamp, version(ledger)
    accept = Headers.from_scope(scope).get("accept", "")
    seen: Any = getattr(scope.get("user"), "may", "")
    asked = (scope["path"], scope["query_string"].decode("latin-1"), accept, str(seen))
    told = (version_of("onrecord"), stamp, held, *asked)
    return f'W/"{sha256(chr(0).join(told).encode()).hexdigest()[:32]}"'

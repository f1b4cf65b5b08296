"""HEAD is answered wherever GET is: the same answer without its body.

Promise: what a HEAD tells is what a GET would, and where an address says which methods it answers HEAD is one of them.
The odd case that forced the shape: a file that is sent in pieces would be made to its end for nobody, so its reader
counts as gone once it has begun.
"""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answering_heads(served: ASGIApp) -> ASGIApp:
    """Return an application that answers HEAD too."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def naming(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                methods = [each.strip() for each in headers.get("Allow", "").split(",")]
                if "GET" in methods and "HEAD" not in methods:
                    headers["Allow"] = ", ".join(sorted((*methods, "HEAD")))
            await send(message)

        if scope.get("method") != "HEAD":
            await served(scope, receive, naming)
            return
        begun = False

        async def bodiless(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                await naming(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                begun = True

        async def gone() -> Message:
            return {"type": "http.disconnect"} if begun else await receive()  # type: ignore[return-value]

        await served({**scope, "method": "GET"}, gone, bodiless)  # type: ignore[arg-type]

    return answer

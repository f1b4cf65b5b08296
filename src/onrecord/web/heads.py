"""HEAD is answered wherever GET is: the same answer without its body.

Promise: what a HEAD tells is what a GET would, and where an address says which methods it answers HEAD is one of them.
The odd case that forced the shape: a file that is sent in pieces would be made to its end for nobody, so its reader
counts as gone once it has begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answering_heads(served: ASGIApp, methods: Mapping[str, Set[str]]) -> ASGIApp:
    """Return an application that answers HEAD too. ``methods``: those of each address, by its template.

    Where several handlers share an address Litestar's own answer to OPTIONS has the methods of the first alone.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def naming(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                told = {each.strip() for each in headers.get("Allow", "").split(",")}
                answered = methods.get(str(scope.get("path_template")), told)
                if "Allow" in headers:
                    headers["Allow"] = ", ".join(sorted(answered | ({"HEAD"} if "GET" in answered else set())))
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

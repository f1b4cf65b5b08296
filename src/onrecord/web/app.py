"""The application that `onrecord serve` serves: pages, and what they are kept to.

Promise: no answer lets a browser run or fetch anything that is not of this application (one policy for all), and an
error is a page for people. The odd case that forced its shape: reading a ledger blocks, so every handler runs in a
thread, of which there are as many as connections are kept (`desk.READERS`).
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from anyio import to_thread
from litestar import Litestar, Request, get
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.routes import HTTPRoute
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig
from litestar.types import Message, Scope

from onrecord.garbage import answered, between_answers
from onrecord.publish.report import resource
from onrecord.web.about import about, keys
from onrecord.web.adding import Adding
from onrecord.web.admission import ANYBODY, WRITES, Admission, Rules, given_form
from onrecord.web.alerts import ALERTS
from onrecord.web.api import API, OPENAPI
from onrecord.web.bringing import ADD
from onrecord.web.comments import COMMENTS
from onrecord.web.decisions import DECISIONS
from onrecord.web.desk import READERS, Desk
from onrecord.web.documents import document, documents
from onrecord.web.entities import entities, entity
from onrecord.web.event import event_page, events_page
from onrecord.web.failing import FAILURES
from onrecord.web.files import Ending
from onrecord.web.files import files as files_of
from onrecord.web.heads import answering_heads
from onrecord.web.limits import Limit
from onrecord.web.login import ATTEMPTS, GUESSES, login, login_page, logout
from onrecord.web.pages import templates
from onrecord.web.quotes import quote
from onrecord.web.search import find
from onrecord.web.sources import copies_page, sources_page
from onrecord.web.statement import statement
from onrecord.web.subscribing import SUBSCRIBE
from onrecord.web.today import seen, today
from onrecord.web.unread import unread

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

BODY = 1_000_000
"""Bytes of a form at most."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

PAGE = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, Cookie"}
"""Headers of pages: who asks has a part in what stands there, so nobody keeps them for others."""


@get("/palette.css", media_type="text/css", include_in_schema=False, sync_to_thread=False)
def palette() -> str:
    """Return the colours that pages and reports have in common."""
    return resource("palette.css")


@get("/article.css", media_type="text/css", include_in_schema=False, sync_to_thread=False)
def article_sheet() -> str:
    """Return how articles, their facts and word diffs look, on pages and in reports."""
    return resource("article.css") + resource("checked.css")


async def protect(message: Message, _: Scope) -> None:
    """Give every answer its headers, those to addresses that are not there too."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        shown = headers.get("content-type", "").startswith("text/html")
        for name, value in (HEADERS | PAGE if shown else HEADERS).items():
            headers.setdefault(name, value)


async def _answered(_: Request[Any, Any, Any]) -> None:
    answered()


def limits() -> dict[str, Limit]:
    """Return what counts how often somebody does something, while nobody has yet."""
    return {"attempts": Limit(*ATTEMPTS), "guesses": Limit(*GUESSES), "writes": Limit(*WRITES)}


def application(ledger: Path, rules: Rules = ANYBODY, run: str | None = None) -> Litestar:
    """Return the application that serves a ledger's file.

    ``rules``: whom it answers; ``run``: what the processes of one server share, so that all tag an answer alike.
    """
    desk, adding = Desk(ledger, run), Adding(ledger)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        to_thread.current_default_thread_limiter().total_tokens = READERS
        get_running_loop().set_default_executor(ThreadPoolExecutor(READERS))  # handlers run there, the loop ends it
        try:
            with between_answers():
                async with adding.open():
                    yield
        finally:
            desk.close()

    async def given() -> Desk:
        return desk

    made = Litestar(
        route_handlers=[
            today,
            seen,
            events_page,
            event_page,
            sources_page,
            copies_page,
            about,
            keys,
            palette,
            article_sheet,
            documents,
            document,
            statement,
            entities,
            entity,
            quote,
            find,
            unread,
            *files_of(),
            API,
            ADD,
            COMMENTS,
            DECISIONS,
            ALERTS,
            SUBSCRIBE,
            login_page,
            login,
            logout,
            create_static_files_router("/static", [str(files("onrecord.web") / "static")], include_in_schema=False),
        ],
        dependencies={"desk": Provide(given), "posted": Provide(given_form)},
        middleware=[Admission(rules), Ending()],
        request_max_body_size=BODY,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates())),
        exception_handlers=FAILURES,
        openapi_config=OPENAPI,
        state=State({"desk": desk, "adding": adding, "rules": rules, **limits()}),
        before_send=[protect],
        lifespan=[lifespan],
        after_response=_answered,
    )
    methods = {route.path_format: frozenset(route.methods) for route in made.routes if isinstance(route, HTTPRoute)}
    made.asgi_handler = answering_heads(made.asgi_handler, methods)
    return made

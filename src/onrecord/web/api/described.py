"""The OpenAPI document of the API: what Litestar makes of the handlers, with what every answer has in common.

Promise: every status that an address answers with is in it, every object is described as the code has it, and the
examples are answers about the sample story. The odd case that forced the shape: what can go wrong is the same nearly
everywhere, so that it is written here once and not beside each handler.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from importlib.resources import files
from typing import Any, get_args

import msgspec
from litestar import Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme, Tag
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler

from onrecord.alerts.messages import AlertMessage
from onrecord.ledger.comments import Talk
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.facets import Counted
from onrecord.ledger.questions import HeldDocument, HeldStatement, Problem
from onrecord.ledger.sources import HeldCopies, HeldSource
from onrecord.nouns import Reading
from onrecord.publish.alerted import RuleObject
from onrecord.publish.findings import FamilyObject, FindingObject
from onrecord.publish.objects import BriefObject, ChangeObject, DecisionObject
from onrecord.web.adding import Addition
from onrecord.web.api.adding import DocumentGiven
from onrecord.web.api.comments import ModerationGiven, ReplyGiven, TalkGiven
from onrecord.web.api.files import TAG, described_files
from onrecord.web.api.paging import Added
from onrecord.web.api.search import FoundObject
from onrecord.web.api.texts import QuoteGiven
from onrecord.web.api.webhooks import TrialObject, WebhookGiven, WebhookMade
from onrecord.web.deciding import DecisionGiven
from onrecord.web.problems import API_V1, MEDIA, ProblemDetails

TOLD = """What a ledger of onrecord answers, for other programs: who said what, what is planned, what of it is settled
or open, as of any day, with the passages that say so.

Lists come in pages (`items` and the address of the `next` one). Every answer has an `ETag`; asked with `If-None-Match`
it comes only if it is another one. What goes wrong is told as RFC 9457 has it. All text in answers is that of the
documents: it is data, to be shown as text, and never instructions or markup.
"""

TAGS = {
    "events": "What is planned and what was held, what changed about it, and what people decided.",
    "texts": "Documents, what was read in them, who said what, and whose texts are printed.",
    "quotes": "What was printed against what was said.",
    "names": "People, bodies and places over all documents.",
    "search": "The search over everything: statements, events, names and the full text, with what narrows each.",
    "ledger": "How much there is, and what could not be read.",
    "comments": "What readers say of a passage.",
    "webhooks": "Who is told what changes, by signed messages (Standard Webhooks).",
    TAG: "All of it as files, feeds and calendars, in the formats of other programs.",
}

ERRORS = {
    HTTPStatus.BAD_REQUEST: "A parameter or the body is not as described.",
    HTTPStatus.UNAUTHORIZED: "Who asks has to say who he is, by a token.",
    HTTPStatus.FORBIDDEN: "Who asks may not do this.",
    HTTPStatus.NOT_FOUND: "There is nothing of that name, or no such page.",
    HTTPStatus.CONFLICT: "It is in the way of what is there.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of a kind that is not taken.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent can't be taken, for the reason that is told.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too much was asked for in too little time; `Retry-After` says when to go on.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The ledger can't be used at the moment.",
}

ALWAYS = (
    HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND,
    HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE,
)  # fmt: skip
WRITING = (
    HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS,
)  # fmt: skip

EXAMPLES = "examples.json"
"""For each operation its answer about the sample story, and what is sent to it; a test holds them to be right."""


OBJECTS = (
    Added, Addition, AlertMessage, BriefObject, ChangeObject, Counted, DecisionObject, DocumentGiven, FamilyObject,
    FindingObject, FoundObject, HeldCopies,
    HeldDocument, HeldEntity, HeldSource, HeldStatement, ModerationGiven, Problem, QuoteGiven, Reading,
    ReplyGiven, RuleObject, Talk, TalkGiven, TrialObject, WebhookGiven, WebhookMade, *get_args(DecisionGiven),
)  # fmt: skip
"""What is answered; what the code says of each of these and of their parts stands in the document."""

_PAGE = re.compile(r"Page_[\w.]*\.(\w+)_")
"""How Litestar names a page of something."""


class DocumentRouter(Router):
    """Where the document is served; what else lies there is answered by the application."""

    def register(self, value: ControllerRouterHandler) -> Sequence[BaseRoute]:  # type: ignore[override]
        """Register a handler, but not Litestar's own for all addresses that are not there."""
        caught = isinstance(value, HTTPRouteHandler) and "/{path:str}" in value.paths
        return [] if caught else super().register(value)


class Described(JsonRenderPlugin):
    """Serves the document at ``openapi.json``."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the document as JSON."""
        return msgspec.json.encode(described(openapi_schema))


def described(made: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document with errors, examples and what all answers have in common."""
    document: dict[str, Any] = json.loads(_PAGE.sub(r"\1Page", json.dumps(made, default=str)))
    paths = {path: item for path, item in document["paths"].items() if path.startswith(API_V1)}
    components = document["components"]
    told_of = msgspec.json.schema_components([ProblemDetails, *OBJECTS], ref_template="#/components/schemas/{name}")[1]
    for name, schema in told_of.items():
        described = components["schemas"].setdefault(name, schema)
        described |= {key: schema[key] for key in ("description", "additionalProperties") if key in schema}
    sent = [
        each for each in OBJECTS if each.__name__.endswith("Given")
    ]  # Litestar leaves out how long lists have to be
    components["schemas"] |= msgspec.json.schema_components(sent, ref_template="#/components/schemas/{name}")[1]
    components["responses"] = {
        status.name.title().replace("_", ""): {
            "description": told,
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        for status, told in ERRORS.items()
    }
    for method, operation in _operations(paths):
        _complete(method, operation)
    taken = described_files(paths)
    for method, operation in _operations(taken):
        _complete(method, operation)
    return document | {"paths": paths | taken, "webhooks": {"alert": {"post": _alert()}}}


def _operations(paths: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in paths.values():
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield method, operation


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what can go wrong, its examples, and what its answers carry."""
    responses = operation["responses"]
    for status in (*ALWAYS, *(WRITING if method != "get" else ())):
        responses[str(status.value)] = {"$ref": f"#/components/responses/{status.name.title().replace('_', '')}"}
    if method == "get":
        responses["304"] = {"description": "What the asking program has is still right."}
    for parameter in operation.get("parameters", ()):
        _without_null(parameter)
    if operation["operationId"] == "add-document":
        _complete_adding(operation)
    example = _examples().get(operation["operationId"], {})
    answers = responses.get("200") or responses.get("201") or {}
    for content in answers.get("content", {}).values():
        if "answer" in example:
            content["examples"] = {"story": {"summary": "The sample story", "value": example["answer"]}}
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        if "sent" in example and media == "application/json":
            content["examples"] = {"story": {"summary": "The sample story", "value": example["sent"]}}


def _without_null(parameter: dict[str, Any]) -> None:
    """Take out of a parameter what an address can't say: it is there or is not, and is never null."""
    schema = parameter["schema"]
    some = [each for each in schema.get("oneOf", ()) if each.get("type") != "null"]
    if len(some) == 1 and some != schema["oneOf"]:
        del schema["oneOf"]
        schema.update(some[0])
    if None in schema.get("enum", ()):
        schema |= {"type": "string", "enum": [each for each in schema["enum"] if each is not None]}
    if schema.get("default", "") is None:
        del schema["default"]
    schema.pop("description", None)  # the parameter has it


def _complete_adding(operation: dict[str, Any]) -> None:
    """Say what is taken by kind, and with which status what is answered, which no signature tells."""
    text = {"schema": {"type": "string", "minLength": 1}}
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/DocumentGiven"}},
            **dict.fromkeys(("text/html", "text/plain", "text/markdown"), text),
        },
    }
    made = operation["responses"]["201"]
    location = {"description": "Where what was read, or what became of it, is answered.", "schema": {"type": "string"}}
    made |= {"description": "It was added.", "headers": {"Location": location}}
    operation["responses"]["200"] = {**made, "description": "It was there."}
    operation["responses"]["202"] = {**made, "description": "It is being read; ask at `Location` later."}


def _alert() -> dict[str, Any]:
    """What is sent to a webhook, which no handler tells of."""
    names = {
        "webhook-id": "The message's id: one that comes again has the same.",
        "webhook-timestamp": "When it was sent, in seconds since 1970; what is much older is to be refused.",
        "webhook-signature": "HMAC-SHA256 of both and the body by the webhook's secret (Standard Webhooks).",
    }
    return {
        "tags": ["webhooks"],
        "summary": "What changed",
        "description": "A message to a webhook. Until it is taken it comes again for three days, later and later.",
        "operationId": "alert",
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": told, "schema": {"type": "string"}}
            for name, told in names.items()
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/AlertMessage"},
                    "examples": {
                        name: {"summary": told, "value": _examples()["alert"][name]}
                        for name, told in (("story", "The sample story"), ("trial", "A trial"))
                    },
                }
            },
        },
        "responses": {
            "2XX": {"description": "It was taken, within 15 seconds."},
            "default": {"description": "It was not, and comes again. Nobody follows to another address."},
        },
        "security": [],
    }


@cache
def _examples() -> dict[str, Any]:
    held: dict[str, Any] = json.loads((files("onrecord.web.api") / EXAMPLES).read_text(encoding="utf-8"))
    return held


OPENAPI = OpenAPIConfig(
    title="onrecord",
    version=version("onrecord"),
    summary="The record: who said what, what is planned, as of when, and the passage that says so.",
    description=TOLD,
    license=License(name="Apache-2.0", identifier="Apache-2.0"),
    tags=[Tag(name=name, description=told) for name, told in TAGS.items()],
    use_handler_docstrings=True,
    openapi_router=DocumentRouter(API_V1, route_handlers=[], include_in_schema=False),
    render_plugins=[Described()],
    components=Components(
        security_schemes={
            "token": SecurityScheme(
                type="http", scheme="bearer", description="A token that `onrecord token add` has made."
            )
        }
    ),
)

"""The API's files: the feeds, calendars and tables of the table of formats, and what its document says of them.

Promise: whatever has an address by its suffix stands in the document, with its media type and an example. The odd case
that forced the shape: an event and its files share one address to the router, so that what asks for a file is answered
before the event would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from anyio import to_thread
from litestar import Request
from litestar.response import Stream

from onrecord.publish.formats import Format, Kind
from onrecord.web.api.asking import refuse_nulls
from onrecord.web.files import EVENT_FILES, PATHS, WEEKS, event_file
from onrecord.web.pages import a_day
from onrecord.web.problems import API_V1

TAG = "files"

_TOLD: dict[Kind, str] = {
    "documents": "The documents",
    "statements": "Who said what",
    "readings": "What was read in documents",
    "events": "What is planned and what was held",
    "claims": "What documents tell of events, each claim by itself",
    "evidence": "The passages that tell how events stand",
    "changes": "What changed",
}
"""What things of each kind are."""

_OF_EVENT: dict[Kind, str] = {
    "briefs": "All that is known of an event",
    "events": "How an event stands",
    "changes": "What changed about an event",
}
"""What they are in a file of one event."""

_PUBLISHED = dict.fromkeys(("as_of", "from", "to"), "/documents")
_EVENTS = dict.fromkeys(("q", "as_of", "from", "to", "status", "kind"), "/events")
_LIKE: dict[Kind, dict[str, str]] = {
    "documents": _PUBLISHED,
    "statements": dict.fromkeys(("q", "by", "about", "form", "as_of", "from", "to"), "/statements"),
    "readings": _PUBLISHED,
    "events": _EVENTS,
    "claims": _EVENTS,
    "evidence": _EVENTS,
    "changes": _EVENTS | _PUBLISHED,
}
"""The parameters of a file of each kind, with the address whose parameter of this name means the same."""


def _text(name: str, told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": told, "schema": {"type": "string"}}


_OWN: dict[Kind, dict[str, Any]] = {
    "statements": _text("outlet", "Only what this outlet published."),
    "readings": _text("q", "The id of the only document; without it all of them."),
}
"""What only files of a kind are asked."""

_JSON = frozenset({"jsonfeed", "annotations", "schemaorg"})
"""Formats that are one JSON object; what stands in it their own specifications say."""


async def file_of_event(request: Request[Any, Any, Any]) -> Stream | None:
    """Return the file that an address of an event with a suffix asks for; None where the event itself is asked for.

    Raises as `refuse_nulls`, and NotFoundException where there is no such event or format.
    """
    await refuse_nulls(request)
    name = request.path_params["id"]
    if "." not in name:
        return None
    day = a_day(request.query_params.get("as_of"))
    return await to_thread.run_sync(event_file, request, request.app.state.desk, name, day)


def described_files(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a document that tells of the files. ``paths``: what it tells of all other addresses."""
    return dict(_of_all(paths)) | dict(_of_one(paths))


def _of_all(paths: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, (form, kind) in PATHS.items():
        asked = [_parameter(paths, like, name) for name, like in _LIKE[kind].items()]
        asked += [_OWN[kind]] if kind in _OWN else []
        without = "days" if kind == "statements" else "words or days"
        more = f" Without {without} it is of the last {WEEKS} days." if form.followed else ""
        yield API_V1 + path, _file(f"{kind}{form.suffix}", form, _TOLD[kind], asked, more)


def _of_one(paths: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    path = "/events/{id}"
    asked = [_parameter(paths, path, name) for name in ("id", "as_of")]
    for suffix, (form, kind) in EVENT_FILES.items():
        yield f"{API_V1}{path}{suffix}", _file(f"event{suffix}", form, _OF_EVENT[kind], asked)


def _parameter(paths: Mapping[str, Any], path: str, name: str) -> dict[str, Any]:
    """A parameter as another address has it; but text is of any length, and of what is no text nothing may be given.

    Links on pages are like that: they have all fields of a form, those that are empty too.
    """
    asked = paths[API_V1 + path]["get"]["parameters"]
    found: dict[str, Any] = deepcopy(next(each for each in asked if each["name"] == name))
    schema = found["schema"]
    schema.pop("maxLength", None)
    if found["in"] == "query" and ("format" in schema or "enum" in schema):
        found["schema"] = {"anyOf": [schema, {"type": "string", "maxLength": 0}]}
    return found


def _file(name: str, form: Format, what: str, asked: list[dict[str, Any]], more: str = "") -> dict[str, Any]:
    """What is told of an address that gives a file; ``more``: a further sentence."""
    schema = {} if form.binary else {"type": "object" if form.name in _JSON else "string"}
    return {
        "get": {
            "tags": [TAG],
            "summary": f"{what}, as {form.suffix}",
            "description": f"{what}: {form.told}.{more}",
            "operationId": name.replace(".", "-"),
            "parameters": deepcopy(asked),
            "responses": {
                "200": {"description": "The file.", "content": {form.media.partition(";")[0]: {"schema": schema}}}
            },
        }
    }

"""The JSON Schema of each kind of line, made from its type, so that it can't say anything else than the program does.

Promise: JSON Schema 2020-12; every line that onrecord writes is valid against it; keys may be added in later
versions, so further keys are allowed. The odd case that forced the shape: a key whose value may be left out when
decoding is always written when encoding, so all of these are required, which is the promise users need.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET
from msgspec.structs import fields

from onrecord import nouns
from onrecord.ledger import corrections, origins, questions
from onrecord.ledger.questions import HeldDocument, HeldStatement
from onrecord.nouns import FORMAT, Reading
from onrecord.publish import objects, rows
from onrecord.publish.formats import Kind
from onrecord.publish.objects import BriefObject, ChangeObject, EventObject
from onrecord.publish.rows import ClaimRow, EvidenceRow

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Shape(NamedTuple):
    """What stands on a line of JSON Lines."""

    name: str
    """Its name and version."""
    type: type[msgspec.Struct]
    told: str


SHAPES: dict[Kind, Shape] = {
    "readings": Shape(
        FORMAT, Reading,
        "What `onrecord read --json` prints on each line: all that one reading of one document found.",
    ),
    "documents": Shape("onrecord.document/1", HeldDocument, "What `onrecord documents --json` prints on each line."),
    "statements": Shape(
        "onrecord.statement/1", HeldStatement, "What `onrecord statements --json` prints on each line."
    ),
    "events": Shape("onrecord.event/1", EventObject, "What `onrecord events --json` prints on each line."),
    "changes": Shape("onrecord.change/1", ChangeObject, "What `onrecord changes --json` prints on each line."),
    "briefs": Shape("onrecord.brief/1", BriefObject, "What `onrecord event --json` prints: all of one event."),
    "claims": Shape("onrecord.claim/1", ClaimRow, "What one document says of one attribute of an event."),
    "evidence": Shape("onrecord.evidence/1", EvidenceRow, "A passage that decides what is known of an event."),
}  # fmt: skip
"""What each kind of line is."""

HOMES = (nouns, questions, objects, rows, origins, corrections)
"""Where the types of lines and of their parts are."""


def schema_of(kind: Kind = "readings") -> dict[str, Any]:
    """Return the JSON Schema of one line of a kind."""
    shape = SHAPES[kind]
    (reference,), components = msgspec.json.schema_components([shape.type], ref_template="#/$defs/{name}")
    for name, definition in components.items():
        _describe(definition, next(getattr(home, name) for home in HOMES if hasattr(home, name)))
    return {
        "$schema": DIALECT,
        "$id": f"urn:onrecord:schema:{shape.name.replace('/', ':')}",
        "title": shape.name,
        "description": shape.told,
        **reference,
        "$defs": dict(sorted(components.items())),
    }


def schema_text(kind: Kind = "readings") -> str:
    """Return the schema as it is published: indented, with a line break at the end."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def _describe(definition: dict[str, Any], noun: type[msgspec.Struct]) -> None:
    definition["description"] = inspect.getdoc(noun) or ""
    definition["required"] = [each.encode_name for each in fields(noun) if each.default is not UNSET]
    for key, words in _field_words(noun).items():
        # A sibling of $ref is allowed since 2019-09.
        definition["properties"][key]["description"] = words
    for value in definition["properties"].values():
        value.pop("default", None)


def _field_words(noun: type) -> dict[str, str]:
    """The strings that stand under the fields of a class, by field: Python keeps them in the source only."""
    words: dict[str, str] = {}
    lines = [
        line for node in ast.parse(inspect.getsource(noun)).body if isinstance(node, ast.ClassDef) for line in node.body
    ]
    for field, after in pairwise(lines):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            words[field.target.id] = inspect.cleandoc(after.value.value)
    return words

"""The JSON Schema of a reading, made from the nouns, so that it can't say anything else than the program does.

Promise: JSON Schema 2020-12; every reading that onrecord writes is valid against it; keys may be added in later
versions, so further keys are allowed. The odd case that forced the shape: a key whose value may be left out when
decoding is always written when encoding, so all keys are required of a reading, which is the promise users need.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from typing import Any

import msgspec

from onrecord import nouns
from onrecord.nouns import FORMAT, Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema of one reading."""
    (reference,), components = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    for name, definition in components.items():
        _describe(definition, getattr(nouns, name))
    return {
        "$schema": DIALECT,
        "$id": f"urn:onrecord:schema:{FORMAT.replace('/', ':')}",
        "title": FORMAT,
        "description": "What `onrecord read --json` prints on each line: all that one reading of one document found.",
        **reference,
        "$defs": dict(sorted(components.items())),
    }


def schema_text() -> str:
    """Return the schema as it is published: indented, with a line break at the end."""
    return json.dumps(reading_schema(), indent=1, ensure_ascii=False) + "\n"


def _describe(definition: dict[str, Any], noun: type) -> None:
    definition["description"] = inspect.getdoc(noun) or ""
    definition["required"] = list(definition["properties"])
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

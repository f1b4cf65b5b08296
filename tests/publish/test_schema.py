"""The schema: valid itself, published as it is, and true of what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from onrecord.publish.formats import Kind
from onrecord.publish.jsonl import json_line
from onrecord.publish.schema import SHAPES, schema_of, schema_text
from tests.strategies import sample_reading

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"
DESCRIPTION = Path(__file__).parents[2] / "docs" / "reading-format.md"


@pytest.mark.parametrize("kind", SHAPES)
def test_schema_is_a_schema_and_the_published_one_is_current(kind: Kind) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))
    published = PUBLISHED / f"{SHAPES[kind].name.replace('/', '-')}.json"
    assert published.read_text(encoding="utf-8") == schema_text(kind), "run: make schema"


def test_sample_is_valid() -> None:
    jsonschema.Draft202012Validator(schema_of()).validate(json.loads(json_line(sample_reading())))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: r.pop("document"),
        lambda r: r["statements"][0].update(form="shouted"),
        lambda r: r["statements"][0].update(content=[[1]]),
        lambda r: r["events"][0].pop("claims"),
        lambda r: r.update(format="onrecord.reading/2"),
        lambda r: r["document"].update(published="2031-03-11"),
    ],
)
def test_schema_refuses_what_is_no_reading(spoil: Any) -> None:
    reading = json.loads(json_line(sample_reading()))
    spoil(reading)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema_of()).validate(reading)


def test_keys_may_be_added_in_later_versions() -> None:
    reading = json.loads(json_line(sample_reading()))
    reading["later"] = reading["document"]["later"] = 1
    jsonschema.Draft202012Validator(schema_of()).validate(reading)


def test_line_is_one_line_of_utf8() -> None:
    line = json_line(sample_reading())
    assert line.count(b"\n") == 1 and line.endswith(b"}\n") and "“".encode() in line


def test_every_definition_and_its_odd_fields_are_described() -> None:
    every = [definition for kind in SHAPES for definition in schema_of(kind)["$defs"].values()]
    assert all(definition["description"] for definition in every)
    definitions = schema_of()["$defs"]
    assert "carries it on" in definitions["Via"]["properties"]["carried"]["description"]


def test_every_key_is_described_for_users() -> None:
    described = DESCRIPTION.read_text(encoding="utf-8")
    for name, definition in schema_of()["$defs"].items():
        for key in definition["properties"]:
            assert f"`{key}`" in described, f"{name}.{key} is not in docs/reading-format.md"
        for key, value in definition["properties"].items():
            for word in value.get("enum", []):
                assert word is None or f"`{word}`" in described, f"{name}.{key} = {word}"

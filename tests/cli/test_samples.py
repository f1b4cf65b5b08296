"""The whole line on the sample corpus, as a user runs it: nothing is replaced here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner

from onrecord.acquire.bounded import LIMIT
from onrecord.cli import main
from onrecord.nouns import Reading
from onrecord.page.limits import LIMITS
from onrecord.publish.report import report
from onrecord.publish.schema import schema_of

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    result = CliRunner().invoke(main, ["read", "--json", str(SAMPLES / "scraped"), str(SAMPLES / "summit")])
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def test_every_sample_is_read_in_sorted_order(lines: list[str]) -> None:
    paths = [json.loads(line)["document"]["path"] for line in lines]
    assert paths == sorted(paths) and len(paths) > 10


def test_every_reading_is_valid_and_comes_back_the_same(lines: list[str]) -> None:
    validator = jsonschema.Draft202012Validator(schema_of())
    for line in lines:
        validator.validate(json.loads(line))
        assert msgspec.json.encode(msgspec.json.decode(line, type=Reading)).decode() == line


def _spans(value: Any) -> list[list[int]]:
    if isinstance(value, dict):
        return [span for key, each in value.items() if key not in ("source", "text") for span in _spans(each)]
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(each, int) for each in value):
            return [value]
        return [span for each in value for span in _spans(each)]
    return []


def test_every_span_stands_in_the_text_and_every_id_is_there(lines: list[str]) -> None:
    for line in lines:
        reading = json.loads(line)
        length = len(reading["document"]["text"])
        assert all(0 <= start < end <= length for start, end in _spans(reading))
        entities = {entity["id"] for entity in reading["entities"]} | {None}
        statements = {statement["id"] for statement in reading["statements"]} | {None}
        events = {event["id"] for event in reading["events"]}
        for statement in reading["statements"]:
            assert statement["inside"] in statements - {statement["id"]}
            assert statement["speaker"]["entity"] in entities
            assert {via["entity"] for via in statement["via"]} <= entities
        for event in reading["events"]:
            assert {claim["statement"] for claim in event["claims"]} <= statements
            assert {claim["entity"] for claim in event["claims"]} <= entities
            assert {relation["event"] for relation in event["relations"]} <= events - {event["id"]}


def test_view_and_report_show_every_sample(lines: list[str]) -> None:
    readings = [msgspec.json.decode(line, type=Reading) for line in lines]
    page = report(readings)
    assert page.count('<section class="document"') == len(readings)
    result = CliRunner().invoke(main, ["read", str(SAMPLES / "scraped")])
    assert result.exit_code == 0 and "WHO SAID WHAT" in result.stdout


def test_files_and_pages_have_the_same_limit() -> None:
    assert LIMITS.raw_bytes == LIMIT

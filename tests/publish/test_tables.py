"""Tables as CSV, Parquet and JSON Lines, as other programs read them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyarrow import parquet

from onrecord.errors import MissingExtra
from onrecord.ledger.changing import changes_of
from onrecord.ledger.events import Related
from onrecord.ledger.questions import HeldDocument, HeldStatement
from onrecord.publish import tables
from onrecord.publish.brief import Brief
from onrecord.publish.formats import FORMATS, Kind
from onrecord.publish.harmless import harmless
from onrecord.publish.jsonl import json_lines
from onrecord.publish.rows import TABLES
from onrecord.publish.schema import SHAPES, schema_of
from onrecord.publish.site import NOWHERE
from onrecord.publish.tables import cell, csv_table, parquet_table, text_of
from tests.publish.held import DATED, DATED_AGAIN, MOOTED, PUT_OFF, held, keepable
from tests.strategies import sample_reading

EVENT = held(MOOTED, DATED, PUT_OFF, DATED_AGAIN)
DOCUMENT = HeldDocument(
    "courier-1", "Velik, Dalgard to “meet”", "The Courier", "2031-05-16T13:25:00+02:00", "a.html",
    "2031-06-01T12:00:00+00:00", 3,
)  # fmt: skip
STATEMENT = HeldStatement(
    "courier-1", None, "s1", "2031-05", None, "Mara Lindqvist", ("VNA", "KarsTel"), "=1+1; “we will”", "direct",
    "speech", "affirmed", 0.9, (3, 18), "P0123456789",
)  # fmt: skip
THINGS: dict[Kind, list[Any]] = {
    "documents": [DOCUMENT, replace(DOCUMENT, title=None, outlet=None, published=None, path=None)],
    "statements": [STATEMENT],
    "events": [EVENT, held(MOOTED, id="E1111111111")],
    "claims": [EVENT],
    "evidence": [EVENT],
    "changes": changes_of("E0123456789", EVENT.thread),
    "readings": [sample_reading()],
    "briefs": [Brief(EVENT, [Related("prepares", held(MOOTED, id="E1111111111"))], [])],
}


def as_csv(kind: Kind, things: list[Any] | None = None) -> list[dict[str, str]]:
    raw = b"".join(csv_table(things or THINGS[kind], kind=kind)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(raw, newline=""), strict=True))


def as_parquet(kind: Kind, things: list[Any] | None = None) -> list[dict[str, Any]]:
    raw = b"".join(parquet_table(things or THINGS[kind], kind=kind))
    found: list[dict[str, Any]] = parquet.read_table(io.BytesIO(raw)).to_pylist()
    return found


def as_jsonl(kind: Kind, things: list[Any] | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(json_lines(things or THINGS[kind], kind=kind)).splitlines()]


def test_rows_say_what_is_known_and_leave_out_what_is_not() -> None:
    first, second = as_csv("events")
    assert (first["event"], first["status"], first["date"], first["date_settled"]) == (
        "E0123456789", "scheduled", "2031-06-05", "settled",
    )  # fmt: skip
    assert (first["date_previous"], first["participants"]) == ("2031-05-22", "Anton Velik; Irena Dalgard")
    assert (second["date"], second["date_first"], second["overdue"]) == ("", "", "false")
    (statement,) = as_csv("statements")
    assert (statement["via"], statement["day"], statement["start"]) == ("VNA; KarsTel", "", "3")
    assert statement["words"] == "'=1+1; “we will”"
    claims = as_csv("claims")
    assert [each["value"] for each in claims if each["attribute"] == "date"] == ["2031-05-22", "2031-06-05"]
    assert {each["origin"] for each in claims} == {"1", "2", "3", "4"}


def test_parquet_has_types_and_the_words_as_they_stand() -> None:
    document, unknown = as_parquet("documents")
    assert (document["day"], document["observed"]) == (date(2031, 5, 16), datetime(2031, 6, 1, 12, tzinfo=UTC))
    assert (unknown["day"], unknown["title"]) == (None, None)
    (statement,) = as_parquet("statements")
    assert (statement["words"], statement["via"]) == ("=1+1; “we will”", ["VNA", "KarsTel"])
    event, _ = as_parquet("events")
    assert (event["date_first"], event["overdue"], event["origins"]) == (date(2031, 6, 5), False, 4)


@pytest.mark.parametrize("kind", TABLES)
def test_duckdb_reads_the_same_rows_from_both(kind: Kind, tmp_path: Path) -> None:
    for suffix, parts in (
        ("csv", csv_table(THINGS[kind], kind=kind)),
        ("parquet", parquet_table(THINGS[kind], kind=kind)),
    ):
        (tmp_path / f"a.{suffix}").write_bytes(b"".join(parts))
    columns = TABLES[kind].columns
    for suffix in ("csv", "parquet"):
        found = duckdb.sql(f"SELECT * FROM '{tmp_path}/a.{suffix}'")  # noqa: S608 - ours
        assert found is not None and tuple(found.columns) == columns
        assert len(found.fetchall()) == len(as_parquet(kind)) > 0


@pytest.mark.parametrize("kind", SHAPES)
def test_each_line_is_valid_by_its_schema(kind: Kind) -> None:
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    lines = as_jsonl(kind)
    assert lines
    for line in lines:
        validator.validate(line)
        assert list(validator.iter_errors(dict(list(line.items())[1:])))


def test_tables_are_written_some_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 10)
    taken: list[int] = []

    def many() -> Iterator[HeldDocument]:
        for number in range(95):
            taken.append(number)
            yield replace(DOCUMENT, name=f"d{number}")

    for write in (csv_table, parquet_table):
        taken.clear()
        parts = write(many(), kind="documents")
        next(part for part in parts if len(part) > 3)
        assert len(taken) <= 20
        assert len(list(parts)) >= 8 and len(taken) == 95
    assert [each["document"] for each in as_parquet("documents", list(many()))] == [f"d{n}" for n in range(95)]


def test_without_the_library_the_user_is_told_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'onrecord\[parquet\]'"):
        parquet_table([], kind="events")


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_of_nothing_has_its_columns(kind: Kind) -> None:
    assert b"".join(csv_table([], kind=kind)).decode("utf-8-sig") == ",".join(TABLES[kind].columns) + "\r\n"
    found = parquet.read_table(io.BytesIO(b"".join(parquet_table([], kind=kind))))
    assert (found.num_rows, tuple(found.column_names)) == (0, TABLES[kind].columns)
    assert b"".join(json_lines([], kind=kind)) == b""


def test_the_registry_writes_what_the_functions_write() -> None:
    for name in ("csv", "parquet", "jsonl"):
        for kind in FORMATS[name].kinds:
            assert b"".join(FORMATS[name].write(kind, THINGS[kind], NOWHERE))


@settings(deadline=None)
@given(keepable)
@example("'=1")
@example("''@x")
@example("'Nothing is agreed'")
def test_no_cell_is_a_formula_and_its_text_can_be_had_again(text: str) -> None:
    shown = cell(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert text_of(shown) == harmless(text)


@settings(deadline=None)
@given(st.lists(keepable, min_size=4, max_size=4))
def test_whatever_a_text_holds_stays_in_its_cell(texts: list[str]) -> None:
    words, title, outlet, via = texts
    said = replace(STATEMENT, words=words, title=title, outlet=outlet, via=(via,))
    (row,) = as_csv("statements", [said])
    assert text_of(row["words"]) == harmless(words)
    assert row["kind"] == "speech" and None not in row
    (exact,) = as_parquet("statements", [said])
    assert (exact["words"], exact["title"], exact["via"]) == (words, title, [via])
    (line,) = as_jsonl("statements", [said])
    assert (line["words"], line["via"]) == (words, [via])

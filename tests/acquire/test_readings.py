"""Parquet of readings: what was read before comes back whole, and what is damaged is told by file and row group."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pyarrow
import pytest
from msgspec.structs import replace
from pyarrow import parquet

from onrecord.acquire import open_paths, open_to_keep
from onrecord.errors import UnreadableInput
from onrecord.nouns import Kept, Source
from onrecord.publish.tables import arrow_schema, arrow_table
from onrecord.scale.rows import ReadingRow, row_of
from tests.ledger.keeping import reading_of, source

SIGNED = {"onrecord": '{"format":"onrecord.readings/1"}'}
NAMES = ("east", "north", "south", "west")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of four row groups, of which the third holds a problem."""
    made = tmp_path / "a.parquet"
    schema = arrow_schema(ReadingRow)
    with parquet.ParquetWriter(made, schema, use_dictionary=False, write_page_checksum=True) as writer:
        for each in map(source, NAMES):
            result = UnreadableInput("south.txt", "it is empty") if each.id == "south" else reading_of(each)
            writer.write_table(arrow_table([row_of(each, result)], schema))
        writer.add_key_value_metadata(SIGNED)
    return made


class Pipe(io.BytesIO):
    """Bytes that can't be gone back in."""

    def seekable(self) -> bool:
        return False


def outcome(found: Source | Kept | UnreadableInput) -> str:
    return f"{found.where}: {found.reason}" if isinstance(found, UnreadableInput) else type(found).__name__


def test_what_was_read_comes_back_whole(path: Path) -> None:
    found = list(open_to_keep([str(path)]))
    wanted = [Kept(source=each, reading=reading_of(each)) for each in map(source, NAMES)]
    assert [each for each in found if isinstance(each, Kept)] == [wanted[0], wanted[1], wanted[3]]
    assert outcome(found[2]) == "south.txt: it is empty"


def test_a_damaged_row_group_is_told_and_the_others_are_read(path: Path) -> None:
    group = parquet.read_metadata(path).row_group(1)
    columns = [group.column(number) for number in range(group.num_columns)]
    (text,) = (each for each in columns if each.path_in_schema == "reading")
    raw = bytearray(path.read_bytes())
    raw[text.data_page_offset + text.total_compressed_size - 20] ^= 0xFF
    path.write_bytes(raw)
    found = list(map(outcome, open_to_keep([str(path)])))
    assert [found[0], found[2], found[3]] == ["Kept", "south.txt: it is empty", "Kept"]
    assert found[1].startswith(f"{path}:1: row group 1 of 4 is damaged (") and "`onrecord scale` again" in found[1]


@pytest.mark.parametrize("cut", [4, 300, -9, -1])
def test_a_file_that_breaks_off_is_told(path: Path, cut: int) -> None:
    path.write_bytes(path.read_bytes()[:cut])
    (problem,) = open_to_keep([str(path)])
    assert outcome(problem).startswith(f"{path}: this Parquet file is damaged (")


@pytest.mark.parametrize("signed", [None, {"onrecord": "no JSON"}, {"onrecord": "[]"}, SIGNED])
def test_a_file_of_another_program_is_told(tmp_path: Path, signed: dict[str, str] | None) -> None:
    parquet.write_table(pyarrow.table({"place": ["a"]}).replace_schema_metadata(signed), tmp_path / "b.parquet")
    (problem,) = open_to_keep([str(tmp_path / "b.parquet")])
    assert "was not written by `onrecord scale`" in outcome(problem)


def test_rows_that_hold_no_reading_are_told_one_by_one(tmp_path: Path) -> None:
    rows = [row_of(each, reading_of(each)) for each in map(source, NAMES[:2])]
    table = arrow_table(rows, arrow_schema(ReadingRow))
    wrong = pyarrow.array(['{"document": 1}', rows[1].reading])
    table = table.set_column(table.schema.get_field_index("reading"), "reading", wrong)
    parquet.write_table(table.replace_schema_metadata(SIGNED), tmp_path / "c.parquet")
    one, other = open_to_keep([str(tmp_path / "c.parquet")])
    assert outcome(one).startswith("east.txt: its row in ") and outcome(other) == "Kept"


def test_a_reading_that_does_not_stand_on_its_document_is_a_problem(tmp_path: Path) -> None:
    each = source("east")
    right = reading_of(each)
    said, size = right.statements[0], len(right.document.text)
    for wrong, told in (
        (replace(said, words="I have always lied."), "are not those of its passage"),
        (replace(said, cue=((0, size + 1),)), f"a span from 0 to {size + 1} lies outside"),
        (replace(said, cue=((3, 2),)), "a span from 3 to 2 lies outside"),
        (replace(said, content=((2**62, 2**62),)), "lies outside"),
    ):
        row = row_of(each, replace(right, statements=(wrong,)))
        (problem,) = open_to_keep([str(written(tmp_path / "d.parquet", [row]))])
        assert told in outcome(problem)
    (problem,) = open_to_keep(
        [str(written(tmp_path / "d.parquet", [row_of(each, replace(right, statements=(said, said)))]))]
    )
    assert "two things in it have one id" in outcome(problem)


def test_a_row_without_its_bytes_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [row_of(each, reading_of(each)) for each in map(source, NAMES[:2])]
    one, other = open_to_keep([str(written(tmp_path / "e.parquet", [replace(rows[0], original=None), rows[1]]))])
    assert "its original bytes are missing" in outcome(one) and outcome(other) == "Kept"


def written(path: Path, rows: list[ReadingRow]) -> Path:
    parquet.write_table(arrow_table(rows, arrow_schema(ReadingRow)).replace_schema_metadata(SIGNED), path)
    return path


def test_only_who_keeps_asks_for_readings(path: Path) -> None:
    (refused,) = open_paths([str(path)])
    assert "`onrecord add` loads them" in outcome(refused)
    (path.parent / "page.txt").write_text("Dalgard said so.", encoding="utf-8")
    assert list(map(outcome, open_paths([str(path.parent)]))) == ["Source"]
    assert len(list(open_to_keep([str(path.parent)]))) == 5
    (piped,) = open_to_keep(["-"], Pipe(path.read_bytes()))
    assert "from a pipe it can't be read" in outcome(piped)


def test_without_the_library_the_way_to_it_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (problem,) = open_to_keep([str(path)])
    assert "pip install 'onrecord[parquet]'" in outcome(problem)

"""Answers as sequences, columns and frames: the columns of a kind are the same with no answers as with many."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

import onrecord
from onrecord.answers import rows
from onrecord.answers.rows import Answers, columns_of
from onrecord.publish.findings import FindingObject
from onrecord.publish.objects import ChangeObject, EventObject


def test_a_sequence_that_is_read_again(ledger: onrecord.Ledger) -> None:
    found = ledger.statements("summit")
    assert len(found) == len(list(found)) == len(list(found))
    assert found[0] == found[:1][0] and isinstance(found[:1], Answers)
    assert found == ledger.statements("summit") and found != found[:1]
    assert repr(found).startswith(f"<{len(found)} × HeldStatement>\n  HeldStatement(")
    assert repr(Answers(EventObject, ())) == "<0 × EventObject>"


def test_columns_are_text_numbers_and_lists_of_text(ledger: onrecord.Ledger) -> None:
    for found in (
        ledger.events(), ledger.changes(), ledger.statements(), ledger.documents(), ledger.entities(), ledger.sources(),
        ledger.copies(), onrecord.check("Nobody goes first", ledger),
    ):  # fmt: skip
        columns = found.to_columns()
        assert tuple(columns) == found.columns and found
        for cells in columns.values():
            assert len(cells) == len(found)
            plain = (str, int, float, bool, type(None))
            assert all(isinstance(each, plain) or all(isinstance(part, str) for part in each) for each in cells)


def test_parts_of_parts(ledger: onrecord.Ledger) -> None:
    event = ledger.events("summit Velik", as_of="2031-05-24")[:1]
    columns = event.to_columns()
    assert columns["date_value"] == ["2031-06-05"] and columns["date_previous"] == [["2031-05-22"]]
    assert "evidence" not in columns
    names = [column.name for column in columns_of(ChangeObject)]
    assert {"passage_document", "passage_span_start", "passage_span_stop", "passage_claim"} <= set(names)
    assert Answers(FindingObject, ()).to_columns()["passage_start"] == []
    nowhere = ledger.check("a quote that nobody ever said")
    assert Answers(FindingObject, (nowhere,)).to_columns()["passage_start"] == [None]


def _rows_of_pandas(frame: Any) -> dict[str, list[Any]]:
    known = frame.astype(object).where(frame.notna(), None)
    columns: dict[str, list[Any]] = known.to_dict("list")
    return columns


READ_BACK: dict[rows.Library, Callable[[Any], dict[str, list[Any]]]] = {
    "pandas": _rows_of_pandas, "pyarrow": lambda table: table.to_pydict(),
}  # fmt: skip


@pytest.mark.parametrize("library", READ_BACK)
def test_a_frame_holds_all_and_has_the_types_of_its_kind(ledger: onrecord.Ledger, library: rows.Library) -> None:
    pytest.importorskip(library)
    missing = ledger.check("a quote that nobody ever said")
    for found in (
        ledger.events(dated_from="2031-01-01"), ledger.changes(), ledger.statements(), ledger.documents(),
        ledger.entities(), ledger.sources(), ledger.copies(), Answers(FindingObject, (missing,)),
        Answers(FindingObject, (ledger.check("Nobody goes first"), missing)),
    ):  # fmt: skip
        frame, empty = found.to_frame(library), Answers(found.kind, ()).to_frame(library)
        assert READ_BACK[library](frame) == found.to_columns()
        assert READ_BACK[library](empty) == {name: [] for name in found.columns}
        assert _types(frame) == _types(empty)


def _types(frame: Any) -> list[str]:
    return [str(each) for each in (frame.schema.types if hasattr(frame, "schema") else frame.dtypes)]


def test_a_frame_of_pandas_is_one_to_work_with(ledger: onrecord.Ledger) -> None:
    pytest.importorskip("pandas")
    frame = ledger.changes().to_frame("pandas")
    dates = frame[(frame["attribute"] == "date") & frame["was"].notna()]
    assert 0 < len(dates) < len(frame) and set(dates["attribute"]) == {"date"}
    assert int(frame.groupby("attribute").size().sum()) == len(frame)
    assert "<table" in frame.head()._repr_html_()


def test_the_library_that_is_imported_is_taken(ledger: onrecord.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    class Frame:
        def __init__(self, columns: dict[str, list[Any]], schema: dict[str, str]) -> None:
            self.columns, self.schema = columns, schema

    polars = ModuleType("polars")
    names = {name: name for name in ("String", "Int64", "Float64", "Boolean")}
    polars.__dict__.update(names, DataFrame=Frame, List="List of {}".format)
    for name in rows.LIBRARIES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "polars", polars)
    frame = ledger.events().to_frame()
    assert isinstance(frame, Frame) and frame.columns == ledger.events().to_columns()
    assert list(frame.schema) == list(frame.columns) and frame.schema["participants"] == "List of String"


def test_no_library(ledger: onrecord.Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "find_spec", lambda _: None)
    for name in rows.LIBRARIES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(onrecord.NoFrames, match="pip install pandas"):
        ledger.events().to_frame()
    with pytest.raises(ImportError, match="pip install polars"):
        ledger.events().to_frame("polars")

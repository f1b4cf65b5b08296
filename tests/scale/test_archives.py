"""docs/archives.md does what it says: its queries are run on the sample story, read into Parquet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from evaluation.kills import content

import onrecord
from onrecord.scale import over_pool, scale
from onrecord.scale.rows import (
    ClaimColumns,
    EntityColumns,
    EventColumns,
    ReadingRow,
    StatementColumns,
)

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "archives.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sql\n(.*?)```\n(?:\n(\|.*?)\n\n)?", PAGE, re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sample story lies as readings."""
    here = tmp_path_factory.mktemp("archive")
    (here / "samples").symlink_to(ROOT / "samples")
    with pytest.MonkeyPatch.context() as moved:
        moved.chdir(here)
        manifest = scale(["samples/summit"], here / "readings", over_pool(1), documents=5)
    assert [each.rows for each in manifest.files] == [5, 5, 3]
    return here


@pytest.fixture
def asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the views of the page, where the readings are."""
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        connection.execute(BLOCKS[0][0])
        yield connection


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def shown(value: Any) -> str:
    return "" if value is None else ", ".join(value) if isinstance(value, list) else str(value)


def test_every_query_answers_as_the_page_shows(asked: duckdb.DuckDBPyConnection) -> None:
    nothing = []
    for query, table in BLOCKS[1:]:
        asked.execute(query)
        rows = [list(map(shown, row)) for row in asked.fetchall()]
        names = [each[0] for each in asked.description or ()]
        if not rows:
            nothing.append(query)
        if table:
            header, _, *told = table.splitlines()
            assert cells(header) == names, query
            assert [row for row in map(cells, told) if row not in rows] == [], (query, rows)
    assert len(BLOCKS) > 10
    assert [query.split("\n")[0] for query in nothing] == [  # no two pages of the story are the same, and all are read
        "SELECT text_digest, list(outlet ORDER BY day) AS outlets, min(day) AS first",
        "SELECT problem, count(*) AS documents, min(place) AS one FROM readings",
    ]


def test_a_question_as_of_a_day_knows_nothing_later(asked: duckdb.DuckDBPyConnection) -> None:
    planned = next(query for query, _ in BLOCKS if "SET VARIABLE today" in query)
    days = {}
    for today in ("2031-03-20", "2031-04-20", "2031-05-10", "2031-05-18"):
        asked.execute(planned.replace("2031-04-20", today))
        rows = asked.fetchall()
        assert all(last <= date.fromisoformat(today) for *_, last in rows)
        days[today] = {(row[0], row[1], row[3]) for row in rows}
    assert ("2031-05-22", "meeting", "scheduled") in days["2031-04-20"]
    assert not any(day == "2031-05-22" for day, *_ in days["2031-03-20"])


def test_passages_are_cut_out_as_the_page_says(asked: duckdb.DuckDBPyConnection) -> None:
    cut = 'substring(text, start + 1, "end" - start)'
    assert cut in PAGE
    rows = asked.sql(
        f'SELECT text, start, "end", {cut} FROM (SELECT text, unnest(statements, max_depth := 2) FROM readings)'  # noqa: S608
    ).fetchall()
    assert len(rows) > 200 and all(text[start:end] == passage for text, start, end, passage in rows)


def test_what_a_query_finds_goes_into_a_ledger(asked: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    asked.execute(next(query for query, _ in BLOCKS if query.startswith("COPY")))
    (count,) = asked.sql("SELECT count(*) FROM 'port-selm.parquet'").fetchall()[0]
    with onrecord.Ledger(tmp_path / "ledger") as ledger:
        added = ledger.add("port-selm.parquet")
        assert 0 < len(added) == count < 13 and {each.outcome for each in added} == {"added"}


def test_a_ledger_of_readings_is_the_one_of_the_pages(folder: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(folder)
    pages = sorted(map(str, Path("samples/summit").glob("*")))[5:10]
    for name, what in (("pages", pages), ("readings", next(map(str, Path("readings").glob("*-00001.parquet"))))):
        with onrecord.Ledger(tmp_path / name) as ledger:
            assert [each.outcome for each in ledger.add(what)] == ["added"] * 5
    assert content(tmp_path / "pages", asked=True) == content(tmp_path / "readings", asked=True)
    with onrecord.Ledger(tmp_path / "readings") as ledger:
        assert ledger.events("summit", as_of="2031-04-20")
        assert [each.outcome for each in ledger.add("readings")].count("known") == 5


def test_every_column_is_named() -> None:
    for row in (ReadingRow, StatementColumns, EventColumns, ClaimColumns, EntityColumns):
        assert [name for name in row.__struct_fields__ if f"`{name}`" not in PAGE] == []

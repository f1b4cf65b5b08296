"""Cells of tables: which row and column they stand in, what lays a page out has none, and the way back to the bytes."""

from __future__ import annotations

import pytest

from onrecord.nouns import Document, Source
from onrecord.page import read_page

from .faithful import check
from .test_html import LEAD, SECOND, THIRD, page

ROWS = "<tr><td>13 March</td><td>Round of talks</td></tr><tr><td>19 March</td><td>Vote &amp; speech</td></tr>"


def read(table: str) -> Document:
    raw = page(f"<article><h1>Dates of the spring</h1><p>{LEAD}</p><p>{SECOND}</p>{table}<p>{THIRD}</p></article>")
    document = read_page(Source(raw=raw))
    check(document, raw)
    return document


def cells(document: Document) -> dict[str, tuple[int, int, int]]:
    """Table, row and column of the words of each cell."""
    return {
        document.text[slice(*block.span)]: (block.cell.table, block.cell.row, block.cell.column)
        for block in document.blocks
        if block.cell is not None
    }


def test_cells_know_their_row_and_column() -> None:
    document = read(f"<table><tr><th>Date</th><th>Event</th></tr>{ROWS}</table>")
    assert cells(document) == {
        "Date": (0, 0, 0), "Event": (0, 0, 1),
        "13 March": (0, 1, 0), "Round of talks": (0, 1, 1),
        "19 March": (0, 2, 0), "Vote & speech": (0, 2, 1),
    }  # fmt: skip
    assert [block.cell.head for block in document.blocks if block.cell] == [True, True, False, False, False, False]


def test_a_cell_over_several_rows_pushes_those_below_aside() -> None:
    document = read(
        "<table><tr><td rowspan=2>Tuesday</td><td>9:00</td><td>Trial of Per Ulm</td></tr>"
        "<tr><td>13:30</td><td>Appeal of Orsa Lines</td></tr><tr><td colspan=2>Friday</td><td>Verdict</td></tr></table>"
    )
    assert cells(document)["13:30"] == (0, 1, 1)
    assert cells(document)["Verdict"] == (0, 2, 2)
    assert next(block.cell.rows for block in document.blocks if block.cell) == 2


@pytest.mark.parametrize(
    "table",
    [
        f"<table role=presentation>{ROWS}</table>",
        f"<table><tr><td>13 March</td></tr><tr><td>{THIRD}</td></tr></table>",
        f"<table><tr><td>{LEAD} {SECOND} {THIRD}</td><td>Photo: VNA</td></tr>{ROWS}</table>",
        "<table><tr><td>13 March</td><td>Talks</td></tr></table>",
    ],
    ids=["said to lay out", "one cell a row", "paragraphs in a cell", "one row"],
)
def test_what_lays_a_page_out_has_no_cells(table: str) -> None:
    assert cells(read(table)) == {}


def test_of_tables_within_tables_the_inner_hold_the_data() -> None:
    document = read(f"<table><tr><td><table>{ROWS}</table></td><td><table>{ROWS}</table></td></tr></table>")
    assert {table for table, _, _ in cells(document).values()} <= {0, 1}
    assert cells(document)["Round of talks"][1:] == (0, 1)


@pytest.mark.parametrize("span", ["0", "-3", "x", "999999", "٣"])
def test_a_span_that_is_no_number_of_cells_is_one(span: str) -> None:
    document = read(f"<table>{ROWS}<tr><td colspan='{span}'>3 May</td><td>Funeral</td></tr></table>")
    assert cells(document)["Funeral"][2] >= 1


def test_a_day_in_a_table_is_not_that_of_the_page() -> None:
    document = read(f"<table>{ROWS}</table>".replace("13 March", "13 March 2031"))
    assert document.published is None
    assert not any(block.kind == "dateline" for block in document.blocks)


PIPES = "Dates of the spring in Velmark\n\nDate | Event | Place\n{}13 March | Talks | Tarn\n19 March | Vote | Dravik\n"


@pytest.mark.parametrize("rule", ["", "--- | :-: | ---\n"])
def test_plain_text_has_tables_too(rule: str) -> None:
    raw = PIPES.format(rule).encode()
    document = read_page(Source(raw=raw, media="markdown"))
    check(document, raw)
    assert document.text == raw.decode()
    assert cells(document)["Talks"] == (0, 1, 1)
    assert cells(document)["Dravik"] == (0, 2, 2)
    assert len(cells(document)) == 9


def test_edges_of_a_table_are_no_cells() -> None:
    raw = b"Dates to note\n\n| Date | Event |\n|------|-------|\n| 13 March | Talks |\n| 4 May |  |\n"
    document = read_page(Source(raw=raw, media="markdown"))
    assert list(cells(document)) == ["Date", "Event", "13 March", "Talks", "4 May"]


def test_a_line_with_strokes_is_no_table() -> None:
    document = read_page(Source(raw=f"Home | News | Sport\n\n{LEAD}\n\n{SECOND}\n".encode(), media="text"))
    assert cells(document) == {}

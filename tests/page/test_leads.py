"""What the entries of a diary open with: a day or an hour, and a mark that parts it from what happens then."""

from __future__ import annotations

import time

import pytest

from onrecord.page.leads import hour_in, is_lead, leads, undecided_in


def told(block: str) -> list[tuple[str, str]]:
    return [(block[each.start : each.end], block[each.first : each.last]) for each in leads(block)]


@pytest.mark.parametrize(
    ("block", "lead", "what"),
    [
        ("13 March – Fourth round of talks, Tarn", "13 March", "Fourth round of talks, Tarn"),
        ("Tuesday, 3 p.m.: News conference", "Tuesday, 3 p.m.", "News conference"),
        ("10:00 Opening of the fair", "10:00", "Opening of the fair"),
        ("14.30–15.30 Plenary session", "14.30–15.30", "Plenary session"),
        ("April (date to be confirmed) – Summit", "April (date to be confirmed)", "Summit"),
        ("TBC: Rally in Kesh", "TBC", "Rally in Kesh"),
        ("5 or 6 September: Opening", "5 or 6 September", "Opening"),
        ("Thursday 19 June, 17:00 – Arrival", "Thursday 19 June, 17:00", "Arrival"),
        ("24.03.2031: Book fair", "24.03.2031", "Book fair"),
        ("MONDAY - Budget", "MONDAY", "Budget"),
    ],
)
def test_an_entry_has_a_lead(block: str, lead: str, what: str) -> None:
    assert told(block) == [(lead, what)]


@pytest.mark.parametrize("between", ["; ", "\n", ";\n"])
def test_a_block_may_hold_several_entries(between: str) -> None:
    block = f"10:00 Opening{between}11:30 News conference; questions by mail"
    assert told(block) == [("10:00", "Opening"), ("11:30", "News conference; questions by mail")]


@pytest.mark.parametrize(
    "block",
    [
        "On Monday, the minister spoke – again.",
        "Tuesday the minister said: no.",
        "March of the dockers: what we know",
        "2031: the year of the dam",
        "Ten a.m. Too late",
        "10.5 Million people",
        "A plan: go",
        "In the spring of 1931 – and again in 1947 – the river froze over.",
        "",
    ],
)
def test_a_sentence_with_a_day_has_none(block: str) -> None:
    assert leads(block) == []


def test_a_line_may_be_nothing_but_a_lead() -> None:
    assert is_lead("Thursday, 22 May")
    assert is_lead("WEDNESDAY:")
    assert is_lead("Date to be announced")
    assert not is_lead("Thursday’s talks")
    assert not is_lead("March Valley")
    assert not is_lead("52")


def test_where_hours_and_words_of_doubt_stand() -> None:
    assert hour_in("Tuesday, 3 p.m.") == (9, 15)
    assert hour_in("24.03.2031") is None
    assert undecided_in("May (tbc)") == (5, 8)
    assert undecided_in("the tobacco trade") is None


def test_long_lines_cost_little() -> None:
    began = time.process_time()
    for block in ("mid " * 20_000, "1/" * 20_000, "a; " * 20_000, "10:00 A; " * 2_000, "(" * 20_000):
        leads(block)
        is_lead(block[:80])
    assert time.process_time() - began < 5

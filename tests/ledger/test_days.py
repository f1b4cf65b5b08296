"""The first and the last day of a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.days import days_between, days_of, earlier


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2031", ("2031-01-01", "2031-12-31")),
        ("2032-02", ("2032-02-01", "2032-02-29")),
        ("2031-05-22", ("2031-05-22", "2031-05-22")),
        ("2031-05/2031-07", ("2031-05-01", "2031-07-31")),
        ("2031-05-22/2031-06", ("2031-05-22", "2031-06-30")),
        ("2031-05-22TMO", ("2031-05-22", "2031-05-22")),
        ("FUTURE_REF", None),
        ("XXXX-05-22", None),
        (None, None),
    ],
)
def test_a_value_has_a_first_and_a_last_day(value: str | None, days: tuple[str, str] | None) -> None:
    assert days_of(value) == days


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 1000))
def test_earlier_and_between_are_one_measure(day: date, count: int) -> None:
    assert days_between(earlier(str(day), count), str(day)) == count


def test_days_meet_where_they_have_one_in_common() -> None:
    may, week = days_of("2031-05"), days_of("2031-05-30/2031-06-05")
    assert may is not None and week is not None
    assert may.meets(week) and may.has("2031-05-31") and not week.has("2031-05-29")
    assert (may.length, week.length) == (31, 7)


def test_nothing_is_earlier_than_the_first_day_of_all() -> None:
    assert earlier("0001-01-05", 4) == earlier("0001-01-05", 1_000) == "0001-01-01"

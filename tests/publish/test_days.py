"""Dates as people write them, and those that nobody can read left as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish.days import is_later, readable_day


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2031-03-11", "11 March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("2031-03-11T09:30", "11 March 2031, 09:30"),
        ("2031-03-11T09:30:00+00:00", "11 March 2031, 09:30 UTC"),
        ("2031-03-11T09:30:00+01:00", "11 March 2031, 09:30 UTC+01:00"),
        ("2031-03-11TEV", "11 March 2031, evening"),
        ("XXXX-02", "February (year not known)"),
        ("XXXX-02-29", "29 February (year not known)"),
        ("XXXX-XX-XXTNI", "night (day not known)"),
        ("2031-05-XX", "May 2031"),
        ("2031-W12", "week of 17 March 2031"),
        ("2031-W12-WE", "weekend of 22 March 2031"),
        ("2031-SU", "summer 2031"),
        ("XXXX-WI", "winter (year not known)"),
        ("2031-Q2", "second quarter of 2031"),
        ("2031-05-17/2031-05-31", "17 May 2031 to 31 May 2031"),
        ("2031-05~", "about May 2031"),
    ],
)
def test_words(value: str, words: str) -> None:
    assert readable_day(value) == words


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2031-02-30", "2031-13", "P2D", "XXXX", "2031-W60", "2031-03-11Tlate", "203", "/2031", "2031-XX-05"],
)
def test_what_is_not_understood_stays(value: str) -> None:
    assert readable_day(value) == value


@pytest.mark.parametrize("value", ["2031/" * 5000, "2031" + "~" * 5000])
def test_what_goes_on_for_ever_stays_too(value: str) -> None:
    assert readable_day(value) == value


@given(st.text(alphabet="0123456789X-/TWQ~:+Z", max_size=16))
def test_nothing_crashes(value: str) -> None:
    assert isinstance(readable_day(value), str)


@pytest.mark.parametrize(
    ("value", "other", "later"),
    [
        ("2031-03-12", "2031-03-11", True),
        ("2031-03-11", "2031-03-11", False),
        ("2031-03-11T09:00:00", "2031-03-11", True),
        ("2031-03-11T17:30:00+02:00", "2031-03-11T16:00:00+00:00", False),
        ("2031-03-11T16:00:01Z", "2031-03-11T18:00:00+02:00", True),
        ("2031-03-11T16:00:01", "2031-03-11T15:00:00+02:00", True),
        ("a while ago and later still", "2031-03-11T15:00:00", True),
    ],
)
def test_moments_are_compared_across_zones(value: str, other: str, later: bool) -> None:
    assert is_later(value, other) is later

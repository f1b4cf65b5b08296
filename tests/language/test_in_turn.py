"""A day of the week that is told next after another lies after it; one told for itself is read by itself."""

from __future__ import annotations

import pytest

from onrecord.language import annotate
from onrecord.nouns import Source
from onrecord.page import read_page
from tests.language.test_times import times

FRIDAY = "2031-04-11"


def days(text: str, published: str | None = FRIDAY) -> list[str | None]:
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=published)
    (annotated,) = annotate([read_page(source)])
    return [each.value for each in annotated.times]


def test_days_of_a_list_follow_each_other() -> None:
    text = "On Wednesday, Thursday and Friday she will attend meetings in Mereth."
    assert days(text) == ["2031-04-16", "2031-04-17", "2031-04-18"]
    assert days("The council will meet on Monday and on Friday.") == ["2031-04-14", "2031-04-18"]


def test_what_comes_then_comes_after_the_day_before() -> None:
    text = "On Thursday and Friday she will attend meetings.\n\nAnd then, on Saturday, she will travel to Selm."
    assert days(text) == ["2031-04-17", "2031-04-18", "2031-04-19"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She will speak in Selm on Tuesday. The council will vote on Monday.", ["2031-04-15", "2031-04-14"]),
        ("She will speak on Tuesday. Then the mayor will speak on Monday.", ["2031-04-15", "2031-04-14"]),
        ("They met on Wednesday and Thursday.", ["2031-04-09", "2031-04-10"]),
        ("She will go to Selm on Monday and Tuesday.", ["2031-04-14", "2031-04-15"]),
    ],
)
def test_all_else_is_read_by_itself(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_without_a_day_of_publication_nothing_is_in_turn() -> None:
    assert days("On Thursday and Friday she will attend meetings.", None) == ["XXXX-WXX-4", "XXXX-WXX-5"]


def test_at_the_end_of_the_calendar_no_week_follows() -> None:
    found = times("They will speak on Friday and Thursday.", "9999-12-30")
    assert found["Friday"].value == "9999-12-31"
    assert found["Thursday"].value == "9999-12-30"

"""The days of feasts: by the sun, by Easter, by the moon, and none where no calendar tells."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.language.feasts import feast
from onrecord.tables import table


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-25", 2031, "2031-12-25"),
        ("11 4 4", 2030, "2030-11-28"),
        ("05 1 -1", 2030, "2030-05-27"),
        ("easter 0", 2024, "2024-03-31"),
        ("orthodox 0", 2024, "2024-05-05"),
        ("jewish 0", 2023, "2023-09-16"),
        ("jewish 9", 2025, "2025-10-02"),
        ("jewish -163", 2024, "2024-04-23"),
        ("jewish -193", 2025, "2025-03-14"),
    ],
)
def test_the_day_of_a_feast(rule: str, year: int, day: str) -> None:
    assert feast(year, rule, {}) == date.fromisoformat(day)


def test_a_listed_feast_has_no_day_beyond_its_list() -> None:
    listed = {"fair": {"2031": "04-01"}}
    assert feast(2031, "listed fair", listed) == date(2031, 4, 1)
    assert feast(2032, "listed fair", listed) is None


def test_every_feast_of_the_table_has_a_day() -> None:
    words = table("language", "en", "times")
    assert all(feast(2031, rule, words["listed"]) for rule in words["holidays"].values())

"""Base forms of verbs that the lemmatizer takes for others."""

from __future__ import annotations

import pytest

from onrecord.language.lemmas import verb_base


@pytest.mark.parametrize(
    ("word", "taken_for", "base"),
    [
        ("staged", "stag", "stage"),
        ("hoping", "hop", "hope"),
        ("slated", "slat", "slate"),
        ("scraped", "scrap", "scrape"),
        ("axed", "ax", "axe"),
        ("relaunched", "relaunche", "relaunch"),
        ("hopped", "hop", "hop"),
        ("scrapped", "scrap", "scrap"),
        ("opened", "open", "open"),
        ("singing", "sing", "sing"),
        ("planned", "plan", "plan"),
    ],
)
def test_a_silent_e_is_put_back(word: str, taken_for: str, base: str) -> None:
    assert verb_base(word, taken_for, "en") == base


def test_a_language_without_a_table_is_left_alone() -> None:
    assert verb_base("staged", "stag", "xx") == "stag"

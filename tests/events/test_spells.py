"""Which stretch of days dates a plan: times joined into one, bounds, and bounds that are denied."""

from __future__ import annotations

import pytest

from tests.events.reading import claim, only, values


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ("between the 3rd and 5th of June", "2031-06-03/2031-06-05"),
        ("between June 3 and 5", "2031-06-03/2031-06-05"),
        ("from 3rd to 5th June", "2031-06-03/2031-06-05"),
        ("on 3, 4 and 5 June", "2031-06-03/2031-06-05"),
        ("on Friday, Saturday and Sunday", "2031-04-11/2031-04-13"),
        ("from Friday, 30 May, to Sunday, 1 June", "2031-05-30/2031-06-01"),
        ("between 2033 and 2035", "2033/2035"),
        ("in late 2032 or early 2033", "2032/2033"),
        ("in the 2032–33 season", "2032/2033"),
        ("in early autumn", "2031-09/2031-11"),
        ("in a week's time", "2031-04-15"),
        ("within 48 hours", "2031-04-08/2031-04-10"),
        ("on Friday at the latest", "2031-04-08/2031-04-11"),
    ],
)
def test_one_spell(when: str, value: str) -> None:
    assert values(only(f"The leaders of Karstia and Velmora will hold a summit {when}."), "date") == [value]


def test_days_apart_are_no_stretch() -> None:
    assert values(only("Velmora will hold an election on 3 May and 9 June."), "date")[0] == "2031-05-03"


@pytest.mark.parametrize("when", ["not before 3 June", "no earlier than 3 June", "no sooner than 3 June"])
def test_the_first_possible_day_is_provisional_and_no_last_day(when: str) -> None:
    date = claim(only(f"The leaders of Karstia and Velmora will hold a summit {when}."), "date")
    assert (date.value, date.settled) == ("2031-06-03", "provisional")

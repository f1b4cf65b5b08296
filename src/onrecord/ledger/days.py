"""Dates as the ledger compares them: the first and the last day of an ISO 8601 or EDTF value, and days between days.

Promise: a month ends on its last day and a year on 31 December, whoever asks. The odd case that forced its shape: a
value such as "2031-05/2031-07" has ends that are no days, and each rule that asked for them filled them another way.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from onrecord.nouns import Reading

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Days(NamedTuple):
    """The first and the last day of a date, ISO 8601."""

    first: str
    last: str

    @property
    def length(self) -> int:
        """How many days there are."""
        return days_between(self.first, self.last) + 1

    def has(self, day: str) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def meets(self, other: Days) -> bool:
        """Whether both have a day in common."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(2**10)
def days_of(value: str | None) -> Days | None:
    """Return the days of a value ("2031", "2031-05", "2031-05-22", two of these with a slash); None for any other."""
    first, _, last = (value or "").partition("/")
    begins, ends = _DATE.match(first), _DATE.match(last or first)
    if begins is None or ends is None:
        return None
    (year, month, day), (to_year, to_month, to_day) = begins.groups(), ends.groups()
    to_month = to_month or "12"
    to_day = to_day or f"{monthrange(int(to_year), int(to_month))[1]:02d}"
    return Days(f"{year}-{month or '01'}-{day or '01'}", f"{to_year}-{to_month}-{to_day}")


@lru_cache(2**10)
def days_between(one: str, other: str) -> int:
    """Return how many days one day is before another; both ISO 8601."""
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


@lru_cache(2**10)
def earlier(day: str, days: int) -> str:
    """Return the day that many days before another, ISO 8601; of the first days of all the first."""
    known = date.fromisoformat(day)
    return (known - timedelta(min(days, (known - date.min).days))).isoformat()


REACHES = (1, 4, 16, 64, 256, 1024, 1_000_000)
"""Days from a telling to the last day of its event by which tellings are kept (`events.reach`): of those that reach no
farther than 16 only what was told in the 16 days before a day can lie ahead of it."""


def reach(day: str, last: str | None) -> int | None:
    """Return the least of `REACHES` that goes from one day as far as another; None where there is no other."""
    return None if last is None else next(each for each in REACHES if each >= days_between(day, last))


def day_of(reading: Reading) -> str | None:
    """Return the day on which a reading's document was published, ISO 8601; None where it is not known."""
    published = reading.document.published
    found = _DAY.match(published.value) if published else None
    return found.group() if found else None

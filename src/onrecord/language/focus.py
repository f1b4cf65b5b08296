"""What day, year and reporting period a text is talking of: what "a year earlier" and "the quarter" are counted from.

Promise: only what the text has named before, or the day of publication where it has named nothing. The odd case that
forced the shape: in a report of earnings "a year ago" is the same quarter of the year before, not the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.language import calendar
from onrecord.language.calendar import Stretch


@dataclass
class Focus:
    """What one text has named so far; it moves on with every time expression that is read."""

    published: date | None
    day: date | None = None
    """The last day named."""
    last: Stretch | None = None
    """The last date named, as precise as it was."""
    quarter: Stretch | None = None
    """The last quarter named."""
    month: Stretch | None = None
    """The last month named, where no quarter was named after it."""

    @property
    def here(self) -> date | None:
        """The day that the text is at: the last one named, else that of publication."""
        return self.day or self.published

    def move(self, stretch: Stretch, compared: bool) -> None:
        """Take note of a date; ``compared``: it is only what the text compares with, and no quarter that it is at."""
        self.last = stretch
        if stretch.first == stretch.last:
            self.day = stretch.first
        if compared:
            return
        if stretch.value[5:6] == "Q":
            self.quarter, self.month = stretch, None
        elif _is_month(stretch):
            self.month = stretch

    def period(self, years: int = 0) -> Stretch | None:
        """The quarter that the text reports on, or the same so many years off; None without a day of publication."""
        if self.quarter is not None:
            return calendar.unit(self.quarter.first, "Q", 4 * years)
        if self.published is None:
            return None
        return calendar.unit(self.published, "Q", 4 * years - 1)  # the last that is over

    def beside(self, letter: str, count: int) -> Stretch | None:
        """The date so many units after (or before) the last one named, as precise as unit and date allow."""
        if self.last is None:
            return None
        if letter == "Y":
            return _years_off(self.last, count)
        if letter == "W" and self.last.first == self.last.last:
            return calendar.day(self.last.first + timedelta(weeks=count))
        if letter == "D" and self.last.first != self.last.last:
            return None
        return calendar.unit(self.last.first, letter, count)


def _is_month(of: Stretch) -> bool:
    return of.first.day == 1 and of == calendar.month(of.first.year, of.first.month)


def _years_off(of: Stretch, years: int) -> Stretch | None:
    """A day, month, quarter or year so many years off, as precise as it was."""
    if of.value[5:6] == "Q":
        return calendar.unit(of.first, "Q", 4 * years)
    if of.first == of.last:
        return calendar.day(of.first.replace(year=of.first.year + years))
    return calendar.unit(of.first, "M", 12 * years) if _is_month(of) else calendar.unit(of.first, "Y", years)

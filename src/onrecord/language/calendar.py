"""TIMEX3 values and the days they cover: arithmetic only, on dates that the caller gives.

Promise: nothing here knows today. A value that needs a day to count from gets it as an argument or is not made.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""Meteorological seasons of the northern hemisphere, first and last month; winter runs into the next year."""
NEXT = timedelta(92)
"""A season that begins within so many days in the same year is "this" one, and "next summer" the one after it."""
FAR, NEAR = 240, 90
"""A day so far off on the verb's side gives way to one so near on the other: the verb above it was another one's."""


class Stretch(NamedTuple):
    """A TIMEX3 value with its first and last day."""

    value: str
    first: date
    last: date


def day(of: date) -> Stretch:
    """One day."""
    return Stretch(of.isoformat(), of, of)


def week(of: date, weekend: bool = False) -> Stretch:
    """The ISO week that holds a day, Monday to Sunday, or its weekend."""
    year, number, weekday = of.isocalendar()
    monday = of - timedelta(days=weekday - 1)
    if weekend:
        return Stretch(f"{year:04d}-W{number:02d}-WE", monday + timedelta(days=5), monday + timedelta(days=6))
    return Stretch(f"{year:04d}-W{number:02d}", monday, monday + timedelta(days=6))


def month(year: int, number: int) -> Stretch:
    """A month; numbers outside of 1 to 12 run over into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Stretch(f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Stretch:
    """A calendar quarter; numbers outside of 1 to 4 run over into other years."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return Stretch(f"{year:04d}-Q{number}", month(year, 3 * number - 2).first, month(year, 3 * number).last)


def half(year: int, number: int) -> Stretch:
    """The first or second half of a calendar year."""
    return Stretch(f"{year:04d}-H{number}", month(year, 6 * number - 5).first, month(year, 6 * number).last)


def season(year: int, code: str) -> Stretch:
    """A season by its TIMEX3 code."""
    first, last = SEASON_MONTHS[code]
    return Stretch(f"{year:04d}-{code}", month(year, first).first, month(year + (last < first), last).last)


def year(number: int) -> Stretch:
    """A calendar year."""
    return Stretch(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def century(hundreds: int) -> Stretch:
    """A century by its leading digits: 19 is the 20th, as TIMEX3 counts it from 1900 on."""
    return Stretch(f"{hundreds:02d}", date(hundreds * 100, 1, 1), date(hundreds * 100 + 99, 12, 31))


def decade(tens: int) -> Stretch:
    """A decade by its leading digits: 199 is the 1990s."""
    return Stretch(f"{tens:03d}", date(tens * 10, 1, 1), date(tens * 10 + 9, 12, 31))


def unit(of: date, letter: str, shift: int) -> Stretch | None:
    """The day, week, month, quarter, year or decade that lies ``shift`` units from the one that holds a day."""
    if letter == "D":
        return day(of + timedelta(days=shift))
    if letter in ("W", "2W"):
        return week(of + timedelta(weeks=shift * (2 if letter == "2W" else 1)))
    if letter == "M":
        return month(of.year, of.month + shift)
    if letter == "Q":
        return quarter(of.year, (of.month - 1) // 3 + 1 + shift)
    if letter == "Y":
        return year(of.year + shift)
    if letter == "10Y":
        return decade(of.year // 10 + shift)
    return None


def day_of_month(of: date, number: int, shift: int | None, direction: int) -> Stretch:
    """The day of that number in the month ``shift`` months off; else the next (1) or last (-1) one, or this month's.

    Raises ValueError where the month has no such day.
    """
    if shift is None:
        shift = 1 if direction > 0 and number < of.day else -1 if direction < 0 and number > of.day else 0
    return day(month(of.year, of.month + shift).first.replace(day=number))


def of_month(month: Stretch, part: str | int, number: int) -> Stretch:
    """The ``number``-th day, week, weekend, half or weekday (by its ISO number) of a month; -1: the last.

    Weeks are counted by seven days from the first, or back from the last. Raises ValueError for a fifth Monday that is
    none.
    """
    if part == "half":
        middle = month.first.replace(day=15)
        first, last = (month.first, middle) if number == 1 else (middle + timedelta(1), month.last)
    elif part == "day":
        first = last = month.first + timedelta(number - 1) if number > 0 else month.last
    elif part == "week":
        first = month.first + timedelta(7 * (number - 1)) if number > 0 else month.last - timedelta(6)
        last = first + timedelta(6)
    else:
        wanted = 6 if part == "weekend" else part
        days = [month.first + timedelta(k) for k in range(month.last.day)]
        found = [each for each in days if each.isoweekday() == wanted]
        if number > len(found):
            raise ValueError(f"{month.value} has no {number}th of these")
        first = found[number - 1 if number > 0 else number]
        last = first + timedelta(part == "weekend")
    return day(first) if first == last else Stretch(f"{first}/{last}", first, last)


def narrowed(stretch: Stretch, mod: str | None, of: date | None) -> tuple[date, date]:
    """The days of a stretch that a modifier leaves: a third of it, or what lies on one side of a day."""
    first, last = stretch.first, stretch.last
    third = (last - first).days // 3
    if mod == "START":
        return first, first + timedelta(days=third)
    if mod == "MID":
        return first + timedelta(days=third), last - timedelta(days=third)
    if mod == "END":
        return last - timedelta(days=third), last
    if of is not None and first <= of <= last:
        if mod == "BEFORE":
            return first, of
        if mod == "AFTER":
            return of, last
    return first, last


def weekday(of: date, number: int, direction: int) -> date:
    """The day with ISO weekday ``number`` nearest to a day: before or on it (-1), on or after it (1), or 0: before."""
    back = (of.isoweekday() - number) % 7
    if direction > 0 and back:
        return of + timedelta(days=7 - back)
    return of - timedelta(days=back)


def month_day(of: date, number: int, monthday: int, direction: int) -> date | None:
    """The day and month nearest to a day on the side that ``direction`` says, or on either; None: no such day."""
    found = []
    for at in (of.year - 1, of.year, of.year + 1):
        try:
            found.append(date(at, number, monthday))
        except ValueError:
            continue
    return nearest(found, of, direction) if found else None


def nearest(days: list[date], of: date, direction: int) -> date:
    """The one of some days nearest to a day on the side that ``direction`` says, or on either."""
    near = min(days, key=lambda each: abs((each - of).days))
    side = [each for each in days if (each - of).days * direction >= 0]
    chosen = min(side or days, key=lambda each: abs((each - of).days))
    return near if abs((chosen - of).days) > FAR and abs((near - of).days) < NEAR else chosen


def season_near(of: date, code: str, direction: int) -> Stretch:
    """The season nearest to a day: one that is not over (1), one that has begun (-1), or the nearest of both (0)."""
    options = [season(of.year + step, code) for step in (-2, -1, 0, 1)]
    side = [each for each in options if direction == 0 or (each.last >= of if direction > 0 else each.first <= of)]
    return min(side, key=lambda each: max((each.first - of).days, (of - each.last).days, 0))


def season_beside(of: date, code: str, shift: int) -> Stretch:
    """The last season of its kind that is over (-1), the first that is yet to begin (1), or that of this year (0).

    One that begins within three months of the same year is called "this summer", so that "next summer" is another.
    """
    options = [season(of.year + step, code) for step in (-2, -1, 0, 1, 2)]
    if shift < 0:
        return next(each for each in reversed(options) if each.last < of)
    if shift > 0:
        soon = of + NEXT
        return next(each for each in options if each.first > of and (each.first > soon or each.first.year > of.year))
    return next((each for each in options if each.first <= of <= each.last), options[2])


def month_beside(of: date, number: int, direction: int) -> Stretch:
    """The last month of that number that is over (-1), or the first that is yet to begin (1)."""
    options = [month(of.year + step, number) for step in (-1, 0, 1)]
    if direction < 0:
        return next(each for each in reversed(options) if each.last < of)
    return next(each for each in options if each.first > of)


def month_near(of: date, number: int, direction: int) -> Stretch:
    """The month of that number nearest to a day on the side that ``direction`` says; 0 takes the nearest of both."""
    options = [month(of.year + step, number) for step in (-1, 0, 1)]
    here = of.replace(day=1)
    side = [each for each in options if direction == 0 or (each.first - here).days * direction >= 0]

    def distance(each: Stretch) -> tuple[int, int]:
        return abs((each.first - here).days), (each.first - here).days

    chosen, nearest = min(side or options, key=distance), min(options, key=distance)
    return nearest if distance(chosen)[0] > FAR and distance(nearest)[0] < NEAR else chosen

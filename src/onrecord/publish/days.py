"""Dates as people write them.

Promise: a value that is not understood comes out as it is; nothing is added that the value does not say. The odd case
that forced the shape: values come as ISO 8601, as EDTF (intervals, ``~``, ``?``) and as TIMEX3 (weeks, seasons,
quarters, parts of the day, ``X`` for digits that nobody gave), and one column of a view shows them all.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

KNOWN = 4_000
"""Values whose words are remembered: a page writes a few days hundreds of times."""

_DAY = re.compile(r"(?P<year>[0-9]{4}|XXXX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?:T(?P<time>.+))?")
_WEEK = re.compile(r"(?P<year>[0-9]{4})-W(?P<week>[0-9]{2})(?P<end>-WE)?")
_PART = re.compile(r"(?P<year>[0-9]{4}|XXXX)-(?P<part>Q[1-4]|H[12]|SP|SU|FA|WI)")
_CLOCK = re.compile(r"(?P<clock>[0-9]{2}:[0-9]{2})(?::00)?(?:\.0+)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?")
_PARTS = {
    "SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter", "H1": "first half", "H2": "second half",
    "Q1": "first quarter", "Q2": "second quarter", "Q3": "third quarter", "Q4": "fourth quarter",
}  # fmt: skip
_TIMES = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_SEASONS = ("SP", "SU", "FA", "WI")
_UNSURE = ("~", "?", "%")
_NO_YEAR = " (year not known)"


@lru_cache(KNOWN)
def readable_day(value: str) -> str:
    """Return an ISO 8601, EDTF or TIMEX3 date as words: ``2031-03-11`` as ``11 March 2031``."""
    start, slash, end = value.partition("/")
    if slash:
        return f"{readable_day(start)} to {readable_day(end)}" if start and end and "/" not in end else value
    if value[-1:] in _UNSURE and value[-2:-1] not in _UNSURE:
        return f"about {readable_day(value[:-1])}"
    return _week(value) or _part(value) or _day(value) or value


def with_days(words: str) -> str:
    """Return words with each ISO 8601 date in them written out, as `readable_day` does."""
    return _IN_WORDS.sub(lambda found: readable_day(found.group()), words)


_IN_WORDS = re.compile(r"\b\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?(?![\d-])")


def is_later(value: str, other: str) -> bool:
    """Return whether an ISO 8601 day or time is later than another; clocks of different zones are compared as told.

    A time of the same day is later than the day alone. What is not understood is compared letter by letter.
    """
    try:
        moments = datetime.fromisoformat(value), datetime.fromisoformat(other)
        return moments[0] > moments[1] if len(value) > 10 < len(other) else value > other
    except (ValueError, TypeError):  # TypeError: only one of them says its zone
        return value > other


def _day(value: str) -> str | None:
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    year = match["year"]
    given = [each for each in (match["month"], match["day"]) if each and each != "XX"]
    time = _time(match["time"])
    if time is None or (match["day"] not in (None, "XX") and match["month"] == "XX"):
        return None
    try:
        # Any leap year serves where the year is not known.
        named = date(2000 if year == "XXXX" else int(year), *(int(each) for each in (*given, "01", "01")[:2]))
    except ValueError:
        return None
    if len(given) == 2:
        words = f"{named.day} {named:%B}"
    elif given:
        words = f"{named:%B}"
    else:
        return year + time if year != "XXXX" else (time.removeprefix(", ") + " (day not known)" if time else None)
    return f"{words}{time}{_NO_YEAR}" if year == "XXXX" else f"{words} {year}{time}"


def _time(value: str | None) -> str | None:
    """The time of the day to be put after a date; None: not understood."""
    if not value:
        return ""
    if value in _TIMES:
        return f", {_TIMES[value]}"
    match = _CLOCK.fullmatch(value)
    if match is None:
        return None
    zone = {"Z": " UTC", "+00:00": " UTC", None: ""}.get(match["zone"], f" UTC{match['zone']}")
    return f", {match['clock']}{zone}"


def _week(value: str) -> str | None:
    match = _WEEK.fullmatch(value)
    if match is None:
        return None
    try:
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), 6 if match["end"] else 1)
    except ValueError:
        return None
    return f"{'weekend' if match['end'] else 'week'} of {day.day} {day:%B %Y}"


def _part(value: str) -> str | None:
    match = _PART.fullmatch(value)
    if match is None:
        return None
    of = "" if match["part"] in _SEASONS else "of "
    year = match["year"]
    return f"{_PARTS[match['part']]} {of}{year}" if year != "XXXX" else f"{_PARTS[match['part']]}{_NO_YEAR}"

"""A time expression to a value in ISO 8601 or EDTF, as precise as the text and no more.

Promise: a value comes only from what the language room resolved; what it could not resolve is None, never today. The
odd case that forced its shape: "on Tuesday" of a plan is the Tuesday to come even where the sentence is told in the
past ("a meeting set for Tuesday has been cancelled"), and "within 60 days" begins when the text came out.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from onrecord.events.ground import Ground
from onrecord.events.vocabulary import vocabulary
from onrecord.language.calendar import SEASON_MONTHS, half, quarter, season
from onrecord.nouns import TimeExpression
from onrecord.tables import table

_MONTH = re.compile(r"\d{4}-\d\d\Z")
_YEAR = re.compile(r"\d{4}\Z")
_PARTIAL = re.compile(r"[\dX]{4}-[\dX]{2}")
_WEEK = re.compile(r"\d{4}-W\d\d\Z")
_PART_OF_YEAR = re.compile(r"\d{4}-(?:Q\d|H\d|SP|SU|FA|WI)\Z")
_YEARS = re.compile(r"\d{4}/\d{4}\Z")
_LENGTH = re.compile(r"P(\d+)([DWMY])\Z")
_HOURS = re.compile(r"PT(\d+)H\Z")
_DAY = 24
_THIRDS = frozenset({"START", "MID", "END"})


class Value(NamedTuple):
    """An EDTF value with its first and last day (ISO 8601), and whether it is of month precision or finer."""

    value: str | None
    first: str | None
    last: str | None
    fine: bool


UNKNOWN = Value(None, None, None, False)


def value_of(ground: Ground, time: TimeExpression, before: str, ahead: bool, old: bool = False) -> Value:
    """Return the value of a time expression after the preposition ``before``; ``ahead``: of something yet to come.

    ``old``: a date that a plan was moved from, whose month may lie behind; a bare day of the week is the next, unless
    it was yesterday, for what is put off on its day is told the day after.
    """
    raw, known = time.value or "", vocabulary(ground.annotated.language)
    hours = _HOURS.match(raw)
    if hours and ground.published and int(hours[1]) >= _DAY:  # "within 48 hours" is told of days
        raw = f"P{int(hours[1]) // _DAY}D"
    length = _LENGTH.match(raw)
    if length and length[2] == "Y" and before in known["lasting"]:
        return UNKNOWN  # "will set quotas for the next two years" is not done in them
    if length and ground.published:
        end = later(ground.published, int(length[1]), length[2])
        return Value(f"{ground.published}/{end}", str(ground.published), str(end), False)
    if time.interval is None:
        return Value(raw, None, None, bool(re.match(r"[\dX]{4}-\d\d", raw))) if _PARTIAL.match(raw) else UNKNOWN
    first, last = time.interval
    if raw == f"{first}/{last}" and first == last:  # "between midnight and noon" tells no day of its own
        return UNKNOWN if first == str(ground.published) else Value(first, first, last, True)
    if raw.endswith("T24:00"):  # "at midnight" is when the next day begins
        raw = first = last = str(date.fromisoformat(first) + timedelta(1))
    if (
        ahead
        and first == last
        and ground.published
        and ground.annotated.text(time.span).lower() in weekdays(ground.annotated.language)
    ):
        day = date.fromisoformat(first)
        past = timedelta(1) if old else timedelta(0)
        if past < ground.published - day <= timedelta(7):
            first = last = str(day + timedelta(7))
    if ahead and not old and ground.published and last < str(ground.published) and _bare(ground, time):
        raw, first, last = (re.sub(r"\d{4}", lambda y: str(int(y[0]) + 1), each) for each in (raw, first, last))
    if _YEARS.match(raw):
        return Value(raw, first, last, False)
    if "/" in raw and raw.startswith(first[:7]):
        return Value(raw, first, last, True)
    if before in known["ahead_of"] and time.mod is None and first != last:
        last = str(date.fromisoformat(first) - timedelta(1))  # "before the summer" ends where the summer begins
    if ground.published and _WEEK.match(raw) and _is_counted(ground, time):
        weeks = (date.fromisoformat(first) - ground.published + timedelta(days=6)).days // 7
        first = last = str(ground.published + timedelta(weeks=weeks))  # "in two weeks": the same day of the week
    if before in known["bound"] and ground.published and str(ground.published) <= last:
        return Value(
            f"{ground.published}/{last}",
            str(ground.published),
            last,
            before not in known["within"],
        )
    if first == last:
        return Value(first, first, last, True)
    if _WEEK.match(raw) and time.mod in _THIRDS:  # "early next week", as "early June" is June
        monday = date.fromisoformat(first) - timedelta(date.fromisoformat(first).weekday())
        return Value(f"{monday}/{monday + timedelta(6)}", first, last, True)
    if _MONTH.match(raw):
        return Value(raw, first, last, True)
    if _YEAR.match(raw) or (raw[:4] == first[:4] and first[4:] == "-01-01" and last[4:] == "-12-31"):
        return Value(first[:4], first, last, False)
    if _PART_OF_YEAR.match(raw) and time.mod in _THIRDS:  # "early autumn" is autumn, as "early June" is June
        return _whole(raw)
    if _PART_OF_YEAR.match(raw) and first[8:] == "01" and (date.fromisoformat(last) + timedelta(1)).day == 1:
        return Value(f"{first[:7]}/{last[:7]}", first, last, False)
    if first[:7] == last[:7] and raw.startswith(first[:7]) and "W" not in raw:
        return Value(first[:7], first, last, True)
    return Value(f"{first}/{last}", first, last, True)


def _is_counted(ground: Ground, time: TimeExpression) -> bool:
    """Whether weeks are counted to a day: "in two weeks", "in a week's time", not "next week"."""
    words = re.findall(r"\w+", ground.annotated.text(time.span).lower())
    known = vocabulary(ground.annotated.language)
    return any(
        word in known["counted_weeks"] or (word in known["one_week"] and before in known["one"])
        for before, word in zip(["", *words], words, strict=False)
    )


def _whole(raw: str) -> Value:
    """A quarter, half or season as the months that it has."""
    year, part = int(raw[:4]), raw[5:]
    if part in SEASON_MONTHS:
        made = season(year, part)
    else:
        made = quarter(year, int(part[1])) if part[0] == "Q" else half(year, int(part[1]))
    return Value(f"{made.first.isoformat()[:7]}/{made.last.isoformat()[:7]}", str(made.first), str(made.last), False)


def _bare(ground: Ground, time: TimeExpression) -> bool:
    """Whether a date gives no year and no word of direction: "September", "4 May", not "last May" or "May 2020"."""
    words = ground.annotated.text(time.span).split()
    return (
        len(time.value or "") >= 7
        and all(w[0].isupper() or len(w) < 5 for w in words if w)
        and not any(
            (w.isdigit() and len(w) == 4) or w.lower() in vocabulary(ground.annotated.language)["backward"]
            for w in words
        )
    )


@cache
def weekdays(language: str) -> frozenset[str]:
    """Return the names of the days of the week, in lower case."""
    return frozenset(table("events", language, "status")["moved"]["weekdays"])


def later(start: date, count: int, unit: str) -> date:
    """The day that is ``count`` days, weeks, months or years after ``start``; the month's last where it is shorter."""
    if unit in "DW":
        return start + timedelta(days=count * (7 if unit == "W" else 1))
    month = start.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = start.year + month // 12, month % 12 + 1
    for day in range(start.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(start.day, 28))

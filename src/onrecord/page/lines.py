"""What a single line can be recognised as: furniture, a byline, a line with nothing but a date.

Promise: only whole lines are judged, by the patterns of ``<language>/lines.toml``; a sentence is never furniture
because of words inside of it. The odd case that forced the shape: headlines come twice with another dash or other
quotation marks, so lines are compared by their words alone (`words_of`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from onrecord.tables import table

_ACCOUNT = re.compile(r"[a-z][a-z0-9._-]*")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_DATE_LINE = 120
"""Code points of the longest line of nothing but dates: when it was published and when it was changed."""


class _Lines(NamedTuple):
    furniture: re.Pattern[str]
    byline: re.Pattern[str]
    joiners: frozenset[str]
    jobs: frozenset[str]
    accounts: frozenset[str]
    before_day: re.Pattern[str]
    after_names: re.Pattern[str]
    date_line: re.Pattern[str]
    day: re.Pattern[str]
    update: re.Pattern[str]
    before_date: re.Pattern[str]
    date_lines: re.Pattern[str]
    months: dict[str, int]
    between_names: re.Pattern[str]
    place: re.Pattern[str]
    opening: re.Pattern[str]


class Days(NamedTuple):
    """The full dates that a line states, each None where it states none or several that differ."""

    published: date | None
    modified: date | None
    """The date that the line calls that of a change (``Updated``); of several the last."""


class Opening(NamedTuple):
    """Where and when a report was written, said before its first sentence: ``PORT SELM, 3 March (VNA) – ``."""

    end: int
    """Where the first sentence begins, in code points of the paragraph."""
    day: date | None
    """The full date; None where it, or its year, is missing."""


@cache
def _lines(language: str) -> _Lines:
    words = table("page", language, "lines")
    months = {name: i + 1 for i, names in enumerate(words["months"]) for name in names}
    month = "|".join(sorted(months, key=len, reverse=True))
    weekday = "|".join(sorted(words["weekdays"], key=len, reverse=True))
    day = (
        rf"(?:(?P<m1>{month})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m2>{month})\.?,?[ -](?P<y2>\d{{4}})"
        r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))"
    )
    partial = rf"(?:(?:{month})\.? \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? (?:{month})\.?)"
    clock = r"(?:\d{1,2}(?:[:.]\d{2}){0,2} ?(?:[ap]\.?m\.?)?(?: ?\(?[A-Za-z]{1,5}\b\)?)?)"
    prefix = "|".join(words["date_prefixes"])
    line = (
        rf"(?:(?:{prefix})[:,]? *)?(?:(?:{weekday})\.?,? *)?(?:{clock},? *(?:on )?)?(?:(?:{weekday})\.?,? *)?"
        rf"(?:{day}|{partial}|(?<=\w ){clock})?(?:,? *(?:at|[-–—|·•])? *{clock})?[.]?"
    )
    part, joined = re.sub(r"\?P<\w+>", "?:", line), "|".join(words["between_names"])
    apart = rf"\s*[|·•/;]\s*|\s+[-–—]\s+|[,.]?\s+(?:(?:{joined}) )?\(?(?=(?:{prefix})\b)"
    capital, rest = "[A-ZÀ-ÖØ-Þ]", r"[A-ZÀ-ÖØ-Þ.'’-]"
    name = rf"{capital}[\w.'’-]{{1,30}}+(?: {capital}[\w.'’-]{{1,30}}+){{0,2}}"
    agency = rf"(?:\({capital}[\w.&/’' -]{{1,30}}\)|/{capital}[\w.&’' -]{{1,30}}/)"
    opening = (
        rf"(?:(?P<capitals>{capital}{rest}{{2,30}}+(?:[ /]{capital}{rest}{{1,30}}+){{0,3}}+(?!\w))|{name})"
        rf"(?:, {name}){{0,2}}"
        rf"(?P<before>[.,]? ?{agency})?"
        rf"(?P<when>(?:[.,]? | ?(?:--|[-–—|]) ?)(?i:(?:{weekday})\.?,? )?(?i:{day}|{partial}))?"
        rf"(?P<agency>[.,]? ?{agency})?"
        rf"(?:\s*(?:--|[-–—|])|(?<=/)\.)\s+(?=[“\"‘']?(?:{capital}|\d))"
    )
    return _Lines(
        re.compile("|".join(f"(?:{each})" for each in words["furniture"]), re.IGNORECASE),
        re.compile("|".join(f"(?:{each})" for each in _unnamed(words["byline"])), re.IGNORECASE),
        frozenset(words["byline_joiners"]),
        frozenset(words["byline_jobs"]),
        frozenset(words["accounts"]),
        re.compile(rf"(?:[\s,|\-–—·•(]|\b(?:{weekday}|{'|'.join(words['before_day'])})\b)+$", re.IGNORECASE),
        re.compile(rf"[\s,|\-–—·•(]*\b(?:{'|'.join(words['after_names'])})\b.*", re.IGNORECASE),
        re.compile(line, re.IGNORECASE),
        re.compile(rf"\b{day}\b", re.IGNORECASE),
        re.compile(rf"(?:{'|'.join(words['update_prefixes'])})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{prefix})\b", re.IGNORECASE),
        re.compile(rf"{part}(?:(?:{apart}){part}){{1,3}}\)?", re.IGNORECASE),
        months,
        re.compile(rf"\s*(?:[,;&|]|\b(?:{'|'.join(words['between_names'])})\b)\s*"),
        re.compile(rf"(?<=\w) (?:{'|'.join(words['before_place'])}) [^\W\d_a-z].*"),
        re.compile(opening),
    )


def _unnamed(patterns: list[str]) -> list[str]:
    """The patterns with numbered names for their groups, so that they can stand in one expression."""
    return [each.replace("?P<names>", f"?P<names{i}>") for i, each in enumerate(patterns)]


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a line in lower case: what stays the same when dashes and quotation marks change."""
    return tuple(_WORD.findall(line.lower()))


def is_furniture(line: str, language: str = "en") -> bool:
    """Tell whether a whole line belongs to the page and not to the article."""
    line = line.strip()
    return len(line) <= 300 and bool(_lines(language).furniture.fullmatch(line))


def byline_names(line: str, language: str = "en") -> str | None:
    """Return the names of a line that says who wrote the text, as written; None where the line is something else."""
    line = line.strip()
    lines = _lines(language)
    if len(line) > 140 or not (found := lines.byline.fullmatch(line)):
        return None
    names = next(each for each in found.groups() if each is not None)
    if day := lines.day.search(names):  # "By Lena Marsk 4 May 2023, 17:42"
        names = lines.before_day.sub("", names[: day.start()])
    names = lines.after_names.sub("", names)
    if not names:
        return None
    words = re.findall(r"[^\s,|/&]+", names)
    if not 1 <= len(words) <= 12 or (names.endswith((".", "?", "!")) and not re.search(r"\b[A-Z]\.$|\bJr\.$", names)):
        return None
    if not (names[0].isupper() and words[0].lower() not in lines.joiners):
        return None
    named = [w for part in names.split(",") if not is_job(part, language) for w in re.findall(r"[^\s|/&]+", part)]
    small = [w for w in named if w.lower() not in lines.joiners and not w[0].isupper() and w[0].isalpha()]
    return names if not small else None


def split_names(names: str, language: str = "en") -> list[str]:
    """Return the single names of a byline as written, without the place or the number of comments after them."""
    lines = _lines(language)
    names = lines.after_names.sub("", names)
    return [name for each in lines.between_names.split(names) if (name := " ".join(lines.place.sub("", each).split()))]


def is_job(part: str, language: str = "en") -> bool:
    """Tell whether a part of a byline says what somebody does (``Courier political writer``), not who it is."""
    return part.lower().rpartition(" ")[2] in _lines(language).jobs


def is_account(part: str, language: str = "en") -> bool:
    """Tell whether a name is that of an account, which has no capital and no space (``lmarsk``) or names nobody."""
    return bool(_ACCOUNT.fullmatch(part)) or part.lower() in _lines(language).accounts


def date_line(line: str, language: str = "en") -> bool:
    """Tell whether a line holds nothing but dates and times of day, with the words that say what they are of."""
    line = line.strip()
    if not 4 <= len(line) <= _DATE_LINE or not _DIGIT.search(line):
        return False
    lines = _lines(language)
    if lines.date_line.fullmatch(line):
        return bool(lines.day.search(line) or re.search(r"[:.]\d\d|[A-Za-z]{3}", line))
    return bool(lines.day.search(line) and lines.date_lines.fullmatch(line))


def stated_days(line: str, language: str = "en") -> Days:
    """Return the days that a short line states, each taken for what the last word before it says that it is of.

    A date with no such word is the day of publication, unless the line calls another one so.
    """
    lines = _lines(language)
    named: set[date] = set()
    plain: set[date] = set()
    changed: set[date] = set()
    at = 0
    for found in lines.day.finditer(line):
        day = _day(found, lines.months)
        label = [each.group() for each in lines.before_date.finditer(line, at, found.start())]
        at = found.end()
        if day is not None:
            (changed if label and lines.update.match(label[-1]) else named if label else plain).add(day)
    first = named or plain
    return Days(next(iter(first)) if len(first) == 1 else None, max(changed, default=None))


def opening(paragraph: str, language: str = "en") -> Opening | None:
    """Return the place, date and agency that a first paragraph opens with; None where it opens with its sentence."""
    found = _lines(language).opening.match(paragraph)
    if found is None or not (found["capitals"] or found["when"] or found["before"] or found["agency"]):
        return None
    return Opening(found.end(), full_date(found.group(), language))


def full_date(text: str, language: str = "en") -> date | None:
    """Return the first full date of a short text, with day, month and year; None where there is none."""
    lines = _lines(language)
    days = (_day(found, lines.months) for found in lines.day.finditer(text))
    return next((day for day in days if day is not None), None)


def _day(found: re.Match[str], months: dict[str, int]) -> date | None:
    """The date of a match; None where the calendar has no such day."""
    year, month, day = (
        found["y1"] or found["y2"] or found["y3"],
        found["m1"] or found["m2"] or found["m3"],
        found["d1"] or found["d2"] or found["d3"],
    )
    try:
        return date(int(year), months.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None

"""When a page was published and changed: the best of the fields that say so.

Promise: a day in ISO 8601, or a moment with its offset; never one made up from the day of reading. The odd case that
forced the shape: content systems write ``1970-01-01`` or the year 9999 where they know nothing, so a date must be of
1990 to 2100 (the clock is not read here) to be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from htmldate import find_date

from onrecord.nouns import Sourced
from onrecord.page.lines import full_date
from onrecord.page.metadata import PageData, articles
from onrecord.tables import table

EARLIEST, LATEST = 1990, 2100
"""The years that are believed."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-])")


def iso(value: str) -> str | None:
    """Return a date as ISO 8601 (a moment only where its offset is given), or None where it is none to be believed."""
    value = value.strip()[:64]
    if found := _ISO.match(value):
        year, month, day, hour, minute, second, offset = found.groups()
        try:
            date(int(year), int(month), int(day))
            if not EARLIEST <= int(year) <= LATEST:
                return None
            if hour is None or offset is None:
                return f"{year}-{int(month):02}-{int(day):02}"
            zone = "+00:00" if offset[0] not in "+-" else f"{offset[:3]}:{offset[-2:]}"
            return datetime.fromisoformat(
                f"{year}-{int(month):02}-{int(day):02}T{int(hour):02}:{minute}:{second or '00'}{zone}"
            ).isoformat()
        except ValueError:
            return None
    try:
        if found := _COMPACT.match(value):
            day_ = date(int(found[1]), int(found[2]), int(found[3]))
        elif re.match(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d", value):
            moment = parsedate_to_datetime(value)
            if moment.tzinfo is not None and EARLIEST <= moment.year <= LATEST:
                return moment.isoformat()
            day_ = moment.date()
        else:
            stated = full_date(value)
            if stated is None:
                return None
            day_ = stated
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day_.isoformat() if EARLIEST <= day_.year <= LATEST else None


def published(data: PageData, url: str | None) -> Sourced | None:
    """Return the date of publication from the fields of the head, ``time`` elements or the address, best first."""
    return (
        _first(_fields(data, "datePublished", "published"))
        or _from_times(data, "publish")
        or _from_url(url or data.url)
    )


def modified(data: PageData) -> Sourced | None:
    """Return the date of the last change, from the fields of the head alone."""
    return _first(_fields(data, "dateModified", "modified"))


def by_search(root: Any) -> Sourced | None:
    """Return the date that htmldate finds in the markup of a page; None where it finds none without guessing."""
    try:
        found = find_date(
            root, extensive_search=False, original_date=True, min_date=f"{EARLIEST}-01-01", max_date=f"{LATEST}-12-31"
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    value = iso(found) if found else None
    return Sourced(value=value, source="metadata", confidence=0.6, detail="htmldate") if value else None


def stands_beside(value: str, texts: Sequence[str]) -> bool:
    """Tell whether one of the texts holds the year and the day of a date: one found in prose is no publication date."""
    year, _, day = value[:10].split("-")
    return any({int(year), int(day)} <= {int(n) for n in re.findall(r"\d{1,4}", text)} for text in texts)


def _fields(data: PageData, key: str, kind: str) -> Iterator[tuple[str, float, str]]:
    for thing in articles(data):
        value = thing.get(key)
        if isinstance(value, str):
            yield value, 0.97, f"json-ld {key}"
    for name, confidence in table("page", "en", "names")[kind].items():
        for value in data.meta.get(name, ()):
            yield value, confidence, f"meta {name}"


def _first(candidates: Iterator[tuple[str, float, str]]) -> Sourced | None:
    for value, confidence, detail in candidates:
        if stated := iso(value):
            return Sourced(value=stated, source="metadata", confidence=confidence, detail=detail)
    return None


def _from_times(data: PageData, word: str) -> Sourced | None:
    """A ``time`` element that names itself the publication, else the only moment or day that all of them give."""
    stamps = [(names.lower(), stated) for names, stamp in data.times if (stated := iso(stamp))]
    for names, stated in stamps:
        if word in names or "pubdate" in names:
            return Sourced(value=stated, source="metadata", confidence=0.9, detail="time " + names.split()[0])
    if len({stated[:10] for _, stated in stamps}) == 1:  # the many moments of a live page share their day alone
        value = stamps[0][1] if len({stated for _, stated in stamps}) == 1 else stamps[0][1][:10]
        return Sourced(value=value, source="metadata", confidence=0.75, detail="time")
    return None


def _from_url(url: str | None) -> Sourced | None:
    if url and (found := _URL.search(url)) and (stated := iso(f"{found[1]}-{found[2]}-{found[3]}")):
        return Sourced(value=stated, source="url", confidence=0.7, detail="path")
    return None

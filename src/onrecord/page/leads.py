"""The entries of a diary that stand in one block: ``13 March – Fourth round of talks``, ``10:00 Opening; 11:30 Lunch``.

Promise: only words of days, hours and of what is undecided about them are a lead, and only with a mark behind them
that parts them from what happens then; a sentence that begins with a day is none. The odd case that forced the shape:
the hour of ``10:00 Opening`` has no mark behind it, and ``Tuesday, 3 p.m.:`` has several inside.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.tables import table

_LONGEST = 80
"""Code points of the longest lead."""


class Lead(NamedTuple):
    """The lead of one entry, in code points of its block: the lead's words end at ``end``, the entry's at ``last``."""

    start: int
    end: int
    first: int
    """Where the words begin that tell what happens."""
    last: int


class _Patterns(NamedTuple):
    lead: re.Pattern[str]
    """A lead with the mark behind it."""
    whole: re.Pattern[str]
    """A lead without one."""
    undecided: re.Pattern[str]
    hour: re.Pattern[str]
    between: re.Pattern[str]
    """Where in a block another entry may begin."""


@cache
def _patterns(language: str) -> _Patterns:
    lines, words = table("page", language, "lines"), table("page", language, "leads")
    month = "|".join(sorted((name for names in lines["months"] for name in names), key=len, reverse=True))
    weekday = "|".join(sorted(lines["weekdays"], key=len, reverse=True))
    beside = "|".join(sorted(map(re.escape, words["beside"]), key=len, reverse=True))
    clock = r"\d{1,2}(?:[:.]\d\d|h\d\d)(?![.:]?\d)(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?"
    figures = r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
    named = rf"(?:(?:{weekday}|{month})\b\.?|\b(?:{'|'.join(words['days'])})\b|{figures}|{clock})"
    of = "|".join(words["undecided_of"])
    undecided = rf"(?:(?:{of})\b )*(?:{'|'.join(words['undecided'])})\b"
    number = r"\d{1,2}(?:st|nd|rd|th)?\b(?![.:]\d)|\d{4}\b"
    word = rf"(?:{named}|{undecided}|{number}|(?:{beside})\b\.?)"
    # the joints inside a lead; a dash with blanks around it is one only before a day or an hour
    joint = rf"(?:[,/]? ?\(?|-|–| [-–—] (?={named}|\d))"
    lead = rf"\(?(?=[^:;]{{0,40}}?(?:{named}|{undecided})){word}\)?(?:{joint}{word}\)?){{0,11}}"
    part = r"(?P<part>\s*[–—|]\s+|\s*:\s+|\s+-\s+|\t+\s*)(?=\S)"
    bare = r"(?P<bare>(?<=[\dmM.)])\s+)(?=[\"“‘'(]?[A-ZÀ-ÖØ-Þ])"
    return _Patterns(
        re.compile(rf"(?P<lead>(?i:{lead}))(?:{part}|{bare})"),
        re.compile(rf"(?:{lead})[.:]?", re.IGNORECASE),
        re.compile(undecided, re.IGNORECASE),
        re.compile(clock, re.IGNORECASE),
        re.compile(r";\s+|\n\s*"),
    )


def leads(block: str, language: str = "en") -> list[Lead]:
    """Return the entries of a block in order, none where it does not open with one; the last reaches to its end."""
    known = _patterns(language)
    found: list[Lead] = []
    match = known.lead.match(block)
    while match is not None:
        if _is_lead(match):
            if found:
                words = block[found[-1].first : match.start()].rstrip("; \t\r\n")
                found[-1] = found[-1]._replace(last=found[-1].first + len(words))
            found.append(Lead(match.start(), match.end("lead"), match.end(), len(block)))
        elif not found:
            return []
        joints = known.between.finditer(block, max(match.start(), found[-1].first))
        match = next((lead for each in joints if (lead := known.lead.match(block, each.end()))), None)
    return found


def _is_lead(match: re.Match[str]) -> bool:
    """Whether words with a day or an hour are a lead: not too long, and an hour by itself where no mark follows."""
    words = match["lead"]
    bare = match["bare"] is not None
    return len(words) <= _LONGEST and (not bare or re.match(r"\d{1,2}(?:[:.h]\d\d| ?[apAP]\.?[mM])", words) is not None)


def is_lead(line: str, language: str = "en") -> bool:
    """Return whether a line holds nothing but a day or an hour, or that there is none yet: a day's heading, a cell."""
    return len(line) <= _LONGEST and _patterns(language).whole.fullmatch(line.strip()) is not None


def hour_in(line: str, language: str = "en") -> tuple[int, int] | None:
    """Return where an hour stands in a line; None where there is none."""
    found = _patterns(language).hour.search(line)
    return found.span() if found else None


def undecided_in(line: str, language: str = "en") -> tuple[int, int] | None:
    """Return where a line says that something is yet to be announced; None where it does not."""
    found = _patterns(language).undecided.search(line)
    return found.span() if found else None


def lead_spans(block: str, language: str = "en") -> list[tuple[int, int]]:
    """Return where the leads of a block stand; the whole of it where it is nothing but one."""
    if is_lead(block, language):
        return [(0, len(block))]
    return [(each.start, each.end) for each in leads(block, language)]

"""The time expressions of a document as spells that can date an event: "from 3 to 5 May", "24 April to 4 May" are one.

Promise: two times become one only by a word of range or a list between them, and never where a verb moves something
from the one to the other. The odd case that forced its shape: "on 3 and 4 May" is one spell, "on 3 and 9 May" are two.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from msgspec import structs

from onrecord.events.vocabulary import vocabulary
from onrecord.language import Annotated
from onrecord.nouns import Span, TimeExpression
from onrecord.tables import table

LASTING = 40
"""Code points that may stand between the first and the last day of an event: "and is expected to last until"."""
LAST_DAY = 31
_YEAR = re.compile(r"\d{4}\Z")
_NUMBER = re.compile(r"(\d\d?)(?:st|nd|rd|th)?\Z")


def spells(annotated: Annotated) -> list[TimeExpression]:
    """Return the time expressions that can date an event; two that a word of range joins are one."""
    joins, moves = _joins(annotated.language)
    found: list[TimeExpression] = []
    for each in annotated.times:
        if each.type == "SET":
            continue
        if (two := _two_days(annotated, each, moves)) is not None:
            found += two
            continue
        time = _eve(annotated, _days_of_month(annotated, each, joins))
        last = found[-1] if found else None
        between = annotated.document.text[last.span[1] : time.span[0]].strip(" \n,").lower() if last else ""
        lasts = bool(between) and len(between) < LASTING and _lasts(annotated.language, between)
        if last and last.interval and time.interval and _listed(annotated, last, time):
            between = min(joins)
        if between in vocabulary(annotated.language)["alternatives"] and last and not _touch(annotated, last, time):
            between = ""  # "on 3 May and 9 June" are two times, "on 3 and 4 May" one
        if last and last.interval and time.interval and (between in joins or lasts):
            (first, end), (start, stop) = last.interval, time.interval
            if (
                between in joins
                and start < first
                and time.anchor == "published"
                and not _moved(annotated, last.span, moves)
            ):
                time = _year_on(time)  # "from 1 July to 30 September", "from December to March"
                start, stop = time.interval or (start, stop)
            if first <= start and not _moved(annotated, last.span, moves):
                value, interval = f"{_short(last)}/{_short(time)}", (first, max(end, stop))
                found[-1] = structs.replace(last, span=(last.span[0], time.span[1]), value=value, interval=interval)
                continue
        found.append(time)
    return found


def _touch(annotated: Annotated, last: TimeExpression, time: TimeExpression) -> bool:
    """Whether two times are one stretch: nothing lies between them, or "between" stands before the first."""
    first = annotated.token_range(last.span)[0]
    if any(t.lower in vocabulary(annotated.language)["between"] for t in annotated.tokens[max(0, first - 2) : first]):
        return True
    if last.interval is None or time.interval is None:
        return False
    return date.fromisoformat(time.interval[0]) - date.fromisoformat(last.interval[1]) <= timedelta(1)


def _listed(annotated: Annotated, last: TimeExpression, time: TimeExpression) -> bool:
    """Whether two days in a row are of a list that a word ends: "on Friday, Saturday and Sunday"."""
    if last.interval is None or time.interval is None or last.interval == time.interval:
        return False
    text = annotated.document.text
    after = text[time.span[1] :].lstrip(" ,").partition(" ")[0]
    ended = after in vocabulary(annotated.language)["alternatives"] and time.interval[0] == time.interval[1]
    return ended and text[last.span[1] : time.span[0]].strip() == "," and _touch(annotated, last, time)


def _two_days(
    annotated: Annotated, time: TimeExpression, moves: frozenset[str]
) -> tuple[TimeExpression, TimeExpression] | None:
    """The days that a plan is moved from and to: "was moved from the 19th to the 22nd of October"."""
    text = annotated.document.text[time.span[0] : time.span[1]]
    values, at = (time.value or "").split("/"), text.find(" to ")
    if time.interval is None or len(values) == 1 or at < 0 or not _moved(annotated, time.span, moves):
        return None
    middle = time.span[0] + at
    spans, days = ((time.span[0], middle), (middle + len(" to "), time.span[1])), time.interval
    old, new = (
        structs.replace(time, span=span, value=day, interval=(day, day)) for span, day in zip(spans, days, strict=True)
    )
    return old, new


def _days_of_month(annotated: Annotated, time: TimeExpression, joins: frozenset[str]) -> TimeExpression:
    """The days of one month that is named once: "6 to 17 October", "October 6-17"; else the expression itself."""
    tokens = annotated.tokens
    at, end = annotated.token_range(time.span)
    known = vocabulary(annotated.language)
    between = any(tokens[i].lower in known["between"] for i in (at - 3, at - 1) if i >= 0)
    if time.interval is None or time.interval[0] != time.interval[1] or end - at < 2:
        return time
    day, month = int(time.interval[0][8:]), time.interval[0][:8]
    if at > 1 and tokens[at - 1].lower in joins and _NUMBER.match(tokens[at].text):
        joined = tokens[at - 1].lower
        low, high = _number(tokens[at - 2].text), str(day)
        start, gap = at - 2, day - int(low or 0)
        while start > 1 and tokens[start - 1].text == "," and _number(tokens[start - 2].text) == str(int(low or 0) - 1):
            low, start = _number(tokens[start - 2].text), start - 2  # "3, 4 and 5 June"
        span = tokens[start].start, time.span[1]
    elif end + 1 < len(tokens) and tokens[end].lower in joins and _NUMBER.match(tokens[end - 1].text):
        joined = tokens[end].lower
        counted = end + 2 < len(tokens) and tokens[end + 2].pos in {"NOUN", "ADJ", "PROPN"}
        counted = counted and tokens[end + 2].sentence == tokens[end].sentence  # not "March 21-23: Cup races"
        counted = counted and tokens[end + 1].text.isdigit()  # "4 and 5 people", but "the June 4th and 5th summit"
        high = "" if counted else _number(tokens[end + 1].text)
        low, span = str(day), (time.span[0], tokens[end + 1].end)
        gap = int(high or 0) - day
    else:
        return time
    if not (low.isdecimal() and high.isdecimal() and 0 < int(low) < int(high) <= LAST_DAY):
        return time
    if joined in known["alternatives"] and not between and gap > 1:
        return time  # "3 and 9 May" are two days, "3 and 4 May" one time
    days = f"{month}{int(low):02d}", f"{month}{int(high):02d}"
    return structs.replace(time, span=span, value="/".join(days), interval=days)


def _number(word: str) -> str:
    """The digits of a day of a month, "" where the word is none: "3rd" is 3."""
    match = _NUMBER.match(word)
    return match[1] if match else ""


def _year_on(time: TimeExpression) -> TimeExpression:
    """The last day of a range that has no year of its own and so is the next one after the first day."""
    value, *days = (
        re.sub(r"^\d{4}", lambda y: str(int(y[0]) + 1), each) for each in (time.value or "", *(time.interval or ()))
    )
    return structs.replace(time, value=value, interval=(days[0], days[1]))


def _eve(annotated: Annotated, time: TimeExpression) -> TimeExpression:
    """The day before a day, where the words before it say so: "on the eve of 1 May", "the eve of Labour Day, 1 May"."""
    tokens, known = annotated.tokens, vocabulary(annotated.language)
    at = annotated.token_range(time.span)[0]
    low = at - 1
    if low > 0 and tokens[low].text == "," and tokens[low - 1].pos == "PROPN":
        low -= 1
        while low > 0 and tokens[low].pos == "PROPN":
            low -= 1
    if low < 1 or tokens[low - 1].lower not in known["eve"]:
        low = _told_of(annotated, at, known["falls"])  # "the eve of Labour Day, which falls on 1 May"
    if low < 1 or tokens[low - 1].lower not in known["eve"] or time.interval is None:
        return time
    day = str(date.fromisoformat(time.interval[0]) - timedelta(1))
    return structs.replace(time, span=(tokens[low - 1].start, time.span[1]), value=day, interval=(day, day))


def _told_of(annotated: Annotated, at: int, falls: frozenset[str]) -> int:
    """The token of "of" before a feast that a clause puts on the day at token ``at``; -1 where there is none."""
    tokens = annotated.tokens
    on = tokens[tokens[at].head] if tokens[at].dep != "pobj" else tokens[at]
    verb = tokens[tokens[on.head].head] if tokens[on.head].pos == "ADP" else tokens[on.head]
    if verb.dep != "relcl" or verb.lemma not in falls:
        return -1
    feast = tokens[verb.head]
    return feast.head if feast.dep == "pobj" else -1


def _lasts(language: str, between: str) -> bool:
    """Whether the words between two times say that an event goes on from the one to the other: "and lasts until"."""
    lasting, around, until = _range_words(language)
    *words, last = between.replace(",", " ").split() or [""]
    return last in until and any(w in lasting for w in words) and all(w in lasting or w in around for w in words)


def _moved(annotated: Annotated, span: Span, moves: frozenset[str]) -> bool:
    """Whether the verb right before or over a time moves something: "put off the vote on the treaty from … to …"."""
    tokens, first = annotated.tokens, annotated.token_range(span)[0]
    if any(t.lemma in moves for t in tokens[max(0, first - 6) : first]):
        return True
    at = tokens[first]
    while at.head != at.i and at.pos not in {"VERB", "AUX"}:
        at = tokens[at.head]
    return at.lemma in moves


def _short(time: TimeExpression) -> str:
    """A year as the year, a month as the month, a day as the day: an interval keeps the precision of the text."""
    first, last = time.interval or ("", "")
    if _YEAR.match(time.value or ""):
        return first[:4]
    if first != last and (time.value or "")[:7] == first[:7] and len(time.value or "") == 7:
        return first[:7]
    return first


@cache
def _joins(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """What joins two times into one range, and the verbs after which it is a move from one to the other."""
    raw = table("events", language, "status")["moved"]
    return frozenset(raw["joins"]), frozenset(raw["verbs"]) - frozenset(raw["stops"])


@cache
def _range_words(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Forms of lasting and ending, what may stand around them, and what leads from them to the last day."""
    raw = table("events", language, "status")["range"]
    return frozenset(raw["lasting"]), frozenset(raw["around"]), frozenset(raw["until"])

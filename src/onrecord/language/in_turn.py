"""Days of the week told one after the other: "on Wednesday, Thursday and Friday … and then, on Saturday".

Promise: a day that is told as the next of a run lies after the day before it, within the week that follows; all else
stays as it was read. The odd case that forced its shape: on a Friday, "Thursday and Friday" are days of the next week,
though Friday alone is today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from onrecord.language.annotated import Token
from onrecord.nouns import TimeExpression
from onrecord.tables import table

RULE = "times.weekday_alone/1"
"""The rule by which a day of the week that stands alone is read; no other is told in turn."""

WEEK = timedelta(7)

APART = 1500
"""Code points between two days of a run, each with what is planned for it, at most."""


def in_turn(
    times: Sequence[TimeExpression], tokens: Sequence[Token], published: date | None, language: str = "en"
) -> tuple[TimeExpression, ...]:
    """Return time expressions with each day of the week that is told next after a day ahead laid behind that day."""
    if published is None:
        return tuple(times)
    at = {token.start: token.i for token in tokens}
    told: list[TimeExpression] = []
    last: tuple[TimeExpression, date] | None = None
    for each in times:
        if each.by_rule == RULE and each.interval is not None and each.span[0] in at:
            day = date.fromisoformat(each.interval[0])
            if last is not None and _is_next(last[0], each, tokens, at[each.span[0]], language):
                day += WEEK if timedelta() <= last[1] - day < WEEK and day <= date.max - WEEK else timedelta()
                value = day.isoformat()
                each = replace(each, value=value, interval=(value, value))
            last = (each, day) if published <= day else None
        told.append(each)
    return tuple(told)


def _is_next(last: TimeExpression, each: TimeExpression, tokens: Sequence[Token], at: int, language: str) -> bool:
    """Whether a day is told as the one after ``last``: right behind it in a list, or as what comes "then"."""
    if each.span[0] - last.span[1] > APART:
        return False
    listing, then, leading = _words(language)
    i = at - 1
    while i >= 0 and tokens[i].start >= last.span[1] and tokens[i].lower in listing:
        i -= 1
    if i < 0 or tokens[i].end <= last.span[1]:
        return True
    words = set[str]()
    for token in reversed(tokens[:at]):
        if token.sentence != tokens[at].sentence:
            break
        words.add(token.lower)
    return not words.isdisjoint(then) and words <= leading


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What stands between days of a list, what says that a day comes next, and all that may lead up to such a day."""
    raw = table("language", language, "times")["in_turn"]
    listing, then = frozenset(raw["listing"]), frozenset(raw["then"])
    return listing, then, listing | then | frozenset(raw["leading"])

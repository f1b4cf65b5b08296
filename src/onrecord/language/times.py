"""Time expressions of a text: "on Monday", "26 May 2021", "early June", "three years", "every week".

Promise: a relative expression is counted from the day of publication where the document has one, and from nothing
else; without it the value says what TIMEX3 can say without a date, or is None, and there is no interval. The odd case:
a pattern tried at every letter costs more than all names together, so it is tried only near words that give times away.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from string import capwords
from typing import Any

from onrecord.language import calendar
from onrecord.language.annotated import Token
from onrecord.language.in_turn import in_turn
from onrecord.language.meanings import Meanings
from onrecord.nouns import Document, Span, TimeExpression
from onrecord.page.leads import lead_spans
from onrecord.tables import table

_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "NORP", "GPE"})
"""The model's labels under which "Today", "May" or "April" are part of a name."""


@cache
def _grammar(language: str) -> tuple[re.Pattern[str], tuple[str, ...], dict[str, Any]]:
    """One pattern of all rules, the rules' kinds, and the table."""
    words = table("language", language, "times")
    fragments = dict(words["fragments"])
    fragments["vague"] = "|".join(sorted(map(re.escape, words["vague"]), key=len, reverse=True))
    # written as names are, "May Day" and never "may day"; string.capwords leaves "Year's" alone as str.title does not
    days = sorted((re.escape(capwords(each)) for each in words["holidays"]), key=len, reverse=True)
    fragments["holidays"] = "|".join(days).replace("'", "[’']")
    parts = []
    for n, rule in enumerate(words["rule"]):
        pattern = rule["pattern"]
        for _ in range(2):
            for name, inner in fragments.items():
                pattern = pattern.replace("{" + name + "}", inner)
        pattern = re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{n}>", pattern)
        parts.append(f"(?P<r_{n}>{pattern})")
    return re.compile(r"(?<![\w$€£.,])(?:" + "|".join(parts) + ")"), tuple(r["kind"] for r in words["rule"]), words


def find_times(document: Document, tokens: Sequence[Token], language: str = "en") -> tuple[TimeExpression, ...]:
    """Return the time expressions of a document in text order, resolved against its day of publication alone.

    ``tokens`` are those of the whole document; they say which verb stands above an expression.
    """
    pattern, kinds, words = _grammar(language)
    published = _published(document)
    meanings = Meanings(words, published, tokens)
    found = []
    reached = 0
    openings = [
        (block.span[0] + low, block.span[0] + high)
        for block in document.blocks
        for low, high in lead_spans(document.text[slice(*block.span)], language)
    ]
    starts = [start for start, _ in openings]
    text = _as_names(document.text, openings)
    for at in _candidates(tokens, language):
        if tokens[at].start < reached:
            continue
        match = pattern.match(text, tokens[at].start)
        if match is None or match.lastgroup is None:
            continue
        number = match.lastgroup[2:]
        kind = kinds[int(number)]
        named = tokens[at].ner in _NAMES and kind != "holiday"  # the model takes "Easter Monday" for a place
        before = bisect_right(starts, match.start()) - 1
        led = before >= 0 and match.start() < openings[before][1]
        if named and not led:
            continue
        groups = {
            k[: k.rindex("_")]: v for k, v in match.groupdict().items() if v is not None and k.endswith("_" + number)
        }
        start, end = match.span()
        made = meanings.read(kind, groups, at, text, start, led)
        if made is None:
            continue
        reached = end
        interval = None
        if made.stretch is not None:
            first, last = calendar.narrowed(made.stretch, made.mod, published if made.anchor == "published" else None)
            interval = (first.isoformat(), last.isoformat())
        found.append(
            TimeExpression(
                span=(start, end), type=made.type, value=made.value, interval=interval,
                anchor=made.anchor, mod=made.mod,  # type: ignore[arg-type]
                by_rule=f"times.{kind}/1", confidence=made.confidence,
            )
        )  # fmt: skip
    return in_turn(found, tokens, published, language)


def _as_names(text: str, openings: Sequence[Span]) -> str:
    """The text with days and months that the leads of diaries have in capitals written as names are: "MONDAY"."""
    parts, at = list[str](), 0
    for start, end in openings:
        if _CAPITALS.search(text, start, end):
            parts += text[at:start], _CAPITALS.sub(lambda word: word[0].capitalize(), text[start:end])
            at = end
    return "".join((*parts, text[at:]))


@cache
def _triggers(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words without which there is no time expression, and words with which one may begin before them."""
    words = table("language", language, "times")
    units = [*words["units"], *(f"{unit}s" for unit in words["units"]), "centuries", "weekend"]
    tables = ("months", "weekdays", "parts", "seasons", "offsets", "sets")
    vague = {word for phrase in words["vague"] for word in phrase.split()[-1:]}
    vague |= {re.split(r"[ ']", phrase)[0] for phrase in words["holidays"]}
    core = {*units, *vague, *(f"{day}s" for day in words["weekdays"]), *words["words"]["core"].split()}
    core |= {word for name in tables for word in words[name]}
    core |= {f"{month}." for month in words["months"]} | {f"{each}." for each in words["weekdays"]}
    lead = {word for name in ("shift", "mods", "numbers", "ordinals", "days") for word in words[name]}
    lead |= set(words["words"]["lead"].split())
    return frozenset(core), frozenset(lead | core)


_LEAD = 5
"""Most tokens before the word that gives a time expression away: "in the middle of next week"."""


def _candidates(tokens: Sequence[Token], language: str) -> list[int]:
    """The tokens at which a time expression may begin, in text order."""
    core, lead = _triggers(language)
    found: set[int] = set()
    for token in tokens:
        if (
            token.lower in core
            or token.text[0].isdigit()
            or token.text[-2:].isdigit()
            or (token.text[0] in "'’" and token.text[1:2].isdigit())
        ):
            i = token.i
            found.add(i)
            for before in range(i - 1, max(-1, i - 1 - _LEAD), -1):
                word = tokens[before].lower
                if word in lead or word[0].isdigit():
                    found.add(before)
                elif word not in ("-", ","):
                    break
    return sorted(found)


def _published(document: Document) -> date | None:
    """The day of publication, or None where the document has none that can be read."""
    if document.published is None:
        return None
    try:
        return date.fromisoformat(document.published.value[:10])
    except ValueError:
        return None

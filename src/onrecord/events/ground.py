"""What every step of finding events asks of a document: who stands here, which time, who says these words, as of when.

Promise: one `Ground` a document, made once, changed never; a step that needs a look-up by token finds it here and does
not search the text again. The odd case that forced its shape: names may come as resolved mentions or only as the
parser's labels, and every step has to work with either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from msgspec import structs

from onrecord.events.vocabulary import vocabulary
from onrecord.language import Annotated
from onrecord.nouns import Span, Statement, TimeExpression
from onrecord.tables import table

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
PARTY_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
LASTING = 40
"""Code points that may stand between the first and the last day of an event: "and is expected to last until"."""
LAST_DAY = 31
STRETCH = 2_000
"""Code points per stretch of the index of statements: about a screen of text."""


class Name(NamedTuple):
    """Words that name somebody or somewhere: what to call it, the entity if one is known, tokens ``first`` to ``last``.

    ``last`` is one past the final token; ``label`` is the parser's (``PERSON``, ``GPE`` …) or ``""`` for a description.
    """

    value: str
    entity: str | None
    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Ground:
    """A document's look-ups. ``published`` is None where nothing says when it came out: never today."""

    annotated: Annotated
    published: date | None
    as_of: str | None
    names: dict[int, Name]
    """For each token inside a name, the name."""
    times: dict[int, TimeExpression]
    """For each token inside a time expression, the expression."""
    heading: int = 0
    """Where headline and standfirst end: what they name, the text below may introduce anew."""
    statements: dict[int, tuple[tuple[int, Span, str], ...]] = field(default_factory=dict)
    """For each stretch of `STRETCH` code points the contents that touch it, shortest first: (length, span, id)."""

    def span(self, first: int, last: int) -> Span:
        """The span in code points of the tokens from ``first`` up to but not including ``last``."""
        tokens = self.annotated.tokens
        return tokens[first].start, tokens[last - 1].end

    def lies_ahead(self, time: TimeExpression) -> bool:
        """Whether a time begins after the day of publication; False where either is not known."""
        return self.published is not None and time.interval is not None and time.interval[0] > str(self.published)

    def said_in(self, span: Span) -> str | None:
        """Id of the innermost statement whose content covers ``span``; None: the document itself says it."""
        for _, content, name in self.statements.get(span[0] // STRETCH, ()):
            if content[0] <= span[0] and span[1] <= content[1]:
                return name
        return None


def lay(annotated: Annotated, statements: tuple[Statement, ...]) -> Ground:
    """Return the look-ups for a document and the statements found in it."""
    sourced = annotated.document.published
    contents: dict[int, list[tuple[int, Span, str]]] = {}
    for statement in statements:
        length = sum(b - a for a, b in statement.content)
        for span in statement.content:
            for stretch in range(span[0] // STRETCH, span[1] // STRETCH + 1):
                contents.setdefault(stretch, []).append((length, span, statement.id))
    return Ground(
        annotated=annotated,
        published=_day(sourced.value) if sourced else None,
        as_of=str(_day(sourced.value) or sourced.value) if sourced else None,
        names=_names(annotated),
        times={i: time for time in _spells(annotated) for i in range(*annotated.token_range(time.span))},
        heading=_heading(annotated),
        statements={stretch: tuple(sorted(each)) for stretch, each in contents.items()},
    )


def _heading(annotated: Annotated) -> int:
    end = 0
    for block in annotated.document.blocks:
        if block.kind not in {"headline", "standfirst", "byline", "dateline"}:
            break
        end = block.span[1]
    return end


def _spells(annotated: Annotated) -> list[TimeExpression]:
    """The time expressions that can date an event; two that a word of range joins ("24 April to 4 May") are one."""
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
        between = annotated.document.text[last.span[1] : time.span[0]].strip().lower() if last else ""
        lasts = bool(between) and len(between) < LASTING and _lasts(annotated.language, between)
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
    between = at > 2 and tokens[at - 3].lower in known["between"]
    if time.interval is None or time.interval[0] != time.interval[1] or end - at < 2:
        return time
    day, month = int(time.interval[0][8:]), time.interval[0][:8]
    if at > 1 and tokens[at - 1].lower in joins and _day_number(tokens[at].text):
        joined = tokens[at - 1].lower
        low, high, span = _day_number(tokens[at - 2].text), str(day), (tokens[at - 2].start, time.span[1])
    elif end + 1 < len(tokens) and tokens[end].lower in joins and _day_number(tokens[end - 1].text):
        joined = tokens[end].lower
        counted = end + 2 < len(tokens) and tokens[end + 2].pos in {"NOUN", "ADJ", "PROPN"}
        counted = counted and tokens[end + 1].text.isdigit()  # "4 and 5 people", but "the June 4th and 5th summit"
        high = "" if counted else _day_number(tokens[end + 1].text)
        low, span = str(day), (time.span[0], tokens[end + 1].end)
    else:
        return time
    if not (low.isdecimal() and high.isdecimal() and 0 < int(low) < int(high) <= LAST_DAY):
        return time
    if joined in known["alternatives"] and not between and int(high) > int(low) + 1:
        return time  # "3 and 9 May" are two days, "3 and 4 May" one time
    days = f"{month}{int(low):02d}", f"{month}{int(high):02d}"
    return structs.replace(time, span=span, value="/".join(days), interval=days)


def _day_number(text: str) -> str:
    """The number of a day of a month by its figures, "4" or "4th"; ``""`` for any other word."""
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", text)
    return found.group(1) if found else ""


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
    """A month as the month, a day as the day: the ends of an interval keep the precision that the text gives."""
    first, last = time.interval or ("", "")
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


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _names(annotated: Annotated) -> dict[int, Name]:
    names: dict[int, Name] = {}
    tokens = annotated.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.ner in PARTY_LABELS or token.ner in PLACE_LABELS:
            last = i + 1
            while last < len(tokens) and tokens[last].ner == token.ner and not tokens[last].ner_begins:
                last += 1
            first, end = i, last
            while first < end - 1 and tokens[first].pos in {"DET", "PUNCT"}:
                first += 1
            while end - 1 > first and (tokens[end - 1].tag == "POS" or tokens[end - 1].pos == "PUNCT"):
                end -= 1
            text = annotated.document.text[tokens[first].start : tokens[end - 1].end]
            name = Name(text, None, first, end, token.ner)
            names.update(dict.fromkeys(range(first, end), name))
            i = last
        else:
            i += 1
    for mention in annotated.mentions:
        entity = annotated.entity_by_id.get(mention.entity or "")
        if entity is None:
            continue
        first, last = annotated.token_range((mention.start, mention.end))
        if first >= last:
            continue
        known = names.get(mention.head)
        label = {"person": "PERSON", "place": "GPE", "organization": "ORG", "group": "NORP"}.get(entity.type, "")
        if known is not None and known.label in {"GPE", "LOC", "NORP", "FAC"}:
            label = known.label
        name = Name(entity.name, entity.id, first, last, label)
        names.update(dict.fromkeys(range(first, last), name))
    return names

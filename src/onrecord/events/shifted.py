"""Dates that a text moves: "has been put back a week", "was due on 20 June and will begin two weeks later".

Promise: a new date is counted only from one that the text gives the same event, to the day or the month. The odd case
that forced its shape: "delayed by a month" counts from a date that may stand before or behind it, so it is asked only
when all dates of the event are known; so is "was due on 20 June", an old date only beside a new one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from onrecord.events import grammar
from onrecord.events.dated import Dated
from onrecord.events.ground import Ground
from onrecord.events.moves import does, move_words
from onrecord.events.values import later
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import TimeExpression

_LENGTH = re.compile(r"P(\d+)([DWM])\Z")
SHORT = 5
"""Tokens in which "as the new date of" is said."""

_DAY, _MONTH = len("2031-12-01"), len("2031-12")


def shift_of(ground: Ground, verb: int) -> tuple[TimeExpression, int] | None:
    """The length by which the verb at token ``verb`` moves what it is about, and 1 for later, -1 for sooner."""
    a = ground.annotated
    known = vocabulary(a.language)
    token = a.tokens[verb]
    if token.lemma not in move_words(a.language).verbs | known["sooner"]:
        return None
    below = [
        *a.children[verb],
        *(d for c in a.children[verb] if a.tokens[c].lower in known["measure"] for d in a.children[c]),
    ]
    time = next((ground.times[c] for c in below if c in ground.times and ground.times[c].type == "DURATION"), None)
    if time is None or not _LENGTH.match(time.value or ""):
        return None
    sooner = token.lemma in known["sooner"] or any(a.tokens[c].lower in known["forward"] for c in a.children[verb])
    return time, -1 if sooner else 1


def counted(value: str | None, length: str, sign: int) -> str | None:
    """The date that a day or a month becomes when it is moved by a length (TIMEX3); None where that can't be told."""
    match = _LENGTH.match(length)
    if match is None or value is None:
        return None
    count, unit = int(match[1]), match[2]
    if len(value) == _MONTH and unit == "M":
        year, month = divmod(int(value[:4]) * 12 + int(value[5:]) - 1 + sign * count, 12)
        return f"{year:04d}-{month + 1:02d}"
    if len(value) != _DAY:
        return None
    day = date.fromisoformat(value)
    if unit != "M":
        return str(day + timedelta(sign * count * (7 if unit == "W" else 1)))
    if sign > 0:
        return str(later(day, count, unit))
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return str(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def _shifted_by(ground: Ground, head: int, verbs: list[int]) -> tuple[TimeExpression, int] | None:
    """How far the event at token ``head`` was moved, by the verbs over it or carrying it."""
    a = ground.annotated
    over = [step.token.i for step in grammar.way_up(a, head) if step.token.pos == "VERB"][:2]
    return next((shift for verb in (*verbs, *over) if (shift := shift_of(ground, verb)) is not None), None)


def shifted(ground: Ground, head: int, verbs: list[int], found: list[Dated]) -> list[Dated]:
    """Return the dates of the event at token ``head``, with the new one where it was "put back a week"."""
    shift = _shifted_by(ground, head, verbs)
    known = [d for d in found if d.value and d.fine]
    if shift is None or len(known) != 1:
        return found
    time, sign = shift
    if known[0].moved or _will_be(ground, known[0]):  # "by two weeks, to 19 March", "by two weeks and will be on …"
        old = counted(known[0].value, time.value or "", -sign)
        before = known[0]._replace(which="previous_date", value=old, span=time.span, first=None, ends=None, moved=False)
        others = [d._replace(moved=True) if d is known[0] else d for d in found]
        return [*others, before] if old is not None else others
    value = counted(known[0].value, time.value or "", sign)
    if value is None:
        return found
    new = known[0]._replace(which="date", value=value, span=time.span, first=None, ends=None, moved=True, near=1)
    return [*(d for d in found if d is not known[0]), known[0]._replace(which="previous_date"), new]


def instead(ground: Ground, found: list[Dated]) -> list[Dated]:
    """Return the dates of an event: of "not on 29 September but on 4 November" the one behind "but" is the new one.

    Of several there the last is it: "not on Sunday but a week later, on 5 October".
    """
    a = ground.annotated
    behind = [d for d in found if d.which == "date" and d.value and _is_set_against(a, d, found)]
    if not behind:
        return found
    last = max(behind, key=lambda d: d.span)
    return [d._replace(moved=True) if d is last else d for d in found if d is last or d not in behind]


def _is_set_against(a: Annotated, dated: Dated, found: list[Dated]) -> bool:
    """Whether a date stands behind "but", in a sentence that denies another date of the event before that."""
    end = a.token_range(dated.span)[0]
    start = a.sentences[a.tokens[end].sentence].first if end < len(a.tokens) else end
    words = [token.lower for token in a.tokens[start:end]]
    moves, no = move_words(a.language), grammar.auxiliaries(a.language)["not"]
    but = max((at for at, word in enumerate(words) if word in moves.but), default=0)
    if not any(word in no and behind not in moves.only for word, behind in pairwise(words[: but + 1])):
        return False
    return any(start <= a.token_range(d.span)[0] < start + but for d in found if d is not dated and d.fine)


def lapsed(ground: Ground, found: list[Dated]) -> list[Dated]:
    """Return the dates of an event: the day it "was due" is an old one where another is told outright."""
    days = [d for d in found if d.which == "date" and d.fine and d.value and not d.moved]
    was = [d for d in days if _was_planned(ground, d)]
    if len(was) != 1 or len(days) == 1 or not any(_will_be(ground, d) for d in days if d not in was):
        return found
    return [d._replace(which="previous_date") if d is was[0] else d for d in found]


def _over(ground: Ground, dated: Dated) -> list[Token]:
    a = ground.annotated
    return [
        s.token
        for s in grammar.way_up(a, grammar.top_of(a, *a.token_range(dated.span)))
        if s.token.pos in {"VERB", "AUX"}
    ]


def _was_planned(ground: Ground, dated: Dated) -> bool:
    """Whether a date stands under a plan of the past: "was due to start on", "had been set for"."""
    a = ground.annotated
    over = _over(ground, dated)[:2]
    been = grammar.auxiliaries(a.language)["been"]
    words = {a.tokens[c].lower for verb in over for c in (verb.i, *a.children[verb.i])}
    nearest = next(grammar.way_up(a, grammar.top_of(a, *a.token_range(dated.span))), None)
    if nearest is not None and _is_set(a, nearest.token):
        return True
    plans = any(does(a, verb) in {"planned", "scheduled"} for verb in over) or bool(
        words & vocabulary(a.language)["due"]
    )
    to = any(grammar.verb(a, verb.i).mode == "infinitive" for verb in over)
    return bool(words & been) and (plans or to)


def _is_set(a: Annotated, verb: Token) -> bool:
    """Whether a verb without a helping one sets a day: "the vote, called for 22 June, shall be held on 5 October"."""
    helped = any(a.tokens[c].dep in {"aux", "auxpass"} for c in a.children[verb.i])
    return verb.tag in {"VBN", "VBD"} and does(a, verb) in {"planned", "scheduled"} and not helped


def _will_be(ground: Ground, dated: Dated) -> bool:
    over = _over(ground, dated)[:1]
    return bool(over) and grammar.verb(ground.annotated, over[0].i).mode == "future"


def date_noun(a: Annotated, at: int) -> int | None:
    """The token of "date" that the time at token ``at`` is said to be: "the new date is 19 October".

    So it is in "set 7 October as the date".
    """
    known = vocabulary(a.language)
    step = next(grammar.way_up(a, at), None)
    if step is not None and step.role == "object" and grammar.base(a, step.token) not in known["copulas"]:
        named = grammar.objects(a, step.token.i, known["naming"])
        return next((i for i in named if a.tokens[i].lemma in known["dates"]), None)
    if step is None or step.role not in {"object", "clause", "modifier"} | known["dating"]:
        return None
    if grammar.base(a, step.token) not in known["copulas"]:
        return None
    return next((i for i in grammar.subjects(a, step.token.i) if a.tokens[i].lemma in known["dates"]), None)


def date_named(a: Annotated, last: int) -> int | None:
    """The token behind "as the date of", where that follows a time that ends before ``last``; None where it does not.

    Asked by place, since the parser takes "sets" in "Velmark sets 7 October as the date of its vote" for a noun.
    """
    known, tokens = vocabulary(a.language), a.tokens
    if last >= len(tokens) or tokens[last].lower not in known["naming"]:
        return None
    for i in range(last + 1, min(last + SHORT, len(tokens) - 2)):
        if tokens[i].lemma in known["dates"]:
            return i + 2 if tokens[i + 1].pos == "ADP" else None
        if tokens[i].pos not in {"DET", "ADJ", "PRON"}:
            return None
    return None

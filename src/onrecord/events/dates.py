"""Which time expression dates which event, as ISO 8601 or EDTF: the date it has or the one that it was moved from.

Promise: a value is only what the time expression says, resolved by the language room; what can't be resolved is None,
never today. The odd case that forced its shape: the day on which a plan is announced or called off is not the day of
the event ("cancelled on Monday the talks due on Friday").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.status import words
from onrecord.language.annotated import Annotated
from onrecord.nouns import Span, TimeExpression
from onrecord.tables import table


class Dated(NamedTuple):
    """A date of an event. ``fine``: of month precision or finer; ``ends``: last day, where resolved."""

    which: Literal["date", "previous_date"]
    value: str | None
    span: Span
    fine: bool
    first: str | None
    ends: str | None
    provisional: tuple[int, ...]
    """Tokens of the words that make it provisional; empty where it is settled."""
    moved: bool
    """True for the date that a plan was moved to ("put off until June")."""
    near: int
    """Steps between the event and the time in the tree: the nearest is the date."""


_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_MONTH = re.compile(r"\d{4}-\d\d\Z")
_YEAR = re.compile(r"\d{4}\Z")
_LENGTH = re.compile(r"P(\d+)([DWMY])\Z")


class Moves(NamedTuple):
    """The words that say that a date is the old one."""

    old: frozenset[str]
    old_before: frozenset[str]
    new_before: frozenset[str]
    verbs: frozenset[str]
    hedges: frozenset[str]
    reporting: frozenset[str]


@cache
def _moves(language: str) -> Moves:
    raw = table("events", language, "status")
    m = raw["moved"]
    return Moves(
        frozenset(m["old"]), frozenset(m["old_before"]), frozenset(m["new_before"]), frozenset(m["verbs"]),
        frozenset(raw["hedge"]["words"]), frozenset(m["reporting"]),
    )  # fmt: skip


def value_of(ground: Ground, time: TimeExpression, before: str) -> tuple[str | None, str | None, str | None, bool]:
    """Return ``(value, first day, last day, fine)`` of a time expression after the preposition ``before``."""
    raw = time.value or ""
    if time.type == "DURATION":
        length = _LENGTH.match(raw)
        if length and ground.published:
            days = int(length[1]) * {"D": 1, "W": 7, "M": 30, "Y": 365}[length[2]]
            end = _later(ground.published, int(length[1]), length[2]) or ground.published + timedelta(days=days)
            return f"{ground.published}/{end}", str(ground.published), str(end), False
        if time.interval is None:
            return None, None, None, False
    if time.interval is None:
        return (raw if re.match(r"[\dX]{4}-[\dX]{2}", raw) else None), None, None, bool(re.match(r"[\dX]{4}-\d\d", raw))
    first, last = time.interval
    if before in {"by", "before"} and ground.published and str(ground.published) <= last:
        return f"{ground.published}/{last}", str(ground.published), last, True
    if first == last:
        return first, first, last, True
    if _MONTH.match(raw):
        return raw, first, last, True
    if _YEAR.match(raw) or (raw[:4] == first[:4] and first[4:] == "-01-01" and last[4:] == "-12-31"):
        return first[:4], first, last, False
    if first[:7] == last[:7] and raw.startswith(first[:7]) and "W" not in raw:
        return first[:7], first, last, True
    return f"{first}/{last}", first, last, True


def _later(start: date, count: int, unit: str) -> date | None:
    if unit == "Y":
        count, unit = 12 * count, "M"
    if unit != "M":
        return None
    month = start.month - 1 + count
    try:
        return start.replace(year=start.year + month // 12, month=month % 12 + 1)
    except ValueError:
        return None


def dates(ground: Ground, mentions: list[EventMention]) -> dict[int, list[Dated]]:
    """Return for each mention, by its place in the list, the dates that belong to it."""
    a = ground.annotated
    heads: dict[int, int] = {}
    spans: list[tuple[int, int, int]] = []
    for n, mention in enumerate(mentions):
        heads[mention.head] = n
        if mention.inner is not None:
            heads[mention.inner] = n
        spans.append((mention.first, mention.last, n))
    carriers = _carriers(a, mentions)
    lasts = {verb: n for n, m in enumerate(mentions) if (verb := grammar.trailing(a, m.last)) is not None}
    found: dict[int, list[Dated]] = {}
    done: set[Span] = set()
    for i, time in ground.times.items():
        if time.span in done:
            continue
        done.add(time.span)
        first, last = a.token_range(time.span)
        if first >= last:
            continue
        inside = next((n for low, high, n in spans if low <= first < high), None)
        owner = (inside, 0) if inside is not None else _owner(a, first, last, heads, carriers, lasts)
        if owner is None or (i != first and inside is None and first not in ground.times):
            continue
        found.setdefault(owner[0], []).append(_dated(ground, time, first, last, owner[1], mentions[owner[0]]))
    return found


def _carriers(a: Annotated, mentions: list[EventMention]) -> dict[int, int]:
    """For each verb that carries an event as its subject or object, the mention: the verb's times are the event's."""
    found: dict[int, int] = {}
    for n, mention in enumerate(mentions):
        if mention.verbal:
            continue
        for step in grammar.way_up(a, mention.head):
            if step.token.pos in {"VERB", "AUX"}:
                if step.role in {"subject", "passive", "object", "in"}:
                    found.setdefault(step.token.i, n)
                break
            if step.role not in {"of", "in"}:
                break
    return found


def _root(a: Annotated, first: int, last: int) -> int:
    for i in range(first, last):
        head = a.tokens[i].head
        if not first <= head < last:
            return i
    return last - 1


def _owner(
    a: Annotated, first: int, last: int, heads: dict[int, int], carriers: dict[int, int], lasts: dict[int, int]
) -> tuple[int, int] | None:
    """The mention that a time expression belongs to, with the steps to it, or None."""
    known = words(a.language)
    at = _root(a, first, last)
    before = a.tokens[first - 2 if first > 1 and a.tokens[first - 1].pos == "ADP" else first - 1]
    if first and before.lemma in _moves(a.language).reporting and before.pos == "VERB":
        return None
    preposition = a.tokens[a.tokens[at].head].lower if a.tokens[at].dep == "pobj" else ""
    if a.tokens[at].dep in {"poss", "nmod", "compound", "amod"} and a.tokens[at].head in heads:
        return heads[a.tokens[at].head], 0
    for near, step in enumerate(grammar.way_up(a, at), 1):
        token = step.token
        if token.i in heads:
            return heads[token.i], near
        if token.pos in {"VERB", "AUX"}:
            if token.dep in {"acl", "relcl"} or token.i in lasts:
                top = lasts.get(token.i)
                if top is None:
                    top = _noun_over(a, token.i, heads)
                if top is not None and _dates_object(a, token.i, preposition, known.object, known.phrases):
                    return top, near + 1
            if token.i in carriers and _dates_object(a, token.i, preposition, known.object, known.phrases):
                return carriers[token.i], near
            if token.dep not in {"xcomp", "acl", "advcl"} and not (token.dep == "ccomp" and near < 2):
                return None
            if token.dep in {"advcl", "ccomp"}:
                return None
    return None


def _noun_over(a: Annotated, i: int, heads: dict[int, int]) -> int | None:
    """The event noun a clause hangs on, seen through nouns that the parser put between ("meeting over gas set for")."""
    for step in grammar.way_up(a, i):
        if step.token.i in heads:
            return heads[step.token.i]
        if step.token.pos in {"VERB", "AUX"}:
            return None
    return None


def _dates_object(
    a: Annotated, i: int, preposition: str, decides: Mapping[str, str], phrases: Mapping[str, str]
) -> bool:
    """Whether a time under this verb dates the event, not the deed: "set for Friday", not "announced on Friday"."""
    token = a.tokens[i]
    part = grammar.particle(a, i)
    status = phrases.get(f"{token.lemma} {part}") if part else decides.get(token.lemma)
    if status in {"scheduled"} or token.lemma in {"plan", "set", "expect", "fix", "slate", "call", "win"}:
        return True
    if status in {"cancelled", "mooted", "planned"}:
        return preposition in {"for"} or (grammar.verb(a, i).mode in {"infinitive"} and status == "planned")
    if status == "postponed" or token.lemma in {"move", "push", "bring", "shift"}:
        return preposition in {"until", "till", "to", "for", "from"}
    return True


def _dated(ground: Ground, time: TimeExpression, first: int, last: int, near: int, mention: EventMention) -> Dated:
    a = ground.annotated
    moves = _moves(a.language)
    at = _root(a, first, last)
    token = a.tokens[at]
    preposition = a.tokens[token.head].lower if token.dep == "pobj" else (a.tokens[first - 1].lower if first else "")
    value, start, end, fine = value_of(ground, time, preposition)
    over = [s.token for s in grammar.way_up(a, at) if s.token.pos in {"VERB", "AUX", "ADJ"}][:3]
    old = False
    moved = preposition in moves.new_before and any(verb.lemma in moves.verbs for verb in over[:2])
    for verb in over[:2]:
        around = {a.tokens[c].lower for c in a.children[verb.i]}
        planned = words(a.language).object.get(verb.lemma) in {"planned", "scheduled"}
        if around & moves.old or (planned and "had" in around):
            old = True
        if verb.lemma in moves.verbs and preposition in moves.old_before:
            old = True
    hedges: list[int] = []
    for verb in over[:2]:
        if verb.i == mention.head and not mention.verbal:
            break
        for c in (verb.i, *a.children[verb.i]):
            if a.tokens[c].lower in moves.hedges and abs(c - first) < 15 and c not in range(first, last):
                hedges.append(c)
        if verb.dep not in {"xcomp", "ccomp", "acl", "oprd"}:
            break
    if first and a.tokens[first - 1].lower in moves.hedges:
        hedges.append(first - 1)
    if value is None and a.text(time.span).lower() in moves.hedges:
        hedges.append(first)
    return Dated(
        "previous_date" if old else "date", value, time.span, fine, start, end, tuple(sorted(set(hedges))), moved, near
    )

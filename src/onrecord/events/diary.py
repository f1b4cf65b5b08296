"""What the entries of diaries tell of: a row of a table, a dated line, what stands under a heading that is a day.

Promise: one event an entry, with the day, the hour and the place of that entry and of no other; what is over is no
plan. The odd case that forced its shape: a diary has no verb that puts anything ahead ("Unemployment figures, March"),
and names what no table of kinds has ("Selm Rovers v Harl Town"), so its place in the diary alone makes it an event.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.acts import acts
from onrecord.events.dated import Dated
from onrecord.events.done import happened_words
from onrecord.events.ground import Ground
from onrecord.events.kinds import Entry, kinds
from onrecord.events.mentions import EventMention, by_noun, by_verb, name
from onrecord.events.openness import Open
from onrecord.events.parties import Part
from onrecord.events.signs import LISTED, Evidence, words
from onrecord.events.spells import spells
from onrecord.events.values import value_of, weekdays
from onrecord.events.vocabulary import vocabulary
from onrecord.language.entry import DiaryEntry
from onrecord.nouns import EventKind, Span, TimeExpression

_TITLE = 8
"""Words of the longest entry that is a name as a whole."""
_FIXED = len("2031-05-22")
_WEEK = timedelta(7)
_PAST = ("VBD",)
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d\d))? ?([ap])?", re.IGNORECASE)


class Listed(NamedTuple):
    """An entry with its tokens ``first`` up to ``last``, the word over all of them, and its dates."""

    entry: DiaryEntry
    first: int
    last: int
    root: int
    dates: tuple[Dated, ...]
    ahead: bool


def listed(ground: Ground) -> tuple[Listed, ...]:
    """Return the entries of a document's diaries in text order, those without a word left out."""
    a = ground.annotated
    times = spells(a) if a.entries else []
    starts, ends = [time.span[0] for time in times], [time.span[1] for time in times]
    found = []
    for entry in a.entries:
        first, last = a.token_range(entry.what)
        inside = [i for i in range(first, last) if a.tokens[i].pos not in {"SPACE", "PUNCT"}]
        if inside:
            root = next(i for i in inside if a.tokens[i].head == i or not first <= a.tokens[i].head < last)
            past = a.tokens[root].tag in _PAST
            low, high = entry.day or (0, 0)
            dates = _dates(ground, entry, times[bisect_right(ends, low) : bisect_left(starts, high)], past)
            found.append(Listed(entry, inside[0], inside[-1] + 1, root, dates, entry.ahead and not past))
    found = _in_order(ground, found)
    lies_ahead = [each.ahead and _lies_ahead(ground, each) for each in found]
    some = any(lies_ahead)
    today = [some and each.ahead and _may_be_later_today(ground, each) for each in found]
    return tuple(each._replace(ahead=a or b) for each, a, b in zip(found, lies_ahead, today, strict=True))


def _in_order(ground: Ground, entries: Sequence[Listed]) -> list[Listed]:
    """The entries with a bare day of the week put into the week of those before it: on Friday "Monday … Sunday"."""
    a = ground.annotated
    found: list[Listed] = []
    before: date | None = None
    for each in entries:
        first = each.dates[0].first if len(each.dates) == 1 else None
        if first is not None and a.text(each.dates[0].span).lower() in weekdays(a.language):
            day = date.fromisoformat(first)
            week = before - timedelta(before.weekday()) if before is not None else day
            if before is not None and day < week <= day + _WEEK and before.weekday() <= day.weekday():
                day += _WEEK
                told = each.dates[0]._replace(value=str(day), first=str(day), ends=str(day))
                each = each._replace(dates=(told,))
            before = day
        found.append(each)
    return found


def _lies_ahead(ground: Ground, each: Listed) -> bool:
    """Whether an entry is of a day to come, of a later hour of the day of publication, or of a day yet to be told."""
    if each.entry.day is None:
        return each.entry.undecided is not None
    if ground.published is None:
        return False
    day = str(ground.published)
    later = _is_today(ground, each) and _is_later(ground, each.entry)
    return any((d.ends or "") > day for d in each.dates) or bool(later)


def _is_today(ground: Ground, each: Listed) -> bool:
    return any(d.first == d.ends == str(ground.published) for d in each.dates)


def _may_be_later_today(ground: Ground, each: Listed) -> bool:
    return _is_today(ground, each) and _is_later(ground, each.entry) is None


def _is_later(ground: Ground, entry: DiaryEntry) -> bool | None:
    """Whether an entry's hour is after that of publication; None where one of them is not told."""
    published = ground.annotated.document.published
    out = _HOUR.match(published.value[len("2031-05-22T") :]) if published else None
    told = _HOUR.match(ground.annotated.text(entry.hour)) if entry.hour else None
    return _minutes(told) > _minutes(out) if out is not None and told is not None else None


def _minutes(hour: re.Match[str]) -> int:
    """The minutes of a day up to an hour: "14:30", "2.30 p.m."."""
    hours = int(hour[1]) % 12 + 12 * (hour[3].lower() == "p") if hour[3] else int(hour[1])
    return 60 * hours + int(hour[2] or 0)


def _dates(ground: Ground, entry: DiaryEntry, times: Iterable[TimeExpression], past: bool) -> tuple[Dated, ...]:
    """The dates of an entry; ``times`` are those in its day.

    ``past``: it is told in the past, so that a bare day of the week is the last one.
    """
    a = ground.annotated
    either = vocabulary(a.language)["or_not"]
    doubt = tuple(range(*a.token_range(entry.undecided))) if entry.undecided else ()
    found: list[Dated] = []
    for time in times:
        bare = a.text(time.span).lower() in weekdays(a.language)
        value = value_of(ground, time, "", bare and not past)
        if value.value is None or value.value in {each.value for each in found}:
            continue
        first, last = a.token_range(time.span)
        choice = tuple(i for i in range(max(0, first - 1), last) if a.tokens[i].lower in either)
        dated = Dated(
            "date", value.value, time.span, value.fine, value.first, value.last, (*choice, *doubt), False, False, 0,
            hour=entry.hour,
        )  # fmt: skip
        other = a.tokens[first - 2] if choice == (first - 1,) else None
        if other is not None and other.text.isdigit() and len(value.value) == _FIXED:  # "2 or 9 March"
            day = f"{value.value[:8]}{int(other.text):02d}"
            found.append(dated._replace(value=day, span=(other.start, other.end), first=day, ends=day))
        found.append(dated)
    return tuple(found)


def with_entries(
    ground: Ground, mentions: list[EventMention], entries: Sequence[Listed]
) -> list[EventMention]:  # fmt: skip
    """Return the mentions with one for each entry of what is ahead, in text order; none stands in its day or place.

    What else an entry names is kept only where it has a time of its own there: "the deadline for the vote on 5 May".
    """
    if not entries:
        return mentions
    told = frozenset(i for entry in entries for i in range(entry.first, entry.last))
    left = [each for each in mentions if not _is_beside(ground, each, told)]
    heads = [each.head for each in left]
    found = {each.head: each for each in left}
    for number, entry in enumerate(entries):
        inside = left[bisect_left(heads, entry.first) : bisect_left(heads, entry.last)]
        best = _best(ground, entry, inside)
        if not entry.ahead:
            found |= {best.head: replace(best, listed=number)} if best is not None else {}
            continue
        new = _counted(ground, entry, best, number)
        dated = any(i in ground.times for i in range(entry.first, entry.last))
        for each in inside:
            if each is best or not dated or _meet(each, new):
                found.pop(each.head, None)
        found[new.head] = new
    return [found[head] for head in sorted(found)]


def _counted(ground: Ground, entry: Listed, best: EventMention | None, number: int) -> EventMention:
    """The mention of an entry that lies ahead, as it counts in a diary; ``best`` is that which was found for it."""
    mention = best or _named(ground, entry)
    if mention.origin == "tagger" and mention.verbal:  # of whose words the tagger has seen too many or too few
        mention = replace(mention, last=mention.head + 1, span=ground.span(mention.first, mention.head + 1))
    return replace(mention, entry=_counting(entry, mention.entry), origin="table", listed=number, stands_for=-1)


def _is_beside(ground: Ground, mention: EventMention, told: frozenset[int]) -> bool:
    """Whether a mention stands where a diary says when and where something is, or what its columns hold.

    ``told`` are the tokens that tell what happens.
    """
    a = ground.annotated
    if mention.head in a.in_leads:
        return True
    cell = a.document.blocks[a.sentences[mention.sentence].block].cell
    return cell is not None and cell.head and mention.head not in told


def _best(ground: Ground, entry: Listed, inside: Iterable[EventMention]) -> EventMention | None:
    """The mention that tells what the entry is: its first word, or what that is said of ("The trial opens")."""
    a = ground.annotated
    root = a.tokens[entry.root]
    for each in inside:
        if entry.root in {each.head, each.inner}:
            return each
    if root.pos in {"VERB", "AUX"}:
        carries = root.lemma in words(a.language).hold
        for each in inside:
            step = next(grammar.way_up(a, each.head), None)
            if step is None or step.token.i != root.i or each.verbal:
                continue
            if step.role in {"subject", "passive"} or (carries and step.role == "object"):
                return each
        return None
    if root.pos == "NOUN":
        return None
    return next((each for each in inside if each.origin == "table" and not each.entry.weak), None)


def _named(ground: Ground, entry: Listed) -> EventMention:
    """The mention of an entry that no table names: its verb, its noun, or all its words where these are a name."""
    a = ground.annotated
    token = a.tokens[entry.root]
    verbs, nouns = happened_words(a.language).verbs, happened_words(a.language).nouns
    occasion = kinds(a.language).occasions.get(token.lemma)
    if token.pos in {"VERB", "AUX"}:
        counted = acts(a.language).verbs.get(token.lemma)
        kind: EventKind = "other"
        if token.lemma in verbs:
            kind = verbs[token.lemma].kind
        elif counted:
            kind = counted[2]  # type: ignore[assignment]
        return by_verb(ground, token.i, token.i + 1, _entry(kind))
    kind = nouns[token.lemma][0][1].kind if token.lemma in nouns else occasion.kind if occasion else "other"
    first, last = name(ground, token.i)
    if token.pos != "NOUN" and entry.last - entry.first <= _TITLE:
        first, last = entry.first, entry.last
    return by_noun(ground, token.i, max(first, entry.first), min(last, entry.last), _entry(kind))


def _entry(kind: EventKind) -> Entry:
    return Entry(kind, "", kind, False, False, False, "", "")


def _counting(listed: Listed, entry: Entry) -> Entry:
    """The row of a mention as it counts in a diary, where no word needs another beside it."""
    entry = entry._replace(weak=False, generic=False, needs="")
    if not listed.entry.kind or entry.kind != "other":
        return entry
    return entry._replace(kind=listed.entry.kind, group=listed.entry.kind)


def _meet(one: EventMention, other: EventMention) -> bool:
    return one.first < other.last and other.first < one.last


def sign(entry: Listed, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the signs of an entry of what is ahead: that it is listed, and that it was put off or called off."""
    off = tuple(each for each in found if each.status in {"cancelled", "postponed"} and each.weight > 1)
    if entry.entry.off is not None:
        status, cue_of = entry.entry.off
        return (*off, Evidence(status, 3, (cue_of,), LISTED))
    dated = any(each.fine for each in entry.dates)
    cue = next((each.span for each in entry.dates), entry.entry.undecided or entry.entry.what)
    return (*off, Evidence("scheduled" if dated else "planned", 2, (cue,), LISTED))


def places(ground: Ground, entry: Listed, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parties and places of an entry, its own place before those that its words name."""
    a = ground.annotated
    start, end = entry.entry.what
    parts = tuple(part for part in parts if start <= part.span[0] < end)
    if not entry.entry.places:
        at_end = None if any(part.attribute == "venue" for part in parts) else _place_at_end(ground, entry)
        return (*parts, at_end) if at_end is not None else parts
    choice = tuple(range(*a.token_range(entry.entry.choice))) if entry.entry.choice else ()
    own = tuple(_place(ground, span, choice) for span in entry.entry.places)
    return (*(p for p in parts if p.attribute != "venue"), *own)


def _place_at_end(ground: Ground, entry: Listed) -> Part | None:
    """The place that an entry ends with, whatever the parser hung it on: "Finance ministers meet in Vesk"."""
    tokens = ground.annotated.tokens
    first = entry.last
    while first > entry.first and tokens[first - 1].pos == "PROPN" and first - 1 not in ground.times:
        first -= 1
    known = vocabulary(ground.annotated.language)
    if first == entry.last or first <= entry.first or tokens[first - 1].lower not in known["inside"] | known["site"]:
        return None
    label = ground.names[first].label if first in ground.names else ""
    return _place(ground, ground.span(first, entry.last), ()) if label != "PERSON" else None


def _place(ground: Ground, span: Span, choice: tuple[int, ...]) -> Part:
    a = ground.annotated
    first, last = a.token_range(span)
    while first + 1 < last and a.tokens[first].pos == "DET":
        first += 1
    known = ground.names.get(first)
    span = (a.tokens[first].start, span[1])
    whole = known is not None and (known.first, known.last) == (first, last)
    value, entity = (known.value, known.entity) if known is not None and whole else (a.text(span), None)
    return Part("venue", value, entity, span, choice, frozenset(), "GPE", LISTED)


def open_of(ground: Ground, entry: Listed, head: int) -> list[Open]:
    """Return what an entry says is yet to be told: its date, where it has none of a day, and its place."""
    found: list[Open] = []
    sentence = ground.annotated.tokens[head].sentence
    fixed = any(len(each.value or "") >= _FIXED for each in entry.dates)
    if entry.entry.undecided and not fixed:
        found.append(Open("date", entry.entry.undecided, entry.entry.undecided, sentence, head, True))
    if entry.entry.placeless:
        found.append(Open("venue", entry.entry.placeless, entry.entry.placeless, sentence, head, True))
    return found

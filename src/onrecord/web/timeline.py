"""The timeline of an event as a drawing: on one axis of days when each claim was told and which days it claims.

Promise: a pure function of what was told; every claim is in some mark, every mark and bar lies inside the drawing, and
places across are in per cent and down in pixels, so that one drawing is as wide as the page and its letters stay as
large as the reader has them. The odd case that forced the shape: a claim may be of a year a century off, and claims of
a thousand documents may fall on one day, of thirty who take part; what lies far off is cut at the edge and says so,
what falls together is one mark with a number, and values that have no row of their own share one. Hundreds of marks
lead to their passages, and who goes by keyboard stops at the last of each row and finds all in the table below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Literal, NamedTuple

from onrecord.ledger.corrections import decision_of
from onrecord.ledger.days import Days, days_of
from onrecord.ledger.events import HeldEvent
from onrecord.ledger.items import SEVERAL, Item, Saying, Several
from onrecord.ledger.state import Value
from onrecord.ledger.told import Told
from onrecord.nouns import Claim, Span
from onrecord.publish.days import readable_day
from onrecord.publish.facts import ATTRIBUTE_NAMES
from onrecord.publish.standing import counted
from onrecord.web.pages import short

Shown = Literal["status", "date", "venue"] | Several

DRAWN: tuple[Shown, ...] = ("status", "date", "venue", *SEVERAL)
"""What is drawn, in this order."""

Standing = Literal["stands", "rival", "else"]
"""Of a value: it is the one that is known; it is contested, or stands against another; neither any more."""

ROWS = 8
"""Values of one attribute that have a row; of more those that stand, then those told last; all others share one."""

LETTERS = 42
"""Letters of a label: as many as a phone has room for."""

FAR = 60
"""Days around what was told in which a claimed day is always on the axis; else twice the days of telling."""

TICKS = 5
"""Ticks at most: their labels must stand side by side on a phone."""

EDGE = 2.0
"""Per cent left free at either side, so that marks at the ends are whole."""

APART = 1.8
"""Per cent between two marks on one row; claims nearer together are one mark."""

ROW, HEAD, TOP, FOOT = 36, 26, 6, 24
"""Pixels of a row, of a group's name above its rows, and of what is above all and below."""


class Claimed(NamedTuple):
    """One claim, where it is told and by whom."""

    attribute: Shown
    value: str | None
    """None: the text says that it is open."""
    settled: str
    """``settled``, ``provisional``, ``open``; ``gone``: the text says that it is so no more."""
    day: str
    document: str
    version: str | None
    span: Span
    by: str
    """Who says so: whose statement it is, else the outlet, else the document."""
    outlet: str
    telling: int
    """What the ledger numbers the telling with."""
    decision: int | None = None
    """The number of the decision by which it is so; None: it is as it was read."""


class Mark(NamedTuple):
    """Claims of one value that fall together: how settled, how many, in words, and the first, to which it leads."""

    x: float
    settled: str
    claims: int
    told: str
    leads: Claimed


class Bar(NamedTuple):
    """The days that a date claims; ``before``, ``after``: it goes on beyond the drawing."""

    x: float
    width: float
    before: bool
    after: bool


class Row(NamedTuple):
    """A value, its marks and its days; ``y`` is where its line runs."""

    label: str
    standing: Standing
    y: int
    marks: tuple[Mark, ...]
    bar: Bar | None
    leader: tuple[float, float] | None
    """From where to where a thin line ties the marks and the days together."""


class Group(NamedTuple):
    """The values of one attribute."""

    name: str
    y: int
    rows: tuple[Row, ...]


class Tick(NamedTuple):
    """A day with its label."""

    x: float
    label: str


class Drawing(NamedTuple):
    """All of a timeline."""

    height: int
    foot: int
    """Where the axis runs."""
    groups: tuple[Group, ...]
    ticks: tuple[Tick, ...]
    now: Tick | None
    """The day as of which it tells, where the axis has it."""
    described: str


def claims_of(held: HeldEvent) -> list[Claimed]:
    """Return every claim of an event's status, date and venue, in the order in which they were told."""
    told = zip(held.thread.tellings, held.thread.numbers, strict=True)
    return [each for telling, number in told for each in _claims(telling, number)]


def claims_of_items(items: Iterable[Item]) -> list[Claimed]:
    """Return every telling of who takes part, of the agenda and the like, item by item."""
    return [_of_item(each, said) for each in items for said in each.said]


def _of_item(item: Item, said: Saying) -> Claimed:
    told, printed = said.told, said.told.outlet or short(said.told.document)
    return Claimed(item.attribute, item.value, said.settled, told.day, told.document, told.version, said.place.span,
                   said.speaker or printed, printed, said.number)  # fmt: skip


def timeline(claims: Sequence[Claimed], held: HeldEvent, as_of: str | None = None) -> Drawing | None:
    """Return the drawing of an event's claims, in the order of their days; None where there are none.

    ``as_of``: the day that is marked; None: no mark.
    """
    axis = _axis(claims)
    if axis is None:
        return None
    y = TOP
    groups = []
    for attribute in DRAWN:
        found = _values([each for each in claims if each.attribute == attribute], held)
        if found:
            rows = tuple(
                _row(label, standing, told, axis, y + HEAD + ROW * at + ROW - 10)
                for at, (label, standing, told) in enumerate(found)
            )
            groups.append(Group(ATTRIBUTE_NAMES[attribute].capitalize(), y + HEAD - 8, rows))
            y += HEAD + ROW * len(rows)
    now = _ordinal(as_of) if as_of else None
    mark = Tick(axis.at(now), readable_day(as_of)) if as_of and now and axis.has(now) else None
    return Drawing(y + FOOT, y + 6, tuple(groups), tuple(_ticks(axis)), mark, _described(claims, held))


class _Axis(NamedTuple):
    """The days from left to right, as ordinals."""

    first: int
    last: int

    def at(self, day: float) -> float:
        """Where a day lies, in per cent; what lies off the axis at its end."""
        share = (min(max(day, self.first), self.last) - self.first) / max(1, self.last - self.first)
        return round(EDGE + share * (100 - 2 * EDGE), 2)

    def has(self, day: int) -> bool:
        return self.first <= day <= self.last


def _claims(told: Told, number: int) -> Iterator[Claimed]:
    sayers = dict(told.sayers)
    status = next((claim for claim in told.claims if claim.attribute == "status" and claim.value == told.status), None)
    printed = told.outlet or short(told.document)

    def claimed(attribute: Shown, value: str | None, settled: str, claim: Claim | None) -> Claimed:
        span = claim.span[0] if claim and claim.span else told.span
        by = sayers.get(claim.statement or "", printed) if claim else printed
        return Claimed(attribute, value, settled, told.day, told.document, told.version, span, by, printed, number,
                       decision_of(claim) if claim else None)  # fmt: skip

    yield claimed("status", told.status, status.settled if status else "settled", status)
    for claim in told.claims:
        if claim.attribute == "date":
            yield claimed("date", claim.value, claim.settled, claim)
        elif claim.attribute == "previous_date" and claim.value:
            yield claimed("date", claim.value, "gone", claim)
        elif claim.attribute == "venue":
            yield claimed("venue", claim.value, claim.settled, claim)


def _values(claims: Sequence[Claimed], held: HeldEvent) -> list[tuple[str, Standing, list[Claimed]]]:
    """The values of one attribute, by their labels, in the order in which they were told first; the rest as one."""
    found: defaultdict[str | None, list[Claimed]] = defaultdict(list)
    for each in claims:
        found[each.value].append(each)
    values = [(_words(told[0]), _standing(told[0].attribute, value, held), told) for value, told in found.items()]
    if len(values) <= ROWS + 1:
        return values
    ranked = sorted(values, key=lambda each: (each[1] != "else", each[2][-1].day), reverse=True)
    kept = {id(each[2]) for each in ranked[:ROWS]}
    rest = [each for each in claims if id(found[each.value]) not in kept]
    return [*(each for each in values if id(each[2]) in kept), (f"{len(values) - ROWS} others", "else", rest)]


def _standing(attribute: Shown, value: str | None, held: HeldEvent) -> Standing:
    if attribute == "status":
        return "stands" if value == held.state.status else "else"
    if attribute not in ("date", "venue"):
        return "stands"
    known: Value = held.state.date if attribute == "date" else held.state.venue
    if value in known.against:
        return "rival"
    if value != known.value:
        return "else"
    return "rival" if known.against else "stands"


def _row(label: str, standing: Standing, told: Sequence[Claimed], axis: _Axis, y: int) -> Row:
    marks = tuple(_marks(told, axis))
    values = {each.value for each in told}
    bar = _bar(told[0].value, axis) if told[0].attribute == "date" and len(values) == 1 else None
    ends = [mark.x for mark in marks] + ([bar.x, bar.x + bar.width] if bar else [])
    leader = (min(ends), round(max(ends), 2)) if len(ends) > 1 else None
    return Row(_short(label), standing, y, marks, bar, leader)


def _words(claim: Claimed) -> str:
    """A value as people read it."""
    if claim.value is None:
        return "open"
    return readable_day(claim.value) if claim.attribute == "date" else claim.value


def _marks(told: Sequence[Claimed], axis: _Axis) -> Iterator[Mark]:
    """The marks of one row: claims alike that fall together are one, others move aside."""
    free = 0.0
    waiting: list[Claimed] = []
    ordered = sorted(told, key=lambda each: (each.day, each.settled))
    for at, each in enumerate(ordered):
        waiting.append(each)
        following = ordered[at + 1] if at + 1 < len(ordered) else None
        if (
            following is None
            or following.settled != each.settled
            or _place(following, axis) - _place(waiting[0], axis) > APART
        ):
            x = min(max(_place(waiting[0], axis), free), 100 - EDGE)
            free = x + APART
            yield Mark(round(x, 2), each.settled, len(waiting), _told(waiting), waiting[0])
            waiting = []


def _place(claim: Claimed, axis: _Axis) -> float:
    return axis.at(_ordinal(claim.day) or axis.first)


def _told(claims: Sequence[Claimed]) -> str:
    days = list(dict.fromkeys(readable_day(each.day) for each in (claims[0], claims[-1])))
    what = "no longer" if claims[0].settled == "gone" else claims[0].settled
    several = f"; the first of {len(claims)} passages" if len(claims) > 1 else ""
    return f"{' to '.join(days)}: {_first(map(_words, claims))}, {what} ({_first(each.by for each in claims)}){several}"


def _first(names: Iterable[str]) -> str:
    """The first three of some names, each once, and how many others there are."""
    found = list(dict.fromkeys(names))
    return ", ".join(found[:3]) + (f" and {counted(len(found) - 3, 'other')}" if len(found) > 3 else "")


def _bar(value: str | None, axis: _Axis) -> Bar | None:
    days = _days(value)
    if days is None:
        return None
    first, last = _ordinal(days.first), _ordinal(days.last)
    if first is None or last is None or last < first:
        return None
    x, end = axis.at(first), axis.at(last + 1)
    width = max(round(end - x, 2), 0.8)
    return Bar(min(x, 100 - width), width, first < axis.first, last > axis.last)


def _axis(claims: Sequence[Claimed]) -> _Axis | None:
    told = [day for each in claims if (day := _ordinal(each.day))]
    if not told:
        return None
    first, last = min(told), max(told)
    reach = max(FAR, 2 * (last - first))
    claimed = [
        end
        for each in claims
        if each.attribute == "date" and (days := _days(each.value))
        for end in (_ordinal(days.first), (_ordinal(days.last) or 0) + 1)
        if end and first - reach <= end <= last + reach
    ]
    ends = [first, last, *claimed]
    low, high = min(ends), max(ends)
    spare = max(1, (high - low) // 50)
    return _Axis(max(1, low - spare), min(date.max.toordinal(), high + spare))


def _ticks(axis: _Axis) -> Iterator[Tick]:
    """Days at even steps: the finest step of which no more than `TICKS` are on the axis."""
    days = (range(-(-axis.first // step) * step, axis.last + 1, step) for step in (1, 2, 5, 10))
    firsts = (list(_firsts(axis, months)) for months in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000))
    for found in (*days, *firsts):
        if 0 < len(found) <= TICKS:
            yield from (Tick(axis.at(each), _label(date.fromordinal(each), found)) for each in found)
            return


def _firsts(axis: _Axis, months: int) -> Iterator[int]:
    """The first days of months on the axis, each some months after the one before."""
    begin = date.fromordinal(axis.first)
    for month in count(-(-(begin.year * 12 + begin.month - 1) // months) * months, months):
        if month // 12 > date.max.year:
            return
        day = date(month // 12, month % 12 + 1, 1).toordinal() if month >= 12 else 0
        if day > axis.last:
            return
        if day >= axis.first:
            yield day


def _label(day: date, among: Sequence[int]) -> str:
    step = among[1] - among[0] if len(among) > 1 else 0
    if 0 < step < 28:
        return f"{day.day} {day:%b}"
    return f"{day.year}" if step >= 365 else f"{day:%b} {day.year}"


def _described(claims: Sequence[Claimed], held: HeldEvent) -> str:
    counts = [
        f"{len({each.value for each in found})} of {ATTRIBUTE_NAMES[attribute]} in {len(found)} claims"
        for attribute in DRAWN
        if (found := [each for each in claims if each.attribute == attribute])
    ]
    return (
        f"Told from {readable_day(claims[0].day)} to {readable_day(claims[-1].day)}. Values: {', '.join(counts)}. "
        f"Status now: {held.state.status}. Each mark is a claim on the day on which it was published; each bar is the "
        "days that are claimed. The table below says the same."
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LETTERS else f"{line[: LETTERS - 1].rstrip()}…"


def _days(value: str | None) -> Days | None:
    try:
        return days_of(value)
    except ValueError:
        return None


@lru_cache(2**12)
def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None

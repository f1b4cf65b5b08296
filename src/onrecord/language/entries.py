"""The entries of diaries: rows of tables, dated lines, and what stands under a heading that is a day.

Promise: an entry takes what its own row, its own line or the heading above it says, and nothing of another. The odd
case that forced its shape: ``14:18 – Vranken lands`` in a live report is written as ``10:00 – Opening`` in a programme
is, so an hour by itself makes an entry only under a day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.language.entry import OFF, DiaryEntry, Off, entry_words
from onrecord.nouns import Block, Document, EventKind, Span, TimeExpression
from onrecord.page.leads import hour_in, is_lead, leads, undecided_in
from onrecord.tables import table

_SHORT = 40
"""Words of the longest entry that has no day of its own."""
_CAPTION = 12
"""Words of the longest line above a table that says of when it is."""
_PLACE = 60
"""Code points of the longest place at the end of an entry."""
_PAST = ("result", "happened")
"""Columns that only what is over has something in."""
_WORD = re.compile(r"[\w.-]*\w")
_YEAR = re.compile(r"\d{4}")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class _Heads(NamedTuple):
    """What each column of a table holds, and the kind of its entries."""

    roles: dict[int, str]
    kind: EventKind | None


class _Above(NamedTuple):
    """What the headings above say: the day, the hour, and that the day is yet to be told."""

    day: Span | None = None
    hour: Span | None = None
    undecided: Span | None = None
    only_hours: bool = False
    """True where only lines with an hour, and rows, are its entries."""
    gap: int = 0
    """Line ends between the heading and its first entry, where that was seen: more end what stands under it."""


def find_entries(document: Document, times: Sequence[TimeExpression], language: str = "en") -> tuple[DiaryEntry, ...]:
    """Return the entries of the diaries in a document, in text order; ``times`` are its time expressions."""
    return tuple(_Reader(document, times, language).entries())


class _Reader:
    """One document, read from the first block to the last."""

    def __init__(self, document: Document, times: Sequence[TimeExpression], language: str) -> None:
        self.document = document
        told = [each for each in times if each.type in {"DATE", "TIME"} and (each.interval or each.value)]
        self.days = [each.span for each in told]
        self.starts = [start for start, _ in self.days]
        self.intervals = {each.span: each.interval for each in told if each.interval is not None}
        self.published = document.published.value[:10] if document.published else None
        self.weekdays = frozenset(table("language", language, "times")["weekdays"])
        self.language = language
        self.heads, self.kinds, self.words = entry_words(language)

    def entries(self) -> Iterator[DiaryEntry]:
        blocks = self.document.blocks
        above, n = _Above(), 0
        while n < len(blocks):
            cell = blocks[n].cell
            last = n + 1
            if cell is not None:
                while last < len(blocks) and (other := blocks[last].cell) is not None and other.table == cell.table:
                    last += 1
                yield from self._table(blocks[n:last], above)
            else:
                found, above = self._block(n, above)
                yield from found
            n = last

    def _text(self, span: Span) -> str:
        return self.document.text[span[0] : span[1]]

    def _folded(self, span: Span) -> list[str]:
        return [word.lower() for word in _WORD.findall(self._text(span))]

    def _day_in(self, span: Span) -> Span | None:
        """From the first to the last words in a stretch that tell a day; None where there are none."""
        found = [day for day in self._times_in(span) if not self._is_hour(day)]
        return (found[0][0], found[-1][1]) if found else None

    def _is_hour(self, span: Span) -> bool:
        """Whether a time expression tells an hour and no day: "10:00"."""
        rest = self._text(span)
        hour = hour_in(rest, self.language)
        return hour is not None and _LETTERS.search(rest[: hour[0]] + rest[hour[1] :]) is None

    def _found(self, find: object, span: Span) -> Span | None:
        at = find(self._text(span), self.language)  # type: ignore[operator]
        return (span[0] + at[0], span[0] + at[1]) if at else None

    def _block(self, n: int, above: _Above) -> tuple[list[DiaryEntry], _Above]:
        """The entries of a block outside of tables, and what stands above the next one."""
        block = self.document.blocks[n]
        text = self._text(block.span)
        if block.kind in {"byline", "caption", "pullquote", "turn"}:
            return [], above
        if block.kind == "dateline" and _YEAR.search(text):
            return [], above  # when the page came out
        if is_lead(text, self.language):
            return [], self._heading(block.span, above)
        if block.kind == "dateline":
            return [], above
        if found := leads(text, self.language):
            at = block.span[0]
            entries = [
                self._led((at + each.start, at + each.end), (at + each.first, at + each.last), above) for each in found
            ]
            if block.kind == "subheading":
                day = self._day_in((at + found[0].start, at + found[0].end))
                above = _Above(day, only_hours=True) if day else above
            return [each for each in entries if each is not None], above
        if block.kind in {"headline", "standfirst", "subheading"}:
            return [], self._announced(block.span) or (_Above() if block.kind == "subheading" else above)
        if self._captions(n):
            return [], self._announced(block.span, caption=True) or above
        gap = self.document.text[self.document.blocks[n - 1].span[1] : block.span[0]].count("\n") if n else 0
        short = len(text.split()) <= _SHORT
        if not (above.day or above.undecided) or not short or (above.gap and gap > above.gap):
            return [], above if short and not above.gap else _Above()
        if above.only_hours or (above.day and not self._comes(above.day)):
            return [], above
        entry = self._entry(block.span, above.day, above.hour, above.undecided)
        return [entry] if entry else [], above._replace(gap=gap)

    def _heading(self, span: Span, above: _Above) -> _Above:
        """What a line of nothing but a day or an hour says of those below it."""
        day, undecided = self._day_in(span), self._found(undecided_in, span)
        hour = self._found(hour_in, span)
        if day is None and undecided is None:
            return above._replace(hour=hour) if above.day else above
        return _Above(day, hour, undecided)

    def _announced(self, span: Span, caption: bool = False) -> _Above | None:
        """The day that a heading of a programme gives to the hours below it; None where it gives none."""
        words = " ".join(self._folded(span))
        told = caption or any(re.search(rf"\b{each}\b", words) for each in self.words["programmes"])
        day = self._day_in(span) if told else None
        first, last = self.intervals.get(day or span) or ("", None)
        return _Above(day, only_hours=True) if first == last else None

    def _captions(self, n: int) -> bool:
        """Whether a block is a short line right above a table."""
        blocks = self.document.blocks
        below = n + 1 < len(blocks) and blocks[n + 1].cell is not None
        return below and len(self._text(blocks[n].span).split()) <= _CAPTION

    def _led(self, lead: Span, what: Span, above: _Above) -> DiaryEntry | None:
        """The entry of a line that begins with its day or hour."""
        day, undecided, hour = self._day_in(lead), self._found(undecided_in, lead), self._found(hour_in, lead)
        if day is None and undecided is None:
            if not self._is_hour(lead):
                return None  # a day that can't be told: "4/3"
            day, undecided = above.day, above.undecided
        return self._entry(what, day, hour or above.hour, undecided)

    def _entry(
        self, what: Span, day: Span | None, hour: Span | None, undecided: Span | None, place: Span | None = None,
        kind: EventKind | None = None, over: bool = False, off: tuple[Off, Span] | None = None,
    ) -> DiaryEntry | None:  # fmt: skip
        """An entry with its places; None where it has no day, or is a pause."""
        if off is None:
            what, off = self._off(what)
        words = self._folded(what)
        if not (day or undecided) or not words or self.words["pauses"] & set(words):
            return None
        if place is None:
            what, place = self._tail(what)
        placeless = self._found(undecided_in, place) if place else None
        places, choice = ((), None) if place is None or placeless else self._choice(place)
        if kind is None and self.words["versus"] & set(words):
            kind = "sport"
        ahead = not over and (day is None or self._may_come(day))
        return DiaryEntry(what, day, hour, undecided, places, choice, placeless, kind, off, ahead)

    def _comes(self, day: Span) -> bool:
        """Whether what stands under a day may be a diary: not under that on which the page was published."""
        return self._is_weekday(day) or (
            self._may_come(day) and all(first != self.published for first, _ in self._in(day))
        )

    def _may_come(self, day: Span) -> bool:
        """Whether a day is not past, or may be the next of its name: a bare "Monday"."""
        if self.published is None or self._is_weekday(day):
            return True
        return any(last >= self.published for _, last in self._in(day))

    def _is_weekday(self, day: Span) -> bool:
        return self._text(day).strip("., ").lower() in self.weekdays

    def _in(self, span: Span) -> list[tuple[str, str]]:
        """First and last day of the time expressions in a stretch."""
        return [self.intervals[at] for at in self._times_in(span) if at in self.intervals]

    def _times_in(self, span: Span) -> list[Span]:
        low, high = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [each for each in self.days[low:high] if each[1] <= span[1]]

    def _off(self, what: Span) -> tuple[Span, tuple[Off, Span] | None]:
        """What happens, and the words around it by which it is off: "Rally (cancelled)", "POSTPONED: Rally"."""
        text, at = self._text(what), what[0]
        for status in OFF:
            words = "|".join(self.words[status])
            if found := re.search(rf"\s*(?:\(({words})\)|[–—:-] ({words}))\.?$", text, re.IGNORECASE):
                said = found.span(1 if found[1] else 2)
                return (at, at + found.start()), (status, (at + said[0], at + said[1]))
            if found := re.match(rf"\(?({words})\)?\s*[–—:-]\s+", text, re.IGNORECASE):
                return (at + found.end(), what[1]), (status, (at + found.start(1), at + found.end(1)))
        return what, None

    def _tail(self, what: Span) -> tuple[Span, Span | None]:
        """What happens, and the place behind a comma at its end: "Fourth round of talks, Tarn"."""
        text = self._text(what).rstrip(". ")
        head, comma, tail = text.rpartition(", ")
        words = tail.split()
        small = self.words["of_place"] | self.words["choice"]
        named = [word for word in words if word.lower() not in small]
        if not comma or not named or len(tail) > _PLACE or not all(word[0].isupper() for word in named):
            return what, None
        start = what[0] + len(head) + len(comma)
        if self._day_in((start, what[0] + len(text))):
            return what, None
        return (what[0], what[0] + len(head)), (start, what[0] + len(text))

    def _choice(self, place: Span) -> tuple[tuple[Span, ...], Span | None]:
        """The places of which one will be it, and the word between them; the one place and None where there is one."""
        joint = re.search(rf" ({'|'.join(self.words['choice'])}) ", self._text(place))
        if joint is None:
            return (place,), None
        start = place[0]
        sides = ((start, start + joint.start()), (start + joint.end(), place[1]))
        return sides, (start + joint.start(1), start + joint.end(1))

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, blocks: Sequence[Block], above: _Above) -> Iterator[DiaryEntry]:
        """The entries of one table: a row of nothing but a day is the heading of those below it."""
        rows: dict[int, dict[int, tuple[Span, bool]]] = {}
        cells = [(block.cell, block.span) for block in blocks if block.cell is not None]
        end = max(cell.row for cell, _ in cells) + 1
        for cell, span in cells:
            for number in range(cell.row, min(cell.row + cell.rows, end)):
                before = rows.setdefault(number, {}).get(cell.column)
                rows[number][cell.column] = ((before[0][0], span[1]) if before else span), cell.head
        heads: _Heads | None = None
        for number in sorted(rows):
            row = {column: span for column, (span, _) in sorted(rows[number].items())}
            if len(row) == 1:
                span = next(iter(row.values()))
                above = self._heading(span, above) if is_lead(self._text(span), self.language) else above
                continue
            if heads is None and (heads := self._headed(rows[number])):
                continue
            heads = heads or _Heads({}, None)
            if (entry := self._row(row, heads, above)) is not None:
                yield entry

    def _headed(self, row: dict[int, tuple[Span, bool]]) -> _Heads | None:
        """What the heads in a row say of the columns; None where the row is none of heads."""
        folded = {column: self._folded(span) for column, (span, _) in row.items()}
        known = frozenset().union(*self.heads.values())
        if not all(head for _, head in row.values()) and not all(set(words) & known for words in folded.values()):
            return None
        if any(self._day_in(span) for span, _ in row.values()):
            return None
        roles = {
            column: next((role for role, each in self.heads.items() if each & set(words)), "")
            for column, words in folded.items()
        }
        every = {word for words in folded.values() for word in words}
        kind = next((kind for kind, each in self.kinds.items() if each & every), None)
        return _Heads(roles, kind)

    def _row(self, row: dict[int, Span], heads: _Heads, above: _Above) -> DiaryEntry | None:
        """The entry of a row, its cells told apart by their heads, else by what they hold."""
        day, hour, undecided = above.day, above.hour, above.undecided
        dated = False
        rest: dict[int, Span] = {}
        for column, span in row.items():
            role, text = heads.roles.get(column, ""), self._text(span)
            plain = is_lead(text, self.language)
            told, open_ = self._day_in(span), self._found(undecided_in, span)
            another = not role and dated and open_ and not told  # its place, or the hour, is yet to be told
            if role == "place" or another or not (plain or role == "day"):
                rest[column] = span
                continue
            if not dated and (told or (open_ and role != "hour")):
                day, undecided, dated = told, open_, True
            hour = self._found(hour_in, span) or hour
        off = next((each for span in rest.values() if (each := self._off_alone(span))), None)
        by_role = {
            role: span
            for column, span in reversed(rest.items())
            if (role := heads.roles.get(column, "")) not in {"", "other"}
        }
        unnamed = [span for column, span in rest.items() if not heads.roles.get(column) and self._tells(span)]
        what = by_role.get("event") or by_role.get("happened") or next(iter(unnamed), None)
        if what is None or not self._tells(what):
            return None
        place = by_role.get("place")
        if place is None and not heads.roles:
            place = next((span for span in unnamed if span != what and self._may_be_place(span)), None)
        if found := leads(self._text(what), self.language):  # "10:00 Opening" in a cell
            lead, what = (what[0] + found[0].start, what[0] + found[0].end), (what[0] + found[0].first, what[1])
            hour = self._found(hour_in, lead) or hour
            if not dated:
                day = self._day_in(lead) or day
        return self._entry(what, day, hour, undecided, place, heads.kind, not by_role.keys().isdisjoint(_PAST), off)

    def _off_alone(self, span: Span) -> tuple[Off, Span] | None:
        """What a cell says that holds nothing but that an entry is off."""
        words = self._text(span).strip(" ().").lower()
        return next(((status, span) for status in OFF if words in self.words[status]), None)

    def _may_be_place(self, span: Span) -> bool:
        return self._text(span)[0].isupper() or self._found(undecided_in, span) is not None

    def _tells(self, span: Span) -> bool:
        """Whether a cell has words, not figures alone."""
        return _LETTERS.search(self._text(span)) is not None

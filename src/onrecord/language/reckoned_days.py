"""Days that are reckoned from others: "two days before Christmas", "the week after next", "the turn of the year".

Promise: a date in figures whose order nothing tells is no day, unless it has its year. The odd case that forced its
shape: "12/6" is in June or in December, and only another date of the document ("25/6") may say which.
"""

from __future__ import annotations

import re
from datetime import timedelta

from onrecord.language import calendar
from onrecord.language.calendar import Stretch
from onrecord.language.feasts import feast
from onrecord.language.named_days import NamedDays
from onrecord.language.time_words import Found, Groups

_SLASHED = re.compile(r"(\d\d?)/(\d\d?)(?:/\d{2,4})?\Z")
_MONTHS = 12
_CENTURY = 100


class ReckonedDays(NamedDays):
    """The rules of one document that reckon days from others: each method reads the groups of one kind of rule."""

    def _holiday(self, groups: Groups, at: int) -> Found | None:
        end = self.tokens[at].start + len(groups["holiday"])
        after = [token for token in self.tokens[at : at + 6] if token.start >= end][:1]
        if after and after[0].pos == "NOUN" and groups.keys().isdisjoint(("y", "dir")):
            return None  # "the Christmas market"
        rule = self.words["holidays"][groups["holiday"].lower().replace("’", "'")]
        if "y" in groups:
            return self._feast(int(groups["y"]), rule, "stated")
        if self.published is None:
            return Found("DATE", f"XXXX-{rule}" if rule[2:3] == "-" else None)
        shift = self.words["shift"].get(groups.get("shift", "").lower())
        if "unit" in groups:  # "Christmas next year"
            return self._feast(self.published.year + int(shift or 0), rule, "published")
        direction = shift or self.outlook.direction(at)
        years = (self.published.year + step for step in (-1, 0, 1))
        near = [day for year in years if (day := feast(year, rule, self.words["listed"]))]
        if not near:
            return Found("DATE", None, confidence=0.5)
        made = calendar.day(calendar.nearest(near, self.published, direction))
        return Found("DATE", made.value, made, "published", confidence=0.85)

    def _feast(self, year: int, rule: str, anchor: str) -> Found:
        """A feast in a year that the text gives."""
        day = feast(year, rule, self.words["listed"])
        made = calendar.day(day) if day else None
        return Found("DATE", made.value if made else None, made, anchor)

    def _beside_day(self, groups: Groups, at: int) -> Found | None:
        """So many days or weeks before or after a day that is named: "two days before Christmas"."""
        if "holiday" in groups:
            found = self._holiday(groups, at)
        else:
            found = self._date(groups, at) if "y" in groups else self._monthday(groups, at)
        if found is None or found.stretch is None:
            return Found("DATE", None, confidence=0.5)
        sign = int(self.words["beside"].get(groups["dir"].lower(), 1))
        number, week = self._number(groups) if "n" in groups else "1", self._letter(groups) == "W"
        if not number.isdigit():
            return None
        day = found.stretch.first + timedelta(sign * int(number) * (7 if week else 1))
        made = calendar.week(day) if week and "n" not in groups else calendar.day(day)  # "the week before Christmas"
        return Found("DATE", made.value, made, found.anchor, confidence=0.85)

    def _after_next(self, groups: Groups, at: int) -> Found:
        """The week, month, year or Friday that comes after the next one."""
        word = groups["unit"].lower()
        if self.published is None:
            return Found("DATE", "FUTURE_REF", confidence=0.7)
        made: Stretch | None
        if word in self.words["parts_of_month"] and self.words["parts_of_month"][word] == "weekend":
            made = calendar.week(self.published + timedelta(14 - 7 * self._weekend_ahead()), weekend=True)
        elif word in self.words["units"]:
            made = calendar.unit(self.published, self._letter(groups), 2)
        else:
            made = calendar.day(calendar.weekday(self.published + timedelta(1), self._weekday(word), 1) + timedelta(7))
        return Found("DATE", made.value if made else None, made, "published", confidence=0.85)

    def _weekend_ahead(self) -> bool:
        """Whether the weekend of the week of publication is yet to begin, so that it is the next one."""
        return self.published is not None and calendar.week(self.published, weekend=True).first > self.published

    def _turn(self, groups: Groups, at: int) -> Found:
        """The last day of a year or a month and the first of the next; in its first month, that which has been."""
        if self.published is None:
            return Found("DATE", None, confidence=0.5)
        of = calendar.unit(self.published, self._letter(groups), 0) or calendar.day(self.published)
        begun = (self.published - of.first).days <= (of.last - of.first).days // _MONTHS
        last = of.first - timedelta(1) if begun and self.outlook.direction(at) <= 0 else of.last
        made = Stretch(f"{last}/{last + timedelta(1)}", last, last + timedelta(1))
        return Found("DATE", made.value, made, "published", confidence=0.8)

    def _new_year(self, groups: Groups, at: int) -> Found:
        """The year to come; in January, the one that has begun: "in the new year"."""
        if self.published is None:
            return Found("DATE", "FUTURE_REF", confidence=0.5)
        made = calendar.year(self.published.year + (self.published.month > 1))
        return Found("DATE", made.value, made, "published", self._mod(groups), 0.75)

    def _years(self, groups: Groups, at: int) -> Found | None:
        """Two or more years written as one: "2033–35", "the 2032/33 season", "financial year 2033-34"."""
        first = int(groups["y"])
        last = first - first % _CENTURY + int(groups["to"])
        last += _CENTURY if last < first and first % _CENTURY == _CENTURY - 1 else 0
        if not first < last:
            return None
        made = Stretch(f"{first}/{last}", calendar.year(first).first, calendar.year(last).last)
        return Found("DATE", made.value, made, "stated", confidence=0.8)

    def _days_across(self, groups: Groups, at: int) -> Found | None:
        """From a day of one month to one of another, written as one word: "30 May–2 June"."""
        read = self._date if "y" in groups else self._monthday
        first, last = read(groups, at), read({**groups, "d": groups["to"], "m": groups["until"]}, at)
        return self._from_to(first, last, confidence=0.85)

    def _slashed(self, groups: Groups, at: int) -> Found | None:
        """A date in figures: the number above twelve is the day, else another date of the document tells the order."""
        one, other = int(groups["one"]), int(groups["other"])
        day_first = one > _MONTHS if max(one, other) > _MONTHS else self._day_first()
        if day_first is None and "y" not in groups:
            return None
        month, day = (other, one) if day_first else (one, other)
        named = {"n": str(month), "d": str(day)}
        if "short" in groups:
            if self.published is None:
                return None
            groups = {**groups, "y": f"{self.published.year // _CENTURY}{groups['short']}"}
        found = self._date({**named, "y": groups["y"]}, at) if "y" in groups else self._monthday(named, at)
        return found if found is None else Found(found.type, found.value, found.stretch, found.anchor, confidence=0.8)

    def _day_first(self) -> bool | None:
        """Whether the document writes the day before the month; None where no date in figures shows it."""
        pairs = [tuple(map(int, m.groups())) for token in self.tokens if (m := _SLASHED.match(token.text))]
        orders = {one > _MONTHS for one, other in pairs if max(one, other) > _MONTHS >= min(one, other)}
        return orders.pop() if len(orders) == 1 else None

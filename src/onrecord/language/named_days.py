"""What days and months by name mean: "26 May", "next Friday", "from the 23rd to the 25th", "tomorrow".

Promise: without a day of publication none gets days unless its year is told. The odd case: "the 23rd" has no month, so
the verb above it decides between the last one and the next.
"""

from __future__ import annotations

from datetime import date

from onrecord.language import calendar
from onrecord.language.calendar import Stretch
from onrecord.language.time_words import Found, Groups, TimeWords


class NamedDays(TimeWords):
    """The rules of one document that name days, weeks and months: each method reads the groups of one kind of rule."""

    def _date(self, groups: Groups, at: int) -> Found:
        number, year = self._month(groups), int(groups["y"])
        if "d" in groups:
            made = calendar.day(date(year, number, self._day(groups["d"])))
        else:
            made = calendar.month(year, number)
        return Found("DATE", made.value, made, "stated", self._mod(groups), 0.97)

    def _monthday(self, groups: Groups, at: int) -> Found | None:
        number, day = self._month(groups), self._day(groups["d"])
        date(2000, number, day)
        if self.published is None:
            return Found("DATE", f"XXXX-{number:02d}-{day:02d}")
        when = calendar.month_day(self.published, number, day, self.outlook.direction(at))
        made = calendar.day(when) if when else None
        return Found("DATE", made.value if made else None, made, "published")

    def _day_of_month(self, groups: Groups, at: int) -> Found | None:
        """A day without its month: "on the 23rd" is the next one in a plan and the last one in a report."""
        if self.published is None:
            return Found("DATE", f"XXXX-XX-{self._day(groups['d']):02d}", confidence=0.7)
        shift = self.words["shift"].get(groups.get("shift"), None)
        made = calendar.day_of_month(self.published, self._day(groups["d"]), shift, self.outlook.direction(at))
        return Found("DATE", made.value, made, "published", confidence=0.8)

    def _days(self, groups: Groups, at: int) -> Found | None:
        """Two days of one month: "from the 23rd to the 25th", "the 5th to the 8th of next month"."""
        one = self._monthday if "m" in groups else self._day_of_month
        first, last = (one({**groups, "d": groups[each]}, at) for each in ("d", "to"))
        return self._from_to(first, last, confidence=0.8)

    def _from_to(self, first: Found | None, last: Found | None, confidence: float) -> Found | None:
        """All days from those of one date to those of another; None where either is none, or the other is before it."""
        if first is None or last is None or first.stretch is None or last.stretch is None:
            return None
        if last.stretch.first < first.stretch.first:
            return None
        made = Stretch(f"{first.value}/{last.value}", first.stretch.first, last.stretch.last)
        return Found("DATE", made.value, made, first.anchor, confidence=confidence)

    def _week_of(self, groups: Groups, at: int) -> Found | None:
        found = self._date(groups, at) if "y" in groups else self._monthday(groups, at)
        if found is None or found.stretch is None:
            return Found("DATE", "XXXX-WXX", confidence=0.7)
        made = calendar.week(found.stretch.first)
        return Found("DATE", made.value, made, found.anchor, confidence=0.9)

    def _weekend_of(self, groups: Groups, at: int) -> Found | None:
        """The weekend that a day lies in: "the weekend of 21 June"."""
        found = self._week_of(groups, at)
        if found is None or found.stretch is None:
            return found
        made = calendar.week(found.stretch.first, weekend=True)
        return Found("DATE", made.value, made, found.anchor, confidence=0.9)

    def _week_after(self, groups: Groups, at: int) -> Found:
        """A day so many weeks after the next of its name: "a week on Sunday", "two weeks from today", "Friday week"."""
        word = groups["wd"].lower()
        if self.published is None:
            return Found("DATE", "FUTURE_REF", confidence=0.7)
        if word in self.words["offsets"]:
            start = self.published.fromordinal(self.published.toordinal() + self.words["offsets"][word])
        else:
            start = calendar.weekday(self.published, self._weekday(word), 1)
        counted = groups.get("n") or groups.get("count")
        weeks = int(self._number({"n": counted})) if counted else 1
        if "unit" in groups and self._letter(groups) == "2W":
            weeks *= 2
        made = calendar.day(start.fromordinal(start.toordinal() + 7 * weeks))
        return Found("DATE", made.value, made, "published", confidence=0.85)

    def _in_week(self, groups: Groups, at: int) -> Found:
        """A day of a week: "Monday next week", "Thursday of last week"."""
        number = self._weekday(groups["wd"])
        if self.published is None:
            return Found("DATE", f"XXXX-WXX-{number}")
        shift = int(self.words["shift"][groups["shift"].lower()])
        of = self.published.fromordinal(self.published.toordinal() + 7 * shift)
        made = calendar.day(date.fromisocalendar(*of.isocalendar()[:2], number))
        return Found("DATE", made.value, made, "published", confidence=0.9)

    def _day_after(self, groups: Groups, at: int) -> Found:
        """The day after tomorrow, the day before yesterday."""
        shift = int(self.words["offsets"][groups["wd"].lower()])
        if self.published is None:
            return Found("DATE", ("PAST_REF", "FUTURE_REF")[shift > 0])
        made = calendar.day(self.published.fromordinal(self.published.toordinal() + 2 * shift))
        return Found("DATE", made.value, made, "published", confidence=0.95)

    def _of_month(self, groups: Groups, at: int) -> Found | None:
        """A week, half, weekend or day of a month by its number: "the first week of July", "the last Sunday of May"."""
        if "m" not in groups and "shift" not in groups:  # "the first Monday of the month": the next one in a plan
            found = [self._of_month({**groups, "shift": shift}, at) for shift in ("this", "next")]
            of = self.published
            late = (each for each in found if each and each.stretch and of and each.stretch.last >= of)
            return next(late, None) if self.outlook.direction(at) > 0 else found[0]
        if "m" not in groups:
            month = (
                calendar.unit(self.published, "M", self.words["shift"][groups["shift"].lower()])
                if self.published
                else None
            )
        elif "y" in groups:
            month = calendar.month(int(groups["y"]), self._month(groups))
        else:
            month = self._month_alone({"m": groups["m"]}, at).stretch
        if month is None:
            return Found("DATE", None, confidence=0.7)
        made = calendar.of_month(month, self._unit_of_month(groups), int(self.words["of_month"][groups["q"].lower()]))
        return Found("DATE", made.value, made, "stated" if "y" in groups else "published", confidence=0.85)

    def _unit_of_month(self, groups: Groups) -> str | int:
        """What of a month is numbered: the number of a weekday, or ``day``, ``week``, ``weekend`` or ``half``."""
        return self.words["parts_of_month"].get(groups["unit"].lower()) or self._weekday(groups["unit"])

    def _month_alone(self, groups: Groups, at: int) -> Found:
        number, mod = self._month(groups), self._mod(groups)
        if "every" in groups:
            return Found("SET", f"XXXX-{number:02d}")
        if self.published is None:
            return Found("DATE", f"XXXX-{number:02d}", mod=mod, confidence=0.8)
        made = calendar.month_near(self.published, number, self.outlook.direction(at))
        return Found("DATE", made.value, made, "published", mod, 0.8)

    def _near(self, groups: Groups, at: int) -> Found:
        shift = int(self.words["shift"][groups["shift"].lower()])
        if "m" not in groups:
            return self._on(self._weekday(groups["wd"]), shift, shift == 0)
        if self.published is None:
            return self._month_alone(groups, at)
        number = self._month(groups)
        if shift == 0 or "unit" in groups:  # "this June", "June last year"
            made = calendar.month(self.published.year + shift, number)
            return Found("DATE", made.value, made, "published", self._mod(groups))
        made = calendar.month_beside(self.published, number, shift)
        return Found("DATE", made.value, made, "published", self._mod(groups), 0.8)

    def _on(self, number: int, direction: int, same_week: bool = False) -> Found:
        if self.published is None:
            return Found("DATE", f"XXXX-WXX-{number}")
        when = calendar.weekday(self.published, number, direction)
        if same_week:
            when = date.fromisocalendar(*self.published.isocalendar()[:2], number)
        elif direction and when == self.published:
            when = when.fromordinal(when.toordinal() + 7 * direction)
        made = calendar.day(when)
        return Found("DATE", made.value, made, "published", confidence=0.85)

    def _weekday_alone(self, groups: Groups, at: int) -> Found:
        number = self._weekday(groups["wd"])
        if "every" in groups or "s" in groups:
            return Found("SET", f"XXXX-WXX-{number}")
        if self.published is None:
            return Found("DATE", f"XXXX-WXX-{number}")
        made = calendar.day(calendar.weekday(self.published, number, self.outlook.direction(at)))
        return Found("DATE", made.value, made, "published", confidence=0.85)

    def _part(self, groups: Groups, at: int) -> Found:
        part = self.words["parts"][groups["part"].lower()]
        word = groups["wd"].lower()
        if self.published is None:
            return Found("TIME", f"XXXX-XX-XXT{part}")
        if word in self.words["shift"]:
            when = self.published.fromordinal(self.published.toordinal() + self.words["shift"][word])
        elif word in self.words["offsets"]:
            when = self.published.fromordinal(self.published.toordinal() + self.words["offsets"][word])
        else:
            when = calendar.weekday(self.published, self._weekday(groups["wd"]), self.outlook.direction(at))
        made = calendar.day(when)
        return Found("TIME", f"{made.value}T{part}", made, "published", confidence=0.85)

    def _offset(self, groups: Groups, at: int) -> Found:
        word = groups["offset"].lower()
        shift = int(self.words["offsets"][word])
        night = word in self.evenings
        if self.published is None:
            if night:
                return Found("TIME", "XXXX-XX-XXTNI")
            return Found("DATE", ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[shift + 1])
        made = calendar.day(self.published.fromordinal(self.published.toordinal() + shift))
        if night:
            return Found("TIME", f"{made.value}TNI", made, "published")
        return Found("DATE", made.value, made, "published", self._mod(groups), 0.95)

"""What a time rule's groups mean: its TIMEX3 value and the days it covers, as seen from the day of publication.

Promise: without a day of publication nothing relative gets days. The odd case: "Monday" is the last one in a report of
what happened and the next one in a plan, so the verb above the expression decides.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.language import calendar
from onrecord.language.calendar import Stretch
from onrecord.language.reckoned_days import ReckonedDays
from onrecord.language.time_words import Found, Groups, duration

SATURDAY = 6
"""As ISO 8601 counts the days of the week."""


class Meanings(ReckonedDays):
    """The rules' meanings for one document: each method reads the groups of one kind of rule."""

    def read(self, kind: str, groups: Groups, at: int, text: str, start: int, led: bool) -> Found | None:
        """What one match at token ``at`` means, or None where it is no time expression after all.

        ``led``: it stands where a diary has its days, so that "May" alone is the month.
        """
        rule: Callable[[Groups, int], Found | None] = getattr(self, "_" + kind)
        if "m" in groups and groups.keys().isdisjoint(("d", "y", "shift", "q")):
            word = groups["m"].rstrip(".").lower()
            if word in self.doubtful and not (led or self._introduced(text, start, groups) or self._of_a_noun(at)):
                return None
        if kind == "season_alone" and not led and not self._introduced(text, start, groups):
            return None
        try:
            found = rule(groups, at)
        except (ValueError, OverflowError):  # the 31st of February, a year beyond the calendar
            return None
        if found is not None and found.stretch is not None:
            self.focus.move(found.stretch, compared=found.anchor == "previous")
        return found

    def _ago(self, groups: Groups, at: int) -> Found | None:
        number, letter = self._number(groups), self._letter(groups)
        sign = int(self.words["counted"][groups["dir"]])
        if letter == "W" and number == "1":
            letter, number = "D", "7"  # "a week ago" is a day
        if letter == "Y" and number == "1" and self.focus.quarter is not None:
            made = self.focus.period(sign)
            return Found("DATE", made.value, made, "previous", confidence=0.7) if made else None
        return self._counted(number, letter, sign)

    def _beside(self, groups: Groups, at: int) -> Found:
        """A length counted from what the text has named before: "two days later", "the evening before"."""
        number, letter = self._number({"n": "one", **groups}), self._letter(groups)
        sign = int(self.words["beside"][groups["dir"]])
        made = None
        if letter == "Y" and number == "1" and self.focus.quarter is not None:
            made = self.focus.period(sign)
        elif number.isdigit():
            made = self.focus.beside(letter, sign * int(number))
        if made is None:
            return Found("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", anchor="previous", confidence=0.5)
        return Found("DATE", made.value, made, "previous", confidence=0.6)

    def _following(self, groups: Groups, at: int) -> Found | None:
        letter = self._letter(groups)
        made = self.focus.beside(letter, int(self.words["shift"][groups["shift"].lower()]))
        if made is None:
            return None
        if letter == "Y":
            made = calendar.year(made.first.year)
        return Found("DATE", made.value, made, "previous", confidence=0.7)

    def _period(self, groups: Groups, at: int) -> Found:
        """The quarter that a report of earnings is about, or the one that it compares it with."""
        made = self.focus.period(-1 if "back" in groups else 0)
        if made is None:
            return Found("DATE", "XXXX-QX", confidence=0.5)
        if "back" in groups and "q" not in groups and self.focus.month is not None:
            month = calendar.month(self.focus.month.first.year - 1, self.focus.month.first.month)
            return Found("DATE", month.value, month, "previous", confidence=0.6)
        number = (made.first.month - 1) // 3 + 1
        if "q" in groups:
            number = int(self.words["ordinals"][groups["q"].lower()])
        made = calendar.quarter(int(groups.get("y", made.first.year)), number)
        return Found("DATE", made.value, made, "previous", confidence=0.7)

    def _fiscal(self, groups: Groups, at: int) -> Found | None:
        if "y" in groups:
            made = calendar.year(int(groups["y"]))
            return Found("DATE", made.value, made, "stated", confidence=0.7)
        if self.published is None:
            return None
        made = calendar.year(self.published.year + int(self.words["shift"].get(groups.get("shift", "").lower(), 0)))
        return Found("DATE", made.value, made, "published", confidence=0.6)

    def _spelled(self, groups: Groups, at: int) -> Found:
        number = self.words["numbers"]
        hundreds = int(number[groups["hundreds"].lower()]) * (100 if "tens" in groups else 1000)
        made = calendar.year(hundreds + sum(int(number[groups[g].lower()]) for g in ("tens", "ones") if g in groups))
        return Found("DATE", made.value, made, "stated", confidence=0.8)

    def _ahead(self, groups: Groups, at: int) -> Found | None:
        number, letter = self._number(groups), self._letter(groups)
        above = self.tokens[self.tokens[at].head]
        between = self.tokens[above.i + 1 : at]
        if not (self.outlook.direction(at) > 0 or self.outlook.is_arranged(above)) or above.pos not in ("VERB", "AUX"):
            return None  # "the first talks in nine years": the length is found behind the preposition
        if any(t.tag == "JJS" or t.lower in self.lengths for t in between):
            return None
        return self._counted(number, letter, 1)

    def _counted(self, number: str, letter: str, sign: int) -> Found:
        vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
        if self.published is None or not number.isdigit() or letter.startswith("T"):
            return Found("DATE", vague, confidence=0.7)
        made = calendar.unit(self.published, letter, sign * int(number))
        if made is None:
            return Found("DATE", vague, confidence=0.7)
        return Found("DATE", made.value, made, "published", confidence=0.85)

    def _span(self, groups: Groups, at: int) -> Found:
        return Found("DURATION", duration(self._number({"n": "one", **groups}), self._letter(groups)))

    def _unit(self, groups: Groups, at: int) -> Found | None:
        shift = int(self.words["shift"][groups["shift"].lower()]) if "shift" in groups else 0
        word, mod = groups["unit"].lower(), self._mod(groups)
        if self.published is None:
            return Found("DATE", ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[shift + 1], mod=mod, confidence=0.7)
        of = self.published
        made: Stretch | None
        if word == "weekend":
            shift -= groups.get("shift", "").lower() in self.coming and of.isoweekday() < SATURDAY
            made = calendar.week(of.fromordinal(of.toordinal() + 7 * shift), weekend=True)
        elif word in self.words["seasons"]:
            made = calendar.season_beside(of, self.words["seasons"][word], shift)
        else:
            made = calendar.unit(of, self._letter(groups), shift)
        if made is None:
            return None
        return Found("DATE", made.value, made, "published", mod, 0.9 if "shift" in groups else 0.7)

    def _last_day(self, groups: Groups, at: int) -> Found:
        """The day on which a unit ends: "by year-end"."""
        if self.published is None:
            return Found("DATE", "PRESENT_REF", confidence=0.5)
        made = calendar.unit(self.published, self._letter(groups), 0)
        day = calendar.day(made.last) if made else None
        return Found("DATE", day.value if day else None, day, "published", confidence=0.6)

    def _quarter(self, groups: Groups, at: int) -> Found:
        number = int(self.words["ordinals"][groups["q"].lower()])
        if "y" in groups:
            made = calendar.quarter(int(groups["y"]), number)
            return Found("DATE", made.value, made, "stated")
        if self.published is None:
            return Found("DATE", f"XXXX-Q{number}", confidence=0.7)
        if "shift" in groups:
            made = calendar.quarter(self.published.year + int(self.words["shift"][groups["shift"].lower()]), number)
            return Found("DATE", made.value, made, "published")
        made = calendar.quarter(self.published.year, number)
        if made.first > self.published and self.outlook.direction(at) <= 0:
            made = calendar.quarter(self.published.year - 1, number)
        return Found("DATE", made.value, made, "published", confidence=0.6)

    def _half(self, groups: Groups, at: int) -> Found:
        number = int(self.words["ordinals"][groups["q"].lower()])
        if "y" in groups:
            made = calendar.half(int(groups["y"]), number)
            return Found("DATE", made.value, made, "stated")
        if self.published is None:
            return Found("DATE", f"XXXX-H{number}", confidence=0.7)
        made = calendar.half(self.published.year + int(self.words["shift"].get(groups.get("shift"), 0)), number)
        return Found("DATE", made.value, made, "published")

    def _weekend(self, groups: Groups, at: int) -> Found:
        if self.published is None:
            return Found("DATE", "XXXX-WXX-WE", confidence=0.7)
        made = calendar.week(self.published, weekend=True)
        if self.outlook.direction(at) <= 0 and made.first > self.published:
            made = calendar.week(self.published.fromordinal(self.published.toordinal() - 7), weekend=True)
        return Found("DATE", made.value, made, "published", confidence=0.75)

    def _season_alone(self, groups: Groups, at: int) -> Found | None:
        if self.tokens[at].pos == "VERB":  # "prices fall"
            return None
        code, mod = self.words["seasons"][groups["season"].lower()], self._mod(groups)
        if self.published is None:
            return Found("DATE", f"XXXX-{code}", mod=mod, confidence=0.7)
        made = calendar.season_near(self.published, code, self.outlook.direction(at))
        return Found("DATE", made.value, made, "published", mod, 0.75)

    def _season(self, groups: Groups, at: int) -> Found:
        made = calendar.season(int(groups["y"]), self.words["seasons"][groups["season"].lower()])
        return Found("DATE", made.value, made, "stated", self._mod(groups))

    def _century(self, groups: Groups, at: int) -> Found:
        made = calendar.century(int(groups["n"]) - 1)
        return Found("DATE", made.value, made, "stated", self._mod(groups))

    def _decade(self, groups: Groups, at: int) -> Found:
        made = calendar.decade(int(groups.get("c", "19") + groups["dec"]))
        return Found("DATE", made.value, made, "stated", self._mod(groups))

    def _clock(self, groups: Groups, at: int) -> Found | None:
        if "word" in groups:
            clock = str(self.words["hours"][groups["word"].lower()])
        else:
            hour = int(groups["h"])
            if "half" in groups:
                if not 1 <= hour <= 12:
                    return None
                hour = hour % 12 + (12 if groups["half"].startswith(self.words["words"]["afternoon"]) else 0)
            clock = f"T{hour:02d}:{groups.get('min', '00')}"
        if groups.get("zone") in self.utc:
            clock += "Z"
        day = self._day_of(groups, at)
        if day is None:
            return Found("TIME", clock)
        return Found("TIME", f"{day.value}{clock}", day, "published")

    def _day_of(self, groups: Groups, at: int) -> Stretch | None:
        """The day of an hour: the one named beside it, else the one that the text is at, else that of publication."""
        if "m" in groups:
            found = self._monthday(groups, at)
            return found.stretch if found else None
        word = groups.get("wd", "").lower()
        if word in self.words["offsets"]:
            return self._offset({"offset": word}, at).stretch
        if word:
            return self._weekday_alone({"wd": word}, at).stretch
        return calendar.day(self.focus.here) if self.focus.here else None

    def _set(self, groups: Groups, at: int) -> Found:
        if "word" in groups:
            return Found("SET", self.words["sets"][groups["word"].lower()])
        number = {"": "1", "other": "2"}.get(groups.get("n", "").lower()) or self._number(groups)
        unit = "D" if groups["unit"].lower() in self.words["parts"] else self._letter(groups)
        return Found("SET", duration(number, unit))

    def _duration(self, groups: Groups, at: int) -> Found | None:
        return Found("DURATION", duration(self._number(groups), self._letter(groups)), confidence=0.8)

    def _year(self, groups: Groups, at: int) -> Found | None:
        if "mod" not in groups:
            token = self.tokens[at]
            head = self.tokens[token.head]
            if token.dep == "nummod" and head.tag == "NNS" and head.i == at + 1:
                return None
        made = calendar.year(int(groups["y"]))
        return Found("DATE", made.value, made, "stated", self._mod(groups), 0.9)

    def _that_day(self, groups: Groups, at: int) -> Found | None:
        """The day that the text is at: "shares rose for the day"."""
        if self.focus.here is None:
            return None
        made = calendar.day(self.focus.here)
        return Found("DATE", made.value, made, "previous", confidence=0.6)

    def _vague(self, groups: Groups, at: int) -> Found:
        return Found("DATE", self.words["vague"][groups["word"].lower()], confidence=0.6)

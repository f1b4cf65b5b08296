"""What a time rule's groups mean: its TIMEX3 value and the days it covers, as seen from the day of publication.

Promise: without a day of publication nothing relative gets days. The odd case: "Monday" is the last one in a report of
what happened and the next one in a plan, so the verb above the expression decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.language import calendar
from onrecord.language.annotated import Token
from onrecord.language.calendar import Stretch
from onrecord.language.outlook import Outlook
from onrecord.nouns import TimeType

Groups = dict[str, str]


@dataclass(frozen=True)
class Found:
    """What a rule makes of a match: all that a `TimeExpression` has but its place."""

    type: TimeType
    value: str | None
    stretch: Stretch | None = None
    anchor: str | None = None
    mod: str | None = None
    confidence: float = 0.9


class Meanings:
    """The rules' meanings for one document: each method reads the groups of one kind of rule."""

    def __init__(self, words: dict[str, Any], published: date | None, tokens: Sequence[Token]) -> None:
        self.words = words
        self.published = published
        self.tokens = tokens
        self.doubtful = frozenset(words["words"]["doubtful"].split())
        self.before = frozenset(words["words"]["before"].split())
        self.outlook = Outlook.of(words["words"], tokens)
        self.evenings = frozenset(words["words"]["evenings"].split())
        self.lengths = frozenset(words["words"]["lengths"].split())

    def read(self, kind: str, groups: Groups, at: int, text: str, start: int) -> Found | None:
        """What one match at token ``at`` means, or None where it is no time expression after all."""
        rule: Callable[[Groups, int], Found | None] = getattr(self, "_" + kind)
        if "m" in groups and "d" not in groups and "y" not in groups and "shift" not in groups:
            word = groups["m"].rstrip(".").lower()
            if word in self.doubtful and not self._introduced(text, start, groups):
                return None
        if kind == "season_alone" and not self._introduced(text, start, groups):
            return None
        try:
            return rule(groups, at)
        except (ValueError, OverflowError):  # the 31st of February, a year beyond the calendar
            return None

    def _introduced(self, text: str, start: int, groups: Groups) -> bool:
        before = text[max(0, start - 12) : start].split()
        return bool(groups.get("mod") or groups.get("every")) or (bool(before) and before[-1].lower() in self.before)

    def _mod(self, groups: Groups) -> str | None:
        word = groups.get("mod")
        if not word:
            return None
        for each in word.lower().split():
            if each in self.words["mods"]:
                return str(self.words["mods"][each])
        return None

    def _number(self, groups: Groups) -> str:
        """A number's digits, or X where the text does not say how many."""
        word = groups.get("n", "").lower()
        if word and word[0].isdigit():
            return word
        return str(self.words["numbers"].get(word, "X"))

    def _letter(self, groups: Groups) -> str:
        word = groups["unit"].lower()
        units = self.words["units"]
        return str(units.get(word) or units.get(word[:-1]) or units["century"])

    def _month(self, groups: Groups) -> int:
        if "m" in groups:
            return int(self.words["months"][groups["m"].rstrip(".").lower()])
        return int(groups["n"])

    def _weekday(self, word: str) -> int:
        return int(self.words["weekdays"][word.rstrip(".").lower()])

    def _date(self, groups: Groups, at: int) -> Found:
        number, year = self._month(groups), int(groups["y"])
        if "d" in groups:
            made = calendar.day(date(year, number, int(re.sub(r"\D", "", groups["d"]))))
        else:
            made = calendar.month(year, number)
        return Found("DATE", made.value, made, "stated", self._mod(groups), 0.97)

    def _monthday(self, groups: Groups, at: int) -> Found | None:
        number, day = self._month(groups), int(re.sub(r"\D", "", groups["d"]))
        date(2000, number, day)
        if self.published is None:
            return Found("DATE", f"XXXX-{number:02d}-{day:02d}")
        when = calendar.month_day(self.published, number, day, self.outlook.direction(at))
        made = calendar.day(when) if when else None
        return Found("DATE", made.value if made else None, made, "published")

    def _week_of(self, groups: Groups, at: int) -> Found | None:
        found = self._date(groups, at) if "y" in groups else self._monthday(groups, at)
        if found is None or found.stretch is None:
            return Found("DATE", "XXXX-WXX", confidence=0.7)
        made = calendar.week(found.stretch.first)
        return Found("DATE", made.value, made, found.anchor, confidence=0.9)

    def _month_alone(self, groups: Groups, at: int, direction: int | None = None) -> Found:
        number, mod = self._month(groups), self._mod(groups)
        if "every" in groups:
            return Found("SET", f"XXXX-{number:02d}")
        if self.published is None:
            return Found("DATE", f"XXXX-{number:02d}", mod=mod, confidence=0.8)
        made = calendar.month_near(
            self.published, number, self.outlook.direction(at) if direction is None else direction
        )
        return Found("DATE", made.value, made, "published", mod, 0.8)

    def _near(self, groups: Groups, at: int) -> Found:
        shift = int(self.words["shift"][groups["shift"].lower()])
        if "m" in groups and shift == 0 and self.published is not None:
            made = calendar.month(self.published.year, self._month(groups))
            return Found("DATE", made.value, made, "published", self._mod(groups))
        if "m" in groups:
            return self._month_alone(groups, at, shift)
        return self._on(self._weekday(groups["wd"]), shift, shift == 0)

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

    def _ago(self, groups: Groups, at: int) -> Found | None:
        number, letter = self._number(groups), self._letter(groups)
        word = groups["dir"]
        if word in self.words["uncounted"]:
            return Found("DATE", self.words["uncounted"][word], anchor="previous", confidence=0.5)
        return self._counted(number, letter, self.words["counted"][word])

    def _ahead(self, groups: Groups, at: int) -> Found | None:
        number, letter = self._number(groups), self._letter(groups)
        above = self.tokens[self.tokens[at].head]
        between = self.tokens[above.i + 1 : at]
        if self.outlook.direction(at) <= 0 or above.pos not in ("VERB", "AUX"):
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
        return Found("DURATION", _period(self._number(groups), self._letter(groups)))

    def _unit(self, groups: Groups, at: int) -> Found | None:
        shift = int(self.words["shift"][groups["shift"].lower()]) if "shift" in groups else 0
        word, mod = groups["unit"].lower(), self._mod(groups)
        if self.published is None:
            return Found("DATE", ("PAST_REF", "PRESENT_REF", "FUTURE_REF")[shift + 1], mod=mod, confidence=0.7)
        of = self.published
        made: Stretch | None
        if word == "weekend":
            made = calendar.week(of.fromordinal(of.toordinal() + 7 * shift), weekend=True)
        elif word in self.words["seasons"]:
            made = calendar.season_beside(of, self.words["seasons"][word], shift)
        else:
            made = calendar.unit(of, self._letter(groups), shift)
        if made is None:
            return None
        return Found("DATE", made.value, made, "published", mod, 0.9 if "shift" in groups else 0.7)

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
        made = calendar.half(int(groups["y"]), int(self.words["ordinals"][groups["q"].lower()]))
        return Found("DATE", made.value, made, "stated")

    def _weekend(self, groups: Groups, at: int) -> Found:
        if self.published is None:
            return Found("DATE", "XXXX-WXX-WE", confidence=0.7)
        made = calendar.week(self.published, weekend=True)
        if self.outlook.direction(at) <= 0 and made.first > self.published:
            made = calendar.week(self.published.fromordinal(self.published.toordinal() - 7), weekend=True)
        return Found("DATE", made.value, made, "published", confidence=0.75)

    def _season_alone(self, groups: Groups, at: int) -> Found:
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
            return Found("TIME", self.words["hours"][groups["word"].lower()])
        hour = int(groups["h"])
        if "half" in groups:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if groups["half"].startswith(self.words["words"]["afternoon"]) else 0)
        return Found("TIME", f"T{hour:02d}:{groups.get('min', '00')}")

    def _set(self, groups: Groups, at: int) -> Found:
        if "word" in groups:
            return Found("SET", self.words["sets"][groups["word"].lower()])
        number = {"": "1", "other": "2"}.get(groups.get("n", "").lower()) or self._number(groups)
        unit = "D" if groups["unit"].lower() in self.words["parts"] else self._letter(groups)
        return Found("SET", _period(number, unit))

    def _duration(self, groups: Groups, at: int) -> Found | None:
        return Found("DURATION", _period(self._number(groups), self._letter(groups)), confidence=0.8)

    def _year(self, groups: Groups, at: int) -> Found | None:
        if "mod" not in groups:
            token = self.tokens[at]
            head = self.tokens[token.head]
            if token.dep == "nummod" and head.tag == "NNS" and head.i == at + 1:
                return None
        made = calendar.year(int(groups["y"]))
        return Found("DATE", made.value, made, "stated", self._mod(groups), 0.9)

    def _vague(self, groups: Groups, at: int) -> Found:
        return Found("DATE", self.words["vague"][groups["word"].lower()], confidence=0.6)


def _period(number: str, letter: str) -> str:
    """A TIMEX3 duration: three decades are P30Y."""
    factor = re.match(r"\d+", letter)
    if factor:
        letter = letter[factor.end() :]
        number = str(int(number) * int(factor.group())) if number.isdigit() else number
    return f"PT{number}{letter[1:]}" if letter.startswith("T") else f"P{number}{letter}"

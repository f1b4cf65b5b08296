"""What a time rule's groups hold: a number, a unit, a month, a modifier, as the language's table has them.

Promise: a word that the table does not have is no number. The odd case: "a few" is a number that nobody knows, X.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.language.annotated import Token
from onrecord.language.calendar import Stretch
from onrecord.language.focus import Focus
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


class TimeWords:
    """The words of one document's time expressions, and what the document has named so far."""

    def __init__(self, words: dict[str, Any], published: date | None, tokens: Sequence[Token]) -> None:
        self.words = words
        self.published = published
        self.focus = Focus(published)
        self.tokens = tokens
        self.doubtful = frozenset(words["words"]["doubtful"].split())
        self.before = frozenset(words["words"]["before"].split())
        self.outlook = Outlook.of(words["words"], tokens)
        self.evenings = frozenset(words["words"]["evenings"].split())
        self.coming = frozenset(words["words"]["nearest"].split())
        self.utc = frozenset(words["words"]["utc"].split())
        self.lengths = frozenset(words["words"]["lengths"].split())

    def _introduced(self, text: str, start: int, groups: Groups) -> bool:
        before = text[max(0, start - 12) : start].split()
        return bool(groups.get("mod") or groups.get("every")) or (bool(before) and before[-1].lower() in self.before)

    def _of_a_noun(self, at: int) -> bool:
        """Whether a word that is a month as well tells which one a thing is: "the March meeting", "the May vote"."""
        token = self.tokens[at]
        over = self.tokens[token.head]
        month = token.lower in self.words["months"]  # not "a Sun spokesman"
        dated = month and token.ner == "DATE" and token.tag == "NNP" and token.dep in {"compound", "nmod", "poss"}
        return dated and over.pos == "NOUN" and over.i > at and not self.tokens[at - 1].text[:1].isupper()

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
        if word in self.words["parts"]:  # "the evening before" is on the day before
            return str(units["day"])
        return str(units.get(word) or units.get(word[:-1]) or units["century"])

    def _month(self, groups: Groups) -> int:
        if "m" in groups:
            return int(self.words["months"][groups["m"].rstrip(".").lower()])
        return int(groups["n"])

    def _day(self, word: str) -> int:
        """The number of a day of a month, in digits or written out. Raises ValueError for what is none."""
        written = self.words["days"].get(word.lower())
        return int(written or re.sub(r"\D", "", word))

    def _weekday(self, word: str) -> int:
        return int(self.words["weekdays"][word.rstrip(".").lower()])


def duration(number: str, letter: str) -> str:
    """Return a TIMEX3 duration: three decades are P30Y."""
    factor = re.match(r"\d+", letter)
    if factor:
        letter = letter[factor.end() :]
        number = str(int(number) * int(factor.group())) if number.isdigit() else number
    return f"PT{number}{letter[1:]}" if letter.startswith("T") else f"P{number}{letter}"

"""What some words ask for, and how much of it an event answers as of a day.

Promise: an answer depends on what was told by the day and on nothing later. The odd case that forced its shape: people
ask by a name that no text has ("the second summit of the two"), so what shares too little with the question is none.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.chronicle import Chronicle, by
from onrecord.ledger.naming import family, keys, terms
from onrecord.ledger.tellings import numbered


class Question(NamedTuple):
    """What some words ask for, understood once for all the events that may answer."""

    keys: set[str]
    """Of the proper names in them."""
    families: set[str]
    """The kinds of event that they name."""
    types: set[str]
    """Their words of kind: ``presidential``, ``second``."""
    years: set[str]
    content: set[str]
    """Their words that may call an event: no articles, no days."""

    def most(self, shared: int) -> float:
        """Return what an event answers at most that shares so many names with the question."""
        return 2 * shared + 0.5 * (len(self.types) + 1) + 1

    def answered_by(self, told: Chronicle, day: str) -> float:
        """Return how much of what is asked for an event answers as of a day; 0: it is no answer."""
        if self.families and told.family not in self.families:
            return 0.0
        types = by(day, told.types)
        number, numbers = numbered(self.types), numbered(types)
        if number and numbers and not number & numbers:
            return 0.0
        sort, sorts = (each - terms().wide - set(terms().numbered) for each in (self.types, types))
        if sort and sorts and not sort & sorts:
            return 0.0  # a presidential election is no answer to who asks for the parliamentary one
        if self.years and not by(day, told.years, self.years):
            edition = _edition(told, day)
            if edition and not self.years & edition:
                return 0.0
        own, near = by(day, told.own, self.keys), by(day, told.near, self.keys)
        hit = sum(1.0 if key in own else 0.6 if key in near else 0.0 for key in self.keys)
        if self.keys and hit < len(self.keys) / 2:
            return 0.0
        called = by(day, told.called, self.content)
        if not self.keys and len(called) <= len(self.content) / 2:
            return 0.0
        if self.keys and by(day, told.words) and not by(day, told.words, self.keys) and not self.keys <= own:
            return 0.0
        alike = len(self.types & types) + len(called) / max(1, len(self.content))
        return 2 * hit + 0.5 * alike + min(told.told(day), 10) / 10


def question(words: str, language: str = "en") -> Question:
    """Return what some words ask for."""
    said = [word for word in re.split(r"\W+", words.lower()) if word]
    known = kinds(language)
    return Question(
        keys=set(keys(words, language)),
        families={family(entry.kind, word) for word in said for entry in known.nouns.get(word, ())},
        types=set(said) & known.types,
        years=set(re.findall(r"\b(?:19|20)\d\d\b", words)),
        content={word for word in said if word not in terms().common and not word.isdigit()},
    )


def _edition(told: Chronicle, day: str) -> Set[str]:
    """The years by which an event is known from others of its series."""
    value = told.standing(day).date
    over = told.over if told.over and told.over <= day else None
    return by(day, told.years) | ({value[:4]} if value else set()) or ({over[:4]} if over else set())

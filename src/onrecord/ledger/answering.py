"""What some words ask for, and how much of it an event answers as of a day.

Promise: an answer depends on what was told by the day and on nothing later. The odd case that forced its shape: people
ask by a name that no text has ("the second summit of the two"), so what shares too little with the question is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.chronicle import Chronicle, by
from onrecord.ledger.naming import OTHER, acts_of, family, keys, terms
from onrecord.ledger.tellings import numbered
from onrecord.ledger.wording import subjects
from onrecord.tables import table

NAMED = 0.5
"""What it is worth beside the name itself that it stands in what an event is called, and not only among who takes part:
who asks for the Camp David summit does not ask for a talk that a David had nearby."""


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
    about: frozenset[str] = frozenset()
    """Those that say what it is about: ``immigration``."""
    months: frozenset[str] = frozenset()
    """The months that they name, as dates have them: ``-05``."""
    acts: frozenset[str] = frozenset()
    """The acts that they name, as `naming.acts_of` has them."""
    offices: Mapping[str, frozenset[str]] = {}
    """Of the names in them those of persons, with the classes of the offices that they are told to hold."""

    def most(self, shared: int) -> float:
        """Return what an event answers at most that shares so many names with the question."""
        return (2 + NAMED) * shared + len(self.about) + bool(self.months) + 0.5 * (len(self.types) + 1) + 1

    def answered_by(self, told: Chronicle, day: str) -> float:
        """Return how much of what is asked for an event answers as of a day; 0: it is no answer."""
        kinds = {told.family} | by(day, told.also)
        if self.families and not kinds & self.families and not self._by_name(told, day):
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
        own |= by(day, told.about, self.keys)  # "the Water Charter" is a name here and none there
        held = {key for key, offices in self.offices.items() if by(day, told.offices, offices)}
        hit = sum(1.0 if key in own or key in held else 0.6 if key in near else 0.0 for key in self.keys)
        if self.keys and hit < len(self.keys) / 2:
            return 0.0
        if self.keys and hit <= len(self.keys) / 2 and by(day, told.places) and not by(day, told.places, self.keys):
            return 0.0  # who asks for a visit to one town is not answered by that to another
        called = by(day, told.called, self.content)
        topic = by(day, told.about, self.about) | by(day, told.called, self.about)
        month = by(day, told.months, self.months)
        of_it = topic and (month or len(topic) > len(self.about) / 2)
        if not self.keys and len(called) <= len(self.content) / 2 and not of_it:
            return 0.0
        if self.keys and by(day, told.words) and not by(day, told.words, self.keys) and not self.keys <= own:
            return 0.0
        alike = len(self.types & types) + len(called) / max(1, len(self.content))
        named = NAMED * len(by(day, told.words, self.keys))
        return 2 * hit + named + len(topic) + bool(month) + 0.5 * alike + min(told.told(day), 10) / 10

    def _by_name(self, told: Chronicle, day: str) -> bool:
        """Whether an event of no clear kind is called by all the names asked for, or tells the act."""
        known = self.keys <= by(day, told.words, self.keys) or bool(by(day, told.deeds, self.acts))
        return told.family == OTHER and bool(self.keys) and known


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
        acts=acts_of(words, language),
        about=subjects(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", words), language),
        months=frozenset(
            f"-{month:02d}"
            for word, month in table("language", language, "times")["months"].items()
            if word.capitalize() in words.split()
        ),
    )


def _edition(told: Chronicle, day: str) -> Set[str]:
    """The years by which an event is known from others of its series."""
    value = told.standing(day).date
    over = told.over if told.over and told.over <= day else None
    return by(day, told.years) | ({value[:4]} if value else set()) or ({over[:4]} if over else set())

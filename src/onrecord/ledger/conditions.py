"""Whether what changed of an event is what an alert rule asks for.

Promise: a rule without conditions asks for every change of a planned event; one that names an event or somebody is
answered under whatever name the texts have. The odd case that forced the shape: whoever types "the fishing talks" or
"Ostrev summit" waits for an event that nobody may have told of yet, so words are held against each event that something
is told of, and have to be there all of them: the best answer to a question may be another event altogether.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.alert_rules import Rule
from onrecord.ledger.changing import Change
from onrecord.ledger.days import days_of
from onrecord.ledger.events import HeldEvent, events
from onrecord.ledger.naming import family, keys, plain, terms
from onrecord.ledger.questions import is_event
from onrecord.ledger.store import Ledger
from onrecord.ledger.tellings import PAST, Outline, Thread
from onrecord.ledger.told import given_by

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


class Told:
    """An event of which something fresh is told. ``thread``: all that is told of it."""

    def __init__(self, connection: Connection, name: str, thread: Thread) -> None:
        self._connection = connection
        self.name = name
        self.thread = thread

    @cached_property
    def planned(self) -> bool:
        """Whether anybody told of it before it began."""
        return any(told.status not in PAST for told in self.thread.tellings)

    @cached_property
    def outline(self) -> Outline:
        """What it is told from others by."""
        return self.thread.outline

    @cached_property
    def given(self) -> dict[str, str]:
        """What people decided that it is called, and of what kind it is."""
        return given_by(self.thread.tellings)

    @cached_property
    def names(self) -> set[str]:
        """The keys of the names by which it is known; of a bare "election" those around it are all that tells it."""
        return (self.outline.keys | self.outline.about) if self.outline.keys else self.outline.near

    @cached_property
    def called(self) -> set[str]:
        """The words by which it is called, and of those that say what it is about."""
        words = {word for told in self.thread.tellings for word in (*told.called, *told.name.lower().split())}
        given = self.given.get("name", "").lower().split()
        return {plain(word) for word in words.union(given) | self.outline.about | self.outline.types}

    @cached_property
    def known(self) -> set[str]:
        """All words by which it can be asked for: its names, what it is called, and the names of who takes part."""
        parties = {key for party in self.parties for key in (*keys(party), *map(plain, _WORD.findall(party)))}
        return self.names | self.called | parties

    @cached_property
    def kinds(self) -> set[str]:
        """What kinds of event it is of: where a person says which, that alone."""
        if "kind" in self.given:
            return {family(self.given["kind"], self.given.get("name", ""))}
        return {self.outline.family} | self.outline.also

    @cached_property
    def years(self) -> set[str]:
        """The years that it is called by or dated to."""
        given = (c.value for t in self.thread.tellings for c in t.claims if c.attribute == "date")
        dated = [days for value in given if value and (days := days_of(value)) is not None]
        return self.outline.years | {day[:4] for days in dated for day in (days.first, days.last)}

    @cached_property
    def parties(self) -> list[str]:
        """Those who take part, by all names that texts have for them."""
        return list(dict.fromkeys(name for told in self.thread.tellings for _, name in told.names))

    @cached_property
    def identities(self) -> set[str]:
        """Those who take part, by their ids across documents."""
        rows = self._connection.execute(
            "SELECT DISTINCT i.identity FROM json_each(?) asked JOIN events e ON e.id = asked.value "
            "JOIN json_each(e.body, '$.claims') c ON c.value ->> 'attribute' IN ('participant', 'host') "
            "JOIN entities n ON n.reading = e.reading AND n.number = c.value ->> 'entity' "
            "JOIN identified i ON i.entity = n.id",
            (json.dumps(self.thread.numbers),),
        )
        return {identity for (identity,) in rows}

    def document_of(self, change: Change) -> int | None:
        """Return what the ledger numbers the document with that tells a change; None: a person decided it."""
        pairs = zip(self.thread.tellings, self.thread.numbers, strict=True)
        number = next((number for told, number in pairs if told is change.told), None)
        row = self._connection.execute(
            "SELECT r.document FROM events e JOIN readings r ON r.id = e.reading WHERE e.id = ?", (number,)
        ).fetchone()
        return int(row[0]) if row else None


class Asked:
    """A rule, ready to be held against events.

    ``watched``: the events that it names by ids; ``known``: for each of ``Rule.who`` the ids of all that are called so.
    """

    def __init__(self, rule: Rule, watched: set[str], known: dict[str, set[str]]) -> None:
        self.rule = rule
        self._watched = watched
        self._known = known
        self._words = [words for words in rule.events if not is_event(words)]

    def among(self, event: Told, changes: list[Change]) -> list[Change]:
        """Return those changes of an event that the rule asks for."""
        wanted = [change for change in changes if self._asks(change)]
        return wanted if wanted and self._is_about(event) else []

    def _asks(self, change: Change) -> bool:
        rule = self.rule
        if rule.statuses and not (change.attribute == "status" and change.now in rule.statuses):
            return False
        if rule.attributes and change.attribute not in rule.attributes:
            return False
        settled = "settled" in rule.what and change.attribute in ("date", "venue") and change.settled == "settled"
        return not rule.what or change.what in rule.what or settled

    def _is_about(self, event: Told) -> bool:
        rule = self.rule
        named = event.name in self._watched
        if not (named or event.planned):
            return False
        if rule.events and not named and not any(answers(event, words) for words in self._words):
            return False
        if rule.kinds and not event.kinds & set(rule.kinds):
            return False
        return not rule.who or any(self._takes_part(event, name) for name in rule.who)

    def _takes_part(self, event: Told, name: str) -> bool:
        words = set(map(plain, _WORD.findall(name)))
        if any(words <= set(map(plain, _WORD.findall(party))) or _one_land(name, party) for party in event.parties):
            return True
        return not self._known.get(name, set()).isdisjoint(event.identities)


def answers(event: Told, words: str) -> bool:
    """Return whether all of some words stand in the names of an event, of its place and of those who take part."""
    return not unanswered(event, words)


def unanswered(event: Told, words: str) -> list[str]:
    """Return those of some words that are nowhere in what an event is called by, and in its years; none: it answers.

    Words are taken as names however they are typed, since people type in small letters.
    """
    said = [word for word in map(str.lower, _WORD.findall(words)) if word not in terms().common | terms().linking]
    years = {word for word in said if _YEAR.match(word)}
    lacking = [word for word in said if word not in years and not _called(event, word)]
    if lacking and keys(_as_names(words)) <= event.known:  # the name of a state may be several words
        lacking = [word for word in lacking if not keys(_as_names(word))]
    if years and not years & event.years:
        lacking += sorted(years)
    return lacking if said else [words]


def _called(event: Told, word: str) -> bool:
    """Whether an event is called by a word, or the word names its kind, its place or who takes part."""
    named = {family(entry.kind, word) for entry in kinds("en").nouns.get(word, ())}
    name = keys(_as_names(word))
    return plain(word) in event.known or bool(named & event.kinds) or (bool(name) and name <= event.known)


def _as_names(words: str) -> str:
    """Words with a capital letter each, as names have it."""
    return re.sub(r"[^\W_]+(?:['’][^\W_]+)*", lambda found: found[0][:1].upper() + found[0][1:], words)


def _one_land(name: str, party: str) -> bool:
    """Whether two names are of one state: "Velmark" and "the Velmarkian government" are not, "Velmark's" is."""
    wanted = keys(_as_names(name))
    return bool(wanted) and wanted == keys(party)


class Named(NamedTuple):
    """An event that a ledger answers some words with."""

    event: HeldEvent
    lacking: tuple[str, ...]
    """The words for which a rule passes it by."""


def named_now(ledger: Ledger, words: str, most: int = 5) -> list[Named]:
    """Return at most ``most`` events that some words name now, best match first, for who gives them to a rule.

    Where they name none: the best that the ledger answers them with, so that whoever watches learns now why his rule
    would be silent. Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    asked = dict.fromkeys((words, _as_names(words)))  # a question goes by names in capitals, a rule does not
    answering = {each.id: each for said in asked for each in events(ledger, said, most=LOOKED_AT)}
    found = [
        Named(each, tuple(unanswered(Told(ledger.connection, each.id, each.thread), words)))
        for each in answering.values()
    ]
    return [each for each in found if not each.lacking][:most] or found[:1]


LOOKED_AT = 20
"""Events that are looked at for those that words name."""

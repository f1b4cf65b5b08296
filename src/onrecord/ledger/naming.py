"""The keys by which names are compared across documents.

Promise: a state, its adjective and its other names are one key ("Jamaican" and "Jamaica"), a person is the last word of
his name, and accents don't count. The odd case that forced its shape: one reporter writes "the summit of the two
presidents", the next names their countries, so whoever holds an office of a land that the text names brings that land's
key along with his own; and the lands of a text are more than a table knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.events.merge import leader_words
from onrecord.language.lexicon import lexicon
from onrecord.nouns import Claim, Entity, Reading, Span, Speaker, Via
from onrecord.tables import table

FAMILIES = {"conference": "meeting"}
"""Kinds that different reporters give one event."""

OTHER = "other"
"""The kind of what fits nowhere else: attacks, disasters, debates, of which each is over in a day or two."""

REMEMBERED = 2**10
"""Words and names of which it is remembered what was made of them: those of the last documents, among which one is
looked up again and again. With four times as many a program that adds holds 7 MiB more."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
YEAR = re.compile(r"(?:19|20)\d\d\Z")


class Terms(NamedTuple):
    """Words that tell names apart; `ledger/en/names.toml` says what each is for."""

    common: frozenset[str]
    referendum: frozenset[str]
    in_parts: frozenset[str]
    within: frozenset[str]
    parties: frozenset[str]
    rivals: dict[str, str]
    """Words of parties, each with the first of those of its party."""
    about: frozenset[str]
    """What leads to what an event is about, behind its name."""
    whose: frozenset[str]
    """What leads to whose it is, between its name and that."""
    done_at: frozenset[str]
    """What leads from what is done to the event at which it is."""
    empty: frozenset[str]
    """Words that say nothing of what it is about."""
    there: frozenset[str]
    part_of_place: frozenset[str]
    apposed: frozenset[str]
    """What a place is, where that stands right before its name: "the Harlish capital Ossin"."""
    linking: frozenset[str]
    """Words between names that ask for nothing."""
    purpose: frozenset[str]
    """What leads from a journey to what it is for."""
    marks: frozenset[str]
    single: frozenset[str]
    joining: frozenset[str]
    numbered: dict[str, int]
    ending: frozenset[str]
    wide: frozenset[str]
    acts: dict[str, str]
    """Words for one act, each with the first of them."""
    once: frozenset[str]
    """What of `acts` does not come again soon."""
    often: frozenset[str]
    """What of them the same people do again in a few days."""
    spaced: frozenset[str]
    """What of those has weeks between one and the next."""
    deadly: frozenset[str]
    """Acts that may be one where they befell the same."""
    counted: frozenset[str]
    """Those of `acts` of which several are another event than one."""
    singly: frozenset[str]
    """What one holds or goes to one of: several are others."""
    fronted: tuple[str, ...]
    """With what a question begins that says first what it is about."""
    fronting: tuple[str, ...]
    """With what a sentence begins that says first when or where."""
    elects: frozenset[str]
    """What leads from an election to what it is to."""
    elects_before: frozenset[str]
    """What may stand between."""
    bodies: frozenset[str]
    named_bodies: frozenset[str]
    """Bodies to which one is elected: by a name alone, and behind a name."""
    lying: frozenset[str]
    """Words behind which a place's own name says where it is."""
    both: dict[str, frozenset[str]]
    """What names two lands in one word: "inter-Korean", "the Koreas"."""
    regions: dict[str, str]
    """Parts of the world by their names of several words, and by what is of them: "Latin America", "Latin American"."""


@cache
def terms(language: str = "en") -> Terms:
    """Return the terms of a language. Raises FileNotFoundError where it has no table."""
    raw = table("ledger", language, "names")
    return Terms(
        **{name: frozenset(raw[name].split()) for name in Terms._fields if isinstance(raw[name], str)},
        rivals={word: group.split()[0] for group in raw["rivals"] for word in group.split()},
        numbered=dict(raw["numbered"]),
        fronted=tuple(raw["fronted"]),
        fronting=tuple(raw["fronting"]),
        acts={word: group.split()[0] for group in raw["acts"] for word in group.split()},
        both={word: frozenset(lands) for word, lands in raw["both"].items()},
        regions={words: name for name, other in raw["regions"].items() for words in (name, other)},
    )  # fmt: skip


@lru_cache(REMEMBERED)
def family(kind: str, name: str, language: str = "en") -> str:
    """Return what a kind of event is compared as."""
    if kind == "election" and terms(language).referendum & set(name.lower().split()):
        return "referendum"
    return FAMILIES.get(kind, kind)


@lru_cache(REMEMBERED)
def act(name: str, language: str = "en") -> str:
    """Return the words that an event is called by, those that say the same act taken as one: "join", "accession"."""
    words = name.lower().split()
    return next((terms(language).acts[word] for word in words if word in terms(language).acts), " ".join(words))


@lru_cache(REMEMBERED)
def acts_of(name: str, language: str = "en") -> frozenset[str]:
    """Return the acts that words name, each by the first of its words; none where they name none of the table."""
    return frozenset(terms(language).acts[word] for word in name.lower().split() if word in terms(language).acts)


@lru_cache(REMEMBERED)
def counted(name: str, language: str = "en") -> bool | None:
    """Return whether words name several of what is counted, or one; None where they name nothing of the kind."""
    return _several(name, terms(language).counted)


@lru_cache(REMEMBERED)
def several(name: str, language: str = "en") -> bool | None:
    """Return whether words name several of what is held or gone to one at a time; None where they name none of it."""
    return _several(name, terms(language).singly)


def _several(name: str, known: frozenset[str]) -> bool | None:
    found = [word for word in name.lower().split() if word in known]
    return found[-1].endswith("s") if found else None


@cache
def families(language: str = "en") -> tuple[str, ...]:
    """Return all that kinds of event are compared as."""
    known = {FAMILIES.get(each.kind, each.kind) for entries in kinds(language).nouns.values() for each in entries}
    return tuple(sorted(known | {"other", "referendum"}))


class Names(NamedTuple):
    """The names of one reading, ready to be compared."""

    entities: Mapping[str, Entity]
    aliases: Mapping[str, str]
    """Keys of other names and adjectives of the places of the text, with that of the first name."""
    lands: frozenset[str]
    """Keys of the states, and of the places of the text that somebody may hold an office of."""
    leaders: Mapping[str, frozenset[str]]
    """For the key of a land those of the persons whom the text names as its leaders."""
    held: Sequence[tuple[str, frozenset[str]]]
    """Each office of a person with the person's first name, as it stands in text, and the keys of its states."""
    language: str
    whole: Sequence[frozenset[str]] = ()
    """The keys of each name of several words."""
    places: Sequence[Span] = ()
    """Where the text names places."""

    def with_leader(self, side: frozenset[str]) -> frozenset[str]:
        """Return the keys of a side; for a land alone, also those of who leads it."""
        return side | self.leaders.get(min(side), frozenset()) if len(side) == 1 else side

    def keys(self, words: str) -> frozenset[str]:
        """Return the keys of the names in some words, as this text's places are called."""
        return frozenset(self.aliases.get(key, key) for key in keys(words, self.language))

    def around(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the keys of the names in some stretches of text.

        A state that stands there only in somebody's office ("the Lunorian envoy Ida Ruhl says of the vote in Karsenia")
        is left out where there is another.
        """
        stretches = list(texts)
        found = frozenset(key for text in stretches for key in self.keys(text))
        held = {key for words, offices in self.held for key in offices if any(words in text for text in stretches)}
        return found - held if (found & states(self.language)) - held else found

    def in_full(self, among: Set[str]) -> tuple[frozenset[str], ...]:
        """Return the keys, of some, of each who is named by several: "Ana Dalgard", "the Harbour Union"."""
        found = {among & each for each in self.whole}
        return tuple(sorted((frozenset(each) for each in found if len(each) > 1), key=sorted))

    def sides(self, claim: Claim) -> tuple[str, tuple[frozenset[str], ...]]:
        """Return who takes part by a claim, in full, and the keys of each side that this names.

        "The leaders of Velmark and Karsenia" are two sides; a person is one, with the lands whose offices he holds.
        """
        entity = self.entities.get(claim.entity or "")
        if entity is not None and entity.type == "person":
            own = plain(entity.name.split()[-1])
            held = {key for role in entity.roles for key in self.keys(role.title)} & self.lands
            held |= {land for land, leaders in self.leaders.items() if own in leaders}
            return entity.name, (frozenset({own} | held),)
        found = self.keys(claim.value or "")
        lands = sorted(found & self.lands)
        if lands:
            return claim.value or "", tuple(frozenset({land}) for land in lands)
        return claim.value or "", (frozenset(found),) if found else ()


def names_of(reading: Reading, language: str = "en") -> Names:
    """Return the names of a reading."""
    aliases: dict[str, str] = {}
    lands = set(states(language))
    for entity in reading.entities:
        if entity.type == "place" and len(first := keys(entity.name, language)) == 1:
            lands |= first
            for other in entity.aliases:
                if len(called := keys(other, language)) == 1 and called != first:
                    aliases[min(called)] = min(first)
    leaders = _leaders(reading, frozenset(lands), language)
    entities = {entity.id: entity for entity in reading.entities}
    names = Names(entities, aliases, frozenset(lands), leaders, (), language)
    held = [
        (f"{role.title} {entity.name.split()[0]}", offices)
        for entity in reading.entities
        if entity.type == "person"
        for role in entity.roles
        if (offices := names.keys(role.title) & states(language))
    ]
    places = [mention.span for each in reading.entities if each.type == "place" for mention in each.mentions]
    whole = {names.keys(name) for each in reading.entities for name in (each.name, *each.aliases) if " " in name}
    return names._replace(held=held, whole=[each for each in whole if len(each) > 1], places=places)


def _leaders(reading: Reading, lands: frozenset[str], language: str) -> dict[str, frozenset[str]]:
    """The persons whom a text names as leaders of lands: "Velmark's President Ana Dalgard", "Dalgard of Velmark"."""
    known = leader_words(language)
    found: dict[str, set[str]] = {}
    for entity in reading.entities:
        if entity.type != "person":
            continue
        own = entity.name.split()[-1]
        for role in entity.roles:
            words = set(role.title.lower().split())
            if not words & known.offices or words & known.others:
                continue
            after = _lands_behind(own, reading.document.text)
            for name in (role.title, *after):
                for land in keys(name, language) & lands:
                    found.setdefault(land, set()).add(plain(own))
    return {land: frozenset(persons) for land, persons in found.items()}


def _lands_behind(name: str, text: str) -> list[str]:
    """The names that stand behind a name and "of"; most names stand so nowhere, and need no pattern of their own."""
    if f"{name} of " not in text:
        return []
    return re.findall(rf"\b{re.escape(name)} of ((?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*)*)", text)


def caller(reading: Reading) -> Callable[[Speaker | Via], str]:
    """Return what tells how a reading calls who speaks or passes words on: the name, else its words, else nothing."""
    names = {entity.id: entity.name for entity in reading.entities}
    text = reading.document.text

    def called(each: Speaker | Via) -> str:
        return names.get(each.entity or "") or " ".join(text[start:stop] for start, stop in each.span)

    return called


@cache
def states(language: str = "en") -> frozenset[str]:
    """Return the keys of all states: what has an adjective of its own, as a union of states has not."""
    return frozenset(plain(name) for name, form in lexicon(language).polities.values() if form == "adjective")


@cache
def _polities(language: str) -> dict[str, str]:
    """The key of each state by any of its names but that of its seat, and of each part of the world by its."""
    found = {words: plain(name) for words, (name, form) in lexicon(language).polities.items() if form != "seat"}
    return found | terms(language).regions


@cache
def _longest(language: str) -> dict[str, int]:
    """How many words the longest name of a state has, four at most, by the word that it begins with."""
    longest: dict[str, int] = {}
    for name in _polities(language):
        first, *rest = name.split(" ")
        longest[first] = max(longest.get(first, 1), min(4, 1 + len(rest)))
    return longest


@lru_cache(REMEMBERED)
def plain(word: str) -> str:
    """Return a word as keys have it: small letters, no accents, no genitive."""
    word = _bare(word).strip(".")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _bare(words: str) -> str:
    return words.lower().removesuffix("'s").removesuffix("’s")


@lru_cache(REMEMBERED)
def keys(name: str, language: str = "en") -> frozenset[str]:
    """Return the keys of the proper names in some words: states by their first name, else each capitalised word."""
    found: set[str] = set()
    polities, longest, both = _polities(language), _longest(language), terms(language).both
    words = _WORD.findall(name)
    behind = 0
    for at in [n for n, word in enumerate(words) if not (word.islower() and word.isalpha()) or word in both]:
        if at < behind:
            continue
        word = words[at]
        most = min(longest.get(word.lower(), 1), len(words) - at) if word[0].isupper() else 0
        for length in range(most, 0, -1):
            if state := polities.get(_bare(" ".join(words[at : at + length]))):
                found.add(state)
                behind = at + length
                break
        else:
            found |= _in_word(word, language)
    return frozenset(key for key in found if _tells(key, language))


@lru_cache(REMEMBERED)
def _in_word(word: str, language: str) -> frozenset[str]:
    """The keys of the names in a word that neither is a state's name nor begins one."""
    if both := terms(language).both.get(word.lower()):
        return both
    numbered = any(c.isdigit() for c in word)
    parts = [word] if numbered else re.split(r"[-–]", word)
    return frozenset(
        _polities(language).get(part.lower()) or plain(part) for part in parts if part[:1].isupper() or numbered
    )


@lru_cache(REMEMBERED)
def _tells(key: str, language: str) -> bool:
    """Whether a key tells names apart: a word of kind, a year and a number do not."""
    return (
        key not in terms(language).common
        and key not in kinds(language).types
        and key.removesuffix("s") not in kinds(language).nouns
        and (
            not key.endswith("es") or key.removesuffix("es") not in kinds(language).nouns
        )  # "caucuses", not "congress"
        and not YEAR.match(key)
        and not key.isdigit()
        and len(key) > 1
    )

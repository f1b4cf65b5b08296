"""The language's word lists about people, offices and states, read once and laid out for lookups.

Promise: everything here is knowledge out of the tables in `language/<language>/`. The odd case: countries that no table
has must still join their adjective, so their names are cut to a stem by a list of endings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from onrecord.tables import table

Form = Literal["name", "adjective", "seat"]
"""What a word for a state is: its name, its adjective, or its capital or the seat of its government."""


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language; all keys are lower case."""

    genders: dict[str, str]
    """Given name to ``f``, ``m`` or ``""`` (either)."""
    short: dict[str, frozenset[str]]
    particles: frozenset[str]
    """Small words inside surnames: ``van``, ``de``, ``bin``."""
    name_suffixes: frozenset[str]
    role_class: dict[str, str]
    """Role noun, singular or plural, to its class."""
    plural_roles: frozenset[str]
    singular: dict[str, str]
    """Plural role noun to its singular."""
    compounds: dict[tuple[str, ...], str]
    """Role phrases of more than one word, and their class."""
    longest: int
    """Words of the longest of them."""
    links: dict[str, frozenset[str]]
    """Preposition to the role classes whose institution it may lead in."""
    role_words: dict[str, frozenset[str]]
    """Small words about role phrases, by the names of ``[words]`` in ``roles.toml``."""
    doubtful_roles: frozenset[str]
    """Role nouns that are also common things: roles only with a capital or beside an institution."""
    broader: dict[str, frozenset[str]]
    role_gender: dict[str, str]
    titles: dict[str, str]
    modifiers: frozenset[str]
    starters: frozenset[str]
    """Words with which a title begins ("former")."""
    polities: dict[str, tuple[str, Form]]
    """Name, adjective, capital or seat to the state's name and which of them it is."""
    state_endings: tuple[str, ...]
    """Endings by which names and adjectives of states are made from one stem, longest first."""
    houses: frozenset[str]
    """Seats of a government that are no towns."""
    government: frozenset[str]
    org_heads: frozenset[str]
    facility_heads: frozenset[str]
    facility_surnames: frozenset[str]
    """Those of them that are surnames too."""
    outlets: frozenset[str]
    """Last words of newspapers' names."""
    place_heads: frozenset[str]
    place_endings: tuple[str, ...]
    """Endings of states' names."""
    calendar: frozenset[str]
    """Months, weekdays, seasons and feasts, which are written as names are."""
    inside: frozenset[str]
    """Prepositions of place."""
    figurative: frozenset[str]
    """Verbs behind which such a preposition leads to no place."""
    never: frozenset[str]
    place_behind: frozenset[str]
    place_before: frozenset[str]
    ruled: frozenset[str]
    agencies: frozenset[str]
    skip: frozenset[str]
    third: dict[str, str]
    undecided: frozenset[str]
    reporting: frozenset[str]
    nobody: frozenset[str]
    """Words of a transcript's labels that name nobody in particular."""

    def gender_of_given(self, name: str) -> str | None:
        """``f``, ``m``, ``""`` for a given name that goes with both, None for a word that is no known given name."""
        word = name.lower()
        found = self.genders.get(word)
        if found is None and "-" in word:
            found = self.genders.get(word.split("-")[0])
        return found

    def same_given(self, one: str, other: str) -> bool:
        """Whether two given names can be one person's: equal, an initial, or a short form."""
        a, b = one.lower().rstrip("."), other.lower().rstrip(".")
        if a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]):
            return True
        return b in self.short.get(a, ()) or a in self.short.get(b, ())

    def compound_of(self, words: tuple[str, ...]) -> str | None:
        """The class of the longest listed phrase of more than one word among a role phrase's lower-case words."""
        for n in range(min(self.longest, len(words)), 1, -1):
            for i in range(len(words) - n + 1):
                if words[i : i + n] in self.compounds:
                    return self.compounds[words[i : i + n]]
        return None

    def class_of(self, words: tuple[str, ...]) -> str | None:
        """The role class of a role phrase's lower-case words: of its longest listed phrase, else of its last noun."""
        nouns = (self.role_class[word] for word in reversed(words) if word in self.role_class)
        return self.compound_of(words) or next(nouns, None)

    def stem(self, name: str) -> str:
        """The common stem of a country's name and its adjective: ``Karsenia`` and ``Karsenian`` give ``karsen``."""
        word = name.lower()
        for ending in self.state_endings:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                return word[: -len(ending)]
        return word


def _plural(noun: str, rules: Sequence[tuple[str, str]]) -> str:
    """The regular plural of a noun: each rule is a pattern and what stands for it, and the first that fits is taken."""
    for pattern, instead in rules:
        if re.search(pattern, noun):
            return re.sub(pattern, instead, noun, count=1)
    return noun


def _polities(states: Sequence[tuple[str, str, str, str]]) -> dict[str, tuple[str, Form]]:
    """Every form of a state's name with its first name and what form it is: of two states' forms the later stands."""
    polities: dict[str, tuple[str, Form]] = {}
    for name, others, adjectives, seats in states:
        forms: tuple[tuple[Form, str], ...] = (("seat", seats), ("adjective", adjectives), ("name", f"{others};{name}"))
        for form, names in forms:
            for each in names.split(";"):
                if each.strip():
                    polities[each.strip().lower()] = (name, form)
    return polities


@cache
def lexicon(language: str) -> Lexicon:
    """Read the tables of ``language``. Raises FileNotFoundError where it has none."""
    names = table("language", language, "given_names")
    roles = table("language", language, "roles")
    organizations = table("language", language, "organizations")
    states = table("language", language, "polities")
    pronouns = table("language", language, "pronouns")
    times = table("language", language, "times")
    genders = dict.fromkeys(names["either"].split(), "")
    genders |= dict.fromkeys(names["female"].split(), "f") | dict.fromkeys(names["male"].split(), "m")
    classes = {noun: kind for kind, nouns in roles["nouns"].items() for noun in nouns.split()}
    plural = partial(_plural, rules=roles["plural"]["rules"])
    plurals = {plural(noun): kind for noun, kind in classes.items()}
    compounds = {tuple(phrase.split()): kind for kind, phrases in roles["compounds"].items() for phrase in phrases}
    compounds |= {(*words[:-1], plural(words[-1])): kind for words, kind in compounds.items()}
    role_gender = {noun: gender for gender, nouns in roles["gender"].items() for noun in nouns.split()}
    return Lexicon(
        genders=genders,
        short={word: frozenset(longer.split()) for word, longer in names["short"].items()},
        particles=frozenset(names["parts"]["particles"].split()),
        name_suffixes=frozenset(names["parts"]["suffixes"].split()),
        role_class=plurals | classes,
        plural_roles=frozenset(plurals) - frozenset(classes),
        singular={plural(noun): noun for noun in classes},
        compounds=compounds,
        longest=max(map(len, compounds)),
        links={
            link: frozenset(classes.values()) | set(roles["compounds"]) if of == "*" else frozenset(of.split())
            for link, of in roles["links"].items()
        },
        role_words={name: frozenset(words.split()) for name, words in roles["words"].items()},
        doubtful_roles=frozenset(roles["doubtful"]["words"].split()),
        broader={kind: frozenset(wider.split()) for kind, wider in roles["broader"].items()},
        role_gender=role_gender | {plural(noun): gender for noun, gender in role_gender.items()},
        titles=dict(roles["titles"]),
        starters=frozenset(roles["modifiers"]["starters"].split()),
        modifiers=frozenset(roles["modifiers"]["words"].split()),
        polities=_polities(states["states"]),
        state_endings=tuple(states["endings"].split()),
        houses=frozenset(states["houses"].split()),
        government=frozenset(states["government"].split()),
        org_heads=frozenset(organizations["heads"].split()),
        facility_heads=frozenset(organizations["facilities"].split()),
        facility_surnames=frozenset(organizations["surnames"].split()),
        outlets=frozenset(organizations["outlets"].split()),
        place_heads=frozenset(organizations["places"].split()),
        place_endings=tuple(organizations["endings"].split()),
        calendar=frozenset().union(
            times["months"], times["weekdays"], times["seasons"], times["words"]["feasts"].split()
        ),
        inside=frozenset(states["inside"].split()),
        figurative=frozenset(states["figurative"].split()),
        never=frozenset(organizations["never"].split()),
        place_behind=frozenset(states["behind"].split()),
        ruled=frozenset(states["ruled"].split()),
        place_before=frozenset(states["before"].split()),
        agencies=frozenset(organizations["agencies"].split()),
        skip=frozenset(organizations["acronym_skip"].split()),
        third=dict(pronouns["third"]),
        undecided=frozenset(pronouns["undecided"]["words"].split()),
        nobody=frozenset(table("language", language, "transcripts")["nobody"].split()),
        reporting=frozenset(table("language", language, "sentences")["reporting"].split()),
    )

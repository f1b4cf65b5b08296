"""How people, bodies and places are called: the parts by which a name is compared, and the block that it lies in.

Promise: a name lies in one block, and only names of one block are ever compared, so that a new document asks for the
blocks of its own names and for nothing else. The odd case that forced its shape: a body is known by its letters, by its
words in two orders ("Department of Justice", "Justice Department") and by neither, so that the block of a long name is
made of its initials.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.language.figures import person_words
from onrecord.language.lexicon import lexicon
from onrecord.ledger.naming import REMEMBERED, plain
from onrecord.tables import table

LETTERS = 6
"""Most letters of a name that stands for the initials of another one."""

LONG = 3
"""Words from which on a body may be known by its initials."""

_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}\Z|[A-Z]{2}\Z")
_SUFFIX = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}


class Habits(NamedTuple):
    """What a language's table `ledger/<language>/called.toml` tells of names; it says what each is for."""

    common: frozenset[str]
    first: frozenset[str]
    maybe_first: frozenset[str]
    loose: frozenset[str]
    single: frozenset[str]
    past: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    kinds: frozenset[str]
    lesser: frozenset[str]
    empty: frozenset[str]
    every: frozenset[str]
    spelt: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    bodies: dict[str, str]


@cache
def habits(language: str = "en") -> Habits:
    """Return how names are used in a language. Raises FileNotFoundError where it has no table."""
    raw = table("ledger", language, "called")
    words = {name: frozenset(raw[name].split()) for name in Habits._fields if isinstance(raw[name], str)}
    return Habits(
        **words,
        spelt={other: name for name, others in raw["spelt"].items() for other in others.split()},
        endings=tuple((other, end) for end, others in raw["endings"].items() for other in others.split()),
        bodies={
            folded(each): name for name, others in raw["bodies"].items() for each in (name, *others.split(";"))
        },
    )  # fmt: skip


@lru_cache(REMEMBERED)
def folded(words: str) -> str:
    """Return words as they are compared: small letters, no accents, no dots, no genitive, one blank between two."""
    return " ".join(plain(word).translate(_FOLDED).replace(".", "") for word in words.split())


class Called(NamedTuple):
    """A person's name in parts, as `folded`. ``given`` is empty where a surname stands alone."""

    surname: str
    given: str = ""
    middle: tuple[str, ...] = ()
    suffix: str = ""


@lru_cache(REMEMBERED)
def called(name: str, language: str = "en") -> Called:
    """Return the parts of a person's name: "Xi Jinping" is a Xi, "Bashar al-Assad" an Assad."""
    known, words = lexicon(language), habits(language)
    suffix = next((s for word in name.split() if (s := _SUFFIX.get(word.strip(",.").lower()))), "")
    parts = [folded(word).strip("-–—") for word in person_words(name, known)]
    parts = [part for part in parts if part] or [folded(name)]
    while len(parts) > 1 and (
        parts[0] in words.particles or parts[0] in known.titles or known.role_class.get(parts[0]) in words.titles
    ):
        parts = parts[1:]
    if len(parts) == 1:
        return Called(surname(parts[0], language), suffix=suffix)
    if _surname_first(parts, words):
        return Called(surname(parts[0], language), "".join(parts[1:]).replace("-", ""), (), suffix)
    middle = tuple(part for part in parts[1:-1] if part not in known.particles)
    given = parts[0]
    if _INITIALS.match(name.split()[0]) and given == folded(name.split()[0]):
        given, middle = given[0], (*given[1:], *middle)
    return Called(surname(parts[-1], language), given, middle, suffix)


def _surname_first(parts: list[str], words: Habits) -> bool:
    if len(parts) > LONG or any(len(part) < len("Yi") for part in parts):
        return False
    short = len(parts) == LONG and all(len(part) < len("jinping") for part in parts[1:])
    return parts[0] in words.first or (parts[0] in words.maybe_first and ("-" in parts[1] or short))


def surname(word: str, language: str = "en") -> str:
    """Return a folded surname as all who spell it another way are compared: "al-Qaddafi" gives ``gaddafi``."""
    words = habits(language)
    first, dash, rest = word.partition("-")
    word = (rest if dash and first in words.loose else word).replace("’", "").replace("'", "")
    word = words.spelt.get(word, word)
    for ending, same in words.endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + same
    return word


def alike(one: Called, other: Called, language: str = "en") -> str | None:
    """Return how two names of one surname are alike; None where they are those of two people.

    ``name``: the given names are the same; ``short``: one is short for the other; ``middle``: one is a middle name of
    the other; ``initial``; ``bare``: one of them has none. "C. Rick Brandt" is called Rick, and is no Carmel Brandt.
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if not one.given or not other.given:
        return "bare"
    if any(a[0] != b[0] for a, b in zip(one.middle, other.middle, strict=False)):
        return None
    a, b = one.given.replace("-", ""), other.given.replace("-", "")
    if a == b:
        return "name" if len(a) > 1 else "initial"
    if one.given in other.middle or other.given in one.middle:
        return "middle"
    if not lexicon(language).same_given(one.given, other.given):
        return None
    if min(len(a), len(b)) > 1:
        return "short"
    initial = one if len(a) == 1 else other
    return None if any(len(part) > 1 for part in initial.middle) else "initial"


class Body(NamedTuple):
    """A body's name as it is compared: its words that tell it from others, or the letters that it is."""

    block: str
    words: frozenset[str]
    letters: str = ""
    """The initials of its words, in their order; for a name of letters, these."""
    every: bool = False
    """Whether every land has one that is called so."""
    land: str = ""
    """For a body that every land has: the land that its name gives."""


LETTERED = "letters "
"""How the block of bodies begins that may be known by their initials."""

EVERY = "every "
"""How the block of bodies begins that every land has and whose names are too short to be known by initials."""


@lru_cache(REMEMBERED)
def body(name: str, language: str = "en") -> Body:
    """Return how the name of a body or place is compared: "Russian Foreign Ministry" is Russia's foreign ministry."""
    words = habits(language)
    name = name.partition(" (")[0]
    low, known = _known(folded(name).removeprefix("the "), words, language)
    land = land_of(low, language)
    if land:
        return Body(f"land {land}", frozenset({land}))
    letters = name.replace(".", "")
    if not known and letters.isupper() and letters.isalpha() and 1 < len(letters) <= LETTERS:
        return Body(LETTERED + "".join(sorted(letters.lower())), frozenset(), letters.lower())
    told, lands = _worded(low, words, language)
    every = bool(told) and (bool(lands) or not known) and all(word in words.every for word in told)
    if every and len(told) < LONG:
        return Body(EVERY + " ".join(sorted(told)), frozenset(told), every=True, land=" ".join(lands))
    if not every:
        told += lands
    if not told:
        return Body(f"body {low}", frozenset({low}))
    initials = "".join(word[0] for word in told)
    block = f"body {' '.join(sorted(told))}"
    if not known and len(told) >= LONG and len(initials) <= LETTERS:
        block = LETTERED + "".join(sorted(initials))
    return Body(block, frozenset(told), initials, every, " ".join(lands) if every else "")


def _known(low: str, words: Habits, language: str) -> tuple[str, bool]:
    """The first name of a body that goes by several, with or without its land, and whether it is such a one."""
    if low in words.bodies:
        return words.bodies[low], True
    for length in (1, 2, 3):
        parts = low.split()
        rest = " ".join(parts[length:])
        if rest in words.bodies and land_of(" ".join(parts[:length]), language):
            return words.bodies[rest], True
    return low, False


def _worded(low: str, words: Habits, language: str) -> tuple[list[str], list[str]]:
    """The words of a body's name that tell it from others, and the states in it, each by its first name."""
    told: list[str] = []
    lands: list[str] = []
    parts = [part.strip("’'\",()") for part in low.split()]
    at = 0
    while at < len(parts):
        for length in (3, 2, 1):
            land = land_of(" ".join(parts[at : at + length]), language)
            if land and at + length <= len(parts):
                lands.append(land)
                at += length
                break
        else:
            if parts[at] and parts[at] not in words.empty:
                told.append(parts[at])
            at += 1
    return told, lands


def land_of(low: str, language: str = "en") -> str | None:
    """Return the state, folded, that folded words name by name or adjective; None for a seat and for what is none."""
    return _states(language, seats=False).get(low)


def seat_of(low: str, language: str = "en") -> str | None:
    """Return the state, folded, whose seat of government some folded words name."""
    return _states(language, seats=True).get(low)


@cache
def _states(language: str, seats: bool) -> dict[str, str]:
    forms = lexicon(language).polities.items()
    return {folded(form): folded(name) for form, (name, kind) in forms if (kind == "seat") == seats}

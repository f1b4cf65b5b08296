"""Whether a change of somebody's words touches their sense, or their form alone.

Promise: a change is of form only where a table or the letters say so (a contraction written out, a title written short,
another spelling, another case, a word such as "well" or "that"); all else may touch the sense, and the reason is named.
The odd case that forced the shape: "can't" for "can" is a contraction too, so words are compared written out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, islice, product
from typing import Literal, NamedTuple

from onrecord.tables import table

Weight = Literal["none", "form", "sense"]

ADDED_WORDS = 3
"""This many words of content put into somebody's mouth are a thought of their own."""

WRITTEN_OTHERWISE = frozenset({"contraction", "short", "variant", "spelling", "case"})
"""Why words that differ are the same words all the same."""

_STEM = 4
"""Letters at least that two forms of one word begin with."""

_GROUPED = re.compile(r"\d,\d{3}(?!\d)")
_CLASSES = ("negation", "number", "date", "modal", "order", "quantifier")
_LIMIT = 64
"""Readings of a stretch of contractions that are looked through."""


class _Changes(NamedTuple):
    classes: dict[str, frozenset[str]]
    function: frozenset[str]
    tense: frozenset[frozenset[str]]
    contractions: dict[str, str]
    endings: dict[str, list[str]]
    short: dict[str, str]
    variants: dict[str, str]
    spelling: dict[str, str]
    otherwise: frozenset[str]
    """Words of letters alone that are written out or spelled in other ways."""
    ends: tuple[str, ...]
    """With what words end that may be so too."""


class Weighed(NamedTuple):
    """What a change does: its weight, and what says so, by the names of the classes in ``changes.toml``."""

    weight: Weight
    why: str


@cache
def _changes(language: str) -> _Changes:
    told = table("check", language, "changes")
    return _Changes(
        {name: frozenset(told[name].split()) for name in _CLASSES},
        frozenset(told["function"].split()),
        frozenset(map(frozenset, told["tense"])),
        told["contractions"],
        told["endings"],
        told["short"],
        told["variants"],
        told["spelling"],
        frozenset((*told["contractions"], *told["variants"], *told["short"])),
        (*told["endings"], *told["spelling"]),
    )


def weigh(quote: Sequence[str], record: Sequence[str], glossed: bool = False, language: str = "en") -> Weighed:
    """Return the weight of ``quote`` standing where the record has ``record``: words as shown, either may be empty.

    ``glossed``: the words of the quote stand in round brackets.
    """
    told = _changes(language)
    ours, theirs = [word.casefold() for word in quote], [word.casefold() for word in record]
    if ours == theirs:
        return Weighed("form", "case")
    if quote and record:
        if len(ours) == len(theirs) == 1 and _pointed(*quote, *record):
            return Weighed("sense", "name")
        if _written_out(ours, language) & _written_out(theirs, language):
            return Weighed("form", _shortened((*ours, *theirs), told))
        if _letters(ours) == _letters(theirs):
            return Weighed("form", "spelling")
    if glossed and not record and _content(_first(ours, language), told):
        return Weighed("sense", "gloss")
    here, there = _first(ours, language), _first(theirs, language)
    only_here, only_there = Counter(here) - Counter(there), Counter(there) - Counter(here)
    differing = (*only_here, *only_there)
    for name in _CLASSES:
        if not told.classes[name].isdisjoint(differing) or (name == "number" and any(map(_is_number, differing))):
            return Weighed("sense", name)
    for one, other in product(only_here, only_there):
        if frozenset((one, other)) in told.tense:
            return Weighed("sense", "tense")
    if _names(quote, only_here, told) or _names(record, only_there, told):
        return Weighed("sense", "name")
    new, gone = _content(only_here, told), _content(only_there, told)
    if new and gone:
        if all(any(_one_stem(a, b) for b in gone) for a in new):
            return Weighed("form", "inflection")
        return Weighed("sense", "word")
    if len(new) >= ADDED_WORDS:
        return Weighed("sense", "added")
    return Weighed("form", "word" if new or gone else "function")


def turns_round(words: Iterable[str], language: str = "en") -> bool:
    """Whether words negate what is said: what is left out with them is its opposite."""
    told = _changes(language)
    return any(word in told.classes["negation"] for word in _first([each.casefold() for each in words], language))


def classed(word: str, language: str = "en") -> tuple[str, str] | None:
    """Return the class of a word that may touch the sense, and the word in the one way in which it is written there.

    Of a contraction the part that has one counts: "won't" is ``("negation", "not")``.
    """
    told = _changes(language)
    for part in sorted(_first([word.casefold()], language), key=lambda each: not _is(each, "negation", told)):
        for name in _CLASSES:
            if _is(part, name, told):
                return name, _letters([part])
    return None


def content(words: Iterable[str], language: str = "en") -> list[str]:
    """Return those of some words, each as it is compared, that are not words of form ("the", "well")."""
    return _content(words, _changes(language))


@lru_cache(16384)
def pairs_of(word: str, language: str = "en") -> tuple[tuple[str, ...], ...]:
    """Return the two words that a word, as it is compared, can be short for, where it is."""
    return tuple(reading for reading in written_out(word, language) if len(reading) == 2)


@lru_cache(16384)
def written(word: str, language: str = "en") -> str:
    """Return a word as all its spellings and short forms are written: "neighbours" and "neighbors" are one."""
    return " ".join(written_out(word, language)[0])


@lru_cache(16384)
def may_differ(word: str, language: str = "en") -> bool:
    """Return whether a word may stand in other letters elsewhere: short, as two words, or spelled otherwise."""
    ends = _changes(language).spelling.values()
    return written(word, language) != word or any(word.endswith(end) and len(word) > len(end) + 2 for end in ends)


def is_meant(word: str, language: str = "en") -> bool:
    """Return whether something shorter or another spelling may stand for a word elsewhere: "not", "mister"."""
    return word in _meant(language)


@cache
def _meant(language: str) -> frozenset[str]:
    told = _changes(language)
    whole = (*told.contractions.values(), *told.variants.values(), *told.short.values(), *chain(*told.endings.values()))
    return frozenset(word for words in whole for each in words.split() for word in (each, _spelled(each, told)))


def _shortened(words: Iterable[str], told: _Changes) -> str:
    """What tells apart words that are the same when written out."""
    if any("'" in word or word in told.contractions for word in words):
        return "contraction"
    if any(word in told.variants for word in words):
        return "variant"
    return "short" if any(word.rstrip(".") in told.short for word in words) else "spelling"


def _written_out(words: Sequence[str], language: str) -> set[str]:
    """All that a stretch of words can be short for, spelled in one way, without blanks: "per cent" is "percent"."""
    ways = [written_out(word, language) for word in words]
    if all(len(way) == 1 for way in ways):
        return {"".join(chain.from_iterable(way[0] for way in ways))}
    return {"".join(chain.from_iterable(way)) for way in islice(product(*ways), _LIMIT)}


def _first(words: Sequence[str], language: str) -> list[str]:
    """A stretch of words written out as it is most often meant."""
    return [part for word in words for part in written_out(word, language)[0]]


def written_out(word: str, language: str = "en") -> list[tuple[str, ...]]:
    """Return what a word, as it is compared, can be short for, likeliest first, each spelled in one way."""
    told = _changes(language)
    if word.isalpha() and word not in told.otherwise and not word.endswith(told.ends):
        return [(word,)]
    return _written_otherwise(word, language)


@lru_cache(2048)
def _written_otherwise(word: str, language: str) -> list[tuple[str, ...]]:
    """The same of words that may be short or spelled otherwise; of all others there are as many as there are names."""
    told = _changes(language)
    found = [word]
    if word in told.contractions or word in told.variants:
        found = [told.contractions.get(word) or told.variants[word]]
    else:
        for ending, meant in told.endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                found = [f"{word.removesuffix(ending)} {each}" for each in meant]
                found += [word] if ending == "'s" else []
                break
    return [tuple(_spelled(part, told) for part in each.split()) for each in found]


def _spelled(word: str, told: _Changes) -> str:
    word = word.rstrip(".")
    word = told.short.get(word, word)
    for british, american in told.spelling.items():
        if word.endswith(british) and len(word) > len(british) + 2:
            return word.removesuffix(british) + american
    return word


def _pointed(one: str, other: str) -> bool:
    """Whether one word is an abbreviation with points and the other its letters as a word: "U.S.", "us"."""
    return _letters([one.casefold()]) == _letters([other.casefold()]) and one.islower() != other.islower() and (
        "." in one.rstrip(".") or "." in other.rstrip(".")
    )  # fmt: skip


def _letters(words: Sequence[str]) -> str:
    """The letters of some words; numbers keep their points and signs, without which they are others."""
    kept = (
        word if word.isalpha() or any(c.isdigit() for c in word) else "".join(filter(str.isalnum, word))
        for word in words
    )  # fmt: skip
    return "".join(word.replace(",", "") if _GROUPED.search(word) else word for word in kept)


def _is(word: str, name: str, told: _Changes) -> bool:
    return word in told.classes[name] or (name == "number" and _is_number(word))


def _is_number(word: str) -> bool:
    return not word.isalpha() and word[-1:] != "'" and any(c.isdigit() for c in word)


def _names(shown: Sequence[str], changed: Counter[str], told: _Changes) -> bool:
    """Whether any of the words that differ is written as names are; the first may be so for its sentence's sake."""
    return any(
        word[:1].isupper() and word.casefold() in changed and word.casefold() not in told.function
        for word in shown[len(shown) > 1 :]
    )


def _content(words: Iterable[str], told: _Changes) -> list[str]:
    return [word for word in words if word not in told.function and (word.isalpha() or re.search(r"\w", word))]


def _one_stem(one: str, other: str) -> bool:
    """Whether two words are forms of one: they begin alike, by most of the shorter."""
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return common >= _STEM and common >= min(len(one), len(other)) - 2

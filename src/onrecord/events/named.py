"""Events that are called by a name without a noun of kind: "the 2031 Copa América", "the Harl Open", "the G20 in Selm".

Promise: a name of the table, or a capitalised name that begins or ends with a word of it, and nothing that a noun
already names. The odd case that forced its shape: "Open" ends the name of a tournament and begins that of a university,
so an ending counts only where the name stops there and has a word before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from onrecord.events.ground import Ground
from onrecord.events.kinds import Entry
from onrecord.events.mentions import EventMention, by_noun
from onrecord.language.annotated import Token
from onrecord.nouns import EventKind
from onrecord.tables import table

NUMBER = "#"
"""How the table writes a number in a name: "euro #"."""

LONGEST = 7
"""Words of a name by its ending that are looked at: "the 2031 Southern Rim Amateur Rowing Championships"."""


class NamedWords(NamedTuple):
    """The table, ready for look-up."""

    names: dict[str, list[tuple[tuple[str, ...], Entry]]]
    """By the first word, the words of each name, longest first."""
    beginnings: dict[str, Entry]
    """First words of names: "Exercise Bold Lynx"."""
    endings: dict[str, Entry]
    groups: re.Pattern[str]
    group: Entry
    before_place: frozenset[str]


@cache
def named_words(language: str) -> NamedWords:
    """Return the names of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "named")
    names: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for row in raw["name"]:
        for name in sorted(row["names"], key=len, reverse=True):
            words = tuple(name.split())
            names.setdefault(words[0], []).append((words, _entry(row["kind"], row["group"])))
    endings = {word: _entry(row["kind"], row["group"]) for row in raw["ending"] for word in row["words"]}
    beginnings = {word: _entry(row["kind"], row["group"]) for row in raw["beginning"] for word in row["words"]}
    groups = raw["groups"]
    return NamedWords(
        names, beginnings, endings, re.compile(groups["pattern"]), _entry(groups["kind"], groups["group"]),
        frozenset(groups["before_place"]),
    )  # fmt: skip


def _entry(kind: EventKind, group: str) -> Entry:
    return Entry(kind, "CONSULT" if group == "meeting" else "", group, False, True, False, "", "")


def with_names(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with the events that are only called by a name, in text order."""
    a = ground.annotated
    known = named_words(a.language)
    # "Exercise Bold Lynx": at the head of a sentence the parser takes the first word for a plain noun
    mentions = [each for each in mentions if each.verbal or not _beginning(a.tokens, each.first, known)]
    taken = {i for each in mentions for i in range(each.first, each.last)}
    found = list(mentions)
    ends: set[str] = set()
    for token in a.tokens:
        if not token.text[:1].isupper() or token.i in taken:
            continue
        named = (
            _named(a.tokens, token.i, known)
            or _beginning(a.tokens, token.i, known)
            or _ending(a.tokens, token.i, known)
            or _again(a.tokens, token.i, ends, known)
        )
        entry, first, last = named or (None, 0, 0)
        if entry is None or any(i in taken for i in range(first, last)) or _goes_on(a.tokens, last):
            continue
        taken.update(range(first, last))
        ends.add(a.tokens[last - 1].lower)
        mention = by_noun(ground, _head(a.tokens, first, last), first, last, entry)
        found.append(replace(mention, proper=frozenset(t.lower for t in a.tokens[first:last] if not t.text.isdigit())))
    return sorted(found, key=lambda each: each.head)


def _named(tokens: tuple[Token, ...], i: int, known: NamedWords) -> tuple[Entry, int, int] | None:
    """The entry and the tokens of a name of the table that begins at token ``i``, with the year before it."""
    if known.groups.fullmatch(tokens[i].text) and i + 2 < len(tokens) and i and tokens[i - 1].pos == "DET":
        place = tokens[i + 2] if tokens[i + 1].lower in known.before_place else tokens[i]
        return (known.group, i, i + 1) if place.i != i and place.pos == "PROPN" else None
    for words, entry in known.names.get(_plain(tokens[i].text), ()):
        last = i + len(words)
        here = tokens[i:last]
        if len(here) == len(words) and all(_fits(token, word) for token, word in zip(here, words, strict=True)):
            year = i and tokens[i - 1].text.isdigit() and len(tokens[i - 1].text) == len("2031")
            return entry, i - bool(year), last
    return None


def _fits(token: Token, word: str) -> bool:
    return token.text.isdigit() if word == NUMBER else _plain(token.text) == word


def _plain(word: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _beginning(tokens: tuple[Token, ...], i: int, known: NamedWords) -> tuple[Entry, int, int] | None:
    """The entry and the tokens of a capitalised name that begins at token ``i`` with a word of the table."""
    entry = known.beginnings.get(tokens[i].lower)
    last = i + 1
    while last < len(tokens) and last - i < LONGEST and _names_on(tokens[last], tokens[i]):
        last += 1
    return (entry, i, last) if entry is not None and last > i + 1 and tokens[i].text[:1].isupper() else None


def _names_on(token: Token, first: Token) -> bool:
    """Whether a token goes on with a name: a capitalised word, or the number of an edition ("Steel Gannet 31")."""
    return token.sentence == first.sentence and (_capital(token) or (token.text.isdigit() and token.pos == "NUM"))


def _ending(tokens: tuple[Token, ...], i: int, known: NamedWords) -> tuple[Entry, int, int] | None:
    """The entry and the tokens of a capitalised name that ends at token ``i`` with a word of the table."""
    entry = known.endings.get(tokens[i].lower)
    first = i
    while (
        first
        and i - first < LONGEST
        and _capital(tokens[first - 1])
        and tokens[first - 1].sentence == tokens[i].sentence
    ):
        first -= 1
    named = any(tokens[j].text[:1].isupper() for j in range(first, i))
    return (entry, first, i + 1) if entry is not None and named else None


def _again(
    tokens: tuple[Token, ...], i: int, ends: set[str], known: NamedWords
) -> tuple[Entry, int, int] | None:  # fmt: skip
    """The entry and the token of a name told before, now by its last word: "the 2031 Selm Games … the Games"."""
    entry = known.endings.get(tokens[i].lower)
    again = entry is not None and i > 0 and tokens[i - 1].pos == "DET" and tokens[i].lower in ends
    return (entry, i, i + 1) if entry is not None and again else None


def _capital(token: Token) -> bool:
    return (token.text[:1].isupper() and token.pos in {"PROPN", "ADJ", "NOUN"}) or (
        token.text.isdigit() and len(token.text) == len("2031")
    )


def _goes_on(tokens: tuple[Token, ...], last: int) -> bool:
    """Whether a name goes on behind its words, so that it is of something else: "Open Society"."""
    return last < len(tokens) and tokens[last].text[:1].isupper() and tokens[last].pos == "PROPN"


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    """The token among those of a name that the rest of the sentence hangs on."""
    return next((i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i), last - 1)

"""What the words of a text around an event call it: its name in full, whose it is, where, and how many it is.

Promise: nothing here knows of other texts, or of the ledger. The odd case that forced its shape: a mention may be a
bare "bombings" at the head of a sentence, which has a capital letter without being a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import dropwhile, takewhile
from typing import NamedTuple

from onrecord.events.kinds import kinds
from onrecord.ledger.naming import acts_of, counted, family, terms
from onrecord.nouns import Event, Reading, Span

AROUND = 240
"""Code points on each side of an event's name, inside its paragraph, in which names are taken to go with it."""

SHOWN = 90
"""The same, of what people are shown."""

CEREMONY = "ceremony"
"""What is held for an act that has a name of its own."""

_BEGINS = re.compile(r"(?:[.!?:—_]|\n)[\s“\"(]*\Z")
"""What stands before the first word of a sentence."""

PURPOSE = 4
"""Words behind "for" among which stands what a journey is for."""

BEHIND = 8
"""Words behind an event's name in which its place may stand."""

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{3,50})[”\"] \Z")
"""A name in quotation marks right before the words that name an event: the "Open Doors" event."""

_APPOSED = re.compile(r", ((?:[A-Z][\w’'-]*)(?: (?:of|the|and|[A-Z0-9][\w’'-]*))*)(?=[,;)]|\.\s)")
"""A name between commas behind a mention."""

_ANOTHER = re.compile(r", (?:an?|the) |, [A-Z]")
"""Behind such a name: what it is in turn, or the next of a list."""

_PAUSE = re.compile(r"[,;:!?()—–\n]|\.(?=\s|\Z)")
_SENTENCE_ENDS = re.compile(r"[.;](?=\s+[A-Z])|\n")

_OF = re.compile(r" of ((?:[^\W_][\w’'.–-]* ?){1,8})(, [A-Z][\w-]*\d\b)?")
"""What may say whose an event is, with what it is also called by a number."""


def whole(text: str, span: Span, language: str) -> str:
    """Return the words of a mention with the capitalised words and the year before it: "the 2031 Velmark Games".

    So does a name in quotation marks before it. In a headline all words are capitalised, so that they begin behind the
    last that is none of a name.
    """
    start = span[0]
    before = text[max(0, start - 60) : start]
    if quoted := _QUOTED.search(before):
        return f"{quoted[1]} {text[slice(*span)]}"
    found = re.search(r"((?:[A-Z0-9][\w’'.-]*[ -])+)\Z", before)
    own = found.group(1) if found and text[start : start + 1].isupper() else ""
    other = [word.end() for word in re.finditer(r"\S+ ", own) if word.group().strip().lower() in terms(language).common]
    name = own[other[-1] if other else 0 :] + text[slice(*span)]
    after = re.match(r",? ((?:19|20)\d\d)\b", text[span[1] : span[1] + 8])
    return f"{name} {after.group(1)}" if after else name


class _Elected(NamedTuple):
    """What an election is to, behind or before the words for it; an election commission is named behind others."""

    behind: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _elected(language: str) -> _Elected:
    known = terms(language)
    return _Elected(
        re.compile(rf" (?:{_any(known.elects)}) (?:(?:{_any(known.elects_before)}) )?[A-Z]"),
        re.compile(rf"\b(?:{_any(known.bodies)}|[A-Z][\w-]+ (?:{_any(known.named_bodies)}))\b"),
    )


@cache
def _fronted(language: str) -> re.Pattern[str]:
    """Before a mention, where a preposition begins the sentence and all up to it belongs to the mention."""
    return re.compile(rf"(?:\A|[.!?:]\s|\n)[“\"(]?(?:{_any(terms(language).fronting)})(?: [\w’'-]+){{0,6}} \Z")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words)))


def also_called(reading: Reading, span: Span, language: str) -> str:
    """Return the name that stands as an apposition behind the words of a mention; empty where none does.

    "The largest festival of the coast, Harbour Days, opens": no person, place or day is what an event is called, nor
    who does something behind words that begin the sentence ("Before the talks, Reyk Steel, a mill, closed").
    """
    text = reading.document.text
    found = _APPOSED.match(text, span[1])
    if (
        found is None
        or _fronted(language).search(text[max(0, span[0] - 80) : span[0]])
        or _ANOTHER.match(text, found.end())
    ):
        return ""
    low, high = found.span(1)
    if any(each.span[0] < high and low < each.span[1] for each in reading.times):
        return ""
    known = [each for each in reading.entities for m in each.mentions if m.span[0] < high and low < m.span[1]]
    somebody = (each.type == "person" and (each.roles or len(each.mentions) > 1) for each in known)
    return "" if any(somebody) or any(each.type == "place" for each in known) else found[1]


def of_a_body(text: str, span: Span, language: str) -> bool:
    """Return whether an election or vote is one to a body or for somebody: "the election to the Harbour Council"."""
    to = _elected(language)
    return bool(to.behind.match(text, span[1]) or to.before.search(text[max(0, span[0] - 60) : span[1]]))


def plainly(reading: Reading, name: str, span: Span) -> str:
    """Return the words of a mention without the capital that only begins a sentence: "Terrorist bombings in Selm"."""
    first, _, rest = name.partition(" ")
    start, text = span[0], reading.document.text
    begins = _BEGINS.search(text[max(0, start - len("... ")) : start]) is not None or not start
    if not begins or not rest[:1].islower() or not first.istitle():
        return name
    named = any(low <= start < high for each in reading.entities for m in each.mentions for low, high in (m.span,))
    return name if named else f"{first.lower()} {rest}"


def whose(text: str, span: Span, language: str) -> str:
    """Return the words behind those that name an event that say whose it is: "the launch of the probe Aurora-2"."""
    found = _OF.match(text, span[1])
    if found is None:
        return ""
    words = found.group(1).split()
    end = next((n for n, word in enumerate(words) if word in terms(language).ending), len(words))
    named = " ".join(words[:end])
    return named + found.group(2) if end == len(words) and found.group(2) else named


def named_first(words: str, language: str) -> str:
    """Return the first name, or names that are joined, in some words: of "Ana Dalgard shook Selm" the first two."""
    own = list(dropwhile(str.islower, words.split()))
    return " ".join(takewhile(lambda word: not word.islower() or word in terms(language).joining, own))


def types(called: Iterable[str], language: str) -> frozenset[str]:
    """Return the words of kind in names, with those that are of the same kind: a runoff is the second round."""
    known = kinds(language)
    words = {word for name in called for word in name.lower().split()}
    return frozenset(words | {known.alike[word] for word in words & known.alike.keys()}) & known.types


def where(text: str, span: Span, language: str) -> str:
    """Return the place right behind the words that name an event: "the derailment in northern Velmark"."""
    words = _PAUSE.split(text[span[1] : span[1] + AROUND])[0].split()[:BEHIND]
    for at in (n for n, word in enumerate(words) if word in terms(language).there):
        after = list(dropwhile(terms(language).part_of_place.__contains__, words[at + 1 :]))
        name = list(takewhile(lambda word: word[:1].isupper(), after))
        if name and (len(after) == len(name) or after[len(name)] in terms(language).ending):
            return " ".join(name)  # not "outside the Velmark embassy"
    return ""


def subjects(words: Iterable[str], language: str) -> frozenset[str]:
    """Return what some words say that an event is about, each in the singular: of "the peace talks" peace.

    Words of kind, those that say which of several it is and those that any event may have say nothing of it.
    """
    known, told = kinds(language), terms(language)
    found = set()
    for word in words:
        plain = word.removesuffix("'s").removesuffix("’s")
        one = plain.removesuffix("s") if len(plain) > len("news") and not plain.endswith("ss") else plain
        if not (plain.isascii() and plain.replace("-", "").isalpha() and plain.islower() and len(plain) > 2):
            continue
        if not {plain, one} & (told.empty | told.common | told.ending | known.nouns.keys() | known.types):
            found.add(one)
    return frozenset(found)


def about(text: str, span: Span, language: str) -> frozenset[str]:
    """Return what the words that name an event, or stand right behind them, say that it is about."""
    own, behind = text[slice(*span)].split()[:-1], text[slice(*topic(text, span, language))].split()
    return subjects((*own, *behind), language)


def done_to(text: str, span: Span, language: str) -> str:
    """Return the words right behind those of what is done that say to what: "leave Selm", "the release of the crew"."""
    words = _PAUSE.split(text[span[1] : span[1] + AROUND])[0].split()
    own = dropwhile(terms(language).whose.__contains__, words[:BEHIND])
    return " ".join(takewhile(lambda word: word not in terms(language).ending, own))


def topic(text: str, span: Span, language: str) -> Span:
    """Return where the words right behind an event's name say what it is about: "a vote on the budget"; else nothing.

    Without the word that leads to it; whose it is may stand before: "a summit of the coastal states on fishing".
    """
    start = span[1]
    words = list(re.finditer(r"\S+", _PAUSE.split(text[start : start + AROUND])[0]))[:BEHIND]
    if words and words[0].group() in terms(language).whose:
        words = words[next((n for n, word in enumerate(words) if word.group() in terms(language).about), 0) :]
    if not words or words[0].group() not in terms(language).about:
        return start, start
    *_, last = words[0], *takewhile(lambda word: word.group() not in terms(language).ending, words[1:])
    return start + words[0].end(), start + last.end()


def purposes(text: str, span: Span, language: str) -> frozenset[str]:
    """Return what the sentence of a journey says that it is for, as kinds are compared: "travel to Selm for a rally".

    What the day of a journey is told for is that day's occasion, by whichever of the two the next text calls it.
    """
    words = re.findall(r"[\w’'-]+", _SENTENCE_ENDS.split(text[span[1] : span[1] + AROUND])[0].lower())
    known, leads = kinds(language), terms(language).purpose
    found = set()
    for at in (n for n, word in enumerate(words) if word in leads):
        for word in words[at + 1 : at + 1 + PURPOSE]:
            entry = next((e for e in known.nouns.get(word, ()) if not e.plural), None)
            if entry is not None:
                found.add(family(entry.kind, word))
                break
    return frozenset(found)


def region(text: str, span: Span, places: Iterable[Span]) -> str:
    """Return the place that stands behind another one to say where that is: "in Selm, Velmark"; else nothing."""
    start = span[1] + len(", ")
    if text[span[1] : start] != ", ":
        return ""
    return next((text[first:last] for first, last in places if first == start), "")


def many(name: str, owned: str, language: str) -> bool | None:
    """Return whether an event is several of what is counted, by its name or by what it struck ("of two embassies")."""
    found = counted(name, language)
    if found is not False:
        return found
    last = owned.split(" ")[-1]
    plural = last.islower() and last.endswith("s") and not last.endswith("ss")
    return plural and last not in terms(language).single


def marked(text: str, event: Event, span: Span, language: str) -> frozenset[str]:
    """Return the acts that a ceremony is held for: "a ceremony on 3 May to mark the accession of Velmark"."""
    if event.kind != CEREMONY:
        return frozenset()
    words = re.split(r"\W+", _SENTENCE_ENDS.split(text[span[1] : span[1] + AROUND])[0])
    at = next((n for n, word in enumerate(words) if word in terms(language).marks), len(words))
    return acts_of(" ".join(words[at + 1 : at + 4]), language)


def paragraph_before(text: str, start: int) -> str:
    """Return the whole words that end the paragraph before that of a place, as many as `AROUND` still reaches."""
    low = text.rfind("\n", 0, start) + 1
    left = AROUND - (start - low)
    if left <= 0:
        return ""
    before = text[:low].rstrip()
    before = before[before.rfind("\n") + 1 :]
    return before if len(before) <= left else before[before.find(" ", len(before) - left) + 1 :]


def around(text: str, span: Span, reach: int = AROUND) -> str:
    """Return the whole words around some of them, inside their paragraph."""
    start, end = span
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    high = high if high >= 0 else len(text)
    if start - reach > low:
        low = text.find(" ", start - reach, start) + 1 or start
    if end + reach < high:
        high = max(text.rfind(" ", end, end + reach), end)
    return text[low:high]

"""The verdict on a quote: the highest rung of the ladder that holds.

Promise: nothing is called verbatim that is not: every difference that is left after the typography named in
`docs/check.md` takes a rung. The odd case that forced the shape: the same words are often said by several people and on
several days, so each document's passages are weighed by themselves and the speaker decides between equals.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from onrecord.check.alignment import ADDED, GLOSSED, NEAR, OTHER, SAME, Elided, Inserted, Item, Said, align
from onrecord.check.conflicts import conflicts
from onrecord.check.edits import PLACE, Edit, Laid
from onrecord.check.laying import lay
from onrecord.check.passages import Passage
from onrecord.check.printed import Printed, printed
from onrecord.check.record import Record
from onrecord.check.weight import WRITTEN_OTHERWISE, content, is_meant, may_differ, pairs_of, written
from onrecord.check.words import keys_of, plain, words_of
from onrecord.nouns import Span

Verdict = Literal[
    "verbatim", "marked", "trimmed", "altered", "spliced", "reworded", "elsewhere", "not found"
]  # fmt: skip
LADDER: tuple[Verdict, ...] = ("verbatim", "marked", "trimmed", "altered", "spliced", "reworded", "not found")
"""From the highest rung down; `elsewhere` is any of the first five with the words another's."""

HONEST = frozenset({"verbatim", "marked", "trimmed"})
"""Verdicts on words that are the record's, but for what the quote marks or leaves out."""
FINDINGS = frozenset({"altered", "spliced", "elsewhere", "not found"})
"""Verdicts that somebody should look into."""

CLOSE = 0.6
"""Of a quote's words, those that must be the record's for it to be these words altered."""
PUT_TOGETHER = 0.85
"""The same, for it to be put together from several places."""
PIECE = 4
"""Words at least of the longest piece of a quote that is put together from several places."""
LIKE = 0.6
"""Of a quote's words of content, those whose like must stand near each other for the passage to say something close."""
FEWEST = 5
"""Words of content at least that such a quote has: fewer stand near each other by chance."""
_ROOM = 1.6
"""How much longer than the quote such a passage may be."""
_ALIKE = 5
"""Letters that words alike begin with."""
_CONTRACTED = SAME + ADDED + 1.5
"""What the first of two words gains with the word that is short for both: nearly what both would, since the second is
added; else "we have" would rather be taken out of two sentences than out of one "we've"."""


class Held(NamedTuple):
    """A quote held against one document."""

    rung: Verdict
    edits: tuple[Edit, ...]
    passage: Span
    """Code points of the document's text; of a quote that is put together the longest piece's."""
    places: tuple[Span, ...]
    """The same of each piece, in the order of the quote."""
    speaker: str | None
    """Whose words most of it are, as the document labels them."""
    words: int
    """Words of the quote."""
    told: int
    """Words of content, each counted once, that the quote has from there."""
    share: float
    """Of the quote's words, those that are the record's; of a reworded one, those of content that are alike."""


class Told:
    """A quote's words, numbered so that they can be compared with a record's all at once."""

    def __init__(self, text: str, pieces: tuple[Span, ...]) -> None:
        self.text = text
        self.items: Sequence[Printed] = printed(text, pieces)
        self.words = sum(item.kind == "word" for item in self.items)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each word as it is written everywhere, with its number."""
        return {word: n for n, word in enumerate(dict.fromkeys(written(i.key) for i in self.items if i.kind == "word"))}

    @cached_property
    def stems(self) -> dict[str, int]:
        """The beginning of each word, with its number."""
        return {stem: n for n, stem in enumerate(dict.fromkeys(_stem(i.key) for i in self.items if i.kind == "word"))}

    @cached_property
    def pairs(self) -> dict[tuple[str, ...], list[int]]:
        """Where two words follow one another."""
        found: dict[tuple[str, ...], list[int]] = {}
        for number, (one, other) in enumerate(pairwise(self.items)):
            found.setdefault((one.key, other.key), []).append(number)
        return found

    @cached_property
    def contracted(self) -> dict[tuple[str, ...], list[int]]:
        """Where a word stands that is short for two."""
        found: dict[tuple[str, ...], list[int]] = {}
        for number, item in enumerate(self.items):
            for pair in pairs_of(item.key) if item.kind == "word" else ():
                found.setdefault(pair, []).append(number)
        return found

    @cached_property
    def firsts(self) -> set[str]:
        """The first of each two such words."""
        return {first for first, _ in self.contracted}

    @cached_property
    def wanted(self) -> int:
        """How many words of content it has."""
        return len(content(item.shown for item in self.items if item.kind == "word"))

    def may_be_in(self, text: str) -> bool:
        """Whether enough of the words stand in a text, folded as `words.plain` does, at all: most times not.

        Words that stand nowhere in it, in whatever way they are written, are lost: where half of the words of content
        are, no rung is left but for a quote that has nearly all of its words from several places.
        """
        gone = [
            item
            for item in self.items
            if item.kind == "word"
            and not (item.begins or item.ends or item.key in text or may_differ(item.key) or is_meant(item.key))
        ]
        if self.words - len(gone) < CLOSE * self.words:
            return False
        together = _together(text)
        joined = {key for pair in self.pairs if is_meant("".join(pair)) for key in pair}  # "per cent"
        gone = [item for item in gone if _together(item.key) not in together and item.key not in joined]
        if self.words - len(gone) >= PUT_TOGETHER * self.words:
            return True
        lost = {self.text.count(" ", 0, item.start) for item in gone if content([item.shown])}
        return 2 * len(lost) <= self.wanted

    def against(self, record: Record) -> list[Item]:
        """Return the items of the quote as they gain with each of a record's words."""
        keys = [word.key for word in record.words]
        same = np.array([self.numbers.get(written(key), -1) for key in keys])
        alike = np.array([self.stems.get(_stem(key), -1) for key in keys])
        known: dict[str, Said] = {}
        found: list[Item] = []
        for item in self.items:
            if item.kind == "elision":
                found.append(Elided())
            elif item.kind == "insertion":
                found.append(Inserted())
            elif item.begins or item.ends:
                fits = [key.startswith(item.begins) and key.endswith(item.ends) for key in keys]
                found.append(Said(np.where(fits, SAME, OTHER)))
            elif item.glossed:
                found.append(Said(np.where(same == self.numbers[written(item.key)], SAME, -np.inf), GLOSSED))
            else:
                if item.key not in known:
                    near = np.where(alike == self.stems[_stem(item.key)], NEAR, OTHER)
                    known[item.key] = Said(np.where(same == self.numbers[written(item.key)], SAME, near))
                found.append(known[item.key])
        for place, key in enumerate(keys):
            for pair in pairs_of(key):
                for number in self.pairs.get(pair, ()):
                    found[number] = _gaining(found[number], place, _CONTRACTED)
            if key in self.firsts:
                for number in self.contracted.get(tuple(keys[place : place + 2]), ()):
                    found[number] = _gaining(found[number], place, SAME)
        return found


def _gaining(item: Item, place: int, gain: float) -> Item:
    """A word that is also the record's word ``place``: one of them is short for two, the other the first of these."""
    if not isinstance(item, Said):
        return item
    gains = item.gains.copy()
    gains[place] = gain
    return item._replace(gains=gains)


def _stem(key: str) -> str:
    return key.split("'")[0][:_ALIKE]


RECENT = 256
"""Quotes, records and how they stand to each other that are remembered: of one quote's many prints most are the same
words, and all of them are held against the same record."""


@lru_cache(RECENT)
def told(text: str, pieces: tuple[Span, ...] = ()) -> Told:
    """Return the words of a quote. ``pieces``: as `printed` has them."""
    return Told(text, pieces)


@lru_cache(RECENT)
def hold(told: Told, passages: tuple[Passage, ...], negated: bool = False) -> Held | None:
    """Return how a quote stands to passages of one document, in text order; None where its words are not theirs.

    ``negated``: a negation stands before it already, in the article's own words.
    """
    quote, items, words = told.text, told.items, told.words
    if not words or not told.may_be_in(_text(passages)):
        return None
    record = _record(passages)
    if not record.words:
        return None
    alignment = align(told.against(record), record.places)
    if alignment.same < CLOSE * words:
        return None
    laid = lay(quote, items, record, alignment, negated)
    rung = _rung(items, laid)
    if rung is None:
        return None
    if not any(record.said[word] for word in laid.met):
        return None  # "(Laughter.)" was said by nobody
    low, high = max(laid.runs, key=lambda run: run[1] - run[0])
    met = [word for word in laid.met if low <= word <= high]
    places = tuple((record.words[low].start, record.words[high].end) for low, high in laid.runs)
    span = record.words[low].start, record.words[high].end
    return Held(rung, laid.edits, span, places, _speaker(record, met), words, _told(items, laid), laid.same / words)


def _loses(edit: Edit) -> bool:
    """Whether the words of an edit are not the record's: what is only written in another way still is."""
    return edit.kind in ("replaced", "added") and edit.why not in WRITTEN_OTHERWISE


def _told(items: Sequence[Printed], laid: Laid) -> int:
    """How many words of content a quote has from the record."""
    lost = [edit.quote for edit in laid.edits if _loses(edit)]
    kept = (i for i in items if i.kind == "word" and not any(low <= i.start < high for low, high in lost))
    return len({_stem(key) for key in content(item.key for item in kept)})


def alike(items: Sequence[Printed], passages: tuple[Passage, ...]) -> Held | None:
    """Return the passage that says something close in other words: many of the quote's words near each other."""
    words = [item.key for item in items if item.kind == "word"]
    stems = {_stem(key) for key in content(words)}
    text = _text(passages)
    if len(stems) < FEWEST or sum(stem in text for stem in stems) < LIKE * len(stems):
        return None
    record = _record(passages)
    room = int(_ROOM * len(words))
    hits = [(number, stem) for number, word in enumerate(record.words) if (stem := _stem(word.key)) in stems]
    near: deque[tuple[int, str]] = deque()
    counts: Counter[str] = Counter()
    best, place = 0, (0, 0)
    for high, last in hits:
        near.append((high, last))
        counts[last] += 1
        while near[0][0] <= high - room or record.turn(near[0][0]) != record.turn(high):
            _, gone = near.popleft()
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        if len(counts) > best:
            best, place = len(counts), (near[0][0], high)
    share = best / len(stems)
    if share < LIKE:
        return None
    span = record.words[place[0]].start, record.words[place[1]].end
    speaker = _speaker(record, range(place[0], place[1] + 1))
    against = conflicts(items, record, *place)
    return Held("reworded", against, span, (span,), speaker, len(words), best, share)


def may_hold(text: str, pieces: tuple[Span, ...], passages: tuple[Passage, ...]) -> bool:
    """Return whether `hold` may find the words of a quote in passages: most that share some words with them it can't.

    Counted is which of its words stand there at all, in any order, which takes a tenth of the time. Square brackets
    make other words of a quote's, so one that has any always may be.
    """
    if _MARKED.search(text):
        return True
    keys = keys_of(text) if not pieces else [word.key for low, high in pieces for word in words_of(text, low, high)]
    there = _written(passages)
    return sum(written(key) in there or bool(pairs_of(key)) for key in keys) >= CLOSE * len(keys)


_MARKED = re.compile(r"\[|\([^()\n]{1,16}\)|\.[^\W\d_]\.\s?\.")
"""What may make other words of a quote's: square brackets, "(sic)", dots behind an abbreviation's."""


@lru_cache(RECENT)
def _written(passages: tuple[Passage, ...]) -> frozenset[str]:
    """The words of passages as all their spellings are written, with what those that are short for two begin with."""
    keys = {word.key for word in _record(passages).words}
    return frozenset(written(key) for key in keys) | {written(first) for key in keys for first, _ in pairs_of(key)}


@lru_cache(RECENT)
def _record(passages: tuple[Passage, ...]) -> Record:
    return Record(passages)


@lru_cache(RECENT)
def _together(text: str) -> str:
    """A text without what stands between its words, which may be written as one: "every one"."""
    return "".join(filter(str.isalnum, text))


@lru_cache(RECENT)
def _text(passages: tuple[Passage, ...]) -> str:
    return plain("\n".join(passage.text for passage in passages))


def _speaker(record: Record, words: Iterable[int]) -> str | None:
    """Who said most of some words of a record."""
    said = Counter(map(record.speaker, words))
    return max(said, key=lambda label: (said[label], label or ""))


def _rung(items: Sequence[Printed], laid: Laid) -> Verdict | None:
    """The rung that a quote reaches by its changes; None: these are not its words."""
    changes = {edit.kind for edit in laid.edits if edit.why != PLACE} - {"typography"}
    share = laid.same / laid.words
    if len(laid.runs) > 1:
        longest = max(high - low + 1 for low, high in laid.runs)
        return "spliced" if longest >= PIECE and share >= PUT_TOGETHER else None
    if any(edit.why == PLACE for edit in laid.edits):
        changes.add("moved")
    if not changes:
        return "verbatim"
    if changes <= {"marked elision", "marked insertion"}:
        return "marked"
    if changes <= {"marked elision", "marked insertion", "left out"}:
        return "trimmed"
    shown = [item.shown for item in items if item.kind == "word"]
    lost = [edit.quote_words for edit in laid.edits if _loses(edit)]
    wanted, missed = len(content(shown)), len(content(" ".join(lost).split()))
    return "altered" if share >= CLOSE and 2 * missed <= wanted else None

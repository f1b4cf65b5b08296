"""What a quote changed in the words that it gives: each change with both places and what it does to the sense.

Promise: what is typography is an edit too, of weight none, and says of what kind. The odd case that forced the shape: a
mark is the printer's honest sign, and may still turn what was said: "we will [not] sign".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.check.weight import Weight, content, turns_round, weigh
from onrecord.check.words import not_said, words_of
from onrecord.nouns import Span

EditKind = Literal["replaced", "added", "left out", "moved", "marked insertion", "marked elision", "typography"]

PLACE = "place"
"""Why an edit weighs that has no words: from there on the quote goes on elsewhere in the record."""

RUN = 25
"""Words left out in a row at most within one passage; what is further apart was put together."""

_HELD = 5
"""Words at most that a marked elision takes out of one clause: a negation among them turns what is left. Of more the
last counts, which stands before the word with which the quote goes on."""
_TYPOGRAPHY = (
    ("quotation marks", re.compile(r"[\"“”„«»‘’'`]")),
    ("dash", re.compile(r"[-‐-―−\u00ad]+")),
)


class Edit(msgspec.Struct, frozen=True):
    """One change."""

    kind: EditKind
    quote: Span
    """Code points of the quote as given."""
    passage: Span
    """Code points of the record's document."""
    quote_words: str
    passage_words: str
    weight: Weight
    why: str
    """What the weight comes from: a class of words (``negation``, ``number`` …), or what kind of typography it is;
    ``place``: the quote goes on elsewhere."""


class Laid(NamedTuple):
    """A quote laid against a record."""

    edits: tuple[Edit, ...]
    same: int
    """Words of the quote that are the record's, however they are written."""
    words: int
    """Words of the quote, those in square brackets left out."""
    runs: tuple[tuple[int, int], ...]
    """The stretches of the record that it comes from: first and last word, in the order of the quote. More than one:
    it goes on elsewhere with no mark, over `RUN` words away or in another turn."""
    met: frozenset[int]
    """The words of the record that it is laid against."""


def _gist(words: str) -> list[str]:
    """The words of content of a stretch, in the order of the alphabet, without what nobody said."""
    unsaid = list(not_said(words))
    return sorted(content(w.key for w in words_of(words) if not any(low <= w.start < high for low, high in unsaid)))


def weight_of_mark(put_in: Sequence[str], gone: Sequence[str]) -> tuple[Weight, str]:
    """Return what a marked elision or insertion weighs, and why: nothing unless it turns the sense or changes a number.

    ``put_in``: the words in the brackets. ``gone``: those of the record that they stand for or pass over.
    """
    if turns_round(gone if len(gone) <= _HELD else gone[-1:]) != turns_round(put_in):
        return "sense", "negation"
    if put_in and gone and (weighed := weigh(put_in, gone)).why in ("number", "date", "modal"):
        return weighed
    return "none", "marked"


def between_words(ours: str, theirs: str) -> tuple[EditKind, Weight, str] | None:
    """Return what tells two stretches between words apart: kind, weight and why; None: nothing.

    A question mark that came or went is no typography.
    """
    if ours.split() == theirs.split():
        return None
    if ("?" in ours) != ("?" in theirs):
        return "replaced", "sense", "question"
    kinds = (name for name, signs in _TYPOGRAPHY if signs.findall(ours) != signs.findall(theirs))
    return "typography", "none", next(kinds, "punctuation")


def moved(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits, those that leave words out and add the same ones elsewhere put together as moved."""
    result = list(edits)
    for one in edits:
        if one.kind != "added" or one not in result or not (told := _gist(one.quote_words)):
            continue
        for other in edits:
            if other.kind == "left out" and other in result and _gist(other.passage_words) == told:
                found = replace(one, kind="moved", passage=other.passage, passage_words=other.passage_words)
                result[result.index(one)] = found
                result.remove(other)
                break
    return result

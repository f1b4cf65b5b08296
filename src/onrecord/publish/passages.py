"""An article cut where its facts begin and end, so that any of them can be highlighted.

Promise: the pieces of a range, joined, are the text of the range; each piece carries every passage that covers it. The
odd case that forced the shape: facts overlap as they please (a statement within a statement, an event that begins in
one and ends after it), which nested elements can't express; so the pieces are flat, and what belongs together is told
by names. Linear in the length of the text and the number of passages, sorting aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.nouns import MarkKind, Span

Role = Literal["content", "speaker", "cue", "via", "event", "claim", "warning", "time", "passage", "comment"]
"""What a passage is of its fact; ``passage``: what somebody chose, ``comment``: what readers spoke of, whatever it
holds."""

_OWN_WORDS = ("content", "event", "claim", "warning", "time", "passage")
_ANY = (*_OWN_WORDS, "cue", "speaker", "via")


class Passage(NamedTuple):
    """A place in the text that a fact rests on."""

    fact: str
    """The fact's name, unique in the page: ``d1s2``."""
    role: Role
    span: Span


class MarkedSpan(NamedTuple):
    """An editorial mark in the text."""

    kind: MarkKind
    span: Span


class Segment(NamedTuple):
    """A piece of text that is covered by the same passages throughout.

    A carriage return is a blank in it: it is white space in HTML, and half of a line's end in honest text files.
    """

    text: str
    covering: tuple[Passage, ...]
    mark: MarkKind | None
    begins: tuple[str, ...]
    """The facts that a link to them should lead to here: where their words begin, or else what else they rest on."""
    ends: tuple[str, ...]
    """The facts to be named here: an event where it is first mentioned, all else where its words have ended."""


def segments(
    text: str, ranges: Sequence[Span], passages: Sequence[Passage], marks: Sequence[MarkedSpan]
) -> list[list[Segment]]:
    """Return the segments of each of ``ranges`` (in text order, not overlapping) of ``text``."""
    passages = sorted((p for p in passages if p.span[0] < p.span[1]), key=lambda p: p.span)
    marks = sorted(marks, key=lambda mark: mark.span)
    begins, ends = _beginnings(passages), _endings(passages)
    spans = (*(passage.span for passage in passages), *(mark.span for mark in marks), *ranges)
    cuts = sorted({at for span in spans for at in span})
    found: list[list[Segment]] = []
    active: list[Passage] = []
    open_marks: list[MarkedSpan] = []
    next_passage = next_mark = next_cut = 0
    for start, end in ranges:
        pieces: list[Segment] = []
        while next_cut < len(cuts) and cuts[next_cut] <= start:
            next_cut += 1
        at = start
        while at < end:
            upto = min(cuts[next_cut], end) if next_cut < len(cuts) else end
            next_cut += 1
            while next_passage < len(passages) and passages[next_passage].span[0] <= at:
                active.append(passages[next_passage])
                next_passage += 1
            active = [passage for passage in active if passage.span[1] > at]
            while next_mark < len(marks) and marks[next_mark].span[0] <= at:
                open_marks.append(marks[next_mark])
                next_mark += 1
            open_marks = [mark for mark in open_marks if mark.span[1] > at]
            pieces.append(
                Segment(
                    text=text[at:upto].replace("\r", " "),
                    covering=tuple(active),
                    mark=open_marks[-1].kind if open_marks else None,
                    begins=begins.get(at, ()),
                    ends=ends.get(upto, ()),
                )
            )
            at = upto
        found.append(pieces)
    return found


def _beginnings(passages: Sequence[Passage]) -> dict[int, tuple[str, ...]]:
    first: dict[str, int] = {}
    for wanted in (_OWN_WORDS, _ANY):
        for passage in passages:
            if passage.role in wanted:
                first.setdefault(passage.fact, passage.span[0])
    return _by_place(first)


def _endings(passages: Sequence[Passage]) -> dict[int, tuple[str, ...]]:
    last: dict[str, int] = {}
    for passage in passages:
        if passage.role in ("content", "passage", "comment"):
            last[passage.fact] = max(last.get(passage.fact, 0), passage.span[1])
        elif passage.role == "event":
            last.setdefault(passage.fact, passage.span[1])
    return _by_place(last)


def _by_place(places: dict[str, int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for fact, at in places.items():
        found[at] = (*found.get(at, ()), fact)
    return found

"""Whose words the tagger's statements are: of the phrases around a cue, the one that annotators most likely choose.

Promise: a source stays in the sentence of its cue or in the one it was found in, and is another only where that is
clearly likelier. The odd case that forced the shape: what is wrong with a source is as often another phrase altogether
("the *report*, which the *clerk* signed, says") as an edge ("a clerk *of the court*"), so both are weighed together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log1p
from typing import NamedTuple

from onrecord.language import Annotated
from onrecord.statements.bounds import SCALE, UNLIKELY, Bounds, Features, at_edges, clearly_likeliest
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.naming import head_of
from onrecord.statements.spans import shared, size, tidy, without
from onrecord.statements.speakers import naming_phrase, source_phrase, subject_of
from onrecord.statements.tagger.cues import DECODING
from onrecord.statements.tagger.tagger import SourcePiece

REACH = 4
"""So many tokens an edge may move, but for phrases that hang on the source: those are in it or not."""

RIVALS = 8
"""Most bounds that are weighed around those given, the tagger's likeliest."""

PHRASES = 6
"""Nouns of a sentence whose phrases are weighed, the tagger's likeliest."""

_INSIDE, _EDGE, _ANY = 8.0, 4.0, 6.0
"""Log odds count for no more: to be in the source, to begin or end it, to be in anybody's."""

_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_TOLD = frozenset({"relcl", "appos", "prep", "acl"})
_CUT = _TOLD | {"advcl"}
_APART = frozenset({"PUNCT", "SPACE"})


class _Odds(NamedTuple):
    """What the tagger says of a token, in log odds; see `SourcePiece`."""

    inside: float
    begins: float
    ends: float
    any_inside: float
    any_begins: float


def with_source(annotated: Annotated, draft: Draft, known: bool = False) -> Draft:
    """Return a draft of the tagger with its likeliest source and its content without the source's words.

    ``known``: it is sure who speaks, and only where the name begins and ends is weighed. A draft of the rules alone,
    one without a speaker and one that would be left without content are as given.
    """
    better = clearly_likeliest("source", rivals(annotated, draft, known))
    if better is None:
        return draft
    text, (first, last) = annotated.document.text, better
    speaker = tidy(text, annotated.tokens[first].start, annotated.tokens[last - 1].end)
    content = tuple(piece for span in draft.content for piece in without(span, speaker, text))
    if not size(content):
        return draft
    return draft._replace(speaker=(speaker,), speaker_at=head_of(annotated, first, last), content=content)


def rivals(annotated: Annotated, draft: Draft, known: bool = False) -> list[tuple[Bounds, Features]]:
    """Return the bounds that a draft's source may have, those given first, each with what speaks for it.

    ``known``: those of no other phrase.

    None without the tagger's numbers or without a source.
    """
    if draft.seen is None or not draft.seen.near_source or not draft.speaker or not draft.cue:
        return []
    given, cue = annotated.token_range(draft.speaker[0]), annotated.token_range(draft.cue[0])
    if given[0] >= given[1] or cue[0] >= cue[1]:
        return []
    choice = _Choice(annotated, draft, given, cue)
    around = sorted(choice.around(), key=choice.mass, reverse=True)[:RIVALS]
    others = () if known or _is_cited(annotated, draft.speaker_at) else choice.phrases()
    possible = {*around, *others} - {given}
    ordered = [given, *sorted(possible, key=lambda each: (choice.mass(each), each), reverse=True)]
    return [(each, choice.features(each)) for each in ordered]


def _is_cited(annotated: Annotated, speaker: int | None) -> bool:
    """Whether somebody else cites the speaker: ``the Courier quoted a clerk as saying``, where the clerk speaks.

    Annotators of news often have the Courier for the source; here it is the one by way of whom the words came.
    """
    if speaker is None or annotated.tokens[speaker].dep != "dobj":
        return False
    governor = annotated.tokens[annotated.tokens[speaker].head]
    return governor.lemma in lexicon(annotated.language).cites


class _Choice:
    """The sentences in which a source is looked for, with the tagger's numbers for each of their tokens."""

    def __init__(self, annotated: Annotated, draft: Draft, given: Bounds, cue: Bounds) -> None:
        self._annotated, self._given, self._cue = annotated, given, cue
        tokens = annotated.tokens
        places = {*range(tokens[given[0]].sentence, tokens[given[1] - 1].sentence + 1), tokens[cue[0]].sentence}
        self._sentences = [annotated.sentences[place] for place in sorted(places)]
        near = draft.seen.near_source if draft.seen is not None else ()
        at = [i for each in self._sentences for i in range(each.first, each.last)]
        self._odds = {i: _odds(annotated, i, near) for i in at}
        self._inside = {i: each.inside for i, each in self._odds.items()}
        self._total = _summed(self._inside)
        self._total_any = _summed({i: each.any_inside for i, each in self._odds.items()})
        ways = [link.span for link in (*draft.links, *draft.passed_on)]
        barred = [*draft.cue, *ways, *(annotated.quotations[i].span for i in draft.quotations)]
        self._barred = [i for i in at if shared(((tokens[i].start, tokens[i].end),), tuple(barred))]
        self._subject = None if draft.cue_at is None else subject_of(annotated, draft.cue_at)
        self._seen = (
            None if draft.seen is None or draft.seen.source is None else annotated.token_range(draft.seen.source)
        )

    def mass(self, bounds: Bounds) -> float:
        """How much the tagger is for a source, as it decides itself."""
        first, last = bounds
        edges = self._odds[first].begins + self._odds[last - 1].ends
        return self._total[last - 1] - self._total[first] + self._odds[first].inside + DECODING.source_edge * edges

    def _any(self, at: int) -> float:
        return self._odds[at].any_inside if at in self._odds else UNLIKELY

    def _free(self, first: int, last: int) -> bool:
        """Whether a source may run from token ``first`` to ``last - 1``."""
        at = bisect_left(self._barred, first)
        return first < last and (at == len(self._barred) or self._barred[at] >= last)

    def around(self) -> Iterator[Bounds]:
        """Yield the bounds whose edges are near those given, or where a phrase begins or ends that hangs on it."""
        tokens, (low, high) = self._annotated.tokens, self._given
        sentence = self._annotated.sentences[tokens[low].sentence]
        end = max(sentence.last, high)
        starts = range(max(sentence.first, low - REACH), min(high, low + REACH + 1))
        ends = set(range(max(low + 1, high - REACH), min(end, high + REACH) + 1))
        for at in range(low, high):
            for child in self._annotated.children[at]:
                if high <= child < end:
                    ends.add(min(end, self._annotated.subtree(child)[1]))
                elif low < child < high and tokens[child].dep in _CUT:
                    ends.add(self._annotated.subtree(child)[0])
        closed = {self._without_marks(low, each) for each in ends}
        for first in starts:
            if tokens[first].pos not in _APART:
                yield from ((first, last) for last in closed if self._free(first, last))

    def _without_marks(self, first: int, last: int) -> int:
        while last > first and self._annotated.tokens[last - 1].pos in _APART:
            last -= 1
        return last

    def phrases(self) -> Iterator[Bounds]:
        """Yield the phrases of the likeliest nouns and pronouns, with and without what is told of them."""
        annotated, tokens = self._annotated, self._annotated.tokens
        for sentence in self._sentences:
            heads = [
                i
                for i in range(sentence.first, sentence.last)
                if tokens[i].pos in _NAMING and tokens[i].dep != "compound" and self._free(i, i + 1)
            ]
            likely = sorted(heads, key=self._about, reverse=True)[:PHRASES]
            for head in {*likely, *(i for i in heads if i == self._subject)}:
                for phrase in (naming_phrase(annotated, head), source_phrase(annotated, head)):
                    first, last = annotated.token_range(phrase)
                    if sentence.first <= first and last <= sentence.last and self._free(first, last):
                        yield first, last

    def _about(self, at: int) -> float:
        """How likely a noun, or the word before it, is of the source."""
        before = self._odds.get(at - 1)
        return max(self._odds[at].inside, UNLIKELY if before is None else before.inside)

    def features(self, bounds: Bounds) -> Features:
        """What is known of the bounds of a source: the tagger's numbers, what heads it, what stands at its edges."""
        annotated, tokens, odds = self._annotated, self._annotated.tokens, self._odds
        first, last = bounds
        head = head_of(annotated, first, last)
        governor = tokens[head].head
        sentence = annotated.sentences[tokens[first].sentence]
        found = {
            "mass": self.mass(bounds) / SCALE,
            "begins": odds[first].begins / SCALE,
            "ends": odds[last - 1].ends / SCALE,
            "mass as anybody's": (self._total_any[last - 1] - self._total_any[first] + odds[first].any_inside) / SCALE,
            "begins as anybody's": odds[first].any_begins / SCALE,
            "first as anybody's": odds[first].any_inside / SCALE,
            "last as anybody's": odds[last - 1].any_inside / SCALE,
            "before as anybody's": self._any(first - 1) / SCALE,
            "after as anybody's": self._any(last) / SCALE,
            "meets given": float(first < self._given[1] and self._given[0] < last),
            "subject": float(head == self._subject),
            "under cue": float(self._cue[0] <= governor < self._cue[1]),
            "gap": log1p(max(0, first - self._cue[1], self._cue[0] - last)),
            f"head {tokens[head].pos} {tokens[head].dep}": 1.0,
            f"head word {tokens[head].lower}": 1.0,
            **at_edges(annotated, bounds, self._given, (sentence.first, sentence.last), self._inside),
        }
        if self._seen is not None:
            found["begins as seen"] = float(first == self._seen[0])
            found["ends as seen"] = float(last == self._seen[1])
        if last < sentence.last:
            found[f"after word {tokens[last].lower}"] = 1.0
        found |= {f"{tokens[i].dep} in": 1.0 for i in range(first, last) if tokens[i].dep in _TOLD}
        if any(tokens[i].text == "," for i in range(first, last)):
            found["comma in"] = 1.0
        return found


def _odds(annotated: Annotated, at: int, near: Sequence[SourcePiece]) -> _Odds:
    """The tagger's numbers for a token, held within bounds; of a blank nothing is said."""
    token = annotated.tokens[at]
    low = bisect_left(near, token.start, key=_start)
    pieces = near[low : bisect_left(near, token.end, key=_start)]
    if not pieces:
        return _Odds(0.0 if token.pos == "SPACE" else UNLIKELY, 0.0, 0.0, UNLIKELY, 0.0)
    return _Odds(
        inside=sum(_held(each.inside, _INSIDE) for each in pieces) / len(pieces),
        begins=_held(pieces[0].begins, _EDGE),
        ends=_held(pieces[-1].ends, _EDGE),
        any_inside=_held(sum(each.any_inside for each in pieces) / len(pieces), _ANY),
        any_begins=_held(pieces[0].any_begins, _ANY),
    )


def _summed(numbers: dict[int, float]) -> dict[int, float]:
    """For each key the sum of the numbers up to it, its own among them."""
    return dict(zip(numbers, accumulate(numbers.values()), strict=True))


def _start(piece: SourcePiece) -> int:
    return piece.start


def _held(odds: float, most: float) -> float:
    return max(-most, min(most, odds))

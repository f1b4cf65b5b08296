"""Where a cue begins and ends: of the bounds around what the tagger saw, those that annotators most likely choose.

Promise: a cue stays in its sentence and holds nothing of its speaker, and moves only where other bounds are clearly
likelier. The odd case that forced the shape: annotators are of two minds about nearly every phrase beside a cue ("said
*Friday*", "likened *the rules* to"), so that no rule helps, while the tagger's doubts and the parse tell which way.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.draft import Draft
from onrecord.statements.spans import shared, size, tidy, without
from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.tagger import Piece

REACH = 4
"""So many tokens a bound may move."""

RIVALS = 6
"""Most bounds that are weighed, the tagger's likeliest."""

BEHIND = 4.0
"""Bounds that the tagger holds for so much less likely than its best ones, in log odds, are not weighed."""

CLEARLY = 0.4
"""By so much, in log odds, other bounds must be likelier than those that are given: chosen on the training part, where
it is right for cues and sources alike.
"""

UNLIKELY = -6.0
"""The log odds of a token of which the tagger says nothing; none counts for less, nor for more than their opposite."""

SCALE = 4.0
"""Log odds are divided by it, so that they weigh about as much as what is there or not."""

Bounds = tuple[int, int]
"""First and last-plus-one token."""

Features = dict[str, float]


def bounded(annotated: Annotated, draft: Draft) -> Draft:
    """Return a draft of the tagger with its cue within the likeliest bounds and its content without the cue's words.

    A draft of the rules alone, and one that would be left without content, is as given.
    """
    if draft.seen is None or not draft.cue:
        return draft
    better = clearly_likeliest("cue", rivals(annotated, draft.cue[0], draft.seen.near, draft.speaker))
    if better is None:
        return draft
    text, (first, last) = annotated.document.text, better
    cue = tidy(text, annotated.tokens[first].start, annotated.tokens[last - 1].end)
    content = tuple(piece for span in draft.content for piece in without(span, cue, text))
    return draft._replace(cue=(cue,), content=content) if size(content) else draft


def rivals(
    annotated: Annotated, cue: Span, near: Sequence[Piece], speaker: tuple[Span, ...]
) -> list[tuple[Bounds, Features]]:
    """Return the bounds that a cue may have, those given first, each with what speaks for it; none without numbers."""
    tokens = annotated.tokens
    low, high = annotated.token_range(cue)
    if low >= high or not near:
        return []
    sentence = annotated.sentences[tokens[low].sentence]
    first, last = max(sentence.first, low - REACH), min(sentence.last, high + REACH)
    numbers = {i: _numbers(annotated, i, near) for i in range(max(sentence.first, first - 1), last)}
    if last < sentence.last:
        numbers[last] = _numbers(annotated, last, near)
    total = list(accumulate((numbers[i][0] for i in range(first, last)), initial=0.0))

    def mass(bounds: Bounds) -> float:
        return total[bounds[1] - first] - total[bounds[0] - first]

    inner = [i for i in range(first, last) if tokens[i].pos not in ("PUNCT", "SPACE")]
    foreign = [i for i in range(first, last) if shared(((tokens[i].start, tokens[i].end),), speaker)]
    possible = [
        (begin, end + 1)
        for begin in inner
        for end in inner
        if begin <= end and begin < high and end >= low and not any(begin <= i <= end for i in foreign)
    ]
    least = max(map(mass, possible), default=0.0) - BEHIND
    likely = sorted((each for each in possible if each != (low, high) and mass(each) >= least), key=mass, reverse=True)
    chosen = [(low, high), *likely[: RIVALS - 1]]
    edges = sentence.first, sentence.last
    return [(each, _features(annotated, each, (low, high), edges, numbers, mass(each))) for each in chosen]


def _numbers(annotated: Annotated, at: int, near: Sequence[Piece]) -> tuple[float, float]:
    """The log odds that a token is of a cue, and that it begins one rather than goes on with one."""
    token = annotated.tokens[at]
    low = bisect_left(near, token.start, key=_start)
    pieces = near[low : bisect_left(near, token.end, key=_start)]
    if not pieces:
        return UNLIKELY, 0.0
    return _held(sum(each.inside for each in pieces) / len(pieces)), _held(pieces[0].begins)


def _start(piece: Piece) -> int:
    return piece.start


def _held(odds: float) -> float:
    return max(UNLIKELY, min(-UNLIKELY, odds))


def _features(
    annotated: Annotated,
    bounds: Bounds,
    given: Bounds,
    sentence: Bounds,
    numbers: dict[int, tuple[float, float]],
    mass: float,
) -> Features:
    """What is known of the bounds of a cue: the tagger's numbers, and what stands at both edges on either side."""
    tokens = annotated.tokens
    first, last = bounds
    return {
        "inside": mass / SCALE,
        "begins": numbers[first][1] / SCALE,
        f"first word {tokens[first].lower}": 1.0,
        f"last word {tokens[last - 1].lower}": 1.0,
        **at_edges(annotated, bounds, given, sentence, {at: inside for at, (inside, _) in numbers.items()}),
    }


def at_edges(
    annotated: Annotated, bounds: Bounds, given: Bounds, sentence: Bounds, inside: Mapping[int, float]
) -> Features:
    """Return what is known of both edges of bounds: what stands there and how likely it is within, by the tagger."""
    tokens = annotated.tokens
    first, last = bounds
    opening, closing = tokens[first], tokens[last - 1]
    found = {
        "first inside": inside[first] / SCALE,
        "last inside": inside[last - 1] / SCALE,
        "before": inside.get(first - 1, UNLIKELY) / SCALE,
        "after": inside.get(last, UNLIKELY) / SCALE,
        "begins as given": float(first == given[0]),
        "ends as given": float(last == given[1]),
        f"first {opening.pos} {opening.dep}": 1.0,
        f"last {closing.pos} {closing.dep}": 1.0,
    }
    for side, at, there in (("before", first - 1, first > sentence[0]), ("after", last, last < sentence[1])):
        if there:
            found[f"{side} {tokens[at].pos} {tokens[at].dep} {_tie(annotated, at, bounds)}"] = 1.0
        else:
            found[f"{side} nothing"] = 1.0
    return found


def _tie(annotated: Annotated, at: int, bounds: Bounds) -> str:
    """How a token beside bounds hangs together with what is in them."""
    first, last = bounds
    if first <= annotated.tokens[at].head < last:
        return "under"
    return "over" if any(each.head == at for each in annotated.tokens[first:last]) else "apart"


def clearly_likeliest(of: str, found: list[tuple[Bounds, Features]]) -> Bounds | None:
    """Return the likeliest bounds of a ``cue`` or ``source``; None where those given are about as likely.

    ``found`` are bounds with what speaks for them, those given first.
    """
    weights = _weights()[of]
    weighed = [
        (sum(weights.get(name, 0.0) * value for name, value in features.items()), bounds) for bounds, features in found
    ]
    if not weighed or max(weighed)[0] - weighed[0][0] < CLEARLY:
        return None
    return max(weighed)[1]


@cache
def _weights() -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = json.loads((FOLDER / "bounds.json").read_text(encoding="utf-8"))
    return {of: told[of] for of in ("cue", "source")}

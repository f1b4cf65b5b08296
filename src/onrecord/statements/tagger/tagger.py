"""The model run over documents: windows in, attributions out with their spans.

Promise: a text is tagged the same whatever is tagged beside it. The odd case that forced the shape: the networks look
at each window by itself (`network.py`) and decoding is faster over many, so only that is shared by the documents.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.tagger import FOLDER, network
from onrecord.statements.tagger.cues import DECODING, Decoding, Found, decode, link
from onrecord.statements.tagger.plans import Planned, foresee
from onrecord.statements.tagger.plans import decode as decode_plans
from onrecord.statements.tagger.windows import Window, windows


class Piece(NamedTuple):
    """What the model says of one piece of a word near a cue, in log odds."""

    start: int
    """Where it begins in the document's text."""
    inside: float
    """That it is of a cue."""
    begins: float
    """That it begins a cue rather than goes on with one."""


class SourcePiece(NamedTuple):
    """What the model says of one piece of a word near a cue as it may be of a source, in log odds."""

    start: int
    """Where it begins in the document's text."""
    inside: float
    """That it is of the cue's source."""
    begins: float
    ends: float
    any_inside: float
    """That it is of a source, of whatever cue."""
    any_begins: float
    """That it begins such a source rather than goes on with one."""


class Attribution(NamedTuple):
    """What the model takes for one attribution. Spans count code points of the document's text."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    via: tuple[Span, ...]
    """By way of whom the words came, in text order."""
    cue_score: float
    source_score: float
    content_score: float
    near: tuple[Piece, ...] = ()
    """The pieces in and around the cue, in text order."""
    near_source: tuple[SourcePiece, ...] = ()
    """The pieces around the cue as they may be of its source, in text order."""


class Plan(NamedTuple):
    """What the model takes for one planned event. Spans count code points of the document's text."""

    span: Span
    """The words that name it."""
    score: float
    kind: str
    status: str
    status_score: float
    participants: tuple[Span, ...]
    date: Span | None
    venue: Span | None


class Tagged(NamedTuple):
    """What the model sees in one document, in text order."""

    attributions: tuple[Attribution, ...] = ()
    plans: tuple[Plan, ...] = ()


@cache
def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "tagger.json").read_text(encoding="utf-8"))
    return found


def model_name() -> str:
    """Return the name of the model with the beginning of its hash, as the reading reports it."""
    return str(_told()["name"])


def tag(documents: Sequence[Annotated], how: Decoding = DECODING) -> list[Tagged]:
    """Return what the model sees in each document; nothing in one that is not parsed, in turns planned events alone.

    Who says what in a transcript is told by its layout.
    """
    laid = [
        (n, window, turns)
        for n, each in enumerate(documents)
        if each.tokens
        for turns in (False, True)
        for window in windows(each.document, each.quotations, turns=turns)
    ]
    if not laid:
        return [Tagged() for _ in documents]  # no model is loaded where there is nothing to look at
    networks = network.load()
    linked, foreseen = [], []
    for _, window, turns in laid:
        real = np.array(window.starts) >= 0
        lower = network.lower(networks, window)
        if turns:
            seen = network.in_talk(networks, lower)
        else:
            told, seen = network.in_print(networks, lower)
            linked.append(link(*told, real, how))
        foreseen.append(foresee(*seen, real))
    attributions: list[list[Attribution]] = [[] for _ in documents]
    events_of: list[list[Plan]] = [[] for _ in documents]
    prose = [(n, window) for n, window, turns in laid if not turns]
    for (n, window), found in zip(prose, decode(linked, how), strict=True):
        attributions[n] += [_attribution(documents[n].document.text, window, each) for each in found]
    for (n, window, _), plans in zip(laid, decode_plans(foreseen), strict=True):
        events_of[n] += [_plan(documents[n].document.text, window, each) for each in plans]
    return [
        Tagged(tuple(a), tuple(sorted(b, key=lambda plan: plan.span)))
        for a, b in zip(attributions, events_of, strict=True)
    ]


def _attribution(text: str, window: Window, found: Found) -> Attribution:
    return Attribution(
        cue=_span(text, window, found.cue),
        source=_span(text, window, found.source) if found.source else None,
        content=tuple(_span(text, window, run) for run in found.content),
        via=tuple(_span(text, window, run) for run in found.via),
        cue_score=found.cue_score,
        source_score=found.source_score,
        content_score=found.content_score,
        near=tuple(Piece(window.starts[at], inside, begins) for at, inside, begins in found.near),
        near_source=tuple(SourcePiece(window.starts[at], *odds) for at, *odds in found.near_source),
    )


def _plan(text: str, window: Window, found: Planned) -> Plan:
    return Plan(
        span=_span(text, window, found.pieces),
        score=found.score,
        kind=found.kind,
        status=found.status,
        status_score=found.status_score,
        participants=tuple(_span(text, window, run) for run in found.participants),
        date=_span(text, window, found.date) if found.date else None,
        venue=_span(text, window, found.venue) if found.venue else None,
    )


def _span(text: str, window: Window, run: tuple[int, int]) -> Span:
    """Pieces, first and last-plus-one, as a span grown to whole words."""
    start, end = window.starts[run[0]], window.ends[run[1] - 1]
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end

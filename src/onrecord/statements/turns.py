"""Transcripts: the runs of one speaker's turns, each a direct statement.

Promise: a run of turn blocks with the same label is one statement with one content span a block, without the label. The
odd case that forced the shape: ``Q`` is nobody in particular, and not the same nobody twice, so every ``Q`` block that
carries its own label begins a statement.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.language import Annotated
from onrecord.nouns import Block, Span
from onrecord.statements.draft import Draft
from onrecord.statements.spans import tidy
from onrecord.tables import table

_AFTER_LABEL = re.compile(r"[ \t]*:?\s*")


@cache
def questioners(language: str) -> frozenset[str]:
    """Return the labels, in lower case, that stand for whoever asks: ``q``, ``reporter``."""
    return frozenset(table("statements", language, "cues")["questioners"])


def turn_drafts(annotated: Annotated) -> list[Draft]:
    """Return one draft for each run of turns of one speaker, in text order."""
    found: list[Draft] = []
    run: tuple[str, int, Span | None, list[Span]] | None = None
    for number, block in enumerate(annotated.document.blocks):
        if block.kind != "turn" or block.speaker is None:
            if run is not None:
                found.append(_draft(*run))
            run = None
            continue
        label, content = _parts(annotated.document.text, block)
        asks = block.speaker.lower() in questioners(annotated.language)
        if run is not None and (run[0] != block.speaker or (asks and label is not None)):
            found.append(_draft(*run))
            run = None
        if content[0] >= content[1]:
            continue
        if run is None:
            run = block.speaker, number, label, [content]
        else:
            run[3].append(content)
    if run is not None:
        found.append(_draft(*run))
    return found


def _parts(text: str, block: Block) -> tuple[Span | None, Span]:
    """The label's span, where the block carries it, and the span of the words spoken."""
    start, end = block.span
    label = None
    if block.speaker and text.startswith(block.speaker, start):
        label = start, start + len(block.speaker)
        match = _AFTER_LABEL.match(text, label[1], end)
        start = match.end() if match else label[1]
    return label, tidy(text, start, end)


def _draft(speaker: str, block: int, label: Span | None, content: list[Span]) -> Draft:
    return Draft(
        content=tuple(content),
        cue=(),
        cue_at=None,
        speaker=(label,) if label is not None else (),
        speaker_at=None,
        rule="turn/1",
        score=0.99,
        block=block,
    )

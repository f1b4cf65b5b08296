"""Transcripts: the runs of one speaker's turns, each a direct statement.

Promise: a run of turn blocks with the same label is one statement with one content span a block, without the label. The
odd case that forced the shape: ``Q`` is nobody in particular, and not the same nobody twice, so every ``Q`` block that
carries its own label begins a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from onrecord.language import Annotated
from onrecord.nouns import Block, Span
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import tidy
from onrecord.tables import table

_LABEL = re.compile(r"[\"“„«]([A-Z][A-Z'’-]+(?: [A-Z][A-Z'’.-]+){0,2}):\s+(?=\S)")
_CLOSING = '"”«»“'
_TRANSCRIPT = 2
"""So many such paragraphs are no chance."""
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


def with_quoted_turns(annotated: Annotated, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with those of a transcript that an article quotes (``“REYK: We go.”``) in others' place.

    Two paragraphs at least begin with somebody's name in capitals and a colon, behind a quotation mark.
    """
    text = annotated.document.text
    announcing = lexicon(annotated.language).announces
    found = []
    for number, block in enumerate(annotated.document.blocks):
        label = _LABEL.match(text, *block.span) if block.kind == "paragraph" else None
        if label is not None and label[1].lower() not in announcing:
            found.append(_quoted_turn(annotated, number, block, label))
    if len(found) < _TRANSCRIPT:
        return drafts
    taken = [each.content[0] for each in found]
    starts = [start for start, _ in taken]

    def is_another(draft: Draft) -> bool:
        for span in draft.content:
            at = bisect_right(starts, span[1] - 1) - 1
            if at >= 0 and taken[at][1] > span[0]:
                return False
        return True

    return [each for each in drafts if is_another(each)] + found


def _quoted_turn(annotated: Annotated, number: int, block: Block, label: re.Match[str]) -> Draft:
    text = annotated.document.text
    start, end = tidy(text, label.end(), block.span[1])
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return Draft(
        content=((start, end),),
        cue=((label.end(1), label.end(1) + 1),),
        cue_at=None,
        speaker=(label.span(1),),
        speaker_at=annotated.token_range(label.span(1))[0],
        rule="quotation.turn/1",
        score=0.9,
        block=number,
    )


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

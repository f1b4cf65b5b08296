"""Texts of our own to statements, and statements to their words."""

from __future__ import annotations

from onrecord.language import Annotated, annotate
from onrecord.nouns import Block, BlockKind, Document, Span, Statement
from onrecord.statements import find_statements


def document(text: str, kind: BlockKind = "paragraph", speakers: tuple[str | None, ...] = ()) -> Document:
    """A document with one block a line."""
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            speaker = speakers[len(blocks)] if len(blocks) < len(speakers) else None
            blocks.append(Block(kind=kind, span=(at, at + len(line)), source=(), speaker=speaker))
        at += len(line) + 1
    return Document(id="own", text=text, blocks=tuple(blocks))


def annotated(text: str) -> Annotated:
    return next(iter(annotate([document(text)])))


def statements(text: str) -> tuple[Statement, ...]:
    return find_statements(annotated(text))


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def told(text: str, *, inside: bool = False) -> list[tuple[list[str], list[str], list[str]]]:
    """Speaker, cue and content in words of each statement, of the outermost only unless ``inside``."""
    return [
        (words(text, each.speaker.span), words(text, each.cue), words(text, each.content))
        for each in statements(text)
        if inside or each.inside is None
    ]

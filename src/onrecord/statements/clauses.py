"""Indirect and mixed statements: a predicate and the complement that is its content.

Promise: one draft for each predicate whose best complement is, by the counted table, more likely content than not.
"""

from __future__ import annotations

from onrecord.language import Annotated, Quotation, Token
from onrecord.nouns import Span
from onrecord.statements.complements import Piece, Predicate, predicates
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import joined, of_tokens, tidy, whole_quotations
from onrecord.statements.speakers import naming_phrase, subject_of

THRESHOLD = 0.5
"""A complement less likely than this is left alone."""

_WITH_CUE = frozenset({"aux", "auxpass", "neg", "prt"})


def clause_drafts(
    annotated: Annotated, first: int, last: int, taken: frozenset[int], block: int, outer: tuple[Quotation, ...]
) -> list[Draft]:
    """Return the drafts of the predicates among tokens ``first`` to ``last - 1``, save those in ``taken``.

    ``outer`` are the block's outermost quotations of speech: a content that cuts one takes it whole.
    """
    chance = lexicon(annotated.language).chance
    found = []
    for predicate in predicates(annotated, first, last):
        if predicate.i in taken:
            continue
        best = max(predicate.pieces, key=lambda piece: chance(predicate.key, piece.kind))
        score = chance(predicate.key, best.kind)
        if score < THRESHOLD:
            continue
        draft = _draft(annotated, predicate, best, score, block, outer)
        if draft is not None:
            found.append(draft)
    return found


def _draft(
    annotated: Annotated, predicate: Predicate, piece: Piece, score: float, block: int, outer: tuple[Quotation, ...]
) -> Draft | None:
    text = annotated.document.text
    cue = cue_span(annotated, annotated.tokens[predicate.i], piece.kind)
    spans: list[Span] = []
    quotations: list[int] = []
    for low, high in piece.ranges:
        span = of_tokens(annotated, low, high)
        if span[0] >= span[1]:
            continue
        span, covered = whole_quotations(span, outer)
        spans.append(span)
        quotations.extend(covered)
    if not spans:
        return None
    speaker_at = predicate.subject
    if speaker_at is None or annotated.tokens[speaker_at].lower in ("who", "which", "that"):
        speaker_at = subject_of(annotated, predicate.i)
    speaker = (naming_phrase(annotated, speaker_at),) if speaker_at is not None else ()
    return Draft(
        content=joined(spans, text),
        cue=(cue,),
        cue_at=predicate.i,
        speaker=speaker,
        speaker_at=speaker_at,
        rule=f"clause.{piece.kind.replace(' ', '-')}/1",
        score=score,
        block=block,
        quotations=tuple(quotations),
    )


def cue_span(annotated: Annotated, token: Token, kind: str) -> Span:
    """Return the span of a cue: the word with its auxiliaries, negation, particle and the preposition of its kind."""
    low = high = token.i
    tokens = annotated.tokens
    preposition = kind.removeprefix("passive ").split("+")[0]
    for c in annotated.children[token.i]:
        child = tokens[c]
        if child.dep in _WITH_CUE or (child.dep == "advmod" and abs(c - token.i) <= 2 and child.tag == "RB"):
            low, high = min(low, c), max(high, c)
        elif c > token.i and child.dep in ("prep", "agent") and child.lower == preposition:
            high = max(high, c)
    if any(tokens[i].dep in ("nsubj", "nsubjpass") for i in range(low, token.i)):
        low = token.i
    return tidy(annotated.document.text, tokens[low].start, tokens[high].end)

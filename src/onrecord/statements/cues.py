"""What a cue is, how far its words reach, and the phrases that name a source (``according to X``).

Promise: a cue's span is the word with what belongs to it (``has not yet said``, ``is confident``, ``spoke of``), and
never reaches over words that do not. The odd case that forced the shape: an adjective's verb stands above it in the
parse and not below, as all that belongs to a verb does.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.language import Annotated, Token
from onrecord.nouns import Span
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import tidy
from onrecord.statements.speakers import source_phrase


class Cue(NamedTuple):
    """A cue found beside a quotation. ``at`` is its token (None: a mark is all there is)."""

    at: int | None
    span: Span
    speaker: tuple[Span, ...]
    speaker_at: int | None
    kind: str
    score: float


def cue_span(annotated: Annotated, token: Token, kind: str) -> Span:
    """Return the span of a cue: the word with its auxiliaries, negation, particle and the preposition of its kind."""
    tokens = annotated.tokens
    preposition = kind.removeprefix("passive ").split("+")[0]
    wanted = []
    for c in annotated.children[token.i]:
        child = tokens[c]
        beside = child.dep == "advmod" and child.tag == "RB" and abs(c - token.i) <= 2
        if (
            child.dep in ("aux", "auxpass", "neg", "prt")
            or beside
            or (c > token.i and child.dep in ("prep", "agent") and child.lower == preposition)
        ):
            wanted.append(c)
    low = high = token.i
    copula = tokens[token.head]
    if token.pos == "ADJ" and copula.lemma in lexicon(annotated.language).copulas and token.i - copula.i in (1, 2):
        wanted += [copula.i, *(c for c in annotated.children[copula.i] if tokens[c].dep in ("aux", "neg"))]
    for c in sorted(wanted, reverse=True):
        if c < low and all(tokens[i].pos in ("AUX", "ADV", "PART") for i in range(c, low)):
            low = c
    for c in sorted(wanted):
        if c > high and (tokens[c].dep != "advmod" or c == high + 1) and tokens[c].start - tokens[high].end < 25:
            high = c
    return tidy(annotated.document.text, tokens[low].start, tokens[high].end)


def source_after(annotated: Annotated, at: int) -> int | None:
    """Return the token behind a phrase such as ``according to`` that begins at token ``at``, or None: there is none."""
    tokens = annotated.tokens
    first = tokens[at].lower
    for phrase in lexicon(annotated.language).according:
        end = at + len(phrase)
        if first == phrase[0] and end <= len(tokens) and all(map(_is_word, tokens[at:end], phrase)):
            return end
    return None


def _is_word(token: Token, word: str) -> bool:
    return token.lower == word


def according(annotated: Annotated, low: int, high: int) -> Cue | None:
    """Return the cue of ``according to X``, tokens ``low`` to ``high - 1``, or None where X is no source."""
    tokens = annotated.tokens
    head = next(
        (c for i in range(low, high) for c in annotated.children[i] if tokens[c].dep == "pobj" and c >= high), None
    )
    if head is None:
        head = next(
            (i for i in range(high, min(high + 8, len(tokens))) if tokens[i].pos in ("PROPN", "NOUN", "PRON")), None
        )
    if head is None or tokens[head].lemma in lexicon(annotated.language).no_sources:
        return None
    span = tidy(annotated.document.text, tokens[low].start, tokens[high - 1].end)
    return Cue(low, span, (source_phrase(annotated, head),), head, "according", 0.9)

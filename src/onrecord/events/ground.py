"""What every step of finding events asks of a document: who stands here, which time, who says these words, as of when.

Promise: one `Ground` a document, made once, changed never; a step that needs a look-up by token finds it here and does
not search the text again. The odd case that forced its shape: names may come as resolved mentions or only as the
parser's labels, and every step has to work with either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from onrecord.events.spells import spells
from onrecord.language import Annotated
from onrecord.nouns import Span, Statement, TimeExpression

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
PARTY_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PRINTED = frozenset({"byline", "dateline"})
"""Blocks whose times say when the page was printed: "12 May 2031, 11:08" below a headline dates nothing in it."""

STRETCH = 2_000
"""Code points per stretch of the index of statements: about a screen of text."""


class Name(NamedTuple):
    """Words that name somebody or somewhere: what to call it, the entity if one is known, tokens ``first`` to ``last``.

    ``last`` is one past the final token; ``label`` is the parser's (``PERSON``, ``GPE`` …) or ``""`` for a description.
    """

    value: str
    entity: str | None
    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Ground:
    """A document's look-ups. ``published`` is None where nothing says when it came out: never today."""

    annotated: Annotated
    published: date | None
    as_of: str | None
    names: dict[int, Name]
    """For each token inside a name, the name."""
    times: dict[int, TimeExpression]
    """For each token inside a time expression, the expression."""
    heading: int = 0
    """Where headline and standfirst end: what they name, the text below may introduce anew."""
    statements: dict[int, tuple[tuple[int, Span, str], ...]] = field(default_factory=dict)
    """For each stretch of `STRETCH` code points the contents that touch it, shortest first: (length, span, id)."""

    def span(self, first: int, last: int) -> Span:
        """The span in code points of the tokens from ``first`` up to but not including ``last``."""
        tokens = self.annotated.tokens
        return tokens[first].start, tokens[last - 1].end

    def lies_ahead(self, time: TimeExpression) -> bool:
        """Whether a time begins after the day of publication; False where either is not known."""
        return self.published is not None and time.interval is not None and time.interval[0] > str(self.published)

    def said_in(self, span: Span) -> str | None:
        """Id of the innermost statement whose content covers ``span``; None: the document itself says it."""
        for _, content, name in self.statements.get(span[0] // STRETCH, ()):
            if content[0] <= span[0] and span[1] <= content[1]:
                return name
        return None


def lay(annotated: Annotated, statements: tuple[Statement, ...]) -> Ground:
    """Return the look-ups for a document and the statements found in it."""
    sourced = annotated.document.published
    printed = [block.span for block in annotated.document.blocks if block.kind in PRINTED]
    contents: dict[int, list[tuple[int, Span, str]]] = {}
    for statement in statements:
        length = sum(b - a for a, b in statement.content)
        for span in statement.content:
            for stretch in range(span[0] // STRETCH, span[1] // STRETCH + 1):
                contents.setdefault(stretch, []).append((length, span, statement.id))
    return Ground(
        annotated=annotated,
        published=_day(sourced.value) if sourced else None,
        as_of=str(_day(sourced.value) or sourced.value) if sourced else None,
        names=_names(annotated),
        times={
            i: time
            for time in spells(annotated)
            if not any(start <= time.span[0] < stop for start, stop in printed)
            for first, last in (annotated.token_range(time.span),)
            if first not in annotated.in_leads  # a diary's day is that of its entry
            for i in range(first, last)
        },
        heading=_heading(annotated),
        statements={stretch: tuple(sorted(each)) for stretch, each in contents.items()},
    )


def _heading(annotated: Annotated) -> int:
    end = 0
    for block in annotated.document.blocks:
        if block.kind not in {"headline", "standfirst", "byline", "dateline"}:
            break
        end = block.span[1]
    return end


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _names(annotated: Annotated) -> dict[int, Name]:
    names: dict[int, Name] = {}
    tokens = annotated.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.ner in PARTY_LABELS or token.ner in PLACE_LABELS:
            last = i + 1
            while last < len(tokens) and tokens[last].ner == token.ner and not tokens[last].ner_begins:
                last += 1
            first, end = i, last
            while first < end - 1 and tokens[first].pos in {"DET", "PUNCT"}:
                first += 1
            while end - 1 > first and (tokens[end - 1].tag == "POS" or tokens[end - 1].pos == "PUNCT"):
                end -= 1
            text = annotated.document.text[tokens[first].start : tokens[end - 1].end]
            name = Name(text, None, first, end, token.ner)
            names.update(dict.fromkeys(range(first, end), name))
            i = last
        else:
            i += 1
    for mention in annotated.mentions:
        entity = annotated.entity_by_id.get(mention.entity or "")
        if entity is None:
            continue
        first, last = annotated.token_range((mention.start, mention.end))
        if first >= last:
            continue
        known = names.get(mention.head)
        label = {"person": "PERSON", "place": "GPE", "organization": "ORG", "group": "NORP"}.get(entity.type, "")
        if known is not None and known.label in {"GPE", "LOC", "NORP", "FAC"}:
            label = known.label
        name = Name(entity.name, entity.id, first, last, label)
        names.update(dict.fromkeys(range(first, last), name))
    return names

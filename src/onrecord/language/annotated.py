"""A document with its language laid open: tokens, sentences, quotations, who and when.

Promise: every offset is a code point of `Document.text`; every index counts in `Annotated.tokens`. The odd case that
forced the shape: spaCy's own token objects are slow to read and bind every room to spaCy, so they are copied once
into small frozen values and no later room knows which parser read the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from onrecord.language.entry import DiaryEntry
from onrecord.nouns import Document, Entity, MentionForm, Span, TimeExpression


class Token(NamedTuple):
    """One word or mark. ``head`` is the index of its syntactic head (its own index at the root of a sentence)."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    """Universal part of speech: ``VERB``, ``PROPN``, ``SPACE`` …"""
    tag: str
    """The model's fine part of speech, for English Penn Treebank: ``VBD``, ``NNP``, ``MD`` …"""
    dep: str
    """The model's dependency label, for English ClearNLP: ``nsubj``, ``ccomp``, ``appos`` …"""
    head: int
    ner: str
    """The model's entity label (``PERSON``, ``ORG``, ``GPE``, ``DATE`` …), or ``""`` outside of names."""
    ner_begins: bool
    sentence: int


class Sentence(NamedTuple):
    """Tokens ``first`` up to but not including ``last``; ``block`` indexes `Document.blocks`."""

    i: int
    start: int
    end: int
    first: int
    last: int
    block: int


class Quotation(NamedTuple):
    """A stretch in quotation marks. ``span`` has the marks, ``inner`` has not."""

    i: int
    span: Span
    inner: Span
    block: int
    parent: int | None
    """Index of the quotation that this one stands in (nested quotations), else None."""
    closed: bool
    """False where the closing mark is missing and the paragraph's end had to close it."""
    continues: int | None
    """Index of the quotation in the paragraph before that this one runs on from (its opening mark repeated)."""
    use: str
    """``speech`` for words that may be somebody's, ``name`` for titles of works, nicknames and words named as words."""


class MentionRef(NamedTuple):
    """A mention with the entity that it means (None: nobody that the text decides on)."""

    start: int
    end: int
    entity: str | None
    form: MentionForm
    head: int
    """Index of the token that heads the mention; of a transcript's label, which has no tokens, the first behind it."""


@dataclass(frozen=True)
class Annotated:
    """A `Document` and what the language room found in it."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[MentionRef, ...] = ()
    """All mentions of all entities, and the undecided ones, in text order."""
    times: tuple[TimeExpression, ...] = ()
    entries: tuple[DiaryEntry, ...] = ()
    """The entries of diaries: rows of tables, dated lines."""
    language: str = "en"
    models: dict[str, str] = field(default_factory=dict)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its syntactic children, in text order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                found[token.head].append(token.i)
        return tuple(tuple(each) for each in found)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def entity_by_id(self) -> dict[str, Entity]:
        """Entities by their id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def in_times(self) -> frozenset[int]:
        """The tokens that stand in time expressions; the parser's own labels take towns it does not know for days."""
        return frozenset(i for time in self.times for i in range(*self.token_range(time.span)))

    @cached_property
    def in_leads(self) -> frozenset[int]:
        """The tokens by which diaries tell when and where an entry is, and nothing of what else the document says."""
        spans = {
            span
            for each in self.entries
            for span in (each.day, each.hour, each.undecided, each.placeless, each.off and each.off[1], *each.places)
            if span is not None
        }
        return frozenset(i for span in spans for i in range(*self.token_range(span)))

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last-plus-one token index of the tokens under token ``i`` (itself included).

        Trees are projective, so the ends are found down the outermost children, whatever the size of the tree.
        """
        children = self.children
        low = high = i
        while children[low] and children[low][0] < low:
            low = children[low][0]
        while children[high] and children[high][-1] > high:
            high = children[high][-1]
        return low, high + 1

    def token_range(self, span: Span) -> tuple[int, int]:
        """First and last-plus-one index of the tokens that begin inside ``span``."""
        return bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])

    def mentions_in(self, span: Span) -> tuple[MentionRef, ...]:
        """The mentions that begin inside ``span``, in text order."""
        low = bisect_left(self._mention_starts, span[0])
        high = bisect_left(self._mention_starts, span[1])
        return self.mentions[low:high]

    def text(self, span: Span) -> str:
        """The words of ``span``."""
        return self.document.text[span[0] : span[1]]

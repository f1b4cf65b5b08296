"""A statement in the making: spans and token indices before speakers are joined to entities and ids are given."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.nouns import Span
from onrecord.statements.tagger.tagger import Attribution

SPEECH = frozenset({"that", "clause", "wh", "before"})
"""The kinds of complement that report words; the others report a stance or a topic."""


class Link(NamedTuple):
    """One source on the way: its words, its head token and the words that make it a source."""

    span: Span
    at: int | None
    cue: Span
    carried: bool = False


class Draft(NamedTuple):
    """What a rule found. Spans count code points of the document's text; ``cue_at`` and ``speaker_at`` are tokens."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    cue_at: int | None
    speaker: tuple[Span, ...]
    speaker_at: int | None
    rule: str
    score: float
    block: int
    quotations: tuple[int, ...] = ()
    """The outermost quotations that are, whole, part of the content."""
    continued: bool = False
    """True where the text names no speaker and the statement before gives it."""

    in_marks: bool = False
    """True where the cue itself stands in quotation marks: a statement only within another."""

    under: int | None = None
    """The token that governs the cue: ``declined`` of ``declined to say``."""
    by_way_of: tuple[Span, int | None, Span] | None = None
    """The words, head token and cue of the source that cites the speaker, where the rule itself has found it."""
    seen: Attribution | None = None
    """What the tagger saw, where the draft is its own."""
    links: tuple[Link, ...] = ()
    """By way of whom the words came, nearest to the reader first."""
    passed_on: tuple[Link, ...] = ()
    """The chain as the tagger sees it, for where no rule finds one."""
    only_frames: bool = False
    """True where the draft may name a chain for another, and is no statement by itself."""
    likelihood: float | None = None
    """How likely content and speaker are right, where rules and tagger were weighed together."""
    runs_to: int | None = None
    """The block in which a quotation that runs on over paragraphs ends; None: the block that it begins in."""

    @property
    def reports_words(self) -> bool:
        """Whether the content is words, not a stance or a topic: what a statement within a statement has to be."""
        family, _, kind = self.rule.removesuffix("+tagger").removesuffix("/1").partition(".")
        return family != "clause" or kind.removeprefix("passive-") in SPEECH

    @property
    def last_block(self) -> int:
        """The block in which the content ends."""
        return self.block if self.runs_to is None else self.runs_to

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Where the content ends."""
        return self.content[-1][1]

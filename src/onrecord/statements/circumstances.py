"""What goes with saying: to whom it was said, on what occasion, and whether it was affirmed, denied, refused or asked.

Promise: only words that hang on the cue in the parse are used, so what the content says of another briefing is never
taken for the occasion. The odd case that forced the shape: ``declined to say whether`` and ``did not say whether`` tell
that somebody would *not* speak, and a reader who sees only cue and content would take them for speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.language import Annotated, Token
from onrecord.nouns import Addressee, Occasion, Polarity, Span
from onrecord.statements.cues import source_after
from onrecord.statements.draft import Draft
from onrecord.statements.naming import entity_of
from onrecord.statements.spans import tidy
from onrecord.statements.speakers import naming_phrase
from onrecord.tables import table


@dataclass(frozen=True)
class Circumstances:
    """The word lists of one language."""

    denies: frozenset[str]
    refuses: frozenset[str]
    asks: frozenset[str]
    tells: frozenset[str]
    addresses: frozenset[str]
    occasions: frozenset[str]
    occasion_prepositions: frozenset[str]
    to_whom: frozenset[str]


@cache
def circumstances(language: str) -> Circumstances:
    """Return the lists of a language."""
    raw = table("statements", language, "cues")
    return Circumstances(*(frozenset(raw[name]) for name in Circumstances.__dataclass_fields__))


def polarity_of(annotated: Annotated, draft: Draft) -> Polarity:
    """Return how the speaker stands to the content, by the cue and what governs it."""
    if draft.cue_at is None:
        return "affirmed"
    words = circumstances(annotated.language)
    tokens, children = annotated.tokens, annotated.children
    cue = tokens[draft.cue_at]
    negated = any(tokens[c].dep == "neg" for c in children[cue.i])
    if cue.pos == "VERB" and cue.lemma in words.denies and not negated:
        return "denied"
    if cue.lemma in words.refuses:
        return "refused"
    if cue.lemma in words.tells:
        above = tokens[cue.head]
        if cue.dep == "xcomp" and above.lemma in words.refuses:
            return "refused"
        if negated:
            return "refused"
    if cue.lemma in words.asks and _is_question(annotated, draft):
        return "asked"
    return "affirmed"


def _is_question(annotated: Annotated, draft: Draft) -> bool:
    if draft.quotations or "wh" in draft.rule:
        text = annotated.text(draft.content[-1]).rstrip("”\"'’» ")
        return "wh" in draft.rule or text.endswith("?")
    return False


def addressee_of(annotated: Annotated, draft: Draft) -> Addressee | None:
    """Return to whom the words were said: the object of ``told``, the phrase of ``said to``, or None."""
    if draft.cue_at is None:
        return None
    words = circumstances(annotated.language)
    tokens, children = annotated.tokens, annotated.children
    cue = tokens[draft.cue_at]
    if cue.pos != "VERB" or source_after(annotated, cue.i) is not None:
        return None
    for c in children[cue.i]:
        child = tokens[c]
        head: int | None = None
        if child.dep in ("dobj", "dative") and child.pos in ("PROPN", "PRON", "NOUN") and cue.lemma in words.addresses:
            head = c
        elif child.dep in ("prep", "dative") and child.lower in words.to_whom:
            head = next((k for k in children[c] if tokens[k].dep == "pobj"), None)
        if head is None or _in_content(tokens[head], draft):
            continue
        if tokens[head].pos == "NOUN" and tokens[head].lemma in words.occasions:
            continue
        span = naming_phrase(annotated, head)
        if span[0] < span[1] and not _meets(span, draft.content):
            return Addressee(entity=entity_of(annotated, span, head), span=(span,))
    return None


def occasion_of(annotated: Annotated, draft: Draft) -> Occasion | None:
    """Return where or how it was said (``at a briefing``, ``in an interview with X``), or None."""
    if draft.cue_at is None:
        return None
    words = circumstances(annotated.language)
    tokens, children = annotated.tokens, annotated.children
    waiting = list(children[draft.cue_at])
    for c in children[draft.cue_at]:
        if tokens[c].dep in ("dobj", "prep", "pobj"):
            waiting += [k for k in children[c] if tokens[k].dep in ("prep", "pobj")]
    for c in waiting:
        child = tokens[c]
        if child.dep != "prep" or child.lower not in words.occasion_prepositions or _in_content(child, draft):
            continue
        noun = next((k for k in children[c] if tokens[k].dep == "pobj"), None)
        if noun is None or tokens[noun].lemma not in words.occasions:
            continue
        end = naming_phrase(annotated, noun)[1]
        span = tidy(annotated.document.text, child.start, end)
        if not _meets(span, draft.content):
            return Occasion(span=(span,))
    return None


def _in_content(token: Token, draft: Draft) -> bool:
    return any(start <= token.start < end for start, end in draft.content)


def _meets(span: Span, content: tuple[Span, ...]) -> bool:
    return any(start < span[1] and end > span[0] for start, end in content)

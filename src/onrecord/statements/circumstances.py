"""What goes with saying: to whom, on what occasion, affirmed, denied, refused or asked, and whether said at all.

Promise: only words that hang on the cue in the parse are used, so what the content says of another briefing is never
taken for the occasion. The odd case that forced the shape: ``declined to say whether`` and ``did not say whether`` tell
that somebody would *not* speak, and a reader who sees only cue and content would take them for speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.language import Annotated, Token
from onrecord.nouns import Addressee, Occasion, Polarity, Span, StatementKind
from onrecord.statements.cues import source_after
from onrecord.statements.draft import Draft
from onrecord.statements.naming import entity_of
from onrecord.statements.spans import tidy
from onrecord.statements.speakers import naming_phrase
from onrecord.tables import table

_NEAR = 4
"""So many tokens behind an addressee a clause has begun, if there is one."""

_CLAUSE = frozenset({"mark", "nsubj", "nsubjpass", "expl", "TO", "WRB", "WP"})
"""Dependencies and tags of what begins a clause."""


@dataclass(frozen=True)
class Circumstances:
    """The word lists of one language."""

    denies: frozenset[str]
    refuses: frozenset[str]
    asks: frozenset[str]
    tells: frozenset[str]
    holds: frozenset[str]
    unwilling: frozenset[str]
    whether: frozenset[str]
    addresses: frozenset[str]
    speech: frozenset[str]
    belief: frozenset[str]
    knowledge: frozenset[str]
    intention: frozenset[str]
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
    named = annotated.tokens[slice(*annotated.token_range(draft.cue[0]))]
    if any(token.lemma in words.refuses for token in named):
        return "refused"
    asks = _is_question(annotated, draft)
    if cue.lemma in words.tells:
        above = tokens[cue.head]
        if cue.dep == "xcomp" and above.lemma in words.refuses:
            return "refused"
        if negated:
            unwilling = any(token.lower in words.unwilling for token in named)
            return "refused" if asks or unwilling else "denied"
    if negated and cue.lemma in words.holds:
        return "denied"
    if asks and any(token.lemma in words.asks for token in named):
        return "asked"
    return "affirmed"


def kind_of(annotated: Annotated, draft: Draft) -> StatementKind:
    """Return whether the cue tells of words, a belief, knowledge or a wish; words where no list has it."""
    if draft.cue_at is None or draft.quotations:
        return "speech"
    words = circumstances(annotated.language)
    named = {token.lemma for span in draft.cue for token in annotated.tokens[slice(*annotated.token_range(span))]}
    named.add(annotated.tokens[draft.cue_at].lemma)
    if named & words.speech:
        return "speech"
    kinds: tuple[tuple[StatementKind, frozenset[str]], ...] = (
        ("intention", words.intention),
        ("belief", words.belief),
        ("knowledge", words.knowledge),
    )
    return next((kind for kind, lemmas in kinds if named & lemmas), "speech")


def _is_question(annotated: Annotated, draft: Draft) -> bool:
    """Whether the content asks: it begins with ``whether`` or ``how``, or ends with a question mark."""
    first = annotated.tokens[min(annotated.token_range(draft.content[0])[0], len(annotated.tokens) - 1)]
    if first.tag in ("WRB", "WP", "WDT", "WP$") or first.lower in circumstances(annotated.language).whether:
        return True
    return annotated.text(draft.content[-1]).rstrip("”\"'’» ").endswith("?")


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


def addressed_by(annotated: Annotated, verb: int) -> Span | None:
    """Return the words behind a verb such as ``told`` that name who was spoken to, where a clause follows them."""
    tokens, children = annotated.tokens, annotated.children
    if tokens[verb].lemma not in circumstances(annotated.language).addresses:
        return None
    spoken_to = next((c for c in children[verb] if c > verb and tokens[c].dep in ("dobj", "dative")), None)
    if spoken_to is None:
        return None
    span = naming_phrase(annotated, spoken_to)
    low, high = annotated.token_range(span)
    following = tokens[high : high + _NEAR]
    clause = any(token.dep in _CLAUSE or token.tag in _CLAUSE for token in following)
    return span if low - verb <= 2 and clause else None


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

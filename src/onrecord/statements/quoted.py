"""Quotations and their cues: which words around a quotation say who speaks.

Promise: a quotation with a cue beside it gives one draft, with all the pieces that belong to it: the pieces on both
sides of the cue, the sentences that follow in the same paragraph, the paragraphs that it runs on over. The odd case
that forced the shape: parsers lose their way in quotations of several sentences, so the words between quotations are
read from left to right and the parse is only asked what is whose subject.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.language import Annotated, Quotation, Token
from onrecord.nouns import Span
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import joined, tidy
from onrecord.statements.speakers import naming_phrase, subject_of

AFTER, BEFORE = "quote after", "quote before"
"""The kinds of the table: a quotation that its cue follows, and one that its cue precedes."""

THRESHOLD = 0.35
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "VBN", "VBG"})
_SENTENCE_END = frozenset({".", "!", "?", "…", "..."})


class Cue(NamedTuple):
    """A cue found beside a quotation."""

    verb: int
    subject: int | None
    kind: str
    score: float


def cue_after(annotated: Annotated, quotation: Quotation, stop: int) -> Cue | None:
    """Return the cue that follows a quotation (``…,” said Velik``; ``…,” Velik told us``) before token ``stop``."""
    text = annotated.document.text
    inner = text[quotation.inner[0] : quotation.inner[1]].rstrip()
    first, _ = annotated.token_range((quotation.span[1], quotation.span[1]))
    while first < stop and annotated.tokens[first].pos in ("PUNCT", "SPACE"):
        first += 1
    between = text[quotation.span[1] : annotated.tokens[first].start] if first < stop else ""
    if not inner or first >= stop or "\n" in between or any(mark in between for mark in ".;:("):
        return None
    full_stop = inner[-1] == "." and not ("," in between or "–" in between or "—" in between)
    parted = inner[-1] in ",?!…-–—." or any(mark in between for mark in ",–—-")
    if not parted and len(inner.split()) < 4:
        return None
    last = sentence_end(annotated, first, stop)
    verb = _first_verb(annotated, first, last)
    if verb is None:
        return None
    token = annotated.tokens[verb]
    score = lexicon(annotated.language).chance(token.lemma, AFTER)
    if score < THRESHOLD or (full_stop and (score < 0.7 or _takes_complement(annotated, verb, last))):
        return None
    subject = _subject(annotated, verb, first, last)
    if subject is None:
        return None
    return Cue(verb, subject, AFTER, score)


def cue_before(annotated: Annotated, quotation: Quotation, start: int) -> Cue | None:
    """Return the cue that precedes a quotation (``Velik said, “…``; ``he added: “…``) from token ``start`` on."""
    last, _ = annotated.token_range((quotation.span[0], quotation.span[0]))
    before = last
    while before > start and annotated.tokens[before - 1].pos in ("SPACE",):
        before -= 1
    if before <= start:
        return None
    mark = annotated.tokens[before - 1].text
    tokens = annotated.tokens
    if mark in (":", ",", "–", "—", "-", ";"):
        before -= 1
    elif tokens[before - 1].pos not in ("VERB",) and not (
        mark in ("that",) or tokens[before - 1].pos in ("ADV", "PRON", "PROPN", "NOUN", "ADP")
    ):
        return None
    low = sentence_start(annotated, start, before)
    chance = lexicon(annotated.language).chance
    best: Cue | None = None
    for i in range(before - 1, low - 1, -1):
        token = tokens[i]
        if token.pos != "VERB" and token.lemma != "be":
            continue
        score = chance(token.lemma, BEFORE)
        if mark == ":" and best is None:
            score = max(score, 0.5)
        if score < THRESHOLD or _clause_between(annotated, i, before):
            continue
        if best is None or score > best.score + 0.3:
            best = Cue(i, subject_of(annotated, i), BEFORE, score)
    if best is None:
        return None
    if mark != ":" and mark != "," and before - 1 - best.verb > 12:
        return None
    return best


def _clause_between(annotated: Annotated, verb: int, before: int) -> bool:
    """Whether the verb has a complement clause of its own between it and the quotation."""
    tokens = annotated.tokens
    return any(verb < c < before and tokens[c].dep == "ccomp" for c in annotated.children[verb])


def _takes_complement(annotated: Annotated, verb: int, last: int) -> bool:
    tokens = annotated.tokens
    return any(
        verb < c < last and tokens[c].dep in ("ccomp", "dobj", "xcomp", "prep", "advcl", "attr", "acomp")
        for c in annotated.children[verb]
    )


def _first_verb(annotated: Annotated, first: int, last: int) -> int | None:
    """The finite verb of the words after a quotation: at their beginning, or after one noun phrase."""
    tokens = annotated.tokens
    depth = 0
    for i in range(first, min(last, first + 40)):
        token = tokens[i]
        if token.lower in ("who", "which", "that", "whose", "where", "when", "as", "and", "but") and i > first + 6:
            depth += 1
        if token.pos == "VERB" and token.tag in _FINITE and token.dep not in ("amod", "relcl", "acl", "compound"):
            return i
        if token.dep in ("relcl", "acl"):
            continue
    return None


def _subject(annotated: Annotated, verb: int, first: int, last: int) -> int | None:
    """The speaker's head among the words after a quotation."""
    tokens = annotated.tokens
    for c in annotated.children[verb]:
        if tokens[c].dep in ("nsubj", "nsubjpass") and first <= c < last:
            return c
    if verb <= first + 1:
        for i in range(verb + 1, min(last, verb + 12)):
            if tokens[i].pos in ("PROPN", "PRON", "NOUN") and tokens[i].dep != "poss":
                return _top(annotated, i, verb)
        return None
    for i in range(verb - 1, first - 1, -1):
        if tokens[i].pos in ("PROPN", "PRON", "NOUN"):
            return _top(annotated, i, verb)
    return None


def _top(annotated: Annotated, i: int, verb: int) -> int:
    """The head of the noun phrase that token ``i`` stands in."""
    tokens = annotated.tokens
    at = i
    for _ in range(8):
        head = tokens[at].head
        if head in (at, verb) or tokens[head].pos not in ("PROPN", "NOUN", "PRON") or head < min(i, verb):
            return at
        at = head
    return at


def sentence_end(annotated: Annotated, first: int, stop: int) -> int:
    """Return the token after which the sentence of token ``first`` ends, by its full stop, at most ``stop``."""
    for i in range(first, stop):
        if annotated.tokens[i].text in _SENTENCE_END and annotated.tokens[i].pos == "PUNCT":
            return i
    return stop


def sentence_start(annotated: Annotated, start: int, before: int) -> int:
    """Return the first token of the sentence that token ``before - 1`` stands in, at least ``start``."""
    tokens = annotated.tokens
    for i in range(before - 1, start, -1):
        if tokens[i - 1].text in _SENTENCE_END and tokens[i - 1].pos == "PUNCT":
            return i
    return start


def complete(annotated: Annotated, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence or more by itself: it begins and ends as sentences do."""
    text = annotated.document.text
    inner = text[quotation.inner[0] : quotation.inner[1]].strip()
    return (
        bool(inner) and (inner[0].isupper() or not inner[0].isalpha()) and (inner[-1] in ".?!…" or not quotation.closed)
    )


def quotation_drafts(
    annotated: Annotated,
    block: int,
    outer: tuple[Quotation, ...],
    first: int,
    last: int,
    before: tuple[int, int] | None,
) -> list[Draft]:
    """Return the drafts of one block's quotations that have a cue beside them.

    ``first`` to ``last - 1`` are the block's tokens; ``before`` those of the block before, where it ends in a colon.
    """
    tokens = annotated.tokens
    text = annotated.document.text
    groups: list[tuple[list[Quotation], Cue | None]] = []
    for n, quotation in enumerate(outer):
        q_first = annotated.token_range(quotation.span)[0]
        stop = annotated.token_range((outer[n + 1].span[0],) * 2)[0] if n + 1 < len(outer) else last
        start = annotated.token_range((outer[n - 1].span[1],) * 2)[0] if n else first
        previous = groups[-1] if groups else None
        found = cue_after(annotated, quotation, stop)
        interrupted = False
        if previous is not None and previous[1] is not None and previous[1].kind == AFTER:
            between = text[previous[0][-1].span[1] : quotation.span[0]].rstrip()
            interrupted = between.endswith((",", "–", "—", "-", ";")) and found is None
            follows = between.endswith((".", "?", "!", ":")) and _one_sentence(tokens, start, q_first)
            if interrupted or (follows and found is None and complete(annotated, quotation)):
                previous[0].append(quotation)
                continue
        if found is None:
            found = cue_before(annotated, quotation, start)
        if found is None and n == 0 and before is not None:
            found = cue_before(annotated, quotation, before[0])
        if found is None and previous is not None and previous[1] is not None and complete(annotated, quotation):
            between = text[previous[0][-1].span[1] : quotation.span[0]].strip()
            if not any(character.isalnum() for character in between):
                previous[0].append(quotation)
                continue
        groups.append(([quotation], found))
    drafts = []
    for quotations, cue in groups:
        if cue is None:
            continue
        drafts.append(_draft(annotated, block, quotations, cue))
    return drafts


def _one_sentence(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the tokens between two quotations are one sentence: the cue's own."""
    stops = sum(tokens[i].text in _SENTENCE_END for i in range(start, end))
    return stops <= 1


def _draft(annotated: Annotated, block: int, quotations: list[Quotation], cue: Cue) -> Draft:
    from onrecord.statements.clauses import cue_span

    text = annotated.document.text
    spans: list[Span] = [tidy(text, *each.span) for each in quotations]
    speaker = (naming_phrase(annotated, cue.subject),) if cue.subject is not None else ()
    return Draft(
        content=joined(spans, text),
        cue=(cue_span(annotated, annotated.tokens[cue.verb], ""),),
        cue_at=cue.verb,
        speaker=speaker,
        speaker_at=cue.subject,
        rule=f"quotation.{'cue-after' if cue.kind == AFTER else 'cue-before'}/1",
        score=cue.score,
        block=block,
        quotations=tuple(each.i for each in quotations),
    )

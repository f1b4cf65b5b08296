"""What the words of one statement report in turn: ``Quist told the jury that a witness had called them thin``.

Promise: only words that somebody else said, ordered, asked or promised in the outer statement's words, or a named one's
stance there; a cue that another rule has found stays with it. The odd case that forced the shape: inside of quotation
marks nearly every verb of speech is part of the speech (``I will say that``), so that there the verb must tell of what
has been said (``The captain told him, ‘Go home’``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from onrecord.language import Annotated, Quotation, Token
from onrecord.nouns import Span
from onrecord.statements.circumstances import Circumstances, circumstances
from onrecord.statements.complements import Piece, Predicate, predicates
from onrecord.statements.cues import cue_span
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.occasions import settings
from onrecord.statements.outlets import ways
from onrecord.statements.spans import joined, of_tokens, shared, tidy, whole_quotations
from onrecord.statements.speakers import naming_phrase, subject_of
from onrecord.tables import table

LEAST = 0.3
"""How likely, by the counted table, a listed verb's complement must be its content; below it the verb tells an act."""

_PASSIVE = "passive "
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_BREAKS = frozenset({"VERB", "AUX", "SCONJ", "ADP"})
_DEEP = 6
"""So many quotations back the one is looked for that an offset stands in."""
_BEHIND = 80
"""In code points: a quotation that begins further behind its verb is not what was said."""
_FAR = 4
"""In tokens: from a verb to the quotation that is what was said."""


class _Found(NamedTuple):
    kind: str
    content: tuple[Span, ...]


def within_drafts(annotated: Annotated, drafts: list[Draft]) -> list[Draft]:
    """Return drafts of what the contents of ``drafts`` report, none of them for a cue that a draft has."""
    taken = {i for draft in drafts for span in draft.cue for i in range(*annotated.token_range(span))}
    words = lexicon(annotated.language)
    lists = _lemmas(annotated.language)
    result: list[Draft] = []
    for outer in drafts:
        for start, end in outer.content:
            first, last = annotated.token_range((start, end))
            for token in annotated.tokens[first:last]:
                if (
                    token.pos != "VERB"
                    or token.lemma not in lists
                    or token.i in taken
                    or not _happened(annotated, token)
                ):
                    continue
                for predicate in predicates(annotated, token.i, token.i + 1, words.words):
                    draft = _draft(annotated, predicate, outer, (start, end))
                    if draft is not None:
                        taken.add(predicate.i)
                        result.append(draft)
    return result


@cache
def _lemmas(language: str) -> frozenset[str]:
    """The verbs that may tell of words or of a stance."""
    lists = circumstances(language)
    reports = {key.split()[0] for key in lists.reports}
    return lists.belief | lists.intention | ways(language).framed | reports


@cache
def _said_as(language: str) -> tuple[str, ...]:
    """The kinds of complement that may be what was said, the surest first."""
    return tuple(table("statements", language, "cues")["said_as"])


def _draft(annotated: Annotated, predicate: Predicate, outer: Draft, span: Span) -> Draft | None:
    tokens, lists = annotated.tokens, circumstances(annotated.language)
    verb = tokens[predicate.i]
    around = _around(annotated, verb.start)
    speaker_at = predicate.subject if predicate.subject is not None else subject_of(annotated, predicate.i)
    if speaker_at is not None and (
        not span[0] <= tokens[speaker_at].start < span[1]
        or tokens[speaker_at].lower in lexicon(annotated.language).nobody
    ):
        return None
    if not _reports(annotated, predicate, speaker_at, around, lists):
        return None
    found = _said(annotated, verb, outer) or _best(annotated, predicate)
    if found is None or (speaker_at is None and not found.kind.startswith(_PASSIVE)):
        return None
    speaker = (naming_phrase(annotated, speaker_at),) if speaker_at is not None else ()
    holes = (*speaker, cue_span(annotated, verb, found.kind))
    low, high = span if around is None else (max(span[0], around.inner[0]), min(span[1], around.inner[1]))
    text = annotated.document.text
    parent = None if around is None else around.i
    level = tuple(each for each in _near(annotated, *span) if each.parent == parent)
    whole = [whole_quotations(each, level)[0] for each in found.content]
    content = joined([tidy(text, max(s, low), min(e, high)) for s, e in whole], text)
    if not content or shared(content, holes) or not _tells(annotated, content):
        return None
    return Draft(
        content=content,
        cue=(holes[-1],),
        cue_at=predicate.i,
        speaker=speaker,
        speaker_at=speaker_at,
        rule="within/1",
        score=lexicon(annotated.language).chance(predicate.key, found.kind),
        block=outer.block,
        in_marks=True,
    )


def _tells(annotated: Annotated, content: tuple[Span, ...]) -> bool:
    """Whether a content is more than pronouns."""
    return any(t.pos in _TELLING for span in content for t in annotated.tokens[slice(*annotated.token_range(span))])


def _around(annotated: Annotated, at: int) -> Quotation | None:
    """The innermost quotation that an offset stands in, or None."""
    return next((each for each in reversed(_near(annotated, at, at + 1)) if each.inner[0] <= at < each.inner[1]), None)


def _near(annotated: Annotated, low: int, high: int) -> tuple[Quotation, ...]:
    """The quotations that begin between two offsets, and the few before: so many may hold the first."""
    first = bisect_left(annotated.quotations, low, key=_begins)
    return annotated.quotations[max(0, first - _DEEP) : bisect_left(annotated.quotations, high, key=_begins)]


def _begins(quotation: Quotation) -> int:
    return quotation.span[0]


def _happened(annotated: Annotated, verb: Token) -> bool:
    """Whether a verb tells what was said or is being said, not what may be, will be or should be."""
    below = [annotated.tokens[c] for c in annotated.children[verb.i]]
    if any(child.tag in ("MD", "TO") for child in below if child.i < verb.i and child.dep == "aux"):
        return any(child.lemma == "have" and child.dep == "aux" for child in below)  # "is said to have told"
    if any(child.dep == "mark" and child.lower in lexicon(annotated.language).whether for child in below):
        return False
    if verb.tag in ("VBD", "VBZ", "VBP"):
        return True
    if verb.tag in ("VBN", "VBG"):
        return any(child.dep in ("aux", "auxpass") for child in below) or verb.dep == "conj"
    return verb.tag == "VB" and any(child.dep == "neg" for child in below)


def _reports(
    annotated: Annotated, predicate: Predicate, speaker_at: int | None, around: Quotation | None, lists: Circumstances
) -> bool:
    """Whether a verb tells of words, or of a stance of somebody who is named there."""
    words, verb = lexicon(annotated.language), annotated.tokens[predicate.i]
    speaker = annotated.tokens[speaker_at] if speaker_at is not None else None
    if predicate.key in lists.reports:
        first = speaker is not None and speaker.lower in words.first_person
        return around is None or not first or verb.tag in ("VBD", "VBN")
    if around is not None or speaker is None or speaker.pos not in ("NOUN", "PROPN"):
        return False
    return verb.lemma in lists.belief | lists.intention | ways(annotated.language).framed


def _said(annotated: Annotated, verb: Token, outer: Draft) -> _Found | None:
    """The quotation that stands beside a verb, in somebody's words: ``The captain told him, ‘Go home’``."""
    for each in _near(annotated, verb.start, verb.end + _BEHIND):
        if each.use != "speech" or each.i in outer.quotations:
            continue
        if not any(s <= each.span[0] and each.span[1] <= e for s, e in outer.content):
            continue
        if verb.end <= each.span[0]:
            between = annotated.token_range((verb.end, each.span[0]))
        elif each.span[1] <= verb.start:
            between = annotated.token_range((each.span[1], verb.start))
        else:
            continue
        tokens = annotated.tokens[slice(*between)]
        if len(tokens) <= _FAR and not any(token.pos in _BREAKS for token in tokens):
            return _Found("that", (each.span,))
    return None


def _best(annotated: Annotated, predicate: Predicate) -> _Found | None:
    """The complement that is what was said: a clause rather than a phrase, that rather than an object."""
    words = lexicon(annotated.language)
    verb = annotated.tokens[predicate.i]
    order = _said_as(annotated.language)
    pieces = [each for each in predicate.pieces if each.kind.removeprefix(_PASSIVE) in order]
    if not pieces:
        return None
    if predicate.key in circumstances(annotated.language).reports:
        best = min(pieces, key=lambda each: (order.index(each.kind.removeprefix(_PASSIVE)), -each.ranges[0][0]))
        if best.kind == "obj" and _is_somebody(annotated, best, verb):
            return None
    else:
        best = max(pieces, key=lambda each: words.chance(predicate.key, each.kind))
        if words.chance(predicate.key, best.kind) < LEAST:
            return None
    return _Found(best.kind, tuple(of_tokens(annotated, low, high) for low, high in best.ranges))


def _is_somebody(annotated: Annotated, piece: Piece, verb: Token) -> bool:
    """Whether an object is who was spoken to, not what was said: ``told the board``, not ``promised new pumps``."""
    if verb.lemma not in settings(annotated.language).addresses:
        return False
    if verb.lemma not in circumstances(annotated.language).gives:
        return True
    tokens = annotated.tokens[slice(*piece.ranges[0])]
    return any(token.pos == "PRON" or token.ner == "PERSON" for token in tokens[-1:])

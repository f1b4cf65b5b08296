"""Chains as the tagger sees them, put beside those of the rules.

Promise: a link that only the tagger sees stands in the statement's own sentence, is nobody to whom the words were said
and no person who did something in it. The odd case that forced the shape: the tagger names whom the words came through
more surely than the rules, but not in which order, nor to which of two sentences an outlet belongs.
"""

from __future__ import annotations

import re

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.draft import Draft, Link
from onrecord.statements.framed import is_from_whom
from onrecord.statements.lexicon import lexicon
from onrecord.statements.naming import entity_of
from onrecord.statements.occasions import addressee_of, settings
from onrecord.statements.outlets import is_outlet_phrase, means_again
from onrecord.statements.spans import shared

_SENTENCE_END = re.compile(r"\n|[.!?][”\"»’]?\s+(?=[“\"«]?[A-Z])")


def with_seen(annotated: Annotated, draft: Draft, names: frozenset[str]) -> Draft:
    """Return the draft with what the tagger sees of its chain put beside what rules do.

    ``names`` are the words known to name outlets in this text.
    """
    if not draft.passed_on or draft.by_way_of is not None:
        return draft
    addressee = addressee_of(annotated, draft)
    taken = (*draft.speaker, *draft.content, *(addressee.span if addressee is not None else ()))
    seen = [
        link
        for link in draft.passed_on
        if not shared((link.span,), (*taken, *(each.span for each in draft.links)))
        and _in_its_part(annotated, link.span, draft)
        and not _is_person(annotated, link)
        and not _hears(annotated, link)
    ]
    if draft.links:
        seen = [link for link in seen if _stands_beside(annotated, link, draft, names)]
    if not seen:
        return draft
    return draft._replace(links=tuple(sorted((*draft.links, *seen), key=lambda link: _place(annotated, link))))


def _place(annotated: Annotated, link: Link) -> tuple[bool, int]:
    """Where a link belongs in a chain: those whom others have the words from stand last, in text order."""
    inward = is_from_whom(annotated, link)
    return inward, link.span[0] if inward else 0


def _in_its_part(annotated: Annotated, span: Span, draft: Draft) -> bool:
    """Whether a link stands in the part of a sentence in which the statement is told."""
    at = draft.cue[0][0] if draft.cue else draft.start
    low, high = min(at, span[0]), max(at, span[1])
    return not _SENTENCE_END.search(annotated.document.text, low, high)


def _hears(annotated: Annotated, link: Link) -> bool:
    """Whether a link is whom the words were said to: ``in a comment to the agency``, ``interviewed by the weekly``."""
    at = annotated.token_range(link.cue)[0]
    noun = annotated.tokens[annotated.tokens[at].head]
    words = settings(annotated.language)
    if annotated.tokens[at].lower in lexicon(annotated.language).by and noun.lemma in words.asked_by:
        return True
    return annotated.tokens[at].lower in words.to_whom | words.with_whom and (
        noun.lemma in words.occasions or noun.lower in words.occasions or noun.lemma in words.speaks
    )


def _stands_beside(annotated: Annotated, link: Link, draft: Draft, names: frozenset[str]) -> bool:
    """Whether a link that only the tagger sees is one more than the rules': an outlet, and no pronoun's name."""
    low, high = annotated.token_range(link.span)
    named = any(token.text in names for token in annotated.tokens[low:high])
    if low >= high or not (named or is_outlet_phrase(annotated, low, high)):
        return False
    return not any(means_again(annotated, each.span) for each in draft.links)


def _is_person(annotated: Annotated, link: Link) -> bool:
    """Whether a link is who did something (``by Reyk``), a person named in full; outlets may look like one."""
    entity = entity_of(annotated, link.span, link.at)
    if entity is None or annotated.entity_by_id[entity].type != "person":
        return False
    by = annotated.text(link.cue).lower().split()[-1] in lexicon(annotated.language).by
    return by and " " in annotated.entity_by_id[entity].name

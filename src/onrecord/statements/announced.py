"""Plain sentences whose speaker the next one names: ``The pass will open. This was announced by Reyk.``.

Promise: only a sentence that nobody is known to have said is given to whoever the next one names, and only where that
next sentence tells nothing else. The odd case that forced the shape: news translated from many languages puts what was
said first, as if the paper said it, and the source behind a full stop.
"""

from __future__ import annotations

from onrecord.language import Annotated, Sentence
from onrecord.statements.cues import cue_span
from onrecord.statements.draft import Draft
from onrecord.statements.outlets import ways
from onrecord.statements.spans import of_tokens, shared
from onrecord.statements.speakers import naming_phrase

_CLAUSES = frozenset({"ccomp", "xcomp", "advcl"})
_SCORE = 0.6


def announced(annotated: Annotated, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, with those of sentences that the next takes up (``this``) in place of the pronoun's own."""
    found = []
    for before, sentence in zip(annotated.sentences, annotated.sentences[1:], strict=False):
        named = _named(annotated, sentence)
        if named is None or annotated.document.blocks[before.block].kind != "paragraph":
            continue
        verb, speaker = named
        if any(shared(((before.start, before.end),), (*each.content, *each.cue)) for each in drafts):
            continue
        content = of_tokens(annotated, before.first, before.last)
        draft = Draft(
            content=(content,),
            cue=(cue_span(annotated, annotated.tokens[verb], "by"),),
            cue_at=verb,
            speaker=(naming_phrase(annotated, speaker),),
            speaker_at=speaker,
            rule="sentence.taken-up/1",
            score=_SCORE,
            block=before.block,
        )
        if content[0] < content[1]:
            found.append(draft)
    cues = tuple(span for each in found for span in each.cue)
    return [each for each in drafts if not each.cue or not shared(each.cue, cues)] + found


def _named(annotated: Annotated, sentence: Sentence) -> tuple[int, int] | None:
    """The verb and the speaker of a sentence that only says whose words the one before it was, or None."""
    words, tokens, children = ways(annotated.language), annotated.tokens, annotated.children
    for i in range(sentence.first, sentence.last):
        verb = tokens[i]
        if verb.head != i or verb.lemma not in words.announces_this:
            continue
        kids = [tokens[c] for c in children[i]]
        if any(kid.dep in _CLAUSES or kid.dep == "conj" for kid in kids):
            return None
        if any(kid.lower in words.this and kid.dep == "nsubjpass" for kid in kids):
            by = next((kid.i for kid in kids if kid.dep == "agent"), None)
            source = next((c for c in children[by] if tokens[c].dep == "pobj"), None) if by is not None else None
            return (i, source) if source is not None else None
        subject = next((kid.i for kid in kids if kid.dep == "nsubj"), None)
        if subject is not None and any(kid.lower in words.this and kid.dep == "dobj" for kid in kids):
            return i, subject
    return None

"""Indirect and mixed statements: a predicate and the complement that is its content.

Promise: one draft for each predicate whose best complement is, by the counted table, more likely content than not.
"""

from __future__ import annotations

from onrecord.language import Annotated, Quotation
from onrecord.nouns import Span
from onrecord.statements.complements import Piece, Predicate, predicates
from onrecord.statements.cues import cue_span
from onrecord.statements.draft import SPEECH, Draft
from onrecord.statements.evidence import evidence_for, weigh
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.spans import joined, meeting, of_tokens, tidy, whole_quotations
from onrecord.statements.speakers import naming_phrase, subject_of

CONSIDERED = 0.2
"""A word and complement less likely than this by the table is not looked at further."""

THRESHOLD = 0.45
"""What the word and all the evidence together must reach."""

SOURCELESS = 0.75
"""The same for a predicate of nobody's (``it appears that``), which mostly reports no words; chosen by F1 on dev."""

WITHIN = 0.7
"""What a predicate inside quotation marks must reach to be a statement within the statement."""

_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
"""Parts of speech one of which a content must hold to tell anything."""


def clause_drafts(
    annotated: Annotated, first: int, last: int, taken: frozenset[int], block: int, outer: tuple[Quotation, ...]
) -> list[Draft]:
    """Return the drafts of the predicates among tokens ``first`` to ``last - 1``, save those in ``taken``.

    ``outer`` are the block's outermost quotations of speech: a content that cuts one takes it whole.
    """
    words = lexicon(annotated.language)
    chance = words.chance
    tokens = annotated.tokens
    found = []
    for predicate in predicates(annotated, first, last, words.words):
        if predicate.i in taken or _leads_on(annotated, predicate, words):
            continue
        aside = _citing_aside(annotated, predicate, block, words)
        if aside is not None:
            found.append(aside)
            continue
        pieces = predicate.pieces
        if tokens[predicate.i].lemma not in words.impersonal:
            pieces = tuple(piece for piece in pieces if not piece.kind.startswith("subj+"))
        if not pieces:
            continue
        scores = [chance(predicate.key, piece.kind) for piece in pieces]
        score = max(scores)
        if score < CONSIDERED:
            continue
        best = pieces[scores.index(score)]
        if not any(tokens[i].pos in _TELLING for low, high in best.ranges for i in range(low, high)):
            continue  # "did not deny it", "is the one he says it is": pronouns only
        around = surrounding(outer, tokens[predicate.i].start)
        speaker = speaker_of(annotated, predicate)
        if speaker is not None and is_nobody(annotated, speaker, words):
            continue
        if around is None:
            evidence = evidence_for(annotated, predicate, best, speaker, outer)
            score = weigh(annotated.language, score, evidence)
            if score < (SOURCELESS if speaker is None and not best.kind.startswith("passive") else THRESHOLD):
                continue
        elif not _speaks(annotated, predicate, best, score):
            continue
        draft = _draft(annotated, predicate, best, speaker, score, block, outer if around is None else ())
        if draft is not None and around is not None:
            draft = _within(draft, around, annotated.document.text)
        if draft is not None:
            found.append(draft)
    return found


def _citing_aside(annotated: Annotated, predicate: Predicate, block: int, words: Lexicon) -> Draft | None:
    """``The Courier reported, citing VNA, that …``, with the clause under ``citing``: VNA's, by way of the Courier.

    The link inward is the Courier, whose cue is the verb that ``citing`` hangs on.
    """
    tokens, children = annotated.tokens, annotated.children
    citing = tokens[predicate.i]
    if citing.lemma not in words.cites or citing.dep != "advcl" or predicate.subject is not None:
        return None
    source = next((c for c in children[citing.i] if tokens[c].dep == "dobj"), None)
    clause = next((piece for piece in predicate.pieces if piece.kind == "that"), None)
    outlet = subject_of(annotated, citing.head)
    if source is None or clause is None or outlet is None or clause.ranges[0][0] < source:
        return None
    draft = _draft(annotated, predicate, clause, source, words.chance(tokens[citing.head].lemma, "that"), block, ())
    if draft is None or draft.score < THRESHOLD:
        return None
    link = naming_phrase(annotated, outlet), outlet, cue_span(annotated, tokens[citing.head], "that")
    return draft._replace(by_way_of=link)


def _within(draft: Draft, around: Quotation, text: str) -> Draft | None:
    """The draft of a statement in somebody's quoted words, with nothing from outside the quotation marks."""
    low, high = around.inner
    content = joined([tidy(text, max(start, low), min(end, high)) for start, end in draft.content], text)
    return draft._replace(content=content, in_marks=True) if content else None


def is_nobody(annotated: Annotated, speaker: int, words: Lexicon) -> bool:
    """Return whether a speaker's head says that there is none: ``nobody``, ``no minister``."""
    if annotated.tokens[speaker].lower in words.nobody:
        return True
    return any(annotated.tokens[c].lower in words.nobody for c in annotated.children[speaker] if c < speaker)


def _leads_on(annotated: Annotated, predicate: Predicate, words: Lexicon) -> bool:
    """Whether a predicate only leads on to the cue: ``went on to say that``, ``VNA quoted him as saying that``."""
    tokens = annotated.tokens
    lemma = tokens[predicate.i].lemma
    if lemma in words.cites or (lemma in words.passes_on and tokens[predicate.i].tag == "VBN"):
        return any(tokens[k].dep == "pcomp" for c in annotated.children[predicate.i] for k in annotated.children[c])
    if lemma not in words.leading:
        return False
    return any(
        tokens[c].dep in ("xcomp", "advcl") and words.chance(tokens[c].lemma, "that") >= THRESHOLD
        for c in annotated.children[predicate.i]
    )


def speaker_of(annotated: Annotated, predicate: Predicate) -> int | None:
    """Return the token that heads the speaker's phrase; None where nobody is said to speak (``it appears that``)."""
    at = predicate.subject if predicate.subject is not None else subject_of(annotated, predicate.i)
    if at is None or annotated.tokens[predicate.i].lemma in lexicon(annotated.language).impersonal:
        return None
    if annotated.tokens[at].lower == "it" and annotated.tokens[predicate.i].pos in ("ADJ", "NOUN"):
        return None
    return at


def surrounding(outer: tuple[Quotation, ...], offset: int) -> Quotation | None:
    """Return the quotation that ``offset`` stands in, or None."""
    for each in meeting((offset, offset + 1), outer):
        if each.inner[0] <= offset < each.inner[1]:
            return each
    return None


def _speaks(annotated: Annotated, predicate: Predicate, piece: Piece, score: float) -> bool:
    """Whether a predicate in somebody's quoted words reports other words than those just spoken: ``we wrote that``."""
    tokens = annotated.tokens
    words = lexicon(annotated.language)
    if score < WITHIN or piece.kind not in SPEECH or tokens[predicate.i].pos != "VERB":
        return False
    below = [tokens[c] for c in annotated.children[predicate.i]]
    if any(child.dep == "mark" and child.lower in words.whether for child in below):
        return False  # "if I told you"
    subject = predicate.subject if predicate.subject is not None else subject_of(annotated, predicate.i)
    if subject is None or tokens[predicate.i].tag not in ("VBD", "VBZ", "VBP", "VBG") or piece.ranges[0][0] < subject:
        return False
    first_person = tokens[subject].lower in words.first_person
    return not first_person or tokens[predicate.i].tag == "VBD"


def _draft(
    annotated: Annotated,
    predicate: Predicate,
    piece: Piece,
    speaker_at: int | None,
    score: float,
    block: int,
    outer: tuple[Quotation, ...],
) -> Draft | None:
    text = annotated.document.text
    cue = cue_span(annotated, annotated.tokens[predicate.i], piece.kind)
    spans: list[Span] = []
    quotations: list[int] = []
    for low, high in piece.ranges:
        span = of_tokens(annotated, low, high)
        if span[0] >= span[1]:
            continue
        span, covered = whole_quotations(span, outer)
        spans.append(span)
        quotations.extend(covered)
    if not spans:
        return None
    speaker = (naming_phrase(annotated, speaker_at),) if speaker_at is not None else ()
    return Draft(
        content=joined(spans, text),
        cue=(cue,),
        cue_at=predicate.i,
        speaker=speaker,
        speaker_at=speaker_at,
        rule=f"clause.{piece.kind.replace(' ', '-')}/1",
        score=score,
        block=block,
        under=annotated.tokens[predicate.i].head,
        quotations=tuple(quotations),
    )

"""Annotated documents to statements."""

from __future__ import annotations

from itertools import groupby

from onrecord.language import Annotated, Quotation
from onrecord.nouns import Form, Span, Speaker, Statement
from onrecord.statements.clauses import clause_drafts
from onrecord.statements.draft import Draft
from onrecord.statements.grouping import group_quotations, quotation_drafts
from onrecord.statements.sourced import sourced_drafts


def find_statements(annotated: Annotated) -> tuple[Statement, ...]:
    """Return the statements of a document in text order; those inside others name the outer one."""
    nested = _nested(_drafts(annotated))
    return tuple(
        _statement(annotated, n, draft, inside)
        for n, (draft, inside) in enumerate(nested, 1)
        if inside is not None or not draft.spoken
    )


def _drafts(annotated: Annotated) -> list[Draft]:
    quotations: dict[int, list[Quotation]] = {}
    for each in annotated.quotations:
        if each.parent is None and each.use == "speech":
            quotations.setdefault(each.block, []).append(each)
    drafts: list[Draft] = []
    before: tuple[int, int] | None = None
    for block, group in groupby(annotated.sentences, key=lambda sentence: sentence.block):
        sentences = list(group)
        first, last = sentences[0].first, sentences[-1].last
        outer = tuple(quotations.get(block, ()))
        groups = group_quotations(annotated, outer, first, last, before)
        found = quotation_drafts(annotated, groups, block, first, last)
        taken = frozenset(each.cue_at for each in found if each.cue_at is not None)
        for sentence in sentences:
            sourced = sourced_drafts(annotated, sentence, outer, taken)
            found += sourced
            taken |= {each.cue_at for each in sourced if each.cue_at is not None}
        found += clause_drafts(annotated, first, last, taken, block, outer)
        drafts += found
        before = (first, last) if annotated.tokens[last - 1].text == ":" else None
    return drafts


def _nested(drafts: list[Draft]) -> list[tuple[Draft, int | None]]:
    """Drafts in text order, each with the place of the one whose content holds its cue."""
    ordered = sorted(drafts, key=lambda draft: (draft.start, -draft.end))
    result: list[tuple[Draft, int | None]] = []
    for n, draft in enumerate(ordered):
        inside = None
        at = draft.cue[0] if draft.cue else draft.content[0]
        for m in range(len(ordered)):
            other = ordered[m]
            if m != n and any(start <= at[0] and at[1] <= end for start, end in other.content):
                inside = m
                break
        result.append((draft, inside))
    return result


def form_of(annotated: Annotated, content: tuple[Span, ...]) -> Form:
    """Return ``direct`` where nine tenths of the letters stand in quotation marks, ``mixed`` above a twentieth."""
    text = annotated.document.text
    letters = quoted = 0
    for start, end in content:
        letters += sum(map(str.isalnum, text[start:end]))
        for each in annotated.quotations:
            if each.parent is None:
                low, high = max(start, each.span[0]), min(end, each.span[1])
                quoted += sum(map(str.isalnum, text[low:high])) if low < high else 0
    share = quoted / letters if letters else 0.0
    return "direct" if share >= 0.9 else "mixed" if share > 0.05 else "indirect"


def _statement(annotated: Annotated, number: int, draft: Draft, inside: int | None) -> Statement:
    return Statement(
        id=f"s{number}",
        form=form_of(annotated, draft.content),
        content=draft.content,
        cue=draft.cue,
        speaker=Speaker(entity=None, span=draft.speaker, how="unknown"),
        inside=None if inside is None else f"s{inside + 1}",
        words=" ".join(annotated.text(span) for span in draft.content),
        by_rule=draft.rule,
        confidence=round(draft.score, 2),
    )

"""What the tagger sees, as drafts: pieces of words made into tokens, and whole quotations.

Promise: a quotation is in a content whole or not at all; a content stays in its cue's paragraph; it holds neither its
cue nor its source. The odd case that forced the shape: the tagger sees word pieces and no parse, so what heads a cue or
a source is looked up in the parse here, once.
"""

from __future__ import annotations

from bisect import bisect_right

from onrecord.language import Annotated, Quotation
from onrecord.nouns import Span
from onrecord.statements.draft import Draft, Link
from onrecord.statements.edges import cue_words, past_aside, source_words, whole_phrase, with_opening
from onrecord.statements.naming import head_of
from onrecord.statements.occasions import addressed_by, is_told
from onrecord.statements.quoted import whole
from onrecord.statements.spans import joined, meeting, shared, tidy, without, without_apposition
from onrecord.statements.tagger.tagger import Attribution

HALF = 0.5
"""A quotation of which more than this is content is content whole; one with less is none."""


def learned_drafts(
    annotated: Annotated, attributions: tuple[Attribution, ...], outer: tuple[Quotation, ...]
) -> list[Draft]:
    """Return a draft for each attribution that stands in the text's blocks, in text order.

    ``outer`` are the document's outermost quotations.
    """
    starts = [block.span[0] for block in annotated.document.blocks]
    spoken = tuple(each for each in outer if each.use == "speech")
    found = (_draft(annotated, each, bisect_right(starts, each.cue[0]) - 1, spoken) for each in attributions)
    return [past_aside(annotated, draft) for draft in found if draft is not None]


def _draft(annotated: Annotated, each: Attribution, block: int, outer: tuple[Quotation, ...]) -> Draft | None:
    low, high = annotated.token_range(each.cue)
    if low >= high or block < 0:
        return None
    cue_at = head_of(annotated, low, high)
    speaker: tuple[Span, ...] = ()
    speaker_at = None
    if each.source is not None:
        span = source_words(annotated, tidy(annotated.document.text, *each.source), each.cue)
        low, high = annotated.token_range(span)
        if low < high and not is_told(annotated, each.cue, head_of(annotated, low, high)):
            speaker, speaker_at = (span,), head_of(annotated, low, high)
    cue = cue_words(annotated, each.cue)
    addressed = addressed_by(annotated, cue_at)
    holes = (cue, *speaker) if addressed is None else (cue, *speaker, addressed)
    content, quotations = _content(annotated, each, block, holes, outer)
    if not content:
        return None
    return Draft(
        content=content,
        cue=(cue,),
        cue_at=cue_at,
        speaker=speaker,
        speaker_at=speaker_at,
        rule="tagger/1",
        score=each.cue_score,
        block=block,
        quotations=quotations,
        seen=each,
        passed_on=_passed_on(annotated, each, speaker),
    )


def _passed_on(annotated: Annotated, each: Attribution, speaker: tuple[Span, ...]) -> tuple[Link, ...]:
    """The chain that the tagger sees, nearest to the reader first: who stands behind a ``by`` passed on the rest."""
    found: list[tuple[bool, Link]] = []
    for way in each.via:
        span = tidy(annotated.document.text, *way)
        low, high = annotated.token_range(span)
        if low >= high or shared((span,), (*speaker, *each.content)):
            continue
        at = head_of(annotated, low, high)
        governor = annotated.tokens[annotated.tokens[at].head]
        by = governor.lower == "by"
        found.append((not by, Link(span, at, (governor.start, governor.end))))
    return tuple(link for _, link in sorted(found, key=lambda pair: pair[0]))


def _content(
    annotated: Annotated, each: Attribution, block: int, holes: tuple[Span, ...], outer: tuple[Quotation, ...]
) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """The content with its quotations whole and the ``holes`` cut out, and the indices of its quotations."""
    text = annotated.document.text
    spans = list(each.content)
    held: list[int] = []
    for quotation in {q.i: q for span in spans for q in meeting(span, outer)}.values():
        inside = sum(_letters(text, max(s, quotation.span[0]), min(e, quotation.span[1])) for s, e in spans)
        if inside > HALF * _letters(text, *quotation.span):
            spans.append(quotation.span)
            held.append(quotation.i)
        else:
            spans = [piece for span in spans for piece in without(span, quotation.span, text)]
    for hole in holes:
        if not any(s <= hole[0] < e for i in held for s, e in [annotated.quotations[i].span]):
            spans = [piece for span in spans for piece in without(span, hole, text)]
    low, high = annotated.document.blocks[block].span
    here = [span for span in spans if low <= span[0] < high]
    pieces = [tidy(text, *span) for span in here or spans]
    content = joined([span for span in pieces if _letters(text, *span)], text)
    if here and content:
        content = (with_opening(annotated, content[0], holes), *content[1:])
        stop = min([high, *(start for start, _ in holes if start >= content[-1][1])])
        content, more = _whole_phrase(annotated, content, stop, outer)
        held += more
    # a quotation of another paragraph is not held: it must stay free for a statement of its own
    held = [i for i in held if shared((annotated.quotations[i].span,), content)]
    content = _without_strays(annotated, content, held, each.cue)
    if content and held:
        closed = max(annotated.quotations[i].span[1] for i in held)
        if content[-1][0] < closed < content[-1][1]:
            content = (*content[:-1], without_apposition(annotated, content[-1], closed))
    return content, tuple(sorted(held))


def _whole_phrase(
    annotated: Annotated, content: tuple[Span, ...], stop: int, outer: tuple[Quotation, ...]
) -> tuple[tuple[Span, ...], list[int]]:
    """The content grown to the end of its last phrase, at most to ``stop``, and the quotations that it then holds."""
    span = content[-1]
    grown = whole_phrase(annotated, span, stop)
    reached = meeting((span[1], grown[1]), outer) if grown[1] > span[1] else ()
    if any(_letters(annotated.document.text, grown[1], each.span[1]) for each in reached):
        grown, reached = whole_phrase(annotated, span, reached[0].span[0]), ()
    return (*content[:-1], (grown[0], max([grown[1], *(each.span[1] for each in reached)]))), [
        each.i for each in reached
    ]


def _without_strays(annotated: Annotated, content: tuple[Span, ...], held: list[int], cue: Span) -> tuple[Span, ...]:
    """A quotation of whole sentences without what is told behind its cue: ``“You win?” she said. He had gone.``."""
    quotations = [annotated.quotations[i] for i in held]
    quoted = sum(each.span[1] - each.span[0] for each in quotations)
    if 2 * quoted < sum(end - start for start, end in content):
        return content
    if not any(whole(annotated.text(each.inner)) for each in quotations):
        return content
    return tuple(
        (start, end)
        for start, end in content
        if start < cue[1] or any(start <= each.span[0] and each.span[1] <= end for each in quotations)
    )


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))

"""The quotations of a page, paragraph by paragraph: which belong together, and to which cue.

Promise: a quotation is never split; the pieces on both sides of a cue, the sentences quoted on in the same paragraph
and the paragraphs that a quotation runs on over are one draft. The odd case that forced the shape: a paragraph that is
all quotation and names nobody. If its marks run on, it is more of the same; if not, it is a statement of its own whose
speaker the one before gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.language import Annotated, Quotation
from onrecord.nouns import Span
from onrecord.statements.cues import Cue
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.quoted import (
    AFTER,
    BEFORE,
    SENTENCE_END,
    cue_after,
    cue_before,
    sentence_start,
    sentences,
    whole,
)
from onrecord.statements.signed import FINITE, signature_below
from onrecord.statements.spans import joined, tidy
from onrecord.statements.speakers import naming_phrase

_SINGLE = "'‘’‚‹"
_LONGEST_HEADING = 8
"""Words of a heading in quotation marks."""

_SHORTEST_HEADLINE = 3
"""Blanks in a headline that is all quotation, without a full stop; with fewer it is a title."""

_AROUND = 8
"""Quotations before and after a heading that show which marks the text quotes in."""

Group = tuple[list[Quotation], Cue | None]


def group_quotations(
    annotated: Annotated, outer: tuple[Quotation, ...], first: int, last: int, before: tuple[int, int] | None
) -> list[Group]:
    """Return one block's quotations grouped, each group with its cue.

    ``first`` to ``last - 1`` are the block's tokens; ``before`` those of the block before where that ends in a colon.
    """
    text = annotated.document.text
    chance = lexicon(annotated.language).chance
    groups: list[Group] = []
    for n, quotation in enumerate(outer):
        here = annotated.token_range(quotation.span)[0]
        start, stop = _room(annotated, outer, n, first, last)
        between = text[outer[n - 1].span[1] if n else 0 : quotation.span[0]].strip() if n else ""
        inner = annotated.text(quotation.inner).rstrip()
        found = cue_after(annotated, quotation, stop, chance)
        cue = groups[-1][1] if groups else None
        goes_on = cue is not None and cue.kind in (AFTER, "according") and between.endswith((",", "–", "—", "-", ";"))
        if goes_on and not _one_sentence(annotated, start, here):
            goes_on = cue_before(annotated, quotation, start, chance) is None  # "…,” said Velik. And yet, he said, “…"
        if goes_on and inner.endswith("."):
            found = None  # "…,” said Velik, “….” He paused.": the next sentence is no cue
        if cue is not None and found is None:
            follows = between.endswith((".", "?", "!", ":")) and _one_sentence(annotated, start, here) and whole(inner)
            bare = not any(character.isalnum() for character in between) and whole(inner)
            if goes_on or bare or (follows and cue.kind in (AFTER, "according") and outer[n - 1] is groups[-1][0][-1]):
                groups[-1][0].append(quotation)
                continue
        if found is None:
            found = _own(annotated, cue_before(annotated, quotation, start, chance), groups)
        if found is None and n == 0 and before is not None and here <= first + 1:
            found = cue_before(annotated, quotation, before[0], chance)
        groups.append(([quotation], found))
    return groups


def _own(annotated: Annotated, cue: Cue | None, groups: list[Group]) -> Cue | None:
    """The cue with the speaker of the quotation before where its own was looked for in there: ``…,” adding, “…``."""
    if cue is None or cue.speaker_at is None or not groups:
        return cue
    start = annotated.tokens[cue.speaker_at].start
    for quotations, earlier in groups[-3:]:
        if any(each.span[0] <= start < each.span[1] for each in quotations):
            if earlier is None or earlier.speaker_at is None:
                return cue._replace(speaker=(), speaker_at=None)
            return cue._replace(speaker=earlier.speaker, speaker_at=earlier.speaker_at)
    return cue


def _room(annotated: Annotated, outer: tuple[Quotation, ...], n: int, first: int, last: int) -> tuple[int, int]:
    """The tokens between the quotation before and the one after: where the cue of quotation ``n`` may stand."""
    start = annotated.token_range((outer[n - 1].span[1],) * 2)[0] if n else first
    stop = annotated.token_range((outer[n + 1].span[0],) * 2)[0] if n + 1 < len(outer) else last
    return start, stop


def neighbours(annotated: Annotated) -> Iterator[tuple[Quotation, int, int]]:
    """Yield every outermost quotation of speech with the first and last token of where its cue may stand."""
    blocks: dict[int, list[Quotation]] = {}
    for each in annotated.quotations:
        if each.parent is None and each.use == "speech":
            blocks.setdefault(each.block, []).append(each)
    for block, quotations in blocks.items():
        first, last = annotated.token_range(annotated.document.blocks[block].span)
        for n, quotation in enumerate(quotations):
            yield quotation, *_room(annotated, tuple(quotations), n, first, last)


def quotation_drafts(annotated: Annotated, groups: list[Group], block: int, first: int, last: int) -> list[Draft]:
    """Return the drafts of one block's groups: those with a cue, those that stand alone, those after a sentence."""
    drafts = []
    for quotations, cue in groups:
        if cue is not None:
            drafts.append(_with_cue(annotated, block, quotations, cue))
        elif all_quoted(annotated, block, quotations):
            signed = signature_below(annotated, block)
            if signed is not None:
                drafts.append(_with_cue(annotated, block, quotations, signed))
            elif not _heading(annotated, quotations):
                drafts.append(_alone(annotated, block, quotations))
        elif sentences(annotated.text(quotations[0].inner).strip()):
            draft = _after_sentence(annotated, block, quotations, first) or _unsigned(annotated, block, quotations)
            if draft is not None:
                drafts.append(draft)
    return drafts


def all_quoted(annotated: Annotated, block: int, quotations: list[Quotation]) -> bool:
    """Whether nothing but these quotations stands in their block."""
    text = annotated.document.text
    start, end = annotated.document.blocks[block].span
    low, high = quotations[0].span[0], quotations[-1].span[1]
    outside = text[start:low] + text[high:end]
    inner = annotated.text(quotations[0].inner)
    stands = whole(inner) or (block == 0 and inner.count(" ") >= _SHORTEST_HEADLINE)
    return stands and not any(map(str.isalnum, outside))


def _heading(annotated: Annotated, quotations: list[Quotation]) -> bool:
    """Whether a few words in single marks, where the text quotes in double ones, are a heading: ``‘All is open.’``."""
    text, only = annotated.document.text, quotations[0]
    if len(quotations) > 1 or text[only.span[0]] not in _SINGLE or text[slice(*only.span)].startswith("''"):
        return False
    if len(annotated.text(only.inner).split()) > _LONGEST_HEADING:
        return False
    near = annotated.quotations[max(0, only.i - _AROUND) : only.i + _AROUND]
    return any(each.parent is None and text[each.span[0]] not in _SINGLE for each in near)


def _one_sentence(annotated: Annotated, start: int, end: int) -> bool:
    """Whether the tokens between two quotations are one sentence, the cue's own: nothing in the midst ends one."""
    words = [token.text for token in annotated.tokens[start:end] if token.pos != "SPACE"]
    return not any(word in SENTENCE_END for word in words[:-1])


def _content(annotated: Annotated, quotations: list[Quotation]) -> tuple[Span, ...]:
    text = annotated.document.text
    return joined([tidy(text, *each.span) for each in quotations], text)


def _mixed(annotated: Annotated, block: int, quotation: Quotation, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content with the words before it in its sentence: ``Nothing there was “cheap,” said Brandt``."""
    text, tokens = annotated.document.text, annotated.tokens
    if not quotation.inner[0] < len(text) or not text[quotation.inner[0]].islower():
        return content
    low = annotated.token_range(annotated.document.blocks[block].span)[0]
    here = annotated.token_range(quotation.span)[0]
    first = sentence_start(annotated, low, here)
    while first < here and tokens[first].pos in ("CCONJ", "PUNCT", "SPACE"):
        first += 1
    if first >= here or not any(text[i].isalnum() for i in range(tokens[first].start, quotation.span[0])):
        return content
    return joined([(tokens[first].start, content[0][1]), *content[1:]], text)


def _introduced(
    annotated: Annotated, block: int, verb: int, speaker: int | None, quotation: Quotation, content: tuple[Span, ...]
) -> tuple[Span, ...]:
    """The content with what leads into it: ``Reyk said that there, “…”``; ``the talks, Reyk said, “were short”``."""
    tokens = annotated.tokens
    here = annotated.token_range(quotation.span)[0]
    for i in range(verb + 1, here):
        if tokens[i].pos == "SCONJ" and tokens[i].tag == "IN" and i + 1 < here - 1:
            return joined([(tokens[i].start, content[0][1]), *content[1:]], annotated.document.text)
    text = annotated.document.text
    if not text[quotation.inner[0]].islower():
        return content
    cue = annotated.subtree(speaker)[0] if speaker is not None and speaker < verb else verb
    first = sentence_start(annotated, annotated.token_range(annotated.document.blocks[block].span)[0], cue)
    while first < cue and tokens[first].pos in ("CCONJ", "SPACE"):
        first += 1
    if cue - first < 3 or tokens[cue - 1].text != "," or tokens[first].pos in ("ADP", "SCONJ", "ADV", "VERB"):
        return content
    return joined([tidy(text, tokens[first].start, tokens[cue - 1].start), *content], text)


def _with_cue(annotated: Annotated, block: int, quotations: list[Quotation], cue: Cue) -> Draft:
    content = _content(annotated, quotations)
    if cue.kind in (AFTER, "according"):
        content = _mixed(annotated, block, quotations[0], content)
    elif cue.kind == BEFORE and cue.at is not None:
        content = _introduced(annotated, block, cue.at, cue.speaker_at, quotations[0], content)
    cited = _cited_by(annotated, cue)
    by_way_of = None
    if cited is not None:
        by_way_of = cue.speaker[0], cue.speaker_at, cue.span
        cue = cue._replace(speaker=(naming_phrase(annotated, cited),), speaker_at=cited)
    kind = {AFTER: "cue-after", BEFORE: "cue-before"}.get(cue.kind, cue.kind)
    return Draft(
        content=content,
        cue=(cue.span,),
        cue_at=cue.at,
        speaker=cue.speaker,
        speaker_at=cue.speaker_at,
        rule=f"quotation.{kind}/1",
        score=cue.score,
        block=block,
        quotations=tuple(each.i for each in quotations),
        by_way_of=by_way_of,
    )


def _cited_by(annotated: Annotated, cue: Cue) -> int | None:
    """Whom the cue's subject quotes, where it does: ``“…,” the agency quoted her as saying``. The words are hers."""
    if cue.at is None or not cue.speaker or annotated.tokens[cue.at].lemma not in lexicon(annotated.language).cites:
        return None
    return next((c for c in annotated.children[cue.at] if c > cue.at and annotated.tokens[c].dep == "dobj"), None)


def _alone(annotated: Annotated, block: int, quotations: list[Quotation]) -> Draft:
    return Draft(
        content=_content(annotated, quotations),
        cue=(),
        cue_at=None,
        speaker=(),
        speaker_at=None,
        rule="quotation.continued/1",
        score=0.6,
        block=block,
        quotations=tuple(each.i for each in quotations),
        continued=True,
    )


def _unsigned(annotated: Annotated, block: int, quotations: list[Quotation]) -> Draft | None:
    """Quoted sentences beside which nobody is named: ``The quay was dark. “We are waiting.” A bell rang.``.

    None where they have no verb: ``on “Nightly News.”``.
    """
    first, last = annotated.token_range(quotations[0].inner)
    if not any(token.tag in FINITE and token.pos in ("VERB", "AUX") for token in annotated.tokens[first:last]):
        return None
    return _alone(annotated, block, quotations)._replace(rule="quotation.unsigned/1", score=0.4, continued=False)


def _after_sentence(annotated: Annotated, block: int, quotations: list[Quotation], first: int) -> Draft | None:
    """``Velik was firm. “We will go.”``: the subject of the sentence before, if it is somebody."""
    tokens = annotated.tokens
    here = annotated.token_range(quotations[0].span)[0]
    at = here - 1
    while at > first and (tokens[at].pos in ("PUNCT", "SPACE")):
        at -= 1
    if at < first or at == here - 1:
        return None
    sentence = annotated.sentences[tokens[at].sentence]
    for i in range(max(sentence.first, first), at):
        token = tokens[i]
        if token.dep != "nsubj" or tokens[token.head].head != token.head:
            continue
        if token.ner == "PERSON" or token.lower in ("he", "she"):
            return Draft(
                content=_content(annotated, quotations),
                cue=(),
                cue_at=None,
                speaker=(naming_phrase(annotated, i),),
                speaker_at=i,
                rule="quotation.sentence-before/1",
                score=0.5,
                block=block,
                quotations=tuple(each.i for each in quotations),
            )
    return None


def running_on(annotated: Annotated, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the quotations that run on over paragraphs put together.

    The next paragraph's quotation repeats the opening mark of one that was left open: it is more of the same statement,
    whether the cue stands in the first paragraph or in the last.
    """
    continues = {each.i: each.continues for each in annotated.quotations if each.continues is not None}
    if not continues:
        return drafts
    holder: dict[int, int] = {}
    result: list[Draft | None] = []
    text = annotated.document.text
    for draft in drafts:
        before = next((continues[i] for i in draft.quotations if i in continues), None)
        place = holder.get(before) if before is not None else None
        earlier = result[place] if place is not None else None
        if place is None or earlier is None or not draft.rule.startswith("quotation.") or draft.in_marks:
            for i in draft.quotations:
                holder.setdefault(i, len(result))
            result.append(draft)
            continue
        named = draft if earlier.continued and not draft.continued else earlier
        merged = named._replace(
            content=joined([*earlier.content, *draft.content], text),
            quotations=(*earlier.quotations, *draft.quotations),
            block=earlier.block,
            runs_to=draft.last_block,
            continued=earlier.continued and draft.continued,
        )
        result[place] = merged
        for i in draft.quotations:
            holder[i] = place
    return [draft for draft in result if draft is not None]


def left_open(annotated: Annotated, draft: Draft) -> bool:
    """Return whether a draft is a quotation that nothing closes and beside which nobody is named.

    Where its words end is as unknown as whose they are: an excerpt may be marked so, or a caption.
    """
    return bool(draft.quotations) and not draft.cue and not annotated.quotations[draft.quotations[-1]].closed

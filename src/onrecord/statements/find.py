"""Annotated documents to statements: the rules in their order, on one screen.

Promise: every statement has its rule and its confidence; ids run in text order; a statement whose cue stands in
another's content is ``inside`` it. The odd case that forced the shape: the same words may be found by two rules (a
quotation and the clause that it stands in), so cues that one rule has taken are closed to the next.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.language import Annotated, Quotation
from onrecord.language.quotations import outer_quotations
from onrecord.nouns import Form, How, Span, Speaker, Statement, Via
from onrecord.statements.announced import announced
from onrecord.statements.carried import Told, carry
from onrecord.statements.chains import chained
from onrecord.statements.circumstances import kind_of, polarity_of
from onrecord.statements.clauses import clause_drafts
from onrecord.statements.confidence import confidence_of
from onrecord.statements.draft import Draft, Link
from onrecord.statements.edges import past_aside
from onrecord.statements.grouping import group_quotations, left_open, quotation_drafts, running_on
from onrecord.statements.headlines import headline_draft
from onrecord.statements.judge import weighed
from onrecord.statements.learned import learned_drafts
from onrecord.statements.marks import find_marks, words_of
from onrecord.statements.naming import entity_of, how_named, namers
from onrecord.statements.occasions import addressee_of, occasion_of
from onrecord.statements.outlets import is_outlet_phrase, means_again, outlet_names
from onrecord.statements.source_bounds import with_source
from onrecord.statements.sourced import sourced_drafts
from onrecord.statements.spans import meeting, shared, size
from onrecord.statements.tagger.tagger import Attribution
from onrecord.statements.turns import questioners, turn_drafts, with_quoted_turns
from onrecord.statements.within import within_drafts

DIRECT, MIXED = 0.9, 0.05
"""Shares of letters in quotation marks from which a content is direct, and above which it is mixed."""


SURE_WITHIN = 0.5
"""How sure the tagger must be of a cue within other words."""

AGAIN = 0.8
"""Share of an outer statement's words that an inner one of the same speaker has where it is only told twice."""

NEAR = 64
"""So many statements back the one is looked for that a statement stands in: time stays linear."""


LONGEST_HEADLINE = 20
"""A first line with so many blanks is no headline but a paragraph."""


class _Placed(NamedTuple):
    """A draft and the place of the draft that it stands in."""

    draft: Draft
    inside: int | None


def find_statements(annotated: Annotated, attributions: tuple[Attribution, ...] | None = None) -> tuple[Statement, ...]:
    """Return the statements of a document in text order; those inside others name the outer one.

    ``attributions`` are the tagger's; without them (None) the rules alone decide.
    """
    outer = outer_quotations(annotated.quotations)
    drafts = rule_drafts(annotated, outer)
    names = outlet_names(annotated)
    if attributions is not None:
        drafts = weighed(annotated, drafts, learned_drafts(annotated, attributions, outer), outer, names)
    drafts = [each for each in drafts if not _will_be_said(annotated, each)]
    drafts = with_quoted_turns(annotated, announced(annotated, drafts))
    drafts = chained(annotated, turn_drafts(annotated) + drafts, names)
    # when it is known who only passed the words on; of who is quoted word for word the rules are sure
    drafts = [with_source(annotated, each, form_of(annotated, each.content, outer) == "direct") for each in drafts]
    if not drafts:
        return ()
    placed = _nested(annotated, drafts)
    reported = within_drafts(annotated, [each.draft for each in placed])
    if reported:
        placed = _nested(annotated, [*(each.draft for each in placed), *reported])
    return _statements(annotated, placed, outer)


def _will_be_said(annotated: Annotated, draft: Draft) -> bool:
    """Whether a diary only tells of what somebody will speak: "19 March: Parliament debates the customs bill".

    What stands before its cue is said by now: "19 March: vote on the customs bill, the speaker's office says".
    """
    if draft.quotations or not draft.cue or draft.start < draft.cue[0][0]:
        return False
    at = draft.cue[0][0]
    return any(each.ahead and each.what[0] <= at < each.what[1] for each in annotated.entries)


def rule_drafts(annotated: Annotated, outer: tuple[Quotation, ...]) -> list[Draft]:
    """Return what the rules find in all blocks but a transcript's turns; ``outer`` are the outermost quotations."""
    quotations: dict[int, list[Quotation]] = {}
    for each in outer:
        if each.use == "speech":
            quotations.setdefault(each.block, []).append(each)
    drafts: list[Draft] = []
    before: tuple[int, int] | None = None
    for block, group in groupby(annotated.sentences, key=lambda sentence: sentence.block):
        if annotated.document.blocks[block].kind == "turn":
            continue
        sentences = list(group)
        first, last = sentences[0].first, sentences[-1].last
        here = tuple(quotations.get(block, ()))
        found: list[Draft] = []
        headline = headline_draft(annotated, block, first, last) if _is_headline(annotated, block) else None
        if headline is not None:
            found = [headline]
        elif here:
            groups = group_quotations(annotated, here, first, last, before)
            found = quotation_drafts(annotated, groups, block, first, last)
        taken = frozenset(each.cue_at for each in found if each.cue_at is not None)
        for sentence in sentences:
            sourced = sourced_drafts(annotated, sentence, here, taken)
            found += sourced
            taken |= {each.cue_at for each in sourced if each.cue_at is not None}
        held = {i for each in found if each.cue for i in each.quotations}
        found = [each for each in found if each.cue or held.isdisjoint(each.quotations)]
        clauses = clause_drafts(annotated, first, last, taken, block, here)
        drafts += found + [each for each in clauses if not _said_already(annotated, each, found, here)]
        before = (first, last) if annotated.tokens[last - 1].text == ":" else None
    return [past_aside(annotated, each) for each in running_on(annotated, drafts) if not left_open(annotated, each)]


def _said_already(annotated: Annotated, draft: Draft, found: list[Draft], outer: tuple[Quotation, ...]) -> bool:
    """Whether a clause is nothing but a quotation that has a cue of its own beside it: no words are said by two."""
    if not draft.quotations or form_of(annotated, draft.content, outer) != "direct":
        return False
    cue = draft.cue[0][0]
    return any(
        each.cue
        and set(draft.quotations) <= set(each.quotations)
        and not any(start <= cue < end for start, end in each.content)
        for each in found
    )


def _is_headline(annotated: Annotated, block: int) -> bool:
    """Whether a block is a headline: by its kind, or as the short first line of a plain text."""
    first = annotated.document.blocks[block]
    if first.kind == "headline":
        return True
    return block == 0 and annotated.text(first.span).count(" ") < LONGEST_HEADLINE


def _is_another(annotated: Annotated, inner: Draft, outer: Draft) -> bool:
    """Whether words within others are a report of their own, and the tagger, which learnt none, is sure of its cue."""
    if not inner.reports_words or _same_voice(annotated, inner, outer):
        return False
    if inner.seen is not None and inner.score < SURE_WITHIN:
        return False
    again = shared(inner.content, outer.content) >= AGAIN * size(outer.content)
    return not (again and inner.speaker == outer.speaker)


def _same_voice(annotated: Annotated, inner: Draft, outer: Draft) -> bool:
    """Whether a cue only goes on with the one it hangs on: ``declined to say``, ``said he believes``."""
    if inner.under != outer.cue_at:
        return False
    named = inner.speaker_at is not None and annotated.tokens[inner.speaker_at].pos != "PRON"
    return not named or inner.speaker == outer.speaker


def _nested(annotated: Annotated, drafts: list[Draft]) -> list[_Placed]:
    """Drafts in text order, each with the place of the smallest one whose content holds its cue; orphans left out."""
    placed: list[_Placed] = []
    for draft in sorted(drafts, key=lambda each: (each.start, -each.end)):
        at = draft.cue[0] if draft.cue else draft.content[0]
        inside = None
        for m in range(len(placed) - 1, max(-1, len(placed) - NEAR), -1):
            other = placed[m].draft
            if not (other.content[0][0] <= at[0] and at[1] <= other.content[-1][1]):
                continue
            if other.cue != draft.cue and any(start <= at[0] and at[1] <= end for start, end in other.content):
                inside = m
                break
        if inside is None and draft.in_marks:
            continue
        if inside is not None and not _is_another(annotated, draft, placed[inside].draft):
            continue
        placed.append(_Placed(draft, inside))
    return placed


def _statements(annotated: Annotated, placed: list[_Placed], outer: tuple[Quotation, ...]) -> tuple[Statement, ...]:
    speakers: list[Speaker] = []
    last: tuple[int, Speaker] | None = None
    carriers = _carriers(annotated, placed)
    for each in placed:
        draft = each.draft
        speaker = _speaker(annotated, draft, last)
        if speaker.entity in carriers and _is_one_person(annotated, speaker):
            speaker = replace(speaker, entity=None)  # "he" is no news agency
        speakers.append(speaker)
        if each.inside is None:
            last = draft.last_block, speaker
    tops = [n for n, each in enumerate(placed) if each.inside is None]
    chains = carry(
        [
            Told(
                placed[n].draft.block,
                speakers[n],
                _definite(annotated, speakers[n]),
                _nouns(annotated, placed[n].draft),
                _is_known(annotated, speakers[n]),
                placed[n].draft.links,
            )
            for n in tops
        ]
    )
    for n, chain in zip(tops, chains, strict=True):
        if chain and chain[0].carried and _hears(annotated, placed[n].draft, chain):
            continue  # "he told the agency": he speaks to the one that carried his words before
        placed[n] = placed[n]._replace(draft=placed[n].draft._replace(links=chain))
    outlets = _outlets(annotated, placed)
    return tuple(_statement(annotated, n, each, speakers[n], outer, outlets) for n, each in enumerate(placed))


def _outlets(annotated: Annotated, placed: list[_Placed]) -> dict[Span, str | None]:
    """Which entity each link is; one without a name (``the paper``, ``it``) is the one that carried words last."""
    result: dict[Span, str | None] = {}
    latest: str | None = None
    for link in sorted({link for each in placed for link in each.draft.links}, key=lambda link: link.span):
        entity = entity_of(annotated, link.span, link.at)
        if entity is None and means_again(annotated, link.span):
            entity = latest
        result[link.span] = entity
        latest = entity if entity is not None else latest
    return result


def _carriers(annotated: Annotated, placed: list[_Placed]) -> frozenset[str]:
    """The entities of outlets that carry words in a text."""
    links = {link for each in placed for link in each.draft.links}
    outlets = [link for link in links if is_outlet_phrase(annotated, *annotated.token_range(link.span))]
    return frozenset(filter(None, (entity_of(annotated, link.span, link.at) for link in outlets)))


def _is_one_person(annotated: Annotated, speaker: Speaker) -> bool:
    """Whether a speaker is meant by a pronoun for one person."""
    return speaker.how == "pronoun" and annotated.text(speaker.span[0]).lower() in namers(annotated.language).persons


def _hears(annotated: Annotated, draft: Draft, chain: tuple[Link, ...]) -> bool:
    """Whether a statement is made to an outlet of a chain."""
    addressee = addressee_of(annotated, draft)
    if addressee is None:
        return False
    outlets = {entity_of(annotated, link.span, link.at) for link in chain} - {None}
    return addressee.entity in outlets or means_again(annotated, addressee.span[0])


def _definite(annotated: Annotated, speaker: Speaker) -> bool:
    words = annotated.text(speaker.span[0]).lower().split() if speaker.span else []
    return bool(words) and words[0] in namers(annotated.language).definite


def _is_known(annotated: Annotated, speaker: Speaker) -> bool:
    """Whether it is known who a speaker is: an entity, and of "he" and "she" a person."""
    if speaker.entity is None:
        return False
    return not _is_one_person(annotated, speaker) or annotated.entity_by_id[speaker.entity].type == "person"


def _nouns(annotated: Annotated, draft: Draft) -> frozenset[str]:
    """The common nouns that name a speaker, without those that only tell of which kind (``defence minister``)."""
    ranges = [annotated.token_range(span) for span in draft.speaker]
    return frozenset(
        token.lemma
        for first, last in ranges
        for token in annotated.tokens[first:last]
        if (token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower()))
        and (token.dep != "compound" or token.lemma in namers(annotated.language).bodies)
    )


def _speaker(annotated: Annotated, draft: Draft, last: tuple[int, Speaker] | None) -> Speaker:
    """The speaker of a draft; ``last`` is the block and the speaker of the outermost statement before it."""
    if draft.rule.startswith("turn"):
        label = annotated.document.blocks[draft.block].speaker or ""
        if label.lower() in questioners(annotated.language):
            return Speaker(entity=None, span=draft.speaker, how="unnamed")
        entity = entity_of(annotated, draft.speaker[0], None) if draft.speaker else None
        return Speaker(entity=entity, span=draft.speaker, how="name")
    if draft.continued:
        if last is None or draft.block - last[0] > 2 or last[1].how == "unknown":
            return Speaker(entity=None, span=(), how="unknown")
        return Speaker(entity=last[1].entity, span=(), how="continued")
    if not draft.speaker:
        return Speaker(entity=None, span=(), how="unknown")
    how: How = how_named(annotated, draft.speaker[0], draft.speaker_at)
    if how == "unknown":  # nothing but marks, or a piece of a word, stands there
        return Speaker(entity=None, span=(), how=how)
    entity = entity_of(annotated, draft.speaker[0], draft.speaker_at)
    if how == "unnamed" and entity is not None:
        how = "role"  # "the adviser" whose name the text has given
    return Speaker(entity=entity, span=draft.speaker, how=how)


def form_of(annotated: Annotated, content: tuple[Span, ...], outer: tuple[Quotation, ...]) -> Form:
    """Return ``direct`` where nine tenths of the letters stand in quotation marks, ``mixed`` above a twentieth."""
    text = annotated.document.text
    letters = quoted = 0
    for start, end in content:
        letters += sum(map(str.isalnum, text[start:end]))
        for each in meeting((start, end), outer):
            low, high = max(start, each.span[0]), min(end, each.span[1])
            if low < high:
                quoted += sum(map(str.isalnum, text[low:high]))
    share = quoted / letters if letters else 0.0
    return "direct" if share >= DIRECT else "mixed" if share > MIXED else "indirect"


def _statement(
    annotated: Annotated,
    number: int,
    placed: _Placed,
    speaker: Speaker,
    outer: tuple[Quotation, ...],
    outlets: dict[Span, str | None],
) -> Statement:
    draft = placed.draft
    text = annotated.document.text
    turn = draft.rule.startswith("turn")
    form: Form = "direct" if turn else form_of(annotated, draft.content, outer)
    marks = () if turn else find_marks(text, draft.content, outer, annotated.language)
    asked = turn and speaker.how == "unnamed"
    return Statement(
        id=f"s{number + 1}",
        form=form,
        content=draft.content,
        cue=draft.cue,
        speaker=speaker,
        addressee=addressee_of(annotated, draft),
        occasion=occasion_of(annotated, draft),
        via=tuple(
            Via(
                entity=outlets[link.span],
                span=(link.span,),
                cue=(link.cue,),
                carried=link.carried,
            )
            for link in draft.links
        ),
        inside=None if placed.inside is None else f"s{placed.inside + 1}",
        marks=marks,
        words=words_of(text, draft.content, marks, form == "direct" and not turn),
        polarity="asked" if asked else polarity_of(annotated, draft),
        kind=kind_of(annotated, draft),
        by_rule=draft.rule,
        confidence=round(confidence_of(draft, annotated.language), 2),
    )

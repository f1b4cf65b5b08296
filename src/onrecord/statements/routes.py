"""Which carriers brought which statement: those of its own sentence, and those of a sentence that takes it up again.

Promise: links stand nearest to the reader first: whoever tells the words on, then who had them in hand, then whom these
had them from. The odd case that forced the shape: ``“…,” Reyk said. The remarks were carried by VNA.`` The carrier
stands behind the full stop, in a sentence that says nothing itself and only takes up what was said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from onrecord.language import Annotated, Quotation, Sentence, Token
from onrecord.nouns import Span
from onrecord.statements.carriers import Carrier, carriers
from onrecord.statements.draft import Draft, Link
from onrecord.statements.nearby import bringers, brought, is_one, takes, takes_up
from onrecord.statements.outlets import calls_itself_outlet, ways
from onrecord.statements.signed import FINITE
from onrecord.statements.spans import shared, size

_ORDER = {"tells": 0, "beside": 1, "behind": 2}
_PART = re.compile(r";\s+|[.!?][”\"»’]\s+(?=[A-Z])|[.!?]\s+(?=[“«„‘\"])")
_BEFORE = 4
"""In tokens: ``first published by`` stands before the first outlet."""
_NEAR = 30
"""Code points between the words that tell on and the speaker whom they introduce: ``attributed to a judge``."""


def routed(annotated: Annotated, drafts: list[Draft], names: frozenset[str]) -> list[Draft]:
    """Return the drafts, with the links they have and those that their own and the next sentence name.

    Statements within others and those in quotation marks keep what they have; ``names`` are the words known to name
    outlets in this text.
    """
    if not drafts:
        return drafts
    result = list(drafts)
    tops = _outermost(drafts)
    by_sentence: defaultdict[int, list[int]] = defaultdict(list)
    starts = [sentence.start for sentence in annotated.sentences]
    for n in tops:
        by_sentence[bisect_right(starts, _begins(drafts[n])) - 1].append(n)
    spoken = [quotation for quotation in annotated.quotations if quotation.parent is None]
    before: list[int] = []
    gone: set[int] = set()
    bringing: tuple[Carrier, ...] = ()
    for k, sentence in enumerate(annotated.sentences):
        here = by_sentence.get(k, [])
        if bringing and annotated.sentences[k - 1].block == sentence.block:
            for n in here:
                result[n] = brought(annotated, result[n], annotated.sentences[k - 1], bringing)
        bringing = () if here else bringers(annotated, sentence, names)
        if not here and not before:
            continue
        taken = () if here else takes_up(annotated, sentence.first, sentence.last)
        found = _carriers(annotated, sentence, names, spoken, drafts, here) if here or taken else []
        parts = _parts(annotated, sentence)
        cites = [n for n in here if _only_cites(drafts[n], found)]
        gone.update(cites)
        here = [n for n in here if n not in gone]
        for n in here:
            near = [each for each in found if _together(parts, each, drafts[n])]
            result[n] = _linked(annotated, result[n], near, [drafts[m] for m in here], names)
        for low, high in pairwise([*parts[1:], sentence.end]) if here else ():
            behind = [each for each in found if low <= each.span[0] < high]
            if not behind or any(low <= _begins(drafts[n]) < high for n in here):
                continue
            again = takes_up(annotated, *annotated.token_range((low, high)))
            own = [each for each in behind if any(takes(annotated, each, at) for at in again)]
            last = max((n for n in here if _begins(drafts[n]) < low), key=lambda n: _begins(drafts[n]), default=None)
            if own and last is not None:
                result[last] = _taken_up(annotated, result[last], own)
        if taken and not here:
            own = [each for each in found if any(takes(annotated, each, at) for at in taken)]
            for n in before[-1:] if is_one(annotated, taken[0]) else before:
                result[n] = _taken_up(annotated, result[n], own)
        if here:
            before = here if not before or not _goes_on(drafts, before, here) else [*before, *here]
        elif sentence.block != annotated.sentences[max(0, k - 1)].block or any(
            token.pos == "VERB" for token in annotated.tokens[sentence.first : sentence.last]
        ):
            before = []
    return [draft for n, draft in enumerate(result) if n not in gone]


def _carriers(
    annotated: Annotated,
    sentence: Sentence,
    names: frozenset[str],
    spoken: list[Quotation],
    drafts: list[Draft],
    here: list[int],
) -> list[Carrier]:
    """The carriers of a sentence that stand in no quotation, unless they are part of how a speaker is named."""
    return [
        each
        for each in carriers(annotated, sentence, names)
        if not any(low <= each.span[0] and each.span[1] <= high for low, high in (q.inner for q in spoken))
        or any(shared((each.span,), drafts[n].speaker) for n in here)
    ]


def _only_cites(draft: Draft, found: list[Carrier]) -> bool:
    """Whether a draft is nothing but the words that name a link: ``which in turn cited Radio Morn``."""
    return any(
        each.way == "behind"
        and shared(draft.cue, (each.cue,))
        and shared(draft.content, (each.span,)) == size(draft.content)
        for each in found
    )


def _parts(annotated: Annotated, sentence: Sentence) -> list[int]:
    """Where the parts of a sentence begin: behind a semicolon, and where the parser missed that a sentence ends."""
    text = annotated.document.text
    return [sentence.start, *(each.end() for each in _PART.finditer(text, sentence.start, sentence.end))]


def _together(parts: list[int], carrier: Carrier, draft: Draft) -> bool:
    """Whether a carrier stands in one of the parts of a sentence that the statement reaches over."""
    spans = (*draft.content, *draft.cue, *draft.speaker)
    low, high = min(span[0] for span in spans), max(span[1] for span in spans) - 1
    return bisect_right(parts, low) <= bisect_right(parts, carrier.span[0]) <= bisect_right(parts, high)


def _begins(draft: Draft) -> int:
    return draft.cue[0][0] if draft.cue else draft.start


def _outermost(drafts: list[Draft]) -> list[int]:
    """The places of the drafts whose cue, or content where they have none, stands in no other's content."""
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].start, -drafts[n].end))
    result = []
    reach: list[Span] = []
    for n in order:
        at = drafts[n].cue[0] if drafts[n].cue else drafts[n].content[0]
        if not drafts[n].in_marks and not any(low <= at[0] and at[1] <= high for low, high in reach[-12:]):
            result.append(n)
            reach.extend(drafts[n].content)
    return result


def _goes_on(drafts: list[Draft], before: list[int], here: list[int]) -> bool:
    """Whether the statements of one sentence go on with those before: the same block, and the speaker meant again."""
    return drafts[before[-1]].block == drafts[here[0]].block


def _linked(
    annotated: Annotated, draft: Draft, found: list[Carrier], beside: list[Draft], names: frozenset[str]
) -> Draft:
    """The draft with the carriers of its sentence put among its links."""
    own = [each for each in found if _carries(annotated, each, draft, beside, found, names)]
    if not own:
        return draft
    ranks: dict[Span, tuple[int, int]] = {}
    rank = 0, 0
    links: list[Link] = []
    for link in draft.links:
        meant = next((each for each in found if shared((each.span,), (link.span,))), None)
        rank = (_ORDER[meant.way], meant.span[0]) if meant is not None else (rank[0], rank[1] + 1)
        if meant is not None and meant.span[0] <= link.span[0] and link.span[1] <= meant.span[1]:
            link = link._replace(span=meant.span)  # "the agency TPS" where the parse has "TPS"
        ranks[link.span] = rank
        links.append(link)
    for each in own:
        if any(shared((each.span,), (link.span,)) for link in links):
            continue
        ranks[each.span] = (_ORDER[each.way], each.span[0])
        links.append(Link(each.span, each.at, each.cue))
    links.sort(key=lambda link: ranks[link.span])
    return draft._replace(links=tuple(_in_time(annotated, links, found)))


def _in_time(annotated: Annotated, links: list[Link], found: list[Carrier]) -> list[Link]:
    """The links the other way round where the text tells them in time: ``first aired by A, then printed by B``."""
    if len(links) < 2 or any(each.way == "behind" for each in found):
        return links
    low, high = min(link.span[0] for link in links), max(link.span[1] for link in links)
    first, last = annotated.token_range((low, high))
    words = ways(annotated.language)
    in_time = any(token.lower in words.in_time for token in annotated.tokens[max(0, first - _BEFORE) : last])
    if in_time or _one_after_another(annotated, links, found):
        return sorted(links, key=lambda link: -link.span[0])
    return links


def _one_after_another(annotated: Annotated, links: list[Link], found: list[Carrier]) -> bool:
    """Whether each outlet does something else with the words: ``transcribed by A and translated by B``."""
    cues: list[Carrier] = []
    for link in links:
        carrier = next((each for each in found if shared((each.span,), (link.span,))), None)
        if carrier is None or carrier.way != "beside":
            return False
        cues.append(carrier)
    cues.sort(key=lambda each: each.span)
    return all(_coordinated(annotated, one, other) for one, other in pairwise(cues))


def _coordinated(annotated: Annotated, one: Carrier, other: Carrier) -> bool:
    tokens = annotated.tokens
    low, high = annotated.token_range((one.span[1], other.cue[0]))
    verbs = tokens[annotated.token_range(one.cue)[0]], tokens[high]
    both = one.cue != other.cue and all(verb.tag in ("VBN", "VBD") for verb in verbs)
    return both and any(token.pos == "CCONJ" for token in tokens[low:high])


def _carries(
    annotated: Annotated,
    carrier: Carrier,
    draft: Draft,
    beside: list[Draft],
    found: list[Carrier],
    names: frozenset[str],
) -> bool:
    """Whether a carrier of a statement's sentence is one of that statement's own."""
    if any(low <= carrier.span[0] < high for other in (draft, *beside) for low, high in other.content):
        return False
    within = calls_itself_outlet(annotated, carrier.span, names) and any(
        low < carrier.span[0] and carrier.span[1] <= high for low, high in draft.speaker
    )
    if shared((carrier.span,), draft.speaker) and not within:
        return False
    if any(shared((carrier.span,), other.speaker) and not within for other in beside if other is not draft):
        return carrier.way == "tells" and _introduces(annotated, carrier, draft, found)
    if carrier.way == "tells":
        return _introduces(annotated, carrier, draft, found)
    return _nearest(carrier, beside) is draft or _same_speaker(_nearest(carrier, beside), draft)


def _introduces(annotated: Annotated, carrier: Carrier, draft: Draft, found: list[Carrier]) -> bool:
    """Whether who tells on stands right before the speaker or the words, or closes the sentence behind them."""
    low = min(span[0] for span in (*draft.content, *draft.speaker, *draft.cue))
    high = max(span[1] for span in draft.content)
    end = max(carrier.cue[1], carrier.span[1])
    chain_ends = [max(each.cue[1], each.span[1]) for each in found if each.way == "behind" and each.span[0] > end]
    begins = draft.speaker[0][0] if draft.speaker else low
    if any(0 <= begins - at <= _NEAR for at in (end, carrier.span[1], carrier.cue[1], *chain_ends)):
        return True
    begins_at, told_at = min(carrier.span[0], carrier.cue[0]), draft.cue[0][0] if draft.cue else high
    if draft.speaker and draft.speaker[-1][1] <= begins_at < told_at:  # "The clerk, according to VNA, ruled out"
        before = annotated.tokens[annotated.token_range((begins_at, begins_at))[0] - 1]
        if before.pos == "PUNCT" or before.lower in ways(annotated.language).asides:
            return True
    if begins_at >= high and _only_aside(annotated, (high, begins_at)):
        return True
    between = annotated.tokens[slice(*annotated.token_range((end, begins)))]
    if any(token.tag in FINITE for token in between):
        return False
    return any(_opens_words(token) for token in between[-2:])


def _only_aside(annotated: Annotated, span: Span) -> bool:
    """Whether nothing but marks and small words stand between words and who tells them on: ``…, or so VNA says``."""
    asides = ways(annotated.language).asides
    between = annotated.tokens[slice(*annotated.token_range(span))]
    return all(token.pos in ("PUNCT", "SPACE") or token.lower in asides for token in between)


def _opens_words(token: Token) -> bool:
    """Whether what stands before a speaker opens the words of a paper: ``has a report in which …``, ``a scoop: …``."""
    return token.text == ":" or (token.tag == "WDT" and token.dep == "pobj")


def _nearest(carrier: Carrier, drafts: list[Draft]) -> Draft:
    def apart(draft: Draft) -> int:
        spans = (*draft.content, *draft.cue, *draft.speaker)
        return min(max(low - carrier.span[1], carrier.span[0] - high, 0) for low, high in spans)

    return min(drafts, key=apart)


def _same_speaker(one: Draft, other: Draft) -> bool:
    return one.speaker == other.speaker


def _taken_up(annotated: Annotated, draft: Draft, found: list[Carrier]) -> Draft:
    """The draft with the carriers of the sentence that takes it up, where it has no chain yet."""
    own = [each for each in found if not shared((each.span,), draft.speaker)]
    if draft.links or not own:
        return draft
    own.sort(key=lambda each: (_ORDER[each.way] == 2, each.span[0]))
    links = [Link(each.span, each.at, each.cue) for each in own]
    in_turn = _in_time(annotated, links, own)
    if in_turn == links and len({each.cue for each in own}) == len(own) and all(each.way != "behind" for each in own):
        in_turn = links[::-1]  # "A printed the letter, and B read it out": each had it from the one before
    return draft._replace(links=tuple(in_turn))

"""Sources that are named in passing: ``according to X``, ``as X put it``, ``…, he said, …``, ``in X's words``.

Promise: what is cut out of the sentence is the source's own phrase; the rest of the sentence is the content. The odd
case that forced the shape: such a phrase may stand anywhere in its sentence, so the content comes in two pieces as
often as in one, and an apposition after closing quotation marks is the writer's own and no longer the source's.
"""

from __future__ import annotations

from onrecord.language import Annotated, Quotation, Sentence
from onrecord.nouns import Span
from onrecord.statements.cues import Cue, according, cue_span, source_after
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import joined, meeting, tidy, without, without_apposition
from onrecord.statements.speakers import naming_phrase

SURE = 0.5
"""How likely a verb must be a cue with a clause before it to be one in passing."""

SURE_AS = 0.8
"""The same for ``as she put it``: ``as`` has many other meanings."""

_SEEN = frozenset({"ROOT", "ccomp", "parataxis", "conj", "relcl", "advcl"})
"""What a verb is to its sentence where the parse has not lost it: then the clause rules see it."""

_LONGEST_AS = 12
"""In tokens; ``as`` with more behind it tells of the time when something happened."""

_CLAUSES = ("that", "clause")
_PASSING = frozenset({"parataxis", "advcl", "ccomp", "dep"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def sourced_drafts(
    annotated: Annotated, sentence: Sentence, outer: tuple[Quotation, ...], taken: frozenset[int]
) -> list[Draft]:
    """Return the drafts of one sentence whose source is named in passing; cues in ``taken`` are another rule's."""
    tokens = annotated.tokens
    words = lexicon(annotated.language)
    opening = {phrase[0] for phrase in words.according}
    found = []
    for i in range(sentence.first, sentence.last):
        token = tokens[i]
        passing = token.pos == "VERB" and token.dep in _PASSING
        source_at = source_after(annotated, i) if token.lower in opening else None
        if not (passing or source_at is not None or token.lower in words.own_words) or i in taken:
            continue
        if meeting((token.start, token.end), outer):
            continue
        if source_at is not None and source_at < sentence.last:
            cue = according(annotated, i, source_at)
            if cue is not None:
                cited = _cited(annotated, cue, sentence)
                cue = _with_apposition(annotated, sentence, cue)
                last = cited or cue
                hole = (token.start, _told_of(annotated, last, sentence, outer))
                draft = _draft(annotated, sentence, outer, cited or cue, hole, "according-to")
                if cited is not None:
                    draft = draft._replace(by_way_of=(cue.speaker[0], cue.speaker_at, cue.span))
                found.append(draft)
        elif passing:
            found_here = _in_passing(annotated, sentence, i)
            if found_here is None:
                continue
            subject, hole, rule = found_here
            kinds, sure = (_CLAUSES, SURE_AS) if rule == "as" else ((*_CLAUSES, "before"), SURE)
            listed = words.words.get(token.lemma, {})
            score = max((words.chance(token.lemma, kind) for kind in kinds if kind in listed), default=0.0)
            if score >= sure:
                named = (naming_phrase(annotated, subject),)
                cue = Cue(i, cue_span(annotated, token, ""), named, subject, rule, score)
                found.append(_draft(annotated, sentence, outer, cue, hole, rule))
        elif token.lower in words.own_words and token.pos == "NOUN":
            own = _own_words(annotated, i)
            if own is not None:
                found.append(_draft(annotated, sentence, outer, own[0], own[1], "own-words"))
    closing = _closing(annotated, sentence)
    if closing is not None and closing[0].at not in taken:
        found.append(_draft(annotated, sentence, outer, *closing, "closing"))
    return [draft for draft in found if draft.content]


def _with_apposition(annotated: Annotated, sentence: Sentence, cue: Cue) -> Cue:
    """The cue whose source goes on in an apposition that ends the sentence: ``according to Arden, the spokesman.``."""
    tokens, text = annotated.tokens, annotated.document.text
    start, end = cue.speaker[0]
    low = annotated.token_range((end, end))[0]
    high = sentence.last
    while high > low and tokens[high - 1].pos in ("PUNCT", "SPACE"):
        high -= 1
    if high - low < 3 or tokens[low].text != "," or tokens[low + 1].pos not in ("DET", "NOUN", "ADJ"):
        return cue
    if any(tokens[i].tag in _FINITE or tokens[i].text in ',"“”' for i in range(low + 1, high)):
        return cue
    return cue._replace(speaker=(tidy(text, start, tokens[high - 1].end),))


def _told_of(annotated: Annotated, cue: Cue, sentence: Sentence, outer: tuple[Quotation, ...]) -> int:
    """Where what is told of a source ends: behind its relative clause (``two diplomats who had seen the note``)."""
    end = cue.speaker[0][1]
    if cue.speaker_at is None:
        return end
    for c in annotated.children[cue.speaker_at]:
        low, high = annotated.subtree(c)
        if annotated.tokens[c].dep == "relcl" and high < sentence.last - 1 and annotated.tokens[low].start >= end:
            end = max(end, annotated.tokens[high - 1].end)
            quoted = _next_quotation(annotated.document.text, end, outer)
            end = quoted[1] if quoted is not None else end  # "…, which Reyk called “short”, …"
    return end


def _cited(annotated: Annotated, cue: Cue, sentence: Sentence) -> Cue | None:
    """The cue of whom a source cites in turn (``according to KarsTel, citing a delegate,``), or None."""
    tokens = annotated.tokens
    end = cue.speaker[0][1]
    at = annotated.token_range((end, end))[0]
    if at + 2 >= sentence.last or tokens[at].text != "," or tokens[at + 1].tag != "VBG":
        return None
    if tokens[at + 1].lemma not in lexicon(annotated.language).cites:
        return None
    cited = next((c for c in annotated.children[at + 1] if tokens[c].dep == "dobj"), None)
    if cited is None:
        return None
    citing = tokens[at + 1]
    return Cue(citing.i, (citing.start, citing.end), (naming_phrase(annotated, cited),), cited, cue.kind, cue.score)


def _closing(annotated: Annotated, sentence: Sentence) -> tuple[Cue, Span] | None:
    """``…, VNA reports.``: a name and a reporting word, which the parser takes for a noun, after the last comma."""
    tokens = annotated.tokens
    at = sentence.last - 1
    while at > sentence.first and tokens[at].pos in ("PUNCT", "SPACE"):
        at -= 1
    if tokens[at].lower not in lexicon(annotated.language).reporting:
        return None
    if tokens[at].pos == "VERB" and tokens[at].dep in _SEEN:
        return None
    first = at
    while first > sentence.first and at - first < 6 and tokens[first - 1].text != ",":
        first -= 1
    if first == at or tokens[first - 1].text != "," or tokens[at - 1].pos not in ("PROPN", "NOUN"):
        return None
    span = tidy(annotated.document.text, tokens[first].start, tokens[at - 1].end)
    cue = Cue(at, (tokens[at].start, tokens[at].end), (span,), at - 1, "closing", 0.8)
    return cue, (tokens[first].start, tokens[at].end)


def _in_passing(annotated: Annotated, sentence: Sentence, verb: int) -> tuple[int, Span, str] | None:
    """Subject, span and rule of ``he said`` between commas or of ``as she put it``, or None."""
    tokens, children = annotated.tokens, annotated.children
    words = lexicon(annotated.language)
    subject = None
    mark = False
    for c in children[verb]:
        child = tokens[c]
        if child.dep == "nsubj" and child.tag not in ("WDT", "WP"):
            subject = c
        elif child.dep in ("ccomp", "xcomp") and c > verb:
            return None
        elif child.lower in words.as_it_were and child.dep in ("mark", "advmod", "prep"):
            mark = True
        elif child.dep == "mark":
            return None
    if subject is None:
        return None
    low, high = annotated.subtree(verb)
    if low < sentence.first or high > sentence.last or (mark and high - low > _LONGEST_AS):
        return None
    if tokens[verb].dep == "advcl" and not mark:
        return None
    text = annotated.document.text
    before = text[sentence.start : tokens[low].start].rstrip()
    after = text[tokens[high - 1].end : sentence.end].lstrip()
    opened = not before or before[-1] in ",;:—–-(”\"'" or tokens[low].lower == ","
    closed = not after or after[0] in ',;:—–-.)”"?!' or tokens[high - 1].text == ","
    if not (opened and closed):
        return None
    if not mark and not before:
        return None
    return subject, (tokens[low].start, tokens[high - 1].end), "as" if mark else "in-passing"


def _own_words(annotated: Annotated, at: int) -> tuple[Cue, Span] | None:
    """``in X's words`` and ``in the words of X``."""
    tokens, children = annotated.tokens, annotated.children
    words = lexicon(annotated.language)
    preposition = tokens[at].head
    if tokens[preposition].lower not in words.own_words_in or tokens[at].dep != "pobj" or preposition > at:
        return None
    head = next((c for c in children[at] if tokens[c].dep == "poss"), None)
    if head is None:
        of = next((c for c in children[at] if tokens[c].lower in words.own_words_of), None)
        head = next((c for c in children[of] if tokens[c].dep == "pobj"), None) if of is not None else None
    if head is None:
        return None
    low, high = annotated.subtree(preposition)
    if high - low > 20:
        return None
    speaker = naming_phrase(annotated, head)
    cue = (tokens[preposition].start, tokens[preposition].end), (tokens[at].start, tokens[at].end)
    span = cue[0] if speaker[0] < cue[1][0] else (cue[0][0], cue[1][1])
    return Cue(at, span, (speaker,), head, "own words", 0.6), (tokens[low].start, tokens[high - 1].end)


def _draft(
    annotated: Annotated, sentence: Sentence, outer: tuple[Quotation, ...], cue: Cue, hole: Span, rule: str
) -> Draft:
    text = annotated.document.text
    start, end = sentence.start, sentence.end
    if rule == "own-words":
        start, end = _next_quotation(text, hole[1], outer) or (start, end)
    if any(map(str.isalnum, text[hole[1] : end])):
        # "he was cheerful; the others, she said, were not": a source inside a clause speaks for that one
        start = max(start, text.rfind(";", start, hole[0]) + 1, _clause_start(annotated, sentence, hole[0]))
    first = annotated.tokens[sentence.first]
    if first.pos == "CCONJ" and start == sentence.start:
        start = first.end
    spans: list[Span] = []
    covered: set[int] = set()
    for piece in without(tidy(text, start, end), hole, text):
        low, high = piece
        for each in meeting(piece, outer):
            if not (each.span[0] <= hole[0] and hole[1] <= each.span[1]):
                low, high = min(low, each.span[0]), max(high, each.span[1])
                covered.add(each.i)
        while high > low and text[high - 1] == ".":
            high -= 1
        spans.append((low, high))
    if spans and covered:
        spans[-1] = without_apposition(annotated, spans[-1], max(annotated.quotations[i].span[1] for i in covered))
    return Draft(
        content=joined(spans, text),
        cue=(cue.span,),
        cue_at=cue.at,
        speaker=cue.speaker,
        speaker_at=cue.speaker_at,
        rule=f"sentence.{rule}/1",
        score=cue.score,
        block=sentence.block,
        quotations=tuple(sorted(covered)),
    )


def _clause_start(annotated: Annotated, sentence: Sentence, hole: int) -> int:
    """Where the clause goes on that begins right before ``hole``: ``the Courier wrote that, according to its source,``.

    The start of the sentence where none does.
    """
    tokens = annotated.tokens
    at = annotated.token_range((hole, hole))[0] - 1
    while at > sentence.first and tokens[at].text == ",":
        at -= 1
    return tokens[at].end if at > sentence.first and tokens[at].dep == "mark" else sentence.start


def _next_quotation(text: str, at: int, outer: tuple[Quotation, ...]) -> Span | None:
    """The quotation that begins right after ``at``: ``in the words of an adviser, “the torch-bearer” of …``."""
    return next((each.span for each in meeting((at, at + 4), outer) if not text[at : each.span[0]].strip(" ,:")), None)

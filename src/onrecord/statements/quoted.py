"""One quotation and its cue: which words beside it say who speaks.

Promise: the words around a quotation are read from left to right and the parse is only asked what is whose subject. The
odd case that forced the shape: parsers lose their way in quotations of several sentences, and a comma is all that tells
``…,” Velik said`` (a cue) from ``… “public option”, which would allow`` (none).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.language import Annotated, Quotation, Token
from onrecord.statements.cues import Cue, according, cue_span, source_after
from onrecord.statements.lexicon import lexicon
from onrecord.statements.signed import FINITE, behind_colon, opens_block, signature_behind
from onrecord.statements.speakers import SUBJECTS, naming_phrase, subject_of

AFTER, BEFORE = "quote after", "quote before"
"""The kinds of the table: a quotation that its cue follows, and one that its cue precedes."""

THRESHOLD = 0.35
"""A verb beside a quotation that is less likely a cue than this is none: nearly every verb that stands so is one."""

SURE = 0.7
"""What a verb must reach where the punctuation speaks against it."""

_MODIFIERS = frozenset({"amod", "compound"})
"""What ``retired`` is in ``“…,” retired general Ostrow said``, though the tagger takes it for a finite verb."""

_NOT_OURS = _MODIFIERS | {"relcl", "acl", "advcl", "pcomp"}
SENTENCE_END = frozenset({".", "!", "?", "…", "..."})
_COLON = re.compile(r":\s*$")


Chance = Callable[[str, str], float]
"""Of a word and a kind of complement: how likely it is a cue. `Lexicon.chance`, but when the table is being counted."""


def cue_after(annotated: Annotated, quotation: Quotation, stop: int, chance: Chance) -> Cue | None:
    """Return the cue that follows a quotation (``…,” said Velik``; ``…,” Velik told us``) before token ``stop``."""
    text, tokens = annotated.document.text, annotated.tokens
    inner = text[quotation.inner[0] : quotation.inner[1]].rstrip(" \xa0'’\"”»")
    first = annotated.token_range((quotation.span[1], quotation.span[1]))[0]
    if first >= stop or not inner or not quotation.closed:
        return None
    opens = opens_block(annotated, quotation)
    if whole(inner) or opens:
        signed = signature_behind(annotated, quotation, stop)
        if signed is not None:
            return signed
    if opens and text[quotation.span[1] : quotation.span[1] + 1] == ":":
        return behind_colon(annotated, quotation.span[1], stop)
    while first < stop and tokens[first].pos in ("PUNCT", "SPACE"):
        first += 1
    if first >= stop:
        return None
    between = text[quotation.span[1] : tokens[first].start]
    if "\n" in between or any(mark in between for mark in ".;:("):
        return None
    parted = inner[-1] in ",?!…—–-" or any(mark in between for mark in ",–—-")
    if not parted and inner[-1] != ".":
        return None
    source_at = source_after(annotated, first)
    if source_at is not None:
        return according(annotated, first, source_at)
    last = sentence_end(annotated, first, stop)
    verb = _verb_after(annotated, first, last)
    if verb is None:
        return None
    score = chance(tokens[verb].lemma, AFTER)
    if _is_apposition(annotated, quotation, verb):
        return None
    if score < THRESHOLD or _passive(annotated, verb, first) or _told_aside(annotated, quotation, verb):
        return None
    if not parted and (score < SURE or _takes_complement(annotated, verb, last)):
        return None
    subject = _subject(annotated, verb, first, last)
    if subject is None or (len(inner.split()) < 3 and score < SURE):
        return None
    return _cue(annotated, verb, subject, AFTER, score)


def cue_before(annotated: Annotated, quotation: Quotation, start: int, chance: Chance) -> Cue | None:
    """Return the cue that precedes a quotation (``Velik said, “…``; ``he added: “…``) from token ``start`` on.

    Words quoted in the middle of a clause are left to the clause that they stand in.
    """
    text, tokens = annotated.document.text, annotated.tokens
    before = annotated.token_range((quotation.span[0], quotation.span[0]))[0]
    while before > start and (tokens[before - 1].pos == "SPACE" or tokens[before - 1].start >= quotation.span[0]):
        before -= 1
    if before <= start:
        return None
    mark = tokens[before - 1].text
    inner = text[quotation.inner[0] : quotation.inner[1]].strip()
    if mark in (":", ",", "–", "—", "―", "--"):
        before -= 1
    elif not whole(inner) or tokens[before - 1].pos not in ("VERB", "SCONJ", "ADV", "PRON", "PROPN", "NOUN"):
        return None
    if mark != ":" and not whole(inner) and len(inner.split()) < 4:
        return None
    low = sentence_start(annotated, start, before)
    best: tuple[int, float] | None = None
    for i in range(before - 1, max(low, before - 40) - 1, -1):
        token = tokens[i]
        if token.pos != "VERB" or token.text.isupper() or source_after(annotated, i) is not None:
            continue
        if _clause_between(annotated, i, before) or _complete(annotated, i, before):
            continue
        if token.dep == "parataxis" and i < token.head < before:
            return None  # "the talks, she said, go on: “…”": the whole sentence is hers, see sourced.py
        score = chance(token.lemma, BEFORE)
        if score >= THRESHOLD and (best is None or score > best[1] + 0.15):
            best = i, score
    if best is None and mark == ":":
        return _colon(annotated, low, before)
    if best is None or (mark not in ":," and before - 1 - best[0] > 3):
        return None
    return _cue(annotated, best[0], _inverted(annotated, best[0], before), BEFORE, best[1])


def _inverted(annotated: Annotated, verb: int, before: int) -> int | None:
    """The speaker's head of a cue before its quotation: behind the verb after a comma (``…, wrote Norvik, “…``)."""
    tokens = annotated.tokens
    if verb and tokens[verb - 1].text == "," and verb + 1 < before and tokens[verb + 1].pos in ("PROPN", "DET", "NOUN"):
        return _subject(annotated, verb, verb, before)
    return subject_of(annotated, verb)


def whole(inner: str) -> bool:
    """Whether quoted words begin and end as sentences do."""
    inner = inner.strip("'’‘\"“” ")
    return bool(inner) and (inner[0].isupper() or not inner[0].isalpha()) and inner[-1] in ".?!…,—-" and " " in inner


def sentences(inner: str) -> bool:
    """Whether quoted words are sentences: as a whole, or since one ends in them and another begins."""
    return whole(inner) or (inner[:1].isupper() and _NEXT.search(inner) is not None)


_NEXT = re.compile(r"[a-z][.?!…] [“‘\"']?[A-Z]")
"""Where one sentence ends and another begins."""


def _cue(annotated: Annotated, verb: int, subject: int | None, kind: str, score: float) -> Cue:
    return Cue(
        verb,
        cue_span(annotated, annotated.tokens[verb], ""),
        (naming_phrase(annotated, subject),) if subject is not None else (),
        subject,
        kind,
        score,
    )


def _colon(annotated: Annotated, low: int, before: int) -> Cue | None:
    """``Reyk on Tuesday: “…”``, ``Reyk (Selm): “…”``: a colon is the cue where the words before it have a subject."""
    tokens = annotated.tokens
    bracket = _bracket_before(annotated, low, before)
    sentence = [token for token in tokens[low:bracket] if token.pos not in ("SPACE", "PUNCT")]
    if not sentence:
        return None
    subject = _last_named(annotated, sentence)
    colon = tokens[before].start
    if subject is None:
        return Cue(None, (colon, colon + 1), (), None, "colon", 0.55)
    start, end = naming_phrase(annotated, subject)
    if start < colon < end:
        end = colon  # parsers tie quoted words to the name before them
    elif bracket < before and end == sentence[-1].end:
        end = tokens[before - 1].end
    return Cue(None, (colon, colon + 1), ((start, end),), subject, "colon", 0.55)


def _bracket_before(annotated: Annotated, low: int, before: int) -> int:
    """The token that opens what stands in brackets right before token ``before``; ``before`` where nothing does."""
    tokens = annotated.tokens
    if tokens[before - 1].text != ")":
        return before
    return next((i for i in range(before - 1, low, -1) if tokens[i].text == "("), before)


def _last_named(annotated: Annotated, sentence: list[Token]) -> int | None:
    """Whoever is named last before a colon (``More from the Courier:``), else the subject of its verb."""
    tokens, children = annotated.tokens, annotated.children
    last = sentence[-1]
    if last.pos == "NOUN" and sentence[0].ner == "PERSON":
        return _name_end(annotated, sentence[0].i)  # "Edda Thorne, at the eastern entrance:"
    if last.pos in ("PROPN", "NOUN") and last.i not in annotated.in_times:
        head = last.i
        while tokens[head].dep == "compound" and tokens[head].head <= last.i:
            head = tokens[head].head
        if last.pos == "PROPN" or tokens[head].dep == "pobj":
            return head
        holder = next((c for c in children[head] if tokens[c].dep == "poss"), None)
        if holder is not None:
            return holder
    verb = next((token for token in sentence if token.tag in FINITE), None)
    if verb is not None:
        return next((c for c in children[verb.i] if tokens[c].dep == "nsubj"), None)
    return next((token.i for token in sentence if token.ner in ("PERSON", "ORG")), None)


def _name_end(annotated: Annotated, at: int) -> int:
    """The token that heads the name which token ``at`` begins."""
    tokens = annotated.tokens
    while tokens[at].dep == "compound" and tokens[tokens[at].head].ner == tokens[at].ner and tokens[at].head > at:
        at = tokens[at].head
    return at


def _verb_after(annotated: Annotated, first: int, last: int) -> int | None:
    """The verb after a quotation: at once (``said Velik``), or after the noun phrase that is its subject."""
    tokens = annotated.tokens
    at = first
    while at < last and tokens[at].pos == "ADV" and at < first + 2:
        at += 1
    if at < last and tokens[at].pos == "VERB" and tokens[at].tag in FINITE and tokens[at].dep not in _MODIFIERS:
        return at
    if at < last and (tokens[at].pos in ("SCONJ", "CCONJ") or tokens[at].tag in ("WDT", "WP", "WRB", "IN", "TO")):
        return None
    for i in range(at + 1, min(last, at + 45)):
        token = tokens[i]
        if token.pos != "VERB" or token.dep in _NOT_OURS:
            continue
        subject = next((c for c in annotated.children[i] if tokens[c].dep in ("nsubj", "nsubjpass")), None)
        if subject is None or subject >= i:
            if token.tag in FINITE and token.dep in ("ROOT", "parataxis", "ccomp", "conj") and i - at <= 6:
                return i if not any(t.pos in ("VERB", "AUX", "SCONJ") for t in tokens[at:i]) else None
            continue
        if annotated.subtree(subject)[0] <= at + 1:
            return i
        return None
    return None


def _subject(annotated: Annotated, verb: int, first: int, last: int) -> int | None:
    """The speaker's head among the words after a quotation."""
    tokens = annotated.tokens
    for c in annotated.children[verb]:
        if tokens[c].dep in ("nsubj", "nsubjpass") and first <= c < last:
            return c
    following = range(verb + 1, min(last, verb + 12)) if verb <= first + 2 else range(first, verb)
    head = next((i for i in following if tokens[i].pos in ("PROPN", "PRON", "NOUN") and tokens[i].dep != "poss"), None)
    if head is None:
        return None
    for _ in range(8):
        up = tokens[head].head
        if up in (head, verb) or up not in following or tokens[up].pos not in ("PROPN", "NOUN", "PRON"):
            return head
        head = up
    return head


def _passive(annotated: Annotated, verb: int, first: int) -> bool:
    """Whether a verb after a quotation is a passive that says of nobody that he spoke, as ``he was quoted`` does."""
    tokens = annotated.tokens
    kids = annotated.children[verb]
    if not any(tokens[c].dep == "auxpass" for c in kids):
        return False
    themes = [c for c in kids if tokens[c].dep == "nsubjpass" and c >= first]
    words = lexicon(annotated.language)
    return not themes or tokens[verb].lemma not in words.passes_on | words.experienced


def _is_apposition(annotated: Annotated, quotation: Quotation, verb: int) -> bool:
    """Whether quoted words name the subject of the verb behind them: ``The film, “Low Tide,” stars Orla Pekk``."""
    tokens = annotated.tokens
    if annotated.document.text[max(0, quotation.span[0] - 2) : quotation.span[0]].strip() != ",":
        return False
    subjects = [c for c in annotated.children[verb] if tokens[c].dep in SUBJECTS]
    return bool(subjects) and all(tokens[c].end < quotation.span[0] for c in subjects)


def _told_aside(annotated: Annotated, quotation: Quotation, verb: int) -> bool:
    """Whether words quoted in a clause belong to a relative clause: ``a text that Reyk called “dull”, they agreed``."""
    text, tokens = annotated.document.text, annotated.tokens
    if not text[quotation.inner[0] : quotation.inner[0] + 1].islower():
        return False
    at, stop = annotated.token_range(quotation.inner)
    while at < stop and tokens[at].pos == "PUNCT":
        at += 1
    if at >= stop:
        return False
    for _ in range(8):
        if tokens[at].dep == "relcl" and at < verb:
            return annotated.subtree(at)[0] < annotated.token_range(quotation.span)[0]
        if tokens[at].head in (at, verb):
            return False
        at = tokens[at].head
    return False


def _clause_between(annotated: Annotated, verb: int, before: int) -> bool:
    """Whether the verb has a complement clause of its own between it and the quotation."""
    tokens = annotated.tokens
    return any(verb < c < before and tokens[c].dep == "ccomp" for c in annotated.children[verb])


def _complete(annotated: Annotated, verb: int, before: int) -> bool:
    """Whether the verb is a relative clause's with an object of its own: ``Norvik, who leads the party, “…``."""
    tokens = annotated.tokens
    if tokens[verb].dep != "relcl":
        return False
    return any(tokens[c].dep == "dobj" and verb < c < before for c in annotated.children[verb])


def _takes_complement(annotated: Annotated, verb: int, last: int) -> bool:
    tokens = annotated.tokens
    return any(
        verb < c < last and tokens[c].dep in ("ccomp", "dobj", "xcomp", "prep", "advcl", "attr", "acomp")
        for c in annotated.children[verb]
    )


def sentence_end(annotated: Annotated, first: int, stop: int) -> int:
    """Return the token of the full stop that ends the sentence of token ``first``, at most ``stop``."""
    for i in range(first, stop):
        if annotated.tokens[i].text in SENTENCE_END and annotated.tokens[i].pos == "PUNCT":
            return i
    return stop


def sentence_start(annotated: Annotated, start: int, before: int) -> int:
    """Return the first token of the sentence that token ``before - 1`` stands in, at least ``start``."""
    tokens = annotated.tokens
    for i in range(before - 1, start, -1):
        if tokens[i - 1].text in SENTENCE_END and tokens[i - 1].pos == "PUNCT":
            return i
    return start

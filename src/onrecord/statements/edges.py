"""Where cues, sources and contents begin and end, from what the tagger sees and its parse; who acts past an aside.

Promise: only edges are moved, and only where annotators of news go one way in most cases (the counts stand in
`edges.toml`); whether a phrase of place or time belongs to a cue (``said in an interview``, ``said Friday``) is left to
the tagger, since annotators are of two minds about it. The odd case that forced the shape: the tagger sees word pieces
and no parse, so that an edge may fall between an article and its noun.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.language import Annotated, Token
from onrecord.nouns import Span
from onrecord.statements.draft import Draft
from onrecord.statements.spans import of_tokens, shared, tidy
from onrecord.statements.speakers import SUBJECTS, naming_phrase
from onrecord.tables import table

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_NEEDED = frozenset({"dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"})
"""What a verb or a noun may need behind it to be whole."""
_NEAR = 5
"""In tokens: so far behind its attribute a noun stands."""


@dataclass(frozen=True)
class Edges:
    """The word lists of one language."""

    leads: frozenset[str]
    where: frozenset[str]
    of_whom: frozenset[str]
    says: frozenset[str]
    also: frozenset[str]
    even: frozenset[str]
    of: frozenset[str]
    dashes: frozenset[str]


@cache
def edges(language: str) -> Edges:
    """Return the lists of a language."""
    raw = table("statements", language, "edges")
    return Edges(*(frozenset(raw[name]) for name in Edges.__dataclass_fields__))


def cue_words(annotated: Annotated, span: Span) -> Span:
    """Return a cue with its article and ``also``, without the beginning of a phrase that goes on behind it.

    That is ``in an`` of ``said in an interview``, and the ``to`` of ``plans to``, which the content begins with.
    """
    tokens, words = annotated.tokens, edges(annotated.language)
    low, high = annotated.token_range(span)
    first, last = low, high
    if last - first > 1 and tokens[low].lower in words.leads and tokens[low + 1].tag == "VBG":
        first += 1
    if last - first > 1 and tokens[first].dep == "case":
        first += 1  # "'s view": its owner speaks
    while last - first > 1 and (_opens_phrase(tokens[last - 1], last) or _opens_infinitive(tokens[last - 1])):
        last -= 1
    says_of = tokens[last - 1].lower in words.of_whom and tokens[tokens[last - 1].head].lemma in words.says
    if last - first > 1 and (says_of or tokens[last - 1].lower in words.where) and tokens[last - 1].dep == "prep":
        objects = [c for c in annotated.children[last - 1] if tokens[c].dep in ("pobj", "pcomp")]
        if objects and all(c >= high for c in objects):
            last -= 1
    while first and _belongs_to(tokens[first - 1], first, last, words.also):
        first -= 1
    if (first, last) == (low, high):
        return span
    return tidy(annotated.document.text, tokens[first].start, tokens[last - 1].end)


def _opens_phrase(token: Token, behind: int) -> bool:
    """Whether a token is the article or attribute of a noun that stands from token ``behind`` on."""
    return token.head >= behind and token.dep in ("det", "poss", "amod", "nummod", "compound")


def _opens_infinitive(token: Token) -> bool:
    """Whether a token is ``to`` before its verb."""
    return token.tag == "TO" and token.dep == "aux"


def _belongs_to(token: Token, first: int, last: int, also: frozenset[str]) -> bool:
    """Whether a token is the article or the ``also`` of one of the tokens ``first`` to ``last - 1``."""
    return first <= token.head < last and (token.dep == "det" or (token.dep == "advmod" and token.lower in also))


def cue_of_both(annotated: Annotated, seen: tuple[Span, ...], ruled: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the words of a cue that both see: the tagger's, right thrice as often as the rules' where they differ.

    Of a cue that the rules have longer by a preposition (``distanced herself from``) theirs are right more often
    (counted on the training part: in 26 cases, the tagger's in 8).
    """
    if not (seen and ruled):
        return seen
    (start, end), (low, high) = seen[0], ruled[0]
    first, last = annotated.token_range((end, high)) if start == low and end < high else (0, 0)
    with_preposition = last - first == 1 and annotated.tokens[first].dep == "prep"
    return ruled if with_preposition else seen


def source_words(annotated: Annotated, span: Span, cue: Span) -> Span:
    """Return a source, whole where the tagger saw its beginning alone, without what only stands beside it.

    Beside it stand a relative pronoun or a conjunction behind it, and ``even`` or ``and`` before it.
    """
    tokens, words = annotated.tokens, edges(annotated.language)
    low, high = annotated.token_range(span)
    final = tokens[high - 1]
    if tokens[low].tag == "DT" and _opens_phrase(final, high):
        grown = naming_phrase(annotated, final.head)
        return grown if grown[0] == span[0] and not shared((grown,), (cue,)) else span
    first, last = low, high
    while last - first > 1 and (tokens[last - 1].tag in _RELATIVE or tokens[last - 1].dep == "cc"):
        last -= 1
    if last < high:
        while last - first > 1 and tokens[last - 1].pos in ("ADP", "PUNCT"):
            last -= 1
    if last - first > 1 and tokens[first].lower in words.even:
        first += 1
    last = _grown(annotated, last, words.of)
    if (first, last) == (low, high):
        return span
    return tidy(annotated.document.text, tokens[first].start, tokens[last - 1].end)


def _grown(annotated: Annotated, last: int, of: frozenset[str]) -> int:
    """One past the last token of a source with its ``'s`` or its ``of whom``, where these stand behind it."""
    tokens = annotated.tokens
    if last < len(tokens) and tokens[last].dep == "case" and tokens[last].start == tokens[last - 1].end:
        return last + 1
    if last + 1 < len(tokens) and tokens[last].lower in of and tokens[last + 1].tag in _RELATIVE:
        return last + 2
    return last


def with_opening(annotated: Annotated, span: Span, taken: tuple[Span, ...]) -> Span:
    """Return a content's first span with the ``to`` or the article right before it, unless that is ``taken``.

    Annotators have the ``to`` of an infinitive in the content in 24 cases of 36 of those in which the tagger has not.
    """
    tokens = annotated.tokens
    low, high = annotated.token_range(span)
    if low == 0 or low >= high or tokens[low].start != span[0]:
        return span
    before = tokens[low - 1]
    opens = before.dep == "det" or _opens_infinitive(before)
    if not opens or not low <= before.head < high or shared(((before.start, before.end),), taken):
        return span
    return before.start, span[1]


def whole_phrase(annotated: Annotated, span: Span, stop: int) -> Span:
    """Return a content's last span, grown to the end of a phrase or clause that its last word only begins.

    Nothing from offset ``stop`` on is taken. Where a content ends on a preposition, annotators go on in 26 cases of 36;
    before the object or clause that its last word needs (``a bill that opens`` the pass), in 42 of 50.
    """
    tokens = annotated.tokens
    low, high = annotated.token_range(span)
    if low >= high or high >= len(tokens) or tokens[high - 1].end != span[1]:
        return span
    final = tokens[high - 1]
    end = high
    if final.pos == "ADP" and final.dep in ("prep", "agent"):
        governed = (c for c in annotated.children[final.i] if c >= high and tokens[c].dep in ("pobj", "pcomp"))
        end = max((annotated.subtree(c)[1] for c in governed), default=high)
    elif _opens_phrase(final, high) and final.head - high < _NEAR and tokens[high].pos != "PUNCT":
        end = final.head + 1 if tokens[final.head].sentence == final.sentence else high
    else:
        end = _clause_end(annotated, low, high)
    if end == high:
        return span
    grown = of_tokens(annotated, low, end)[1]
    return tidy(annotated.document.text, span[0], max(span[1], min(grown, stop)))


def _clause_end(annotated: Annotated, low: int, high: int) -> int:
    """One past the last token of what the last word of ``low`` to ``high - 1`` needs behind it to be whole.

    ``high`` where it needs nothing, and where it is another verb beside the content's own (``promised … and said``).
    """
    tokens = annotated.tokens
    final = tokens[high - 1]
    if final.dep == "conj":
        return high
    needed = next((c for c in annotated.children[final.i] if c >= high and tokens[c].dep in _NEEDED), None)
    if final.dep in _AUXILIARY and final.head >= high and low <= tokens[final.head].head < high:
        needed = final.head
    if needed is None:
        return high
    first, last = annotated.subtree(needed)
    return last if first <= high else high


def past_aside(annotated: Annotated, draft: Draft) -> Draft:
    """Return the draft with its sentence's speaker where the one found acts within an aside that the cue is not in.

    ``Dockers marched to the quay - where the ferry lay at anchor - while chanting, “…”``: they chant, not the ferry.
    """
    text = annotated.document.text
    if not draft.speaker or draft.cue_at is None:
        return draft
    dashes = edges(annotated.language).dashes
    (start, end), cue = draft.speaker[0], draft.cue[0][0]
    if end > cue or not any(mark in text[end:cue] for mark in dashes):
        return draft
    tokens = annotated.tokens
    first = annotated.sentences[tokens[draft.cue_at].sentence].first
    marks = [i for i in range(first, draft.cue_at) if tokens[i].text in dashes]
    before = [i for i in marks if tokens[i].start < start]
    if len(before) % 2 == 0 or len(marks) - len(before) != 1:
        return draft
    opened, closed = before[-1], marks[-1]
    if not any(_heads_clause(annotated, i, opened, closed) for i in range(*annotated.token_range((start, end)))):
        return draft
    subject = next((i for i in range(first, opened) if _heads_clause(annotated, i, first - 1, opened)), None)
    if subject is None:
        return draft
    return draft._replace(speaker=(naming_phrase(annotated, subject),), speaker_at=subject)


def _heads_clause(annotated: Annotated, at: int, after: int, before: int) -> bool:
    """Whether a token is the subject of a finite verb that stands between the tokens ``after`` and ``before``."""
    token = annotated.tokens[at]
    verb = annotated.tokens[token.head]
    return token.dep in SUBJECTS and after < verb.i < before and verb.tag in _FINITE and verb.dep != "relcl"

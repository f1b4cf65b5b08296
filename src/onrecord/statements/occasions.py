"""To whom something was said, and where or in what it was said or written.

Promise: only words outside of the content are used, and only those that hang on the cue, on a verb above it, or on the
speaker, so what the content says of another briefing is never taken for the occasion. The odd case that forced the
shape: one occasion serves all that a sentence reports (``In a memo to staff he warned that … and asked that …``), and
names to whom the words went as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.language import Annotated, Sentence, Token
from onrecord.nouns import Addressee, Occasion, Span
from onrecord.statements.cues import source_after
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.naming import entity_of
from onrecord.statements.spans import shared, tidy
from onrecord.statements.speakers import naming_phrase, undergoes
from onrecord.tables import table

_NEAR = 4
"""So many tokens behind an addressee a clause has begun, if there is one."""
_UP = 6
"""So many verbs above the cue, or steps from a phrase to its verb, are looked at."""

_OPENING = 25
"""In tokens: how far behind an occasion that opens the sentence the speaker may stand."""

_WINDOW = 120
"""In tokens: how far before and behind a cue its occasion may stand."""
_PARTICIPLES = frozenset({"VBG", "VBN"})
_QUOTES = frozenset('"“”«»‘')
_CLAUSE = frozenset({"mark", "nsubj", "nsubjpass", "expl", "TO", "WRB", "WP"})
"""Dependencies and tags of what begins a clause."""
_OBJECTS = frozenset({"dobj", "dative"})
_NAMES = frozenset({"PROPN", "PRON", "NOUN"})
_GOVERNED = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl", "relcl", "parataxis", "dep", "acomp"})
"""What a cue is to the verb above it whose occasion is then its own."""


@dataclass(frozen=True)
class Settings:
    """The word lists of one language."""

    addresses: frozenset[str]
    addresses_too: frozenset[str]
    questions: frozenset[str]
    to_whom: frozenset[str]
    with_whom: frozenset[str]
    speaks: frozenset[str]
    asked_by: frozenset[str]
    occasions: frozenset[str]
    occasion_prepositions: frozenset[str]
    occasion_parts: frozenset[str]
    occasion_places: frozenset[str]

    @cached_property
    def hears(self) -> frozenset[str]:
        """The verbs whose object is whom the words are for."""
        return self.addresses | self.addresses_too

    @cached_property
    def introduces(self) -> frozenset[str]:
        """The prepositions that an occasion may begin with."""
        return self.occasion_prepositions | self.occasion_places


@cache
def settings(language: str) -> Settings:
    """Return the lists of a language."""
    raw = table("statements", language, "cues")
    return Settings(*(frozenset(raw[name]) for name in Settings.__dataclass_fields__))


def addressee_of(annotated: Annotated, draft: Draft) -> Addressee | None:
    """Return to whom the words were said, or None.

    That is the object of ``told``, the phrase of ``said to``, the subject of ``was told``, whoever a letter or an
    interview is with, or ``speaking to``.
    """
    if draft.cue_at is None or source_after(annotated, draft.cue_at) is not None:
        return None
    for head in _addressed(annotated, draft):
        span = _named(annotated, head, draft)
        if span is not None:
            return Addressee(entity=entity_of(annotated, span, head), span=(span,))
    return None


def _addressed(annotated: Annotated, draft: Draft) -> Iterator[int]:
    """The tokens that may head the words for whom a draft's words were meant, likeliest first."""
    words = settings(annotated.language)
    tokens, children = annotated.tokens, annotated.children
    verbs = [i for i in _cue_tokens(annotated, draft) if tokens[i].pos == "VERB"]
    for verb in reversed(verbs):
        for c in children[verb]:
            child = tokens[c]
            if child.dep in _OBJECTS and child.pos in _NAMES and tokens[verb].lemma in words.hears:
                yield c
            elif child.dep in ("prep", "dative") and child.lower in words.to_whom:
                noun = _object(annotated, c)
                if noun is not None and not (tokens[noun].pos == "NOUN" and tokens[noun].lemma in words.occasions):
                    yield noun
        yield from _told(annotated, verb)
    for place in _places(annotated, draft):
        yield from _receivers(annotated, place)


def is_told(annotated: Annotated, cue: Span, source_at: int) -> bool:
    """Return whether a cue tells what others say to its subject or of it, the token ``source_at``: it is no source.

    So ``Reyk`` of ``Reyk was asked about``, ``Reyk was accused of`` and ``Reyk faced criticism for``.
    """
    low, high = annotated.token_range(cue)
    source = annotated.tokens[source_at]
    if source.dep == "nsubjpass" and annotated.tokens[source.head].lemma in lexicon(annotated.language).judges:
        return low <= source.head < high
    if source.dep == "nsubj" and low <= source.head < high:
        return any(undergoes(annotated, source.head, i) for i in range(low, high))
    return any(source_at in _told(annotated, i) for i in range(low, high))


def _told(annotated: Annotated, verb: int) -> Iterator[int]:
    """Who was told: the subject of a passive, or of the sentence that ``asked by reporters`` opens."""
    tokens, children = annotated.tokens, annotated.children
    token = tokens[verb]
    words = settings(annotated.language)
    if token.tag != "VBN" or token.lemma not in words.hears:
        return
    if token.lemma in lexicon(annotated.language).experienced and token.lemma != "ask":
        return
    subject = next((c for c in children[verb] if tokens[c].dep == "nsubjpass"), None)
    if subject is None and token.dep == "advcl" and not any(tokens[c].dep == "aux" for c in children[verb]):
        subject = next((c for c in children[token.head] if tokens[c].dep == "nsubj"), None)
    if subject is not None:
        yield subject


def _receivers(annotated: Annotated, place: int) -> Iterator[int]:
    """Whom an occasion is for: ``to staff`` of a memo, ``with VNA`` of an interview, whoever is spoken to."""
    words = settings(annotated.language)
    tokens, children = annotated.tokens, annotated.children
    below = [place, *children[place], *(k for c in children[place] for k in children[c])]
    for c in below:
        asked = tokens[place].lemma in words.asked_by and tokens[c].lower in lexicon(annotated.language).by
        if asked or (tokens[c].dep in ("prep", "dative") and tokens[c].lower in (words.with_whom | words.to_whom)):
            noun = _object(annotated, c)
            above = tokens[tokens[c].head]
            if noun is not None and (above.lemma in words.occasions or above.lower in words.occasions or c in below):
                yield noun
        elif tokens[place].pos == "VERB" and tokens[c].dep in _OBJECTS and tokens[place].lemma in words.hears:
            yield c


def _named(annotated: Annotated, head: int, draft: Draft) -> Span | None:
    """The words that name whom token ``head`` means, or None where they are the content's or the speaker's."""
    tokens = annotated.tokens
    if tokens[head].pos not in _NAMES or any(low <= tokens[head].start < high for low, high in draft.content):
        return None
    span = naming_phrase(annotated, head)
    if shared((span,), draft.content) or shared((span,), draft.cue):
        span = tokens[annotated.subtree(head)[0]].start, tokens[head].end
    if span[0] >= span[1] or shared((span,), (*draft.content, *draft.cue)):
        return None
    return None if any(low <= tokens[head].start < high for low, high in draft.speaker) else span


def addressed_by(annotated: Annotated, verb: int) -> Span | None:
    """Return the words behind a verb such as ``told`` that name who was spoken to, where a clause follows them."""
    tokens, children = annotated.tokens, annotated.children
    if tokens[verb].lemma not in settings(annotated.language).addresses:
        return None
    spoken_to = next((c for c in children[verb] if c > verb and tokens[c].dep in _OBJECTS), None)
    if spoken_to is None:
        return None
    span = naming_phrase(annotated, spoken_to)
    low, high = annotated.token_range(span)
    following = tokens[high : high + _NEAR]
    clause = any(token.dep in _CLAUSE or token.tag in _CLAUSE for token in following)
    return span if low - verb <= 2 and clause else None


def occasion_of(annotated: Annotated, draft: Draft) -> Occasion | None:
    """Return where or how it was said (``at a briefing``, ``in an interview with X``, ``speaking to X``), or None."""
    if draft.cue_at is None:
        return None
    for place in _places(annotated, draft):
        if annotated.tokens[place].lemma in settings(annotated.language).asked_by:
            continue  # "asked by reporters" tells to whom, not where
        end = naming_phrase(annotated, place)[1] if annotated.tokens[place].pos != "VERB" else None
        low = annotated.tokens[place].start if end is None else annotated.tokens[_preposition(annotated, place)].start
        span = tidy(annotated.document.text, low, end or annotated.tokens[_end_of(annotated, place) - 1].end)
        if span[0] < span[1] and not shared((span,), (*draft.content, *draft.cue)):
            return Occasion(span=(span,))
    return None


def _end_of(annotated: Annotated, verb: int) -> int:
    """The token behind the phrase of a participle: ``speaking to VNA for its cover story``."""
    ends = [annotated.subtree(c)[1] for c in annotated.children[verb] if annotated.tokens[c].dep in ("prep", "dobj")]
    return max(ends, default=verb + 1)


def _preposition(annotated: Annotated, noun: int) -> int:
    """The preposition that an occasion begins with: ``at`` of ``at the end of the session`` for ``end``."""
    return annotated.tokens[noun].head


def _places(annotated: Annotated, draft: Draft) -> list[int]:
    """The nouns of the occasions of a draft, and participles such as ``speaking``, the nearest to the cue first."""
    if draft.cue_at is None:
        return []
    tokens = annotated.tokens
    sentence = annotated.sentences[tokens[draft.cue_at].sentence]
    words = settings(annotated.language)
    chain: set[int] = set()
    taken = (*draft.content, *draft.cue, *draft.speaker)
    nouns, participles = [], []
    for token in tokens[max(sentence.first, draft.cue_at - _WINDOW) : min(sentence.last, draft.cue_at + _WINDOW)]:
        noun = None
        if token.dep == "prep" and token.lower in words.introduces:
            noun = _occasion(annotated, token)
        if noun is None and not (token.tag in _PARTICIPLES and _speaks(annotated, token)):
            continue
        if any(low <= token.start < high for low, high in taken):
            continue
        chain = chain or set(_above(annotated, draft))
        if noun is not None:
            if _hangs_on(annotated, token.i, chain, draft) or _opens(annotated, sentence, token, draft):
                nouns.append(noun)
        elif token.i not in chain and _hangs_on(annotated, token.i, chain, draft):
            participles.append(token.i)
    nouns.sort(key=lambda i: abs(i - (draft.cue_at or 0)))
    return nouns + participles


def _speaks(annotated: Annotated, token: Token) -> bool:
    """Whether a participle names whom somebody spoke to: ``speaking to VNA``, ``addressing reporters``."""
    words, tokens = settings(annotated.language), annotated.tokens
    if token.dep not in ("advcl", "acl", "prep", "amod"):
        return False
    kids = [tokens[c] for c in annotated.children[token.i]]
    if token.tag == "VBN" and token.lemma in words.asked_by:
        return any(kid.dep in ("agent", "prep") and kid.lower in lexicon(annotated.language).by for kid in kids)
    if token.tag != "VBG" or token.lemma not in words.speaks:
        return False
    return any(
        (kid.dep == "prep" and kid.lower in words.to_whom | words.with_whom)
        or (kid.dep in _OBJECTS and token.lemma in words.hears)
        for kid in kids
    )


def _occasion(annotated: Annotated, preposition: Token) -> int | None:
    """The noun behind a preposition, where the two tell of an occasion, or None."""
    words, tokens = settings(annotated.language), annotated.tokens
    noun = _object(annotated, preposition.i)
    if noun is None or noun in annotated.in_times or tokens[noun].pos not in _NAMES:
        return None
    if preposition.lower in words.occasion_places:
        return noun
    if preposition.lower not in words.occasion_prepositions:
        return None
    meant = noun
    if tokens[noun].lemma in words.occasion_parts or tokens[noun].lower in words.occasion_parts:
        of = next((c for c in annotated.children[noun] if tokens[c].lower == "of"), None)
        inner = _object(annotated, of) if of is not None else None
        meant = noun if inner is None else inner
    return noun if tokens[meant].lemma in words.occasions or tokens[meant].lower in words.occasions else None


def _opens(annotated: Annotated, sentence: Sentence, preposition: Token, draft: Draft) -> bool:
    """Whether a phrase opens the sentence of the speaker behind it: then it is his, whatever the parse hangs it on."""
    if not draft.speaker or not preposition.start < draft.speaker[0][0]:
        return False
    tokens, first = annotated.tokens, preposition.i
    if any(token.pos not in ("CCONJ", "ADV", "PUNCT") for token in tokens[sentence.first : first]):
        return False
    last = annotated.token_range(draft.speaker[0])[0]
    return last - first <= _OPENING and not any(token.text in _QUOTES for token in tokens[first:last])


def _hangs_on(annotated: Annotated, at: int, chain: set[int], draft: Draft) -> bool:
    """Whether only its own words stand between a phrase and, above it, a verb of ``chain`` or the speaker."""
    tokens = annotated.tokens
    for _ in range(_UP):
        above = tokens[at].head
        if above == at:
            return False
        if above in chain or any(low <= tokens[above].start < high for low, high in draft.speaker):
            return True
        if tokens[above].pos == "VERB" and tokens[above].lemma not in settings(annotated.language).speaks:
            return False
        if any(low <= tokens[above].start < high for low, high in draft.content):
            return False
        at = above
    return False


def _above(annotated: Annotated, draft: Draft) -> Iterator[int]:
    """The cue's words and the verbs that govern them: ``warned`` of ``warned that … and asked``."""
    tokens = annotated.tokens
    yield from _cue_tokens(annotated, draft)
    at = draft.cue_at or 0
    for _ in range(_UP):
        if tokens[at].head == at or tokens[at].dep not in _GOVERNED:
            return
        at = tokens[at].head
        if any(low <= tokens[at].start < high for low, high in draft.content):
            return
        yield at


def _cue_tokens(annotated: Annotated, draft: Draft) -> list[int]:
    found = {i for span in draft.cue for i in range(*annotated.token_range(span))}
    return sorted(found if draft.cue_at is None else found | {draft.cue_at})


def _object(annotated: Annotated, preposition: int) -> int | None:
    """The token that heads what stands behind a preposition, or None."""
    tokens = annotated.tokens
    return next((c for c in annotated.children[preposition] if tokens[c].dep == "pobj"), None)

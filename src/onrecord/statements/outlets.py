"""Which words name an outlet, and the lists by which chains are told.

Promise: a phrase is an outlet's by its own words (``the agency``, ``KarsTel``) or because an organisation's name stands
in it; a person's or a place's name is none. The odd case that forced the shape: ``the daily Morrow`` says once what it
is, and is ``Morrow`` ever after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.language import Annotated, Token
from onrecord.nouns import Span
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import entity_of, head_of, namers
from onrecord.tables import table

_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_INNER = frozenset({"“", "”", '"', "«", "»", "‘", "’", "'", "-", "&", "/", "'s", "’s", "„"})
_OPENS = frozenset({"DT", "PRP$"})
_IN_NAMES = frozenset('“"«‘„-&')
_ENDS_APPOSITION = frozenset(",;.)")
_PLACES = frozenset({"GPE", "NORP", "LOC", "PERSON"})


@dataclass(frozen=True)
class Ways:
    """The word lists of one language."""

    carried_by: frozenset[str]
    obtained_by: frozenset[str]
    handed_to: frozenset[str]
    shown_on: frozenset[str]
    shown: frozenset[str]
    through: frozenset[str]
    via: frozenset[str]
    printed_in: frozenset[str]
    taken_from: frozenset[str]
    owed_to: frozenset[str]
    tells_on: frozenset[str]
    tells_before: frozenset[str]
    ourselves: frozenset[str]
    in_a_clause: frozenset[str]
    taken_up: frozenset[str]
    taken_up_pronouns: frozenset[str]
    taken_up_by: frozenset[str]
    in_time: frozenset[str]
    go_betweens: frozenset[str]
    ascribes: frozenset[str]
    framed: frozenset[str]
    names: frozenset[str]
    inward: frozenset[str]
    lacking: frozenset[str]
    hears_from: frozenset[str]
    from_: frozenset[str]
    lets_speak: frozenset[str]
    correspondents: frozenset[str]
    stances: frozenset[str]
    one_saying: frozenset[str]
    reaches_us: frozenset[str]
    us: frozenset[str]
    asides: frozenset[str]
    accounts: frozenset[str]
    brings: frozenset[str]
    voices: frozenset[str]
    gives_words: frozenset[str]
    per: frozenset[str]
    announces_this: frozenset[str]
    this: frozenset[str]


@cache
def ways(language: str) -> Ways:
    """Return the lists of a language."""
    raw = table("statements", language, "chains")
    return Ways(*(frozenset(raw[name.rstrip("_")]) for name in Ways.__dataclass_fields__))


@cache
def _name_endings(language: str) -> tuple[str, ...]:
    return tuple(table("statements", language, "chains")["name_endings"])


@cache
def phrases(language: str, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return a list of phrases word by word under their last words, the longest first."""
    split = [tuple(each.split()) for each in table("statements", language, "chains")[name]]
    split.sort(key=len, reverse=True)
    return {last: tuple(each for each in split if each[-1] == last) for last in {each[-1] for each in split}}


def outlet_names(annotated: Annotated) -> frozenset[str]:
    """Return the words that are an outlet's name somewhere in a text: ``Morrow`` of ``the daily Morrow``.

    A name stands behind the noun, beside it between commas (``its news agency, APQ,``), or before it (``the Reyk
    agency``), where it may be no place's or nation's.
    """
    outlets = lexicon(annotated.language).outlets
    tokens = annotated.tokens
    names: set[str] = set()
    for sentence in annotated.sentences:
        for token in tokens[sentence.first : sentence.last]:
            if token.lower not in outlets or not token.text.islower():
                continue
            end = token.i + 1
            apposed = end + 1 < sentence.last and tokens[end].text == "," and tokens[end + 1].ner != "PERSON"
            end += apposed
            found = []
            while end < sentence.last and (tokens[end].text[:1].isupper() or tokens[end].text in _IN_NAMES):
                found.append(tokens[end])
                end += 1
            if not apposed or (end < sentence.last and tokens[end].text in _ENDS_APPOSITION):
                names.update(each.text for each in found if not apposed or each.pos == "PROPN")
            before = token.i - 1
            while before > sentence.first and tokens[before].text[:1].isupper() and tokens[before].pos == "PROPN":
                if tokens[before].ner not in _PLACES:
                    names.add(tokens[before].text)
                before -= 1
    return frozenset(name for name in names if name[:1].isupper() and len(name) > 2)


def may_begin(token: Token) -> bool:
    """Return whether a noun phrase may begin at a token."""
    return token.pos in _NOMINAL or token.tag == "PRP$" or token.text in '“«‘„"'


def chunk(annotated: Annotated, at: int, last: int) -> int:
    """Return the token behind the noun phrase that begins at token ``at``; ``at`` itself where none does."""
    tokens, outlets = annotated.tokens, lexicon(annotated.language).outlets
    if not may_begin(tokens[at]):
        return at
    end = at
    for i in range(at, last):
        token = tokens[i]
        opens = token.tag in _OPENS and i > at
        if opens and tokens[i - 1].lower != "of":
            break
        nominal = token.pos in _NOMINAL or token.tag == "PRP$" or token.text[:1].isupper() or token.dep == "amod"
        if token.lower in outlets or (nominal and i not in annotated.in_times):
            end = i + 1
        elif token.lower == "of" and i + 1 < last and (tokens[i + 1].tag == "DT" or tokens[i + 1].pos == "PROPN"):
            continue
        elif token.text not in _INNER:
            break
    if all(tokens[i].pos in ("DET", "ADJ", "NUM") and tokens[i].text.islower() for i in range(at, end)):
        return at
    if end < last and tokens[end].text in '»”’"“' and any(tokens[i].text in '«“‘"„' for i in range(at, end)):
        end += 1
    return end


def calls_itself_outlet(annotated: Annotated, span: Span, names: frozenset[str]) -> bool:
    """Return whether words say that they name an outlet: by a word of the list, capitals, or a name of ``names``."""
    words = lexicon(annotated.language)
    first, last = annotated.token_range(span)
    return any(
        token.text in names
        or is_outlet_word(token, words, annotated.language)
        or (token.pos == "PROPN" and any(map(str.isupper, token.text[2:])))
        for token in annotated.tokens[first:last]
    )


def is_outlet_word(token: Token, words: Lexicon, language: str) -> bool:
    """Return whether a word says that what it names is an outlet: ``agency``, or ``Echo`` with a capital letter."""
    if token.lemma in words.outlets or token.lower in words.outlets:
        return True
    if token.pos != "PROPN" or not token.text[:1].isupper():
        return False
    endings = _name_endings(language)
    return token.lower in ways(language).names or (token.lower.endswith(endings) and token.lower not in endings)


def means_again(annotated: Annotated, span: Span) -> bool:
    """Return whether words without a name mean an outlet that was named before: ``the paper``, ``it``."""
    words = lexicon(annotated.language)
    first, last = annotated.token_range(span)
    tokens = annotated.tokens[first:last]
    if len(tokens) == 1:
        return tokens[0].lower in words.citing_pronouns
    return (
        bool(tokens)
        and tokens[0].lower in namers(annotated.language).definite
        and tokens[-1].lower in words.outlets
        and tokens[-1].text.islower()
    )


def is_outlet_phrase(annotated: Annotated, first: int, end: int) -> bool:
    """Return whether the tokens ``first`` to ``end - 1`` name an outlet: by a noun of the list, or an organisation."""
    words = lexicon(annotated.language)
    if annotated.tokens[end - 1].text.islower():  # "the agency's director" is none, "KarsTel's correspondent" is one
        whose = max((i for i in range(first, end - 1) if annotated.tokens[i].tag == "POS"), default=None)
        if whose is not None and annotated.tokens[end - 1].lemma not in ways(annotated.language).correspondents:
            first = whose + 1
    tokens = annotated.tokens[first:end]
    if end - first == 1 and tokens[0].text.islower() and tokens[0].lower not in words.outlets:
        return tokens[0].lemma in words.outlets
    if tokens[-1].lemma in ways(annotated.language).taken_up and not any(t.text[:1].isupper() for t in tokens[1:]):
        return False  # "a dispatch", "the report": words, and nobody who carries them
    if any(is_outlet_word(token, words, annotated.language) for token in tokens):
        return True
    names = [token for token in tokens if token.text[:1].isupper()]
    if any(any(map(str.isupper, name.text[2:])) for name in names):
        return True  # "KarsTel", "VNA"
    if not names or any(token.ner in ("PERSON", "GPE", "NORP", "LOC", "DATE") for token in names[-1:]):
        return bool(names) and all(token.text.isupper() and len(token.text) > 1 for token in names[-1:])
    entity = entity_of(annotated, (tokens[0].start, tokens[-1].end), head_of(annotated, first, end))
    if entity is not None and annotated.entity_by_id[entity].type in ("person", "place"):
        return False
    return names[-1].pos == "PROPN" or names[-1].ner == "ORG"

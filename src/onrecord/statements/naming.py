"""How a speaker is named, and which entity that is.

Promise: ``unknown`` where the text does not say, ``unnamed`` where it says that somebody spoke and withholds who; an
entity only where a mention of the language room covers the head of the speaker's phrase. The odd case that forced the
shape: ``the US administration`` is a name though its head is a common noun, ``a spokeswoman for the administration`` is
a role, and ``an official`` is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.language import Annotated, MentionRef, Token
from onrecord.nouns import How, Span
from onrecord.statements.speakers import antecedent, naming_phrase
from onrecord.tables import table


@dataclass(frozen=True)
class Namers:
    """The word lists behind `how_named`."""

    unnamed: frozenset[str]
    collective: frozenset[str]
    bodies: frozenset[str]
    indefinite: frozenset[str]
    some: frozenset[str]
    definite: frozenset[str]
    of_whom: frozenset[str]
    persons: frozenset[str]


@cache
def namers(language: str) -> Namers:
    """Return the lists of a language."""
    raw = table("statements", language, "speakers")
    return Namers(*(frozenset(raw[name]) for name in Namers.__dataclass_fields__))


def how_named(annotated: Annotated, span: Span, head: int | None) -> How:
    """Return how the words of ``span``, headed by token ``head``, name their speaker."""
    first, last = annotated.token_range(span)
    tokens = annotated.tokens
    if first >= last:
        return "unknown"
    if head is None or not first <= head < last:
        head = head_of(annotated, first, last)
    token = tokens[head]
    words = namers(annotated.language)
    if token.lower in words.collective or are_several(annotated, span, head):
        return "collective"
    if token.pos == "PRON":
        return "unnamed" if token.lower in words.indefinite else "pronoun"
    if token.pos == "NUM" and head == first and token.text.isalpha():
        return "unnamed"  # "one of them", "two said"
    if token.pos in ("PROPN", "X", "NUM"):
        return "collective" if token.tag == "NNPS" and token.ner in ("NORP", "") else "name"
    if _has_name(annotated, head, first, last) or (token.text.isupper() and len(token.text) > 1):
        return "name"
    if token.lemma in words.bodies:
        return "unnamed" if tokens[first].lower in words.some else "name"
    if token.tag == "NNS":
        return "unnamed" if token.lemma in words.unnamed else "collective"
    if token.lemma in words.unnamed and not _for_somebody(annotated, head, words):
        return "unnamed"
    if token.tag == "NN" and head == first and token.text[0].isupper():
        return "name"  # a singular noun without any article begins the sentence: a name the parser does not know
    if _is_definite(annotated, head, first, words) or _for_somebody(annotated, head, words):
        return "role"
    return "unnamed" if tokens[first].lower in words.some else "role"


def are_several(annotated: Annotated, span: Span, head: int | None) -> bool:
    """Return whether the words of ``span`` name two or more entities side by side: ``Velik and Dalgard``."""
    if head is None:
        return False
    tokens = annotated.tokens
    named = {
        each.entity
        for each in annotated.mentions_in(span)
        if each.entity is not None
        and (each.head == head or (tokens[each.head].dep == "conj" and tokens[each.head].head == head))
    }
    return len(named) > 1


def entity_of(annotated: Annotated, span: Span, head: int | None) -> str | None:
    """Return the id of the entity that the words of ``span`` name: by the head's mention, else the first inside.

    None where they name several or none that the text decides on.
    """
    if head is not None and annotated.tokens[head].tag in ("WP", "WDT"):
        head = antecedent(annotated, head)
        span = naming_phrase(annotated, head)
    mentions = annotated.mentions_in((span[0], span[1]))
    if not mentions or are_several(annotated, span, head):
        return None
    if head is not None:
        start = annotated.tokens[head].start
        covering = [each for each in mentions if each.head == head or each.start <= start < each.end]
        for each in covering:
            if each.entity is not None:
                return each.entity
    named = [each for each in mentions if each.entity is not None and each.form == "name"]
    if head is None:
        return named[0].entity if named else None
    apposed = [each for each in named if annotated.tokens[each.head].dep == "appos" and _above(annotated, each) == head]
    if apposed:
        return apposed[0].entity
    people = [each for each in named if annotated.entity_by_id[each.entity or ""].type == "person"]
    people = [each for each in people if not _under_preposition(annotated, each, span)]
    return people[-1].entity if people else None


def _above(annotated: Annotated, mention: MentionRef) -> int:
    return annotated.tokens[mention.head].head


def _under_preposition(annotated: Annotated, mention: MentionRef, span: Span) -> bool:
    """Whether a name stands in the phrase only to tell whose: ``a spokesman for President Halmar``, ``Reyk's aide``."""
    tokens = annotated.tokens
    at = mention.head
    while span[0] <= tokens[at].start < span[1]:
        if tokens[at].dep in ("pobj", "poss"):
            return True
        if tokens[at].head == at:
            return False
        at = tokens[at].head
    return False


def head_of(annotated: Annotated, first: int, last: int) -> int:
    """Return the token among ``first`` to ``last - 1`` whose own head lies outside: what the words hang on."""
    for i in range(first, last):
        head = annotated.tokens[i].head
        if annotated.tokens[i].pos not in ("PUNCT", "SPACE") and (head == i or not first <= head < last):
            return i
    return first


def _has_name(annotated: Annotated, head: int, first: int, last: int) -> bool:
    """Whether a person's name stands in apposition to the head, or the head ends a name."""
    tokens = annotated.tokens
    if tokens[head].ner in ("PERSON", "ORG"):
        return True
    return any(
        first <= c < last and tokens[c].dep == "appos" and tokens[c].pos == "PROPN" for c in annotated.children[head]
    )


def _is_definite(annotated: Annotated, head: int, first: int, words: Namers) -> bool:
    tokens = annotated.tokens
    return any(_fixes(tokens[c], words) for c in annotated.children[head] if c <= head) or tokens[first].pos == "PROPN"


def _fixes(token: Token, words: Namers) -> bool:
    return token.lower in words.definite or token.dep == "poss" or token.pos == "PROPN"


def _for_somebody(annotated: Annotated, head: int, words: Namers) -> bool:
    """``a spokeswoman for the ministry``: an office that says whose."""
    tokens = annotated.tokens
    return any(tokens[c].lower in words.of_whom and tokens[c].dep == "prep" for c in annotated.children[head])

"""Who carried the words, as their own phrases tell: ``carried by VNA``, ``which VNA has seen``, ``with a link to VNA``.

Promise: a phrase is found by the words beside it, not by the parse, so that a long sentence with one outlet behind
another is read as surely as a short one; what is no outlet is a carrier only where the words before it leave no doubt.
The odd case that forced the shape: ``VNA, with a link to KarsTel, which in turn relied on a clerk``. Parsers lose such
chains, and each link stands right behind the words that make it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from onrecord.language import Annotated, Sentence, Token
from onrecord.nouns import Span
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import entity_of, head_of, namers
from onrecord.statements.signed import FINITE
from onrecord.statements.spans import tidy
from onrecord.tables import table

Way = Literal["tells", "beside", "behind"]
"""How a carrier stands to the words: it tells them on, had them in its hands, or is whom another had them from."""

_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_INNER = frozenset({"“", "”", '"', "«", "»", "‘", "’", "'", "-", "&", "/", "'s", "’s", "„"})
_OPENS = frozenset({"DT", "PRP$"})
_BREAKS = frozenset(',;:.!?()–—“”"«»')
_BACK = 6
"""So many tokens before a preposition its verb is looked for: ``picked the whole story up from``."""
_BEFORE = 4
"""So many tokens before an outlet the relative pronoun is looked for: ``the text of which the site``."""
_LONGEST_ASIDE = 40
"""In tokens: what stands between an outlet and its verb."""
_HAVE = frozenset({"have", "has", "had"})
_PASSIVE = frozenset({"VBN", "VBD"})


class Carrier(NamedTuple):
    """One that carried the words: its phrase, head token, and the words that make it a carrier."""

    span: Span
    at: int
    cue: Span
    way: Way
    outlet: bool
    """Whether it is an outlet; others carry words only as lawyers and spokespeople do."""


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
    gives_words: frozenset[str]
    per: frozenset[str]


@cache
def ways(language: str) -> Ways:
    """Return the lists of a language."""
    raw = table("statements", language, "chains")
    return Ways(*(frozenset(raw[name]) for name in Ways.__dataclass_fields__))


@cache
def phrases(language: str, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return a list of phrases word by word under their last words, the longest first."""
    split = [tuple(each.split()) for each in table("statements", language, "chains")[name]]
    split.sort(key=len, reverse=True)
    return {last: tuple(each for each in split if each[-1] == last) for last in {each[-1] for each in split}}


def outlet_names(annotated: Annotated) -> frozenset[str]:
    """Return the words that are an outlet's name somewhere in a text: ``Morrow`` of ``the daily Morrow``."""
    words = lexicon(annotated.language)
    names: set[str] = set()
    for sentence in annotated.sentences:
        for token in annotated.tokens[sentence.first : sentence.last]:
            if token.lower not in words.outlets or not token.text.islower():
                continue
            end = token.i + 1
            while end < sentence.last and (
                annotated.tokens[end].text[:1].isupper() or annotated.tokens[end].text in "“«‘„-&"
            ):
                names.add(annotated.tokens[end].text)
                end += 1
    return frozenset(name for name in names if name[:1].isupper() and len(name) > 2)


def carriers(annotated: Annotated, sentence: Sentence, names: frozenset[str] = frozenset()) -> tuple[Carrier, ...]:
    """Return the carriers that a sentence names, in text order; ``names`` are the words known to name outlets."""
    found = []
    at = sentence.first
    while at < sentence.last:
        end = chunk(annotated, at, sentence.last)
        if end == at:
            at += 1
            continue
        carrier = _carrier(annotated, sentence, at, end, names)
        if carrier is not None:
            found.append(carrier)
        at = end
    return tuple(found)


def chunk(annotated: Annotated, at: int, last: int) -> int:
    """Return the token behind the noun phrase that begins at token ``at``; ``at`` itself where none does."""
    tokens, outlets = annotated.tokens, lexicon(annotated.language).outlets
    if tokens[at].pos not in _NOMINAL and tokens[at].tag != "PRP$" and tokens[at].text not in '“«‘„"':
        return at
    end = at
    for i in range(at, last):
        token = tokens[i]
        opens = token.tag in _OPENS and i > at
        if opens and tokens[i - 1].lower != "of":
            break
        nominal = token.pos in _NOMINAL or token.tag == "PRP$" or token.text[:1].isupper()
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
    return token.text[:1].isupper() and token.pos == "PROPN" and token.lower in ways(language).names


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
    tokens = annotated.tokens[first:end]
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


def _carrier(annotated: Annotated, sentence: Sentence, first: int, end: int, names: frozenset[str]) -> Carrier | None:
    tokens = annotated.tokens
    if tokens[first].lower in ways(annotated.language).ourselves:
        return None
    outlet = is_outlet_phrase(annotated, first, end) or any(token.text in names for token in tokens[first:end])
    found = _phrase_before(annotated, sentence, first, outlet) or _behind_verb(annotated, sentence, first, end, outlet)
    if found is None and outlet:
        found = _in_a_clause(annotated, sentence, first, end) or _tells(annotated, sentence, first, end)
    if found is None:
        return None
    low, high, way = found
    span = tidy(annotated.document.text, tokens[first].start, tokens[end - 1].end)
    return Carrier(span, head_of(annotated, first, end), (tokens[low].start, tokens[high - 1].end), way, outlet)


def _phrase_before(annotated: Annotated, sentence: Sentence, first: int, outlet: bool) -> tuple[int, int, Way] | None:
    """``with a link to``, ``which in turn relied on``, ``according to`` right before the phrase."""
    if not outlet or first == sentence.first:
        return None
    tokens, language = annotated.tokens, annotated.language
    last = tokens[first - 1].lower
    for phrase in phrases(language, "behind").get(last, ()):
        low = first - len(phrase)
        if low >= sentence.first and _are(tokens[low:first], phrase):
            return low, first, "behind"
    for phrase in phrases(language, "in_turn").get(last, ()):
        low = first - len(phrase)
        before = tokens[max(sentence.first, low - _BEFORE) : max(sentence.first, low)]
        if low > sentence.first and _are(tokens[low:first], phrase) and any(each.tag == "WDT" for each in before):
            return low, first, "behind"
    if last in ways(language).per and (first - 1 == sentence.first or tokens[first - 2].text == ","):
        return first - 1, first, "tells"
    for phrase in lexicon(language).according:
        low = first - len(phrase)
        if low >= sentence.first and _are(tokens[low:first], phrase):
            return low, first, "tells"
    return None


def _are(tokens: tuple[Token, ...] | list[Token], phrase: tuple[str, ...]) -> bool:
    return len(tokens) == len(phrase) and all(token.lower == word for token, word in zip(tokens, phrase, strict=True))


def _behind_verb(
    annotated: Annotated, sentence: Sentence, first: int, end: int, outlet: bool
) -> tuple[int, int, Way] | None:
    """``carried by``, ``leaked to``, ``read out on``, ``via``, ``picked the story up from`` right before the phrase."""
    tokens, words = annotated.tokens, ways(annotated.language)
    if first == sentence.first:
        return None
    preposition = tokens[first - 1]
    if preposition.lower in words.through:
        between = any(tokens[i].lemma in words.go_betweens for i in range(first, end))
        via = outlet and preposition.lower in words.via
        return (first - 1, first, "beside") if via or between else None
    noun = tokens[max(sentence.first, first - 2)]
    if preposition.lower in words.printed_in and outlet and noun.lemma in words.taken_up and noun.pos == "NOUN":
        return noun.i, first, "beside"
    verb = _verb_before(annotated, sentence, first - 1)
    if verb is None:
        return None
    lemma, tag = tokens[verb].lemma, tokens[verb].tag
    active = any(tokens[c].dep == "nsubj" and tokens[c].tag != "WDT" for c in annotated.children[verb])
    passive = tag == "VBN" or (tag == "VBD" and not active)
    if preposition.lower in lexicon(annotated.language).by and passive:
        if lemma in words.carried_by or (outlet and lemma in words.obtained_by):
            return verb, first, "beside"
    elif preposition.lower in words.shown_on and outlet and lemma in words.shown and (passive or lemma == "appear"):
        return verb, first, "beside"
    elif preposition.lower == "to" and outlet:
        if (lemma in words.handed_to and tag == "VBN") or lemma in words.owed_to:
            return verb, first, "beside"
    elif preposition.lower == "from" and outlet and lemma in words.taken_from:
        return verb, first, "behind"
    return None


def _verb_before(annotated: Annotated, sentence: Sentence, preposition: int) -> int | None:
    tokens = annotated.tokens
    for i in range(preposition - 1, max(sentence.first, preposition - _BACK) - 1, -1):
        if tokens[i].text in _BREAKS:
            return None
        if tokens[i].pos in ("VERB", "AUX") or tokens[i].tag in _PASSIVE:
            return i
    return None


def _in_a_clause(annotated: Annotated, sentence: Sentence, first: int, end: int) -> tuple[int, int, Way] | None:
    """``which VNA has seen``, ``a copy of which was in VNA's hands``: a relative clause about the words themselves."""
    tokens = annotated.tokens
    pronoun = None
    for i in range(first - 1, max(sentence.first, first - _BEFORE) - 1, -1):
        if tokens[i].text in _BREAKS or tokens[i].pos == "VERB":
            break
        that = tokens[i].lower == "that" and (tokens[i].dep != "mark" or _of_words(annotated, i - 1))
        if tokens[i].tag in ("WDT", "WP", "WP$") or that:
            pronoun = i
            break
    if pronoun is None or tokens[pronoun].dep in ("nsubj", "nsubjpass"):
        return None
    verb = _verb_behind(annotated, sentence, end)
    if verb is None or tokens[verb].lemma not in ways(annotated.language).in_a_clause:
        return None
    return verb, verb + 1, "beside"


def _of_words(annotated: Annotated, at: int) -> bool:
    """Whether a token is a noun for words that were said or written: ``an interview``."""
    return annotated.tokens[at].pos == "NOUN" and annotated.tokens[at].lemma in ways(annotated.language).taken_up


def _verb_behind(annotated: Annotated, sentence: Sentence, end: int) -> int | None:
    """The verb right behind a phrase, over auxiliaries, adverbs and times (``on Tuesday has kindly typed out``)."""
    tokens = annotated.tokens
    for i in range(end, min(sentence.last, end + _BACK)):
        token = tokens[i]
        if token.pos == "VERB" or (
            token.lemma in _HAVE and i + 1 < sentence.last and annotated.tokens[i + 1].tag in _OPENS
        ):
            return i
        passable = token.pos in ("AUX", "ADV", "PART") or i in annotated.in_times or token.lower in ("on", "last", "in")
        if not passable:
            return i if token.pos == "AUX" else None
    return None


def _tells(annotated: Annotated, sentence: Sentence, first: int, end: int) -> tuple[int, int, Way] | None:
    """``VNA reports``, ``VNA, citing a clerk, writes``, ``writes VNA``: the phrase is who tells on."""
    tokens, words = annotated.tokens, ways(annotated.language)
    verb = _verb_behind(annotated, sentence, _over_aside(annotated, sentence, end))
    if verb is not None and tokens[verb].lemma in words.tells_on:
        return verb, verb + 1, "tells"
    before = tokens[first - 1] if first > sentence.first else None
    if before is not None and before.tag in FINITE and before.lemma in words.tells_before:
        return first - 1, first, "tells"
    return None


def _over_aside(annotated: Annotated, sentence: Sentence, end: int) -> int:
    """The token behind what stands between commas: ``VNA, citing a clerk at the port, writes``."""
    tokens = annotated.tokens
    if end >= sentence.last or tokens[end].text != ",":
        return end
    closing = [i for i in range(end + 1, min(sentence.last, end + _LONGEST_ASIDE)) if tokens[i].text == ","]
    for i in closing:
        if _verb_behind(annotated, sentence, i + 1) is not None:
            return i + 1
    return end

"""Who carried the words, as their own phrases tell: ``carried by VNA``, ``which VNA has seen``, ``with a link to VNA``.

Promise: a phrase is found by the words beside it, not by the parse, so that a long sentence with one outlet behind
another is read as surely as a short one; what is no outlet is a carrier only where the words before it leave no doubt.
The odd case that forced the shape: ``VNA, with a link to KarsTel, which in turn relied on a clerk``. Parsers lose such
chains, and each link stands right behind the words that make it one.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.language import Annotated, Sentence, Token
from onrecord.nouns import Span
from onrecord.statements.lexicon import lexicon
from onrecord.statements.naming import head_of
from onrecord.statements.outlets import calls_itself_outlet, chunk, is_outlet_phrase, may_begin, phrases, ways
from onrecord.statements.signed import FINITE
from onrecord.statements.spans import tidy

Way = Literal["tells", "beside", "behind"]
"""How a carrier stands to the words: it tells them on, had them in its hands, or is whom another had them from."""

_OPENS = frozenset({"DT", "PRP$"})
_BREAKS = frozenset(',;:.!?()–—“”"«»')
_BACK = 6
"""So many tokens before a preposition its verb is looked for: ``picked the whole story up from``."""
_BEFORE = 4
"""So many tokens before an outlet the relative pronoun is looked for: ``the text of which the site``."""
_LONGEST_ASIDE = 40
"""In tokens: what stands between an outlet and its verb."""
_HAVE = frozenset({"have", "has", "had"})
_ACCESS = frozenset({"access", "sight"})
_OPENERS = frozenset({"PUNCT", "SPACE", "ADP", "NOUN", "NUM", "SYM"})
"""Parts of speech of what may stand before the outlet that heads a sentence: ``From the ticker of``, ``•``."""
_PASSIVE = frozenset({"VBN", "VBD"})


class Carrier(NamedTuple):
    """One that carried the words: its phrase, head token, and the words that make it a carrier."""

    span: Span
    at: int
    cue: Span
    way: Way
    outlet: bool
    """Whether it is an outlet; others carry words only as lawyers and spokespeople do."""


def carriers(annotated: Annotated, sentence: Sentence, names: frozenset[str] = frozenset()) -> tuple[Carrier, ...]:
    """Return the carriers that a sentence names, in text order; ``names`` are the words known to name outlets."""
    found = []
    at = sentence.first
    tokens = annotated.tokens
    while at < sentence.last:
        if not may_begin(tokens[at]):
            at += 1
            continue
        end = chunk(annotated, at, sentence.last)
        if end == at:
            at += 1
            continue
        carrier = _carrier(annotated, sentence, at, end, names)
        if carrier is not None:
            found.append(carrier)
        at = end
    return tuple(found)


def _carrier(annotated: Annotated, sentence: Sentence, first: int, end: int, names: frozenset[str]) -> Carrier | None:
    tokens = annotated.tokens
    if tokens[first].lower in ways(annotated.language).ourselves:
        return None
    account = _account(annotated, sentence, first, end)
    if account is not None:
        end = account
    outlet = is_outlet_phrase(annotated, first, end) or any(token.text in names for token in tokens[first:end])
    if account is not None and outlet:
        cue = tokens[account + 1]
        return Carrier(
            _span(annotated, first, end), head_of(annotated, first, end), (cue.start, cue.end), "tells", True
        )
    found = _phrase_before(annotated, sentence, first, outlet) or _behind_verb(annotated, sentence, first, end, outlet)
    if found is None and outlet:
        found = _in_a_clause(annotated, sentence, first, end) or _tells(annotated, sentence, first, end, names)
    if found is None:
        return None
    low, high, way = found
    return Carrier(
        _span(annotated, first, end),
        head_of(annotated, first, end),
        (tokens[low].start, tokens[high - 1].end),
        way,
        outlet,
    )


def _span(annotated: Annotated, first: int, end: int) -> Span:
    return tidy(annotated.document.text, annotated.tokens[first].start, annotated.tokens[end - 1].end)


def _account(annotated: Annotated, sentence: Sentence, first: int, end: int) -> int | None:
    """Where the outlet ends in ``by the Courier's account,``, a phrase that stands apart; None where it is none."""
    tokens = annotated.tokens
    if first == sentence.first or tokens[first - 1].pos != "ADP" or end - first < 3 or tokens[end - 2].tag != "POS":
        return None
    apart = end >= sentence.last or tokens[end].pos == "PUNCT"
    opens = first - 1 == sentence.first or tokens[first - 2].text in _BREAKS
    return end - 2 if apart and opens and tokens[end - 1].lemma in ways(annotated.language).accounts else None


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
    if _reaches_us(annotated, sentence, first - 1):
        return first - 1, first, "beside"
    if preposition.lower in words.through:
        between = any(tokens[i].lemma in words.go_betweens for i in range(first, end))
        via = outlet and preposition.lower in words.via
        if via or between:
            return first - 1, first, "beside"
        issued = _verb_before(annotated, sentence, first - 1)
        if issued is None or tokens[issued].tag != "VBN" or tokens[issued].lemma not in words.carried_by:
            return None
        return (issued, first, "beside") if outlet else None
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


def _reaches_us(annotated: Annotated, sentence: Sentence, preposition: int) -> bool:
    """``The letter reached us through a parent``, ``came to us by way of Reyk``: who brought it, outlet or not."""
    tokens, words = annotated.tokens, ways(annotated.language)
    if tokens[preposition].lower not in words.through | lexicon(annotated.language).by:
        return False
    us = preposition - 1
    if us <= sentence.first or tokens[us].lower not in words.us:
        return False
    return any(tokens[i].lemma in words.reaches_us for i in range(max(sentence.first, us - 2), us))


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
    if verb is None:
        return None
    access = tokens[verb].lemma in _HAVE and tokens[min(verb + 1, sentence.last - 1)].lower in _ACCESS
    if not access and tokens[verb].lemma not in ways(annotated.language).in_a_clause:
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
            token.lemma in _HAVE
            and i + 1 < sentence.last
            and (annotated.tokens[i + 1].tag in _OPENS or annotated.tokens[i + 1].lower in _ACCESS)
        ):
            return i
        passable = token.pos in ("AUX", "ADV", "PART") or i in annotated.in_times or token.lower in ("on", "last", "in")
        if not passable:
            return i if token.pos == "AUX" else None
    return None


def _tells(
    annotated: Annotated, sentence: Sentence, first: int, end: int, names: frozenset[str]
) -> tuple[int, int, Way] | None:
    """``VNA reports``, ``VNA, citing a clerk, writes``, ``writes VNA``: the phrase is who tells on."""
    tokens, words = annotated.tokens, ways(annotated.language)
    verb = _verb_behind(annotated, sentence, _over_aside(annotated, sentence, end))
    if verb is not None and tokens[verb].lemma in words.tells_on and not _is_participle(annotated, verb):
        return verb, verb + 1, "tells"
    if _heads(annotated, sentence, first, end, names):
        colon = next(i for i in range(end, sentence.last) if tokens[i].text == ":")
        return colon, colon + 1, "tells"
    before = tokens[first - 1] if first > sentence.first else None
    if before is not None and before.tag in FINITE and before.lemma in words.tells_before:
        return first - 1, first, "tells"
    return None


def _heads(annotated: Annotated, sentence: Sentence, first: int, end: int, names: frozenset[str]) -> bool:
    """Whether an outlet stands before a colon at the head of its sentence: ``The Morning Post: dockers plan a strike``.

    Also ``From the ticker of VNA: …``. An aside between commas may stand before the colon.
    """
    tokens = annotated.tokens
    opens = all(t.pos in _OPENERS or t.tag == "DT" for t in tokens[sentence.first : first])
    span = tokens[first].start, tokens[end - 1].end
    named = calls_itself_outlet(annotated, span, names) and any(tokens[i].text[:1].isupper() for i in range(first, end))
    shouted = all(tokens[i].text.isupper() for i in range(first, end))  # "MARSA LUBAN: …" is a dateline
    if not opens or not named or shouted or end >= sentence.last:
        return False
    colon = next((i for i in range(end, min(sentence.last, end + _LONGEST_ASIDE)) if tokens[i].text == ":"), None)
    if colon is None or (colon > end and tokens[end].text != ","):
        return False
    return not any(tokens[i].tag in FINITE for i in range(end, colon))


def _is_participle(annotated: Annotated, verb: int) -> bool:
    """Whether a verb only tells of the words before it: ``an interview with VNA published on Monday``."""
    tokens = annotated.tokens
    return tokens[verb].tag == "VBN" and not any(
        tokens[c].dep in ("aux", "auxpass", "nsubj") for c in annotated.children[verb]
    )


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

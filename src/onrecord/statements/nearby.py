"""Sentences that say nothing themselves and only tell how the words beside them came.

Promise: a sentence is such a one only by a noun or pronoun for what was said (``The remarks were carried by VNA``) or
by a noun for what is wholly somebody's words (``VNA carried an interview with the governor.``). The odd case that
forced the shape: ``The letter, published on Monday, was read out by the clerk``. What stands between commas tells
nothing of which letter is meant, while ``the letter to the board`` may be another one.
"""

from __future__ import annotations

from onrecord.language import Annotated, Sentence, Token
from onrecord.statements.carriers import Carrier, carriers
from onrecord.statements.draft import Draft, Link
from onrecord.statements.outlets import ways
from onrecord.statements.spans import shared

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_TAKEN = 6
"""In tokens: from a verb to what it tells on, ``ran a translation of the letter``."""


def takes_up(annotated: Annotated, first: int, last: int) -> tuple[int, ...]:
    """Return the tokens among ``first`` to ``last - 1`` that take up what was said: ``this``, ``the remarks``."""
    words = ways(annotated.language)
    tokens = annotated.tokens
    found = []
    for i in range(first, last):
        token = tokens[i]
        if token.lower in words.taken_up_pronouns and token.pos == "PRON" and token.dep not in ("expl", "mark"):
            found.append(i)
        if token.lemma in words.taken_up and token.pos == "NOUN" and i > first:
            before = tokens[max(first, i - 2) : i]
            told_of = any(
                tokens[c].dep in ("prep", "acl", "relcl")
                for c in annotated.children[i]
                if c > i and not _apart(tokens, i, c) and not _with_pronoun(annotated, c)
            )
            if not told_of and any(each.lower in words.taken_up_by for each in before):
                found.append(i)
    return tuple(found)


def is_one(annotated: Annotated, at: int) -> bool:
    """Return whether a token takes up one saying, the last: ``the sentence``; ``the interview`` takes up all of it."""
    token = annotated.tokens[at]
    return token.tag == "NN" and token.lemma in ways(annotated.language).one_saying


def _with_pronoun(annotated: Annotated, preposition: int) -> bool:
    """``The interview with her was aired by VNA``: the noun is told of by what is known."""
    return any(annotated.tokens[c].tag == "PRP" for c in annotated.children[preposition])


def _apart(tokens: tuple[Token, ...], noun: int, below: int) -> bool:
    """Whether what is told of a noun stands between commas: ``The letter, published on Monday, was …``."""
    return any(tokens[i].text == "," for i in range(noun + 1, below))


def takes(annotated: Annotated, carrier: Carrier, at: int) -> bool:
    """Return whether a carrier brought what token ``at`` takes up: behind it, or telling it on (``ran the letter``)."""
    if not carrier.outlet:
        cue, taken = annotated.tokens[_verb_of(annotated, carrier)], annotated.tokens[at]
        return taken.dep in _SUBJECTS and taken.head in (cue.i, cue.head)
    if carrier.way != "tells" or carrier.cue[0] < carrier.span[0]:
        return carrier.span[0] > annotated.tokens[at].start
    verb = _verb_of(annotated, carrier)
    return 0 < at - verb <= _TAKEN or (at < verb and annotated.tokens[at].dep not in _SUBJECTS)


def _verb_of(annotated: Annotated, carrier: Carrier) -> int:
    return annotated.token_range(carrier.cue)[0]


def _brings(annotated: Annotated, verb: int) -> bool:
    words, tokens = ways(annotated.language), annotated.tokens
    if tokens[verb].pos != "VERB" or tokens[verb].lemma not in words.brings:
        return False
    return any(tokens[c].dep == "dobj" and tokens[c].lemma in words.voices for c in annotated.children[verb])


def bringers(annotated: Annotated, sentence: Sentence, names: frozenset[str]) -> tuple[Carrier, ...]:
    """Return the outlets that bring somebody's words in a sentence: ``carried an interview with the governor``."""
    if not any(_brings(annotated, i) for i in range(sentence.first, sentence.last)):
        return ()
    found = carriers(annotated, sentence, names)
    return tuple(each for each in found if each.way == "tells" and _brings(annotated, _verb_of(annotated, each)))


def brought(annotated: Annotated, draft: Draft, sentence: Sentence, found: tuple[Carrier, ...]) -> Draft:
    """Return the draft with the outlets that ``sentence``, before it, says its words stood in.

    That is so where the sentence tells of the speaker as well, or means him by a pronoun.
    """
    if draft.links or not found or not draft.speaker or any(shared((each.span,), draft.speaker) for each in found):
        return draft
    tokens = annotated.tokens
    named = [tokens[i] for span in draft.speaker for i in range(*annotated.token_range(span))]
    told = {each.lower for each in tokens[sentence.first : sentence.last] if each.pos in ("NOUN", "PROPN")}
    again = any(each.lower in told for each in named if each.pos in ("NOUN", "PROPN"))
    if not again and not (len(named) == 1 and named[0].tag == "PRP"):
        return draft
    return draft._replace(links=tuple(Link(each.span, each.at, each.cue) for each in found))

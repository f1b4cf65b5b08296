"""Whether a mention stands inside a denial: "denied that a summit was planned", "no such meeting", "ruled out talks".

Promise: what is denied never becomes a fact of the document; a denied putting off leaves the plan standing. The odd
case that forced its shape: "denied that the summit would be held in Dravik" denies the place and presupposes the
summit, so a denied mention may still name an event, but tells only what stands inside its own noun phrase.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.dated import Dated
from onrecord.events.faint import HELD
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.merge import VISIT
from onrecord.events.parties import Part
from onrecord.events.refusals import as_planned, not_going
from onrecord.events.signs import Evidence, spans, words
from onrecord.events.timed import not_then
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.tables import table

COMPLEMENTS = frozenset({"ccomp", "xcomp", "pcomp", "dobj", "nsubjpass", "acl", "pobj"})
"""How what is denied hangs on the word that denies it; not the aside "denied it, saying that …"."""

WITHIN = frozenset({"modifier", "possessor", "member"})
"""Rules by which a party stands inside the noun phrase of the event, which a denial of the clause leaves alone."""


class DenialWords(NamedTuple):
    """The table of denial."""

    verbs: frozenset[str]
    of_claims: frozenset[str]
    claims: frozenset[str]
    no: frozenset[str]
    nouns: frozenset[str]
    intends: frozenset[str]
    makes: frozenset[str]
    true: frozenset[str]
    later: frozenset[str]
    unreal: frozenset[str]
    untrue: frozenset[str]


@cache
def denial_words(language: str) -> DenialWords:
    """Return the words of denial of a language."""
    raw = table("events", language, "denial")
    return DenialWords(*(frozenset(raw[key]["words"]) for key in DenialWords._fields))


def denial(ground: Ground, mention: EventMention) -> tuple[int, ...]:
    """Return the tokens that deny a mention; empty where nothing does."""
    a = ground.annotated
    known = denial_words(a.language)
    if none_held(ground, mention):
        return ()
    for head in {mention.head, mention.head if mention.inner is None else mention.inner}:
        own = [c for c in a.children[head] if c < head and a.tokens[c].lower in known.no]
        if own and not mention.verbal:
            return (own[0],)
    if mention.verbal and mention.entry.group == VISIT and not_going(a, mention.head, known_of=False)[0]:
        return ()  # whether it was planned or not, that it will not be made is told of it
    if mention.verbal:
        refused = _not_done(ground, mention.head, known)
        if refused:
            return refused
    return over(ground, mention.head, mention.definite)


def none_held(ground: Ground, mention: EventMention) -> tuple[int, ...]:
    """Return the words that say that there will be none of what a noun names; empty where nothing does.

    "There will be no parade", "no parade will be held": told to those who know of one from elsewhere.
    """
    a = ground.annotated
    if mention.verbal or mention.entry.group not in HELD or not mention.head:
        return ()
    none = [
        c for c in a.children[mention.head] if c < mention.head and a.tokens[c].lower in denial_words(a.language).no
    ]
    step = next(grammar.way_up(a, mention.head), None)
    if not none or step is None or step.role not in {"object", "subject", "passive"}:
        return ()
    if any(a.tokens[c].dep == "amod" for c in a.children[mention.head]):
        return ()  # "no further talks"
    verb = step.token
    held = grammar.base(a, verb) in denial_words(a.language).makes | vocabulary(a.language)["happens"]
    there = step.role != "object" or any(a.tokens[c].dep == "expl" for c in a.children[verb.i])
    told = held and there and grammar.verb(a, verb.i).mode == "future"
    return (none[0], verb.i) if told else ()


def over(ground: Ground, i: int, definite: bool = True) -> tuple[int, ...]:
    """Return the tokens of a denial that governs token ``i``; ``definite``: what ``i`` names is known to the reader."""
    a = ground.annotated
    known = denial_words(a.language)
    first = True
    for step in grammar.way_up(a, i):
        token, below = step.token, a.tokens[step.below]
        if below.dep not in COMPLEMENTS and below.dep not in grammar.SUBJECTS | grammar.OBJECTS:
            return ()
        if token.pos in {"NOUN", "PROPN"} and not grammar.acts(a, token):
            none = [c for c in a.children[token.i] if a.tokens[c].lower in known.no and c < token.i]
            if none and token.lemma in known.nouns:
                return (none[0], token.i)
            if token.lemma in known.unreal:
                return (token.i,)
            if token.lemma not in known.claims and token.lemma not in known.nouns:
                return ()
            continue
        if below.lemma in known.claims and below.dep in grammar.SUBJECTS and (cue := _untrue(a, token.i, known)):
            return cue
        if below.dep in COMPLEMENTS:
            cue = _denies(a, token.i, below.i, known)
            if cue:
                return cue
        if first and not definite and token.lemma in known.makes and step.role in {"object", "passive"}:
            cue = _not_done(ground, token.i, known)
            if cue:
                return cue
        first = False
    return ()


def _untrue(a: Annotated, i: int, known: DenialWords) -> tuple[int, ...]:
    """The word by which the verb at ``i`` calls its subject untrue: "reports of a meeting are just wrong"."""
    if grammar.verb(a, i).negated:
        return ()
    return tuple(c for c in a.children[i] if c > i and a.tokens[c].lower in known.untrue)[:1]


def _denies(a: Annotated, i: int, below: int, known: DenialWords) -> tuple[int, ...]:
    """The words by which the verb at ``i`` denies what hangs on it: "denied", "ruled out", "does not plan"."""
    part = grammar.particle(a, i)
    name = grammar.phrasal(a, i)
    negations = [c for c in a.children[i] if a.tokens[c].dep == "neg"]
    told = a.tokens[below].lemma in known.claims or a.tokens[below].dep == "ccomp"
    if name in known.verbs or (name in known.of_claims and told):
        return () if negations else (i, *(c for c in a.children[i] if part and a.tokens[c].lower == part))
    if negations and name in known.intends:
        return (negations[0], i)
    if negations and a.tokens[below].dep in {"ccomp", "csubj"}:
        true = [c for c in a.children[i] if a.tokens[c].lower in known.true and a.tokens[c].dep in {"acomp", "attr"}]
        return (negations[0], true[0]) if true else ()
    return ()


def _not_done(ground: Ground, i: int, known: DenialWords) -> tuple[int, ...]:
    """The negation of a verb that lies ahead, unless it only says when: "not until June", "not on 6 May as planned"."""
    a = ground.annotated
    state = grammar.verb(a, i)
    if not state.negated or state.mode not in {"future", "hedged"}:
        return ()
    if any(a.tokens[c].lower in known.later for c in a.children[i] if c > i) or as_planned(a, i, words(a.language)):
        return ()
    if state.mode == "future" and not_then(ground, i):
        return ()  # its day is denied
    return tuple(c for c in a.children[i] if a.tokens[c].dep == "neg")


def presupposed(
    mention: EventMention, dates: tuple[Dated, ...], parts: tuple[Part, ...]
) -> tuple[tuple[Dated, ...], tuple[Part, ...]]:  # fmt: skip
    """The dates and parties that a denied mention brings along in its own words: "denied that the summit of 22 May"."""
    away = tuple(part for part in parts if part.attribute == "absent")
    if not mention.definite:
        return (), away
    own = tuple(d for d in dates if d.near <= 1 and not d.moved)
    return own, (*(part for part in parts if part.rule in WITHIN), *away)


def left_standing(ground: Ground, signs: tuple[Evidence, ...], cue: tuple[int, ...]) -> tuple[Evidence, ...]:
    """The signs that remain of those that are denied: who denies that a plan was called off says that it stands."""
    off = any(sign.status in {"cancelled", "postponed"} or sign.rule == "only meant" for sign in signs)
    return (Evidence("planned", 2, spans(ground, cue), "denied"),) if off else ()

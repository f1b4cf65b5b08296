"""Annotated documents to the places that name an event, by noun ("summit") or by verb ("will visit").

Promise: a sentence without a word of the table costs one look-up a token. The odd case that forced its shape: a noun
names a part ("second round of the election"), the thing itself ("the election") or nothing ("opinion polls"), so the
mention knows its head, its words and whether it may stand alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from onrecord.events import grammar
from onrecord.events.beside import (
    SENT,
    are_people,
    is_party,
    is_person,
    is_place,
    leads_to_place,
    sent,
    sets_out,
    suffered,
    will_be_open,
    will_be_there,
)
from onrecord.events.done import is_done
from onrecord.events.ground import Ground
from onrecord.events.kinds import GOAL, ON_SOMETHING, VAGUE, Entry, Kinds, kinds, pick
from onrecord.events.signs import words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Span
from onrecord.statements import Plan

_OF_NOUNS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})
"""What only nouns are to their heads: there the parser took "fair" in "the book fair returns" for an adjective."""

_DECIDED_ON = frozenset({"cancelled", "postponed", "planned"})
"""What a verb does to its object that a headline has in the present: "Velmark and Selm move summit"."""

_OF_VERBS = frozenset({"aux", "auxpass", "nsubj", "dobj"})
"""What only verbs have under them: "is hearing the case", not "hands down ruling"."""


@dataclass(frozen=True)
class EventMention:
    """A place that names an event: its head token, tokens ``first`` up to ``last``, and what tells it from others."""

    head: int
    first: int
    last: int
    span: Span
    lemma: str
    entry: Entry
    verbal: bool
    definite: bool
    indefinite: bool
    types: frozenset[str]
    """Words of kind in it (``presidential``, ``second``), in lower case."""
    proper: frozenset[str]
    """Its capitalised modifiers, in lower case."""
    sentence: int
    above: int = -1
    """The token that governs the head."""
    verb: int = -1
    """The nearest verb over a noun."""
    appositive: bool = False
    """True where the mention explains the noun before it ("the discussion (a meeting …)")."""
    heading: bool = False
    """True in headline and standfirst."""
    plural: bool = False
    """True for a noun in the plural."""
    body: bool = False
    """True where the parser takes its name for that of a body ("the Harl Congress"): only what is said of it tells."""
    inner: int | None = None
    """For a part ("round of the election"): the token of the whole."""
    stands_for: int = -1
    """For a pronoun ("it will take place"): the head token of the mention that it stands for."""
    origin: Literal["table", "act", "tagger", "deed", "happened", "attends"] = "table"
    """What found it."""
    chance: float = 1.0
    """How likely an act is an event, by what was counted of its verb."""
    listed: int = -1
    """For an entry of a diary which one of the document it is."""
    plan: Plan | None = None
    """What the tagger says of it."""


def find_mentions(ground: Ground) -> list[EventMention]:
    """Return the places that name an event, in text order."""
    a = ground.annotated
    known = kinds(a.language)
    nouns, verbs, parts = known.nouns, known.verbs, known.parts
    gerunds = vocabulary(a.language)["gerund_nouns"]
    found: list[EventMention] = []
    taken: set[int] = set()
    for token in a.tokens:
        lemma = lemma_of(known, token)
        gerund = token.pos == "VERB" and token.lower in gerunds
        named = lemma in nouns or lemma in verbs or lemma in parts or lemma in known.bound
        if not named and not gerund:
            continue
        if token.i in taken:
            continue
        mention = None
        if token.pos in {"NOUN", "PROPN"} or (token.pos == "ADJ" and token.dep in _OF_NOUNS):
            mention = _noun(ground, known, token.i)
        elif (
            token.pos in {"VERB", "AUX"}
            and lemma in known.bound
            and (will_be_there(ground, token.i) if lemma == known.there else sets_out(ground, token.i))
            and not _for_talks(a, known, token.i, "visit")
        ):
            mention = by_verb(ground, token.i, token.i + 1, known.bound[lemma])
        elif token.pos == "VERB" and lemma in verbs:
            mention = _verb(ground, known, token.i)
        elif lemma in verbs and will_be_open(ground, known, token.i):
            there = by_verb(ground, token.head, token.i + 1, verbs[lemma])
            mention = replace(there, first=token.i, span=ground.span(token.i, token.i + 1), lemma=verbs[lemma].noun)
        if mention is None and gerund and not any(a.tokens[c].dep in _OF_VERBS for c in a.children[token.i]):
            mention = _noun(ground, known, token.i)
        if mention is not None:
            if mention.inner is not None:
                taken.add(mention.inner)
            found.append(mention)
    return found


def _noun(ground: Ground, known: Kinds, i: int) -> EventMention | None:
    a = ground.annotated
    tokens = a.tokens
    token = tokens[i]
    lemma = token.lower if token.lower in vocabulary(a.language)["gerund_nouns"] else lemma_of(known, token)
    inner = None
    if lemma in known.parts:
        inner = _whole(a, known, i)
        entry = pick(known, tokens[inner].lemma, tokens[inner].tag) if inner is not None else None
        if entry is None:
            entry = _round(a, known, i) if lemma in known.alone else pick(known, lemma, token.tag)
    else:
        entry = pick(known, lemma, token.tag)
    if (
        entry is None
        or _part_of_name(a, i, entry)
        or i in ground.times
        or (token.ner == "DATE" and token.tag == "NNP" and _alone(a, i))  # "March"
        or (token.dep == "compound" and _better(known, tokens[token.head].lemma))
        or (entry.needs == GOAL and not (_is_known(a, i) and leads_to_place(ground, i)))
        or (entry.needs == VAGUE and any(_better(known, tokens[c].lemma) for c in a.children[i] if c < i))
    ):
        return None
    first, last = name(ground, i)
    before = {t.lower for t in tokens[first:i]}
    if before & known.not_with.get(lemma, frozenset()):
        return None
    if inner is not None:
        last = max(last, inner + 1)
    opening = tokens[first - 1].lower if first else ""
    gone = first > 0 and tokens[tokens[first - 1].head].lemma in vocabulary(a.language)["on_journey"]
    if first == i and opening in known.not_after.get(lemma, frozenset()) and not gone:
        return None  # "on strike", but "will go on strike"
    words = before | {token.lower, lemma, *a.text(ground.span(first, last)).lower().split()}
    if inner is not None:
        words |= {t.lower for t in tokens[i:last]}
    if entry.group == "election" and _on_something(ground, i):
        words.add(ON_SOMETHING)
    words |= {known.alike[word] for word in words & known.alike.keys()}
    types = frozenset(words) & (known.types | {ON_SOMETHING})
    body = token.tag == "NNP" and token.ner == "ORG" and entry.weak and i > first
    if inner is not None and lemma in known.when:
        lemma = lemma_of(known, tokens[inner])
    return replace(by_noun(ground, i, first, last, entry), lemma=lemma, types=types, inner=inner, body=body)


def _is_known(a: Annotated, i: int) -> bool:
    """Whether a noun is one that the reader knows, or somebody's: "his travel to Selm", not "bans travel to Selm"."""
    definite = vocabulary(a.language)["definite"]
    return any(a.tokens[c].dep == "poss" or a.tokens[c].lower in definite for c in a.children[i])


def _better(known: Kinds, lemma: str) -> bool:
    """Whether a noun says more than that something is held."""
    return any(entry.needs != VAGUE for entry in known.nouns.get(lemma, ()))


def by_noun(ground: Ground, i: int, first: int, last: int, entry: Entry) -> EventMention:
    """Return the mention of an event that the noun at token ``i`` names with the tokens ``first`` up to ``last``."""
    a = ground.annotated
    tokens, known = a.tokens, vocabulary(a.language)
    token = tokens[i]
    children = {tokens[c].lower for c in a.children[i]}
    definite = bool(children & known["definite"]) or any(tokens[c].dep == "poss" for c in a.children[i])
    opening = tokens[first - 1].lower if first else ""
    indefinite = bool(children & known["indefinite"]) or opening in known["articles"]
    return EventMention(
        head=i, first=first, last=last, span=ground.span(first, last), lemma=token.lemma, entry=entry, verbal=False,
        definite=definite, indefinite=indefinite and not definite, heading=token.start < ground.heading,
        types=frozenset(),
        proper=frozenset(
            t.lower for t in tokens[first:i]
            if t.pos == "PROPN" or t.ner in {"GPE", "NORP", "PERSON"} or any(c.isdigit() for c in t.text[1:])
        ),
        sentence=token.sentence, above=token.head,
        verb=next((s.token.i for s in grammar.way_up(a, i) if s.token.pos == "VERB"), -1),
        appositive=token.dep == "appos", plural=token.tag in {"NNS", "NNPS"},
    )  # fmt: skip


def lemma_of(known: Kinds, token: Token) -> str:
    """Return the lemma by which the table has a token: of a name in the plural the singular ("Selm Primaries")."""
    if token.pos != "PROPN" or token.ner == "PERSON" or token.lemma in known.nouns:
        return token.lemma
    singular = (f"{token.lemma.removesuffix('ies')}y", token.lemma.removesuffix("es"), token.lemma.removesuffix("s"))
    return next((each for each in singular if each in known.nouns), token.lemma)


def _on_something(ground: Ground, i: int) -> bool:
    """Whether a vote has its matter named, as no election of people has: "a vote on the treaty", not "on 5 May"."""
    matter = grammar.objects(ground.annotated, i, vocabulary(ground.annotated.language)["topic"])
    return any(c not in ground.times for c in matter)


def _part_of_name(a: Annotated, i: int, entry: Entry) -> bool:
    """Whether the word stands inside a proper name of something else ("Election Law") or is a body ("Congress")."""
    token = a.tokens[i]
    if token.pos != "PROPN" or token.text.islower():
        return False
    inside = token.dep == "compound" and a.tokens[token.head].pos == "PROPN" and token.head > i
    return inside or (entry.kind == "conference" and _alone(a, i))


def _alone(a: Annotated, i: int) -> bool:
    """Whether a noun has no modifier of its own."""
    return not any(a.tokens[c].dep in {"compound", "amod", "nmod", "poss", "nummod"} for c in a.children[i])


def _whole(a: Annotated, known: Kinds, i: int) -> int | None:
    """Token of the whole for a part: "talks" for "round" in "a new round of talks"."""
    for child in grammar.objects(a, i, vocabulary(a.language)["whole"]):
        if pick(known, a.tokens[child].lemma, a.tokens[child].tag) is not None:
            return child
    return None


def _round(a: Annotated, known: Kinds, i: int) -> Entry | None:
    """What a bare "final round" is a round of: the nearest event named before it in its sentence or the two before."""
    for j in range(i - 1, max(-1, i - 80), -1):
        entry = pick(known, a.tokens[j].lemma, a.tokens[j].tag)
        if entry is not None and not entry.weak and a.tokens[j].pos in {"NOUN", "PROPN"}:
            return entry if entry.group in {"election", "meeting"} else None
    return None


def name(ground: Ground, i: int) -> tuple[int, int]:
    """Tokens of the name of an event: its head and nearest modifiers, no article, no word of status or of time."""
    a = ground.annotated
    tokens = a.tokens
    known = words(a.language)
    openings = vocabulary(a.language)["openings"]
    first = i
    while first > 0:
        before = tokens[first - 1]
        joined = before.end == tokens[first].start and before.text not in openings
        bound = first > 1 and tokens[first - 2].end == before.start  # "first-in-the-nation primary"
        if joined and (before.pos not in {"SPACE", "DET"} or (bound and before.pos == "DET")):
            first -= 1
            continue
        if before.sentence != tokens[i].sentence or (before.ner in {"DATE", "TIME"} and not before.text.isdigit()):
            break
        if (
            before.text.isdigit()
            and first > 1
            and ground.times.get(first - 1) is ground.times.get(first - 2) is not None
        ):
            break  # "the May 11 vote", but "the 2031 election"
        if before.pos in {"DET", "VERB", "AUX", "ADP", "SPACE", "SCONJ", "PRON"} and before.dep not in {
            "amod",
            "compound",
        }:
            break
        if before.lower in known.modifiers or before.tag in {"POS", "CC", "PRP$"}:
            break
        if before.start < ground.heading and before.text.islower() and known.object.get(before.lower) in _DECIDED_ON:
            break  # "Velmark and Selm move summit", of which the parser makes a name
        if before.pos == "PUNCT" and before.text not in vocabulary(a.language)["dashes"]:
            break
        top = before.i
        for _ in range(4):
            if top == i or tokens[top].head == top:
                break
            top = tokens[top].head
        if top != i:
            break
        first -= 1
    while first < i and (tokens[first].pos == "PUNCT" or tokens[first].lower in known.modifiers):
        first += 1
    return first, i + 1


def _verb(ground: Ground, known: Kinds, i: int) -> EventMention | None:
    a = ground.annotated
    tokens = a.tokens
    entry = known.verbs[tokens[i].lemma]
    last = i + 1
    if tokens[i].dep in {"amod", "compound"}:
        return None
    if entry.needs == "party":
        met = [*grammar.objects(a, i), *grammar.objects(a, i, vocabulary(a.language)["companion"])]
        if entry.kind != "meeting" and suffered(a, i):  # proposals and speakers are "met with" applause
            met += grammar.subjects(a, i)
        joined = (
            any(len(grammar.conjuncts(a, s)) > 1 or tokens[s].tag in {"NNS", "NNPS"} for s in grammar.subjects(a, i))
            or len(grammar.subjects(a, i)) > 1
        )
        named = any(is_party(ground, m) for m in met) or (entry.kind == "meeting" and (joined or _sits(ground, i)))
        if not named:
            return None
    elif entry.needs == "crowd":
        if not any(tokens[s].tag in {"NNS", "NNPS"} for s in grammar.subjects(a, i)):
            return None
    elif entry.needs == "deal":
        if not any(tokens[c].lemma in vocabulary(a.language)["deals"] for c in grammar.objects(a, i)):
            return None
    elif entry.needs == "guest":
        came = suffered(a, i) and is_done(ground, i, present=False)  # who is yet "to be received" does so on a visit
        guests = [*grammar.objects(a, i), *(grammar.subjects(a, i) if came else ())]
        if not any(is_person(ground, m) for m in guests):
            return None
    elif entry.needs == "guest there":
        goals = grammar.objects(a, i, vocabulary(a.language)["goal"] | vocabulary(a.language)["site"])
        there = any(is_place(ground, g) for g in goals)
        met = grammar.objects(a, i)
        people = any(is_person(ground, g) or are_people(a.language, tokens[g]) for g in met)
        team = any(_is_team(ground, g) for g in met)
        # "on Friday she will welcome the club to the Old Palace": with where to, a day ahead of the verb is its own
        due = bool(goals) and _times_ahead(ground, *a.subtree(i))
        if not ((there or due) and team) and not ((there or _timed(ground, i)) and people):
            return None
    elif entry.needs in SENT:
        if not sent(ground, known, i, entry.needs):
            return None
        last += entry.needs in {"off", "down", "out"}
    elif entry.needs in {"place", "to"}:
        prepositions = vocabulary(a.language)["goal"] if entry.needs == "to" else frozenset()
        goals = grammar.objects(a, i, prepositions)
        if not any(is_place(ground, g) for g in goals) and not (goals and entry.needs == "place" and _timed(ground, i)):
            return None
    if entry.kind in {"meeting", "visit"} and _for_talks(a, known, i, entry.group):
        return None
    if entry.kind == "meeting" and any(
        (whole := pick(known, tokens[c].lemma, tokens[c].tag)) and whole.group != "meeting"
        for c in _in(ground, known, i)
    ):
        return None
    if entry.needs == "effect":
        into = grammar.objects(a, i) + [d for c in a.children[i] if tokens[c].dep == "prep" for d in a.children[c]]
        into = [c for c in into if c > i and tokens[c].lower in vocabulary(a.language)["effect"]]
        if not into:
            return None
        last = into[0] + 1
    if entry.kind == "vote":
        voted = grammar.objects(a, i, vocabulary(a.language)["object_of_vote"])
        below = [*a.children[i], *(d for c in a.children[i] if tokens[c].dep == "prep" for d in a.children[c])]
        # "will vote next week", "vote on Monday"; ahead of the verb only a day to come: "this Sunday members will vote"
        voted = voted or [c for c in below if c in ground.times and (c > i or ground.lies_ahead(ground.times[c]))]
        voted = voted or [c for c in below if tokens[c].dep == "pcomp"]  # "vote on whether to strike"
        in_what = grammar.objects(a, i, vocabulary(a.language)["inside"])  # "vote in the election", "on the budget"
        if not voted or any(pick(known, tokens[c].lemma, tokens[c].tag) for c in in_what):
            return None
    return by_verb(ground, i, last, entry)


def by_verb(ground: Ground, i: int, last: int, entry: Entry) -> EventMention:
    """Return the mention of an event that the verb at token ``i`` names with the tokens up to ``last``."""
    token = ground.annotated.tokens[i]
    return EventMention(
        head=i, first=i, last=last, span=ground.span(i, last), lemma=entry.noun or token.lemma, entry=entry,
        verbal=True, definite=False, indefinite=False, types=frozenset(), proper=frozenset(),
        sentence=token.sentence, heading=token.start < ground.heading,
    )  # fmt: skip


def _sits(ground: Ground, i: int) -> bool:
    """Whether a body of people meets by itself, at a time: "the cabinet meets on Friday", not "it met resistance"."""
    a = ground.annotated
    bodies = vocabulary(a.language)["sitting"]
    if grammar.objects(a, i) or not any(a.tokens[s].lemma in bodies for s in grammar.subjects(a, i)):
        return False
    low, high = a.subtree(i)
    return any(j in ground.times for j in range(max(i, low), high))


def _timed(ground: Ground, i: int) -> bool:
    """Whether a verb has a time ahead of its own: one "visits the shrine on Sunday", but "visits doom on a city"."""
    low, high = ground.annotated.subtree(i)
    return _times_ahead(ground, max(i, low), high)


def _is_team(ground: Ground, i: int) -> bool:
    """Whether a token is a body of people by a name of its own or one word: "the club", not "leaders"."""
    return (
        is_party(ground, i)
        and not is_place(ground, i)
        and not are_people(ground.annotated.language, ground.annotated.tokens[i])
    )


def _times_ahead(ground: Ground, low: int, high: int) -> bool:
    """Whether a time ahead stands among some tokens."""
    return any(j in ground.times and ground.lies_ahead(ground.times[j]) for j in range(low, high))


def _in(ground: Ground, known: Kinds, i: int) -> list[int]:
    """Events in which a meeting by verb takes place: two who "meet in the final" do not hold a meeting."""
    a = ground.annotated
    found = [c for c in grammar.objects(a, i, vocabulary(a.language)["inside"]) if c not in ground.times]
    return [*found, *(whole for c in found if (whole := _whole(a, known, c)) is not None)]


def _for_talks(a: Annotated, known: Kinds, i: int, group: str) -> bool:
    """Whether the noun follows by which the event is named better: "meet for days of talks", "go to X on a visit"."""
    goals = grammar.objects(a, i, vocabulary(a.language)["for_plan"] | vocabulary(a.language)["target"])
    goals += [whole for c in goals for whole in grammar.objects(a, c, vocabulary(a.language)["members"])]
    named = (pick(known, a.tokens[c].lemma, a.tokens[c].tag) for c in goals)
    return any(entry is not None and entry.group == group and not entry.weak for entry in named)

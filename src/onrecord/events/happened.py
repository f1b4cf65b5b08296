"""Nouns of what happened: "the Harl ferry disaster", "Saturday's debate", "a blast in Selm killed two".

Promise: a noun counts only where the text takes for granted or says that it happened, and tells which one it was: by
a day, a place, a name. The odd case that forced its shape: these words stand as often in warnings as in reports ("fears
of an attack in Selm"), and of what is known no verb need say that it happened ("the Selm attack").
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.done import HappenedWords, beside, happened_words, is_done, tells
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention, by_noun, by_verb, name
from onrecord.events.merge import AHEAD
from onrecord.events.roots import root_of
from onrecord.events.signs import Evidence, spans, words
from onrecord.events.vocabulary import vocabulary

KNOWN, CAME = "known", "came about"
"""The rules of what is taken for granted, and of what a verb says came about."""

BY_DAY = frozenset(
    {
        "election", "motion", "hearing", "protest", "sport", "ceremony", "conference", "meeting", "launch", "other",
        "visit",
    }
)  # fmt: skip
"""Groups of the table of kinds of which a day that is past tells that they happened; a ban or a budget has another."""

BY_YEAR = frozenset({"sport", "conference", "election"})
"""Those of them that are held once a year at most, so that the year says which."""


def with_happened(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with those words of the table that may tell what happened, in text order.

    A noun is one wherever it stands, since a bare "the blast" may go on telling of one that is known; alone it counts
    only with a sign (`signs`). A verb is one where it tells an event by itself.
    """
    a = ground.annotated
    known = happened_words(a.language)
    taken = {i for each in mentions for i in range(each.first, each.last)}
    nouns: list[EventMention] = []
    verbs: list[int] = []
    for token in a.tokens:
        if token.i in taken or token.dep in {"amod", "compound"}:
            continue
        if token.pos in {"NOUN", "PROPN"} and token.lemma in known.nouns:
            entry = next((e for first, e, _ in known.nouns[token.lemma] if _follows(ground, token.i, first)), None)
            if entry is not None and not (token.pos == "PROPN" and token.tag == "NNPS"):
                entry = entry._replace(plover=root_of(a, token.i))
                nouns.append(replace(by_noun(ground, token.i, *name(ground, token.i), entry), origin="happened"))
        elif token.pos == "VERB" and token.lemma in known.verbs:
            verbs.append(token.i)
    heads = {each.head for each in (*mentions, *nouns) if not each.verbal}
    told = []
    for i in verbs:
        if tells(ground, i, heads):
            entry = known.verbs[a.tokens[i].lemma]._replace(plover=root_of(a, i))
            told.append(replace(by_verb(ground, i, i + 1, entry), origin="happened"))
    return sorted([*mentions, *nouns, *told], key=lambda each: each.head)


def _follows(ground: Ground, i: int, first: str) -> bool:
    return not first or (i > 0 and ground.annotated.tokens[i - 1].lower == first)


def signs(ground: Ground, mention: EventMention, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the signs of a mention, ``found`` being those of its surroundings, with that of its having happened."""
    if mention.verbal or any(sign.status in AHEAD for sign in found):
        return found
    own = mention.origin == "happened"
    if not own and any(sign.weight > 1 for sign in found):
        return found
    if not own and (lasted := _lasted(ground, mention)):
        return (Evidence("occurred", 2, spans(ground, lasted), KNOWN),)
    if not own and (not mention.entry.weak or mention.entry.group not in BY_DAY):
        return found
    told = _happened(ground, mention, own)
    if told is not None:
        return (told,)
    return () if own and mention.entry.weak else found  # what somebody named did is told as his deed


def _happened(ground: Ground, mention: EventMention, own: bool) -> Evidence | None:
    """The sign that a noun's event happened; None where nothing tells, or nothing tells which it was."""
    a = ground.annotated
    known = happened_words(a.language)
    before = {t.lower for t in a.tokens[max(0, mention.first - 2) : mention.head]}
    before &= {a.tokens[c].lower for c in a.children[mention.head]}
    if before & known.none or _unreal(ground, mention, known):
        return None
    certain = own and any(sure for _, entry, sure in known.nouns[mention.lemma] if entry.group == mention.entry.group)
    way = _way(ground, mention)
    # "the festival takes place every year" reports nothing
    done = way.verb is not None and is_done(ground, way.verb.token.i, present=own)
    days = [i for i in beside(ground, mention.head) if _is_past(ground, i, mention, certain, done)]
    days = days or [i for i in scene_days(ground, mention.head) if _is_past(ground, i, mention, certain, done)]
    if days:
        return Evidence("occurred", 2, spans(ground, days), KNOWN)
    own_names = names = [i for i in beside(ground, mention.head) if _names(ground, i)]
    if not names and mention.types - words(a.language).modifiers.keys():
        own_names = [mention.head]  # "in the first debate", not "in the next one"
    many = bool(before & known.many)
    came = False
    if done and way.verb is not None:
        over = way.verb.token
        came = way.verb.role == "subject" and (over.lemma in known.came or (certain and not mention.plural))
        made = way.verb.role in {"object", "passive"} and over.lemma in known.made
        if not names and ((came and own) or made):
            owners = grammar.subjects(a, over.i) if made else []
            around = (*beside(ground, over.i), *owners, *(i for owner in owners for i in beside(ground, owner)))
            names = [i for i in around if _names(ground, i)]
        if names and (came or made) and (own or not many):
            return Evidence("occurred", 2, spans(ground, [over.i]), CAME)
    if many:
        return None
    amid = (done and way.role in known.amid) or (way.role in known.past and not _lies_ahead(ground, way.verb))
    if own_names and (
        (amid and (mention.definite or not mention.plural))
        or (certain and (mention.definite or not (mention.plural or mention.indefinite)))
    ):
        return Evidence("occurred", 2, spans(ground, own_names), KNOWN)
    if not (certain and mention.definite):
        return None
    described = any(_is_definite(ground, i) for i in grammar.objects(a, mention.head, known.described))
    of_it = way.of in known.after or came or (done and way.direct)
    if described or (of_it and not mention.plural):
        return Evidence("occurred", 2, (mention.span,), KNOWN)
    return None


def scene_days(ground: Ground, head: int) -> list[int]:
    """Return the days of what was done at an event, which are its own: "yesterday at the conference she said"."""
    a = ground.annotated
    step = next(grammar.way_up(a, head), None)
    if step is None or step.role not in words(a.language).at or not grammar.acts(a, step.token):
        return []
    verb = step.token.i
    if not is_done(ground, verb, present=False):
        return []
    below = [*a.children[verb], *grammar.objects(a, verb, vocabulary(a.language)["day"])]
    return [i for i in below if i in ground.times and ground.times[i].type == "DATE"]


def _lasted(ground: Ground, mention: EventMention) -> list[int]:
    """The words of how long an event was at or after which something was done: "after a hearing of four hours"."""
    way = _way(ground, mention)
    if way.role not in happened_words(ground.annotated.language).past or _lies_ahead(ground, way.verb):
        return []
    above = [step.token.i for step in grammar.way_up(ground.annotated, mention.head)]
    if not any(is_done(ground, i, present=False) for i in above):
        return []
    lengths = (*beside(ground, mention.head), above[0])  # "after two days of talks"
    return [i for i in lengths if i in ground.times and ground.times[i].type == "DURATION"]


class _Way(NamedTuple):
    """What stands over a noun: the verb, by which preposition it hangs, the noun before "of", and what is direct."""

    verb: grammar.Step | None
    role: str
    of: str
    direct: bool
    """Whether it is the subject of the first word over it."""


def _way(ground: Ground, mention: EventMention) -> _Way:
    """The way up from a noun; "the close of the summit" is the summit, and a noun may be hung on its own name."""
    a = ground.annotated
    known = happened_words(a.language)
    members = vocabulary(a.language)["members"]
    steps = list(grammar.way_up(a, mention.head))
    verb = next((step for step in steps if grammar.acts(a, step.token)), None)
    of = steps[0].token.lemma if steps and steps[0].role in members else ""
    direct = bool(steps) and steps[0].role == "subject"
    for step in steps:
        if step is verb:
            return _Way(verb, step.role, of, direct)
        through = step.role in members and (
            step.token.lemma in words(a.language).through or step.token.i in ground.names
        )
        if not through and step.role in known.past:
            return _Way(verb, step.role, of, direct)
    return _Way(verb, "", of, direct)


def _lies_ahead(ground: Ground, verb: grammar.Step | None) -> bool:
    """Whether the verb over an event tells of what is still to come, or may: "cancels her talk at the forum in May"."""
    if verb is None:
        return True
    mode = grammar.verb(ground.annotated, verb.token.i).mode
    below = range(*ground.annotated.subtree(verb.token.i))
    arranged = mode == "present" and any(j in ground.times and ground.lies_ahead(ground.times[j]) for j in below)
    return arranged or mode in {"future", "hedged", "infinitive"}


def _is_definite(ground: Ground, i: int) -> bool:
    """Whether a noun is one that the reader knows: "the bombing of the embassy"."""
    a = ground.annotated
    definite = vocabulary(a.language)["definite"]
    return any(a.tokens[c].lower in definite or a.tokens[c].dep == "poss" for c in a.children[i])


def _is_past(ground: Ground, i: int, mention: EventMention, certain: bool, done: bool) -> bool:
    """Whether a token is of a time that is past and says which event it is."""
    time = ground.times.get(i)
    if time is None or time.type in {"DURATION", "SET"} or time.interval is None or ground.published is None:
        return False
    today = str(ground.published)
    if time.interval[1] > today or (time.interval[1] == today and not (certain or done)):
        return False
    first, last = time.interval
    fine = first[:7] == last[:7] or "W" in (time.value or "")  # a day, a week, a month
    return certain or fine or (mention.entry.group in BY_YEAR and not all(word.isdigit() for word in mention.proper))


def _names(ground: Ground, i: int) -> bool:
    """Whether a token names somebody or some place, so that it tells one event from others."""
    return i not in ground.times and (i in ground.names or ground.annotated.tokens[i].pos == "PROPN")


def _unreal(ground: Ground, mention: EventMention, known: HappenedWords) -> bool:
    """Whether a noun stands under what is only feared, meant or kept from happening."""
    a = ground.annotated
    for number, step in enumerate(grammar.way_up(a, mention.head)):
        token = step.token
        if token.pos in {"NOUN", "PROPN"} and not grammar.acts(a, token):
            if token.lemma in known.unreal_nouns and number < 2 and not mention.definite:
                return True
            continue
        if not grammar.acts(a, token):
            continue
        conditions = words(a.language).conditions
        if any(a.tokens[c].dep == "mark" and a.tokens[c].lower in conditions for c in a.children[token.i]):
            return True
        meant = token.lemma in known.unreal_verbs and step.role in {"object", "passive", *known.meant}
        return meant and not mention.definite
    return False

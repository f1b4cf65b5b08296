"""Places that the parser hung on another noun than the event: "meet … since the war in Port Selm next week".

Promise: a place is the event's only where it stands in the event's own clause, right before the time that lies ahead,
and no other event stands between. The odd case that forced its shape: "talks on the Harl dam": a topic is no place, so
"on" leads to one only with a word for ground that one can stand on.
"""

from __future__ import annotations

from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.kinds import kinds
from onrecord.events.mentions import EventMention
from onrecord.events.parties import part_words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated

REACH = 25
"""Tokens behind an event's verb in which its place is looked for."""

ASIDE = 3
"""Words that may stand before a place that is set off: "once more", "this time"."""


def is_topic(ground: Ground, preposition: int, goal: int) -> bool:
    """Whether what a preposition leads to after a noun of talking is what it is about: "talks on the Harl dam"."""
    a = ground.annotated
    if a.tokens[preposition].lower not in part_words(a.language).topics:
        return False
    words = part_words(a.language)
    named = any(c in ground.names for c in a.children[goal] if c < goal)
    return a.tokens[goal].lemma not in (words.grounds | words.named_grounds if named else words.grounds)


def place_before_time(ground: Ground, mention: EventMention) -> int | None:
    """The head token of a place right before a time ahead in the clause of an event, wherever the parser hung it."""
    a = ground.annotated
    tokens = a.tokens
    verb = mention.head if mention.verbal else mention.verb
    if verb < 0:
        return None
    known = vocabulary(a.language)
    start = max(verb, mention.head) + 1
    for i in range(start, min(start + REACH, a.sentences[mention.sentence].last - 1)):
        if tokens[i].lower not in known["staging"]:
            continue
        name = ground.names.get(i + 1)
        if name is None or name.label not in PLACE_LABELS or name.first != i + 1 or name.last >= len(tokens):
            continue
        after = name.last + (tokens[name.last].lower in known["dating"])
        time = ground.times.get(after)
        if time is None or not ground.lies_ahead(time):
            continue
        if _in_clause(a, i, verb, mention.head):
            return name.last - 1
    return None


def place_after_time(ground: Ground, mention: EventMention) -> int | None:
    """The head token of a place set off right behind the time of an event: "on 9 June, once more in the Guild Hall"."""
    a = ground.annotated
    tokens = a.tokens
    verb = mention.head if mention.verbal else mention.verb
    if verb < 0:
        return None
    start, end = max(verb, mention.head) + 1, a.sentences[mention.sentence].last
    for i in range(start, min(start + REACH, end - 1)):
        time = ground.times.get(i - 1)
        if tokens[i].text != "," or time is None or i in ground.times or not ground.lies_ahead(time):
            continue
        at = i + 1
        while at < end and at - i <= ASIDE and tokens[at].pos in {"ADV", "DET", "NOUN", "ADJ"}:
            at += 1
        if at + 2 >= end or tokens[at].lower not in vocabulary(a.language)["staging"]:
            continue
        name = ground.names.get(at + 1) or ground.names.get(at + 2)
        if name is not None and _in_clause(a, i - 1, verb, mention.head):
            return name.last - 1
    return None


def _in_clause(a: Annotated, i: int, verb: int, head: int) -> bool:
    """Whether the way up from a token reaches the event or its verb before any other verb or event."""
    nouns = kinds(a.language).nouns
    at = i
    while a.tokens[at].head != at:
        at = a.tokens[at].head
        if at in (verb, head):
            return True
        token = a.tokens[at]
        if (token.pos == "VERB" and token.tag != "VBG") or token.lemma in nouns:
            return False
    return False

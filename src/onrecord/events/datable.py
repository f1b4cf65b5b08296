"""Which time expressions can date an event at all: not lengths, not the day on which somebody decided.

Promise: each question is answered from the words right around a time. The odd case that forced its shape: "in nine
years" is a day ahead in a plan and looks back in "the first visit in nine years", however far off the word stands.
"""

from __future__ import annotations

from datetime import date

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.moves import move_words
from onrecord.events.signs import words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import TimeExpression


def could_date(ground: Ground, time: TimeExpression, first: int, mention: EventMention) -> bool:
    """Return whether a time can be when something is: a day or more, or a length of time that it falls "within"."""
    tokens = ground.annotated.tokens
    known = vocabulary(ground.annotated.language)
    # "the first visit of the two leaders in nine years" looks back, however far off the word stands
    around = (*tokens[max(0, first - 6) : first], *tokens[mention.first : mention.last])
    since_long = any(t.tag == "JJS" or t.lower in known["since_long"] for t in around)
    if time.type == "DURATION":
        if is_granted(ground, first):
            return True
        if {t.lower for t in tokens[max(0, first - 3) : first + 1]} & known["length"]:
            return True
        return first > 0 and tokens[first - 1].lower in known["after_length"] and not since_long
    if since_long and tokens[first].lower in known["after_length"]:
        return False
    rather = (
        " ".join(t.lower for t in tokens[max(0, first - 2) : first]) in move_words(ground.annotated.language).rather
    )
    if (
        first
        and tokens[first - 1].lower in known["not_when"]
        and not rather
        and not at_the_latest(ground.annotated, first)
    ):
        return False
    if first > 1 and tokens[first - 1].pos == "ADP" and tokens[first - 2].dep == "neg":  # "and not on 13 May"
        return False
    return time.interval is not None or any(c.isdigit() or c == "X" for c in time.value or "")


def is_granted(ground: Ground, first: int) -> bool:
    """Return whether a length of time is what somebody has for something: "has two weeks to answer"."""
    a = ground.annotated
    at = first
    while a.tokens[at].head in ground.times and a.tokens[at].head != at:
        at = a.tokens[at].head
    over = a.tokens[a.tokens[at].head]
    below = (c for c in (*a.children[over.i], *a.children[at]) if a.tokens[c].dep in {"xcomp", "acl", "relcl", "advcl"})
    return (
        a.tokens[at].dep in {"dobj", "oprd"}
        and grammar.base(a, over) in vocabulary(a.language)["grants"]
        and any(grammar.verb(a, c).mode == "infinitive" for c in below)
    )


def of_the_deed(ground: Ground, time: TimeExpression, first: int, mention: EventMention) -> bool:
    """Return whether a day just past is that of the deed: "called off the talks on Monday", not "set for Monday"."""
    a = ground.annotated
    if mention.verbal and mention.entry.group == "request":  # "invited her to Dravik in the autumn"
        goal = vocabulary(a.language)["goal"]
        return any(a.tokens[c].lower in goal and mention.head < c < first for c in a.children[mention.head])
    if not ground.published or time.interval is None or mention.verbal or mention.verb < 0 or first < mention.head:
        return False
    known = words(a.language)
    lemma, part = a.tokens[mention.verb].lemma, grammar.particle(a, mention.verb)
    decided = known.phrases.get(f"{lemma} {part}") if part else known.object.get(lemma)
    days = (ground.published - date.fromisoformat(time.interval[1])).days
    before = a.tokens[first - 1].lower
    over = next((step.token for step in grammar.way_up(a, first) if step.token.pos in {"VERB", "AUX"}), None)
    if over is not None and over.i != mention.verb and over.dep in {"relcl", "acl", "xcomp"}:
        return False  # "that was to have opened on Monday was put off"
    return (
        decided in {"cancelled", "postponed", "mooted"}
        and 0 <= days <= 7
        and (before in vocabulary(a.language)["day"] or a.tokens[first - 1].pos != "ADP")
    )


def at_the_latest(a: Annotated, first: int) -> bool:
    """Return whether the words before a time make it the last day: "no later than 7 August", "has until Friday to"."""
    known = vocabulary(a.language)
    if first and a.tokens[first - 1].lower in known["until"]:
        over = a.tokens[a.tokens[first - 1].head]
        return grammar.base(a, over) in known["grants"]
    return " ".join(t.lower for t in a.tokens[max(0, first - 3) : first]) in known["at_the_latest"]

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
from onrecord.events.openness import is_of_fixing
from onrecord.events.signs import words
from onrecord.events.values import value_of
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import TimeExpression


def could_date(ground: Ground, time: TimeExpression, first: int, mention: EventMention) -> bool:
    """Return whether a time can be when something is: a day or more, or a length of time that it falls "within"."""
    if not mention.verbal and is_of_fixing(ground, first):
        return False
    tokens = ground.annotated.tokens
    known = vocabulary(ground.annotated.language)
    if mention.lemma in known["for_a_year"] and _whole_years(time):
        return False
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
    if ends_period(ground.annotated, first):
        return False
    bound = at_the_latest(ground.annotated, first) or is_least(ground.annotated, first)
    rather = (
        " ".join(t.lower for t in tokens[max(0, first - 2) : first]) in move_words(ground.annotated.language).rather
    )
    if first and tokens[first - 1].lower in known["not_when"] and not rather and not bound:
        return False
    if (
        first > 1 and not bound and tokens[first - 1].pos == "ADP" and tokens[first - 2].dep == "neg"
    ):  # "and not on 13 May"
        return False
    return time.interval is not None or any(c.isdigit() or c == "X" for c in time.value or "")


def _whole_years(time: TimeExpression) -> bool:
    """Whether a time is a year or some of them, from the first day to the last."""
    if time.interval is None:
        return False
    start, end = time.interval
    return start.endswith("-01-01") and end.endswith("-12-31")


def ends_period(a: Annotated, first: int) -> bool:
    """Return whether a time is the end of what accounts are of: "results for the year to March", "ended 30 June"."""
    known, tokens = vocabulary(a.language), a.tokens
    at = first - 1
    while at > 0 and tokens[at].lower in known["ends_period"]:
        at -= 1
    return at < first - 1 and tokens[at].lower in known["periods"]


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
    if not ground.published or time.interval is None or mention.verbal or mention.verb < 0:
        return False
    fixed = bool(set_for(ground, mention.verb))  # "yesterday listed the hearing for 27 October"
    if first < mention.head and not fixed:
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
        (fixed or decided in {"cancelled", "postponed", "mooted"})
        and 0 <= days <= 7
        and (before in vocabulary(a.language)["day"] or a.tokens[first - 1].pos != "ADP")
    )


def set_for(ground: Ground, i: int) -> list[int]:
    """Return the tokens of the day to come for which a verb sets its object: "listed the hearing for 27 October"."""
    a = ground.annotated
    known = vocabulary(a.language)["for_plan"]
    days = [d for d in grammar.objects(a, i, known) if d in ground.times and ground.times[d].type == "DATE"]
    today = str(ground.published)
    return [d for d in days if (value_of(ground, ground.times[d], min(known), True).first or today) > today]


def at_the_latest(a: Annotated, first: int, last: int = 0) -> bool:
    """Return whether the words around a time make it the last day: "no later than 7 August", "has until Friday to".

    ``last`` is the token behind it, where what stands there ("on Friday at the latest") is to be asked too.
    """
    known = vocabulary(a.language)
    before, behind = (
        " ".join(t.lower for t in a.tokens[low : low + 3]) for low in (max(0, first - 3), last or len(a.tokens))
    )
    if before in known["at_the_latest"] or behind in known["behind_latest"]:
        return True
    over = a.tokens[a.tokens[first - 1].head] if first else None
    return over is not None and a.tokens[first - 1].lower in known["until"] and grammar.base(a, over) in known["grants"]


def is_least(a: Annotated, first: int) -> bool:
    """Return whether a time is the first possible: "no earlier than 1 May", "will not open before"."""
    known = vocabulary(a.language)
    if " ".join(t.lower for t in a.tokens[max(0, first - 3) : first]) in known["at_the_earliest"]:
        return True
    if first < 2 or a.tokens[first - 1].lower not in known["ahead_of"]:
        return False
    over = a.tokens[first - 1].head
    return a.tokens[first - 2].lower in known["denies_bound"] or (
        a.tokens[over].pos in {"VERB", "AUX"} and grammar.verb(a, over).negated
    )

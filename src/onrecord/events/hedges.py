"""The words that make an attribute provisional: what hedges the clause that a date or a place stands in.

Promise: the tokens returned stand in the text and hedge this attribute's clause, not another's. The odd case that
forced its shape: "possible" before the noun hedges the event, "likely" over the verb its date and place, and "perhaps"
before a place only the place; a word of a date hedges nothing, for one month is called as one hedge is; "the vote set
for May may be put off" leaves May as fixed as it was; and so does a condition, for that is of the event.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.moves import does
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.tables import table

REACH = 15
"""Tokens over which a word of a clause still hedges an attribute of it."""

BESIDE = 24
"""Code points before and behind an attribute in which a phrase still loosens it."""

CHAIN = 3
"""Verbs that may hang on each other over what is put off: "is expected to have to be"."""

CLAUSES = frozenset({"conj", "advcl", "relcl", "ccomp", "parataxis"})
"""What hangs on a verb and is a clause of its own, whose verb hedges nothing of this one."""

HELD = frozenset({"cancelled", "postponed"})
"""What is done to an event whose date stands until it is done."""


class HedgeWords(NamedTuple):
    """The table of hedges."""

    words: frozenset[str]
    verbs: frozenset[str]
    needing: dict[str, frozenset[str]]
    """Verbs that hedge only with one of these words: "call for"."""
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def hedge_words(language: str) -> HedgeWords:
    """Return the hedges of a language."""
    raw = table("events", language, "status")["hedge"]
    before, behind = ("|".join(map(re.escape, sorted(raw[key], key=len, reverse=True))) for key in ("before", "behind"))
    return HedgeWords(
        frozenset(raw["words"]), frozenset(raw["verbs"]),
        {verb: frozenset(each) for verb, each in raw["needing"].items()},
        re.compile(rf"\b(?:{before})(?:\s+(?:in|on|at|for|by))?\s*$"),
        re.compile(rf"^\W*(?:{behind})\b"),
    )  # fmt: skip


def hedging(language: str) -> frozenset[str]:
    """The hedging words of a language that stand by themselves, in lower case."""
    return hedge_words(language).words


def hedges(ground: Ground, mention: EventMention, at: int, first: int, last: int) -> tuple[int, ...]:
    """Tokens that hedge the attribute at tokens ``first`` to ``last`` headed by ``at``; empty where it is settled."""
    a = ground.annotated
    known = hedge_words(a.language)
    names = mention.head if mention.stands_for < 0 else -1  # what only stands for the name: "was pencilled in for"
    found = set(_beside(ground, first, last, names))
    found.update(i for i in range(first, last) if a.tokens[i].lower in vocabulary(a.language)["or_not"])
    over = [s for s in grammar.way_up(a, at) if s.token.pos in {"VERB", "AUX", "ADJ"}]
    for step in over[:3]:
        verb = step.token
        if (verb.i == mention.head and not mention.verbal) or _only_put_off(a, step) or _comes_to(a, step, mention):
            break
        found.update(
            c
            for c in (verb.i, *(c for c in a.children[verb.i] if a.tokens[c].dep not in CLAUSES))
            if _is_hedge(ground, c, known, names) and abs(c - first) < REACH and not first <= c < last
        )
        to_be = verb.dep == "relcl" and grammar.verb(a, verb.i).mode == "infinitive"  # "a vote to be held in June"
        if verb.dep not in {"xcomp", "ccomp", "acl", "oprd"} and not to_be:
            break
    return tuple(sorted(found))


def _is_hedge(ground: Ground, i: int, known: HedgeWords, head: int) -> bool:
    """Whether a token hedges; what names the event itself (``head``) does not: "will ask for a loan", "hold a call"."""
    token = ground.annotated.tokens[i]
    if i in ground.times or i == head:
        return False
    if token.lower in known.words:
        return True
    if token.pos != "VERB" or token.lemma not in known.verbs:
        return False
    needed = known.needing.get(token.lemma)
    return needed is None or _called_for(ground, i, needed)


def _called_for(ground: Ground, i: int, needed: frozenset[str]) -> bool:
    """Whether a verb has one of the words it needs, and not before a time: "called a rally for Friday" is settled."""
    a = ground.annotated
    return any(
        a.tokens[c].lower in needed and not any(below in ground.times for below in a.children[c]) for c in a.children[i]
    )


def _only_put_off(a: Annotated, step: Step) -> bool:
    """Whether a verb, or one under it, puts off the event that the attribute belongs to: "may have to be put off"."""
    if step.role not in {"subject", "passive", "object"}:
        return False
    at = step.token.i
    for _ in range(CHAIN):
        if does(a, a.tokens[at]) in HELD:
            return True
        at = next((c for c in a.children[at] if a.tokens[c].dep == "xcomp"), at)
    return False


def _comes_to(a: Annotated, step: Step, mention: EventMention) -> bool:
    """Whether a verb is of those who come to an event, whose day is in its name: "are expected at Friday's funeral"."""
    below = step.below if mention.first <= step.below < mention.last else -1
    return not mention.verbal and below >= 0 and step.role in vocabulary(a.language)["background"]


def _beside(ground: Ground, first: int, last: int, head: int) -> list[int]:
    """Tokens of a phrase right before or behind the attribute: "no earlier than 5 May", "on 5 May at the earliest"."""
    a = ground.annotated
    known = hedge_words(a.language)
    near = [c for c in (first - 1, _before_preposition(a, first)) if c >= 0 and a.tokens[c].pos != "VERB"]
    found = [c for c in near if _is_hedge(ground, c, known, head)]
    start, end = a.tokens[first].start, a.tokens[last - 1].end
    text = a.document.text
    before = known.before.search(text[max(0, start - BESIDE) : start].lower())
    if before is not None:
        low, high = a.token_range((max(0, start - BESIDE) + before.start(), start))
        found.extend(range(low, high))
    behind = known.behind.search(text[end : end + BESIDE].lower())
    if behind is not None:
        low, high = a.token_range((end, end + behind.end()))
        found.extend(c for c in range(low, high) if a.tokens[c].pos != "PUNCT")
    return found


def _before_preposition(a: Annotated, first: int) -> int:
    return first - 2 if first > 1 and a.tokens[first - 1].pos == "ADP" else -1

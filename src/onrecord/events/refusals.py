"""What will not be: decided against, found not worth it, no longer, or not as planned.

Promise: each question is asked of one verb and names the words that answer it. The odd case that forced its shape: "did
not make sense to hold it" is an opinion of whoever says it, and calls the event off only where it was decided so.
"""

from __future__ import annotations

from itertools import islice

from onrecord.events import grammar
from onrecord.events.grammar import auxiliaries
from onrecord.events.signs import Words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated


def decided(a: Annotated, i: int) -> bool:
    """Whether an infinitive is what somebody has decided: "decided not to hold the summit"."""
    over = next(grammar.way_up(a, i), None)
    if over is None or over.token.lemma not in vocabulary(a.language)["settles"]:
        return False
    return over.token.pos == "NOUN" or grammar.verb(a, over.token.i).mode in {"past", "perfect", "present"}


def found_worthless(a: Annotated, i: int, known: Words) -> list[int]:
    """The verb and the noun by which an infinitive is not worth its while: "did not make sense to", "no time to"."""
    for step in islice(grammar.way_up(a, i), 2):
        if not grammar.acts(a, step.token):
            continue
        verb = step.token.i
        for noun in (c for c in a.children[verb] if a.tokens[c].lemma in known.worth and c < i):
            none = any(a.tokens[c].lower in auxiliaries(a.language)["not"] for c in a.children[noun])
            if none or grammar.verb(a, verb).negated:
                return [verb, noun]
    return []


def as_planned(a: Annotated, i: int, known: Words) -> bool:
    """Whether what a verb says is set against a plan: "will not meet on 6 May as planned", "as originally agreed"."""
    low, high = a.subtree(i)
    return any(
        a.tokens[j].lower in known.set_against
        and any(t.tag == "VBN" and known.governs.get(t.lemma, "mooted") != "mooted" for t in a.tokens[j + 1 : j + 4])
        for j in range(max(low, i), high)
    )


def no_longer(a: Annotated, i: int) -> bool:
    """Whether what was to be no longer will: "will no longer take place"."""
    more = vocabulary(a.language)["no_more"]
    return any(
        a.tokens[c].lower in more and any(a.tokens[d].dep == "neg" for d in a.children[c]) for c in a.children[i]
    )

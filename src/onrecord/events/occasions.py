"""Nouns of what is arranged or carried out that name an event only where a day to come stands with them.

Promise: a word of this table without a day is a thing, a habit or a result, and no event ("the audit found", "the
patrol"). The odd case that forced its shape: hundreds of nouns are announced with a day ("the recount", "surgery", "the
banquet") and told of without one a hundred times as often, so the day is asked for before anything else is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.kinds import Entry, Kinds, kinds
from onrecord.events.mentions import EventMention, by_noun, name
from onrecord.events.openness import open_words
from onrecord.language.annotated import Sentence
from onrecord.nouns import TimeExpression

_INSIDE = frozenset({"compound", "amod", "nmod", "poss"})
"""What a noun is inside the name of something else: "the audit report"."""

_DONE = frozenset({"subject", "passive", "object"})
"""What stands so to an act is another name of it."""

_WEEK = timedelta(7)


def with_occasions(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with the occasions of the document, in text order.

    One that is the subject or the object of an act is another name of it: "the regulator will publish the results".
    """
    a = ground.annotated
    known = kinds(a.language)
    found = {mention.head: mention for mention in mentions}
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    for sentence in a.sentences:
        named = [
            (token.i, entry)
            for token in a.tokens[sentence.first : sentence.last]
            if token.lemma in known.occasions and token.i not in taken and (entry := _entry(ground, known, token.i))
        ]
        if not named or not _may_be_ahead(ground, sentence):
            continue
        for i, entry in named:
            mention = by_noun(ground, i, *name(ground, i), entry)
            step = next(grammar.way_up(a, i), None)
            over = found.get(step.token.i) if step else None
            if over is not None and not over.verbal:
                continue  # "a hearing on the tariffs": what another event is about
            if step is None or over is None or over.stands_for >= 0 or step.role not in _DONE:
                found[i] = mention
                continue
            first, last = sorted((over, replace(mention, entry=over.entry)), key=lambda each: each.head)
            found[first.head], found[last.head] = first, replace(last, stands_for=first.head)
    return [found[head] for head in sorted(found)]


def _entry(ground: Ground, known: Kinds, i: int) -> Entry | None:
    """The row of a noun; None where it is inside a name of something else, or lacks the number that it needs."""
    a = ground.annotated
    token = a.tokens[i]
    entry = known.occasions[token.lemma]
    opens = token.i == a.sentences[token.sentence].first
    if (token.pos != "NOUN" and not (opens and token.tag == "NNP")) or token.dep in _INSIDE or i in ground.times:
        return None
    if entry.needs == "number" and not any(a.tokens[c].lower in known.numbered for c in a.children[i]):
        return None
    return entry


def _may_be_ahead(ground: Ground, sentence: Sentence) -> bool:
    """Whether a sentence has a time to come, or speaks of one that is not known yet."""
    a = ground.annotated
    inside = range(sentence.first, sentence.last)
    undecided = open_words(a.language).nouns
    return any(
        a.tokens[i].lemma in undecided or (i in ground.times and _to_come(ground, ground.times[i])) for i in inside
    )


def _to_come(ground: Ground, time: TimeExpression) -> bool:
    """Whether a time is to come, or may be: a bare day of the week that was read as the last one, a length."""
    if ground.published is None or time.interval is None:
        return ground.published is None or time.type == "DURATION"
    last = date.fromisoformat(time.interval[1])
    return last >= ground.published or (time.interval[0] == time.interval[1] and ground.published - last <= _WEEK)

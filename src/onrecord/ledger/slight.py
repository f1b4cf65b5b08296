"""Which events of a reading are slight: part of another one of it, or told by the way.

Promise: what is part of another begins no event and is told where another document tells of the same; what is told by
the way is kept and asked for like all else, and nobody is alerted. The odd cases that forced its shape: in "a vote on
the budget on 16 May" the day is that of the vote, in "the bank is to leave its rate as it is at its meeting on 16 May"
that of the meeting; and "her lawyer looks forward to clearing her name" tells a plan that nothing tells from any other.
"""

from __future__ import annotations

import re

from onrecord.ledger import wording
from onrecord.ledger.naming import terms
from onrecord.nouns import Event, Reading, Span

TAKEN = frozenset({"planned", "scheduled"})
"""States of what is ahead and was said to be; a question takes them as given, what was called off it has to say."""

UNCLEAR = frozenset({"other", "measure", "report"})
"""Kinds of what is held nowhere: what is done, decided or issued."""

HEADS = frozenset({"headline", "standfirst", "byline", "dateline", "subheading"})
"""Blocks that go before what a document says first."""


def in_others(reading: Reading, language: str) -> frozenset[str]:
    """Return the ids of events that are ahead and are what others are about, or done there, with no day but theirs.

    What has no day at all is what another one is about where nothing but its status is told of it.
    """
    text = reading.document.text
    ahead = [each for each in reading.events if each.status in TAKEN and (_days(each) or _is_bare(each))]
    if not ahead or len(reading.events) == 1:
        return frozenset()
    topics = [
        (each, _days(each), [wording.topic(text, span, language) for span in each.mentions]) for each in reading.events
    ]
    return frozenset(
        event.id
        for event in ahead
        for other, days, spans in topics
        if other is not event and _days(event) <= days
        for mention in event.mentions
        if any(_within(mention, span) for span in spans) or _is_done_at(text, event, mention, other, language)
    )


def is_by_the_way(reading: Reading, event: Event) -> bool:
    """Return whether an event that is ahead is told behind the lead, and without a day or with nothing but a day.

    "Doctors expect him back at work in a week" tells a day and neither who nor where nor of what clear kind.
    """
    ahead = event.status in TAKEN or event.status == "mooted"
    return ahead and (not _days(event) or _is_only_dated(event)) and event.span[0] >= lead(reading)


def _is_only_dated(event: Event) -> bool:
    told = {claim.attribute for claim in event.claims}
    return event.kind in UNCLEAR and told <= {"status", "date"}


def _days(event: Event) -> set[str]:
    return {claim.value for claim in event.claims if claim.attribute == "date" and claim.value}


def _is_bare(event: Event) -> bool:
    """Whether nothing but its status is told of an event."""
    return all(claim.attribute == "status" for claim in event.claims)


def _is_done_at(text: str, event: Event, mention: Span, other: Event, language: str) -> bool:
    """Whether words say that something is done at another event: "is to leave its rate as it is at its meeting"."""
    if event.kind not in UNCLEAR or not _days(event):
        return False
    for start, _ in other.mentions:
        between = text[mention[1] : start] if mention[1] < start <= mention[1] + wording.AROUND else "."
        words = between.lower().split()
        if not _SENTENCE.search(between) and not terms(language).done_at.isdisjoint(words[-BEFORE_NAME:]):
            return True
    return False


BEFORE_NAME = 3
"""Words before an event's name among which stands what says that something is done there: "at its next"."""

_SENTENCE = re.compile(r"[.;!?](?:\s|\Z)|\n")


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def lead(reading: Reading) -> int:
    """Return where the first of what a document says ends; its headline and what goes with it stand before."""
    ends = (block.span[1] for block in reading.document.blocks if block.kind not in HEADS)
    return next(ends, len(reading.document.text))

"""What a sign of status is, and the words that are signs: the table, turned round for look-up by word.

Promise: a sign always has its cue in the text, its weight and the rule that saw it. The odd case that forced its shape:
one word does different things to an event by what stands with it ("call an election", "call off", "call for"), so the
table knows phrases beside words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events.ground import Ground
from onrecord.nouns import Span, Status
from onrecord.tables import table

Done = Status | Literal["hold"]
"""What a verb does to the event that is its object; ``hold``: it only carries it."""


TIMETABLE = "timetable"
"""The rule that sees a plan in the present tense with a day ahead: "the bridge reopens on Friday"."""

DECIDED = "decided"
"""The rule that sees what somebody has decided on: "the derby was moved to Friday"."""

DEADLINE = "deadline"
"""The rule that sees what has to be done by a day: "must leave by 1 May"."""

WHEN = "when it happens"
"""The rule of a sign that an event only says when something else is: "after the summit ends, they will meet"."""

OWN_DAY = "dated ahead"
"""The rule that sees a day to come in the name of an event: "the vote on 5 May"."""

SAID = "said of it"
"""The rule that sees what is said of an event: "the auction is due on 12 June"."""

NOT_GOING = "not going"
"""The rule that sees a journey denied of which nothing says that it was planned: "won't go to Selm on Friday"."""

NOT_THEN = "not then"
"""The rule that sees an event denied of its day: "the trial will not begin on Monday"."""

BEFORE = "done before"
"""The rule that sees what was done to an event before that of which its sentence tells: "after cancelling a trip"."""


LISTED = "listed"
"""The rule that sees what stands in a diary under a day to come, or one that is yet to be told."""


class Evidence(NamedTuple):
    """One sign of a status. ``weight``: 3 said outright, 2 implied by grammar, 1 by the surroundings alone."""

    status: Status
    weight: int
    cue: tuple[Span, ...]
    rule: str
    hedged: bool = False
    """True where the sign is only a possibility ("possible meeting")."""


class Words(NamedTuple):
    """The table of status words, turned round for look-up by word."""

    modifiers: dict[str, Status]
    object: dict[str, Status]
    phrases: dict[str, Done]
    hold: frozenset[str]
    going: frozenset[str]
    past: frozenset[str]
    beats: frozenset[str]
    """Verbs of one who has the better of another."""
    outcome: frozenset[str]
    """Verbs of what is decided in an event, these among them."""
    prizes: frozenset[str]
    """Verbs of what one beats another to: "to win the cup"."""
    governs: dict[str, Status]
    nouns: dict[str, Status]
    through: frozenset[str]
    undecided: frozenset[str]
    """Nouns under which an event is open as long as what they name has not been made: "a decision on a visit"."""
    ahead_when: frozenset[str]
    ahead_after: frozenset[str]
    worth: frozenset[str]
    where: frozenset[str]
    conditions: frozenset[str]
    nears: frozenset[str]
    slips: frozenset[str]
    pushes: frozenset[str]
    """Verbs that put an event off where a later time follows: "pushed the trip to the autumn"."""
    later: frozenset[str]
    stays: frozenset[str]
    needing: dict[str, frozenset[str]]
    old: frozenset[str]
    attitude: frozenset[str]
    had: frozenset[str]
    before: dict[str, Status]
    at: frozenset[str]
    """Those of `before` that tell of an event only what the verb over them tells."""
    said_of_it: dict[str, Status | Literal["provisional", "stands"]]
    moves: frozenset[str]
    moved_by: frozenset[str]
    set_against: frozenset[str]
    """What leads to the plan that something is set against: "as planned"."""
    allows: frozenset[str]
    """Verbs that deny an event, and denied themselves leave it possible: "did not rule out a call"."""
    obliging: frozenset[str]
    """Auxiliaries of what has to be done."""


@cache
def words(language: str) -> Words:
    """Return the status words of a language."""
    raw = table("events", language, "status")
    return Words(
        modifiers=_turned(raw["modifiers"]), object=_turned(raw["object"]), phrases=dict(raw["phrases"]),
        hold=frozenset(raw["hold"]["words"]),
        going=frozenset(raw["hold"]["going"]), past=frozenset(raw["past"]["words"]),
        beats=frozenset(raw["outcome"]["beats"]),
        outcome=frozenset(raw["outcome"]["words"] + raw["outcome"]["beats"]),
        prizes=frozenset(raw["outcome"]["prizes"]), governs=_turned(raw["governs"]),
        nouns=_turned(raw["nouns"]["says"]), through=frozenset(raw["nouns"]["through"]),
        undecided=frozenset(raw["nouns"]["undecided"]),
        ahead_when=frozenset(raw["hold"]["ahead_when"]), ahead_after=frozenset(raw["hold"]["ahead_after"]),
        worth=frozenset(raw["hold"]["worth"]), where=frozenset(raw["hold"]["where"]),
        conditions=frozenset(raw["hold"]["conditions"]),
        nears=frozenset(raw["hold"]["nears"]), slips=frozenset(raw["hold"]["slips"]),
        pushes=frozenset(raw["hold"]["pushes"]), later=frozenset(raw["hold"]["later"]),
        stays=frozenset(raw["hold"]["stays"]),
        needing={k: frozenset(v) for k, v in raw["hold"]["needing"].items()},
        old=frozenset(raw["moved"]["old"]),
        had=frozenset(raw["moved"]["had"]),
        attitude=frozenset(raw["attitude"]["words"]), before=_turned(raw["before"]),
        at=frozenset(raw["at"]["words"]),
        moves=frozenset(raw["moved"]["nouns"]), moved_by=frozenset(raw["moved"]["done_by"]),
        set_against=frozenset(raw["moved"]["set_against"]), allows=frozenset(raw["allows"]["words"]),
        obliging=frozenset(raw["aux"]["obliging"]),
        said_of_it={word: kind for kind, each in raw["said_of_it"].items() for word in each},
    )  # fmt: skip


def _turned(lists: dict[str, list[str]]) -> dict[str, Status]:
    return {word: status for status, entries in lists.items() for word in entries}  # type: ignore[misc]


def spans(ground: Ground, tokens: Iterable[int]) -> tuple[Span, ...]:
    """The spans of some tokens, neighbours joined: the words of a cue."""
    merged: list[Span] = []
    for i in sorted(set(tokens)):
        span = ground.span(i, i + 1)
        if (
            merged
            and ground.annotated.document.text[merged[-1][1] : span[0]].strip() == ""
            and span[0] - merged[-1][1] < 3
        ):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return tuple(merged)

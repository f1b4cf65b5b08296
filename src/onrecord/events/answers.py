"""What an answer says of the event that its question names: "Is the Selm trip off?", "We moved it to May".

Promise: only the first sentences of an answer are asked, only for what is done to events, and of the question only an
event that it takes as known. The odd case that forced its shape: the answer never names the event again, and the
question, which does, tells nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.events import grammar
from onrecord.events.faint import HELD
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.moves import does
from onrecord.events.signs import Evidence, words
from onrecord.events.vocabulary import vocabulary
from onrecord.nouns import Status

ASKER = "Q"
"""How a transcript names the reporter who asks."""

OPENING = 3
"""Sentences of an answer that may still speak of what the question names."""

SHORT = 4
"""Tokens of a sentence that is no more than the answer itself: "Postponed."."""

RULE = "answered"

ASKED = "asked about"
"""The rule of what a question takes for granted."""

_DONE = frozenset({"cancelled", "postponed", "scheduled"})


def with_answers(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions, in text order, with those words of answers that stand for what their questions name."""
    a = ground.annotated
    if not any(block.speaker == ASKER for block in a.document.blocks):
        return mentions
    known = [each for each in mentions if _is_known(each)]
    taken = {i for each in mentions for i in range(each.first, each.last)}
    found = list(mentions)
    for first, last, low, high in _exchanges(ground):
        meant = [each for each in known if first <= each.head < last]
        if not meant:
            continue
        sentences = sorted({a.tokens[i].sentence for i in range(low, high)})[:OPENING]
        for i in (i for i in range(low, high) if a.tokens[i].sentence in sentences and i not in taken):
            if _stands_for(ground, i) or _is_answer(ground, i):
                found.append(_again(ground, i, meant[-1]))
    return sorted(found, key=lambda each: each.head)


def answered(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the sign of a sentence that is nothing but an answer: "Postponed."; none for other mentions."""
    status = _said(ground, mention.head) if mention.stands_for >= 0 and _is_answer(ground, mention.head) else None
    return (Evidence(status, 3, (mention.span,), RULE),) if status is not None else ()


def in_question(ground: Ground, mention: EventMention, signs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the signs of a mention without those that only seem to be where a reporter asks, which tells nothing.

    What he asks about as known to both, by a name, and not as past, is a plan: "what are her goals on the Selm trip?".
    """
    a = ground.annotated
    block = a.document.blocks[a.sentences[mention.sentence].block]
    if block.speaker != ASKER or mention.verbal:
        return signs
    signs = tuple(sign for sign in signs if sign.weight > 1)
    verb = next((step.token.i for step in grammar.way_up(a, mention.head) if grammar.acts(a, step.token)), None)
    past = verb is not None and (
        grammar.verb(a, verb).mode in {"past", "perfect"}
        or any(a.tokens[c].tag == "VBD" and a.tokens[c].dep == "aux" for c in a.children[verb])  # "how did she like it"
    )
    plan = all(sign.status in {"planned", "scheduled"} for sign in signs)
    if not plan or past or mention.plural or not (_is_known(mention) and _is_told_apart(ground, mention)):
        return signs
    return (*signs, Evidence("planned", 2, (mention.span,), ASKED))


def _is_told_apart(ground: Ground, mention: EventMention) -> bool:
    """Whether a mention says by a name or a day to come which event it is; "today's meeting" may be over."""
    within = [i for i in range(*ground.annotated.subtree(mention.head)) if i != mention.head]
    days = [time.interval[0] for i in within if (time := ground.times.get(i)) is not None and time.interval is not None]
    if any(ground.published is None or day <= str(ground.published) for day in days):
        return False
    return bool(days) or any(i in ground.names for i in within)


def _is_known(mention: EventMention) -> bool:
    """Whether a mention names by a noun of the table an event that is known to both."""
    held = mention.origin == "table" and not mention.verbal and mention.entry.group in HELD
    return held and not mention.indefinite and bool(mention.definite or mention.proper)


def _exchanges(ground: Ground) -> Iterator[tuple[int, int, int, int]]:
    """The tokens of each question and of the answer to it: from and to, from and to."""
    a = ground.annotated
    asked: tuple[int, int] | None = None
    for block in a.document.blocks:
        if block.speaker is None:
            continue
        first, last = a.token_range(block.span)
        if block.speaker == ASKER:
            asked = (asked[0] if asked is not None else first, last)
        elif asked is not None:
            yield *asked, first, last
            asked = None


def _stands_for(ground: Ground, i: int) -> bool:
    """Whether a pronoun is what a verb puts off, calls off or moves, or what is said to be on or off."""
    a = ground.annotated
    token = a.tokens[i]
    if token.lower not in vocabulary(a.language)["again"] or token.pos not in {"PRON", "DET"}:
        return False
    over = a.tokens[token.head]
    if token.dep in grammar.SUBJECTS and any(
        a.tokens[c].lower in words(a.language).said_of_it for c in a.children[over.i]
    ):
        return over.pos == "AUX"
    done = does(a, over)
    passive = token.dep == "nsubjpass" or any(a.tokens[c].dep == "auxpass" for c in a.children[over.i])
    return done in _DONE and (token.dep in grammar.OBJECTS or (token.dep in grammar.SUBJECTS and passive))


def _is_answer(ground: Ground, i: int) -> bool:
    """Whether a sentence is a word that says what became of an event, and no more."""
    a = ground.annotated
    sentence = a.sentences[a.tokens[i].sentence]
    return (
        sentence.last - sentence.first <= SHORT and a.tokens[i].tag in {"VBN", "VBD", "JJ"} and bool(_said(ground, i))
    )


def _said(ground: Ground, i: int) -> Status | None:
    status = words(ground.annotated.language).modifiers.get(ground.annotated.tokens[i].lower)
    return status if status in _DONE else None


def _again(ground: Ground, i: int, meant: EventMention) -> EventMention:
    token = ground.annotated.tokens[i]
    return replace(
        meant, head=i, first=i, last=i + 1, span=ground.span(i, i + 1), definite=True, indefinite=False,
        proper=frozenset(), sentence=token.sentence, above=token.head, verb=token.head, stands_for=meant.head,
        plan=None, inner=None, heading=False,
    )  # fmt: skip

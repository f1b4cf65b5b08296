"""What an answer says of the event that its question names: "Is the Selm trip off?", "We moved it to May".

Promise: only the first sentences of an answer are asked, only for what is done to events, and of the question only an
event that it takes as known. The odd case that forced its shape: the answer never names the event again, and the
question, which does, tells nothing by itself; nor does "When?", which asks on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from onrecord.events import grammar
from onrecord.events.faint import HELD
from onrecord.events.ground import Ground
from onrecord.events.kinds import kinds
from onrecord.events.mentions import EventMention, by_verb
from onrecord.events.moves import does
from onrecord.events.signs import Evidence, words
from onrecord.events.values import value_of
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import Status
from onrecord.tables import table

ASKER = "Q"
"""How a transcript names the reporter who asks."""

OPENING = 3
"""Sentences of an answer that may still speak of what the question names."""

BEGINS = 4
"""Words in which it stands that a question wants a yes or a no: "Okay, and will she …"."""

AFTERWARDS = 3
"""Last sentences of a question in one of which it is asked: "Will she go? The premier says so."."""

SHORT = 4
"""Tokens of a sentence that is no more than the answer itself: "Postponed."."""

RULE = "answered"

ASKED = "asked about"
"""The rule of what a question takes for granted."""

WONDERED = "asked whether"
"""The rule of what a question only asks about: "Is he planning a trip to Selm?"."""

UP = 5
"""Words on the way from what is asked about to the verb that asks."""

VISIT = "visit"
"""The kind of event that somebody sets out on."""

_ASKING = frozenset({"aux", "auxpass"})
_ASKED_FOR = frozenset({"xcomp", "ccomp", "dobj", "attr", "acl", "conj"})
"""How what is asked about hangs on the verb that asks, or on what does."""

_PLANS = frozenset({"planned", "scheduled"})

_DONE = frozenset({"cancelled", "postponed", "scheduled"})


def with_answers(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions, in text order, with those words of answers that stand for what their questions name."""
    a = ground.annotated
    if not any(block.speaker == ASKER for block in a.document.blocks):
        return mentions
    known = [each for each in mentions if _is_known(each)]
    taken = {i for each in mentions for i in range(each.first, each.last)}
    found = list(mentions)
    before: list[EventMention] = []
    for first, last, low, high in _exchanges(ground):
        sentences = sorted({a.tokens[i].sentence for i in range(low, high)})[:OPENING]
        asked = _asked_whether(ground, mentions, first, last)
        yes = next((a.sentences[n].first for n in sentences[:1] if affirms(ground, a.sentences[n].first)), None)
        if asked is not None and yes is not None:
            found.append(_again(ground, yes, asked))
        asks_on = sum(t.pos not in {"SPACE", "PUNCT"} for t in a.tokens[first:last]) < SHORT
        meant = [each for each in known if first <= each.head < last] or (before if asks_on else [])
        if not meant and any(a.tokens[i].lower in _asks_when(a.language) for i in range(first, last)):
            meant = [each for each in mentions if each.verbal and _is_held(each) and first <= each.head < last]
        before = meant
        if not meant:
            continue
        looks_back = any(t.tag == "VBD" and t.pos == "AUX" for t in a.tokens[first:last])  # "When did they meet?"
        for i in (i for i in range(low, high) if a.tokens[i].sentence in sentences and i not in taken):
            if _stands_for(ground, i) or _is_answer(ground, i):
                found.append(_again(ground, i, meant[-1]))
            elif not looks_back and (day := _bare_day(ground, i)) is not None:
                found.append(replace(_again(ground, i, meant[-1]), first=day[0], last=day[1], span=ground.span(*day)))
            elif _sets_out(ground, i, meant[-1]):
                setting_out = by_verb(ground, i, i + 1, kinds(a.language).bound[a.tokens[i].lemma])
                found.append(replace(setting_out, stands_for=meant[-1].head))
    return sorted(found, key=lambda each: each.head)


def answered(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the sign of a sentence that is no more than an answer: "Postponed.", "12 June."; none for others."""
    if mention.stands_for < 0:
        return ()
    if mention.head in ground.times:
        return (Evidence("planned", 2, (mention.span,), RULE),)
    status = _said(ground, mention.head) if _is_answer(ground, mention.head) else None
    return (Evidence(status, 3, (mention.span,), RULE),) if status is not None else ()


def affirms(ground: Ground, i: int) -> bool:
    """Return whether a sentence begins with words that say yes to a question: "Yes", "That's right", "She will."."""
    a = ground.annotated
    sentence = a.sentences[a.tokens[i].sentence]
    if sentence.first != i:
        return False
    text = a.document.text[sentence.start : sentence.end].strip().lower().replace("’", "'")
    return _yes(a.language).match(text) is not None


@cache
def _yes(language: str) -> re.Pattern[str]:
    """How an answer begins that says yes, and no more before a mark or the end."""
    raw = table("events", language, "answers")
    outright, short = ("|".join(map(re.escape, raw[key])) for key in ("yes", "short"))
    return re.compile(rf"(?:{outright})\b(?![^.,;!-]*\?)|(?:{short})(?=\W*\Z|[.,;]| --)")


def affirmed(ground: Ground, mention: EventMention, told: Mapping[int, tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    """Return for an answer that says yes the sign that its question asks for; none for other mentions.

    ``told``: the signs of all mentions, by their heads. "Will she still go to Selm in May?" – "Yes."
    """
    if mention.stands_for < 0 or not affirms(ground, mention.head):
        return ()
    asked = max(told.get(mention.stands_for, ()), key=lambda sign: sign.weight, default=None)
    if asked is None:
        return ()
    return (Evidence(asked.status, 2 if asked.hedged else 3, (mention.span,), RULE, asked.hedged),)


def _asked_whether(ground: Ground, mentions: list[EventMention], first: int, last: int) -> EventMention | None:
    """What a question asks yes or no of in the end: "Does he still mean to go to Selm this spring?"."""
    a = ground.annotated
    known = grammar.auxiliaries(a.language)
    helping = (
        known["future"] | known["hedged"] | known["would"] | known["have"] | known["be"] | vocabulary(a.language)["do"]
    )
    numbers = sorted({a.tokens[i].sentence for i in range(first, last)}, reverse=True)[:AFTERWARDS]
    asking = (a.sentences[n] for n in numbers)
    sentence = next((each for each in asking if "?" in a.document.text[each.start : each.end]), None)
    if sentence is None:
        return None
    opening = [t for t in a.tokens[max(first, sentence.first) : sentence.last] if t.pos not in {"SPACE", "PUNCT"}][
        :BEGINS
    ]
    verb = next((n for n, t in enumerate(opening) if t.lower in helping and t.pos in {"AUX", "VERB"}), None)
    if verb is None or any(t.tag.startswith("W") or t.tag in {"EX", "PRP"} for t in opening[:verb]):
        return None
    held = [m for m in mentions if sentence.first <= m.head < sentence.last and m.entry.group in HELD]
    return next((m for m in held if m.origin == "table" and m.stands_for < 0 and _is_matter(a, m)), None)


def _is_matter(a: Annotated, mention: EventMention) -> bool:
    """Whether an event is what a question asks of: not that of "will the energy part of today's summit help?"."""
    step = next(grammar.way_up(a, mention.head), None)
    return mention.verbal or (step is not None and grammar.acts(a, step.token))


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
    plan = all(sign.status in _PLANS for sign in signs)
    if not plan or past or mention.plural or not (_is_known(mention) and _is_told_apart(ground, mention)):
        return signs
    return (*signs, Evidence("planned", 2, (mention.span,), ASKED))


def wondered(ground: Ground, mention: EventMention, signs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the signs of a mention, those of a plan as of one that is only considered where a reporter asks for it.

    His words assert nothing: "is she planning a trip to Selm?" is as open as "may she go?", until somebody says yes.
    """
    plan = any(sign.status in _PLANS for sign in signs)
    if not plan or mention.definite or mention.proper or not _asks_whether(ground, mention):
        return signs
    return tuple(
        Evidence("mooted", min(sign.weight, 2), sign.cue, WONDERED, hedged=True) if sign.status in _PLANS else sign
        for sign in signs
    )


def _asks_whether(ground: Ground, mention: EventMention) -> bool:
    """Whether a reporter asks yes or no of an event: the helping verb of what it hangs on stands before its subject."""
    a = ground.annotated
    sentence = a.sentences[mention.sentence]
    asker = a.document.blocks[sentence.block].speaker == ASKER
    if not asker or "?" not in a.document.text[a.tokens[mention.head].end : sentence.end]:
        return False
    at = mention.head
    for _ in range(UP):
        below = [a.tokens[c] for c in a.children[at]]
        subject = next((t.i for t in below if t.dep in grammar.SUBJECTS or t.dep == "expl"), None)
        helping = [t.i for t in below if t.dep in _ASKING] + [at] * (a.tokens[at].pos == "AUX")
        if subject is not None and any(i < subject for i in helping):
            return not any(t.tag.startswith("W") or t.lower in _known_by(a.language) for t in below)
        if a.tokens[at].dep not in _ASKED_FOR or any(t.tag.startswith("W") for t in below):  # "why she will travel"
            return False
        at = a.tokens[at].head
    return False


@cache
def _known_by(language: str) -> frozenset[str]:
    """Words of a question by which what it asks about was planned before: "is she still going?"."""
    return frozenset(table("events", language, "answers")["known_by"])


def _is_told_apart(ground: Ground, mention: EventMention) -> bool:
    """Whether a mention says by a name or a day to come which event it is; "today's meeting" may be over."""
    within = [i for i in range(*ground.annotated.subtree(mention.head)) if i != mention.head]
    days = [time.interval[0] for i in within if (time := ground.times.get(i)) is not None and time.interval is not None]
    if any(ground.published is None or day <= str(ground.published) for day in days):
        return False
    return bool(days) or any(i in ground.names for i in within)


def _is_known(mention: EventMention) -> bool:
    """Whether a mention names by a noun of the table an event that is known to both."""
    held = _is_held(mention) and not mention.verbal
    return held and not mention.indefinite and bool(mention.definite or mention.proper)


def _is_held(mention: EventMention) -> bool:
    """Whether a word of the table names something that is held on some day."""
    return mention.origin == "table" and mention.entry.group in HELD


@cache
def _asks_when(language: str) -> frozenset[str]:
    """Words of a question that wants a day."""
    return frozenset(table("events", language, "answers")["when"])


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


def _bare_day(ground: Ground, i: int) -> tuple[int, int] | None:
    """The tokens of a day that may be to come, given by a sentence without a verb: "Monday the 12th, as announced."."""
    a = ground.annotated
    time = ground.times.get(i)
    if time is None or time.type != "DATE" or ground.published is None:
        return None
    if (value_of(ground, time, "", True).first or "") <= str(ground.published):
        return None
    first, last = a.token_range(time.span)
    opening = a.tokens[a.sentences[a.tokens[i].sentence].first : first]
    if i != grammar.top_of(a, first, last) or any(t.pos in {"VERB", "AUX", "NOUN", "PRON"} for t in opening):
        return None
    return (first, last) if not any(grammar.acts(a, step.token) for step in grammar.way_up(a, i)) else None


def _sets_out(ground: Ground, i: int, meant: EventMention) -> bool:
    """Whether a verb says on which day to come the journey that is ``meant`` begins: "we are leaving on Friday"."""
    a = ground.annotated
    known = kinds(a.language)
    token = a.tokens[i]
    if meant.entry.kind != VISIT or token.pos != "VERB" or token.lemma not in known.bound or token.lemma == known.there:
        return False
    if grammar.objects(a, i) or grammar.objects(a, i, vocabulary(a.language)["bound_for"]):
        return False  # "leaving the talks", "going to court"
    low, high = a.subtree(i)
    timed = any(j in ground.times and ground.lies_ahead(ground.times[j]) for j in range(max(i, low), high))
    return timed and bool(grammar.subjects(a, i)) and not grammar.verb(a, i).negated


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

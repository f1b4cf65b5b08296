"""What the tagger takes for planned events: mentions that no table names, and dates, places, parties of all of them.

Promise: rules decide where they see an event, the tagger where no rule does; a mention that only the tagger sees says
so. The odd case that forced its shape: "cut its culture budget": the words that name an event may be a clause, and what
dates it and who does it hang on their verb.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Literal

from onrecord.events import grammar
from onrecord.events.acts import ON_A_DAY
from onrecord.events.beside import SENT, are_guests, is_person
from onrecord.events.ground import Ground, Name
from onrecord.events.kinds import Entry, kinds, pick
from onrecord.events.mentions import EventMention, by_noun, by_verb
from onrecord.events.parties import Part, same_party
from onrecord.events.roots import root_of
from onrecord.events.signs import Evidence, words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import Span
from onrecord.statements import Plan

LIKELY = 0.15
"""Acts and mentions of the tagger at least so likely are weighed; see `onrecord.events.judge`."""

SURE = 0.5
"""The least score of a plan whose kind is taken for that of an act."""

UNCLEAR = "other"
"""The kind of an act of which nothing more is known."""

RULE = "tagger"

NO_EVENTS = frozenset({"GPE", "LOC", "PERSON", "NORP", "DATE", "TIME", "CARDINAL", "MONEY"})
"""The parser's labels of names that name no event."""


def with_plans(ground: Ground, mentions: list[EventMention], plans: tuple[Plan, ...]) -> list[EventMention]:
    """Return the mentions, each with what the tagger says of it, and those that only the tagger sees, in text order."""
    a = ground.annotated
    at: dict[int, Plan] = {}
    for plan in plans:
        at.update(dict.fromkeys(range(*a.token_range(plan.span)), plan))
    found: list[EventMention] = []
    met: set[Span] = set()
    for mention in mentions:
        carried = [i for i in _carried_by(ground, mention) if i in at]
        over = [at[i] for i in (*range(mention.first, mention.last), *carried) if i in at]
        for i in (i for i in carried if i > mention.head):
            verb = by_verb(ground, i, i + 1, mention.entry)
            found.append(replace(verb, plan=at[i], origin=mention.origin, stands_for=mention.head))
        seen = max(over, key=lambda plan: plan.score, default=None)
        met.update(plan.span for plan in over)
        found.append(_as_seen(mention, seen) if seen else mention)
    taken = {i for each in found for i in range(each.first, each.last)}
    for plan in plans:
        if plan.span in met or plan.score < LIKELY:
            continue
        new = _mention(ground, plan, taken)
        if new is not None:
            _join(ground, found, new, plan)
    return sorted(found, key=lambda each: each.head)


def _as_seen(mention: EventMention, plan: Plan) -> EventMention:
    """A mention with what the tagger says of it: of an act that was counted as of no clear kind also the kind."""
    entry = mention.entry
    if mention.origin == "act" and entry.kind == UNCLEAR and plan.score >= SURE:
        entry = entry._replace(kind=plan.kind)  # type: ignore[arg-type]
    return replace(mention, entry=entry, plan=plan)


def _join(ground: Ground, found: list[EventMention], new: EventMention, plan: Plan) -> None:
    """Add a noun that only the tagger sees; with the act that it is the subject or object of it is one event.

    "The law takes effect on 1 May", "the court will hear the challenge": whichever comes later stands for the other.
    """
    step = next(grammar.way_up(ground.annotated, new.head), None)
    if new.verbal or step is None or step.role not in {"subject", "passive", "object"}:
        found.append(new)
        return
    acts = (
        n for n, each in enumerate(found)
        if each.verbal and each.head == step.token.i and each.stands_for < 0
        and (each.origin in {"act", "tagger"} or each.entry.needs == "effect")
    )  # fmt: skip
    n = next(acts, None)
    if n is None:
        found.append(new)
        return
    act = found[n]
    surer = act.plan is not None and act.plan.score >= plan.score
    entry = act.entry if surer or act.entry.needs == "effect" else new.entry
    found[n], last = sorted((replace(act, entry=entry), replace(new, entry=entry)), key=lambda each: each.head)
    found.append(replace(last, stands_for=found[n].head))


def _carried_by(ground: Ground, mention: EventMention) -> list[int]:
    """The verb that only carries what a noun names and is no other event: "hold talks", "meet for days of talks"."""
    a = ground.annotated
    if mention.verbal:
        return []
    for step in islice(grammar.way_up(a, mention.head), 2):
        if step.token.pos == "VERB":
            same = kinds(a.language).verbs.get(step.token.lemma)
            if step.role in vocabulary(a.language)["for_plan"] and same is not None:
                return [step.token.i] if same.group == mention.entry.group else []
            holds = step.role in {"subject", "passive", "object"} and step.token.lemma in words(a.language).hold
            return [step.token.i] if holds and step.below == mention.head else []
    return []


def _mention(ground: Ground, plan: Plan, taken: set[int]) -> EventMention | None:
    """The mention of an event that only the tagger sees; None where its words have no head that could name one."""
    a = ground.annotated
    first, last = a.token_range(plan.span)
    inside = range(first, last)
    head = next((i for i in inside if a.tokens[i].head not in inside or a.tokens[i].head == i), None)
    if head is None or head in taken or _names_something_else(ground, head, taken):
        return None
    token = a.tokens[head]
    tabled = pick(kinds(a.language), token.lemma, token.tag)
    kind = tabled.kind if tabled is not None and token.pos != "VERB" else plan.kind
    entry = Entry(kind, root_of(a, head), f"seen {token.lemma}", False, False, False, "", "")  # type: ignore[arg-type]
    if token.pos == "VERB":
        return replace(by_verb(ground, head, max(head + 1, last), entry), plan=plan, origin="tagger")
    return replace(by_noun(ground, head, first, last, entry), plan=plan, origin="tagger")


def _names_something_else(ground: Ground, head: int, taken: set[int]) -> bool:
    """Whether a word can't name an event: a place, a day, what talks are on, a verb that the table has decided on."""
    a = ground.annotated
    token = a.tokens[head]
    if token.pos == "VERB":
        decided = kinds(a.language).verbs.get(token.lemma)
        return decided is not None and decided.needs not in ON_A_DAY | SENT
    if token.lemma in words(a.language).moves:  # "a move of the summit to June"
        return True
    if token.pos not in {"NOUN", "PROPN"} or token.ner in NO_EVENTS or token.dep == "poss" or head in ground.times:
        return True
    if head not in ground.names and are_guests(a.language, token):  # "500 delegates are expected"
        return True
    above = next(grammar.way_up(a, head), None)
    if above is None or above.token.i not in taken:
        return False
    return above.token.pos in {"NOUN", "PROPN"} or is_person(ground, head)  # "will host the premier"


def with_parts(ground: Ground, mention: EventMention, found: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parties and places of a mention with those that only the tagger ties to it."""
    plan = mention.plan
    if plan is None:
        return found
    more = [part for span in plan.participants if (part := _part(ground, span, "participant")) is not None]
    new = [part for part in more if not any(_meet(part.span, old.span) or same_party(part, old) for old in found)]
    known = any(old.attribute in {"participant", "host"} for old in found)
    if _in_turn(ground, mention):
        new = [part for part in new if not known and _is_told_with(ground, part, mention)]
    elif known:
        # one in ten of these took part, where the rules know of somebody who does
        new = [part for part in new if not _apart(ground, part.span, mention.span)]
    elsewhere = plan.venue is not None and (
        _before_it(ground, plan.venue, mention)
        or _for_it(ground, plan.venue, mention)
        or not _beside_it(ground, plan.venue, mention)
    )
    if plan.venue is not None and not elsewhere and not any(part.attribute == "venue" for part in found):
        place = _part(ground, plan.venue, "venue")
        new += [place] if place is not None else []
    return (*found, *new)


def _in_turn(ground: Ground, mention: EventMention) -> bool:
    """Whether an event is named in a turn of a transcript, where the tagger, which has learnt from print, errs more."""
    a = ground.annotated
    return a.document.blocks[a.sentences[mention.sentence].block].kind == "turn"


def _is_told_with(ground: Ground, part: Part, mention: EventMention) -> bool:
    """Whether a party is told by name in the sentence of an event: of "the President" a press room tells everything."""
    a = ground.annotated
    return part.entity is not None and a.tokens[a.token_range(part.span)[0]].sentence == mention.sentence


def _beside_it(ground: Ground, venue: Span, mention: EventMention) -> bool:
    """Whether a place is named near an event: further off than in its paragraph it may well be that of another.

    In a turn of a transcript, which goes from one topic to the next, so is what another sentence names.
    """
    a = ground.annotated
    at = a.token_range(venue)[0]
    if at >= len(a.tokens):
        return False
    sentence, own = (a.sentences[n] for n in (a.tokens[at].sentence, mention.sentence))
    if _in_turn(ground, mention):
        return sentence == own
    return sentence.block == own.block


def _before_it(ground: Ground, venue: Span, mention: EventMention) -> bool:
    """Whether a place is that of what happens before the event: "arrived in Selm ahead of the summit"."""
    known = words(ground.annotated.language).before
    between = ground.annotated.document.text[venue[1] : mention.span[0]].lower().split()
    phrases = [" ".join(between[i:j]) for i in range(len(between)) for j in range(i + 1, min(i + 4, len(between)) + 1)]
    return any(known.get(phrase) == "planned" for phrase in phrases)


def _for_it(ground: Ground, venue: Span, mention: EventMention) -> bool:
    """Whether a place is that for which a noun names an event: "a trip that matters for Selm", "a vote for Velmark"."""
    a = ground.annotated
    first, last = a.token_range(venue)
    head = next((i for i in range(first, last) if not first <= a.tokens[i].head < last), first)
    over = a.tokens[a.tokens[head].head] if first < last else None
    return over is not None and over.lower in vocabulary(a.language)["for_plan"] and over.head == mention.head


def _apart(ground: Ground, one: Span, other: Span) -> bool:
    """Whether a comma parts two stretches of text."""
    return one[1] <= other[0] and "," in ground.annotated.document.text[one[1] : other[0]]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _part(ground: Ground, span: Span, attribute: Literal["participant", "venue"]) -> Part | None:
    """A party or a place by the words that the tagger gives: an entity by its name, else the words themselves."""
    a = ground.annotated
    first, last = a.token_range(span)
    while first < last and a.tokens[first].pos in {"DET", "PUNCT", "ADP"}:
        first += 1
    if first >= last:
        return None
    inside = range(first, last)
    head = next((i for i in inside if a.tokens[i].head not in inside or a.tokens[i].head == i), last - 1)
    if a.tokens[head].pos == "VERB" and head not in ground.names:
        return None
    name = ground.names.get(head)
    if name is None:
        name = Name(a.text(ground.span(first, last)), None, first, last, "")
    if _is_dateline(a, name.first, name.last):
        return None
    where = ground.span(name.first, name.last)
    return Part(attribute, name.value, name.entity, where, (), frozenset(), name.label, RULE, guessed=True)


def _is_dateline(a: Annotated, first: int, last: int) -> bool:
    """Whether a name in capitals is the town from which a report comes: "SELM (AP) - The leaders will meet"."""
    opens = first == 0 or a.sentences[a.tokens[first].sentence].first == first
    closed = vocabulary(a.language)["brackets_open"] | vocabulary(a.language)["dashes"]
    return (
        opens
        and a.text((a.tokens[first].start, a.tokens[last - 1].end)).isupper()
        and (last < len(a.tokens) and a.tokens[last].text in closed)
    )


def status_of_plan(mention: EventMention) -> tuple[Evidence, ...]:
    """Return the sign of status that the tagger gives a mention of which no rule tells."""
    plan = mention.plan
    if plan is None or plan.score < LIKELY:
        return ()
    status = "planned" if plan.status == "scheduled" else plan.status
    return (Evidence(status, 2, (plan.span,), RULE),)  # type: ignore[arg-type]

"""The room's line on one screen: mentions, their evidence, dates and parts, then events, then how they stand together.

Promise: events come in text order, numbered v1, v2, …; a document in which no word names an event costs one look-up a
token. The odd case that forced its shape: what is open or on the agenda is often said without naming the event again,
so these are tied to events only when all events are known.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

import msgspec

from onrecord.events import (
    agenda,
    claims,
    dates,
    denial,
    faint,
    grammar,
    judge,
    merge,
    openness,
    participants,
    relations,
    status,
)
from onrecord.events.acts import with_acts
from onrecord.events.again import with_pronouns
from onrecord.events.answers import affirmed, answered, in_question, with_answers, wondered
from onrecord.events.attending import attending, attends_known, elsewhere
from onrecord.events.dated import Dated
from onrecord.events.deeds import with_deeds
from onrecord.events.diary import Listed, listed, open_of, places, sign, with_entries
from onrecord.events.foreseen import LIKELY, status_of_plan, with_parts, with_plans
from onrecord.events.ground import Ground, lay
from onrecord.events.happened import signs as happened_signs
from onrecord.events.happened import with_happened
from onrecord.events.kinds import OCCASION, kinds
from onrecord.events.mentions import EventMention, find_mentions
from onrecord.events.named import with_names
from onrecord.events.occasions import with_occasions
from onrecord.events.parties import Part
from onrecord.events.signs import BEFORE, NOT_GOING, Evidence
from onrecord.language import Annotated
from onrecord.nouns import Event, Relation, Statement, Status
from onrecord.statements import Plan

FAR = 12
NEAR = 3
"""Sentences over which "the agenda" or "the venue" still speaks of a meeting named before, or of another event."""

Chosen = tuple[merge.Cluster, Status | None]
"""A cluster of mentions with the status that they add up to; None where only what is said to be open may tell."""


class Found(NamedTuple):
    """The events of a document, in text order."""

    events: tuple[Event, ...]
    faint: tuple[Event, ...]
    """Those of which it tells too little to count by itself (`onrecord.events.faint`)."""


def find_events(
    annotated: Annotated, statements: tuple[Statement, ...], plans: tuple[Plan, ...] | None = None
) -> Found:  # fmt: skip
    """Return what is planned and what occurred, once per document however often it is named.

    ``plans`` are what the tagger takes for planned events; None: it was not asked, and the rules decide alone. The
    ``statement`` of a claim is the id of the innermost of ``statements`` that holds its words. Nothing is resolved
    against today: where the document has no date, ``as_of`` is None.
    """
    ground = lay(annotated, statements)
    entries = listed(ground)
    chosen = clusters(ground, plans, entries)
    opens, abouts = _tied(ground, chosen, entries)
    kept: list[tuple[int, merge.Cluster, Status, float | None]] = []
    unlikely: list[tuple[merge.Cluster, Status, float]] = []
    for n, (cluster, state) in enumerate(chosen):
        if state is None and (n in opens or any(item.provisional for item in abouts.get(n, []))):
            state = "planned"
        if state == "cancelled" and any(openness.awaits_new_date(ground, item) for item in opens.get(n, [])):
            cluster, state = merge.only_put_off(cluster), "postponed"
        if _undated_measure(cluster, state) or (state in merge.AHEAD and _only_happens(cluster)):
            continue
        if _no_occasion(cluster, state) and not any(item.exact for item in opens.get(n, [])):
            continue
        known = judge.weights(annotated.language, judge.is_talk(annotated, cluster))
        chance = judge.chance(cluster, known) if plans is not None and state in merge.AHEAD else None
        # that of which the date is said to be open is planned
        told = state != "cancelled" and any(item.exact for item in opens.get(n, []))
        told = told or any(sign.rule == BEFORE for seen in cluster.seen for sign in seen.evidence)
        if state is not None and chance is not None and chance < known.least and not told:
            unlikely.append((cluster, state, chance))
            continue
        if state == "scheduled" and any(item.attribute == "date" for item in opens.get(n, [])) and not _dated(cluster):
            state = "planned"  # "no date has been set" has the word of scheduling and denies it
        rules = {sign.rule for seen in cluster.seen for sign in seen.evidence}
        if state in {"cancelled", "postponed"} and rules == {NOT_GOING}:
            unlikely.append((cluster, state, 0.0))
            continue
        # an invitation that is only meant is no plan of its own: what it invites to is
        if state is not None and not (cluster.last.entry.group == "request" and state in merge.AHEAD):
            kept.append((n, cluster, state, chance))
    events = [
        claims.event(ground, cluster, state, number, opens.get(n, []), abouts.get(n, []), chance)
        for number, (n, cluster, state, chance) in enumerate(kept, 1)
    ]
    place = {each.mention.head: k for k, (_, cluster, _, _) in enumerate(kept) for each in cluster.seen}
    mentions = sorted((each for cluster, _ in chosen for each in cluster.seen), key=lambda each: each.mention.head)
    return Found(_related(ground, mentions, place, events), faint.events(ground, unlikely))


def clusters(ground: Ground, plans: tuple[Plan, ...] | None, entries: tuple[Listed, ...]) -> list[Chosen]:
    """Return the mentions of a document as clusters of one event each, with the status that each adds up to.

    ``entries`` are those of its diaries.
    """
    chosen: list[Chosen] = []
    for cluster in merge.cluster(_seen(ground, plans, entries)):
        if all(each.denied and not each.evidence for each in cluster.seen):
            continue
        state, outright = claims.status_of(cluster)
        if outright or not all(each.mention.entry.weak for each in cluster.seen):
            chosen.append((cluster, state))
    return chosen


def _seen(ground: Ground, plans: tuple[Plan, ...] | None, entries: tuple[Listed, ...]) -> list[merge.Seen]:
    """The mentions with all that their own words tell, in text order."""
    mentions = [mention for mention in find_mentions(ground) if not mention.body or _is_held(ground, mention)]
    mentions = with_answers(ground, with_names(ground, mentions))
    if plans is None:
        mentions = with_acts(ground, mentions)
    else:
        mentions = with_plans(ground, with_acts(ground, mentions, LIKELY), plans)
    mentions = [mention for mention in mentions if not _fixes_a_day(ground, mention)]
    mentions = with_occasions(ground, with_deeds(ground, with_happened(ground, mentions)))
    mentions = with_entries(ground, with_pronouns(ground, mentions), entries)
    denials = [denial.denial(ground, mention) for mention in mentions]
    told = [
        ()
        if mention.origin == "attends"
        else answered(ground, mention)
        or happened_signs(ground, mention, status.evidence(ground, mention) or status_of_plan(mention))
        for mention in mentions
    ]
    by_head = {mention.head: signs for mention, signs in zip(mentions, told, strict=True)}
    told = [affirmed(ground, mention, by_head) or signs for mention, signs in zip(mentions, told, strict=True)]
    told = [
        wondered(ground, mention, in_question(ground, mention, signs))
        for mention, signs in zip(mentions, told, strict=True)
    ]
    evidence = [
        denial.left_standing(ground, signs, denied) if denied else signs
        for signs, denied in zip(told, denials, strict=True)
    ]
    ahead_in = {n: entries[m.listed] for n, m in enumerate(mentions) if m.listed >= 0 and entries[m.listed].ahead}
    evidence = [sign(ahead_in[n], signs) if n in ahead_in else signs for n, signs in enumerate(evidence)]
    ahead = [_looks_ahead(mention, signs) for mention, signs in zip(mentions, evidence, strict=True)]
    dated = dates.dates(ground, mentions, ahead)
    leaders = merge.leader_words(ground.annotated.language)
    seen = []
    for n, (mention, signs) in enumerate(zip(mentions, evidence, strict=True)):
        own = tuple(dated.get(n, ()))
        if mention.listed >= 0:
            own = entries[mention.listed].dates or own
        parts = with_parts(ground, mention, tuple(participants.parts(ground, mention)))
        parts = attending(ground, mention, parts)
        parts = _still_there(parts, own, signs)
        if n in ahead_in:
            parts = places(ground, ahead_in[n], parts)
        if denials[n]:
            own, parts = denial.presupposed(mention, own, parts)
        side = merge.side(signs, own, ground.as_of)
        level = merge.level(mention, parts, leaders)
        of_few = merge.is_of_few(ground.annotated, mention)
        seen.append(
            merge.Seen(
                mention, signs, own, parts, side, level, bool(denials[n]), of_few, attends_known(ground, mention)
            )
        )
    return elsewhere(ground, seen)


def _fixes_a_day(ground: Ground, mention: EventMention) -> bool:
    """Whether a mention is only of the fixing of a day or place: "a new date will be announced next week"."""
    if mention.verbal:
        return openness.fixes(ground, mention.head)
    named = mention.inner is None and mention.lemma in openness.open_words(ground.annotated.language).nouns
    return named and mention.verb >= 0 and openness.fixes(ground, mention.verb)


def _still_there(parts: tuple[Part, ...], own: tuple[Dated, ...], signs: tuple[Evidence, ...]) -> tuple[Part, ...]:
    """The parts without the places of a plan that was another: "had been planned for 22 May in Port Selm".

    What is only put off or called off keeps its place, and so does what is named by it: "the Selm talks had been set
    for 22 May".
    """
    if not own or any(d.which == "date" for d in own) or any(sign.status in judge.OFF for sign in signs):
        return parts
    day = min(d.span[0] for d in own)
    return tuple(part for part in parts if part.attribute != "venue" or part.span[0] < day)


def _is_held(ground: Ground, mention: EventMention) -> bool:
    """Whether what is called like a body is told of as an event: not "the Harl Forum holds its summit on 15 June"."""
    over = next(grammar.way_up(ground.annotated, mention.head), None)
    if over is not None and over.role == "subject" and grammar.objects(ground.annotated, over.token.i):
        return False
    signs = status.evidence(ground, mention)
    if mention.lemma not in kinds(ground.annotated.language).sitting:
        signs = happened_signs(ground, mention, signs)  # "her speech at the Harl National Convention"
    return any(sign.weight > 1 for sign in signs)


def _undated_measure(cluster: merge.Cluster, state: Status | None) -> bool:
    """Whether a verb such as "close" or "ban" is no event, since the text gives no day on which it takes effect."""
    return state != "scheduled" and cluster.last.entry.needs in {"day", "effect"}


def _no_occasion(cluster: merge.Cluster, state: Status | None) -> bool:
    """Whether a noun that names an event only with a day to come has none: "the audit", "a patrol"."""
    if not all(seen.mention.entry.needs in OCCASION for seen in cluster.seen):
        return False
    dated = any(d.value for seen in cluster.seen for d in seen.dates)
    return state not in merge.AHEAD or not dated


def _only_happens(cluster: merge.Cluster) -> bool:
    """Whether an event is named by words alone that count only where it happened: what is ahead is found elsewhere."""
    named = [seen.mention.origin for seen in cluster.seen if seen.mention.stands_for < 0]
    return all(origin in {"deed", "happened"} for origin in named)


def _dated(cluster: merge.Cluster) -> bool:
    return any(d.fine and d.value for seen in cluster.seen for d in seen.dates)


def _looks_ahead(mention: EventMention, signs: tuple[Evidence, ...]) -> bool:
    """Whether a bare name of a day is the next one: of what is planned, and of what "takes place on Sunday"."""
    if any(sign.status in merge.AHEAD and (sign.weight > 1 or sign.rule == NOT_GOING) for sign in signs):
        return True
    return bool(signs) and all(sign.rule == "present" for sign in signs)


def _tied(
    ground: Ground, chosen: list[Chosen], entries: tuple[Listed, ...]
) -> tuple[dict[int, list[openness.Open]], dict[int, list[agenda.About]]]:  # fmt: skip
    """What is open and what each event is about, by the event's place in ``chosen``."""
    a = ground.annotated
    opens: dict[int, list[openness.Open]] = {}
    abouts: dict[int, list[agenda.About]] = {}
    place: dict[int, int] = {}
    acts: dict[int, int] = {}
    under: set[int] = set()
    for n, (cluster, state) in enumerate(chosen):
        for each in cluster.seen:
            if each.mention.listed >= 0 and (entry := entries[each.mention.listed]).ahead:
                opens.setdefault(n, []).extend(open_of(ground, entry, each.mention.head))
            abouts.setdefault(n, []).extend(agenda.about(ground, each.mention))
            if each.mention.verbal and each.mention.origin != "table":
                acts[each.mention.head] = n  # it has no venue or agenda that is yet to be announced, but a day
                continue
            if (state is None or state in merge.AHEAD) and not _undated_measure(cluster, state):
                place[each.mention.head] = n
                under.update(step.token.i for step in islice(grammar.way_up(a, each.mention.head), 1))
    heads = sorted(place)
    if not heads and not acts:
        return opens, abouts
    above = frozenset(under)
    for sentence in a.sentences:
        if sentence.first in a.in_leads:
            continue  # what is open there is of its entry alone
        for item in openness.find_open(ground, sentence):
            n_or_none = _nearest(ground, heads, place, chosen, item.at)
            if n_or_none is None and item.attribute == "date":  # "will drill at an unspecified date"
                over = (step.token.i for step in grammar.way_up(a, item.at))
                n_or_none = next((acts[i] for i in over if i in acts), None)
            if n_or_none is not None:
                opens.setdefault(n_or_none, []).append(item)
        for at, about in agenda.agenda_of(ground, sentence, above):
            n_or_none = _nearest(ground, heads, place, chosen, at)
            if n_or_none is not None:
                abouts.setdefault(n_or_none, []).append(about)
    return opens, abouts


def _nearest(
    ground: Ground, heads: list[int], place: dict[int, int], chosen: list[Chosen], at: int
) -> int | None:  # fmt: skip
    """The event that words at token ``at`` speak of: the nearest in their sentence, else the latest known before."""
    tokens = ground.annotated.tokens
    sentence = tokens[at].sentence
    near = bisect_left(heads, at)
    same = [h for h in heads[max(0, near - 6) : near + 6] if tokens[h].sentence == sentence]
    if same:
        return place[min(same, key=lambda h: (abs(h - at), h < at))]
    for h in (heads[k] for k in range(near - 1, -1, -1)):
        cluster, state = chosen[place[h]]
        meeting = cluster.last.entry.group == "meeting" and not cluster.last.entry.weak
        if state is not None and sentence - tokens[h].sentence <= (FAR if meeting else NEAR):
            return place[h]
        if sentence - tokens[h].sentence > FAR:
            return None
    return None


def _related(
    ground: Ground, seen: list[merge.Seen], place: dict[int, int], events: list[Event]
) -> tuple[Event, ...]:  # fmt: skip
    mentions = [each.mention for each in seen]
    for link in relations.links(ground, mentions, [each.side for each in seen]):
        one, other = place.get(mentions[link.one].head), place.get(mentions[link.other].head)
        if one is None or other is None or one == other:
            continue
        relation = Relation(kind=link.kind, event=events[other].id, span=(link.span,))
        if all(r.kind != relation.kind or r.event != relation.event for r in events[one].relations):
            events[one] = msgspec.structs.replace(events[one], relations=(*events[one].relations, relation))
    return tuple(events)

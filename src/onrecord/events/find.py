"""The room's line on one screen: mentions, their evidence, dates and parts, then events, then how they stand together.

Promise: events come in text order, numbered v1, v2, …; a document in which no word names an event costs one look-up a
token. The odd case that forced its shape: what is open or on the agenda is often said without naming the event again,
so these are tied to events only when all events are known.
"""

from __future__ import annotations

import msgspec

from onrecord.events import agenda, claims, dates, merge, openness, participants, relations, status
from onrecord.events.ground import Ground, lay
from onrecord.events.mentions import EventMention, find_mentions
from onrecord.language import Annotated
from onrecord.nouns import Event, Relation, Statement, Status

Chosen = tuple[merge.Cluster, Status]
"""A cluster of mentions with the status that they add up to."""


def find_events(annotated: Annotated, statements: tuple[Statement, ...]) -> tuple[Event, ...]:
    """Return what is planned and what occurred, once per document however often it is named, in text order.

    A claim's ``statement`` is the id of the innermost of ``statements`` that holds its words. Nothing is resolved
    against today: where the document has no date, ``as_of`` is None.
    """
    ground = lay(annotated, statements)
    mentions = find_mentions(ground)
    if not mentions:
        return ()
    dated = dates.dates(ground, mentions)
    seen = []
    for n, mention in enumerate(mentions):
        signs = status.evidence(ground, mention)
        own = tuple(dated.get(n, ()))
        side = merge.side(signs, own, ground.as_of)
        seen.append(merge.Seen(mention, signs, own, tuple(participants.parts(ground, mention)), side))
    clusters = merge.cluster(seen)
    chosen: list[Chosen] = []
    for cluster in clusters:
        state, outright = claims.status_of(cluster)
        if state is None or (all(s.mention.entry.weak for s in cluster.seen) and not outright):
            continue
        chosen.append((cluster, state))
    return _linked(ground, seen, chosen)


def _linked(
    ground: Ground, seen: list[merge.Seen], chosen: list[Chosen]
) -> tuple[Event, ...]:  # fmt: skip
    """Events with what is open, on the agenda and related tied to them."""
    place = {each.mention.head: n for n, (cluster, _) in enumerate(chosen) for each in cluster.seen}
    opens: dict[int, list[openness.Open]] = {}
    abouts: dict[int, list[agenda.About]] = {}
    heads = sorted(place)
    for each in seen:
        if each.mention.head in place:
            abouts.setdefault(place[each.mention.head], []).extend(agenda.about(ground, each.mention))
    for sentence in ground.annotated.sentences:
        for item in openness.find_open(ground, sentence):
            n = _nearest(ground, heads, place, chosen, item.at, ahead=True)
            if n is not None and all(o.attribute != item.attribute or o.span != item.span for o in opens.get(n, [])):
                opens.setdefault(n, []).append(item)
        for at, about in agenda.agenda_of(ground, sentence):
            n = _nearest(ground, heads, place, chosen, at, ahead=True)
            if n is not None:
                abouts.setdefault(n, []).append(about)
    events = [
        claims.event(ground, cluster, state, n + 1, opens.get(n, []), abouts.get(n, []))
        for n, (cluster, state) in enumerate(chosen)
    ]
    mentions = [each.mention for each in seen]
    return _related(ground, mentions, [each.side for each in seen], place, events)


def _related(
    ground: Ground, mentions: list[EventMention], sides: list[str], place: dict[int, int], events: list[Event]
) -> tuple[Event, ...]:
    for link in relations.links(ground, mentions, sides):
        one, other = place.get(mentions[link.one].head), place.get(mentions[link.other].head)
        if one is None or other is None or one == other:
            continue
        relation = Relation(kind=link.kind, event=events[other].id, span=(link.span,))
        if all(r.kind != relation.kind or r.event != relation.event for r in events[one].relations):
            events[one] = msgspec.structs.replace(events[one], relations=(*events[one].relations, relation))
    return tuple(events)


def _nearest(
    ground: Ground, heads: list[int], place: dict[int, int], chosen: list[Chosen], at: int, ahead: bool
) -> int | None:  # fmt: skip
    """The event that words at token ``at`` speak of: the nearest in their sentence, else the latest before."""
    tokens = ground.annotated.tokens
    allowed = [h for h in heads if not ahead or chosen[place[h]][1] in merge.AHEAD]
    same = [h for h in allowed if tokens[h].sentence == tokens[at].sentence]
    if same:
        return place[min(same, key=lambda h: (abs(h - at), h < at))]
    before = [h for h in allowed if h < at and tokens[at].sentence - tokens[h].sentence <= 3]
    if before:
        return place[before[-1]]
    return None

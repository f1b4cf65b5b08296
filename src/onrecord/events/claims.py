"""A cluster of mentions to an Event: its status weighed, its claims with their words, their sayer and their standing.

Promise: claims are kept, never overwritten: each way in which the text states a status, a date or an openness is a
claim of its own with its own cue and statement, and the event's status is computed from all of them. The odd
case that forced its shape: "a possible meeting" and "the planned summit" of one text are one
event, planned, with a provisional claim.
"""

from __future__ import annotations

import msgspec

from onrecord.events.agenda import About
from onrecord.events.codes import parties
from onrecord.events.dated import Dated
from onrecord.events.ground import Ground
from onrecord.events.hosting import WITHDRAWN
from onrecord.events.merge import AHEAD, Cluster, Seen
from onrecord.events.openness import Open
from onrecord.events.parties import Part, only_votes, same_party
from onrecord.events.roots import root_of
from onrecord.events.signs import DECIDED, NOT_GOING, TIMETABLE, Evidence
from onrecord.nouns import Attribute, Claim, Code, Event, Settled, Span, Status

BY_WEIGHT = {1: 0.6, 2: 0.75, 3: 0.9}
"""Confidence by the weight of the best sign: the share of events with the right status on the development data (150
news items with 173 planned events; 156 reported there: .71 of 7, .76 and .95), rounded towards the middle."""

BY_ATTRIBUTE: dict[Attribute, float] = {
    "date": 0.93,
    "previous_date": 0.85,
    "venue": 0.92,
    "participant": 0.87,
    "host": 0.9,
}
"""Confidence of other claims, measured as `BY_WEIGHT` is; what was not measured there is 0.7."""

CODED = 5
"""Mentions of an event that are asked who does it."""

MOVED = "moved to"
"""The rule of a date that an event was moved to."""

RULES = "events-rules/1"
"""Name and version of the rules, as claims and events report them."""


def status_of(cluster: Cluster) -> tuple[Status | None, bool]:
    """The status that the mentions' evidence adds up to, and whether it was said outright; None where nothing tells."""
    signs = [e for seen in cluster.seen for e in seen.evidence]
    dates = [d for seen in cluster.seen for d in seen.dates if d.which == "date"]
    fine = any(d.fine for d in dates)
    if cluster.side == "behind":
        going = [e for e in signs if e.status == "underway"]
        held = [e for e in signs if e.status == "occurred"]
        return ("underway" if going and not held else "occurred"), any(e.weight > 1 for e in [*going, *held])
    strong = max((e.weight for e in signs if e.status in AHEAD), default=0)
    if any(e.status == "cancelled" and not e.hedged for e in signs) and not _once(cluster) and not _not_then(cluster):
        return "cancelled", True
    plan = max((_planned(seen) for seen in cluster.seen), default=0)
    off = max((e.weight for e in signs if e.status == "postponed" and not e.hedged), default=0)
    if off > 1 or (off and plan < 2):  # "is to travel on Monday; the visit had been put off twice"
        return ("scheduled" if _new_date(cluster) else "postponed"), True
    moot = max((e.weight for e in signs if e.status == "mooted"), default=0)
    if (moot > 1 and plan < 2) or moot > plan:
        return "mooted", moot > 1
    if any(e.status == "scheduled" for e in signs) or fine:
        return "scheduled", strong > 1 or any(d.fine and d.near <= 1 and d.first for d in dates)
    if plan or cluster.side == "ahead":
        return "planned", strong > 1
    return None, False


def _once(cluster: Cluster) -> bool:
    """Whether what was called off was an earlier plan of an event that is ahead again, with a date of its own."""
    off = [s for s in cluster.seen if any(e.status == "cancelled" and not e.hedged for e in s.evidence)]
    on = [
        s for s in cluster.seen if s not in off and s.evidence and any(d.which == "date" and d.value for d in s.dates)
    ]
    old = all(any(d.which == "previous_date" for d in s.dates) and not _dates_ahead(s) for s in off)
    return old and any(e.status in AHEAD for s in on for e in s.evidence)


def _not_then(cluster: Cluster) -> bool:
    """Whether what was put off is only said not to be on its day: "there will be no vote on 26 May"."""
    off = [s for s in cluster.seen if any(e.status == "cancelled" and not e.hedged for e in s.evidence)]
    later = any(e.status == "postponed" and e.weight > 1 and not e.hedged for s in cluster.seen for e in s.evidence)
    return later and all(
        any(d.which == "date" and d.value for d in s.dates)
        and all(e.rule == NOT_GOING for e in s.evidence if e.status == "cancelled")
        for s in off
    )


def _dates_ahead(seen: Seen) -> bool:
    return any(d.which == "date" for d in seen.dates)


def _planned(seen: Seen) -> int:
    """How outright one mention says that the event is planned; 0 where the same words only wish for it."""
    moot = max((e.weight for e in seen.evidence if e.status == "mooted"), default=0)
    plan = max((e.weight for e in seen.evidence if e.status in {"planned", "scheduled"}), default=0)
    return plan if plan > moot else 0


def _new_date(cluster: Cluster) -> Dated | None:
    """The date that an event was moved to: said after "until" or "to", else that of a mention that says where it is."""
    fine = [(d, seen) for seen in cluster.seen for d in seen.dates if d.which == "date" and d.fine]
    moved = [d for d, _ in fine if d.moved]
    said = next(iter(moved), None)
    if said is not None:  # "moved to August", and closer further on: "to the second half of August"
        said = next((d for d in moved if d is not said and d.within(said)), said)
    return said or next((d for d, seen in fine if _stands(seen)), None)


def _stands(seen: Seen) -> bool:
    """Whether a mention says outright where its event stands, and does not say that it was put off.

    "Will hold its delayed election on 8 March" says so too: what was put off once is now on that day; and so do "the
    talks, put off from February, will be held in June".
    """
    outright = {e.rule for e in seen.evidence if e.weight >= 3 and e.status not in {"postponed", "cancelled"}}
    said = {e.rule for e in seen.evidence if e.status in {"planned", "scheduled"}}
    settled = (
        said & {"will", "is to", "is going", "wished", DECIDED, TIMETABLE}
        if outright & {"will", "is to"} or "clause" not in said
        else set()
    )
    before = {"modifier", "clause"} if settled else {"modifier"}
    outright |= settled
    return bool(outright) and all(e.status != "postponed" or e.rule in before for e in seen.evidence)


def event(
    ground: Ground, cluster: Cluster, status: Status, number: int, opens: list[Open], abouts: list[About],
    chance: float | None = None,
) -> Event:  # fmt: skip
    """Return the event of a cluster with its claims; ``chance``: how likely it is an event at all, where weighed."""
    attributes = [item.attribute for item in abouts] + [item.attribute for item in opens if item.exact]
    parties = _party_claims(ground, cluster, placed="venue" in attributes)
    told = {(claim.attribute, claim.value) for claim in parties}
    claims: list[Claim] = [
        *_status_claims(ground, cluster, status),
        *_date_claims(ground, cluster, status, opens),
        *parties,
        *(_about_claim(ground, item) for item in _unique(abouts) if (item.attribute, item.value) not in told),
    ]
    best = _best(cluster)
    mentions = tuple(seen.mention.span for seen in cluster.seen)
    weight = max((e.weight for seen in cluster.seen for e in seen.evidence), default=1)
    entry = best.mention.entry
    return Event(
        id=f"v{number}",
        span=best.mention.span,
        mentions=mentions,
        kind=entry.kind,
        code=_code(ground, cluster, best, status),
        status=status,
        claims=tuple(claims),
        by_rule=RULES,
        confidence=BY_WEIGHT[weight] if chance is None else round(chance, 2),
    )


def _code(ground: Ground, cluster: Cluster, best: Seen, status: Status) -> Code | None:
    """The code of an event by its best mention; source and target from the first mention that tells them."""
    named = (best, *(seen for seen in cluster.seen[:CODED] if seen.mention.verbal))  # "will settle their dispute"
    roots = (root_of(ground.annotated, seen.mention.head) or seen.mention.entry.plover for seen in named)
    root = next(filter(None, roots), "")
    if not root:
        return None
    told = [parties(ground, seen.mention, root) for seen in (best, *cluster.seen[:CODED])]
    source, target = (next((actor for each in told if (actor := each[n]) is not None), None) for n in (0, 1))
    return Code(plover=root, mode="planned" if status in AHEAD else "occurred", source=source, target=target)


def _best(cluster: Cluster) -> Seen:
    """The mention that names the event best: a noun that is not generic, with most of its own words, earliest."""
    return max(
        cluster.seen,
        key=lambda s: (
            s.mention.stands_for < 0 or s.mention.plan is not None,
            not s.mention.verbal,
            not s.mention.entry.weak,
            not s.mention.entry.generic,
            min(s.mention.last - s.mention.first, 5),
            -s.mention.head,
        ),
    )


def _claim(
    ground: Ground, attribute: Attribute, value: str | None, settled: Settled, span: tuple[Span, ...],
    cue: tuple[Span, ...], rule: str, entity: str | None = None, confidence: float | None = None,
) -> Claim:  # fmt: skip
    return Claim(
        attribute=attribute, value=value, entity=entity, settled=settled, span=span, cue=cue,
        statement=ground.said_in(span[0]), as_of=ground.as_of, by_rule=f"{RULES}:{rule}",
        confidence=BY_ATTRIBUTE.get(attribute, 0.7) if confidence is None else confidence,
    )  # fmt: skip


def _status_claims(ground: Ground, cluster: Cluster, status: Status) -> list[Claim]:
    found: list[Claim] = []
    said: set[tuple[str, tuple[Span, ...]]] = set()
    for seen in cluster.seen:
        for sign in seen.evidence:
            if (status in AHEAD) != (sign.status in AHEAD) or (sign.status, sign.cue) in said:
                continue
            said.add((sign.status, sign.cue))
            found.append(_status_claim(ground, seen, sign, status))
    if not found:
        first = cluster.seen[0]
        found.append(
            _claim(ground, "status", status, "settled", (first.mention.span,), (), "date", confidence=BY_WEIGHT[1])
        )
    return found


def _status_claim(ground: Ground, seen: Seen, sign: Evidence, status: Status) -> Claim:
    value: Status = sign.status
    if sign.hedged and status in {"planned", "scheduled"}:
        value = "planned"
    return _claim(
        ground, "status", value, "provisional" if sign.hedged else "settled", (seen.mention.span,), sign.cue, sign.rule,
        confidence=BY_WEIGHT[sign.weight],
    )  # fmt: skip


def _date_claims(ground: Ground, cluster: Cluster, status: Status, opens: list[Open]) -> list[Claim]:
    found: list[Claim] = []
    seen_values: set[tuple[str, str | None]] = set()
    dated = [(d, s) for s in cluster.seen for d in s.dates]
    new = _new_date(cluster) if status == "scheduled" else None
    put_off = any(e.status == "postponed" for s in cluster.seen for e in s.evidence)
    replaced = new is not None and (put_off or new.moved)
    for d, seen in sorted(
        dated, key=lambda pair: (pair[0] is not new, not pair[0].fine, not pair[0].moved, pair[0].near)
    ):
        which = d.which
        if status == "cancelled" and not any(other.which == "date" for other, _ in dated):
            which = "date"  # "had been planned for May": what was called off was not moved from there
        dropped = put_off and status == "postponed"
        left = replaced and new is not None and d.value != new.value and not new.within(d)
        if which == "date" and d.fine and (dropped or left):
            which = "previous_date"
        if which == "date" and dropped and not d.moved and _of_edition(d, seen):
            which = "previous_date"  # "the 2031 Games are put off", "are put off to 2032"
        if any(d.value == value for _, value in seen_values) or (
            not d.fine and not d.wished and any(k[0] == which for k in seen_values)
        ):
            continue
        seen_values.add((which, d.value))
        if d.undecided:
            found.append(_claim(ground, which, None, "open", (d.span,), (d.span,), "said to be open"))
            continue
        hedges = tuple(ground.span(i, i + 1) for i in d.provisional)
        rule = MOVED if d.moved and which == "date" else "time expression"
        spans = (d.span,) if d.hour is None else (d.span, d.hour)
        found.append(_claim(ground, which, d.value, "provisional" if hedges else "settled", spans, hedges, rule))
    exact = any(item.exact for item in opens)
    found = [_unfixed(claim, opens) for claim in found]
    for item in opens:
        if exact and not item.exact:
            continue
        known = [c for c in found if c.attribute == "date"]
        if item.attribute == "date" and any(c.settled == "settled" for c in known) and status == "scheduled":
            continue
        found.append(_claim(ground, item.attribute, None, "open", (item.span,), (item.cue,), "said to be open"))
    return found


def _of_edition(dated: Dated, seen: Seen) -> bool:
    """Whether a date is the year in the name of an event, by which it is still called when it is put off."""
    start, end = seen.mention.span
    return not dated.fine and start <= dated.span[0] and dated.span[1] <= end


def _unfixed(claim: Claim, opens: list[Open]) -> Claim:
    """A claim of a date, provisional where the text says that the day is open: "in December, though no date is set"."""
    undecided = next((item for item in opens if item.attribute == "date" and item.exact), None)
    day = claim.value is not None and len(claim.value) == len("2031-12-01")
    if undecided is None or day or claim.attribute != "date" or claim.settled != "settled":
        return claim
    return msgspec.structs.replace(claim, settled="provisional", cue=(undecided.cue,))


def _party_claims(ground: Ground, cluster: Cluster, placed: bool) -> list[Claim]:
    """The claims of parties, hosts and places; ``placed``: other words tell where it is, so no place is guessed."""
    kept: list[Part] = []
    for seen in cluster.seen:
        for part in seen.parts:
            if seen.mention.entry.group == "election" and only_votes(part, ground.annotated.language):
                continue
            twin = next((k for k in kept if k.attribute == part.attribute and same_party(k, part)), None)
            if twin is None:
                kept.append(part)
            elif len(part.value) > len(twin.value) and twin.entity is None:
                kept[kept.index(twin)] = part
    if any(k.label == "PERSON" for k in kept):
        kept = [k for k in kept if not (k.rule == "modifier" and k.attribute == "participant" and k.label != "PERSON")]
    if placed or any(k.attribute == "venue" and not k.guessed for k in kept):
        kept = [k for k in kept if k.attribute != "venue" or not k.guessed]
    hosts = [k for k in kept if k.attribute == "host"]
    found = []
    for part in kept:
        if part.attribute == "participant" and any(same_party(part, host) for host in hosts):
            continue
        if part.rule == WITHDRAWN:
            found.append(_claim(ground, "venue", None, "open", (part.span,), (part.span,), part.rule))
            continue
        cue = tuple(ground.span(i, i + 1) for i in part.provisional)
        settled: Settled = "provisional" if cue else "settled"
        found.append(_claim(ground, part.attribute, part.value, settled, (part.span,), cue, part.rule, part.entity))
    return found


def _about_claim(ground: Ground, item: About) -> Claim:
    settled: Settled = "provisional" if item.provisional else "settled"
    return _claim(ground, item.attribute, item.value, settled, (item.span,), item.cue, "about")


def _unique(items: list[About]) -> list[About]:
    kept: dict[tuple[str, str], About] = {}
    for item in items:
        kept.setdefault((item.attribute, item.value.lower()), item)
    return list(kept.values())

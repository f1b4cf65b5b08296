"""Mentions to events: once per document however often named, and yet two where there are two.

Promise: what was held is never taken for what is planned, and no two mentions with different dates, kinds or parties
become one. The odd case that forced its shape: "the meeting" in a text with a meeting held and a summit ahead goes to
the nearest one that everything known of it allows, and to none where nothing allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.events.dates import Dated
from onrecord.events.mentions import EventMention
from onrecord.events.parties import Part, same_party
from onrecord.events.signs import Evidence
from onrecord.nouns import Status

PARTED = frozenset({"meeting", "visit", "sanction", "request"})
"""Groups of events that their parties tell apart; an election is told by its place and kind."""

WINDOW = 60
"""Events back to which a mention is compared: more than any page has, few enough for a transcript of hundreds."""

AHEAD: frozenset[Status] = frozenset({"mooted", "planned", "scheduled", "postponed", "cancelled"})


@dataclass(frozen=True)
class Seen:
    """One mention with all that its own words tell."""

    mention: EventMention
    evidence: tuple[Evidence, ...]
    dates: tuple[Dated, ...]
    parts: tuple[Part, ...]
    side: str
    """``ahead``, ``behind`` (held or under way) or ``""`` where the words do not tell."""


@dataclass
class Cluster:
    """Mentions of one event, growing while a document is read; frozen into an Event at the end."""

    seen: list[Seen] = field(default_factory=list)

    @property
    def side(self) -> str:
        """The side that the mentions agree on."""
        return next((each.side for each in self.seen if each.side), "")

    @property
    def last(self) -> EventMention:
        """The latest mention."""
        return self.seen[-1].mention


def side(evidence: tuple[Evidence, ...], dates: tuple[Dated, ...], published: str | None) -> str:
    """Whether the signs put the event ahead of the document or behind it; ``""`` where they do not tell."""
    ahead = max((e.weight for e in evidence if e.status in AHEAD), default=0)
    behind = max((e.weight for e in evidence if e.status in {"occurred", "underway"}), default=0)
    if published is not None:
        for dated in dates:
            if dated.which == "date" and dated.ends is not None and dated.first is not None:
                if behind >= 2 and not ahead:
                    continue
                if dated.first > published[:10]:
                    ahead = max(ahead, 2) + (behind == 1)
                elif dated.ends < published[:10] and ahead < 3:
                    behind = max(behind, 2) + 1
    if ahead > behind or (ahead == behind and ahead >= 2):
        return "ahead"
    return "behind" if behind else ""


def cluster(seen: list[Seen]) -> list[Cluster]:
    """Return the events of a document as clusters of mentions, in order of first mention."""
    clusters: list[Cluster] = []
    for each in seen:
        best, best_score = None, 0.0
        for candidate in clusters[-WINDOW:]:
            score = _likeness(each, candidate)
            if score > best_score:
                best, best_score = candidate, score
        if best is None:
            clusters.append(Cluster([each]))
        else:
            best.seen.append(each)
    return clusters


def _likeness(new: Seen, old: Cluster) -> float:
    """How well a mention fits an event; 0 where something forbids it."""
    m = new.mention
    if all(m.entry.group != each.mention.entry.group for each in old.seen):
        return 0.0
    if _glossed(m, old):
        return 9.0
    if new.side and old.side and new.side != old.side:
        return 0.0
    for each in old.seen:
        if each.mention.types and m.types and not each.mention.types & m.types:
            return 0.0
        if _dates_differ(new.dates, each.dates):
            return 0.0
    theirs = [p for each in old.seen for p in each.parts if p.attribute == "participant"]
    ours = [p for p in new.parts if p.attribute == "participant"]
    shared = sum(any(same_party(p, q) for q in theirs) for p in ours)
    shared += _same_day(new.dates, [d for each in old.seen for d in each.dates])
    if not shared and m.entry.group in PARTED and _strangers(ours, theirs):
        return 0.0
    if m.entry.weak and not (m.entry.generic or m.definite or shared):
        return 0.0
    places = {p.value.lower() for each in old.seen for p in each.parts if p.attribute == "venue"}
    here = {p.value.lower() for p in new.parts if p.attribute == "venue"}
    if places and here and not any(x in y or y in x for x in places for y in here):
        return 0.0
    words = {each.mention.lemma for each in old.seen}
    same_word = m.lemma in words
    proper = frozenset[str]().union(*(each.mention.proper for each in old.seen))
    if m.proper and proper and not m.proper & proper and not shared:
        return 0.0
    generics = [each.mention.entry.generic for each in old.seen]
    generic = m.entry.generic or all(generics)
    generic = generic or (any(generics) and old.side == "ahead" and (m.definite or new.side == "ahead"))
    generic = generic or (
        m.entry.kind == "talks"
        and (m.definite or new.side == old.side == "ahead")
        and all(each.mention.entry.kind == "talks" for each in old.seen)
    )
    types = frozenset[str]().union(*(each.mention.types for each in old.seen))
    if not (same_word or generic or shared or m.types & types):
        return 0.0
    same_sentence = any(each.mention.sentence == m.sentence for each in old.seen)
    if same_sentence and not (m.definite or shared or m.verbal) and (m.types or m.indefinite):
        return 0.0
    introduced = not m.heading and all(each.mention.heading for each in old.seen)
    if m.indefinite and not shared and not introduced and not (new.side == "ahead" and m.types & types):
        return 0.0
    if m.verbal and not shared:
        return 0.0
    if any(e.mention.verbal and e.mention.head == m.verb for e in old.seen):
        return 0.0
    far = m.head - old.last.head
    return (
        1.0 + 2.0 * shared + same_word + bool(m.proper & proper) + bool(new.side and old.side) + 1.0 / (1 + max(0, far))
    )


def _glossed(m: EventMention, old: Cluster) -> bool:
    """Whether the mention explains the one before it: "the discussion (a meeting in …)"."""
    return m.above == old.last.head and m.appositive


def _strangers(ours: list[Part], theirs: list[Part]) -> bool:
    """Whether two sets of parties without a common member can't be those of one event: both are named.

    States named as a modifier go with persons: "the Velik-Dalgard meeting" may be "the Velmark-Karsenian summit".
    """
    named = [[p for p in side if (p.label and p.rule != "modifier") or p.label == "PERSON"] for side in (ours, theirs)]
    return bool(named[0] and named[1])


def _same_day(one: tuple[Dated, ...], other: list[Dated]) -> bool:
    """Whether both are dated and to the same day: "Summit set for 22 May" and "will meet on Thursday, 22 May"."""
    days = {d.value for d in one if d.which == "date" and d.fine and d.first == d.ends and d.value}
    return bool(days & {d.value for d in other if d.which == "date"})


def _dates_differ(one: tuple[Dated, ...], other: tuple[Dated, ...]) -> bool:
    for d in one:
        for e in other:
            if d.moved or e.moved:
                return False
            known = d.which == e.which == "date" and d.first and e.first and d.ends and e.ends
            if known and (str(d.ends) < str(e.first) or str(e.ends) < str(d.first)):
                return True
    return False

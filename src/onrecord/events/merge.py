"""Mentions to events: once per document however often named, and yet two where there are two.

Promise: what was held is never taken for what is planned, and no two mentions with different dates, kinds or parties
become one. The odd case that forced its shape: "the meeting" in a text with a meeting held and a summit ahead goes to
the nearest one that everything known of it allows, and to none where nothing allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events.dated import Dated
from onrecord.events.hosting import WITHDRAWN
from onrecord.events.kinds import ON_SOMETHING
from onrecord.events.mentions import EventMention
from onrecord.events.parties import Part, same_party
from onrecord.events.signs import BEFORE, WHEN, Evidence
from onrecord.language.annotated import Annotated
from onrecord.nouns import Status
from onrecord.tables import table

PARTED = frozenset({"meeting", "visit", "sanction", "request"})
"""Groups of events that their parties tell apart; an election is told by its place and kind."""

WINDOW = 60
"""Events back to which a mention is compared: more than any page has, few enough for a transcript of hundreds."""

RECENT = 12
"""Latest mentions of an event among which a pronoun finds the one that it stands for."""

AHEAD: frozenset[Status] = frozenset({"mooted", "planned", "scheduled", "postponed", "cancelled"})


WAS_PLANNED = "had been decided"
"""The rule of "had been planned for May", which is told of what was held since as well as of what is still ahead."""


Level = Literal["summit", "lesser", ""]


class LeaderWords(NamedTuple):
    """What makes a meeting a summit: who leads a land, and what a meeting of leaders is called."""

    offices: frozenset[str]
    others: frozenset[str]
    called: frozenset[str]
    few: frozenset[str]


@cache
def leader_words(language: str) -> LeaderWords:
    """Return the words of leaders of a language."""
    raw = table("events", language, "parts")["leaders"]
    return LeaderWords(*(frozenset(raw[key]) for key in LeaderWords._fields))


def is_of_few(a: Annotated, mention: EventMention) -> bool:
    """Whether a mention says that few meet: "a bilateral meeting"."""
    words = {a.tokens[i].lower for i in (*range(mention.first, mention.last), *a.children[mention.head])}
    return not words.isdisjoint(leader_words(a.language).few)


def level(mention: EventMention, parts: tuple[Part, ...], known: LeaderWords) -> Level:
    """Whether a mention is of a summit: by its own word, or since all who take part lead their lands."""
    if mention.entry.group != "meeting":
        return ""
    if mention.lemma in known.called:
        return "summit"
    parts = tuple(part for part in parts if not part.guessed)
    each = [p.offices | set(p.value.lower().split()) for p in parts if p.attribute == "participant"]
    if each and all(words & known.offices and not words & known.others for words in each):
        return "summit"
    held = [p for p in parts if p.attribute == "participant" and p.offices and p.label in {"", "PERSON"}]
    return "lesser" if held and len(held) == len(each) else ""


@dataclass(frozen=True)
class Seen:
    """One mention with all that its own words tell."""

    mention: EventMention
    evidence: tuple[Evidence, ...]
    dates: tuple[Dated, ...]
    parts: tuple[Part, ...]
    side: str
    """``ahead``, ``behind`` (held or under way) or ``""`` where the words do not tell."""
    level: Level = ""
    """``summit`` for a meeting of leaders, ``lesser`` for one of others whose offices are known."""
    denied: bool = False
    """True where the mention stands inside a denial: it names an event told elsewhere, or none."""
    of_few: bool = False
    """True for a bilateral meeting."""
    attended: bool = False
    """True where the mention only says who goes to an event that is known: "the envoy will attend the talks"."""


@dataclass
class Cluster:
    """Mentions of one event, growing while a document is read; frozen into an Event at the end.

    What its mentions tell is kept once however many tell it: a long transcript names one event thousands of times,
    and each new mention is compared with what is known and not with every mention before.
    """

    seen: list[Seen] = field(default_factory=list)
    side: str = ""
    """The side that the mentions agree on."""
    groups: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    generic: set[bool] = field(default_factory=set)
    """Whether its words may stand for a more exact one: all, some or none of them."""
    lemmas: set[str] = field(default_factory=set)
    plurals: set[bool] = field(default_factory=set)
    """Whether it was named in the plural, in the singular or both ways."""
    levels: set[Level] = field(default_factory=set)
    of_few: set[bool] = field(default_factory=set)
    types: set[frozenset[str]] = field(default_factory=set)
    proper: set[str] = field(default_factory=set)
    dates: set[tuple[Dated, ...]] = field(default_factory=set)
    """The dates of each mention that still stand, without their places in the text."""
    parties: dict[tuple[object, ...], Part] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    """The entries of diaries among its mentions: two of them are two events."""
    verbs: set[int] = field(default_factory=set)
    """Head tokens of the mentions that are verbs."""
    heading: bool = True
    """True as long as only headline and standfirst name it."""
    put_off: bool = False
    """True where a mention says that it was put off."""
    called_off: bool = False
    """True where a mention says that it was cancelled."""
    idle: bool = True
    """True as long as only words too common to name an event name it, and nothing is said of it ("press briefing")."""

    def add(self, each: Seen) -> None:
        """Take one more mention."""
        mention = each.mention
        self.seen.append(each)
        self.side = self.side or each.side
        self.groups.add(mention.entry.group)
        self.kinds.add(mention.entry.kind)
        self.generic.add(mention.entry.generic)
        self.lemmas.add(mention.lemma)
        self.plurals.add(mention.plural)
        self.levels.add(each.level)
        self.of_few.add(each.of_few)
        self.types.add(mention.types)
        self.proper |= mention.proper
        self.put_off = self.put_off or any(e.status == "postponed" for e in each.evidence)
        # what was put off is no longer on its day; "their delayed meeting on 11 June" is
        off = any(e.status == "postponed" and e.rule not in {"modifier", "clause"} for e in each.evidence)
        stands = (d for d in each.dates if d.moved or not off)
        self.dates.add(tuple(d._replace(span=(0, 0), near=0, provisional=()) for d in stands))
        for part in each.parts:
            if part.guessed:
                continue
            if part.attribute == "participant":
                self.parties.setdefault((part.entity, part.value, part.label, part.rule, part.offices), part)
            elif part.attribute == "venue" and part.rule != WITHDRAWN:
                self.places.add(part.value.lower())
        self.sentences.add(mention.sentence)
        if mention.listed >= 0:
            self.listed.add(mention.listed)
        if mention.verbal:
            self.verbs.add(mention.head)
        self.heading = self.heading and mention.heading
        self.called_off = self.called_off or any(e.status == "cancelled" and not e.hedged for e in each.evidence)
        self.idle = self.idle and mention.entry.weak and not each.evidence

    @property
    def last(self) -> EventMention:
        """The latest mention."""
        return self.seen[-1].mention


def only_put_off(cluster: Cluster) -> Cluster:
    """Return a cluster whose mentions say of what they call off that it was put off, since a new date is awaited."""
    seen = [
        replace(
            each,
            evidence=tuple(
                sign._replace(status="postponed") if sign.status == "cancelled" else sign for sign in each.evidence
            ),
        )
        for each in cluster.seen
    ]
    return replace(cluster, seen=seen)


def side(evidence: tuple[Evidence, ...], dates: tuple[Dated, ...], published: str | None) -> str:
    """Whether the signs put the event ahead of the document or behind it; ``""`` where they do not tell."""
    ahead = max((e.weight for e in evidence if e.status in AHEAD and e.rule != WAS_PLANNED), default=0)
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


VISIT = "visit"
"""The group of journeys, which where they lead tells from others."""


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
            if each.mention.stands_for >= 0:
                continue
            best = Cluster()
            clusters.append(best)
        best.add(each)
    return clusters


def _likeness(new: Seen, old: Cluster) -> float:
    """How well a mention fits an event; 0 where something forbids it."""
    m = new.mention
    if m.entry.group not in old.groups or (m.listed >= 0 and old.listed):
        return 0.0
    if m.stands_for >= 0:
        told = any(s.mention.head == m.stands_for for s in old.seen[-RECENT:])
        return 9.0 if told and not (new.side and old.side and new.side != old.side) else 0.0
    if _glossed(m, old):
        return 9.0
    if new.side and old.side and new.side != old.side:
        return 0.0
    if _at_the_polls(m, old):
        return 9.0
    if m.sentence in old.sentences and any(sign.rule == BEFORE for sign in new.evidence):
        return 0.0  # "will visit Selm, after cancelling a trip last year"
    if m.sentence in old.sentences and _says_when(new) != _says_when(old.seen[-1]):
        return 0.0  # "after the summit ends, they will meet"
    if m.types and any(types and not types & m.types for types in old.types):
        return 0.0
    apart = new.side == "ahead" and not m.definite
    retold = old.heading and any(e.status == "postponed" for e in new.evidence)  # its date is the one before
    if new.dates and not retold and any(_dates_differ(new.dates, dates, apart) for dates in old.dates):
        return 0.0
    theirs = list(old.parties.values())
    ours = [p for p in new.parts if p.attribute == "participant" and not p.guessed]
    shared = sum(any(same_party(p, q) for q in theirs) for p in ours)
    shared += _same_day(new.dates, old.dates)
    if not shared and not new.attended and m.entry.group in PARTED and _strangers(ours, theirs):
        return 0.0
    if not shared and m.entry.group == VISIT and _other_offices(ours, theirs):
        return 0.0
    if m.entry.group in PARTED and _other_partner(ours, theirs):
        return 0.0
    ours_by_number, theirs_by_number = _numbered(m.proper), _numbered(old.proper)
    if ours_by_number and theirs_by_number and not ours_by_number & theirs_by_number:
        return 0.0  # the G7 and the G8 summit, whoever goes to both
    if bool(ours_by_number) != bool(theirs_by_number) and _partners(theirs if ours_by_number else ours):
        return 0.0  # the G7 summit and a meeting with one of those who are there
    if (ours_by_number and True in old.of_few) or (theirs_by_number and new.of_few):
        return 0.0  # the G7 summit and a bilateral meeting there
    if old.called_off and not m.definite and m.lemma not in old.lemmas and any(e.weight > 2 for e in new.evidence):
        return 0.0  # "the summit is cancelled; they will hold bilateral talks"
    told_again = old.heading and not m.heading and m.lemma in old.lemmas
    if m.entry.weak and not (m.entry.generic or m.definite or shared or told_again):
        return 0.0
    here = {p.value.lower() for p in new.parts if p.attribute == "venue" and not p.guessed and p.rule != WITHDRAWN}
    there = any(x in y or y in x for x in old.places for y in here)
    if old.places and here and not there:
        return 0.0
    if not shared and {new.level, *old.levels} >= {"summit", "lesser"} and new.level not in old.levels | {""}:
        return 0.0
    if m.proper and old.proper and not m.proper & old.proper and not shared:
        return 0.0
    if m.entry.group == VISIT and m.plural and new.side == "behind" and True not in old.plurals:
        return 0.0  # "her visit follows visits that others made"
    if m.entry.kind == "meeting" and m.plural not in old.plurals and not shared and m.stands_for < 0:
        return 0.0  # "a series of meetings" is not "the meeting"
    if m.origin == "happened" and not m.verbal and m.lemma in old.lemmas and m.plural != old.last.plural:
        return 0.0  # "the bombings" and "the bombing in Selm"
    # "a trip to Selm … they will travel to Selm"
    goal = there and m.entry.group == VISIT and not m.indefinite and m.plural in old.plurals
    if not goal and _introduces(new, old, shared):
        return 0.0
    far = m.head - old.last.head
    same_word, same_name = m.lemma in old.lemmas or _both_summits(new, old), bool(m.proper & old.proper)
    return 1.0 + 2.0 * shared + same_word + same_name + bool(new.side and old.side) + 1.0 / (1 + max(0, far))


def _says_when(seen: Seen) -> bool:
    """Whether a mention only says when something else is."""
    return any(sign.rule == WHEN for sign in seen.evidence)


def _introduces(new: Seen, old: Cluster, shared: int) -> bool:
    """Whether a mention's words are those of an event not named before; ``shared``: parties and days in common."""
    m = new.mention
    both_ahead = new.side == old.side == "ahead"
    ahead = old.side == "ahead" and (m.definite or new.side == "ahead")
    # "will fly to Mereth … the visit": what was told by a verb is named
    generic = (
        m.entry.generic
        or (m.definite and not (m.proper or m.types) and len(old.verbs) == len(old.seen))
        or old.generic == {True}
        or (True in old.generic and ahead)
    )
    talks = m.entry.kind == "talks" and old.kinds == {"talks"} and (m.definite or both_ahead)
    same_type = any(m.types & types - {ON_SOMETHING} for types in old.types)
    summit = _both_summits(new, old)
    if not (m.lemma in old.lemmas or generic or talks or shared or same_type or summit):
        return True
    if old.idle and not m.entry.weak:
        return True
    if m.sentence in old.sentences and not (m.definite or shared or m.verbal) and (m.types or m.indefinite):
        return True
    again = old.heading and not m.heading
    if m.indefinite and not shared and not again and not (new.side == "ahead" and same_type):
        return True
    if m.verbal and old.put_off and any(d.moved for d in new.dates):
        return False  # "postponed the vote; lawmakers will now vote on 6 May"
    return (m.verbal and not shared and not (summit and new.side == old.side)) or m.verb in old.verbs


def _both_summits(new: Seen, old: Cluster) -> bool:
    return new.level == "summit" and "summit" in old.levels


def _at_the_polls(m: EventMention, old: Cluster) -> bool:
    """Whether a mention says what one goes to the polls for: "will go to the polls in a runoff on 17 April"."""
    last = old.last
    return m.entry.group == "election" and last.entry.generic and not m.verbal and m.verb == last.verb >= 0


def _glossed(m: EventMention, old: Cluster) -> bool:
    """Whether the mention explains the one before it: "the discussion (a meeting in …)"."""
    return m.above == old.last.head and m.appositive


def _strangers(ours: list[Part], theirs: list[Part]) -> bool:
    """Whether two sets of parties without a common member can't be those of one event: both are named.

    States named as a modifier go with persons: "the Velik-Dalgard meeting" may be "the Velmark-Karsenian summit".
    """
    named = [[p for p in side if (p.label and p.rule != "modifier") or p.label == "PERSON"] for side in (ours, theirs)]
    return bool(named[0] and named[1])


def _other_offices(ours: list[Part], theirs: list[Part]) -> bool:
    """Whether of two who travel one is called by his name and the other by an office that the first does not hold.

    "The interior secretary Lena Ohm will travel to Selm; has the president any plans to travel there?"
    """
    one, other = ([p for p in side if p.rule == "subject" and p.offices] for side in (ours, theirs))
    return bool(one and other) and all(
        bool(p.label) != bool(q.label) and p.offices.isdisjoint(q.offices) for p in one for q in other
    )


PARTNERS = frozenset({"companion", "object"})
"""Rules that find whom somebody meets."""


def _other_partner(ours: list[Part], theirs: list[Part]) -> bool:
    """Whether both mentions name whom one meets, and it is somebody else: he who meets them all is in every meeting."""
    own = _partners(ours)
    return bool(own and _partners(theirs)) and not any(same_party(p, q) for p in own for q in theirs)


def _partners(parts: list[Part]) -> list[Part]:
    """Those of some parties whom somebody meets and who have a name."""
    return [part for part in parts if part.rule in PARTNERS and part.label]


def _numbered(names: frozenset[str] | set[str]) -> set[str]:
    """Those of some names that have a number: "g7", "cop26"."""
    return {name for name in names if name[0].isalpha() and any(c.isdigit() for c in name)}


def _same_day(one: tuple[Dated, ...], others: set[tuple[Dated, ...]]) -> bool:
    """Whether both are dated and to the same day: "Summit set for 22 May" and "will meet on Thursday, 22 May"."""
    days = {d.value for d in one if d.which == "date" and d.fine and d.first == d.ends and d.value}
    return bool(days) and any(d.which == "date" and d.value in days for other in others for d in other)


def _dates_differ(one: tuple[Dated, ...], other: tuple[Dated, ...], apart: bool) -> bool:
    """Whether ``one``, the dates of a new mention, is of another time than ``other``, those of an event.

    An event that was moved may be named with its old date still; not where the new mention tells of what is to be
    held and not of "the" one known (``apart``).
    """
    for d in one:
        for e in other:
            if d.moved or d.wished or e.wished or (e.moved and not apart):
                return False
            known = d.which == e.which == "date" and d.first and e.first and d.ends and e.ends
            if known and (str(d.ends) < str(e.first) or str(e.ends) < str(d.first)):
                return True
    return False

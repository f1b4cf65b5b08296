"""What one document tells of one event, in a form that can be compared with what others tell.

Promise: what is only asked about is not told. The odd case that forced its shape: a mention may be a bare "launch" or
"election", and what tells it from others stands around it, so the names near it are kept beside its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, wraps
from operator import attrgetter
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from onrecord.language.lexicon import lexicon
from onrecord.ledger import wording
from onrecord.ledger.days import day_of, days_of
from onrecord.ledger.naming import OTHER, YEAR, Names, caller, family, names_of, plain, terms
from onrecord.ledger.slight import HEADS, TAKEN, UNCLEAR, in_others, is_by_the_way, lead
from onrecord.ledger.wording import AROUND, SHOWN
from onrecord.nouns import Claim, Event, Reading, Span

T = TypeVar("T")

ASKER = "Q"
"""How a transcript names the reporter who asks: what is asked is not told."""

TALKED_OF = frozenset({"meeting", "talks", "visit"})
"""Kinds of which a transcript speaks in each answer anew: what stands in the one before says nothing of them."""

VISIT = "visit"
"""A journey, of which a name in its name says where it leads."""

ANSWERED = ":answered"
"""How the rule of a claim ends that stands in words that are nothing but an answer."""

VOTERS = ":voters"
"""How the rule of a claim ends that has an election where those are who hold it."""

LEARNT = ":tagger"
"""How the rule of a claim ends that only the tagger gives: it does not take the place of one that a rule gives."""

PASSED = frozenset({"occurred", "underway"})

PRESENT = ":present"
"""How the rule of a claim ends that reads a report in the present tense."""

MOVES = frozenset({"postponed", "cancelled"})
"""States in which an event is no longer awaited as it was, and who waits for it has to learn so."""

GIVEN = frozenset({"participant", "host", "venue", "date"})
"""What a question takes as given along with an event that it names: who is there, where and when."""

_BELONGS = re.compile(
    r"[ ’'s]*(?:(?:on|in|at|to|with|of|and|the|this|next|today|tomorrow|tonight|[A-Z][\w.’'-]*)[ ,]*)*\Z"
)
"""What may stand between a name and what belongs to it: "the summit with Velik on Monday", not "the summit be on"."""

_DEFINITE = re.compile(
    r"(?:\b(?:the|this|that|these|those|his|her|its|their|our|your)|['’]s?)(?: (?!an? )[\w’'-]+){0,4} \Z", re.IGNORECASE
)
"""What stands before an event that is known to both; an article of its own ("about a summit") stands nearer."""


class Given(NamedTuple):
    """What a person decided of an event as a whole: what it is called, or of what kind it is."""

    attribute: str
    """``name`` or ``kind``."""
    value: str
    decision: int


class Told(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One event as one document tells it."""

    document: str
    day: str
    """When the document was published, ISO 8601."""
    number: str
    name: str
    """The words that name it."""
    kind: str
    status: str
    types: frozenset[str]
    """Words of kind in its name: ``presidential``, ``second``."""
    words: frozenset[str]
    """Keys of proper names in its name."""
    whose: frozenset[str] = frozenset()
    """Keys of whose it is by the words behind its name: "the trial of Ana Dalgard"."""
    sides: tuple[frozenset[str], ...]
    """For each of those who take part or hold it: his key, and those of the states whose offices he holds."""
    outlet: str | None
    places: frozenset[str]
    """Keys of where it is."""
    called: frozenset[str] = frozenset()
    """All words by which the document calls it, in small letters."""
    upon: frozenset[str] = frozenset()
    """To what it is done, in small letters, where it is what somebody does: "withdraw its troops"."""
    full: tuple[frozenset[str], ...] = ()
    """The keys of each name of several words that stands around it: whoever is called by two names is one."""
    about: frozenset[str] = frozenset()
    """What it is about by the words that name it, in small letters: "immigration meeting", "talks on fishing"."""
    offices: frozenset[str] = frozenset()
    """Classes of the offices of those who take part and are given by office alone: "the President will travel"."""
    holding: frozenset[str] = frozenset()
    """Classes of the offices that those are told to hold who take part by name."""
    many: bool | None = None
    """Whether it is several of what is counted: bombings, or the bombing of two embassies; None: nothing is counted."""
    marks: frozenset[str] = frozenset()
    """Of a ceremony, the acts that it is held for: an accession."""
    near: frozenset[str]
    """Keys of the names around it: what tells a bare "launch" or "election" from others often stands there alone."""
    years: frozenset[str]
    """Years in its name, or what is all of its date: those of an edition."""
    claims: tuple[Claim, ...]
    names: tuple[tuple[str, str], ...]
    """The key of each who takes part and the name in full."""
    left: tuple[tuple[str, str], ...] = ()
    """The same of each who is told to stay away."""
    span: Span
    text: str
    """The words around its name, for people."""
    sayers: tuple[tuple[str, str], ...] = ()
    """Who says the statements in which its claims stand, by the statements' ids; with those by way of whom."""
    given: tuple[Given, ...] = ()
    """What people decided of it as a whole: it is shown and found so, and compared with others as it was read."""
    relations: tuple[tuple[str, str], ...] = ()
    """How it stands to other events of the document, by their ids there."""
    same: frozenset[int] = frozenset()
    """Decisions of people by which it is one with other tellings."""
    apart: frozenset[tuple[int, int]] = frozenset()
    """Decisions of people by which it is of another event than those of the other side; the second is its side."""
    also: frozenset[str] = frozenset()
    """Of a journey, the kinds of what it is for, as they are compared: the next text may tell of the rally alone."""
    asked: bool = False
    """Whether the document names it in questions alone: what stands around it there may be of much else."""
    version: str | None = None
    """Which of the texts of the document's id tells it, where a later one came in, as the ledger has it when it is
    asked; None: the last of them."""
    faint: bool = False
    """Whether the document alone tells too little to count: it is told only where another tells of the same."""
    aside: bool = False
    """Whether it is told by the way, as `is_by_the_way` has it, and says little: it is kept, and is no news."""
    page: str | None = None
    """The address of the document, under which a later text of it may come in."""
    heading: bool = False
    """Whether the headline, or what goes with it, alone names it."""
    spoken: bool = False
    """Whether it is told in the turns of a talk, which goes from one matter to the next."""

    @cached_property
    def family(self) -> str:
        """The kind, those that are one to different reporters taken together."""
        return family(self.kind, self.name)

    @cached_property
    def parties(self) -> frozenset[str]:
        """The keys of all sides."""
        return frozenset().union(*self.sides)

    @cached_property
    def keys(self) -> frozenset[str]:
        """All that tells it from others."""
        return self.words | self.whose | self.parties | self.places


def given_by(tellings: Iterable[Told]) -> dict[str, str]:
    """Return the name and the kind that people decided an event to have, by its tellings; the last decision counts."""
    every = sorted((given for told in tellings for given in told.given), key=attrgetter("decision"))
    return {given.attribute: given.value for given in every}


def shown_as(told: Told) -> tuple[str, str]:
    """Return the name and the kind by which a telling is shown: those that people decided, else its own."""
    given = given_by([told])
    return given.get("name", told.name), given.get("kind", told.kind)


def once(find: Callable[[Told], T]) -> Callable[[Told], T]:
    """Have what is found of a telling kept beside it: a telling is compared with dozens of threads."""
    name = find.__name__

    @wraps(find)
    def found(told: Told) -> T:
        kept: dict[str, T] = told.__dict__
        if name not in kept:
            kept[name] = find(told)
        return kept[name]

    return found


def told_by(reading: Reading, language: str = "en") -> list[Told]:
    """Return the events that a reading tells of; none where the document's day is not known."""
    document = reading.document
    day = day_of(reading)
    if day is None:
        return []
    asked = [block.span for block in document.blocks if block.speaker == ASKER]
    heads = [block.span for block in document.blocks if block.kind in HEADS]
    turns = [block.span for block in document.blocks if block.kind == "turn"]
    names = names_of(reading, language)
    found = []
    slight = in_others(reading, language) | {each.id for each in reading.faint}
    for event in (*reading.events, *reading.faint):
        all_spans = tuple(dict.fromkeys((event.span, *event.mentions)))
        spans = [span for span in all_spans if not _inside(span, asked)]
        given = [span for span in all_spans if span not in spans and _is_given(document.text, span, language)]
        claims = tuple(c for c in event.claims if not _only_asked(document.text, c, asked, given))
        if any(claim.by_rule.endswith(ANSWERED) for claim in claims):  # what was asked is told by the answer
            given, claims = [span for span in all_spans if span not in spans], event.claims
        if spans:
            # "a peace summit?" – "This meeting will …"
            if any(_is_given(document.text, span, language) for span in spans):
                given = [span for span in all_spans if span not in spans]
            told = _told(reading, names, day, _still_ahead(_as_answered(event, claims), day), spans, given)
        elif given and (taken := _taken_as_given(event, claims, day)) is not None:
            told = replace(_told(reading, names, day, taken, given, []), asked=True)
            if not (told.keys or told.years or any(claim.attribute == "date" for claim in claims)):
                continue
        else:
            continue
        spoken, heading = _inside(told.span, turns), all(_inside(span, heads) for span in all_spans)
        found.append(
            replace(told, faint=event.id in slight, aside=is_by_the_way(reading, event), spoken=spoken, heading=heading)
        )
    first = [told.keys | told.near for told in found if told.span[0] < lead(reading)]
    led_by = frozenset[str]().union(*first)
    return [
        replace(told, aside=told.aside and _says_little(told, led_by))
        for told in found
        if not told.faint or told.keys or told.near
    ]


def _says_little(told: Told, led_by: frozenset[str]) -> bool:
    """Whether what is told behind the lead has no clear kind, or names nobody but the lead does; with a day nobody."""
    if any(claim.attribute == "date" and claim.value for claim in told.claims) and told.keys:
        return False
    return not told.years and (told.kind in UNCLEAR or told.keys <= led_by)


def _taken_as_given(event: Event, claims: tuple[Claim, ...], day: str) -> Event | None:
    """An event that only a question names, as known to both: a plan, with who, where and when it has, or what is over.

    None where the question is about something else, or whether a plan stands; what is over has a day that it says.
    """
    if event.status in TAKEN:
        return _planned(event, claims)
    days = [days_of(claim.value) for claim in claims if claim.attribute == "date"]
    over = event.status == "occurred" and any(each is not None and each.last < day for each in days)
    return replace(event, claims=claims) if over else None


def _still_ahead(event: Event, day: str) -> Event:
    """An event by its days: what in October "takes place from the 7th to the 9th" of November is scheduled."""
    days = [found for c in event.claims if c.attribute == "date" and c.value and (found := days_of(c.value))]
    by = {claim.by_rule for claim in event.claims if claim.attribute == "status" and claim.value == event.status}
    if event.status in PASSED and days and all(day < each.first for each in days):
        return replace(event, status="scheduled") if by and all(rule.endswith(PRESENT) for rule in by) else event
    return event


def _as_answered(event: Event, claims: tuple[Claim, ...]) -> Event:
    """An event as the answers leave it, by the claims that are theirs: what only a question calls off is planned."""
    by_claim = any(claim.attribute == "status" and claim.value == event.status for claim in event.claims)
    answered = any(claim.attribute == "status" and claim.value == event.status for claim in claims)
    if event.status in MOVES and by_claim and not answered:
        return _planned(event, claims)
    return replace(event, claims=claims)


def _planned(event: Event, claims: tuple[Claim, ...]) -> Event:
    days = any(claim.attribute == "date" and days_of(claim.value) for claim in claims)
    return replace(event, status="scheduled" if days else "planned", claims=claims)


def _only_asked(text: str, claim: Claim, asked: Sequence[Span], given: Sequence[Span]) -> bool:
    """Whether a claim stands in questions alone; who and where belong to what a question takes as given."""
    if not claim.span or not all(_inside(span, asked) for span in claim.span):
        return False
    return claim.attribute not in GIVEN or not any(_belongs(text, span, name) for span in claim.span for name in given)


def _belongs(text: str, span: Span, name: Span) -> bool:
    """Whether words stand in a name, or right before or behind it."""
    if name[0] <= span[0] and span[1] <= name[1]:
        return True
    one, other = sorted((span, name))
    return other[0] - one[1] <= AROUND and _BELONGS.match(text[one[1] : other[0]]) is not None


def _is_given(text: str, span: Span, language: str) -> bool:
    """Whether a question names an event as known to both: "the Selm summit", "the president's trip"; not "a summit"."""
    before = text[max(0, span[0] - AROUND) : span[0]]
    return _DEFINITE.search(before) is not None or _fronted(language).search(before) is not None


@cache
def _fronted(language: str) -> re.Pattern[str]:
    """How a question begins with what it is about, and so takes as known: "On fishing talks, what is meant?"."""
    words = "|".join(map(re.escape, terms(language).fronted))
    return re.compile(rf"(?:\A|[.?!]\s+|\b{ASKER}:? )(?:[A-Z]\w+, )?(?:{words}) (?:[\w’'-]+ ){{0,3}}\Z")


def _inside(span: Span, blocks: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in blocks)


def _told(
    reading: Reading, names: Names, day: str, event: Event, spans: Sequence[Span], given: Sequence[Span]
) -> Told:  # fmt: skip
    """What a reading tells of an event, by those of its mentions that nobody only asked about.

    ``given``: mentions in questions, by which it is called but which tell nothing of it.
    """
    text = reading.document.text
    said = {span for claim in event.claims if claim.by_rule.endswith(ANSWERED) for span in claim.span}
    named = [span for span in (*spans, *given) if span not in said] or spans  # "Postponed." is no name
    called = [wording.plainly(reading, wording.whole(text, span, names.language), span) for span in named]
    called += list(filter(None, (wording.also_called(reading, span, names.language) for span in named)))
    parties: dict[str, str] = {}
    sides: dict[frozenset[str], None] = {}
    for claim in event.claims:
        if claim.value and claim.attribute in {"participant", "host"}:
            name, theirs = names.sides(claim)
            theirs = tuple(names.with_leader(side) for side in theirs)
            sides |= dict.fromkeys(theirs)
            for side in theirs[:1]:
                parties.setdefault(_key(name, side), name)
    gone = (names.sides(claim) for claim in event.claims if claim.value and claim.attribute == "absent")
    left = {_key(name, side): name for name, theirs in gone for side in theirs[:1]}
    venues = [claim for claim in event.claims if claim.value and claim.attribute == "venue"]
    near = [wording.region(text, span, names.places) for claim in venues for span in claim.span]
    places = frozenset(key for value in (*(c.value or "" for c in venues), *near) for key in names.keys(value))
    owned = [wording.whose(text, span, names.language) for span in named]
    words, whose = (
        next((found for name in each if (found := names.keys(name))), frozenset[str]())
        for each in (called, [wording.named_first(each, names.language) for each in owned])
    )
    if event.kind == VISIT:  # "the Velmark trip" leads there
        within = [text[a:b] for a, b in names.places for start, end in named if start <= a and b <= end]
        places |= words & frozenset(key for each in within for key in names.keys(each))
    start, end = named[0]
    name = text[start:end]
    if not places and family(event.kind, name) == OTHER:
        there = (names.keys(wording.where(text, span, names.language)) for span in spans)
        places = next(filter(None, there), frozenset())
    around = [wording.around(text, span) for span in (*spans[:3], *given[:1])]
    known_by = (words | whose | places).union(*sides) - terms(names.language).parties
    if event.kind not in TALKED_OF and not known_by:
        around.append(wording.paragraph_before(text, start))
    near_by = names.around(around)
    return Told(
        document=reading.document.id, page=reading.document.url, day=day, number=event.id, name=name, kind=event.kind,
        status=event.status, outlet=reading.document.outlet,
        types=wording.types(called, names.language),
        words=words, whose=whose,
        sides=tuple(sides), places=places if event.kind == VISIT else places - words,
        called=frozenset(w for n in called for w in n.lower().split()),
        upon=_upon(names, event, named, text),
        about=frozenset[str]().union(*(wording.about(text, span, names.language) for span in named)),
        offices=frozenset(_offices(names, event)), holding=frozenset(_holding(names, event)),
        many=wording.many(name, owned[0], names.language), marks=wording.marked(text, event, spans[0], names.language),
        near=near_by, full=names.in_full(near_by | known_by), also=_purposes(text, event, spans, names.language),
        years=frozenset(word for name in called for word in name.split() if YEAR.match(word))
        | {c.value for c in event.claims if c.attribute == "date" and c.value and YEAR.match(c.value)},
        claims=_with_venue(names, event, any(wording.of_a_body(text, each, names.language) for each in spans)),
        names=tuple(parties.items()), left=tuple(left.items()), span=spans[0],
        text=wording.around(text, spans[0], SHOWN), sayers=_sayers(reading, event),
        relations=tuple((each.kind, each.event) for each in event.relations),
    )  # fmt: skip


def _with_venue(names: Names, event: Event, of_a_body: bool) -> tuple[Claim, ...]:
    """The claims of an election, with the place that holds it as its venue: "Velmark will vote on 3 May".

    ``of_a_body``: whether it is one to a body or for somebody, which no single land holds.
    """
    if event.kind != "election" or of_a_body or any(claim.attribute == "venue" for claim in event.claims):
        return event.claims
    held = [
        claim
        for claim in event.claims
        if claim.attribute in {"participant", "host"} and (entity := names.entities.get(claim.entity or "")) is not None
        and entity.type == "place" and not claim.by_rule.endswith(LEARNT)
    ]  # fmt: skip
    if len(held) != 1:
        return event.claims
    return (*event.claims, replace(held[0], attribute="venue", by_rule=f"{held[0].by_rule}{VOTERS}"))


def _key(name: str, side: frozenset[str]) -> str:
    """The key by which one who takes part is known: the last word of his name where a side has it."""
    own = plain(name.split()[-1])
    return own if own in side else min(side)


def _purposes(text: str, event: Event, spans: Sequence[Span], language: str) -> frozenset[str]:
    """The kinds of what a journey is for; of other events none."""
    if event.kind != VISIT:
        return frozenset()
    return frozenset[str]().union(*(wording.purposes(text, span, language) for span in spans)) - {VISIT, OTHER}


def _upon(names: Names, event: Event, spans: Sequence[Span], text: str) -> frozenset[str]:
    """To what something is done that is decided or issued; of other events nothing."""
    if event.kind not in UNCLEAR or event.kind == OTHER:
        return frozenset()
    behind = [wording.done_to(text, span, names.language) for span in spans]
    return frozenset[str]().union(
        *(wording.subjects(each.split(), names.language) | names.keys(each) for each in behind)
    )


def _offices(names: Names, event: Event) -> Iterator[str]:
    """The classes of the offices by which alone somebody is told to take part."""
    for claim in event.claims:
        if claim.value and claim.attribute in {"participant", "host"} and not names.sides(claim)[1]:
            office = lexicon(names.language).class_of(tuple(claim.value.lower().split()))
            if office:
                yield office


def _holding(names: Names, event: Event) -> Iterator[str]:
    """The classes of the offices of those persons who take part by name."""
    words = lexicon(names.language)
    for claim in event.claims:
        entity = names.entities.get(claim.entity or "")
        if claim.attribute in {"participant", "host"} and entity is not None and entity.type == "person":
            yield from filter(None, (words.class_of(tuple(role.title.lower().split())) for role in entity.roles))


def _sayers(reading: Reading, event: Event) -> tuple[tuple[str, str], ...]:
    """Who says the statements in which an event's claims stand."""
    cited = {claim.statement for claim in event.claims} - {None}
    if not cited:
        return ()
    called = caller(reading)
    return tuple(
        (each.id, ", via ".join(filter(None, [by, *map(called, each.via)])))
        for each in reading.statements
        if each.id in cited and (by := called(each.speaker))
    )

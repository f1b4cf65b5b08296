"""What one document tells of one event, in a form that can be compared with what others tell.

Promise: what is only asked about is not told. The odd case that forced its shape: a mention may be a bare "launch" or
"election", and what tells it from others stands around it, so the names near it are kept beside its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, wraps
from itertools import dropwhile, takewhile
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from onrecord.events.kinds import kinds
from onrecord.ledger.days import day_of, days_of
from onrecord.ledger.naming import OTHER, YEAR, Names, acts_of, caller, counted, family, names_of, plain, terms
from onrecord.nouns import Claim, Event, Reading, Span

T = TypeVar("T")

AROUND = 240
"""Code points on each side of an event's name, inside its paragraph, in which names are taken to go with it."""

SHOWN = 90
"""The same, of what people are shown."""

ASKER = "Q"
"""How a transcript names the reporter who asks: what is asked is not told."""

CEREMONY = "ceremony"
"""What is held for an act that has a name of its own."""

TALKED_OF = frozenset({"meeting", "talks", "visit"})
"""Kinds of which a transcript speaks in each answer anew: what stands in the one before says nothing of them."""

MOVES = frozenset({"postponed", "cancelled"})

TAKEN = frozenset({"planned", "scheduled"})
"""States of an event that a question takes as given; what was called off, or is over, the answer has to say."""

GIVEN = frozenset({"participant", "host", "venue", "date"})
"""What a question takes as given along with an event that it names: who is there, where and when."""

_BELONGS = re.compile(r"[ ’'s]*(?:(?:on|in|at|to|with|of|and|the|this|next|[A-Z][\w.’'-]*)[ ,]*)*\Z")
"""What may stand between a name and what belongs to it: "the summit with Velik on Monday", not "the summit be on"."""

_DEFINITE = re.compile(
    r"(?:\b(?:the|this|that|these|those|his|her|its|their|our|your)|['’]s?)(?: (?!an? )[\w’'-]+){0,4} \Z", re.IGNORECASE
)
"""What stands before an event that is known to both; an article of its own ("about a summit") stands nearer."""

_BEGINS = re.compile(r"(?:[.!?:—_]|\n)[\s“\"(]*\Z")
"""What stands before the first word of a sentence."""

BEHIND = 8
"""Words behind an event's name in which its place may stand."""

_PAUSE = re.compile(r"[,;:!?()—–\n]|\.(?=\s)")
_SENTENCE_ENDS = re.compile(r"[.;](?=\s+[A-Z])|\n")

_OF = re.compile(r" of ((?:[^\W_][\w’'.–-]* ?){1,8})(, [A-Z][\w-]*\d\b)?")
"""What may say whose an event is, with what it is also called by a number."""


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
    span: Span
    text: str
    """The words around its name, for people."""
    sayers: tuple[tuple[str, str], ...] = ()
    """Who says the statements in which its claims stand, by the statements' ids; with those by way of whom."""
    relations: tuple[tuple[str, str], ...] = ()
    """How it stands to other events of the document, by their ids there."""
    same: frozenset[int] = frozenset()
    """Decisions of people by which it is one with other tellings."""
    apart: frozenset[tuple[int, int]] = frozenset()
    """Decisions of people by which it is of another event than those of the other side; the second is its side."""

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
    names = names_of(reading, language)
    found = []
    for event in reading.events:
        all_spans = tuple(dict.fromkeys((event.span, *event.mentions)))
        spans = [span for span in all_spans if not _inside(span, asked)]
        given = [span for span in all_spans if span not in spans and _is_given(document.text, span)]
        claims = tuple(c for c in event.claims if not _only_asked(document.text, c, asked, given))
        if spans:
            found.append(_told(reading, names, day, _as_answered(event, claims), spans, given))
        elif given and (taken := _taken_as_given(event, claims)) is not None:
            told = _told(reading, names, day, taken, given, [])
            if told.keys or told.years or any(claim.attribute == "date" for claim in claims):
                found.append(told)
    return found


def _taken_as_given(event: Event, claims: tuple[Claim, ...]) -> Event | None:
    """An event that only a question names, as known to both: no more than a plan, with who, where and when it has.

    None where the question is about something else than a plan, or whether it stands.
    """
    return _planned(event, claims) if event.status in TAKEN else None


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


def _is_given(text: str, span: Span) -> bool:
    """Whether a question names an event as known to both: "the Selm summit", "the president's trip"; not "a summit"."""
    return _DEFINITE.search(text[max(0, span[0] - AROUND) : span[0]]) is not None


def _inside(span: Span, blocks: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in blocks)


def _told(
    reading: Reading, names: Names, day: str, event: Event, spans: Sequence[Span], given: Sequence[Span]
) -> Told:  # fmt: skip
    """What a reading tells of an event, by those of its mentions that nobody only asked about.

    ``given``: mentions in questions, by which it is called but which tell nothing of it.
    """
    text = reading.document.text
    called = [_plainly(reading, _whole(text, span, names.language), span) for span in (*spans, *given)]
    parties: dict[str, str] = {}
    sides: dict[frozenset[str], None] = {}
    for claim in event.claims:
        if claim.value and claim.attribute in {"participant", "host"}:
            name, theirs = names.sides(claim)
            theirs = tuple(names.with_leader(side) for side in theirs)
            sides |= dict.fromkeys(theirs)
            for side in theirs[:1]:
                own = plain(name.split()[-1])
                parties.setdefault(own if own in side else min(side), name)
    places = frozenset(
        key for claim in event.claims if claim.value and claim.attribute == "venue" for key in names.keys(claim.value)
    )
    owned = [_whose(text, span, names.language) for span in (*spans, *given)]
    words, whose = (
        next((found for name in each if (found := names.keys(name))), frozenset[str]())
        for each in (called, [_named_first(each, names.language) for each in owned])
    )
    start, end = spans[0]
    name = text[start:end]
    if not places and family(event.kind, name) == OTHER:
        there = (names.keys(_where(text, span, names.language)) for span in spans)
        places = next(filter(None, there), frozenset())
    around = [_around(text, span) for span in (*spans[:3], *given[:1])]
    known_by = (words | whose | places).union(*sides) - terms(names.language).parties
    if event.kind not in TALKED_OF and not known_by:
        around.append(_paragraph_before(text, start))
    return Told(
        document=reading.document.id, day=day, number=event.id, name=name, kind=event.kind,
        status=event.status, outlet=reading.document.outlet,
        types=_types(called, names.language),
        words=words, whose=whose,
        sides=tuple(sides), places=places - words, called=frozenset(w for n in called for w in n.lower().split()),
        many=_many(name, owned[0], names.language), marks=_marked(text, event, spans[0], names.language),
        near=names.around(around),
        years=frozenset(word for name in called for word in name.split() if YEAR.match(word))
        | {c.value for c in event.claims if c.attribute == "date" and c.value and YEAR.match(c.value)},
        claims=event.claims, names=tuple(parties.items()), span=spans[0], text=_around(text, spans[0], SHOWN),
        sayers=_sayers(reading, event), relations=tuple((each.kind, each.event) for each in event.relations),
    )  # fmt: skip


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


def _whole(text: str, span: Span, language: str) -> str:
    """The words of a mention with the capitalised words and the year before it: "the 2031 Velmark Games".

    In a headline all words are capitalised, so that they begin behind the last that is none of a name.
    """
    start = span[0]
    before = text[max(0, start - 60) : start]
    found = re.search(r"((?:[A-Z0-9][\w’'.-]*[ -])+)\Z", before)
    own = found.group(1) if found and text[start : start + 1].isupper() else ""
    other = [word.end() for word in re.finditer(r"\S+ ", own) if word.group().strip().lower() in terms(language).common]
    name = own[other[-1] if other else 0 :] + text[slice(*span)]
    after = re.match(r",? ((?:19|20)\d\d)\b", text[span[1] : span[1] + 8])
    return f"{name} {after.group(1)}" if after else name


def _plainly(reading: Reading, name: str, span: Span) -> str:
    """The words of a mention without the capital that only begins a sentence: "Terrorist bombings in Selm"."""
    first, _, rest = name.partition(" ")
    start, text = span[0], reading.document.text
    begins = _BEGINS.search(text[max(0, start - len("... ")) : start]) is not None or not start
    if not begins or not rest[:1].islower() or not first.istitle():
        return name
    named = any(low <= start < high for each in reading.entities for m in each.mentions for low, high in (m.span,))
    return name if named else f"{first.lower()} {rest}"


def _whose(text: str, span: Span, language: str) -> str:
    """The words behind those that name an event that say whose it is: "the launch of the probe Aurora-2, ARV-3"."""
    found = _OF.match(text, span[1])
    if found is None:
        return ""
    words = found.group(1).split()
    end = next((n for n, word in enumerate(words) if word in terms(language).ending), len(words))
    named = " ".join(words[:end])
    return named + found.group(2) if end == len(words) and found.group(2) else named


def _named_first(words: str, language: str) -> str:
    """The first name, or names that are joined, in some words: of "Ana Dalgard shook Selm" the first two."""
    own = list(dropwhile(str.islower, words.split()))
    return " ".join(takewhile(lambda word: not word.islower() or word in terms(language).joining, own))


def _types(called: Iterable[str], language: str) -> frozenset[str]:
    """The words of kind in names, with those that are of the same kind: a runoff is the second round."""
    known = kinds(language)
    words = {word for name in called for word in name.lower().split()}
    return frozenset(words | {known.alike[word] for word in words & known.alike.keys()}) & known.types


def _where(text: str, span: Span, language: str) -> str:
    """The place right behind the words that name an event: "the derailment in northern Velmark"."""
    words = _PAUSE.split(text[span[1] : span[1] + AROUND])[0].split()[:BEHIND]
    for at in (n for n, word in enumerate(words) if word in terms(language).there):
        after = list(dropwhile(terms(language).part_of_place.__contains__, words[at + 1 :]))
        name = list(takewhile(lambda word: word[:1].isupper(), after))
        if name and (len(after) == len(name) or after[len(name)] in terms(language).ending):
            return " ".join(name)  # not "outside the Velmark embassy"
    return ""


def _many(name: str, owned: str, language: str) -> bool | None:
    """Whether an event is several of what is counted, by its name or by what it struck ("of two embassies")."""
    many = counted(name, language)
    if many is not False:
        return many
    last = owned.split(" ")[-1]
    plural = last.islower() and last.endswith("s") and not last.endswith("ss")
    return plural and last not in terms(language).single


def _marked(text: str, event: Event, span: Span, language: str) -> frozenset[str]:
    """The acts that a ceremony is held for: "a ceremony on 3 May to mark the accession of Velmark"."""
    if event.kind != CEREMONY:
        return frozenset()
    words = re.split(r"\W+", _SENTENCE_ENDS.split(text[span[1] : span[1] + AROUND])[0])
    at = next((n for n, word in enumerate(words) if word in terms(language).marks), len(words))
    return acts_of(" ".join(words[at + 1 : at + 4]), language)


def _paragraph_before(text: str, start: int) -> str:
    """The whole words that end the paragraph before that of a place, as many as `AROUND` still reaches."""
    low = text.rfind("\n", 0, start) + 1
    left = AROUND - (start - low)
    if left <= 0:
        return ""
    before = text[:low].rstrip()
    before = before[before.rfind("\n") + 1 :]
    return before if len(before) <= left else before[before.find(" ", len(before) - left) + 1 :]


def _around(text: str, span: Span, reach: int = AROUND) -> str:
    """The whole words around some of them, inside their paragraph."""
    start, end = span
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    high = high if high >= 0 else len(text)
    if start - reach > low:
        low = text.find(" ", start - reach, start) + 1 or start
    if end + reach < high:
        high = max(text.rfind(" ", end, end + reach), end)
    return text[low:high]

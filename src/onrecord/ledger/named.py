"""Whom and what one document names, in a form that can be compared with what others name.

Promise: nothing is told that the reading does not hold. The odd case that forced its shape: who speaks is often given
by office alone ("the White House press secretary"), which is no entity of the reading, so that such a speaker is one
here, under the number of the first statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from onrecord.language.lexicon import Lexicon, lexicon
from onrecord.ledger.calling import Body, body, called, folded, habits, land_of, seat_of
from onrecord.ledger.naming import REMEMBERED
from onrecord.nouns import Entity, EntityType, Reading, Span, Statement

GOVERNMENT = "names.government/1"
"""The rule by which the reading finds a government."""

CAPITALS = 4
"""Letters from which on a place in capitals is a word and no initials."""

_TITLE = re.compile(r"([A-Za-z]+)\.? \Z")
_LONGEST_TITLE = 12
_THE = re.compile(r"the\s", re.I)


class Office(msgspec.Struct, frozen=True, array_like=True):
    """An office by its words."""

    title: str
    kind: str
    """The class of role."""
    lands: tuple[str, ...]
    words: tuple[str, ...]
    """What else tells it from others of its class: ``treasury``, ``fbi``."""
    past: bool
    """Whether it is told as held before."""

    @property
    def key(self) -> str | None:
        """What an office is looked for by; None where its words name neither land nor body."""
        return "|".join((self.kind, *self.lands, *self.words)) if self.lands or self.words else None


class Named(msgspec.Struct, frozen=True, array_like=True):
    """Somebody or something as one document names it."""

    number: str
    """The entity's id in its reading; of a speaker who is given by office alone, the first statement's."""
    type: EntityType
    name: str
    """Empty where only an office is told."""
    forms: tuple[str, ...]
    """All names that the document uses."""
    block: str
    gender: str | None = None
    """``f`` or ``m`` by given name, title or office; None: not told, or told both ways."""
    pronoun: str | None = None
    """The same by the pronouns that mean the person."""
    titled: bool = False
    offices: tuple[Office, ...] = ()
    every: bool = False
    """Whether it is a body that every land has."""
    land: str = ""
    """Of a body that every land has: the land that its name gives."""
    lands: tuple[str, ...] = ()
    """Of such a body: the lands that the document names, the most named first."""


def named_by(reading: Reading, language: str = "en") -> tuple[list[Named], dict[str, str]]:
    """Return whom and what a reading names, and for each statement whose speaker is one of them that one's number."""
    lands = _lands(reading)
    found = [_named(reading, entity, lands, language) for entity in reading.entities]
    known = {each.number for each in found}
    speakers: dict[str, str] = {}
    by_office: dict[str, str] = {}
    for statement in reading.statements:
        if statement.speaker.entity in known:
            speakers[statement.id] = str(statement.speaker.entity)
            continue
        office = _speaks_as(reading, statement, language)
        if office is not None and office.key:
            if office.key not in by_office:
                by_office[office.key] = statement.id
                found.append(_officer(statement.id, office))
            speakers[statement.id] = by_office[office.key]
    return found, speakers


def _lands(reading: Reading) -> tuple[str, ...]:
    """The lands that a text names, the most named first."""
    counts: Counter[str] = Counter()
    for entity in reading.entities:
        land = land_of(folded(entity.name)) if entity.type == "place" else None
        if land:
            counts[land] += len(entity.mentions)
    return tuple(sorted(counts, key=lambda land: (-counts[land], land)))


def _named(reading: Reading, entity: Entity, lands: tuple[str, ...], language: str) -> Named:
    forms = (entity.name, *entity.aliases)
    words = lexicon(language)
    titles = _titles(reading, entity, words)
    if entity.type != "person" and not _is_person(entity, titles, words):
        if entity.by_rule == GOVERNMENT:
            return Named(entity.id, entity.type, entity.name, forms, f"government {_governed(entity, language)}")
        what = _body(entity, language)
        return Named(
            entity.id, entity.type, entity.name, forms, what.block, every=what.every, land=what.land,
            lands=lands if what.every else (),
        )  # fmt: skip
    offices = tuple(office for role in entity.roles if (office := office_of(role.title, language)))
    return Named(
        entity.id, "person", entity.name, forms, f"person {called(entity.name, language).surname}",
        _gender(entity, titles, words), _by_pronouns(reading, entity, words), bool(titles or offices), offices,
    )  # fmt: skip


def _is_person(entity: Entity, titles: Iterable[str], words: Lexicon) -> bool:
    """Whether the reading takes somebody for a body: "Ms Orre", "Irena Dalgard"."""
    if entity.type not in ("organization", "facility", "other") or entity.by_rule == GOVERNMENT:
        return False
    first, *rest = entity.name.lower().replace(".", "").split()
    if any(words.titles[title] for title in titles) or (rest and words.titles.get(first)):
        return True
    if len(rest) != 1 or not words.gender_of_given(first):
        return False
    return not any(rest[0] in heads for heads in (words.org_heads, words.facility_heads, words.place_heads))


def _body(entity: Entity, language: str) -> Body:
    """How the name of what is no person is compared: its fullest that has words, a state by its first."""
    name = next((form for form in (entity.name, *entity.aliases) if " " in form), entity.name)
    if entity.type == "place":
        return body(entity.name.title() if entity.name.isupper() and len(entity.name) >= CAPITALS else entity.name)
    return body(name.removesuffix("s") if entity.type == "group" else name, language)


def _governed(entity: Entity, language: str) -> str:
    """Whose government it is: the state that one of its names gives, else the words before "government"."""
    known = lexicon(language)
    for form in (entity.name, *entity.aliases):
        low = folded(form)
        state = seat_of(low, language)
        *before, last = low.split()
        if state is None and last in known.government:
            state = land_of(" ".join(before), language) or known.stem(" ".join(before))
        if state:
            return state
    return folded(entity.name)


def _titles(reading: Reading, entity: Entity, words: Lexicon) -> list[str]:
    """The titles that stand before a person's name: ``ms``, ``sen``."""
    text, found = reading.document.text, []
    for mention in entity.mentions:
        start = mention.span[0]
        before = _TITLE.search(text[max(0, start - _LONGEST_TITLE) : start]) if mention.form == "name" else None
        if before and before.group(1).lower() in words.titles:
            found.append(before.group(1).lower())
    return found


def _gender(entity: Entity, titles: Iterable[str], words: Lexicon) -> str | None:
    told = {words.titles[title] for title in titles}
    told |= {
        words.role_gender.get(word, "") for role in entity.roles for word in role.title.lower().split()
    }  # fmt: skip
    told.discard("")
    if not told:
        given = next((form.split()[0] for form in (entity.name, *entity.aliases) if " " in form), "")
        told = {words.gender_of_given(given) or ""} - {""}
    return told.pop() if len(told) == 1 else None


def _by_pronouns(reading: Reading, entity: Entity, words: Lexicon) -> str | None:
    text = reading.document.text
    told = {words.third.get(text[slice(*m.span)].lower()) for m in entity.mentions if m.form == "pronoun"} - {None}
    return told.pop() if len(told) == 1 else None


@lru_cache(REMEMBERED)
def office_of(title: str, language: str = "en") -> Office | None:
    """Return the office that some words name; None where they name no class of office."""
    known, used = lexicon(language), habits(language)
    parts = [folded(part.strip(",“”\"'’()")) for part in title.split()]
    kind = known.class_of(tuple(parts))
    if kind is None:
        return None
    past = any(part in used.past for part in parts[:2])
    ignored = known.modifiers | known.starters | used.empty
    lands: set[str] = set()
    words: list[str] = []
    parts = _without_compound(parts, known)
    at = 0
    while at < len(parts):
        for length in (3, 2, 1):
            phrase = " ".join(parts[at : at + length])
            land, seat = land_of(phrase, language), seat_of(phrase, language)
            if (land or seat) and at + length <= len(parts):
                lands.add(land or seat or "")
                words += ["#seat"] if seat else []
                at += length
                break
        else:
            word = parts[at]
            if word in used.lesser or not (word in known.role_class or word in ignored):
                words.append(word)
            at += 1
    return Office(title, kind, tuple(sorted(lands)), tuple(sorted(set(words))), past)


def _without_compound(parts: list[str], known: Lexicon) -> list[str]:
    """The words of a title without the phrase that makes its class: "secretary of state" is no state's secretary."""
    for length in range(min(known.longest, len(parts)), 1, -1):
        for at in range(len(parts) - length + 1):
            if tuple(parts[at : at + length]) in known.compounds:
                return [*parts[:at], *parts[at + length :]]
    return parts


def _speaks_as(reading: Reading, statement: Statement, language: str) -> Office | None:
    """The office, held by one at a time, by which alone a speaker is given: "the White House press secretary"."""
    speaker = statement.speaker
    if speaker.entity is not None or speaker.how != "role" or len(speaker.span) != 1:
        return None
    words = reading.document.text[slice(*speaker.span[0])]
    article = _THE.match(words)
    office = office_of(words[article.end() :].strip(), language) if article else None
    if office is None or office.past or office.kind not in habits(language).single:
        return None
    return office


def _officer(number: str, office: Office) -> Named:
    return Named(number, "person", "", (), f"office {office.key}", None, None, True, (office,))


def mentioned_in(reading: Reading) -> dict[str, set[str]]:
    """Return for each statement of a reading the entities that its words speak of."""
    spans = [(mention.span, entity.id) for entity in reading.entities for mention in entity.mentions]
    return _within(reading, spans)


def spoken_of(reading: Reading) -> dict[str, set[str]]:
    """Return for each statement of a reading the events that its words name, or of which it makes a claim."""
    found = _within(reading, [(span, event.id) for event in reading.events for span in (event.span, *event.mentions)])
    for event in reading.events:
        for claim in event.claims:
            if claim.statement:
                found.setdefault(claim.statement, set()).add(event.id)
    return found


def _within(reading: Reading, spans: Iterable[tuple[Span, str]]) -> dict[str, set[str]]:
    """For each statement the ids whose spans lie in its words."""
    ordered = sorted(spans)
    starts = [span[0] for span, _ in ordered]
    found: dict[str, set[str]] = {}
    for statement in reading.statements:
        for low, high in statement.content:
            for span, each in ordered[bisect_left(starts, low) : bisect_left(starts, high)]:
                if span[1] <= high:
                    found.setdefault(statement.id, set()).add(each)
    return found

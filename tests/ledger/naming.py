"""Readings made by hand in which documents name people and bodies, of invented lands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.nouns import Entity, EntityType, Mention, Reading, Role, Source, Span, Speaker, Statement
from tests.ledger.keeping import reading_of, source


class Who(NamedTuple):
    """Somebody or something that a document names, by the words that stand in its text."""

    name: str
    type: EntityType = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    by_rule: str = ""


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def naming(
    day: str | None,
    text: str,
    *whom: Who | str,
    said: Mapping[str, str] | None = None,
    name: str = "",
) -> tuple[Source, Reading]:
    """A document that names these in its text; ``said``: words of the text and the words that name who says them.

    A speaker who is no entity is given by office.
    """
    given = source(name or f"{day} {text}"[:40], text, day, outlet=None)
    entities = []
    for number, each in enumerate(whom, 1):
        who = each if isinstance(each, Who) else Who(each)
        mentions = tuple(
            Mention(span=at(text, form), form="name") for form in (who.name, *who.aliases) if form in text
        )  # fmt: skip
        roles = tuple(Role(title=title, span=(0, 1)) for title in who.roles)
        entities.append(
            Entity(id=f"e{number}", type=who.type, name=who.name, aliases=who.aliases, roles=roles, mentions=mentions,
                   by_rule=who.by_rule)
        )  # fmt: skip
    statements = [_statement(n, text, words, by, entities) for n, (words, by) in enumerate((said or {}).items(), 1)]
    return given, replace(reading_of(given), entities=tuple(entities), statements=tuple(statements))


def _statement(number: int, text: str, words: str, by: str, entities: Sequence[Entity]) -> Statement:
    entity = next((each.id for each in entities if by in (each.name, *each.aliases)), None)
    speaker = Speaker(entity=entity, span=(at(text, by),), how="name" if entity else "role")
    return Statement(id=f"s{number}", form="indirect", content=(at(text, words),), cue=(), speaker=speaker,
                     words=words, by_rule="made", confidence=0.9)  # fmt: skip


def readings(*tellings: tuple[Source, Reading]) -> dict[str | None, Reading]:
    """Readings by the id of their document, as `onrecord.reading.read_many` is to give them."""
    return {given.id: reading for given, reading in tellings}


def by_id(known: Mapping[str | None, Reading], sources: Iterable[object]) -> Iterable[Reading]:
    return (known[each.id] for each in sources if isinstance(each, Source))

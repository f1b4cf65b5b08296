"""The whole line under any text: no crash, every span inside the text, every reference to something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import Reading, Source, UnreadableInput
from onrecord.errors import Defect
from onrecord.publish.schema import schema_of

PHRASES = """Mara Lindqvist said told reporters that the summit would be held in Ostrev on Friday 5 June “ ” ‘ ’ " ' [ ]
( ) … <…> , . ; : – — She he according to VNA Velmark and Karsenia talks not yet ready to announce date venue was put
off planned meeting between President Anton Velik “I we” denied declined to say asked whether Q THE PRESIDENT:
MS. LINDQVIST: & &amp; <p> </p> <b> é 😀 2031-06-05 next week yesterday"""
WORDS = st.sampled_from([*PHRASES.split(), "\n\n", "\n", "\u202e", "\x00"])
TEXTS = st.one_of(st.lists(WORDS, max_size=80).map(" ".join), st.text(max_size=300))


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span in a reading's plain data, wherever it stands; runs and intervals of days are no spans."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("source", "interval"):
                yield from spans(inner)
    elif isinstance(value, list):
        if len(value) == 2 and all(type(each) is int for each in value):
            yield value[0], value[1]
        else:
            for inner in value:
                yield from spans(inner)


VALIDATOR = jsonschema.Draft202012Validator(schema_of())


def check(reading: Reading) -> None:
    text = reading.document.text
    plain = msgspec.json.decode(msgspec.json.encode(reading))
    VALIDATOR.validate(plain)
    assert all(0 <= start <= end <= len(text) for start, end in spans(plain))
    entities = {entity.id for entity in reading.entities}
    statements = {statement.id for statement in reading.statements}
    events = {event.id for event in reading.events}
    assert len(statements) == len(reading.statements) and len(events) == len(reading.events)
    for statement in reading.statements:
        assert statement.content and statement.by_rule and 0 <= statement.confidence <= 1
        assert statement.speaker.entity is None or statement.speaker.entity in entities
        assert statement.inside is None or statement.inside in statements - {statement.id}
        assert all(link.entity is None or link.entity in entities for link in statement.via)
    for event in reading.events:
        assert event.span in event.mentions
        assert all(claim.statement is None or claim.statement in statements for claim in event.claims)
        assert all(claim.entity is None or claim.entity in entities for claim in event.claims)
        assert all(relation.event in events - {event.id} for relation in event.relations)


@pytest.mark.parametrize("media", ["text", "html", None])
@settings(max_examples=40, deadline=None)
@example(texts=["to talks", "at talks"])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_any_texts(media: Any, texts: list[str]) -> None:
    sources = [Source(raw=text.encode("utf-8", "replace"), media=media, path=f"{n}") for n, text in enumerate(texts)]
    results = list(onrecord.read_many(sources))
    assert len(results) == len(sources)
    for number, result in enumerate(results):
        assert not isinstance(result, Defect), result
        if isinstance(result, UnreadableInput):
            assert result.where == str(number) and result.reason
        else:
            assert result.document.path == str(number)
            check(result)


def test_the_samples() -> None:
    results = list(onrecord.read_many(onrecord.open_paths(["samples"])))
    assert len(results) > 13
    for result in results:
        if not isinstance(result, UnreadableInput):
            check(result)


def test_reading_together_is_reading_alone() -> None:
    sources = [source for source in onrecord.open_paths(["samples/summit"]) if isinstance(source, Source)]
    together = [msgspec.json.encode(result) for result in onrecord.read_many(sources) if isinstance(result, Reading)]
    alone = [msgspec.json.encode(onrecord.read(source)) for source in sources]
    assert together == alone

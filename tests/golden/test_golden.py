"""Whole stories of our own, read as a careful person reads them: who says what by way of whom, what is planned, when.

A page is a TOML file beside this one, written by hand before the program read it. What the program is known to miss
stays there as it should be read, with ``known`` telling why: its test fails as expected, and a mend is noticed.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord import Event, Reading, Statement, read
from onrecord.nouns import Source

Item = dict[str, Any]
HERE = Path(__file__).parent
PAGES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))}
ALIKE = 0.8
"""How far the words of a statement that is found meet those that a reader would note."""


def told(kind: str) -> list[Any]:
    """The items of a kind on all pages, those that are known to be missed marked."""
    return [
        pytest.param(
            page, item, id=f"{page}: {item['words'][:30]}",
            marks=[pytest.mark.xfail(strict=True, reason=item["known"])] if "known" in item else [],
        )
        for page, story in PAGES.items() for item in story[kind]
    ]  # fmt: skip


@cache
def reading(page: str) -> Reading:
    story = PAGES[page]
    source = Source(raw=story["text"].encode(), media="text", charset="utf-8", id=page, published=story["published"])
    return read(source)


def letters(text: str, spans: tuple[tuple[int, int], ...]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def span_of(page: str, words: str) -> tuple[int, int]:
    text = reading(page).document.text
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times on the page"
    return text.index(words), text.index(words) + len(words)


def statement_of(page: str, words: str) -> Statement:
    text = reading(page).document.text
    gold = letters(text, (span_of(page, words),))
    met = [s for s in reading(page).statements if len(gold & letters(text, s.content)) >= ALIKE * len(gold)]
    whole = [s for s in met if len(letters(text, s.content)) * ALIKE <= len(gold)]
    assert whole, [text[slice(*s.content[0])] for s in reading(page).statements]
    return whole[0]


def event_of(page: str, words: str) -> Event:
    start, end = span_of(page, words)
    met = [e for e in reading(page).events if any(low < end and start < high for low, high in e.mentions)]
    assert met, [event.mentions for event in reading(page).events]
    return min(met, key=lambda e: min(abs(low - start) for low, _ in e.mentions))


@pytest.mark.parametrize(("page", "item"), told("statement"))
def test_a_statement_is_read_as_it_is_told(page: str, item: Item) -> None:
    text = reading(page).document.text
    names = {entity.id: entity.name for entity in reading(page).entities}
    statement = statement_of(page, item["words"])
    speaker = statement.speaker
    said = names.get(speaker.entity or "") or " ".join(text[slice(*span)] for span in speaker.span)
    via = [names.get(each.entity or "") or " ".join(text[slice(*s)] for s in each.span) for each in statement.via]
    assert statement.form == item["form"]
    assert item["speaker"].lower() in said.lower()
    assert len(via) == len(item.get("via", []))
    assert all(name in found for name, found in zip(item.get("via", []), via, strict=True))
    assert statement.polarity == item.get("polarity", "affirmed")


@pytest.mark.parametrize(("page", "item"), told("event"))
def test_an_event_is_read_as_it_is_told(page: str, item: Item) -> None:
    event = event_of(page, item["words"])
    claims = {claim.attribute: claim for claim in reversed(event.claims)}
    assert event.status == item["status"]
    for attribute in ("date", "previous_date", "venue"):
        settled = item.get(f"{attribute}_settled", "settled" if attribute in item else None)
        claim = claims.get(attribute)
        assert (claim.value if claim else None) == item.get(attribute), attribute
        assert (claim.settled if claim else None) == settled, attribute


@pytest.mark.parametrize("page", PAGES)
def test_nothing_else_is_planned(page: str) -> None:
    listed = {event_of(page, item["words"]).id for item in PAGES[page]["event"]}
    strays = [e for e in reading(page).events if e.id not in listed and e.status not in {"occurred", "underway"}]
    text = reading(page).document.text
    assert [text[slice(*event.mentions[0])] for event in strays] == []

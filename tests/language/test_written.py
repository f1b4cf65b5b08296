"""A text in another language is told by its words, whatever its page says, and nothing is made up from it."""

from __future__ import annotations

import pytest

from onrecord import Source, read
from onrecord.language import written_in

ENGLISH = (
    "Mara Lindqvist said on Tuesday that the two governments had agreed to hold their talks in the spring, and that "
    "neither the day nor the place of the meeting was settled. “We are not ready to name them,” she told reporters."
)
OTHERS = {
    "German": "Mara Lindqvist sagte am Dienstag, die beiden Regierungen hätten vereinbart, ihre Gespräche im Frühjahr "
    "zu führen, doch weder der Tag noch der Ort des Treffens stehe fest. „Wir sind nicht bereit, sie zu nennen“, so "
    "Lindqvist in Ostrev, wo am Abend noch einmal verhandelt wurde.",
    "French": "Mara Lindqvist a déclaré mardi que les deux gouvernements étaient convenus de tenir leurs pourparlers "
    "au printemps, mais que ni le jour ni le lieu de la rencontre n’étaient fixés. « Nous ne sommes pas prêts à les "
    "annoncer », a-t-elle ajouté devant la presse à Ostrev.",
    "Russian": "Мара Линдквист заявила во вторник, что оба правительства договорились провести переговоры весной, "
    "однако ни день, ни место встречи ещё не определены. «Мы не готовы их назвать», — сказала она журналистам в "
    "Остреве, добавив, что стороны продолжают обсуждать повестку дня и состав делегаций.",
}


def test_english() -> None:
    assert written_in(ENGLISH, "en")


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_others_are_read_as_pages_and_not_searched(text: str) -> None:
    assert written_in(text, "en") is False
    reading = read(Source(raw=text.encode(), media="text"))
    assert reading.document.language is None
    assert reading.document.text == text and reading.document.blocks
    assert (reading.entities, reading.times, reading.statements, reading.events) == ((), (), (), ())
    assert "language" in [warning.kind for warning in reading.warnings]


def test_a_few_words_do_not_tell_and_are_read_as_english() -> None:
    assert written_in("", "en") is None
    reading = read(Source(raw=b"Velik: Ostrev talks off", media="text"))
    assert reading.document.language is None and reading.entities
    assert "language" not in [warning.kind for warning in reading.warnings]


@pytest.mark.parametrize(("named", "language"), [("", "en"), (" lang=de", "de")])
def test_a_text_is_in_the_language_that_its_page_names_else_in_that_of_its_words(named: str, language: str) -> None:
    text, page = ENGLISH.encode(), f"<html{named}><body><article><h1>Talks</h1><p>{ENGLISH}</p></article></body></html>"
    assert read(Source(raw=page.encode(), media="html")).document.language == language
    assert read(Source(raw=text, media="text")).document.language == "en"


def test_a_few_words_of_others_inside_english() -> None:
    assert written_in(f"{ENGLISH} {ENGLISH} {OTHERS['French']}", "en")

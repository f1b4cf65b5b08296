"""The quotes that an article prints: pieces around a cue are one, nested ones are checked each."""

from __future__ import annotations

import pytest

from onrecord import read
from onrecord.check import Quote, quotes_of
from onrecord.nouns import Source

ARTICLE = """OSTREV, March 11 (KarsTel) - “We will not sign the treaty,” said press secretary Mara Lindqvist, “before the harbour is open.”

Lindqvist said that the talks were “a very useful step” and that the drawings were “sent to the contractors yesterday”.

“The mayor told me: ‘We owe you everything’,” harbour master Pavel Ostrow said.

The film “Salt” opens on Friday."""  # noqa: E501


@pytest.fixture(scope="module")
def quotes() -> dict[str, Quote]:
    reading = read(Source(raw=ARTICLE.encode(), published="2031-03-11"))
    found = quotes_of(reading)
    text = reading.document.text
    assert all(text[quote.at : quote.at + len(quote.text)] == quote.text for quote in found)
    assert [quote.at for quote in found] == sorted(quote.at for quote in found)
    assert len({quote.id for quote in found}) == len(found)
    return {quote.text: quote for quote in found}


def test_pieces_around_a_cue_are_one(quotes: dict[str, Quote]) -> None:
    [quote] = [quote for quote in quotes.values() if quote.pieces]
    pieces = [quote.text[slice(*piece)] for piece in quote.pieces]
    assert pieces == ["We will not sign the treaty,", "before the harbour is open."]
    assert quote.speaker.names == ("Mara Lindqvist", "Lindqvist") and "press secretary" in quote.speaker.roles
    assert quote.day == "2031-03-11"


def test_fragments_of_an_indirect_statement_are_quotes_each(quotes: dict[str, Quote]) -> None:
    one, other = quotes["a very useful step"], quotes["sent to the contractors yesterday"]
    assert one.id != other.id and not one.pieces
    assert one.speaker.names[0] == other.speaker.names[0] == "Mara Lindqvist"


def test_a_nested_quote_is_checked_by_itself_too(quotes: dict[str, Quote]) -> None:
    assert "We owe you everything" in quotes
    [outer] = [text for text in quotes if text.startswith("The mayor told me")]
    assert quotes[outer].speaker.names == ("Pavel Ostrow",)


def test_the_name_of_a_film_is_no_quote(quotes: dict[str, Quote]) -> None:
    assert "Salt" not in quotes


def test_a_page_that_says_it_is_in_another_language() -> None:
    page = ARTICLE.replace("\n", "<p>")
    foreign = read(Source(raw=f'<html lang="fr"><body><article><p>{page}</article></body></html>'.encode()))
    assert foreign.document.language == "fr" and len(quotes_of(foreign)) > 3

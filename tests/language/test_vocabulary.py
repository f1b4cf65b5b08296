"""The tables of spaCy's vocabulary over a long run: as large as they were, and nothing is read otherwise for it."""

from __future__ import annotations

from onrecord.language.parser import load, parse
from onrecord.language.vocabulary import _cut, cut_for_good, tidy
from tests.strategies import document

TEXT = "Talks planned for Friday, June 13, were put off; Oskar Brandt, who led them, can't fly to Port Selm."


def test_words_that_never_come_again_do_not_enlarge_the_tables() -> None:
    pipeline = load("en")
    strings = pipeline.vocab.strings
    tidy(pipeline.vocab, 0)
    size, words = strings._map.capacity, len(strings)
    for number in range(60):
        with pipeline.memory_zone():
            pipeline.make_doc(" ".join(f"Mer{number}eth{each}" for each in range(2_000)))
        tidy(pipeline.vocab)
    assert len(strings) == words
    assert strings._map.capacity == size, "else spaCy forgets places too by now, and `tidy` can go"
    with pipeline.memory_zone():
        assert "Mer0eth0" not in strings


def test_what_is_read_is_the_same_behind_tables_that_were_made_anew() -> None:
    pipeline = load("en")
    norm = dict(pipeline.vocab.lex_attr_getters)
    ((_, before, _),) = parse([document(TEXT)])
    for _ in range(3):
        with pipeline.memory_zone():
            pipeline.make_doc("Lunoria Velmark Karsenia")
        tidy(pipeline.vocab, 0)
        ((_, after, _),) = parse([document(TEXT)])
        assert after == before
    assert pipeline.vocab.lex_attr_getters == norm
    assert [token.text for token in before if token.text in {"ca", "n't"}] == ["ca", "n't"]


def test_tables_with_few_places_of_forgotten_words_are_left() -> None:
    pipeline = load("en")
    kept = pipeline.vocab.strings._map
    tidy(pipeline.vocab, len(kept))
    assert pipeline.vocab.strings._map is kept


def test_what_comes_again_is_remembered_and_cut_as_ever() -> None:
    pipeline = load("en")
    text = "(can't Brandt-led U.S.-Karsenian 9a.m. £3m. didn't, “Selmark.” can't"
    with pipeline.memory_zone():
        before = [token.text for token in pipeline.make_doc(text)]
    cut_for_good(pipeline, [text] * 2)
    assert set(text.split()) <= _cut(pipeline)
    with pipeline.memory_zone():
        assert [token.text for token in pipeline.make_doc(text)] == before
    assert "Selmark" in pipeline.vocab.strings, "what is remembered is known outside of zones"
    tidy(pipeline.vocab, 0)
    with pipeline.memory_zone():
        assert [token.text for token in pipeline.make_doc(text)] == before


def test_what_comes_once_and_what_comes_late_is_not_remembered() -> None:
    pipeline = load("en")
    cut_for_good(pipeline, ["Velmerany"])
    cut_for_good(pipeline, ["Velmerany Dravikly Dravikly"], len(_cut(pipeline)))
    assert _cut(pipeline).isdisjoint({"Velmerany", "Dravikly"})
    cut_for_good(pipeline, ["Dravikly Dravikly Selmly Selmly"], len(_cut(pipeline)) + 1)
    assert "Dravikly" in _cut(pipeline) and "Selmly" not in _cut(pipeline)

"""No normalisation and no table entry without a case that needs it: each is switched off by itself, and the case shows.

A case is a quote of the briefing and what is found of it; with the normalisation off, something else must be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import astuple

from onrecord.check import ladder, laying, printed, record, weight, words
from onrecord.check.weight import weigh
from onrecord.tables import table
from tests.check.briefing import LINDQVIST, found, original, transcript

_NEVER = re.compile(r"(?!)")


def forget() -> None:
    """Have quotes and records be read anew."""
    for each in (ladder.told, ladder.hold, ladder._record, ladder._text):
        each.cache_clear()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No other test sees what was read with something switched off."""
    yield
    forget()


def seen(quote: str) -> object:
    """All that is found of a quote, its transcript read anew."""
    forget()
    finding = found(quote, LINDQVIST, held=[original(transcript())])
    return finding.verdict, [(edit.kind, *astuple(edit)[3:]) for edit in finding.edits]


def without(owner: Any, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(owner, name, value)


def changed(**fields: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """The table of changes with other ``fields``."""

    def put(patch: pytest.MonkeyPatch) -> None:
        told = weight._changes("en")._replace(**fields)
        weight._written_otherwise.cache_clear()
        patch.setattr(weight, "_changes", lambda _: told)

    return put


def case_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(printed, "words_of", lambda *a: [w._replace(key=w.shown) for w in words.words_of(*a)])


NORMALISATIONS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "apostrophes": (without(words, "_APOSTROPHES", {}), "I can't promise that the Dalgard ferry will sail"),
    "unseen characters": (without(words, "_SEEN", _NEVER), "The president will not sign the grain trea\u00adty"),
    "case in comparing": (case_kept, "THE president will not sign the grain treaty before Friday"),
    "hyphens part words": (
        without(words, "_WORD", re.compile(words._WORD.pattern.replace(r"[\w", r"[-\w"))),
        "we are well prepared for that, and the minister announces the day",
    ),
    "what nobody said": (without(record, "not_said", lambda _: []), "about the harbour and the price of salt"),
    "words broken at the end of a line": (without(record, "_LINE_END", _NEVER), "the cooperation of the port"),
    "brackets inside a word": (without(printed, "_LETTER_INSIDE", _NEVER), "the minister announce[d] the day himself"),
    "elisions without blanks": (without(printed, "_ELISION", _NEVER), "The president will not...treaty before Friday"),
    "marks": (without(printed, "marks_in", lambda *_: []), "The president [of Velmark] will not sign the grain treaty"),
    "ends of sentences": (without(laying, "_SENTENCE_END", _NEVER), "sign the grain treaty before Friday tomorrow"),
    "written out": (without(weight, "_written_out", lambda *_: set()), "He is going to meet Senator Brandt in Mereth"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh() -> Any:
    yield
    weight._written_otherwise.cache_clear()


def test_accents_are_compared_however_they_are_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "MS. LINDQVIST:  The cafe\u0301s of Mereth will stay open.\n\nQ  Why?\n\nMS. LINDQVIST:  They must."

    def verdict() -> str:
        forget()
        return found("The caf\u00e9s of Mereth will stay open", held=[original(transcript(text))]).verdict

    assert verdict() == "verbatim"
    off = type("Off", (), {"normalize": staticmethod(lambda form, text: text)})
    monkeypatch.setattr(words, "unicodedata", off)
    monkeypatch.setattr("onrecord.page.plain.unicodedata", off, raising=False)
    assert verdict() == "altered"


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_a_normalisation_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    off, quote = NORMALISATIONS[name]
    before = seen(quote)
    off(monkeypatch)
    assert seen(quote) != before


CLASSES = {
    "negation": ("nowhere", "somewhere"),
    "modal": ("shall", "do"),
    "order": ("afterwards then", "afterwards"),
    "quantifier": ("most", "the"),
    "number": ("seven", "lucky"),
    "date": ("tomorrow", "elsewhere"),
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_of_words_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (each.split() for each in CLASSES[name])
    assert weigh(one, other) == ("sense", name)
    changed(classes={**weight._changes("en").classes, name: frozenset()})(monkeypatch)
    assert weigh(one, other) != ("sense", name)


def test_words_of_form_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert weigh(["quite"], ["really"]) == ("form", "function")
    changed(function=frozenset())(monkeypatch)
    assert weigh(["quite"], ["really"]).weight == "sense"


TOLD = table("check", "en", "changes")


@pytest.mark.parametrize("pair", [tuple(pair) for pair in TOLD["tense"]])
def test_a_pair_of_tenses_is_needed(pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert weigh([pair[0]], [pair[1]]) == ("sense", "tense")
    changed(tense=weight._changes("en").tense - {frozenset(pair)})(monkeypatch)
    assert weigh([pair[0]], [pair[1]]).weight == "form"


def lacking(name: str, key: str) -> Callable[[pytest.MonkeyPatch], None]:
    held = getattr(weight._changes("en"), name)
    return changed(**{name: {each: value for each, value in held.items() if each != key}})


@pytest.mark.parametrize("word", TOLD["contractions"])
def test_a_contraction_is_needed(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = TOLD["contractions"][word].split()
    assert weigh([word], out) == ("form", "contraction")
    lacking("contractions", word)(monkeypatch)
    assert weigh([word], out) != ("form", "contraction")


@pytest.mark.parametrize("ending", TOLD["endings"])
def test_the_ending_of_a_contraction_is_needed(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for out in TOLD["endings"][ending]:
        assert weigh([f"harbour{ending}"], ["harbour", out]) == ("form", "contraction")
    lacking("endings", ending)(monkeypatch)
    assert weigh([f"harbour{ending}"], ["harbour", TOLD["endings"][ending][0]]) != ("form", "contraction")


@pytest.mark.parametrize("word", TOLD["short"])
def test_what_is_written_short_is_needed(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = TOLD["short"][word].split()
    assert weigh([word], long) == ("form", "short")
    lacking("short", word)(monkeypatch)
    assert weigh([word], long) != ("form", "short")


@pytest.mark.parametrize("british", TOLD["spelling"])
def test_a_spelling_is_needed(british: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = [f"brom{british}"], [f"brom{TOLD['spelling'][british]}"]
    assert weigh(*pair) == ("form", "spelling")
    lacking("spelling", british)(monkeypatch)
    assert weigh(*pair) != ("form", "spelling")


@pytest.mark.parametrize("word", TOLD["variants"])
def test_a_variant_is_needed(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = TOLD["variants"][word].split()
    assert weigh([word], other) == ("form", "variant")
    lacking("variants", word)(monkeypatch)
    assert weigh([word], other) != ("form", "variant")

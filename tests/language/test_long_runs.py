"""Runs of thousands of marks without a blank, and lists of thousands of people: read in time, no character lost."""

from __future__ import annotations

import time

import pytest

from onrecord.language import lay
from onrecord.language.parser import parse
from tests.strategies import document

RUNS = [
    "“" * 20_000,
    "[" * 10_000 + "(" * 10_000,
    "&" * 100_000,
    "a" * 100_000,
    "-" * 201,
    "https://x.example/" + "a/" * 400,
]


@pytest.mark.parametrize("run", RUNS)
def test_every_character_stands_in_a_token_at_its_place(run: str) -> None:
    text = f"The talks are off, she said. {run} The envoy left Mereth on Monday."
    started = time.process_time()
    ((_, tokens, _),) = parse([document(text)], "en")
    spent = time.process_time() - started
    assert all(text[token.start : token.end] == token.text for token in tokens)
    covered = {at for token in tokens for at in range(token.start, token.end)}
    assert all(at in covered or character.isspace() for at, character in enumerate(text))
    assert {"talks", "envoy", "Mereth"} <= {token.text for token in tokens}
    assert spent < 30, "seconds; without the cut these take minutes"


def test_words_around_a_run_are_tokens_as_ever() -> None:
    text = "The talks aren't off, she said (twice). The envoy's car left."
    ((_, plain, _),) = parse([document(text)], "en")
    ((_, beside, _),) = parse([document(f"{text} {'x' * 300}")], "en")
    assert [t.text for t in beside][: len(plain)] == [t.text for t in plain]


SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
CROWDS = [
    "“" + "He said that Anton Velik told him. " * 1_700 + "”",
    "Anton Velik met Oskar Brandt and he told him; " * 1_300,
    "".join(
        f"{first}{second}ian minister Anton {second.title()}{first} met a minister. The minister left. "
        for first in map(str.title, SYLLABLES)
        for second in SYLLABLES[:18]
    ),
]


@pytest.mark.parametrize("text", CROWDS, ids=["quotation", "sentence", "ministers"])
def test_who_is_who_takes_less_time_than_the_parser(text: str) -> None:
    ((read, tokens, sentences),) = parse([document(text)], "en")
    started = time.process_time()
    assert lay(read, tokens, sentences).mentions
    assert time.process_time() - started < 3, (
        "seconds; each of these took longer, and four times that at twice the length"
    )

"""What lies ahead: by the verb, by the noun's place, and not by a future that is of something else."""

from __future__ import annotations

import pytest

from onrecord.language import annotate
from onrecord.language.outlook import Outlook
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.tables import table


def ahead(text: str, word: str) -> bool:
    (annotated,) = annotate([read_page(Source(raw=text.encode(), media="text", charset="utf-8"))])
    outlook = Outlook.of(table("language", "en", "times")["words"], annotated.tokens)
    (at,) = (token.i for token in annotated.tokens if token.text == word)
    return outlook.direction(at) > 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The yard will launch the ship.", "launch"),
        ("The council is meeting on Friday.", "meeting"),
        ("A hearing has been scheduled in the capital.", "hearing"),
        ("The ministry offered funding for the school.", "funding"),
        ("Stocks rose on hopes of a recovery.", "recovery"),
        ("The firm is considering selling its bakeries.", "selling"),
    ],
)
def test_what_lies_ahead(text: str, word: str) -> None:
    assert ahead(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The council is meeting.", "meeting"),
        ("The bank launches a faster phone.", "launches"),
        ("The firm began to sell bread.", "sell"),
        ("The bill failed to pass.", "pass"),
        ("The navy will search for wreckage following the disaster.", "disaster"),
        ("The firm will cut costs.", "costs"),
    ],
)
def test_what_does_not(text: str, word: str) -> None:
    assert not ahead(text, word)

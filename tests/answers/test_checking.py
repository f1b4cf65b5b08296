"""`onrecord.check`: words, quotes with their speakers and articles, against ledgers and transcripts."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

import onrecord
from tests.answers.conftest import STORY

BRIEFING = STORY / "03-briefing.txt"


def test_check_is_the_verb_although_a_room_has_the_name() -> None:
    from onrecord.check import Finding

    assert callable(onrecord.check) and not isinstance(onrecord.check, ModuleType)
    assert Finding.__module__.startswith("onrecord.check.")


def test_an_article_against_a_transcript() -> None:
    article = onrecord.read(STORY / "06-wrong-quote.html")
    by_path = onrecord.check(STORY / "06-wrong-quote.html", BRIEFING)
    assert [each.verdict for each in by_path] == ["altered", "altered", "verbatim", "verbatim", "not found", "verbatim"]
    assert {each.article for each in by_path} == {article.document.id}
    assert onrecord.check(article, str(BRIEFING)) == by_path


def test_several_of_all_kinds(ledger: onrecord.Ledger) -> None:
    quote = onrecord.PrintedQuote(id="q7", quote="Nobody goes first", speaker="Irena Dalgard")
    found = onrecord.check(["Nobody goes first", quote], ledger)
    assert [each.id for each in found] == ["quote", "q7"]
    assert [each.verdict for each in found] == ["verbatim", "elsewhere"]


def test_what_cannot_be_read_is_named(ledger: onrecord.Ledger, tmp_path: Path) -> None:
    with pytest.raises(onrecord.UnreadableInput, match=r"gone\.html"):
        onrecord.check(tmp_path / "gone.html", ledger)
    with pytest.raises(onrecord.UnreadableInput, match=r"gone\.txt"):
        onrecord.check("Nobody goes first", tmp_path / "gone.txt")


def test_one_reading_of_one_document() -> None:
    with pytest.raises(onrecord.UnreadableInput, match="several documents"):
        onrecord.read(STORY)
    assert onrecord.read(str(BRIEFING)).document.kind == "transcript"
    assert len(list(onrecord.read_many([BRIEFING, STORY / "01-mooted.html"]))) == 2

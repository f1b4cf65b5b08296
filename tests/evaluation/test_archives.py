"""The archive in which everything is wrong is what it says it is, and nothing whole of it is lost unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.archives import (
    DISGUISED,
    FATES,
    NO_PAGES,
    REFUSALS,
    Made,
    found_in,
    held_against,
    made,
    pages_of,
    read_of,
)
from evaluation.benchmarks import SAMPLES

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from onrecord.page import read_page

COMMON = ("damaged", "too short", "too long", "no page", "refused", DISGUISED, "not unpacked", "twice", "junk before")


@pytest.fixture
def archive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Made:
    """An archive of a seed, in which every fate is common but what unpacks to much."""
    monkeypatch.setattr("evaluation.archives.FATES", dict.fromkeys(COMMON, 9_000))
    return made(400, pages_of([str(SAMPLES)]), request.param)


@pytest.mark.parametrize("archive", [1, 2], indirect=True)
def test_everything_whole_is_read_and_everything_else_listed(archive: Made) -> None:
    assert archive.fates.keys() == {*COMMON, "whole", "breaks off"} and FATES.keys() >= set(COMMON)
    assert len(archive.no_pages) == len(NO_PAGES) + len(REFUSALS)
    assert read_of(archive, *found_in(archive.raw)).is_all


@pytest.mark.parametrize("archive", [1], indirect=True)
def test_what_is_lost_or_not_listed_is_noticed(archive: Made) -> None:
    read, problems = found_in(archive.raw)
    disguised = {each.number for each in archive.wrong if each.fate == DISGUISED}
    there = [each for each in read if each not in disguised]
    expected = [each for each in archive.wrong if each.fate != DISGUISED]
    assert held_against(archive, there, problems, expected).is_all
    assert held_against(archive, there[:-1], problems, expected).kept < 100
    assert held_against(archive, read, problems, expected).true < 100
    assert held_against(archive, there, problems, archive.wrong).listed < 100
    assert held_against(archive, there, problems[1:], expected).listed < 100
    *listed, closing = problems
    more = UnreadableInput(closing.where, closing.reason.replace(" image/png", "0 image/png"))
    assert held_against(archive, there, [*listed, more], expected).counted < 100
    assert read_of(archive, [*read, read[-1]], problems).true < 100, "no page comes twice that was there once"


def test_texts_become_pages_that_say_what_was_known_of_them(tmp_path: Path) -> None:
    text = "Dalgard & Velik <meet>\n\nThe summit is on 22 May, the spokesman said on Monday.\n\nNobody disagreed."
    said = {"id": "a", "text": text, "published": "2031-04-15", "outlet": "The Courier"}
    (tmp_path / "texts.jsonl").write_text(json.dumps(said) + "\n")
    (page,) = pages_of([str(tmp_path / "texts.jsonl")])
    document = read_page(Source(raw=page))
    assert (document.title, document.outlet) == ("Dalgard & Velik <meet> The summit is on 22 May, the…", "The Courier")
    assert document.published is not None and document.published.value == "2031-04-15"
    assert "The summit is on 22 May, the spokesman said on Monday." in document.text
    assert pages_of([str(SAMPLES / "02-planned.html")]) == [(SAMPLES / "02-planned.html").read_bytes()]

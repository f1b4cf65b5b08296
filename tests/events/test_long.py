"""A long paragraph is read in a time that grows as it does: counted in calls, which no other program makes more."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Source
from onrecord.page import read_page

TOLD = (
    "The vote on the budget was put off; the new date is 19 October 2031. Two days before the polls open on 25 March, "
    "the rivals will meet in Selm. The ban stands until 3 June, when parliament will debate the bill. The board will "
    "hold a meeting, beginning on 3 May. He said so in 2029 when he visited Selm. She arrives tomorrow on a visit. "
)


def calls(text: str) -> int:
    """Return how many calls finding the events of a text takes in the code of onrecord."""
    made = 0

    def count(frame: FrameType, event: str, _: Any) -> None:
        nonlocal made
        made += event == "call" and "onrecord" in frame.f_code.co_filename

    (annotated,) = annotate([read_page(Source(raw=text.encode(), media="text", published="2031-03-11"))])
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_events(annotated, ())
    finally:
        sys.setprofile(before)
    return made


def test_four_times_the_text_takes_four_times_the_calls() -> None:
    calls(TOLD)
    few, many = calls(TOLD * 20), calls(TOLD * 80)
    assert 3 * few < many < 5 * few

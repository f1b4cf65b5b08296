"""Events of which a document tells too little to count by itself."""

from __future__ import annotations

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.statements import find_statements
from tests.events.reading import TOLD_ON


def test_what_neither_words_nor_tagger_make_likely_is_kept_beside_the_events() -> None:
    text = "Commuters can breathe again: Monday's tram strike is off for now."
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    found = find_events(annotated, find_statements(annotated), ())
    assert found.events == ()
    [strike] = found.faint
    assert (strike.id, strike.kind, strike.status, text[slice(*strike.span)]) == (
        "w1",
        "protest",
        "postponed",
        "tram strike",
    )
    assert strike.confidence < 0.32

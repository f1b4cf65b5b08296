"""Windows of word pieces: nothing is left out, nothing stands twice, and what is told beside the pieces is true."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.quotations import find_quotations
from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.statements.tagger.windows import CLS, LENGTH, SEP, SHAPES, STATES, Window, tokenizer, windows

TEXT = 'Ines Reyk SAID: "We close the McGate 3 ‘tomorrow’."\n\nShe didn’t.\n\n' + "All went home, it rained. " * 120


def laid(text: str, length: int = LENGTH) -> tuple[Document, list[Window]]:
    document = read_page(Source(raw=text.encode(), media="text", charset="utf-8"))
    return document, windows(document, find_quotations(document), length)


def test_every_piece_stands_in_one_window() -> None:
    document, found = laid(TEXT)
    places = [place for window in found for place in zip(window.starts, window.ends, strict=True) if place[0] >= 0]
    assert places == sorted(set(places))
    whole = sum(
        len(tokenizer().encode(document.text[slice(*b.span)], add_special_tokens=False)) for b in document.blocks
    )
    assert len(places) == whole


TALK = (
    "The hall filled early, and the doors were shut at nine.\n\n"
    "Q: Will the premier travel to Velmora next week?\n\n"
    "MS. ODRIN: She will meet the president of Velmora in Sarn on Tuesday.\n\n"
    "Q: And the budget?\n\n"
    "MS. ODRIN: The committee said that it can wait.\n"
)


def test_turns_have_windows_of_their_own() -> None:
    document = read_page(Source(raw=TALK.encode(), media="text", charset="utf-8"))
    prose, turns = (windows(document, (), turns=which) for which in (False, True))
    spans = {
        kind: [block.span for block in document.blocks if (block.kind == "turn") == kind] for kind in (False, True)
    }
    assert spans[False] and spans[True]
    for which, found in ((False, prose), (True, turns)):
        places = [start for window in found for start in window.starts if start >= 0]
        assert places == sorted(places) and places
        assert all(any(a <= start < b for a, b in spans[which]) for start in places)


def test_a_window_is_framed_and_never_too_long() -> None:
    for length in (32, LENGTH):
        _, found = laid(TEXT, length)
        assert len(found) > 2
        for window in found:
            assert len(window.ids) <= length and window.ids[0] == CLS and window.ids[-1] == SEP
            assert len({len(column) for column in window}) == 1


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    document, found = laid(TEXT)
    for window in found[1:-1]:
        assert document.text[window.starts[-2] : window.ends[-2]] == "."


def told(window: Window, document: Document, column: str) -> dict[str, int]:
    values = getattr(window, column)
    return {
        document.text[start:end]: value
        for start, end, value in zip(window.starts, window.ends, values, strict=True)
        if start >= 0
    }


def test_capital_letters_are_told_apart() -> None:
    document, [window, *_] = laid(TEXT)
    shapes = told(window, document, "shapes")
    assert shapes["SAID"] == SHAPES["upper"] and shapes["We"] == SHAPES["title"] and shapes["3"] == SHAPES["digit"]
    assert shapes["close"] == SHAPES["lower"] and shapes[":"] == SHAPES["none"]
    assert SHAPES["inner"] in shapes.values()


def test_the_state_of_quotation_is_told_and_marks_are_written_alike() -> None:
    document, [window, *_] = laid(TEXT)
    states = told(window, document, "states")
    assert (states["SAID"], states["We"], states["tomorrow"]) == (
        STATES["outside"],
        STATES["inside"],
        STATES["nested"],
    )
    assert states["She"] == STATES["outside"]
    straight = laid("Reyk said “we go” and left.")[1][0].ids
    assert straight == laid('Reyk said "we go" and left.')[1][0].ids == laid("Reyk said «we go» and left.")[1][0].ids


def test_turns_of_a_transcript_are_left_out() -> None:
    text = "PRESS BRIEFING\n\nMS. REYK: Good morning, and thank you.\n\nQ When does it open?\n\nMS. REYK: In May."
    document, found = laid(text)
    turns = [block.span for block in document.blocks if block.kind == "turn"]
    assert turns
    for window in found:
        assert not [start for start in window.starts for low, high in turns if low <= start < high]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_has_windows_inside_it(text: str) -> None:
    text = "Reyk spoke. " + text
    document, found = laid(text, 48)
    for window in found:
        for start, end in zip(window.starts, window.ends, strict=True):
            assert start == end == -1 or 0 <= start < end <= len(document.text)

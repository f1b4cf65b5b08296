from __future__ import annotations

import pytest

from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.page.transcript import label, turns

from .faithful import check

BRIEFING = """Presidential Palace, Ostrev

11:05 A.M.

MS. LINDQVIST:  Good morning. I have one announcement on the talks in Mereth.

The president will meet the delegation tomorrow. (Laughter.) That is all.

Q  Has a day been set?

MS. LINDQVIST:  No.

Q    And the venue?

SECRETARY McTARN (via telephone): Nothing is settled.

THE PRESIDENT:  I would add that we are ready.

END

11:20 A.M."""


def spoken(raw: bytes) -> list[tuple[str, str | None, str]]:
    document = read_page(Source(raw=raw))
    check(document, raw)
    assert document.kind == "transcript"
    return [(b.kind, b.speaker, document.text[slice(*b.span)]) for b in document.blocks]


EXPECTED = [
    ("turn", "MS. LINDQVIST", "MS. LINDQVIST:"),
    ("turn", "MS. LINDQVIST", "The president "),
    ("turn", "Q", "Q  Has a day b"),
    ("turn", "MS. LINDQVIST", "MS. LINDQVIST:"),
    ("turn", "Q", "Q    And the v"),
    ("turn", "SECRETARY McTARN (via telephone)", "SECRETARY McTA"),
    ("turn", "THE PRESIDENT", "THE PRESIDENT:"),
]


def test_a_briefing_as_turns() -> None:
    found = spoken(BRIEFING.encode())
    assert [(kind, who, text[:14]) for kind, who, text in found if kind == "turn"] == EXPECTED
    assert [who for kind, who, _ in found if kind != "turn"] == [None] * 4
    assert "(Laughter.)" in found[3][2]


def test_a_briefing_as_a_page() -> None:
    body = "".join(f"<p>{line}</p>\n" for line in BRIEFING.split("\n\n"))
    raw = f"<html><title>Briefing</title><body><article><h1>Briefing</h1>{body}</article></html>".encode()
    found = [(kind, who) for kind, who, _ in spoken(raw) if kind == "turn"]
    assert found == [(kind, who) for kind, who, _ in EXPECTED]


def test_turns_in_lines_without_blank_lines_between() -> None:
    raw = "\n".join(line for line in BRIEFING.split("\n") if line).encode()
    assert [who for kind, who, _ in spoken(raw) if kind == "turn"] == [who for _, who, _ in EXPECTED]


def test_an_interview_by_names() -> None:
    raw = (
        b"Lena Marsk: Are you ready for the talks?\n\nTomas Reyk: We are ready.\n\nLena Marsk: For what?\n\n"
        b"Tomas Reyk: For all of it.\n\nIt has been a long year.\n"
    )
    assert [who for _, who, _ in spoken(raw)] == ["Lena Marsk", "Tomas Reyk", "Lena Marsk", "Tomas Reyk", "Tomas Reyk"]


def test_nobody_is_known_to_speak_after_words_left_out() -> None:
    lines = ["Q Where?", "MS. LINDQVIST: In Mereth.", "[…]", "It is a good place.", "Q When?", "MS. LINDQVIST: Soon."]
    assert [turn.speaker for turn in turns(lines) or []] == ["Q", "MS. LINDQVIST", None, None, "Q", "MS. LINDQVIST"]


@pytest.mark.parametrize(
    "text",
    [
        "OSTREV: President Anton Velik will travel to Mereth.\n\nHis office said so on Monday.\n\nNote: no day is set.",
        "VELMARK:\n\nDead: 12\n\nInjured: 40\n\nKARSENIA:\n\nDead: 3\n\nInjured: 11\n\nThe two have counted again.",
        "Velik said: “We are ready.”\n\nReyk said: “We are not.”\n\nThe talks: a short history of what was said.",
        "A ferry is late\n\nQ Line ships wait.\n\nA ferry waits.\n\nQ Line is silent.\n\nA ferry sinks.",
        "WHO: President Velik\n\nWHAT: Talks\n\nWHEN: Monday at noon\n\nWHERE: Mereth, at the lake",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    document = read_page(Source(raw=text.encode()))
    assert document.kind == "article"
    assert all(block.speaker is None for block in document.blocks)


def test_labels() -> None:
    assert label("MR. McTARN:  Yes.") == "MR. McTARN"
    assert label("Q  Why?") == "Q"
    assert label("Question time in Ostrev") is None
    assert label("Q3 results were good: very") is None


def test_the_day_in_the_head_of_a_transcript_is_found_below_its_office_and_room() -> None:
    head = BRIEFING.replace("\n\n11:05 A.M.", "\n\nBriefing Room\n\nMay 20, 2031\n\n11:05 A.M.", 1)
    published = read_page(Source(raw=head.encode())).published
    assert published is not None and (published.value, published.source) == ("2031-05-20", "text")
    below = BRIEFING.replace("END\n", "May 20, 2031\n")
    assert read_page(Source(raw=below.encode())).published is None


@pytest.mark.parametrize(
    "line",
    [
        "END 11:20 A.M.",
        "END               11:20 A.M. VST",
        "END",
        "-END-",
        "- END -",
        "(End)",
        "[End of transcript]",
        "End of briefing.",
        "###",
        "-30-",
        "* * *",
        "11:20 A.M.",
        "(Applause.)",
        "[Applause]",
    ],
)
def test_the_last_speaker_does_not_say_the_closing_line(line: str) -> None:
    raw = BRIEFING.replace("END\n\n11:20 A.M.", line).encode()
    assert [who for _, who, text in spoken(raw) if text == line[:14] or text == line[2:]] in ([None], [])
    assert [who for kind, who, _ in spoken(raw) if kind == "turn"] == [who for _, who, _ in EXPECTED]


@pytest.mark.parametrize("line", ["End it now, I say.", "Ends justify nothing.", "(Laughs.) We are ready.", "30 days"])
def test_words_that_begin_like_a_closing_line_are_spoken(line: str) -> None:
    raw = BRIEFING.replace("END\n", f"{line}\n").encode()
    assert spoken(raw)[-2][:2] == ("turn", "THE PRESIDENT")


def test_a_speaker_goes_on_after_a_note_in_brackets() -> None:
    lines = [
        "Q Where?",
        "MS. LINDQVIST: In Mereth.",
        "(Laughter.)",
        "It is a good place.",
        "END",
        "All rights reserved.",
    ]
    assert [turn.speaker for turn in turns(lines) or []] == ["Q", "MS. LINDQVIST", None, "MS. LINDQVIST", None, None]

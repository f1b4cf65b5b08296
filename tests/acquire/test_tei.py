"""Transcripts in TEI become texts with turns; what is damaged or holds no speech is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.acquire import open_paths
from onrecord.acquire.tei import read_tei
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from onrecord.page import read_page

HEAD = (
    '<?xml version="1.0"?><!-- kept by the archive --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>'
    '<title>The harbour hearing</title><date when="2031-03-02"/>'
    '<person xml:id="roux"><persName><surname>Roux</surname><forename>Elin</forename></persName></person>'
    "</teiHeader><text><body>"
)
TAIL = "</body></text></TEI>"
BODY = (
    '<u who="#roux">The harbour <pause/>will close &amp; stay closed.<note>[sic]</note></u>'
    '<u who="#tavi"><seg>When?</seg><seg>And why?</seg></u>'
    '<u who="#roux">On Friday. <vocal><desc>laughs</desc></vocal></u>'
    '<sp who="#tavi"><speaker>MR. TAVI</speaker><p>I see.</p></sp>'
)


def test_utterances_are_turns_with_names_from_the_header(tmp_path: Path) -> None:
    path = tmp_path / "hearing.xml"
    path.write_text(HEAD + BODY + TAIL, encoding="utf-8")
    [source] = open_paths([str(path)])
    assert isinstance(source, Source)
    document = read_page(source)
    assert document.text.split("\n\n") == [
        "ELIN ROUX:  The harbour will close & stay closed.",
        "TAVI:  When? And why?",
        "ELIN ROUX:  On Friday. (laughs)",
        "MR. TAVI:  I see.",
    ]
    assert document.kind == "transcript" and document.title == "The harbour hearing"
    assert document.published is not None and document.published.value == "2031-03-02"
    assert {block.speaker for block in document.blocks} == {"ELIN ROUX", "TAVI", "MR. TAVI"}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (HEAD + BODY, "the XML is damaged"),
        (HEAD + "<p>A text of which nobody speaks.</p>" + TAIL, "no utterances"),
        (HEAD + "<u who='#roux'> </u>" + TAIL, "no utterances"),
    ],
)
def test_what_is_no_transcript_is_told(raw: str, told: str) -> None:
    with pytest.raises(UnreadableInput, match=told):
        read_tei(raw.encode(), "hearing.xml")


def test_nothing_outside_the_file_is_taken_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the harbour", encoding="utf-8")
    raw = (
        f'<!DOCTYPE TEI [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        "<TEI><text><u who='#roux'>We say &s; nothing.</u><u who='#tavi'>No.</u></text></TEI>"
    )
    assert read_tei(raw.encode(), "a.xml").raw.decode() == "ROUX:  We say nothing.\n\nTAVI:  No."


def test_a_bomb_of_entities_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    raw = f'<!DOCTYPE TEI [<!ENTITY e0 "boom">{entities}]><TEI><text><u who="#roux">We say &e9;.</u></text></TEI>'
    with pytest.raises(UnreadableInput, match="the XML is damaged"):
        read_tei(raw.encode(), "bomb.xml")

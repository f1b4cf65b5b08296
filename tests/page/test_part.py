"""What is read of a very long document."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import onrecord.page.part
from onrecord.nouns import Document, Source
from onrecord.page import part_end, part_read, read_page
from onrecord.page.limits import LIMITS
from onrecord.reading import read
from tests.page.faithful import check

SAID = "“We will meet on 4 June,” said Mara Lindqvist, the press secretary, on Monday. "


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let no more be read than some hundred characters."""
    monkeypatch.setattr(onrecord.page.part, "LIMITS", replace(LIMITS, read=400))
    return 400


def long(text: str) -> Document:
    return read_page(Source(raw=text.encode(), media="text", published="2031-05-22"))


def test_a_text_up_to_the_limit_is_read_whole() -> None:
    document = long("word " * (LIMITS.read // 5 - 1))
    assert part_read(document) is document and part_end(document) == len(document.text)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (SAID * 20, "on Monday."),
        ("".join(f"{n} visits: {SAID}\n\n" for n in range(20)), "on Monday."),
        ("word and " * 90, " word"),
        ("W" * 900, "W" * 400),
    ],
    ids=["sentences", "paragraphs", "words", "one word"],
)
def test_the_part_ends_behind_a_sentence_where_there_is_one(short: int, text: str, ends: str) -> None:
    document = long(text)
    part = part_read(document)
    assert short - len(SAID) - 20 <= len(part.text) <= short and part.text.endswith(ends)
    assert document.text.startswith(part.text)
    assert part.blocks[-1].span[1] == len(part.text) and part.blocks[:-1] == document.blocks[: len(part.blocks) - 1]


@pytest.mark.usefixtures("short")
def test_the_rest_is_kept_and_said_to_be_unread() -> None:
    source = Source(raw=(SAID * 20).encode(), media="text", published="2031-05-22")
    whole = read_page(source)
    end = part_end(whole)
    reading = read(source)
    alone = read(Source(raw=whole.text[:end].encode(), media="text", published="2031-05-22"))
    assert (reading.document.text, reading.document.blocks) == (whole.text, whole.blocks)
    assert reading.statements == alone.statements and reading.events == alone.events and alone.statements
    (unread,) = [each for each in reading.warnings if each.kind == "unread"]
    assert unread.span == (end, len(whole.text)) and f"the first {end} were read" in unread.message
    assert not [each for each in (*alone.warnings, *reading.warnings) if each.kind == "truncated"]


@pytest.mark.usefixtures("short")
def test_of_another_language_nothing_is_said_to_be_read() -> None:
    reading = read(Source(raw=("Wir treffen uns am vierten Juni in Ostrau, sagte sie. " * 20).encode(), media="text"))
    assert [each.kind for each in reading.warnings if each.kind in ("language", "unread")] == ["language"]


@pytest.mark.parametrize("media", ["text", "html"])
def test_a_paragraph_of_five_megabytes_is_a_document(media: str) -> None:
    words = SAID * (5_000_000 // len(SAID))
    data = f"<html><body><article><h1>A day</h1><p>{words}</p></article></body></html>" if media == "html" else words
    raw = data.encode()
    document = read_page(Source(raw=raw, media=media))  # type: ignore[arg-type]
    check(document, raw)
    assert words.strip() in document.text

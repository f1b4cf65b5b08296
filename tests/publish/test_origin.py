"""The way back to the bytes: what is named holds the passage, and says whether it holds anything else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.nouns import Block, Document, Run, Source
from onrecord.page import read_page
from onrecord.publish.origin import Bytes, Origin

PAGE = (
    "<html><body><article><h1>Ferry to Selm stops</h1><p>The minister said “we will <b>not</b> pay” &amp; left.</p>"
    "<p>Nobody at the harbour had been told of it, and the café was open, said the mayor of Selm.</p></article></body>"
)


def document(text: str, *runs: Run, encoding: str = "utf-8") -> Document:
    return Document(
        id="d",
        text=text,
        encoding=encoding,
        blocks=(Block(kind="paragraph", span=(0, len(text)), source=runs),),
    )


def test_places_are_counted_in_bytes() -> None:
    origin = Origin(document("“Não”, said Brandt", (0, 18, 100, 100 + len("“Não”, said Brandt".encode()))))
    assert origin.of((0, 5)) == Bytes(100, 110, True)
    assert origin.of((7, 11)) == Bytes(112, 116, True)


def test_where_characters_cannot_be_counted_the_run_is_named() -> None:
    origin = Origin(document("Brandt & Velik", (0, 14, 10, 28)))
    assert origin.of((0, 14)) == Bytes(10, 28, True)
    assert origin.of((9, 14)) == Bytes(10, 28, False)


def test_mended_words_lie_between_their_neighbours() -> None:
    origin = Origin(document("He’s in", (0, 2, 0, 2), (3, 7, 8, 12)))
    assert origin.of((2, 3)) == Bytes(2, 8, False)
    assert Origin(document("nothing")).of((0, 3)) is None


@given(st.text("aé中“ \n", min_size=1), st.data())
def test_in_a_plain_text_every_passage_is_exact(text: str, data: st.DataObject) -> None:
    for encoding in ("utf-8", "utf-16"):
        mark = len("".encode(encoding))
        raw = text.encode(encoding)
        start = data.draw(st.integers(0, len(text) - 1))
        stop = data.draw(st.integers(start + 1, len(text)))
        found = Origin(document(text, (0, len(text), mark, len(raw)), encoding=encoding)).of((start, stop))
        assert found is not None and found.exact
        assert raw[found.start : found.stop] == text[start:stop].encode(encoding)[mark:]


def test_every_word_of_a_page_is_in_the_bytes_that_are_named() -> None:
    raw = PAGE.encode()
    read = read_page(Source(raw=raw))
    origin = Origin(read)
    for word in ("minister", "pay", "café", "Selm"):
        start = read.text.index(word)
        found = origin.of((start, start + len(word)))
        assert found is not None and word in raw[found.start : found.stop].decode()

"""Sentences end where a reader ends them: quotations, abbreviations, initials, brackets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language import Annotated, annotate
from onrecord.nouns import Block, Document


def paragraph(text: str) -> Annotated:
    block = Block(kind="paragraph", span=(0, len(text)), source=())
    return next(iter(annotate([Document(id="own", text=text, blocks=(block,))])))


def sentences(text: str) -> list[str]:
    found = paragraph(text)
    return [found.text((each.start, each.end)) for each in found.sentences]


@pytest.mark.parametrize(
    "expected",
    [
        ["“Will the talks go on?” Lindqvist asked reporters in Dravik."],
        ["“We agreed.”", "The ministers left for Port Selm in the evening."],
        ["“We must go on.", "There is no other way,” said Irena Dalgard."],
        ["Gen. Pavel Ostrow met Lt. Gen. Oskar Brandt at 9 a.m. on Monday.", "They did not speak to reporters."],
        ["The report by J. R. Dalgard was read in the U.S. Senate.", "Nobody objected."],
        ["“We are ready”, –  said a spokeswoman for the Dravik government."],
        ['"Is it done?" he asked.', '"It is," she said.'],
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_every_sentence_has_one_root_and_its_heads() -> None:
    text = (
        "“Is it so?” Brandt asked. ''It is not so,'' Reyk said. ''We wait.'' The talks (in Mereth.) went on. No. 4 won."
    )
    found = paragraph(text)
    for sentence in found.sentences:
        inside = range(sentence.first, sentence.last)
        assert sum(found.tokens[i].head == i for i in inside) == 1
        assert all(found.tokens[i].head in inside for i in inside)
        assert all(found.tokens[i].sentence == sentence.i for i in inside)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Ab .?!”“\"'()[]\n\u00a0é\u2014😀,;she said"), max_size=80))
def test_any_text_gives_tokens_and_sentences_inside_it(text: str) -> None:
    found = paragraph(text)
    assert all(0 <= t.start < t.end <= len(text) and text[t.start : t.end] == t.text for t in found.tokens)
    ends = [0]
    for sentence in found.sentences:
        assert sentence.start >= ends[-1]
        assert sentence.first < sentence.last
        ends.append(sentence.end)
    assert ends[-1] <= len(text)
    for token in found.tokens:
        assert 0 <= token.head < len(found.tokens)

"""Quotation marks of all kinds, in their right place and out of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.annotated import Quotation
from onrecord.language.quotations import find_quotations
from onrecord.nouns import Block, Document

MARKS = "“”„‟«»‹›‘’‚'\"`「」"


def document(text: str) -> Document:
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", span=(at, at + len(line)), source=()))
        at += len(line) + 1
    return Document(id="own", text=text, blocks=tuple(blocks))


def quotations(text: str) -> tuple[Quotation, ...]:
    return find_quotations(document(text))


def words(text: str) -> list[str]:
    """The outermost quotations with their marks."""
    return [text[slice(*each.span)] for each in quotations(text) if each.parent is None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said. “Today.”", ["“We go,”", "“Today.”"]),
        ('He said, "We go," and left.', ['"We go,"']),
        ("``We go,'' he said.", ["``We go,''"]),
        ("''We go,'' he said.", ["''We go,''"]),
        ("„Wir gehen“, sagte er; «nous allons», »wir auch«.", ["„Wir gehen“", "«nous allons»", "»wir auch«"]),
        ("‹So› she wrote, 「はい」 he wrote.", ["‹So›", "「はい」"]),
        ("‘I don’t know,’ she said of the Reyks’ house.", ["‘I don’t know,’"]),
        ("'I don't know,' she said of the Reyks' house.", ["'I don't know,'"]),
        ("“He called it ‘a day’ and left,” she said.", ["“He called it ‘a day’ and left,”"]),
        ('"The wall was 6" thick," he said.', ['"The wall was 6" thick,"']),
    ],
)
def test_marks_of_all_kinds(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In the ’90s rock ’n’ roll came to Dravik, the workers’ town.",
        "In the '90s rock 'n' roll came to Dravik, the workers' town.",
        "'Tis the season; tell 'em so.",
        'He is 6\' 2" tall and the board 3" wide.',
        "A stray ” mark, and a comma’ lost.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert words(text) == []


def test_a_nested_quotation_knows_its_parent() -> None:
    outer, inner = quotations("“She said ‘never’ to us,” Reyk said.")
    assert inner.parent == outer.i and outer.parent is None


def test_a_missing_closing_mark_costs_one_paragraph() -> None:
    text = "“We go, Velik said.\nThe talks went on.\n“Today,” Reyk said."
    first, second = quotations(text)
    assert not first.closed and first.span[1] == text.index("\n")
    assert second.closed and text[slice(*second.span)] == "“Today,”"


def test_a_missing_closing_mark_ends_before_the_next_quotation() -> None:
    text = "“We go. Velik said. “Today,” Reyk said."
    assert words(text)[-1] == "“Today,”"


def test_a_closing_mark_of_the_wrong_kind() -> None:
    assert words("“We go,“ said Reyk. “Then we stay.”") == ["“We go,“", "“Then we stay.”"]


def test_a_quotation_runs_on_over_paragraphs() -> None:
    text = "“The first part.\n“The second part.\n“The last part.”\n“Another one,” she said."
    first, second, third, other = quotations(text)
    assert (first.continues, second.continues, third.continues, other.continues) == (None, 0, 1, None)
    assert (first.closed, second.closed, third.closed) == (False, False, True)


def test_a_closed_quotation_does_not_run_on() -> None:
    assert [each.continues for each in quotations("“One.”\n“Two.”")] == [None, None]


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("She read “The Long Road to Mereth” on the train.", "name"),
        ("The film “Grey Harbour” was shown.", "name"),
        ("Anton “Tony” Velik was there.", "name"),
        ("The word “tariff” was not used.", "name"),
        ("He called the talks “useful and frank”.", "speech"),
        ("“We shall see.”", "speech"),
    ],
)
def test_titles_and_nicknames_are_no_speech(text: str, use: str) -> None:
    assert [each.use for each in quotations(text)] == [use]


def test_the_inner_span_has_no_marks() -> None:
    text = "She said: “We go.”"
    (only,) = quotations(text)
    assert text[slice(*only.inner)] == "We go."


ANY_TEXT = st.text(alphabet=st.sampled_from(MARKS + " \nabS.,!?-0 ") | st.characters(), max_size=200)


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_their_blocks_and_nest(text: str) -> None:
    read = document(text)
    found = find_quotations(read)
    assert [each.i for each in found] == list(range(len(found)))
    assert list(found) == sorted(found, key=lambda each: (each.span[0], -each.span[1]))
    for each in found:
        start, end = read.blocks[each.block].span
        assert start <= each.span[0] < each.inner[0] <= each.inner[1] <= each.span[1] <= end
        if each.parent is not None:
            parent = found[each.parent]
            assert parent.i < each.i and parent.inner[0] <= each.span[0] and each.span[1] <= parent.inner[1]
        if each.continues is not None:
            before = found[each.continues]
            assert before.block < each.block and not before.closed
        for other in found:
            apart = other.span[1] <= each.span[0] or each.span[1] <= other.span[0]
            within = other.span[0] <= each.span[0] and each.span[1] <= other.span[1]
            around = each.span[0] <= other.span[0] and other.span[1] <= each.span[1]
            assert apart or within or around


@pytest.mark.parametrize("mark", ["“", "”", '"', "'", "’", "‘", "„a“ ", "“a ", "a” ", "'a", "``"])
def test_time_is_linear(mark: str) -> None:
    """Twenty thousand marks in one paragraph are read in well under the seconds that a square would take."""
    text = mark * 20_000
    began = time.process_time()
    find_quotations(document(text))
    assert time.process_time() - began < 3

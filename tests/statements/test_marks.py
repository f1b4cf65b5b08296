"""Editorial marks and the words without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.quotations import find_quotations, outer_quotations
from onrecord.nouns import Block, Document
from onrecord.statements.marks import find_marks, words_of
from tests.statements.reading import statements


def read(text: str) -> tuple[list[tuple[str, str]], str]:
    """Kind and words of the marks of a text that is one direct content, and its cleaned words."""
    document = Document(id="own", text=text, blocks=(Block(kind="paragraph", span=(0, len(text)), source=()),))
    outer = outer_quotations(find_quotations(document))
    content = ((0, len(text)),)
    marks = find_marks(text, content, outer)
    return [(mark.kind, text[slice(*mark.span)]) for mark in marks], words_of(text, content, marks, True)


@pytest.mark.parametrize(
    ("text", "marks", "clean"),
    [
        ("“We [the ministry] go.”", [("insertion", "[the ministry]")], "We go."),
        ("“We go <…> today.”", [("elision", "<…>")], "We go … today."),
        ("“We go [...] today.”", [("elision", "[...]")], "We go … today."),
        ("“We go (…) today.”", [("elision", "(…)")], "We go … today."),
        ("“We go … today.”", [("elision", "…")], "We go … today."),
        ("“We wuz [sic] here.”", [("sic", "[sic]")], "We wuz here."),
        ("“He (Oskar Brandt) goes.”", [("gloss", "(Oskar Brandt)")], "He goes."),
        (
            "“The visit (a short stay in the lakeside town in April) went well.”",
            [("gloss", "(a short stay in the lakeside town in April)")], "The visit went well.",
        ),
        ("“Thank you. (Laughter.) We go.”", [], "Thank you. (Laughter.) We go."),
        ("“We go… You stay.”", [("elision", "…")], "We go… You stay."),
        ("“Well… we go.”", [], "Well… we go."),
        ("“We go…”", [], "We go…"),
        (
            "“Not yet <…> we [will be] ready to name [the day].”",
            [("elision", "<…>"), ("insertion", "[will be]"), ("insertion", "[the day]")], "Not yet … we ready to name.",
        ),
    ],
)  # fmt: skip
def test_marks_and_words(text: str, marks: list[tuple[str, str]], clean: str) -> None:
    assert read(text) == (marks, clean)


def test_brackets_outside_quotation_marks_are_the_writers() -> None:
    assert read("He (Oskar Brandt) goes [today].")[0] == []


@given(st.text(alphabet="“”[](){}<>…. abAB,", max_size=120))
def test_marks_lie_inside_in_order_and_apart(text: str) -> None:
    document = Document(id="own", text=text, blocks=(Block(kind="paragraph", span=(0, len(text)), source=()),))
    marks = find_marks(text, ((0, len(text)),), outer_quotations(find_quotations(document)))
    ends = [0]
    for mark in marks:
        assert ends[-1] <= mark.span[0] < mark.span[1] <= len(text)
        ends.append(mark.span[1])
    words_of(text, ((0, len(text)),), marks, True)


@pytest.mark.parametrize("dots", ["[...]", "[…]", "(...)", "<...>", "/.../", "{...}", "‹…›", "...", ". . ."])
def test_ways_of_leaving_words_out(dots: str) -> None:
    text = f"“They waited {dots} for days,” said Pekk."
    (only,) = statements(text)
    assert [(mark.kind, text[slice(*mark.span)]) for mark in only.marks] == [("elision", dots)]
    assert only.words.startswith("They waited … for days")


def test_the_stop_before_dots_is_the_speakers() -> None:
    text = "“They waited. ... Nobody came,” said Pekk."
    (only,) = statements(text)
    assert [text[slice(*mark.span)] for mark in only.marks] == ["..."]


def test_dots_that_open_a_quotation_leave_words_out() -> None:
    text = "“... They waited for days,” said Pekk."
    (only,) = statements(text)
    assert [mark.kind for mark in only.marks] == ["elision"]


def test_the_letter_that_an_editor_changed_stays_in_the_words() -> None:
    (only,) = statements("“[T]hey waited for days,” said Pekk.")
    assert only.words.startswith("They waited")

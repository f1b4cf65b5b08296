"""The view: everything in its place at any width, nothing by colour alone, harmless whatever the article says."""

from __future__ import annotations

import io
import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from onrecord.cli.view import THEME, print_reading, view_console
from onrecord.nouns import Reading, Speaker, Warning
from tests.strategies import at, document, sample_reading


def view(reading: Reading, width: int = 80) -> str:
    stream = io.StringIO()
    console = view_console(stream, None)
    console.width = width
    print_reading(console, reading)
    return stream.getvalue()


def styled(reading: Reading) -> dict[str, str]:
    """What is printed in colour, to the escape sequence that is in force there."""
    stream = io.StringIO()
    print_reading(Console(file=stream, theme=THEME, force_terminal=True, width=200, highlight=False), reading)
    return {text: code for code, text in re.findall(r"\x1b\[([0-9;]+)m([^\x1b]+)", stream.getvalue())}


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_all_there_at_any_width(width: int) -> None:
    shown = unwrapped(view(sample_reading(), width))
    for words in (
        "Velik and Dalgard may meet before the summer, Ostrev says",
        "The Ostrev Courier · 11 March 2031 (metadata)",
        "WHAT IS PLANNED",
        "Anton Velik, Irena Dalgard",
        "WHAT HAPPENED",
        "WHO SAID WHAT",
        "press secretary Mara Lindqvist",
        "WARNINGS ! Words of the reporter stand in a quotation.",
    ):
        assert words in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(width: int) -> None:
    for line in view(sample_reading(), width).splitlines():
        assert cell_len(line) <= width and not line.endswith(" ")


def test_wide_terminals_do_not_make_lines_too_long_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert view_console(io.StringIO(), None).width == 110


def test_settled_provisional_and_open_are_told_apart_without_colour() -> None:
    lines = view(sample_reading(), 120).splitlines()
    assert any(re.search(r"date +○ open +“not ready to name” +— Mara Lindqvist", line) for line in lines)
    assert any(
        re.search(r"agenda +◐ provisional +prisoners +“are likely to be” +— Mara Lindqvist", line) for line in lines
    )
    assert any(re.search(r"format +● settled +face-to-face", line) for line in lines)


def test_chain_stands_in_front_and_says_when_it_is_carried_on() -> None:
    shown = view(sample_reading(), 120)
    assert "via KarsTel › presidential office of Velmark (the presidential office in Ostrev)" in shown
    assert "via KarsTel (carried on) › press secretary Mara Lindqvist" in shown


def test_words_of_the_text_are_shown_where_they_are_not_the_name() -> None:
    shown = view(sample_reading(), 120)
    assert "Mara Lindqvist (She) denies" in shown
    assert "(Lindqvist)" not in shown


def test_statement_inside_another_is_indented_under_it() -> None:
    lines = view(sample_reading(), 120).splitlines()
    outer = next(i for i, line in enumerate(lines) if "told me" in line)
    assert lines[outer + 1].strip().startswith("└ The foreign minister")
    indents = [len(line) - len(line.lstrip()) for line in lines[outer : outer + 3]]
    assert indents[1] >= indents[0] and indents[2] > indents[0]


def test_unknown_speaker_is_not_made_up() -> None:
    sample = sample_reading()
    nobody = replace(sample.statements[3], speaker=Speaker(entity=None, span=(), how="unknown"))
    unsure = replace(sample.statements[2], speaker=Speaker(entity=None, span=(at("She"),), how="unknown"))
    shown = view(replace(sample, statements=(nobody, unsure)))
    assert "speaker not given  quoted" in shown and "She denies  reported" in shown


def test_speaker_is_bold_and_marks_have_colours_of_their_own() -> None:
    shown = styled(sample_reading())
    assert shown["Mara Lindqvist"] == "1"
    marks = {shown[words] for words in ("[last week]", "<…>")} | {
        code for words, code in shown.items() if words.startswith("(a meeting in Mereth")
    }
    assert len(marks) == 3


def test_no_date_is_said() -> None:
    assert "no date" in view(replace(sample_reading(), document=document(published=None)))


def test_nothing_found_is_said() -> None:
    assert "No statements and no events found." in view(replace(sample_reading(), statements=(), events=()))


def test_long_statement_is_cut_and_says_by_how_much() -> None:
    sample = sample_reading()
    text = "Talks\n\n" + " ".join(f"word{n}" for n in range(1, 301))
    long = replace(sample.statements[0], content=((7, len(text)),), marks=())
    shown = unwrapped(view(replace(sample, document=document(text), statements=(long,), events=(), warnings=())))
    assert "word150 … (150 words more)" in shown and "word151" not in shown


@pytest.mark.parametrize("width", [40, 80])
def test_word_longer_than_a_line_is_broken_and_nothing_of_it_is_lost(width: int) -> None:
    sample = sample_reading()
    long = "".join(chr(ord("a") + n % 26) for n in range(300))
    text = f"Talks\n\n{long} goes on"
    said = replace(sample.statements[0], content=((7, len(text)),), marks=())
    event = replace(
        sample.events[0], claims=tuple(replace(c, value=long, entity=None) for c in sample.events[0].claims)
    )
    shown = view(replace(sample, document=document(text, title=long), statements=(said,), events=(event,)), width)
    assert "".join(shown.split()).count(long) >= 2 and "…" not in shown


HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold red]x[/] :smile: \x9b31m \u202eback\u202c \r\x08 nul\0"


def test_text_can_not_drive_the_terminal_or_the_markup() -> None:
    sample = sample_reading()
    poisoned = replace(
        sample,
        document=document(
            "Talks\n\n" + HOSTILE * 20, title=HOSTILE, outlet=HOSTILE, path=HOSTILE, authors=(HOSTILE,), published=None
        ),
        entities=tuple(replace(entity, name=HOSTILE) for entity in sample.entities),
        events=tuple(replace(e, claims=tuple(replace(c, value=HOSTILE) for c in e.claims)) for e in sample.events),
        warnings=(Warning(kind="x", message=HOSTILE),),
    )
    shown = view(poisoned)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "[bold red]x[/]" in unwrapped(shown) and ":smile:" in shown and "␛" in shown

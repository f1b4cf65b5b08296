"""The view for people: what is planned, what happened, who said what, on a terminal or in a pipe.

Promise: everything that the colours say is also said by words or signs, since a pipe, a printer and one reader in
twelve have no colours; text of the document is printed as text (never as rich's markup) and made harmless first. The
odd case that forced the shape: widths from 40 columns up must stay readable, so there are no boxes, and long values
wrap under themselves; a word longer than a line is broken, never cut off with an ellipsis that nobody said.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from onrecord.nouns import Attribute, Event, Reading, Settled, Statement
from onrecord.publish import facts
from onrecord.publish.harmless import harmless

THEME = Theme(
    {
        "headline": "bold",
        "quiet": "dim",
        "section": "bold cyan",
        "event": "bold",
        "settled": "green",
        "provisional": "yellow",
        "open": "bright_red",
        "speaker": "bold",
        "unknown": "italic",
        "via": "blue",
        "polarity": "bold red",
        "insertion": "cyan",
        "elision": "yellow",
        "gloss": "italic magenta",
        "sic": "cyan",
        "warning": "yellow",
    }
)
"""The sixteen colours that every terminal theme defines, so that light and dark grounds both work."""

WIDEST = 110
"""Lines longer than this are hard to read; a wider terminal is left empty at the right."""

WORDS_SHOWN = 150
"""Of a longer statement (a turn of a briefing may be a speech) the view shows this many words and says so."""

_INDENT = 2


def view_console(stream: TextIO, color: bool | None) -> Console:
    """Return the console for ``stream``; ``color`` None: colours on a terminal unless NO_COLOR is set."""
    console = Console(
        file=stream,
        theme=THEME,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True if color else None,
        no_color=True if color is False else None,
    )
    if console.width > WIDEST:
        console.width = WIDEST
    return console


def print_reading(console: Console, reading: Reading) -> None:
    """Print one reading, without the blanks that rich fills lines up with: they wrap when a window is made narrower."""
    with console.capture() as captured:
        _lay_out(console, reading)
    console.file.write(re.sub(r" +$", "", captured.get(), flags=re.MULTILINE))


def _lay_out(console: Console, reading: Reading) -> None:
    console.print(_heading(reading))
    planned, happened = facts.planned(reading), facts.happened(reading)
    index = facts.indexed(reading)
    if planned:
        console.print(_section("What is planned"))
        for event in planned:
            console.print(_planned(index, event))
    if happened:
        console.print(_section("What happened"))
        for event in happened:
            console.print(_happened(index, event))
    if reading.statements:
        console.print(_section("Who said what"))
        for number, (depth, statement) in enumerate(facts.threads(reading)):
            if number and not depth:
                console.print()
            console.print(_statement(index, statement, depth))
    if not (planned or happened or reading.statements):
        console.print(Padding(_text("No statements and no events found.", "quiet"), (1, 0, 0, _INDENT)))
    if reading.warnings:
        console.print(_section("Warnings"))
        for warning in reading.warnings:
            line = Text("! ", style="warning", end="")
            console.print(_hanging(line, _text(warning.message)))
    console.print()


def _text(words: str, style: str = "") -> Text:
    return Text(harmless(words), style=style)


def _heading(reading: Reading) -> RenderableType:
    title = _text(facts.headline(reading), "headline")
    lines = (" · ".join(facts.provenance(reading)), facts.address(reading))
    return Group(title, *(_text(line, "quiet") for line in lines if line))


def _section(name: str) -> RenderableType:
    return Padding(Text(name.upper(), style="section"), (1, 0, 0, 0))


def _hanging(sign: Text, *lines: RenderableType) -> RenderableType:
    grid = Table.grid(padding=(0, 0))
    grid.add_column(width=_INDENT)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(sign, Group(*lines))
    return grid


def _quote(words: str) -> str:
    return words if words[:1] in '“‘"«„' else f"“{words}”"


def _planned(index: facts.Indexed, event: Event) -> RenderableType:
    title = Text().append(harmless(facts.words_at(index.reading, [event.span])), style="event")
    title.append(f"  {event.status} · {event.kind}", style="quiet")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=max(map(len, facts.ATTRIBUTE_NAMES.values())))
    grid.add_column(width=len("● provisional"))
    grid.add_column(ratio=1, overflow="fold")
    shown = ""
    for (attribute, settled, words, source), rows in groupby(facts.rows(index, event), _alike):
        name = facts.ATTRIBUTE_NAMES[attribute]
        state = Text(f"{facts.SETTLED_SIGNS[settled]} {settled}", style=settled)
        value = ", ".join(row.value for row in rows if row.value)
        grid.add_row(Text("" if name == shown else name, style="quiet"), state, _claim(value, words, source))
        shown = name
    return _hanging(Text("▸", style="event"), title, grid)


def _alike(row: facts.Row) -> tuple[Attribute, Settled, str, str]:
    """What values have to share to stand on one line."""
    return row.attribute, row.settled, row.words, facts.attribution(row)


def _claim(value: str, words: str, source: str) -> Text:
    line = _text(value)
    if words:
        line.append(("  " if value else "") + harmless(_quote(words)), style="quiet")
    if source:
        line.append(("  " if line.plain else "") + f"— {harmless(source)}", style="quiet")
    return line


def _happened(index: facts.Indexed, event: Event) -> RenderableType:
    line = _text(facts.words_at(index.reading, [event.span]))
    kind = [] if event.kind == "other" else [event.kind]
    state = ["under way"] if event.status == "underway" else []
    line.append("  " + harmless(" · ".join((*kind, *state, *facts.details(index, event)))), style="quiet")
    return _hanging(Text("▪", style="quiet"), line)


def _statement(index: facts.Indexed, statement: Statement, depth: int) -> RenderableType:
    who = facts.voice(index, statement)
    line = Text()
    for link in facts.chain(index, statement):
        line.append(f"via {harmless(link)} › ", style="via")
    line.append(harmless(who.before))
    line.append(harmless(who.name), style="speaker" if who.known else "unknown")
    line.append(harmless(who.after))
    if who.words:
        line.append(f" ({harmless(who.words)})", style="quiet")
    if facts.POLARITY_NAMES[statement.polarity]:
        line.append(f" {facts.POLARITY_NAMES[statement.polarity]}", style="polarity")
    line.append(f"  {facts.FORM_NAMES[statement.form]}", style="quiet")
    content = Text()
    left = WORDS_SHOWN
    for piece in facts.pieces(index.reading, statement):
        words = piece.text.split(" ")
        content.append(harmless(" ".join(words[: max(left, 0)])), style=piece.mark or "")
        left -= len(words)
    if left < 0:
        content.append(f" … ({-left} words more)", style="quiet")
    sign = Text("└ " if depth else "", style="quiet")
    below = (0, 0, 0, _INDENT * (depth + 1 if depth else 0))
    return Padding(_hanging(sign, line, Padding(content, (0, 0, 0, _INDENT))), below)

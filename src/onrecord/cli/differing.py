"""A checked quote on the terminal: the verdict, the words as a diff, the passage and its place.

Promise: everything that the colours say is said by signs too, those of ``wdiff``: ``[-left out-]`` and ``{+put in+}``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.check import Edit, Finding
from onrecord.cli.copies import counted
from onrecord.ledger.families import Family
from onrecord.publish.checked import MEANT, Part, Passage, is_finding, named_in, passages_of, quote_parts, touches_sense
from onrecord.publish.harmless import harmless

_MARKED = frozenset({"marked insertion", "marked elision"})


def print_finding(console: Console, finding: Finding, where: str = "") -> None:
    """Print what became of a quote. ``where``: the article that it stands in."""
    quote = finding.quote
    doubtful = "yellow" if finding.verdict in ("trimmed", "reworded") else "green"
    line = Text()
    line.append(finding.verdict, style=f"bold {'red' if is_finding(finding) else doubtful}")
    line.append(f"  {MEANT[finding.verdict]}", style="dim")
    if touches_sense(finding):
        line.append("  touches the sense", style="bold")
    named = named_in(finding)
    if named and finding.passage and finding.own is None:
        line.append("  whose words they are was not compared", style="dim")
    told = [each for each in (quote.id, harmless(where), harmless(named or "")) if each]
    console.print(line)
    console.print(Padding(Text(" · ".join(told), style="dim"), (0, 0, 0, 2)))
    console.print(Padding(_diff(quote_parts(finding)), (0, 0, 0, 2)))
    if finding.note:
        console.print(Padding(Text(finding.note, style="yellow"), (0, 0, 0, 4)))
    for passage in passages_of(finding):
        for line in _said(passage):
            console.print(Padding(line, (0, 0, 0, 4)))
        console.print(Padding(Text(f"— {harmless(passage.place)}", style="dim"), (0, 0, 0, 4)))
    for edit in finding.edits:
        if edit.weight == "sense":
            console.print(Padding(Text(f"! {harmless(_told(edit))}", style="yellow"), (0, 0, 0, 4)))
    console.print()


def _said(passage: Passage) -> Iterator[Text]:
    """The passage with the sentences beside it, a line for each speaker."""
    line = Text()
    if passage.before is not None and passage.before.speaker is not None:
        yield Text(harmless(f"{passage.before.speaker or '?'}: {passage.before.text}"), style="dim")
    if passage.speaker:
        line.append(f"{harmless(passage.speaker)}: ", style="bold")
    if passage.before is not None and passage.before.speaker is None:
        line.append(harmless(f"{passage.before.text} "), style="dim")
    for part in passage.parts:
        line.append(harmless(part.text), style="" if part.edit is None else "underline")
    line.append(harmless(passage.stop), style="dim")
    if passage.after is not None and passage.after.speaker is None:
        line.append(harmless(f" {passage.after.text}"), style="dim")
    yield line
    if passage.after is not None and passage.after.speaker is not None:
        yield Text(harmless(f"{passage.after.speaker or '?'}: {passage.after.text}"), style="dim")


def print_family(console: Console, family: Family) -> None:
    """Print a quote's prints, the earliest first, behind what they are held against."""
    reference = family.reference
    prints = len(family.prints)
    outlets = len({each.outlet or each.document for each in family.prints})
    counts = ", ".join(f"{count} {verdict}" for verdict, count in family.counts.items())
    one = family.prints[0].finding
    held = next(iter(passages_of(one._replace(places=(family.passage,), edits=()))), None)
    told = Text()
    if family.said_by:
        told.append(f"{harmless(family.said_by)}: ", style="bold")
    if held is not None:
        told.append(harmless("".join(part.text for part in held.parts)))
        told.append(f"\n— {harmless(held.place)}", style="dim")
    against = "the original" if reference.record == "transcript" else "the longest print; no transcript has it"
    told_of = f"{counted(prints, 'print')} in {counted(outlets, 'outlet')}"
    console.print(Text(f"{told_of}, against {against}: {counts}", style="bold"))
    console.print(Padding(told, (0, 0, 1, 2)))
    for number, each in enumerate(family.prints):
        day = each.published[:10] if each.published else "no day known"
        line = Text(f"{day}  {harmless(each.outlet or 'outlet not known')}  ")
        line.append(each.finding.verdict, style=f"bold {'red' if is_finding(each.finding) else 'green'}")
        line.append("  the earliest" if number == 0 and family.first else "", style="dim")
        line.append(f"  {harmless(each.document)}#{each.number}", style="dim")
        console.print(line)
        console.print(Padding(_diff(quote_parts(each.finding)), (0, 0, 0, 4)))


def _diff(parts: tuple[Part, ...]) -> Text:
    """The quote with what it left out, put in and marked."""
    line = Text("“")
    for part in parts:
        edit = part.edit
        if edit is None:
            line.append(harmless(part.text))
        elif edit.kind in _MARKED:
            line.append(harmless(part.text), style="cyan")
        else:
            if not part.text and not line.plain[-1:].isspace():
                line.append(" ")
            if edit.passage_words:
                line.append(f"[-{harmless(edit.passage_words)}-]", style="red")
            if part.text:
                line.append(f"{{+{harmless(part.text)}+}}", style="green")
            elif not edit.passage_words:
                line.append("[…]", style="red")
    return line.append("”")


def _told(edit: Edit) -> str:
    """What a change does, in words."""
    quote, passage = (f"“{words}”" if words else "" for words in (edit.quote_words, edit.passage_words))
    told = {
        "replaced": f"{quote} stands for {passage}",
        "added": f"{quote} is put in",
        "left out": f"{passage} is left out" if passage else "the quote goes on elsewhere",
        "moved": f"{quote} is moved" if quote else "the quote goes on elsewhere",
    }.get(edit.kind, f"{quote} takes the place of {passage}")
    return f"{told} ({edit.why})"

"""docs/check.md names every verdict, kind of edit and reason that the code gives, and the numbers that decide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from onrecord.check import FINDINGS, LADDER, Named, Quote
from onrecord.check.edits import RUN, EditKind
from onrecord.check.ladder import CLOSE, FEWEST, LIKE, PIECE, PUT_TOGETHER
from onrecord.check.weight import ADDED_WORDS
from onrecord.ledger import checked, record_of
from onrecord.ledger.spoken import COMMON, PASSAGES, RARE
from onrecord.publish.checked import MEANT
from tests.ledger.test_spoken import HARBOUR, transcript

PAGE = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]


def rows(name: str) -> dict[str, str]:
    """The first cell of each row of a section's table, cut into its names, and the rest."""
    found = {}
    for line in section(name).splitlines():
        if line.startswith("| `"):
            first, rest = line[2:].split(" | ", 1)
            found.update(dict.fromkeys(re.findall(r"`([^`]+)`", first), rest))
    return found


def test_every_verdict_is_told_and_no_other() -> None:
    told = set(rows("The ladder"))
    assert told == {*LADDER, "elsewhere"} == set(MEANT)
    sentence = re.search(r"((?:`[a-z ]+`(?:, | and )?)+) are findings", section("The ladder"))
    assert sentence is not None and set(re.findall(r"`([^`]+)`", sentence[1])) == FINDINGS


def test_the_numbers_are_those_of_the_code() -> None:
    assert (RUN, CLOSE, PIECE, PUT_TOGETHER, FEWEST, LIKE, ADDED_WORDS) == (25, 0.6, 4, 0.85, 5, 0.6, 3)
    assert (COMMON, PASSAGES, RARE) == (150, 10, 6)


def test_every_kind_of_edit_is_told() -> None:
    told = re.search(r"\| `edits` \| `kind` \((.*?)\)", PAGE)
    assert told is not None and set(re.findall(r"`([^`]+)`", told[1])) == set(get_args(EditKind))


BROKEN = transcript(
    "broken",
    None,
    'MS. ROUX:  The well-known light-\nhouse -- we said "never" (Laughter.) -- is ours; they’re not selling.',
)
QUOTES = (
    "the harbour will close on friday, and the ferries would sail before Tuesday",
    "The harbour closes on Monday, and all the ferries won't sail before Monday.",
    "The fleet (the boats of Sund and their crews) will be paid in part.",
    "The fleet was paid in full. We've set aside nine million dollars really for it.",
    "The well known lighthouse – we said ‘never’ — is ours: they're not selling",
    "The well-known light-house [of Sund] is ours … selling",
    "that the money comes from the harbour fund, not from the money from the harbour fund, not from the budget",
    "I would add well that the mony comes from the harbor fund, not from Tavi's budget",
    "I would add that money comes the from harbour fund, not the budgets",
    "The fleet will be paid in full. that the money comes from the harbour fund",
)


def test_every_reason_is_told() -> None:
    record = record_of([HARBOUR, BROKEN])
    found = [checked(record, Quote("q", words, Named())) for words in QUOTES]
    given = {edit.why: edit.weight for each in found for edit in each.edits}
    assert len(given) > 12
    typography, weights = rows("What is typography"), rows("What a change weighs")
    for why, weight in given.items():
        assert (why in typography) if weight == "none" and why != "marked" else why in weights, (why, weight)
        assert why == "word" or why in typography or weight in weights[why]
